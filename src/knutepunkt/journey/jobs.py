"""Jobs of the room: a reminder on the weekday somebody has asked for, and on no other."""

from datetime import timedelta

from django.utils import timezone

from knutepunkt.journey.actions.reminding import remind_some, reminded
from knutepunkt.web.jobs import job, queue_job
from knutepunkt.web.mail import send_mail_from

HOUR = 15
"""A reminder comes in the afternoon, when the day has had its chance."""


@job("journey.remind", daily=True)
def remind_daily() -> None:
    """Have today's reminders given this afternoon."""
    now = timezone.localtime()
    queue_job("journey.remind_some", after=max(now.replace(hour=HOUR, minute=0, second=0) - now, timedelta()))


@job("journey.remind_some")
def remind_these(last: str = "") -> None:
    """Remind the next few, and queue itself for those after them, so that each turn is short whatever the number."""
    if reached := remind_some(after=last):
        queue_job("journey.remind_some", last=reached)


@job("journey.send_reminder")
def send_reminder(person: str) -> None:
    """A mail that says nothing of what it is about, to whoever has given an address."""
    if (row := reminded(person)) is not None:
        send_mail_from("journey/mail/reminder", to=row.email, language=row.language)
