"""Withdrawal: what happens in an inquiry when a participant takes words back.

`refuse_words` runs inside the transaction of the withdrawal: when it commits, no page, list, count,
search or file of the inquiry shows the words. `clean_up` is the job after it: new PDF, files gone.
Only the speaker's own turns go; where five or more of the words stand elsewhere, that is hidden until
the lead has answered.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.consent.choices import Purpose
from knutepunkt.inquiry.actions.reporting import drop_lost_quotations, hold_inquiry, renew_edition
from knutepunkt.inquiry.actions.sources import (
    TextChanged,
    discard_draft,
    index_source,
    open_draft,
    open_pseudonyms,
    source_key,
    splice_source,
)
from knutepunkt.inquiry.choices import QuotationState, TeamRole
from knutepunkt.inquiry.methods.anchors import Splice
from knutepunkt.inquiry.methods.runs import holds_run, runs_of
from knutepunkt.inquiry.models import (
    Code,
    Edition,
    Finding,
    FindingResponse,
    Guide,
    HiddenText,
    Inquiry,
    Memo,
    Missing,
    Noticed,
    Participant,
    PseudonymKey,
    Quotation,
    Source,
    TeamMember,
    Turn,
)
from knutepunkt.inquiry.queries.texts import texts_in
from knutepunkt.web.files import FileMissing, remove_file
from knutepunkt.web.jobs import queue_job
from knutepunkt.web.keystore.models import Gone
from knutepunkt.web.models import StoredFile
from knutepunkt.web.notices import give_notice
from knutepunkt.web.registers import Surface
from knutepunkt.web.sealing import destroy_key, keyed_digest, seal_text
from knutepunkt.web.search import drop_entries
from knutepunkt.web.trail import record

STRUCK = "inquiry.struck"
"""How the key store names words a participant has struck out: by place, length and a keyed digest."""

def participant_of(subject: str) -> Participant | None:
    """The participant a consent is about."""
    key = subject.partition(":")[2]
    return Participant.objects.filter(pk=key).select_related("inquiry__responsible").first()


def surfaces(subject: str) -> list[Surface]:
    """The places that lose the words now, and those that cannot be called back, for the preview. Two queries."""
    mine = {"participant": OuterRef("pk")}
    own = Quotation.objects.filter(passage__voices__participant=OuterRef("pk"))
    answered = Exists(FindingResponse.objects.filter(**mine)) | Exists(Missing.objects.filter(**mine))
    found = Participant.objects.filter(pk=subject.partition(":")[2]).annotate(
        has_turns=Exists(Turn.objects.filter(**mine)), is_quoted=Exists(own), has_answered=answered,
        is_approved=Exists(own.filter(state=QuotationState.APPROVED)),
    )  # fmt: skip
    participant = found.select_related("inquiry").first()
    if participant is None:
        return []
    places = []
    if participant.has_turns:
        places.append(Surface(_("Utskriften av det du sa, og alt teamet har markert i den"), "", True))
    if participant.is_quoted:
        places.append(Surface(_("Sitater fra deg i teamets arbeid"), "", True))
    if participant.is_approved:
        places += _published(participant.inquiry)
    if participant.has_answered:
        places.append(Surface(_("Svarene du har gitt på funnene"), "", True))
    return places


def _published(inquiry: Inquiry) -> list[Surface]:
    """The report where it is published, and PDFs fetched since, one line a day of publishing."""
    editions = list(inquiry.editions.values_list("published_at", "is_current"))
    if not any(is_current for _at, is_current in editions):
        return []
    url = reverse("inquiry:public-report", args=[inquiry.slug])
    days = sorted({timezone.localtime(at).date() for at, _is_current in editions})
    note = _("De kan ikke kalles tilbake. De som er medlemmer her, får vite at rapporten er endret.")
    label = _("PDF-er og utskrifter fra %(day)s som noen har lastet ned")
    fetched = [Surface(label % {"day": day.strftime("%d.%m.%Y")}, "", False, note) for day in days]
    return [Surface(_("Rapporten på nettet, PDF-en og søket"), url, True), *fetched]


def refuse_words(subject: str, *, by: Any, purposes: set[str] | None) -> None:
    """Make every surface refuse a participant's words; inside the transaction of the withdrawal.

    Args:
        subject: `inquiry.participant:<uuid>`.
        by: who withdraws, or `code`.
        purposes: the purposes that were lost, or None when all is taken back.
    """
    participant = participant_of(subject)
    if participant is None:
        return
    inquiry = participant.inquiry
    hold_inquiry(inquiry)
    if purposes is None or Purpose.ANALYSIS in purposes:
        touched = _take_everything_back(participant)
        Participant.objects.filter(pk=participant.pk).update(left_at=timezone.now())
        _ask_lead(inquiry, touched)
    elif Purpose.REPORT in purposes:
        Quotation.objects.filter(passage__voices__participant=participant).update(
            state=QuotationState.REFUSED, decided_at=timezone.now()
        )
    renew_edition(inquiry)
    record("inquiry:participant:withdrew", by=by, about=inquiry.key, within=inquiry.key)


def _take_everything_back(participant: Participant) -> set[int]:
    """Take out turns, quotations and answers; returns the findings that stood on them."""
    inquiry, sources = participant.inquiry, list(_spoken_in(participant).select_for_update(of=("self",)))
    own_words = _own_words(participant, sources)
    files = [[source.text[turn.start : turn.end] for turn in source.turns.all()] for source in sources]
    findings = set(
        Finding.objects.filter(ground__passage__voices__participant=participant).values_list("pk", flat=True)
    )
    Quotation.objects.filter(passage__voices__participant=participant).delete()
    FindingResponse.objects.filter(participant=participant).delete()
    Missing.objects.filter(participant=participant).delete()
    Noticed.objects.filter(participant=participant).delete()
    for source in sources:
        _empty_turns(source, participant)
    _hide_runs(inquiry, own_words)
    _discard_drafts(inquiry, own_words, files)
    return findings


def _spoken_in(participant: Participant) -> QuerySet[Source]:
    """The sources somebody speaks in, each once, without a comparison of whole texts."""
    spoken = Turn.objects.filter(participant=participant).values("source")
    return Source.objects.filter(pk__in=spoken).select_related("inquiry")


def _own_words(participant: Participant, sources: Iterable[Source]) -> list[str]:
    texts = []
    for source in sources:
        turns = source.turns.filter(participant=participant).order_by("start")
        texts += [source.text[turn.start : turn.end] for turn in turns]
    responses = FindingResponse.objects.filter(participant=participant).values_list("words", flat=True)
    missing = Missing.objects.filter(participant=participant).values_list("words", flat=True)
    return texts + [words for words in (*responses, *missing) if words]


def _empty_turns(source: Source, participant: Participant) -> None:
    """Take a speaker's turns out of a source; others' turns, and passages on them, stay and follow."""
    turns = source.turns.filter(participant=participant).order_by("start")
    splices = [Splice(t.start, t.end, "") for t in turns if t.end > t.start]
    Memo.objects.filter(passage__source=source, passage__voices__participant=participant).delete()
    splice_source(source=source, splices=splices)
    _forget_original(source)
    if not source.text.strip():
        drop_entries(part_of=source_key(source))


def _forget_original(source: Source) -> None:
    """The file as it was uploaded goes, and what stood behind placeholders that are in the text no more."""
    for stored in StoredFile.objects.filter(owner=source.key_owner, kind="inquiry.original"):
        remove_file(stored)
    Source.objects.filter(pk=source.pk).update(original=None)
    _keep_needed_pseudonyms(source)


def _keep_needed_pseudonyms(source: Source) -> None:
    """Forget what stood behind placeholders that are in the text no more."""
    originals = {k: v for k, v in open_pseudonyms(source).items() if k in source.text}
    key = PseudonymKey.objects.filter(source=source).first()
    if key is None:
        return
    destroy_key(key.key_owner)
    if not originals:
        key.delete()
        return
    key.sealed = seal_text(key.key_owner, "pseudonyms", json.dumps(originals, ensure_ascii=False))
    key.save(update_fields=["sealed"])


def _hide_runs(inquiry: Inquiry, own_words: Iterable[str], *, but: Participant | None = None) -> bool:
    """Hide whatever else in the inquiry holds five or more of the words in a row. Returns whether anything did.

    Args:
        inquiry: where to look.
        own_words: what was taken back.
        but: somebody whose own turns are left alone, since only she decides on what still stands in them.
    """
    runs = runs_of(own_words)
    if not runs:
        return False
    own = {("turn", str(turn.pk)) for turn in but.turns.all()} if but else set()
    found = ((what, key) for what, key, text in texts_in(inquiry) if holds_run(text, runs))
    hits = [hit for hit in found if hit not in own]
    HiddenText.objects.bulk_create(
        HiddenText(inquiry=inquiry, what=what, key=key) for what, key in dict.fromkeys(hits)
    )
    drop_entries(kind="inquiry.turn", keys=[key for what, key in hits if what == "turn"])
    repeated = [key for what, key in hits if what == "quotation"]
    Quotation.objects.filter(pk__in=repeated).update(state=QuotationState.PROPOSED, decided_at=None)
    for edition in inquiry.editions.filter(is_current=True):
        _hide_in_edition(edition, lambda text: holds_run(text, runs))
    _cover_codes(inquiry, lambda text: holds_run(text, runs))
    return bool(hits)


def _discard_drafts(inquiry: Inquiry, own_words: Iterable[str], files: Iterable[Iterable[str]]) -> None:
    """Throw away files on their way in that hold the words, or most of the turns of a file that was stored."""
    runs, same = runs_of(own_words), [runs_of(turns) for turns in files]
    for draft in inquiry.drafts.exclude(content=None):
        try:
            content = open_draft(draft)
        except FileMissing:
            continue
        told = runs_of([content.text, *content.comments])
        if told & runs or any(file and len(told & file) * 2 > len(file) for file in same):
            discard_draft(by="code", draft=draft)


@transaction.atomic
def strike_out(*, turn: Turn, words: str, version: int) -> int:
    """A participant strikes out words in an own turn, by receipt code. Returns passages that lost all words.

    What others wrote with five or more of the words in a row is hidden until the lead has answered.

    Raises:
        TextChanged: the text has changed since the page was opened, or the words are not in the turn.
    """
    source = Source.objects.select_for_update().get(pk=turn.source_id)
    inquiry = source.inquiry
    turn.refresh_from_db()
    at = source.text[turn.start : turn.end].find(words)
    if source.version != version or not words.strip() or at < 0:
        raise TextChanged
    key = f"{turn.pk}:{version}:{at}:{len(words)}"
    Gone.objects.get_or_create(what=STRUCK, key=key, defaults={"how": _mark_of(words)})
    splice = Splice(turn.start + at, turn.start + at + len(words), "")
    lost = splice_source(source=source, splices=[splice], grows=turn)
    _forget_original(source)
    _discard_drafts(inquiry, [words], [])
    if _hide_runs(inquiry, [words], but=turn.participant):
        renew_edition(inquiry)
    else:
        drop_lost_quotations(inquiry)
    queue_job("inquiry.sweep")
    record("inquiry:source:struck-out", by="code", about=source_key(source), within=inquiry.key)
    return lost


def _mark_of(words: str) -> str:
    """What stands beside the keys in place of struck words: too little to read, enough to know them again."""
    return keyed_digest(STRUCK, words)[:20]


def replay_strike_outs() -> int:
    """After a restore: strike out again what participants have struck out. Returns how many were replayed.

    A turn whose source is of a newer version than the strike has had it already.
    """
    replayed = 0
    for gone in Gone.objects.filter(what=STRUCK).order_by("pk"):
        turn_key, version, at, length = map(int, gone.key.split(":"))
        turn = Turn.objects.select_related("source").filter(pk=turn_key, source__version__lte=version).first()
        words = _known_again(turn, at, length, gone.how) if turn else ""
        if turn is not None and words:
            strike_out(turn=turn, words=words, version=turn.source.version)
            Source.objects.filter(pk=turn.source_id, version__lte=version).update(version=version + 1)
            replayed += 1
    return replayed


def _known_again(turn: Turn, at: int, length: int, mark: str) -> str:
    """The struck words in a turn as it stood in the backup: at their place, else wherever they now stand."""
    text = turn.source.text[turn.start : turn.end]
    for start in (at, *range(len(text) - length + 1)):
        if _mark_of(text[start : start + length]) == mark:
            return text[start : start + length]
    return ""


def _cover_codes(inquiry: Inquiry, is_hit: Callable[[str], bool]) -> None:
    """Give codes named or described with the words a name without them, in the list of changes too.

    A code stands on every page of the team, so its words go at once; the lead names it anew.
    """
    for code in inquiry.codes.all():
        if is_hit(f"{code.name}\n{code.note}"):
            name = _("Kode uten navn (%(number)s)") % {"number": code.pk}
            Code.objects.filter(pk=code.pk).update(name=name, note="")
    for change in inquiry.code_changes.filter(before__has_key="name"):
        if is_hit(change.before["name"]):
            change.before["name"] = _("Kode uten navn (%(number)s)") % {"number": change.before["code"]}
            change.save(update_fields=["before"])


def _hide_in_edition(edition: Edition, is_hit: Callable[[str], bool]) -> None:
    hidden = set(edition.hidden)
    for block in edition.content.get("blocks", []):
        words = (block["heading"], block["body"], block.get("outcome_note", ""), block.get("service_answer", ""))
        if is_hit("\n".join(words)):
            hidden.add(block["key"])
    hidden.update(part for part in ("title", "easy_read") if is_hit(edition.content.get(part, "")))
    edition.hidden = sorted(hidden)
    edition.save(update_fields=["hidden"])


def _ask_lead(inquiry: Inquiry, findings: set[int]) -> None:
    """Ask the lead whether each touched finding still stands; who and how many is not said."""
    Finding.objects.filter(pk__in=findings).update(asks_lead_at=timezone.now())
    leads = TeamMember.objects.filter(inquiry=inquiry, role=TeamRole.LEAD, left_on=None)
    for person_id in leads.values_list("person_id", flat=True):
        give_notice(person_id, "inquiry.words-taken-back", inquiry=inquiry.slug)


def leave(subject: str) -> None:
    """Let a participant go while the words stay: nothing more is asked, and nobody waits for an answer."""
    Participant.objects.filter(pk=subject.partition(":")[2], left_at=None).update(left_at=timezone.now())


def clean_up(subject: str) -> None:
    """The job after a withdrawal: what the inquiry keeps on disk of the words goes."""
    participant = participant_of(subject)
    if participant is None:
        return
    inquiry = participant.inquiry
    pointed = set(inquiry.editions.exclude(pdf=None).values_list("pdf", flat=True))
    pointed |= set(inquiry.sources.exclude(original=None).values_list("original", flat=True))
    owners = [f"inquiry:{inquiry.pk}", *(f"source:{pk}" for pk in inquiry.sources.values_list("pk", flat=True))]
    for stored in StoredFile.objects.filter(owner__in=owners, kind__in=("inquiry.pdf", "inquiry.original")):
        if stored.pk not in pointed:
            remove_file(stored)


@transaction.atomic
def answer_hidden(*, by: Any, hidden: HiddenText) -> None:
    """The lead has read a hidden text and says that it may stand as it now is."""
    hidden.answered_at, hidden.answered_by = timezone.now(), by.pk
    hidden.save(update_fields=["answered_at", "answered_by"])
    if hidden.what == "turn":
        for turn in Turn.objects.filter(pk=int(hidden.key)).select_related("source__inquiry"):
            index_source(turn.source, [turn])
    queue_job("inquiry.sweep")  # what was written anew or removed may have left its words on disk
    record("inquiry:hidden:answered", by=by, about=hidden.inquiry.key, within=hidden.inquiry.key)


@transaction.atomic
def remove_hidden(*, by: Any, hidden: HiddenText) -> None:
    """The lead takes a hidden memo, or a version of the guide, away for good."""
    kinds = {"memo": Memo.objects, "guide": Guide.objects}
    if hidden.what in kinds:
        kinds[hidden.what].filter(pk=int(hidden.key), inquiry=hidden.inquiry).delete()
    answer_hidden(by=by, hidden=hidden)
