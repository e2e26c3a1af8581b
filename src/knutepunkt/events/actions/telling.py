"""Telling those who have signed up: a notice on their own page, and a calendar by mail where an address is known."""

from collections.abc import Iterable

from django.utils import timezone

from knutepunkt.events.choices import LIVING
from knutepunkt.events.models import Event, Interest, Registration, Session
from knutepunkt.web.jobs import queue_job
from knutepunkt.web.notices import give_notice

BY_MAIL = {
    "registered": "REQUEST", "offered": "", "changed": "REQUEST", "cancelled": "CANCEL", "left": "CANCEL",
    "soon": "",
}  # fmt: skip
"""What a mail brings with it: an invitation, a cancellation, or only an address. Those who wait get only an address."""


def tell(registration: Registration, what: str) -> None:
    """Tell one registration what happened; the mail goes out when the transaction has gone through."""
    if registration.person_id and what not in {"registered", "left"}:
        session = registration.session
        give_notice(registration.person_id, f"events.{what}", session=session.pk, event=session.event.slug)
    to = registration.person.email if registration.person is not None else registration.guest_email
    if what in BY_MAIL and to:
        queue_job("events.send_letter", registration=registration.pk, what=what)


def tell_everybody(sessions: Iterable[Session], what: str) -> int:
    """Tell all who hold a seat or wait. Returns how many."""
    rows = Registration.objects.filter(session__in=[s.pk for s in sessions], state__in=LIVING)
    told = 0
    for row in rows.select_related("session__event", "person").order_by("pk"):
        tell(row, what)
        told += 1
    return told


def tell_interested(event: Event) -> int:
    """Tell those who wanted to know when, once. Returns how many."""
    rows = list(Interest.objects.filter(event=event, told_at=None).order_by("pk"))
    for row in rows:
        if row.person_id:
            give_notice(row.person_id, "events.date-set", event=event.slug)
        if row.person_id or row.email:
            queue_job("events.send_date", interest=row.pk)
    Interest.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=timezone.now())
    return len(rows)
