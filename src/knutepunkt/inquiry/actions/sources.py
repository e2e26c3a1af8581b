"""Sources: reading what was uploaded or typed, storing it pseudonymised, correcting it."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, BinaryIO

from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from knutepunkt.inquiry.actions.frame import add_participant
from knutepunkt.inquiry.actions.reporting import drop_lost_quotations
from knutepunkt.inquiry.methods.anchors import Mover, Splice, apply_splices, splices_between
from knutepunkt.inquiry.methods.preparing import Prepared, prepare
from knutepunkt.inquiry.models import (
    Correction,
    Draft,
    Inquiry,
    Meeting,
    Participant,
    Passage,
    PassageVoice,
    PseudonymKey,
    Quotation,
    Source,
    Turn,
)
from knutepunkt.inquiry.queries.sources import hidden_keys, voices_of
from knutepunkt.web.documents import Document, UnreadableDocument, clean_text, read_document
from knutepunkt.web.files import FileMissing, keep_file, read_file, remove_file
from knutepunkt.web.models import StoredFile
from knutepunkt.web.pseudonyms import IdentifierKind, identifiers
from knutepunkt.web.sealing import KeyGone, destroy_key, seal_text, unseal_text, unseal_texts
from knutepunkt.web.search import Entry, drop_entries, put_entries
from knutepunkt.web.trail import record

DRAFT_KEPT = timedelta(days=7)
INTERVIEWER = "interviewer"
NEW = "new"
SURE = 0.8


@dataclass(frozen=True)
class DraftContent:
    """What a draft holds, sealed: the text as read, and what else in the file may identify someone."""

    name: str
    text: str
    author: str
    comments: tuple[str, ...]
    dropped: tuple[str, ...]
    voices: tuple[str, ...]


def read_upload(*, by: Any, inquiry: Inquiry, name: str, stream: BinaryIO, keep_original: bool = False) -> Draft:
    """Read one file into a draft. A file that cannot be read becomes a draft with the reason and no content."""
    draft = Draft(inquiry=inquiry, made_by=by.pk)
    draft.name = seal_text(draft.key_owner, "name", name[:200])
    try:
        document = read_document(name, stream)
    except UnreadableDocument as refusal:
        draft.problem = str(refusal.reason.value)
        draft.save()
        return draft
    original = None
    if keep_original:
        stream.seek(0)
        original = stream.read()
    return _keep_draft(draft, name, document, original)


def write_draft(*, by: Any, inquiry: Inquiry, name: str, text: str) -> Draft:
    """Take in text that was typed or pasted."""
    draft = Draft(inquiry=inquiry, made_by=by.pk)
    draft.name = seal_text(draft.key_owner, "name", name[:200])
    content = DraftContent(name=name, text=clean_text(text), author="", comments=(), dropped=(), voices=())
    return _save_draft(draft, content, None)


def _keep_draft(draft: Draft, name: str, document: Document, original: bytes | None) -> Draft:
    content = DraftContent(
        name=name,
        text=document.text,
        author=document.author,
        comments=tuple(document.comments),
        dropped=tuple(omission.value for omission in document.dropped),
        voices=tuple(dict.fromkeys(cue.speaker for cue in document.cues if cue.speaker)),
    )
    return _save_draft(draft, content, original)


@transaction.atomic
def _save_draft(draft: Draft, content: DraftContent, original: bytes | None) -> Draft:
    sealed = json.dumps(asdict(content), ensure_ascii=False).encode()
    until = timezone.localdate() + DRAFT_KEPT
    draft.words = len(content.text.split())
    draft.content = keep_file(
        owner=draft.key_owner, kind="inquiry.draft", media_type="application/json", content=sealed, until_on=until
    ).pk
    if original is not None:
        draft.original = keep_file(
            owner=draft.key_owner, kind="inquiry.original", media_type="application/octet-stream",
            content=original, until_on=until,
        ).pk  # fmt: skip
    draft.save()
    return draft


def open_draft(draft: Draft) -> DraftContent:
    """What a draft holds.

    Raises:
        FileMissing: the draft has no content, or is gone.
    """
    stored = StoredFile.objects.filter(pk=draft.content).first() if draft.content else None
    if stored is None:
        raise FileMissing
    data = json.loads(read_file(stored))
    return DraftContent(
        name=data["name"], text=data["text"], author=data["author"], comments=tuple(data["comments"]),
        dropped=tuple(data["dropped"]), voices=tuple(data["voices"]),
    )  # fmt: skip


def draft_name(draft: Draft) -> str:
    """The file's own name, as it was uploaded; empty when the key is gone."""
    try:
        return unseal_text(draft.key_owner, "name", bytes(draft.name))
    except KeyGone:
        return ""


def draft_names(drafts: Sequence[Draft]) -> list[str]:
    """The files' own names, with one look in the key store."""
    names = unseal_texts("name", {draft.key_owner: bytes(draft.name) for draft in drafts})
    return [names.get(draft.key_owner, "") for draft in drafts]


@transaction.atomic
def discard_draft(*, by: Any, draft: Draft) -> None:
    """Throw a draft away: files, key and row."""
    for stored in StoredFile.objects.filter(owner=draft.key_owner):
        remove_file(stored)
    destroy_key(draft.key_owner)
    record("inquiry:draft:discarded", by=by, about=draft.inquiry.key, within=draft.inquiry.key)
    draft.delete()


def prepare_draft(
    draft: Draft, *, labels: Collection[str], extra: Collection[str] = (), places: Collection[str] = ()
) -> Prepared:
    """Part a draft into turns and find what may identify someone; identities keep the number they have."""
    content = open_draft(draft)
    names = _names_beside(content, labels)
    taken = taken_placeholders(draft.inquiry)
    return prepare(content.text, labels=labels, extra=extra, places=places, names=names, taken=taken)


def _names_beside(content: DraftContent, labels: Collection[str]) -> set[str]:
    """Names in speaker labels, voices, author, file name and comments, so that they are found in the text too."""
    beside = (*labels, *content.voices, content.author, content.name)
    found = [one for text in beside for one in identifiers(text, as_label=True)]
    found += [one for text in content.comments for one in identifiers(text)]
    return {one.text for one in found if one.kind is IdentifierKind.NAME and one.certainty >= SURE}


@transaction.atomic
def store_source(
    *, by: Any, draft: Draft, speakers: Mapping[str, Participant | str], kept: Collection[str] = (),
    extra: Collection[str] = (), places: Collection[str] = (), meeting: Meeting | None = None,
    keep_original: bool = False,
) -> Source:  # fmt: skip
    """Make a source of a draft: turns by speaker, identities replaced, named by its code.

    Args:
        by: who stores it.
        draft: the draft; its files and key are gone afterwards.
        speakers: for each label a participant, `new` for one who gets the next code, or `interviewer`.
        kept: keys of the identities that are to stay as they are.
        extra: words to be replaced although the pass did not find them.
        places: names of places the house knows.
        meeting: where the words were said.
        keep_original: keep the uploaded file, sealed with the source's key.

    Raises:
        FileMissing: the draft has been stored or thrown away already.
    """
    if not Draft.objects.select_for_update().filter(pk=draft.pk):
        raise FileMissing
    prepared = prepare_draft(draft, labels=list(speakers), extra=extra, places=places)
    replaced = prepared.replaced(kept)
    inquiry = draft.inquiry
    source = Source.objects.create(
        inquiry=inquiry, code=_next_code(inquiry), meeting=meeting, text=replaced.text,
        words=len(replaced.text.split()), length=len(replaced.text), made_by=by.pk, made_by_name=by.chosen_name,
    )  # fmt: skip
    people = {
        label: add_participant(by=by, inquiry=inquiry, meeting=meeting) if who == NEW else who
        for label, who in speakers.items()
    }
    mover = Mover([Splice(*splice) for splice in replaced.splices])
    _store_turns(source, prepared.split.turns, mover, people)
    _seal_pseudonyms(source, prepared, kept)
    if keep_original and draft.original:
        _move_original(draft, source)
    index_source(source)
    record("inquiry:source:stored", by=by, about=source_key(source), within=inquiry.key, words=source.words)
    discard_draft(by=by, draft=draft)
    return source


def _next_code(inquiry: Inquiry) -> str:
    taken = set(inquiry.sources.values_list("code", flat=True))
    number = len(taken) + 1
    while f"K{number}" in taken:
        number += 1
    return f"K{number}"


def _store_turns(
    source: Source, turns: Sequence[Any], mover: Mover, speakers: Mapping[str, Participant | str]
) -> None:
    rows: list[Turn] = []
    for turn in turns:
        who = speakers.get(turn.speaker, "")
        span = mover.span(turn.start, turn.end)
        if span is None:
            continue
        rows.append(
            Turn(
                source=source, number=len(rows) + 1, start=span[0], end=span[1],
                participant=who if isinstance(who, Participant) else None,
                speaker=who.code if isinstance(who, Participant) else str(who),
            )
        )
    Turn.objects.bulk_create(rows, batch_size=500)


def _seal_pseudonyms(source: Source, prepared: Prepared, kept: Collection[str]) -> None:
    originals = {
        prepared.placeholders[one.key]: {"key": one.key, "words": sorted({o.text for o in one.occurrences})}
        for one in prepared.groups
        if one.key not in kept
    }
    key = PseudonymKey(source=source)
    key.sealed = seal_text(key.key_owner, "pseudonyms", json.dumps(originals, ensure_ascii=False))
    key.save()


def taken_placeholders(inquiry: Inquiry) -> dict[str, str]:
    """The placeholders given in the sources so far, by identity."""
    return {
        stood["key"]: placeholder
        for source in inquiry.sources.defer("text").order_by("made_at")
        for placeholder, stood in open_pseudonyms(source).items()
    }


def open_pseudonyms(source: Source) -> dict[str, dict[str, Any]]:
    """Which placeholder stands for what; empty when the key has been destroyed."""
    key = PseudonymKey.objects.filter(source=source).first()
    if key is None:
        return {}
    try:
        return dict(json.loads(unseal_text(key.key_owner, "pseudonyms", bytes(key.sealed))))
    except KeyGone:
        return {}


@transaction.atomic
def destroy_pseudonyms(*, by: Any, source: Source) -> None:
    """Destroy the key to a source's placeholders: from now on nobody can say who stood there."""
    destroy_key(f"pseudonyms:{source.pk}")
    PseudonymKey.objects.filter(source=source).delete()
    record("inquiry:pseudonyms:destroyed", by=by, about=source_key(source), within=source.inquiry.key)


def _move_original(draft: Draft, source: Source) -> None:
    stored = StoredFile.objects.get(owner=draft.key_owner, kind="inquiry.original")
    kept = keep_file(
        owner=source.key_owner, kind="inquiry.original", media_type=stored.media_type,
        content=read_file(stored),
    )  # fmt: skip
    source.original = kept.pk
    source.save(update_fields=["original"])


def source_key(source: Source) -> str:
    """The source's key in trail and search."""
    return f"inquiry.source:{source.pk}"


def index_source(source: Source, turns: Sequence[Turn] | None = None) -> int:
    """Enter a source's turns in the search index, for its own inquiry only, hidden ones apart. Returns how many."""
    hidden = hidden_keys(source.inquiry_id, "turn")
    chosen = list(source.turns.all()) if turns is None else turns
    if turns is None:
        drop_entries(part_of=source_key(source))
    url = reverse("inquiry:workbench", args=[source.inquiry.slug, source.code])
    return put_entries(
        Entry(
            kind="inquiry.turn", key=str(turn.pk), audience=source.inquiry.key, url=f"{url}#t{turn.number}",
            title=source.code, text=source.text[turn.start : turn.end], part_of=source_key(source),
        )
        for turn in chosen
        if turn.end > turn.start and str(turn.pk) not in hidden
    )  # fmt: skip


class TextChanged(Exception):
    """The text was corrected by somebody else since the page was opened; nothing was saved."""


@transaction.atomic
def correct_turn(*, by: Any, turn: Turn, text: str, version: int) -> int:
    """Correct the words of a turn; passages, voices, quotations and index follow.

    Returns:
        How many passages lost all their words.

    Raises:
        TextChanged: the source is of a newer version than the page showed.
    """
    source = Source.objects.select_for_update().get(pk=turn.source_id)
    if source.version != version:
        raise TextChanged
    turn.refresh_from_db()
    new = clean_text(text).replace("\n", " ").strip()
    splices = [
        Splice(s.start + turn.start, s.end + turn.start, s.new)
        for s in splices_between(source.text[turn.start : turn.end], new)
    ]
    lost = splice_source(source=source, splices=splices, grows=turn)
    drop_lost_quotations(source.inquiry)
    Correction.objects.create(
        source=source, version=source.version, by=by.pk, by_name=by.chosen_name, places=len(splices)
    )
    record("inquiry:source:corrected", by=by, about=source_key(source), within=source.inquiry.key,
           places=len(splices))  # fmt: skip
    return lost


def splice_source(*, source: Source, splices: Sequence[Splice], grows: Turn | None = None) -> int:
    """Change a source's text and let all that is anchored in it follow. Inside a transaction.

    Returns:
        How many passages lost all their words; these are deleted with their codings and quotations.
    """
    if not splices:
        return 0
    mover = Mover(splices)
    source.text = apply_splices(source.text, splices)
    source.version += 1
    source.length, source.words = len(source.text), len(source.text.split())
    source.save(update_fields=["text", "version", "length", "words"])
    changed = _move_turns(source, mover, splices, grows)
    lost = _move_passages(source, mover, splices)
    drop_entries(kind="inquiry.turn", keys=[str(t.pk) for t in changed])
    index_source(source, changed)
    return lost


def _touches(start: int, end: int, splices: Sequence[Splice]) -> bool:
    return any(s.start <= end and s.end >= start for s in splices)


def _move_turns(source: Source, mover: Mover, splices: Sequence[Splice], grows: Turn | None) -> list[Turn]:
    """Move turns; words put in at the edge of the turn that is being corrected belong to it."""
    changed, moved = [], []
    for turn in source.turns.order_by("number"):
        old = (turn.start, turn.end)
        if grows is not None and turn.pk == grows.pk:
            before = sum(s.shift for s in splices if s.end <= old[0] and s.start < old[0])
            inside = sum(s.shift for s in splices) - before
            turn.start, turn.end = old[0] + before, old[1] + before + inside
        else:
            span = mover.span(*old) if old[1] > old[0] else None
            if span is None:
                place = mover.span(max(old[0] - 1, 0), old[0]) if old[0] else None
                where = place[1] if place else 0
                span = (where, where)
            turn.start, turn.end = span
        if _touches(*old, splices):
            changed.append(turn)
        if (turn.start, turn.end) != old:
            moved.append(turn)
    _save_spans(Turn, moved)
    return changed


def _save_spans(model: type[Turn] | type[Passage], rows: Sequence[Turn | Passage]) -> None:
    """Save where rows stand now: one plain statement, many times. Django's own way takes ten times as long."""
    if not rows:
        return
    name = connection.ops.quote_name
    table, start, end = name(model._meta.db_table), name("start"), name("end")
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {start} = %s, {end} = %s WHERE id = %s",  # noqa: S608 (our own names)
            [(row.start, row.end, row.pk) for row in rows],
        )


def _move_passages(source: Source, mover: Mover, splices: Sequence[Splice]) -> int:
    gone, moved, reworded = [], [], []
    for passage in source.passages.all():
        span = mover.span(passage.start, passage.end)
        if span is None or not source.text[span[0] : span[1]].strip():
            gone.append(passage.pk)
            continue
        if _touches(passage.start + 1, passage.end - 1, splices):
            reworded.append(passage)
        if span != (passage.start, passage.end):
            passage.start, passage.end = span
            moved.append(passage)
    Passage.objects.filter(pk__in=gone).delete()
    _save_spans(Passage, moved)
    for passage in reworded:
        _renew_voices(passage)
        Quotation.objects.filter(passage=passage).update(
            words=source.text[passage.start : passage.end], state="proposed", decided_at=None
        )
    return len(gone)


def _renew_voices(passage: Passage) -> None:
    now = set(voices_of(passage.source_id, passage.start, passage.end))
    PassageVoice.objects.filter(passage=passage).exclude(participant_id__in=now).delete()
    PassageVoice.objects.bulk_create(
        (PassageVoice(passage=passage, participant_id=p) for p in now), ignore_conflicts=True
    )


@transaction.atomic
def delete_source(*, by: Any, source: Source) -> int:
    """Delete a source with all that hangs on it: index, kept file, keys, quotations. Returns rows deleted."""
    drop_entries(part_of=source_key(source))
    for stored in StoredFile.objects.filter(owner=source.key_owner):
        remove_file(stored)
    destroy_key(source.key_owner)
    destroy_key(f"pseudonyms:{source.pk}")
    record("inquiry:source:deleted", by=by, about=source_key(source), within=source.inquiry.key)
    inquiry, (deleted, _) = source.inquiry, source.delete()
    drop_lost_quotations(inquiry)
    return deleted


@transaction.atomic
def tie_meeting(*, by: Any, source: Source, meeting: Meeting | None) -> None:
    """Say where the words of a source were said."""
    Source.objects.filter(pk=source.pk).update(meeting=meeting, version=F("version"))
    record("inquiry:source:tied", by=by, about=source_key(source), within=source.inquiry.key)
