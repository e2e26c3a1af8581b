"""Hosting: who came, how many came unasked, what they said afterwards; a person's own feed; what is forgotten."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from knutepunkt.events.actions.telling import tell
from knutepunkt.events.choices import CODE, FEED, HERE, NEEDS_KEPT, REGISTRATIONS_KEPT, EventState, Place
from knutepunkt.events.models import DropIn, Feedback, Registration, Session
from knutepunkt.events.queries import midnight
from knutepunkt.web.papercodes import end_codes, renew_code
from knutepunkt.web.sealing import destroy_key
from knutepunkt.web.trail import record

MOST_AT_THE_DOOR = 500


class NotBegun(Exception):
    """Nobody can say how it was before it has begun."""


@transaction.atomic
def note_attendance(*, by: Any, session: Session, came: set[int]) -> int:
    """Note who of those registered came. Returns how many."""
    rows = Registration.objects.filter(session=session, state=Place.REGISTERED)
    rows.exclude(pk__in=came).update(came=False)
    number = rows.filter(pk__in=came).update(came=True)
    record("events:session:attendance", by=by, about=session.key, within=session.key)
    return number


@transaction.atomic
def count_drop_in(*, by: Any, session: Session, people: int) -> DropIn:
    """Count people who came without being asked their names; below nothing never."""
    row = _count(session, people)
    record("events:session:counted", by=by, about=session.key, within=session.key)
    return row


def _count(session: Session, people: int) -> DropIn:
    row, _ = DropIn.objects.select_for_update().get_or_create(session=session)
    row.people = max(0, min(row.people + people, MOST_AT_THE_DOOR))
    row.save(update_fields=["people"])
    return row


@transaction.atomic
def note_one(*, by: Any, registration: Registration) -> bool:
    """A host has seen somebody's slip: they came. False where they have no seat."""
    rows = Registration.objects.filter(pk=registration.pk, state=Place.REGISTERED)
    if not rows.update(came=True):
        return False
    record("events:session:attendance", by=by, about=registration.session.key, within=registration.session.key)
    return True


def open_door(*, by: Any, session: Session) -> str:
    """A code for the wall of one occurrence; whoever is there scans it. The one before dies. Shown once."""
    record("events:session:door", by=by, about=session.key, within=session.key)
    return renew_code(kind=HERE, subject=session.key)[1]


def is_going_on(session: Session) -> bool:
    """From an hour before until three hours after."""
    return session.starts_at - timedelta(hours=1) <= timezone.now() <= session.ends_at + timedelta(hours=3)


@transaction.atomic
def say_here(*, session: Session, registration: Registration | None) -> bool:
    """Say that one is there: the registration is marked, and anybody else is counted without a name.

    Returns whether it was a registration. The trail has no line: whoever comes is not followed.

    Raises:
        NotBegun: it is not going on, or cancelled.
    """
    if session.is_off or not is_going_on(session):
        raise NotBegun
    if registration is not None and registration.session_id == session.pk and registration.state == Place.REGISTERED:
        Registration.objects.filter(pk=registration.pk).update(came=True)
        return True
    _count(session, 1)
    return False


def give_feedback(
    *, session: Session, was_welcome: str = "", was_good: str = "", text: str = "", form_key: UUID | None = None
) -> Feedback:
    """Say how it was. Nothing is kept of who said it: no key, no time, no trail line. The same form twice gives one.

    Raises:
        NotBegun: it has not begun.
    """
    if session.starts_at > timezone.now():
        raise NotBegun
    said = {"session": session, "was_welcome": was_welcome, "was_good": was_good, "text": text.strip()}
    return Feedback.objects.get_or_create(pk=form_key or uuid4(), defaults=said)[0]


def renew_feed(*, by: Any) -> str:
    """A secret address for one's own calendar; the one before stops working at once. Shown once."""
    _, printed = renew_code(kind=FEED, subject=f"people.person:{by.pk}")
    record("events:feed:renewed", by=by, about=f"people.person:{by.pk}")
    return printed.replace("-", "")


def end_feed(*, by: Any) -> int:
    """Let the secret address die."""
    return end_codes(kind=FEED, subject=f"people.person:{by.pk}")


def remind() -> int:
    """Once a day: remind those who come later today or tomorrow, each once. Returns how many."""
    now = timezone.now()
    until = midnight(timezone.localdate() + timedelta(days=2))
    rows = Registration.objects.filter(
        state=Place.REGISTERED, is_reminded=False, session__starts_at__gt=now + timedelta(hours=1),
        session__starts_at__lt=until, session__cancelled_at=None,
        session__event__state=EventState.PUBLISHED,
    )  # fmt: skip
    told = 0
    for row in rows.select_related("session__event", "person").order_by("pk"):
        with transaction.atomic():
            if Registration.objects.filter(pk=row.pk, is_reminded=False).update(is_reminded=True):
                tell(row, "soon")
                told += 1
    return told


def forget_needs() -> int:
    """Delete needs, guest names and addresses 30 days after the session. Returns how many rows."""
    limit = timezone.now() - NEEDS_KEPT
    kept = ~Q(needs=b"") | ~Q(guest_email="") | ~Q(guest_name="")
    rows = list(Registration.objects.filter(kept, session__ends_at__lt=limit).order_by("pk")[:5000])
    for row in rows:
        destroy_key(row.key_owner)
        end_codes(kind=CODE, subject=row.key)
    pks = [row.pk for row in rows]
    Registration.objects.filter(pk__in=pks).update(needs=b"", guest_email="", guest_name="", form_key=None)
    return len(rows)


def forget_what_is_due() -> int:
    """Delete needs after 30 days, and who came at all after a year. Returns how many rows."""
    forgotten = forget_needs()
    old = Registration.objects.filter(session__ends_at__lt=timezone.now() - REGISTRATIONS_KEPT)
    return forgotten + old.delete()[0]
