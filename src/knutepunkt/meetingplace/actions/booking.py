"""Booking rooms, lending things, waiting for a taken time, and forgetting who booked.

The room's or thing's row is locked first, so that those who want the same time stand in line; that no two
bookings overlap is kept by the database itself, whatever code writes there.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from knutepunkt.meetingplace.actions.telling import SOMEBODY, tell_about_booking, who
from knutepunkt.meetingplace.choices.place import (
    MOST_AHEAD,
    MOST_TO_COME,
    MOST_WEEKS,
    SHORT_TIME_TO_ANSWER,
    TIME_TO_ANSWER,
    Shown,
)
from knutepunkt.meetingplace.methods.hours import OSLO
from knutepunkt.meetingplace.models import Booking, Introduction, Resource, Wait
from knutepunkt.meetingplace.queries.place import calendar_for
from knutepunkt.web.jobs import queue_job
from knutepunkt.web.trail import record

WEEK = timedelta(days=7)


class Taken(Exception):
    """Somebody else has that time."""


class MustBeShown(Exception):
    """The room is shown first, and then booked."""


class HouseIsShut(Exception):
    """Nobody is there to open."""


class NotThen(Exception):
    """It has begun, it is too far ahead, or too long."""


class EnoughNow(Exception):
    """So many times are booked that others should get theirs."""


class TooLate(Exception):
    """The offer is no longer there."""


@dataclass(frozen=True)
class Series:
    """What became of a booking every week: those made, and the days that were taken or shut."""

    made: list[Booking]
    skipped: list[date]


@transaction.atomic
def book(
    *, by: Any, resource: Resource, starts_at: datetime, ends_at: datetime, weeks: int = 1, for_name: str = "",
    is_host: bool = False, form_key: UUID | None = None,
) -> Series:
    """Book a room, or keep a thing to borrow, once or every week. The same form sent twice is one booking.

    A host may book by name for somebody without an account, outside opening hours, and what they have not been shown.
    A series skips only the days that cannot be had, and says which.

    Raises:
        Taken: somebody has that time (every one of them, in a series).
        MustBeShown, HouseIsShut, NotThen, EnoughNow: as they say.
    """
    starts_at, ends_at = starts_at.replace(second=0, microsecond=0), ends_at.replace(second=0, microsecond=0)
    resource = _locked(resource)
    if form_key and (same := list(Booking.objects.filter(form_key=form_key, resource=resource).order_by("pk"))):
        return Series(same, [])
    person = None if for_name else by
    _allowed(resource, person, starts_at, ends_at, is_host=is_host)
    times = _weekly(starts_at, ends_at, max(1, min(weeks, MOST_WEEKS)))
    hours = None if is_host or resource.is_lent else calendar_for(resource.centre, last=times[-1][0].date())
    series = uuid4() if len(times) > 1 else None
    made: list[Booking] = []
    skipped: list[date] = []
    for start, end in times:
        if hours is not None and not hours.covers(start, end):
            if len(times) == 1:
                raise HouseIsShut
            skipped.append(_day(start))
            continue
        row = _placed(
            resource, start, end, person=person, for_name=for_name.strip(), series=series, form_key=form_key
        )
        if row is None:
            skipped.append(_day(start))
        else:
            made.append(row)
    if not made:
        raise Taken
    record("meetingplace:booking:made", by=who(by, resource.centre, getattr(person, "pk", None)), about=resource.key,
           within=resource.centre.key, number=len(made))  # fmt: skip
    return Series(made, skipped)


def _day(moment: datetime) -> date:
    return moment.astimezone(OSLO).date()


def _weekly(start: datetime, end: datetime, weeks: int) -> list[tuple[datetime, datetime]]:
    """The same time on the wall each week, also over summer time."""
    first, last = start.astimezone(OSLO), end.astimezone(OSLO)
    return [
        ((first.replace(tzinfo=None) + n * WEEK).replace(tzinfo=OSLO),
         (last.replace(tzinfo=None) + n * WEEK).replace(tzinfo=OSLO))
        for n in range(weeks)
    ]  # fmt: skip


def _locked(resource: Resource) -> Resource:
    rows = Resource.objects.select_for_update(of=("self",)).select_related("centre__organisation")
    return rows.get(pk=resource.pk)


def _allowed(resource: Resource, person: Any, start: datetime, end: datetime, *, is_host: bool) -> None:
    now = timezone.now()
    begun = end <= now if resource.is_lent else start <= now - timedelta(minutes=15)
    longest = timedelta(days=resource.longest_days) if resource.is_lent else timedelta(minutes=resource.longest_minutes)
    too_long = end - start > longest and not is_host
    if not resource.is_in_use or begun or end <= start or start > now + MOST_AHEAD or too_long or end - start > MOST_AHEAD:
        raise NotThen
    if person is None or is_host:
        return
    if resource.needs_introduction and not _is_shown(resource, person.pk):
        raise MustBeShown
    ahead = Booking.objects.filter(
        person_id=person.pk, cancelled_at=None, ends_at__gt=now, resource__centre=resource.centre_id
    )
    if ahead.count() >= MOST_TO_COME:
        raise EnoughNow


def _is_shown(resource: Resource, person_id: Any) -> bool:
    rows = Introduction.objects.filter(resource=resource, person_id=person_id, state=Shown.GIVEN)
    return not resource.needs_introduction or rows.exists()


def _placed(resource: Resource, start: datetime, end: datetime, **facts: Any) -> Booking | None:
    """A booking, or None where somebody has the time: first looked up kindly, then refused by the database."""
    stands = Booking.objects.filter(resource=resource, cancelled_at=None)
    if stands.filter(starts_at__lt=end, ends_at__gt=start).exists():
        return None
    if resource.is_lent and stands.filter(out_at__isnull=False, returned_at=None, ends_at__lt=timezone.now()).exists():
        return None
    try:
        with transaction.atomic():
            return Booking.objects.create(resource=resource, starts_at=start, ends_at=end, **facts)
    except IntegrityError:
        return None


@transaction.atomic
def cancel_booking(*, by: Any, booking: Booking) -> Booking:
    """Call it off; the time goes to the first who waits for it. Cancelling twice changes nothing more."""
    resource = _locked(booking.resource)
    row = Booking.objects.select_related("person").get(pk=booking.pk)
    row.resource = resource
    if row.cancelled_at is None and row.out_at is None:
        _call_off(row)
        if getattr(by, "pk", None) != row.person_id:
            tell_about_booking(row, "booking-cancelled")
        record("meetingplace:booking:cancelled", by=who(by, resource.centre, row.person_id), about=resource.key,
               within=resource.centre.key)  # fmt: skip
        _offer_free(resource, row.starts_at, row.ends_at)
    return row


def _call_off(row: Booking) -> None:
    row.cancelled_at, row.held_until, row.form_key = timezone.now(), None, None
    row.save(update_fields=["cancelled_at", "held_until", "form_key"])


@transaction.atomic
def cancel_rest_of_series(*, by: Any, booking: Booking) -> int:
    """Call off this one and those after it in the same series. Returns how many."""
    rows = Booking.objects.filter(
        series=booking.series, cancelled_at=None, starts_at__gte=booking.starts_at, resource=booking.resource_id
    )
    found = list(rows.exclude(series=None).select_related("resource__centre__organisation").order_by("starts_at"))
    for row in found:
        cancel_booking(by=by, booking=row)
    return len(found)


def call_off_for(*, by: Any, resource: Resource, person_id: Any) -> int:
    """Call off what somebody has booked ahead of one room, and let them stop waiting for it. Returns how many."""
    Wait.objects.filter(resource=resource, person_id=person_id).delete()
    rows = Booking.objects.filter(
        resource=resource, person_id=person_id, cancelled_at=None, starts_at__gt=timezone.now(), out_at=None
    )
    found = list(rows.select_related("resource__centre__organisation").order_by("starts_at"))
    for row in found:
        cancel_booking(by=by, booking=row)
    return len(found)


# -- waiting ---------------------------------------------------------------------------------------
@transaction.atomic
def wait_for(*, by: Any, resource: Resource, starts_at: datetime, ends_at: datetime) -> Wait:
    """Stand in line for a taken time. Standing twice is standing once.

    Raises:
        MustBeShown, NotThen, EnoughNow: as for booking.
    """
    starts_at, ends_at = starts_at.replace(second=0, microsecond=0), ends_at.replace(second=0, microsecond=0)
    resource = _locked(resource)
    _allowed(resource, by, starts_at, ends_at, is_host=False)
    if Wait.objects.filter(person_id=by.pk, starts_at__gt=timezone.now()).count() >= MOST_TO_COME:
        raise EnoughNow
    row, is_new = Wait.objects.get_or_create(
        resource=resource, person_id=by.pk, starts_at=starts_at, ends_at=ends_at
    )
    if is_new:
        record("meetingplace:wait:begun", by=SOMEBODY, about=resource.key, within=resource.centre.key)
    return row


@transaction.atomic
def stop_waiting(*, by: Any, wait_id: int) -> None:
    """Leave the line."""
    Wait.objects.filter(pk=wait_id, person_id=by.pk).delete()


def _offer_free(resource: Resource, start: datetime, end: datetime) -> int:
    """Inside the lock: keep the time for the first who waits and fits, and tell them. Returns offers."""
    now, offers = timezone.now(), 0
    rows = Wait.objects.filter(resource=resource, starts_at__lt=end, ends_at__gt=start, starts_at__gt=now)
    for wait in rows.order_by("pk"):
        until = answer_by(wait.starts_at, now)
        held = None
        if _is_shown(resource, wait.person_id):
            held = _placed(resource, wait.starts_at, wait.ends_at, person_id=wait.person_id, held_until=until)
        if held is not None:
            wait.delete()
            tell_about_booking(held, "free")
            queue_job("meetingplace.pass_on", after=until - now + timedelta(seconds=5), resource=resource.pk)
            offers += 1
    return offers


def answer_by(starts_at: datetime, now: datetime) -> datetime:
    """How long a time is kept: a day, or two hours when it is soon, and never past its start."""
    soon = starts_at - now < 2 * TIME_TO_ANSWER
    return min(now + (SHORT_TIME_TO_ANSWER if soon else TIME_TO_ANSWER), starts_at)


@transaction.atomic
def accept_time(*, by: Any, booking: Booking) -> Booking:
    """Say yes to a time one waited for.

    Raises:
        TooLate: it is no longer kept.
    """
    resource = _locked(booking.resource)
    row = Booking.objects.get(pk=booking.pk)
    if row.cancelled_at is not None or (row.held_until is not None and row.held_until < timezone.now()):
        raise TooLate
    if row.held_until is not None:
        row.held_until = None
        row.save(update_fields=["held_until"])
        record("meetingplace:booking:accepted", by=who(by, resource.centre, row.person_id), about=resource.key,
               within=resource.centre.key)  # fmt: skip
    return row


@transaction.atomic
def pass_on(*, resource: Resource) -> int:
    """Take back times that nobody answered for, and offer them to the next. Returns how many."""
    resource = _locked(resource)
    late = Booking.objects.filter(resource=resource, cancelled_at=None, held_until__lt=timezone.now())
    found = list(late.order_by("pk"))
    for row in found:
        row.resource = resource
        _call_off(row)
        tell_about_booking(row, "passed-on")
        _offer_free(resource, row.starts_at, row.ends_at)
    return len(found)


def pass_on_all() -> int:
    """Once a day: whatever the jobs after each offer have not passed on, and lines for times that are over."""
    Wait.objects.filter(starts_at__lte=timezone.now()).delete()
    late = Booking.objects.filter(cancelled_at=None, held_until__lt=timezone.now())
    resources = Resource.objects.filter(pk__in=late.values("resource_id")).order_by("pk")
    return sum(pass_on(resource=resource) for resource in resources)


# -- lending ---------------------------------------------------------------------------------------
@transaction.atomic
def hand_out(*, by: Any, booking: Booking) -> Booking:
    """Note that a thing has been fetched.

    Raises:
        Taken: it is still out with somebody else.
    """
    resource = _locked(booking.resource)
    row = Booking.objects.get(pk=booking.pk)
    if row.out_at is None and row.cancelled_at is None:
        if Booking.objects.filter(resource=resource, out_at__isnull=False, returned_at=None).exists():
            raise Taken
        Booking.objects.filter(pk=row.pk).update(out_at=timezone.now(), held_until=None)
        record("meetingplace:booking:fetched", by=who(by, resource.centre, row.person_id), about=resource.key,
               within=resource.centre.key)  # fmt: skip
        row.refresh_from_db()
    return row


@transaction.atomic
def take_back(*, by: Any, booking: Booking) -> Booking:
    """Note that a thing has come back; days that were left of the loan are free again."""
    resource = _locked(booking.resource)
    row, now = Booking.objects.get(pk=booking.pk), timezone.now()
    if row.is_out:
        was = row.ends_at
        row.returned_at = now
        row.ends_at = max(min(was, now), row.starts_at + timedelta(minutes=1))
        row.save(update_fields=["returned_at", "ends_at"])
        record("meetingplace:booking:returned", by=who(by, resource.centre, row.person_id), about=resource.key,
               within=resource.centre.key)  # fmt: skip
        _offer_free(resource, row.ends_at, max(was, now + MOST_AHEAD))
    return row


def remind_of_loans() -> int:
    """Once a day: a word the day before a thing is to come back, and one kind word when it has not. Returns how many."""
    now, told = timezone.now(), 0
    out = Booking.objects.filter(out_at__isnull=False, returned_at=None, person__isnull=False)
    for rows, mark, what in (
        (out.filter(reminded=0, ends_at__gt=now, ends_at__lte=now + timedelta(hours=36)), 1, "due-soon"),
        (out.filter(reminded__lt=2, ends_at__lt=now), 2, "still-out"),
    ):
        for row in list(rows.order_by("pk")[:1000]):
            with transaction.atomic():
                if Booking.objects.filter(pk=row.pk, reminded=row.reminded).update(reminded=mark):
                    tell_about_booking(row, what)
                    told += 1
    return told


# -- forgetting ------------------------------------------------------------------------------------
def forget_who_booked() -> int:
    """Some days after, as each place has chosen, nobody can see who booked. Returns how many rows."""
    kept = ~Q(person=None) | ~Q(for_name="")
    back = Q(out_at=None) | ~Q(returned_at=None)
    now, forgotten = timezone.now(), 0
    days = Resource.objects.order_by().values_list("centre__bookings_kept_days", flat=True).distinct()
    for number in list(days):
        rows = Booking.objects.filter(
            kept, back, resource__centre__bookings_kept_days=number, ends_at__lt=now - timedelta(days=number)
        )
        forgotten += _forget(rows)
    return forgotten


def _forget(rows: Any) -> int:
    return int(
        Booking.objects.filter(pk__in=list(rows.order_by("pk").values_list("pk", flat=True)[:5000])).update(
            person=None, for_name="", series=None, form_key=None
        )
    )


def forget_person(*, person: Any) -> int:
    """Erase a person from all bookings: what is to come is called off and goes to those who wait. Returns how many."""
    Wait.objects.filter(person_id=person.pk).delete()
    rows = Booking.objects.filter(person_id=person.pk)
    coming = rows.filter(cancelled_at=None, starts_at__gt=timezone.now(), out_at=None)
    for row in list(coming.select_related("resource__centre__organisation").order_by("pk")):
        cancel_booking(by=person, booking=row)
    return _forget(rows)
