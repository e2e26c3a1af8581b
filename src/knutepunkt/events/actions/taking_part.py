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
from knutepunkt.events.models import Event, HeldSeats, Registration, Session
from knutepunkt.organisations.queries import roles_of
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
    session = Session.objects.select_for_update(of=("self",)).get(pk=session_id)
    session.event = Event.objects.get(pk=session.event_id)  # read after the lock: a wait may have made it old
    return session


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
    held: int | None = None,
) -> Registration:
    """Sign up: a seat where there is one, else a place on the waiting list. The same form twice gives one.

    Args:
        by: a person with an account, or `guest`; for a guest a name of choice is enough.
        size: one, or two who come together or not at all.
        form_key: the form's own key, so that a guest's double click gives one.
        held: the held seats that a host lets somebody in to; for people with an account their roles say it.

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
    kept = _kept(session, held, size) if is_by_host and held else _held_for(session, person, size)
    has_seat = kept is not None or session.seats_left is None or session.seats_left >= size
    made = Registration.objects.create(
        session=session, person=person, guest_name="" if person else guest_name[:80],
        guest_email="" if person else guest_email, size=size, shows_name=shows_name, form_key=form_key,
        held=kept, is_by_host=is_by_host, state=Place.REGISTERED if has_seat else Place.WAITING,
        language=(person.language if person else translation.get_language() or "nb")[:2],
    )  # fmt: skip
    if has_seat:
        _take(session, made)
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


def _kept(session: Session, held: int, size: int) -> HeldSeats | None:
    """Held seats by key, where there is room for all who come together."""
    row = session.held_seats.filter(pk=held, let_go_at=None).first()
    return row if row is not None and row.seats - row.taken >= size else None


def _held_for(session: Session, person: Any, size: int) -> HeldSeats | None:
    """Seats held for an organisation the person belongs to today, where there is room for all who come together."""
    if person is None or session.event.capacity is None:
        return None
    rows = [row for row in session.held_seats.filter(let_go_at=None).order_by("pk") if row.seats - row.taken >= size]
    own = {organisation for organisation, _role in roles_of(person)} if rows else set()
    return next((row for row in rows if row.organisation_id in own), None)


def _take(session: Session, registration: Registration) -> None:
    """Put somebody in a seat: one held for their organisation, which is counted already, or a free one."""
    if registration.held_id:
        HeldSeats.objects.filter(pk=registration.held_id).update(taken=F("taken") + registration.size)
    else:
        _move_seats(session, registration.size)


def _give_back(session: Session, registration: Registration) -> None:
    """Take somebody out of a seat, which is free for all unless it is still held."""
    still = HeldSeats.objects.filter(pk=registration.held_id or 0, let_go_at=None)
    if not still.update(taken=F("taken") - registration.size):
        _move_seats(session, -registration.size)


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
        _give_back(session, row)
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
    """Say beforehand that one cannot come after all; the seat goes to the next, and the calendar lets it go."""
    came = registration.state == Place.REGISTERED
    row = _end(registration, Place.APOLOGISED, only_from=(Place.REGISTERED,), by=_who(by), what="apologised")
    if came and row.state == Place.APOLOGISED:
        tell(row, "left")
    return row


@transaction.atomic
def take_off_list(*, by: Any, registration: Registration) -> Registration:
    """A host takes somebody off who phoned to say they are not coming; the seat goes to the next."""
    came = registration.state == Place.REGISTERED
    row = _end(registration, Place.CANCELLED, only_from=LIVING, by=by, what="taken-off")
    if came and row.state == Place.CANCELLED:
        tell(row, "left")
    return row


@transaction.atomic
def decline_offer(*, by: Any, registration: Registration) -> Registration:
    """Say no to an offered seat, which passes on to the next at once.

    Raises:
        TooLate: there is no open offer.
    """
    row = _end(registration, Place.DECLINED, only_from=(Place.OFFERED,), by=_who(by), what="declined")
    if row.state != Place.DECLINED:
        raise TooLate
    return row


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
    if row.state != Place.OFFERED or row.offered_until is None or row.offered_until < timezone.now() or session.is_off:
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
    for row in late.select_related("person").order_by("pk"):
        Registration.objects.filter(pk=row.pk).update(state=Place.DECLINED, offered_until=None, needs=b"")
        destroy_key(row.key_owner)
        _give_back(session, row)
        tell(_with(session, row), "passed-on")
        record("events:registration:passed-on", by=by, about=row.key, within=session.key)
    return _fill(session)


def _fill(session: Session) -> int:
    """Inside the lock: two who come together are passed by until there are two seats, and keep their line."""
    if session.is_off or session.starts_at <= timezone.now():
        return 0
    until, offers = answer_by(session, timezone.now()), 0
    has_held = session.held_seats.filter(let_go_at=None, taken__lt=F("seats")).exists()
    for row in Registration.objects.filter(session=session, state=Place.WAITING).select_related("person").order_by("pk"):
        left = session.seats_left
        if left == 0 and not has_held:
            break
        row.held = _held_for(session, row.person, row.size) if has_held else None
        if row.held is None and left is not None and row.size > left:
            continue
        Registration.objects.filter(pk=row.pk).update(state=Place.OFFERED, offered_until=until, held=row.held)
        _take(session, row)
        tell(_with(session, row), "offered")
        offers += 1
    if offers:
        queue_job("events.pass_on", after=until - timezone.now() + timedelta(seconds=5), session=session.pk)
    return offers


def answer_by(session: Session, now: datetime) -> datetime:
    """How long an offer stands: a day, or two hours when it is soon, and never past the start."""
    soon = session.starts_at - now < 2 * TIME_TO_ANSWER
    return min(now + (SHORT_TIME_TO_ANSWER if soon else TIME_TO_ANSWER), session.starts_at)


@transaction.atomic
def hold_seats(*, by: Any, session: Session, organisation: Any, seats: int, until_at: datetime) -> HeldSeats:
    """Keep seats for an organisation's people until a day; after it they are everybody's.

    Raises:
        NotOpen: there is no limit, it is cancelled, or the day is past.
        NeverRoom: so many are not free, or seats are held for them already.
    """
    session = _locked(session.pk)
    if session.is_off or session.seats_left is None or not timezone.now() < until_at <= session.starts_at:
        raise NotOpen
    if not 1 <= seats <= session.seats_left or session.held_seats.filter(organisation=organisation, let_go_at=None).exists():
        raise NeverRoom
    made = HeldSeats.objects.create(session=session, organisation=organisation, seats=seats, until_at=until_at)
    _move_seats(session, seats)
    queue_job("events.let_go", after=until_at - timezone.now() + timedelta(seconds=5), session=session.pk)
    record("events:seats:held", by=by, about=session.key, within=session.event.key, seats=seats)
    return made


@transaction.atomic
def let_go_of_held(*, by: Any, session: Session, row: int | None = None) -> int:
    """Give the seats nobody took to all, where the day has come, or at once for one row. Returns how many seats."""
    session = _locked(session.pk)
    rows = session.held_seats.filter(let_go_at=None)
    rows = rows.filter(pk=row) if row is not None else rows.filter(until_at__lte=timezone.now())
    freed = 0
    for one in rows.order_by("pk"):
        freed += one.seats - one.taken
        HeldSeats.objects.filter(pk=one.pk).update(let_go_at=timezone.now())
        record("events:seats:let-go", by=by, about=session.key, within=session.event.key, seats=one.seats - one.taken)
    _move_seats(session, -freed)
    _fill(session)
    return freed


def let_go_everywhere() -> int:
    """Once a day: let go of every held seat whose day has come. Returns how many occurrences."""
    late = HeldSeats.objects.filter(let_go_at=None, until_at__lte=timezone.now())
    sessions = list(Session.objects.filter(pk__in=late.values("session_id")).order_by("pk"))
    for session in sessions:
        let_go_of_held(by="job", session=session)
    return len(sessions)


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

