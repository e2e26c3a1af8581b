"""Taking part: sign up, wait, answer an offer, leave. A session's row is locked while seats change hands."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from knutepunkt.events.actions.telling import tell
from knutepunkt.events.choices import (
    CODE,
    LIVING,
    MOST_AT_ONCE,
    SHORT_TIME_TO_ANSWER,
    TIME_TO_ANSWER,
    EventState,
    Place,
    Signing,
)
from knutepunkt.events.models import Registration, Session
from knutepunkt.web.jobs import queue_job
from knutepunkt.web.papercodes import end_codes, renew_code
from knutepunkt.web.sealing import destroy_key, seal_text
from knutepunkt.web.trail import record

SOMEBODY = "participant"
"""The trail says that somebody signed up, never who: nobody's visits are a history."""


class NotOpen(Exception):
    """Nobody can sign up: not published, cancelled, begun, or nothing to sign up for."""


class NeverRoom(Exception):
    """More come together than there will ever be seats."""


class TooLate(Exception):
    """The offer is not open any more: answered, or out of time."""


def _locked(session_id: int) -> Session:
    """The session, with its row locked; on SQLite the whole transaction already is."""
    return Session.objects.select_for_update(of=("self",)).select_related("event").get(pk=session_id)


def _check_open(session: Session) -> None:
    event = session.event
    if session.is_off or event.state != EventState.PUBLISHED or event.signing == Signing.NONE:
        raise NotOpen
    if session.starts_at <= timezone.now():
        raise NotOpen


@transaction.atomic
def register(
    *,
    by: Any,
    session: Session,
    size: int = 1,
    guest_name: str = "",
    guest_email: str = "",
    needs: str = "",
    shows_name: bool = False,
    form_key: UUID | None = None,
    is_by_host: bool = False,
) -> Registration:
    """Sign up: a seat where there is one, else a place on the waiting list. The same form twice gives one.

    Args:
        by: a person with an account, or `guest`; for a guest a name of choice is enough.
        size: one, or two who come together or not at all.
        form_key: the form's own key, so that a guest's double click gives one.

    Raises:
        NotOpen: nobody can sign up for this.
        NeverRoom: there are fewer seats than people who come together.
    """
    session = _locked(session.pk)
    person = None if is_by_host or isinstance(by, str) else by
    if (there := _already(session, person, form_key)) is not None:
        return there
    _check_open(session)
    if not 1 <= size <= MOST_AT_ONCE or (session.event.capacity or size) < size:
        raise NeverRoom
    has_seat = session.seats_left is None or session.seats_left >= size
    made = Registration.objects.create(
        session=session, person=person, guest_name="" if person else guest_name[:80],
        guest_email="" if person else guest_email, size=size, shows_name=shows_name, form_key=form_key,
        is_by_host=is_by_host, state=Place.REGISTERED if has_seat else Place.WAITING,
        language=(person.language if person else translation.get_language() or "nb")[:2],
    )  # fmt: skip
    if has_seat:
        _move_seats(session, size)
    if needs.strip():
        made.needs = seal_text(made.key_owner, "needs", needs.strip())
        made.save(update_fields=["needs"])
    tell(made, "registered" if has_seat else "waiting")
    record("events:registration:made", by=by if is_by_host else SOMEBODY, about=made.key, within=session.key)
    return made


def _already(session: Session, person: Any, form_key: UUID | None) -> Registration | None:
    """What this person, or this very form, has here already. An ended one gives way, and its line in the queue."""
    rows = Registration.objects.filter(session=session).select_related("person")
    if form_key is not None and (same := rows.filter(form_key=form_key).first()) is not None:
        return _with(session, same)
    if person is None:
        return None
    earlier = rows.filter(person_id=person.pk).first()
    if earlier is not None and earlier.state in LIVING:
        return _with(session, earlier)
    if earlier is not None:
        destroy_key(earlier.key_owner)
        earlier.delete()
    return None


def _with(session: Session, registration: Registration) -> Registration:
    registration.session = session
    return registration


def register_by_host(*, by: Any, session: Session, guest_name: str, size: int = 1, **more: Any) -> Registration:
    """A host enters somebody who phoned or stood at the door.

    Raises:
        NotOpen, NeverRoom: as for anybody.
    """
    return register(by=by, session=session, guest_name=guest_name, size=size, is_by_host=True, **more)


def _move_seats(session: Session, by: int) -> None:
    Session.objects.filter(pk=session.pk).update(seats_taken=F("seats_taken") + by)
    session.seats_taken += by


def _end(registration: Registration, state: str, *, only_from: tuple[str, ...], by: Any, what: str) -> Registration:
    """End a registration in the lock, let its seat go to those who wait, and forget what it needed."""
    session = _locked(registration.session_id)
    row = _with(session, Registration.objects.select_related("person").get(pk=registration.pk))
    if row.state not in only_from:
        return row
    held = row.holds_seat
    row.state, row.offered_until, row.needs = state, None, b""
    row.save(update_fields=["state", "offered_until", "needs"])
    destroy_key(row.key_owner)
    if held:
        _move_seats(session, -row.size)
        _fill(session)
    record(f"events:registration:{what}", by=by, about=row.key, within=session.key)
    return row


@transaction.atomic
def leave(*, by: Any, registration: Registration) -> Registration:
    """Leave the session or its waiting list. Asking twice changes nothing more."""
    came = registration.state == Place.REGISTERED
    row = _end(registration, Place.CANCELLED, only_from=LIVING, by=_who(by), what="left")
    if came and row.state == Place.CANCELLED:
        tell(row, "left")
    return row


@transaction.atomic
def apologise(*, by: Any, registration: Registration) -> Registration:
    """Say beforehand that one cannot come after all; the seat goes to the next."""
    return _end(registration, Place.APOLOGISED, only_from=(Place.REGISTERED,), by=_who(by), what="apologised")


@transaction.atomic
def decline_offer(*, by: Any, registration: Registration) -> Registration:
    """Say no to an offered seat, which passes on to the next at once.

    Raises:
        TooLate: there is no open offer.
    """
    if Registration.objects.get(pk=registration.pk).state != Place.OFFERED:
        raise TooLate
    return _end(registration, Place.DECLINED, only_from=(Place.OFFERED,), by=_who(by), what="declined")


@transaction.atomic
def accept_offer(*, by: Any, registration: Registration) -> Registration:
    """Say yes to an offered seat.

    Raises:
        TooLate: there is no open offer.
    """
    session = _locked(registration.session_id)
    row = _with(session, Registration.objects.select_related("person").get(pk=registration.pk))
    if row.state == Place.REGISTERED:
        return row
    if row.state != Place.OFFERED or row.offered_until is None or row.offered_until < timezone.now():
        raise TooLate
    row.state, row.offered_until = Place.REGISTERED, None
    row.save(update_fields=["state", "offered_until"])
    tell(row, "registered")
    record("events:registration:accepted", by=_who(by), about=row.key, within=session.key)
    return row


def _who(by: Any) -> Any:
    return by if by == "job" else SOMEBODY


@transaction.atomic
def fill_from_waiting_list(*, by: Any, session: Session) -> int:
    """Offer free seats to those who wait, first come first; those whose time is out lose the offer. Returns offers."""
    session = _locked(session.pk)
    now = timezone.now()
    late = Registration.objects.filter(session=session, state=Place.OFFERED, offered_until__lt=now)
    for row in late.order_by("pk"):
        Registration.objects.filter(pk=row.pk).update(state=Place.DECLINED, offered_until=None, needs=b"")
        destroy_key(row.key_owner)
        _move_seats(session, -row.size)
        tell(_with(session, row), "passed-on")
        record("events:registration:passed-on", by=by, about=row.key, within=session.key)
    return _fill(session)


def _fill(session: Session) -> int:
    """Inside the lock: two who come together are passed by until there are two seats, and keep their line."""
    if session.is_off or session.starts_at <= timezone.now():
        return 0
    until, offers = answer_by(session, timezone.now()), 0
    for row in Registration.objects.filter(session=session, state=Place.WAITING).order_by("pk"):
        left = session.seats_left
        if left == 0:
            break
        if left is not None and row.size > left:
            continue
        Registration.objects.filter(pk=row.pk).update(state=Place.OFFERED, offered_until=until)
        _move_seats(session, row.size)
        tell(_with(session, row), "offered")
        offers += 1
    if offers:
        queue_job("events.pass_on", after=until - timezone.now() + timedelta(seconds=5), session=session.pk)
    return offers


def answer_by(session: Session, now: datetime) -> datetime:
    """How long an offer stands: a day, or two hours when it is soon, and never past the start."""
    soon = session.starts_at - now < 2 * TIME_TO_ANSWER
    return min(now + (SHORT_TIME_TO_ANSWER if soon else TIME_TO_ANSWER), session.starts_at)


def pass_on_all() -> int:
    """Once a day, and after every offer's time: pass on what nobody answered. Returns how many sessions."""
    late = Registration.objects.filter(state=Place.OFFERED, offered_until__lt=timezone.now())
    sessions = Session.objects.filter(pk__in=late.values("session_id")).order_by("pk")
    for session in sessions:
        fill_from_waiting_list(by="job", session=session)
    return len(sessions)


def issue_slip(*, by: Any, registration: Registration) -> str:
    """A code on paper that lets its holder answer and leave. Any earlier one dies. Shown once."""
    _, printed = renew_code(kind=CODE, subject=registration.key)
    record("events:registration:slip", by=_who(by), about=registration.key)
    return printed


@transaction.atomic
def forget_registration(*, registration: Registration) -> None:
    """Erase a registration: leave first, so that the seat goes on, then delete row, key and code."""
    if registration.state in LIVING:
        registration = _end(registration, Place.CANCELLED, only_from=LIVING, by=SOMEBODY, what="left")
    destroy_key(registration.key_owner)
    end_codes(kind=CODE, subject=registration.key)
    Registration.objects.filter(pk=registration.pk).delete()

