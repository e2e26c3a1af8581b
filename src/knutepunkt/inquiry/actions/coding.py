"""Coding: the codebook with undo, passages with several codes, memos, coding apart."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from knutepunkt.inquiry.choices import COLOURS
from knutepunkt.inquiry.models import (
    ApartCoder,
    Code,
    CodeChange,
    Coding,
    Inquiry,
    Memo,
    Passage,
    PassageVoice,
    Source,
)
from knutepunkt.inquiry.queries.sources import voices_of
from knutepunkt.themes.queries import newest_version, terms_of
from knutepunkt.web.trail import record


class NoSuchPlace(Exception):
    """The place is not in the text, or the text has changed since it was chosen."""


class WouldCircle(Exception):
    """A code cannot be put under itself or under one of its own."""


@transaction.atomic
def adopt_vocabulary(*, by: Any, inquiry: Inquiry, vocabulary: str) -> list[Code]:
    """Take a vocabulary's terms (for instance `chime`) into the codebook. Terms already there are left alone."""
    version = newest_version(vocabulary)
    there = {c.term: c for c in inquiry.codes.filter(vocabulary=vocabulary)}
    position = inquiry.codes.aggregate(last=Max("position"))["last"] or 0
    colour, made = 0, []
    for term in terms_of(vocabulary, version):
        colour += not term.parent
        if term.key in there:
            continue
        position += 1
        there[term.key] = Code.objects.create(
            inquiry=inquiry, parent=there.get(term.parent), name=term.name, note=term.note,
            colour=(colour - 1) % COLOURS + 1, position=position, vocabulary=vocabulary, term=term.key,
        )  # fmt: skip
        made.append(there[term.key])
    record("inquiry:codebook:adopted", by=by, about=inquiry.key, within=inquiry.key,
           vocabulary=vocabulary, version=version)  # fmt: skip
    return made


def _remember(by: Any, inquiry: Inquiry, kind: str, **before: Any) -> None:
    CodeChange.objects.create(
        inquiry=inquiry, kind=kind, before=before, by=by.pk, by_name=by.chosen_name
    )


@transaction.atomic
def add_code(*, by: Any, inquiry: Inquiry, name: str, parent: Code | None = None, colour: int = 0) -> Code:
    """Add an own code, at the end of its branch."""
    last = inquiry.codes.aggregate(last=Max("position"))["last"] or 0
    code = Code.objects.create(
        inquiry=inquiry, name=name.strip(), parent=parent, position=last + 1,
        colour=colour or (parent.colour if parent else last % COLOURS + 1),
    )  # fmt: skip
    _remember(by, inquiry, "add", code=code.pk)
    return code


@transaction.atomic
def change_code(
    *, by: Any, code: Code, name: str | None = None, colour: int | None = None, note: str | None = None
) -> Code:
    """Rename, recolour or describe a code."""
    _remember(by, code.inquiry, "change", code=code.pk, name=code.name, colour=code.colour)
    code.name = code.name if name is None else name.strip()
    code.colour = code.colour if colour is None else colour
    code.note = code.note if note is None else note
    code.save(update_fields=["name", "colour", "note"])
    return code


@transaction.atomic
def move_code(*, by: Any, code: Code, parent: Code | None) -> Code:
    """Put a code under another, or at the top.

    Raises:
        WouldCircle: the other is the code itself or below it.
    """
    above = parent
    while above is not None:
        if above.pk == code.pk:
            raise WouldCircle
        above = above.parent
    _remember(by, code.inquiry, "move", code=code.pk, parent=code.parent_id)
    code.parent = parent
    code.save(update_fields=["parent"])
    return code


@transaction.atomic
def merge_codes(*, by: Any, code: Code, into: Code) -> int:
    """Let one code go up in another: its passages and sub-codes move. Returns how many codings moved.

    Raises:
        WouldCircle: into itself or one of its own.
    """
    above: Code | None = into
    while above is not None:
        if above.pk == code.pk:
            raise WouldCircle
        above = above.parent
    there = set(Coding.objects.filter(code=into).values_list("passage_id", "coder"))
    moved = [c.pk for c in Coding.objects.filter(code=code) if (c.passage_id, c.coder) not in there]
    children = list(Code.objects.filter(parent=code).values_list("pk", flat=True))
    _remember(by, code.inquiry, "merge", code=code.pk, into=into.pk, codings=moved, children=children)
    Coding.objects.filter(pk__in=moved).update(code=into)
    Code.objects.filter(pk__in=children).update(parent=into)
    code.merged_into = into
    code.save(update_fields=["merged_into"])
    return len(moved)


@transaction.atomic
def undo_code_change(*, by: Any, inquiry: Inquiry) -> CodeChange | None:
    """Undo the newest change of the codebook that is not undone. Returns it, or None where there is none."""
    change = inquiry.code_changes.select_for_update().filter(undone_at=None).order_by("-pk").first()
    if change is None:
        return None
    before, code = change.before, Code.objects.filter(pk=change.before["code"]).first()
    if code is not None:
        _undo(change.kind, code, before)
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    record("inquiry:codebook:undone", by=by, about=inquiry.key, within=inquiry.key, change=change.pk)
    return change


def _undo(kind: str, code: Code, before: dict[str, Any]) -> None:
    if kind == "add":
        if not code.codings.exists() and not code.children.exists():
            code.delete()
    elif kind == "change":
        code.name, code.colour = before["name"], before["colour"]
        code.save(update_fields=["name", "colour"])
    elif kind == "move":
        code.parent_id = before["parent"]
        code.save(update_fields=["parent"])
    elif kind == "merge":
        code.merged_into = None
        code.save(update_fields=["merged_into"])
        Coding.objects.filter(pk__in=before["codings"]).update(code=code)
        Code.objects.filter(pk__in=before["children"]).update(parent=code)


@transaction.atomic
def mark_passage(
    *, by: Any, source: Source, start: int, end: int, version: int, codes: Collection[Code]
) -> Passage:
    """Choose a passage and put one or more codes on it. The same place by the same person is one passage.

    The source may come without its text. Takes the same few queries however many passages there are.

    Raises:
        NoSuchPlace: outside the text, empty, or chosen in an older version of it.
    """
    if source.version != version or not 0 <= start < end <= source.length:
        raise NoSuchPlace
    if not Source.objects.select_for_update().filter(pk=source.pk, version=version).values_list("pk"):
        raise NoSuchPlace  # corrected between the look and the mark
    passage, is_new = Passage.objects.get_or_create(
        source_id=source.pk, start=start, end=end, made_by=by.pk, defaults={"made_by_name": by.chosen_name}
    )
    if is_new:
        voices = voices_of(source.pk, start, end)
        PassageVoice.objects.bulk_create(PassageVoice(passage=passage, participant_id=p) for p in voices)
    _put_codes(by, passage, codes)
    return passage


def _put_codes(by: Any, passage: Passage, codes: Collection[Code]) -> None:
    Coding.objects.bulk_create(
        (Coding(passage=passage, code=c, coder=by.pk, coder_name=by.chosen_name) for c in codes),
        ignore_conflicts=True,
    )


@transaction.atomic
def code_passage(*, by: Any, passage: Passage, codes: Collection[Code]) -> None:
    """Put more codes on a passage."""
    _put_codes(by, passage, codes)


@transaction.atomic
def uncode_passage(*, by: Any, passage: Passage, code: Code) -> None:
    """Take one's own code off a passage; a passage without codes, ground and quotations goes."""
    Coding.objects.filter(passage=passage, code=code, coder=by.pk).delete()
    used_by = (passage.codings, passage.findings, passage.memos, passage.quotations)
    is_used = any(rows.exists() for rows in used_by)
    if not is_used:
        passage.delete()


@transaction.atomic
def write_memo(
    *, by: Any, inquiry: Inquiry, text: str, passage: Passage | None = None, code: Code | None = None,
    source: Source | None = None,
) -> Memo:  # fmt: skip
    """Write down a thought about a passage, a code, a source or the whole."""
    return Memo.objects.create(
        inquiry=inquiry, passage=passage, code=code, source=source, text=text, by=by.pk, by_name=by.chosen_name
    )


@transaction.atomic
def start_coding_apart(*, by: Any, source: Source, people: Collection[Any]) -> None:
    """Let these people code a source apart; each sees only own codes until all say they are done."""
    ApartCoder.objects.filter(source=source).delete()
    ApartCoder.objects.bulk_create(ApartCoder(source=source, person=person) for person in people)
    Source.objects.filter(pk=source.pk).update(coding_apart=True)
    record("inquiry:apart:started", by=by, about=f"inquiry.source:{source.pk}", within=source.inquiry.key)


@transaction.atomic
def finish_coding_apart(*, by: Any, source: Source) -> bool:
    """Say that I am done. Returns whether all are, so that the two can compare in talk."""
    ApartCoder.objects.filter(source=source, person=by, done_at=None).update(done_at=timezone.now())
    all_done = not ApartCoder.objects.filter(source=source, done_at=None).exists()
    if all_done:
        Source.objects.filter(pk=source.pk).update(coding_apart=False)
    return all_done
