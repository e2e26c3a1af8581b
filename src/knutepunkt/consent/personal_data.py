"""What the ledger holds of a person, and how it is exported and erased."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from knutepunkt.consent.models import AccessLogEntry, Consent, Use, Withdrawal
from knutepunkt.web.registers import PERSONAL_DATA, PersonalData

PROOF_KEPT = timedelta(days=3 * 365)


def _export_consents(person: Any) -> list[dict[str, Any]]:
    rows = Consent.objects.filter(giver=person).prefetch_related("purposes").order_by("given_at")
    return [
        {
            "about": c.subject, "given_at": c.given_at, "until": c.until_on, "wording": c.wording,
            "purposes": {p.purpose: p.is_given for p in c.purposes.all()},
        }
        for c in rows
    ]  # fmt: skip


def _erase_consents(person: Any) -> int:
    return Consent.objects.filter(giver=person).update(giver=None)


def _consents_due() -> int:
    deleted, _ = Consent.objects.filter(until_on__lt=timezone.localdate() - PROOF_KEPT).delete()
    return deleted


def _export_readings(person: Any) -> list[dict[str, Any]]:
    rows = AccessLogEntry.objects.filter(about=f"people.person:{person.pk}").order_by("at")
    return [{"at": r.at, "who": r.reader_name, "what": r.what} for r in rows]


def _erase_readings(person: Any) -> int:
    deleted, _ = AccessLogEntry.objects.filter(about=f"people.person:{person.pk}").delete()
    return deleted


def _nothing(_person: Any) -> list[dict[str, Any]]:
    return []


def _none(_person: Any) -> int:
    return 0


def _withdrawals_due() -> int:
    deleted, _ = Withdrawal.objects.filter(at__lt=timezone.now() - PROOF_KEPT).delete()
    return deleted


def _uses_due() -> int:
    deleted, _ = Use.objects.filter(ended_at__lt=timezone.now() - PROOF_KEPT).delete()
    return deleted


def enter() -> None:
    """Enter the ledger's kinds of personal record in the register."""
    PERSONAL_DATA.add("consent.consent", PersonalData(
        "consent.Consent", "who agreed to what", "so that words are used only as agreed",
        "until the end date and three years after",
        {"subject": "personal", "giver": "personal", "responsible": "plain", "wording": "plain",
         "language": "plain", "how": "plain", "witness_name": "personal", "given_at": "plain",
         "until_on": "plain", "replaced_by": "plain", "is_current": "plain", "id": "plain"},
        _export_consents, _erase_consents, _consents_due))  # fmt: skip
    PERSONAL_DATA.add("consent.purposeanswer", PersonalData(
        "consent.PurposeAnswer", "yes or no to a purpose", "as the consent", "with the consent",
        {"id": "plain", "consent": "plain", "purpose": "plain", "is_given": "personal"}, _nothing, _none))  # fmt: skip
    PERSONAL_DATA.add("consent.use", PersonalData(
        "consent.Use", "where words are in use", "so that they can be called back",
        "three years after the use ended",
        {"id": "plain", "subject": "personal", "purpose": "plain", "place": "plain", "label": "plain",
         "url": "plain", "can_be_called_back": "plain", "from_at": "plain", "ended_at": "plain"},
        _nothing, _none, _uses_due))  # fmt: skip
    PERSONAL_DATA.add("consent.withdrawal", PersonalData(
        "consent.Withdrawal", "that words were taken back", "as a receipt", "three years",
        {"id": "plain", "subject": "personal", "how": "plain", "at": "plain", "by_code": "plain",
         "places": "plain", "cleaned_at": "plain"}, _nothing, _none, _withdrawals_due))  # fmt: skip
    PERSONAL_DATA.add("consent.accesslogentry", PersonalData(
        "consent.AccessLogEntry", "who opened what", "for the person it is about", "two years",
        {"id": "plain", "about": "personal", "at": "plain", "reader_name": "personal", "reader": "personal",
         "what": "plain", "facts": "plain"}, _export_readings, _erase_readings))  # fmt: skip
