"""Findings, quotations and the dialogue: what is said, what it stands on, who was asked and what they said."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from knutepunkt.consent.actions import end_uses, note_use
from knutepunkt.consent.choices import Purpose
from knutepunkt.consent.queries import subjects_agreeing, subjects_using
from knutepunkt.inquiry.actions.frame import NotYet, save_newest
from knutepunkt.inquiry.actions.reporting import drop_lost_quotations
from knutepunkt.inquiry.choices import QuotationState, Weight
from knutepunkt.inquiry.models import (
    Finding,
    FindingPassage,
    FindingResponse,
    Inquiry,
    Missing,
    Participant,
    Passage,
    Quotation,
    ServiceAnswer,
)
from knutepunkt.inquiry.queries.findings import what_hinders_asking
from knutepunkt.inquiry.queries.sources import text_shown
from knutepunkt.web.keystore.models import Gone
from knutepunkt.web.trail import record

REFUSED = "inquiry.quotation-refused"
"""How the key store names a quotation whose owner has said no."""


class SeveralVoices(Exception):
    """The words are of more than one participant, so no one of them can say yes to all of it."""


class OwnAnswerStands(Exception):
    """The participant has answered by receipt code; the team does not write over it."""


@transaction.atomic
def add_finding(*, by: Any, inquiry: Inquiry, statement: str, explanation: str = "", plain: str = "") -> Finding:
    """Write a new finding, with the next free number."""
    newest = inquiry.findings.aggregate(newest=Max("number"))["newest"] or 0
    finding = Finding.objects.create(
        inquiry=inquiry, number=newest + 1, statement=statement, explanation=explanation, plain=plain,
        changed_by=by.pk, changed_by_name=by.chosen_name,
    )  # fmt: skip
    record("inquiry:finding:added", by=by, about=f"inquiry.finding:{finding.pk}", within=inquiry.key)
    return finding


@transaction.atomic
def change_finding(
    *, by: Any, finding: Finding, version: int, statement: str, explanation: str, plain: str
) -> Finding:
    """Change a finding's words.

    Raises:
        SomebodyElseSaved: it is of a newer version than the page showed; nothing was saved.
    """
    save_newest(
        finding, version, statement=statement, explanation=explanation, plain=plain,
        changed_by=by.pk, changed_by_name=by.chosen_name, changed_at=timezone.now(),
    )  # fmt: skip
    record("inquiry:finding:changed", by=by, about=f"inquiry.finding:{finding.pk}", within=finding.inquiry.key)
    return finding


@transaction.atomic
def remove_finding(*, by: Any, finding: Finding) -> None:
    """Take a finding away, with its ground and quotations; the passages stay."""
    record("inquiry:finding:removed", by=by, about=f"inquiry.finding:{finding.pk}", within=finding.inquiry.key)
    finding.delete()


@transaction.atomic
def ground_finding(*, by: Any, finding: Finding, passages: Iterable[Passage], weight: str) -> int:
    """Let passages carry or contradict a finding. Returns how many it now stands on in that way."""
    for passage in passages:
        FindingPassage.objects.update_or_create(
            finding=finding, passage=passage, defaults={"weight": weight}
        )
    record("inquiry:finding:grounded", by=by, about=f"inquiry.finding:{finding.pk}", within=finding.inquiry.key)
    return finding.ground.filter(weight=weight).count()


@transaction.atomic
def unground_finding(*, by: Any, finding: Finding, passage: Passage) -> None:
    """Let a passage neither carry nor contradict a finding; its quotation goes too."""
    FindingPassage.objects.filter(finding=finding, passage=passage).delete()
    Quotation.objects.filter(finding=finding, passage=passage).delete()
    record("inquiry:finding:ungrounded", by=by, about=f"inquiry.finding:{finding.pk}",
           within=finding.inquiry.key)  # fmt: skip


@transaction.atomic
def keep_finding(*, by: Any, finding: Finding) -> None:
    """The lead says that a finding still stands after words were taken back."""
    Finding.objects.filter(pk=finding.pk).update(asks_lead_at=None)
    record("inquiry:finding:still-stands", by=by, about=f"inquiry.finding:{finding.pk}",
           within=finding.inquiry.key)  # fmt: skip


class NotAgreed(Exception):
    """Somebody whose words these are has not agreed to quotations in the report."""


def _voices(passage: Passage) -> list[str]:
    return [f"inquiry.participant:{pk}" for pk in passage.voices.values_list("participant_id", flat=True)]


@transaction.atomic
def place_quotation(*, by: Any, finding: Finding, passage: Passage) -> Quotation:
    """Place a passage's words as a quotation under a finding, where every owner has agreed to the report.

    Raises:
        SeveralVoices: it holds words of more than one participant; nobody is shown another's words.
        NotAgreed: the owner has not agreed, nobody's words are in it, or it is hidden until the lead has answered.
    """
    subjects = _voices(passage)
    if len(subjects) > 1:
        raise SeveralVoices
    if not subjects or subjects_agreeing(subjects, Purpose.REPORT) != set(subjects):
        raise NotAgreed
    if text_shown(passage.source)[passage.start : passage.end] != passage.source.text[passage.start : passage.end]:
        raise NotAgreed
    words = passage.source.text[passage.start : passage.end].strip()
    quotation, is_new = Quotation.objects.get_or_create(
        finding=finding, passage=passage, defaults={"inquiry": finding.inquiry, "words": words}
    )
    if is_new:
        FindingPassage.objects.get_or_create(
            finding=finding, passage=passage, defaults={"weight": Weight.CARRIES}
        )
        record("inquiry:quotation:placed", by=by, about=f"inquiry.quotation:{quotation.pk}",
               within=finding.inquiry.key)  # fmt: skip
    return quotation


@transaction.atomic
def remove_quotation(*, by: Any, quotation: Quotation) -> None:
    """Take a quotation away again."""
    record("inquiry:quotation:removed", by=by, about=f"inquiry.quotation:{quotation.pk}",
           within=quotation.inquiry.key)  # fmt: skip
    quotation.delete()


@transaction.atomic
def ask_participants(*, by: Any, inquiry: Inquiry, answers_by: date) -> int:
    """Show findings and quotations to the participants, who answer by receipt code until a date.

    Returns:
        How many quotations were shown to their owners.

    Raises:
        NotYet: a finding stands on nothing, or the date has passed.
    """
    hindrances = what_hinders_asking(inquiry, answers_by)
    if hindrances:
        raise NotYet(hindrances)
    inquiry.participants_asked_on = inquiry.participants_asked_on or timezone.localdate()
    inquiry.answers_by = answers_by
    inquiry.save(update_fields=["participants_asked_on", "answers_by"])
    shown = inquiry.quotations.filter(state=QuotationState.PROPOSED).update(
        state=QuotationState.ASKED, decide_by=answers_by
    )
    record("inquiry:participants:asked", by=by, about=inquiry.key, within=inquiry.key, quotations=shown)
    return shown


@transaction.atomic
def decide_quotation(*, quotation: Quotation, participant: Participant, yes: bool) -> Quotation:
    """The owner says yes or no to exactly these words. A no counts at once, also when it is published.

    Where several voices are in it, each owner decides: it is used when all have said yes, and not before.
    """
    place = f"inquiry.quotation:{quotation.pk}"
    _note_answer(quotation, participant, yes=yes)
    if yes:
        note_use(
            subject=participant.key, purpose=Purpose.REPORT, place=place, label=quotation.inquiry.title
        )
    else:
        end_uses(participant.key, place=place)
    if subjects_using(place) >= set(_voices(quotation.passage)):
        quotation.state = QuotationState.APPROVED
    elif not yes:
        quotation.state = QuotationState.REFUSED
    quotation.decided_at = timezone.now()
    quotation.save(update_fields=["state", "decided_at"])
    drop_lost_quotations(quotation.inquiry)
    record("inquiry:quotation:decided", by="code", about=f"inquiry.quotation:{quotation.pk}",
           within=quotation.inquiry.key, yes=yes)  # fmt: skip
    return quotation


def _note_answer(quotation: Quotation, participant: Participant, *, yes: bool) -> None:
    """Remember a no beside the keys, so that a restored backup is told again; forget it at a yes."""
    key = f"{quotation.pk}:{participant.pk}"
    if yes:
        Gone.objects.filter(what=REFUSED, key=key).delete()
    else:
        Gone.objects.get_or_create(what=REFUSED, key=key)


def replay_refusals() -> int:
    """After a restore: say no again to the quotations whose owners have said no. Returns how many."""
    replayed = 0
    for key in Gone.objects.filter(what=REFUSED).order_by("pk").values_list("key", flat=True):
        quotation_key, _, participant_key = key.partition(":")
        quotation = Quotation.objects.exclude(state=QuotationState.REFUSED).filter(pk=quotation_key).first()
        participant = Participant.objects.filter(pk=participant_key).first()
        if quotation is not None and participant is not None:
            decide_quotation(quotation=quotation, participant=participant, yes=False)
            replayed += 1
    return replayed


@transaction.atomic
def respond_to_finding(
    *, finding: Finding, participant: Participant, answer: str, words: str = "", by: Any = None
) -> FindingResponse:
    """A participant says whether the finding is recognised, with words of their own.

    Args:
        by: the one in the team who writes it down for somebody without a device; None by receipt code.

    Raises:
        OwnAnswerStands: the team writes, and the participant has answered by receipt code.
    """
    own = FindingResponse.objects.filter(finding=finding, participant=participant, typed_by=None)
    if by is not None and own.exists():
        raise OwnAnswerStands
    said = {"answer": answer, "words": words, "typed_by": getattr(by, "pk", None),
            "typed_by_name": getattr(by, "chosen_name", "")}  # fmt: skip
    response, _ = FindingResponse.objects.update_or_create(finding=finding, participant=participant, defaults=said)
    record("inquiry:finding:answered", by=by or "code", about=f"inquiry.finding:{finding.pk}",
           within=finding.inquiry.key)  # fmt: skip
    return response


@transaction.atomic
def write_down(*, by: Any, participant: Participant, answers: dict[int, tuple[str, str]]) -> int:
    """Write down what a participant without a device says at the dialogue, finding by finding.

    Args:
        by: somebody in the team.
        participant: who says it.
        answers: `(answer, words)` by the finding's number; a finding with an answer of their own is left alone.

    Returns:
        How many answers were written.
    """
    written = 0
    for finding in participant.inquiry.findings.filter(number__in=answers):
        answer, words = answers[finding.number]
        with suppress(OwnAnswerStands):
            respond_to_finding(finding=finding, participant=participant, answer=answer, words=words, by=by)
            written += 1
    return written


@transaction.atomic
def say_missing(*, inquiry: Inquiry, participant: Participant, words: str) -> Missing | None:
    """A participant says what is missing; empty words take it back."""
    if not words.strip():
        Missing.objects.filter(inquiry=inquiry, participant=participant).delete()
        return None
    missing, _ = Missing.objects.update_or_create(
        inquiry=inquiry, participant=participant, defaults={"words": words}
    )
    record("inquiry:missing:said", by="code", about=inquiry.key, within=inquiry.key)
    return missing


@transaction.atomic
def answer_missing(*, by: Any, missing: Missing, answer: str) -> None:
    """The team tells the participant what became of what was missing."""
    missing.answer = answer
    missing.save(update_fields=["answer", "at"])
    record("inquiry:missing:answered", by=by, about=missing.inquiry.key, within=missing.inquiry.key)


@transaction.atomic
def answer_finding(*, by: Any, finding: Finding, text: str, version: int) -> ServiceAnswer:
    """The service answers a finding.

    Raises:
        SomebodyElseSaved: a colleague answered since the page was opened.
    """
    answer, is_new = ServiceAnswer.objects.get_or_create(
        finding=finding, defaults={"text": text, "by": by.pk, "by_name": by.chosen_name}
    )
    if not is_new:
        save_newest(answer, version, text=text, by=by.pk, by_name=by.chosen_name, at=timezone.now())
    record("inquiry:finding:service-answered", by=by, about=f"inquiry.finding:{finding.pk}",
           within=finding.inquiry.key)  # fmt: skip
    return answer


@transaction.atomic
def set_outcome(*, by: Any, finding: Finding, outcome: str, note: str, version: int | None = None) -> Finding:
    """Write what the dialogue made of a finding: agreed, disputed or new.

    Raises:
        SomebodyElseSaved: the finding is of a newer version than the page showed.
    """
    save_newest(finding, version, outcome=outcome, outcome_note=note, changed_at=timezone.now())
    record("inquiry:finding:outcome", by=by, about=f"inquiry.finding:{finding.pk}",
           within=finding.inquiry.key, outcome=outcome)  # fmt: skip
    return finding
