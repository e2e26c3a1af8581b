"""Withdrawal: what happens in an inquiry when a participant takes words back.

`refuse_words` runs inside the transaction of the withdrawal: when it commits, no page, list, count,
search or file of the inquiry shows the words. `clean_up` is the job after it: new PDF, files gone.
Only the speaker's own turns go; where five or more of the words stand elsewhere, that is hidden until
the lead has answered.
"""

import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.consent.choices import Purpose
from knutepunkt.inquiry.actions.reporting import renew_edition
from knutepunkt.inquiry.actions.sources import index_source, open_pseudonyms, source_key, splice_source
from knutepunkt.inquiry.choices import QuotationState, TeamRole
from knutepunkt.inquiry.methods.anchors import Splice
from knutepunkt.inquiry.methods.runs import holds_run, runs_of
from knutepunkt.inquiry.models import (
    Code,
    Edition,
    Finding,
    FindingResponse,
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
from knutepunkt.web.files import remove_file
from knutepunkt.web.jobs import queue_job
from knutepunkt.web.models import StoredFile
from knutepunkt.web.notices import give_notice
from knutepunkt.web.registers import Surface
from knutepunkt.web.sealing import destroy_key, seal_text
from knutepunkt.web.search import drop_entries
from knutepunkt.web.trail import record


def participant_of(subject: str) -> Participant | None:
    """The participant a consent is about."""
    key = subject.partition(":")[2]
    return Participant.objects.filter(pk=key).select_related("inquiry__responsible").first()


def surfaces(subject: str) -> list[Surface]:
    """The places that lose the words now, and those that cannot be called back, for the preview."""
    participant = participant_of(subject)
    if participant is None:
        return []
    inquiry = participant.inquiry
    places = []
    if Turn.objects.filter(participant=participant).exists():
        places.append(Surface(_("Utskriften av det du sa, og alt teamet har markert i den"), "", True))
    own = Quotation.objects.filter(passage__voices__participant=participant)
    edition = inquiry.editions.filter(is_current=True).first()
    if own.exists():
        places.append(Surface(_("Sitater fra deg i teamets arbeid"), "", True))
    if edition is not None and own.filter(state=QuotationState.APPROVED).exists():
        url = reverse("inquiry:public-report", args=[inquiry.slug])
        places.append(Surface(_("Rapporten på nettet, PDF-en og søket"), url, True))
        places += _fetched(inquiry)
    answers = FindingResponse.objects.filter(participant=participant).exists()
    if answers or Missing.objects.filter(participant=participant).exists():
        places.append(Surface(_("Svarene du har gitt på funnene"), "", True))
    return places


def _fetched(inquiry: Inquiry) -> list[Surface]:
    """PDFs that were fetched while the words stood in them: said plainly, one line a day of publishing."""
    days = sorted({timezone.localtime(e.published_at).date() for e in inquiry.editions.all()})
    return [
        Surface(
            _("PDF-er og utskrifter fra %(day)s som noen har lastet ned") % {"day": day.strftime("%d.%m.%Y")},
            "", False, _("De kan ikke kalles tilbake. De som er medlemmer her, får vite at rapporten er endret."),
        )
        for day in days
    ]


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
    inquiry = participant.inquiry
    own_words = _own_words(participant)
    findings = set(
        Finding.objects.filter(ground__passage__voices__participant=participant).values_list("pk", flat=True)
    )
    Quotation.objects.filter(passage__voices__participant=participant).delete()
    FindingResponse.objects.filter(participant=participant).delete()
    Missing.objects.filter(participant=participant).delete()
    Noticed.objects.filter(participant=participant).delete()
    for source in _spoken_in(participant):
        _empty_turns(source, participant)
    _hide_runs(inquiry, own_words)
    return findings


def _spoken_in(participant: Participant) -> QuerySet[Source]:
    """The sources somebody speaks in, each once, without a comparison of whole texts."""
    spoken = Turn.objects.filter(participant=participant).values("source")
    return Source.objects.filter(pk__in=spoken).select_related("inquiry")


def _own_words(participant: Participant) -> list[str]:
    texts = []
    for source in _spoken_in(participant):
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
    for stored in StoredFile.objects.filter(owner=source.key_owner, kind="inquiry.original"):
        transaction.on_commit(partial(remove_file, stored))
    Source.objects.filter(pk=source.pk).update(original=None)
    _keep_needed_pseudonyms(source)
    if not source.text.strip():
        drop_entries(part_of=source_key(source))


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


def _hide_runs(inquiry: Inquiry, own_words: Iterable[str]) -> None:
    """Hide whatever else in the inquiry holds five or more of the words in a row."""
    runs = runs_of(own_words)
    if not runs:
        return
    hits = [(what, key) for what, key, text in texts_in(inquiry) if holds_run(text, runs)]
    HiddenText.objects.bulk_create(
        HiddenText(inquiry=inquiry, what=what, key=key) for what, key in dict.fromkeys(hits)
    )
    drop_entries(kind="inquiry.turn", keys=[key for what, key in hits if what == "turn"])
    repeated = [key for what, key in hits if what == "quotation"]
    Quotation.objects.filter(pk__in=repeated).update(state=QuotationState.PROPOSED, decided_at=None)
    for edition in inquiry.editions.filter(is_current=True):
        _hide_in_edition(edition, lambda text: holds_run(text, runs))
    _cover_codes(inquiry, lambda text: holds_run(text, runs))


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
    if is_hit(edition.content.get("easy_read", "")):
        hidden.add("easy_read")
    edition.hidden = sorted(hidden)
    edition.save(update_fields=["hidden"])


def _ask_lead(inquiry: Inquiry, findings: set[int]) -> None:
    """Ask the lead whether each touched finding still stands; who and how many is not said."""
    Finding.objects.filter(pk__in=findings).update(asks_lead_at=timezone.now())
    leads = TeamMember.objects.filter(inquiry=inquiry, role=TeamRole.LEAD, left_on=None)
    for person_id in leads.values_list("person_id", flat=True):
        give_notice(person_id, "inquiry.words-taken-back", inquiry=inquiry.slug)


def clean_up(subject: str) -> None:
    """The job after a withdrawal: what the inquiry keeps on disk of the words goes."""
    participant = participant_of(subject)
    if participant is None:
        return
    inquiry = participant.inquiry
    pointed = {str(pk) for pk in inquiry.editions.exclude(pdf=None).values_list("pdf", flat=True)}
    for stored in StoredFile.objects.filter(owner=f"inquiry:{inquiry.pk}", kind="inquiry.pdf"):
        if str(stored.pk) not in pointed:
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
def remove_hidden_memo(*, by: Any, hidden: HiddenText) -> None:
    """The lead takes a hidden memo away for good."""
    Memo.objects.filter(pk=int(hidden.key), inquiry=hidden.inquiry).delete()
    answer_hidden(by=by, hidden=hidden)
