"""What can be done in the ledger: give, change, withdraw, renew a receipt, note a use or a reading."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from knutepunkt.consent.choices import RECEIPT, How, Leaving
from knutepunkt.consent.models import AccessLogEntry, Consent, PurposeAnswer, Use, Withdrawal
from knutepunkt.consent.queries import current_consent, surfaces_now
from knutepunkt.web.jobs import queue_job
from knutepunkt.web.keystore.models import Gone
from knutepunkt.web.papercodes import end_codes, issue_code, renew_code
from knutepunkt.web.registers import CONSENT_OBJECTS
from knutepunkt.web.trail import record

WITHDRAWN = "consent.withdrawal"
NO_TO = "consent.no-to:"
READING_KEPT = timedelta(days=730)


class NothingToWithdraw(Exception):
    """There is no consent in force for this subject."""


class NoYes(Exception):
    """A consent without a single purpose is not a consent."""


def hold_consent(subject: str) -> Consent | None:
    """The newest consent about a subject, ended by its day or not, and then what it is about, held until the transaction
    ends; None where there is none. All who change both take hold of them in this order, so that nobody waits in a ring.
    """
    rows, held = Consent.objects.filter(subject=subject, is_current=True), None
    while held is None and (newest := rows.first()) is not None:
        held = rows.select_for_update(of=("self",)).filter(pk=newest.pk).first()
    entry = CONSENT_OBJECTS.get(subject.split(":", maxsplit=1)[0])
    if entry is not None and entry.hold is not None:
        entry.hold(subject)
    return held


@transaction.atomic
def give_consent(
    *,
    by: Any,
    subject: str,
    responsible: Any,
    purposes: Mapping[str, bool],
    wording: str,
    until_on: date,
    how: str = How.WEB,
    giver: Any = None,
    witness_name: str = "",
) -> Consent:
    """Enter a consent in the ledger; an earlier one about the same subject is replaced, not changed.

    Args:
        by: who enters it: a person, or `code` for a holder of the receipt.
        subject: what it is about, such as `inquiry.participant:<uuid>`.
        responsible: the organisation responsible for the words.
        purposes: yes or no to each purpose that was asked.
        wording: exactly what the person read or heard.
        until_on: the last day it holds.
        how: on screen, on paper, or spoken with a witness.
        giver: the person, where the giver has an account.
        witness_name: who heard it, where it was spoken.
    """
    earlier = hold_consent(subject)
    if earlier is not None:
        Consent.objects.filter(pk=earlier.pk).update(is_current=False)
    consent = Consent.objects.create(
        subject=subject, responsible=responsible, giver=giver, wording=wording, how=how,
        language=translation.get_language() or "nb", witness_name=witness_name,
        given_at=timezone.now(), until_on=until_on,
    )  # fmt: skip
    PurposeAnswer.objects.bulk_create(
        PurposeAnswer(consent=consent, purpose=purpose, is_given=given) for purpose, given in purposes.items()
    )
    if earlier is not None:
        Consent.objects.filter(pk=earlier.pk).update(replaced_by=consent)
    _note_answers(subject, purposes, ())
    entry = CONSENT_OBJECTS.get(subject.split(":", maxsplit=1)[0])
    if entry is not None and entry.choices_changed is not None:
        entry.choices_changed(subject)
    record("consent:consent:given", by=by, about=subject, how=str(how))
    return consent


@transaction.atomic
def change_purposes(*, by: Any, subject: str, purposes: Mapping[str, bool]) -> Consent:
    """Say anew yes or no to purposes; what loses its yes leaves every place it was used for, at once.

    Each no that was a yes is noted beside the keys, so that a restored backup is told again.

    Raises:
        NothingToWithdraw: no consent in force.
    """
    hold_consent(subject)
    earlier = current_consent(subject)
    if earlier is None:
        raise NothingToWithdraw
    before = set(earlier.purposes.filter(is_given=True).values_list("purpose", flat=True))
    lost = before - {purpose for purpose, given in purposes.items() if given}
    _note_answers(subject, purposes, lost)
    consent = give_consent(
        by=by, subject=subject, responsible=earlier.responsible, purposes=purposes, wording=earlier.wording,
        until_on=earlier.until_on, how=How.WEB, giver=earlier.giver,
    )  # fmt: skip
    if lost:
        end_uses(subject, purposes=lost)
        CONSENT_OBJECTS[subject.split(":", maxsplit=1)[0]].refuse_words(subject, by=by, purposes=lost)
        queue_job("consent.clean_up", subject=subject)
    return consent


def _note_answers(subject: str, purposes: Mapping[str, bool], lost: Iterable[str]) -> None:
    """Remember beside the keys what was said no to, and forget what is said yes to again."""
    given = [NO_TO + purpose for purpose, is_given in purposes.items() if is_given]
    Gone.objects.filter(what__in=given, key=subject).delete()
    for purpose in lost:
        Gone.objects.get_or_create(what=NO_TO + purpose, key=subject)


def withdraw_consent(*, by: Any, subject: str, how: str) -> Withdrawal:
    """Leave. With `delete`, every surface refuses the words when this returns; a job then cleans the disk.

    With `keep` nothing more is asked of the person and what was agreed stays as it is. The withdrawal is
    first noted beside the keys, so that a restored backup is told again.

    Raises:
        NothingToWithdraw: no consent in force.
    """
    if current_consent(subject) is None:
        raise NothingToWithdraw
    if how == Leaving.DELETE:
        Gone.objects.get_or_create(what=WITHDRAWN, key=subject, defaults={"how": how})
    return _withdraw(by=by, subject=subject, how=how)


@transaction.atomic
def _withdraw(*, by: Any, subject: str, how: str) -> Withdrawal:
    current = hold_consent(subject)
    done = Withdrawal.objects.filter(subject=subject, how=how).order_by("-at").first()
    if done is not None and (current is None or (how == Leaving.KEEP and done.at >= current.given_at)):
        return done  # sent twice, or by two at once: what was done stays done
    places = [
        {"label": s.label, "can_be_called_back": s.can_be_called_back, "note": s.note}
        for s in surfaces_now(subject)
    ]
    withdrawal = Withdrawal.objects.create(
        subject=subject, how=how, at=timezone.now(), by_code=by == "code", places=places
    )
    entry = CONSENT_OBJECTS[subject.split(":", maxsplit=1)[0]]
    if how == Leaving.DELETE:
        Consent.objects.filter(subject=subject, is_current=True).update(is_current=False)
        end_uses(subject)
        entry.refuse_words(subject, by=by, purposes=None)
        queue_job("consent.clean_up", subject=subject)
    else:
        entry.leave(subject)
    record("consent:consent:withdrawn", by=by, about=subject, how=how)
    return withdrawal


def end_uses(subject: str, purposes: set[str] | None = None, place: str = "") -> int:
    """End the uses of a subject's words: all, those for some purposes, or those in one place. Returns how many."""
    rows = Use.objects.filter(subject=subject, ended_at=None, can_be_called_back=True)
    if place:
        rows = rows.filter(place=place)
    if purposes is not None:
        rows = rows.filter(purpose__in=purposes)
    return rows.update(ended_at=timezone.now())


def note_use(
    *, subject: str, purpose: str, place: str, label: str, url: str = "", can_be_called_back: bool = True
) -> None:
    """Enter where words are now in use; the same place is entered once."""
    Use.objects.get_or_create(
        subject=subject, place=place, ended_at=None,
        defaults={"purpose": purpose, "label": label[:200], "url": url,
                  "can_be_called_back": can_be_called_back},
    )  # fmt: skip


def issue_receipt(*, by: Any, subject: str) -> str:
    """A receipt code on paper for a subject, as printed. Shown once."""
    _, printed = issue_code(kind=RECEIPT, subject=subject)
    record("consent:receipt:issued", by=by, about=subject)
    return printed


class NeedsTwo(Exception):
    """A lost slip is renewed by two people of the team."""


@transaction.atomic
def renew_receipt(*, by: Any, second: Any, subject: str) -> str:
    """A new receipt for a lost slip; two who know the person do it, the old code dies, both are logged.

    Raises:
        NeedsTwo: the two are the same person.
    """
    if second is None or by.pk == second.pk:
        raise NeedsTwo
    _, printed = renew_code(kind=RECEIPT, subject=subject)
    record("consent:receipt:renewed", by=by, about=subject, second=str(second.pk))
    note_reading(by=by, about=subject, what="receipt-renewed", second=second.chosen_name)
    return printed


def end_receipts(subject: str) -> int:
    """Let every receipt of a subject die; used when the subject is erased."""
    return end_codes(kind=RECEIPT, subject=subject)


def note_reading(*, by: Any, about: str, what: str, **facts: Any) -> None:
    """Write in the access log of the person it is about; once an hour for the same reader and thing."""
    reader = str(getattr(by, "pk", by))
    since = timezone.now() - timedelta(hours=1)
    if AccessLogEntry.objects.filter(about=about, reader=reader, what=what, at__gte=since).exists():
        return
    AccessLogEntry.objects.create(
        about=about, reader=reader, reader_name=getattr(by, "chosen_name", str(by)), what=what, facts=facts
    )


def delete_old_readings() -> int:
    """Delete lines of the access log older than two years. Returns how many."""
    deleted, _ = AccessLogEntry.objects.filter(at__lt=timezone.now() - READING_KEPT).delete()
    return deleted


def replay_withdrawals() -> int:
    """After a restore: withdraw again what the key store knows is withdrawn. Returns how many were replayed."""
    replayed = 0
    for gone in Gone.objects.filter(what=WITHDRAWN).order_by("at"):
        if current_consent(gone.key) is not None:
            _withdraw(by="restore", subject=gone.key, how=Leaving.DELETE)
            replayed += 1
    for gone in Gone.objects.filter(what__startswith=NO_TO).order_by("at"):
        replayed += _say_no_again(gone.key, gone.what.removeprefix(NO_TO))
    return replayed


def _say_no_again(subject: str, purpose: str) -> bool:
    """Take back one purpose that a restored backup still says yes to. Returns whether there was anything to do."""
    consent = current_consent(subject)
    answers = dict(consent.purposes.values_list("purpose", "is_given")) if consent else {}
    if answers.get(purpose):
        change_purposes(by="restore", subject=subject, purposes={**answers, purpose: False})
        return True
    return False
