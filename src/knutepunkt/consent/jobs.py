"""The job after a withdrawal: files, indexes and free pages; and the yearly broom."""

from django.utils import timezone

from knutepunkt.consent.actions import delete_old_readings
from knutepunkt.consent.models import Withdrawal
from knutepunkt.web.cleaning import sweep_database
from knutepunkt.web.files import remove_orphans
from knutepunkt.web.jobs import job
from knutepunkt.web.once import forget_old_forms
from knutepunkt.web.registers import CONSENT_OBJECTS, PERSONAL_DATA
from knutepunkt.web.throttle import forget_old_counts


@job("consent.clean_up")
def clean_up(subject: str) -> None:
    """Remove what is left of withdrawn words on disk, rebuild what showed them, sweep the database."""
    CONSENT_OBJECTS[subject.split(":", maxsplit=1)[0]].clean_up(subject)
    remove_orphans()
    sweep_database()
    Withdrawal.objects.filter(subject=subject, cleaned_at=None).update(cleaned_at=timezone.now())


@job("consent.delete_what_is_due", daily=True)
def delete_what_is_due() -> None:
    """Delete every personal record whose end date has passed; each room knows its own."""
    for entry in PERSONAL_DATA:
        if entry.due is not None:
            entry.due()
    delete_old_readings()
    forget_old_counts()
    forget_old_forms()
    remove_orphans()
