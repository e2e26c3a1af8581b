"""Reads of rooms and things: what is free when, who has been shown what, who waits. Names are for hosts and oneself."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from knutepunkt.meetingplace.choices.place import ResourceKind, Shown
from knutepunkt.meetingplace.methods.hours import OSLO
from knutepunkt.meetingplace.models import Booking, Centre, Guide, Introduction, Resource, Wait

STANDS = Q(cancelled_at=None)
SHORT = 140


def midnight(day: date) -> datetime:
    """When a day begins in Oslo."""
    return datetime.combine(day, time(), OSLO)


def resources_of(centre: Centre, *, kind: str = "") -> QuerySet[Resource]:
    """Rooms and things in use, by name."""
    rows = Resource.objects.filter(centre=centre, is_in_use=True)
    return (rows.filter(kind=kind) if kind else rows).order_by("kind", "name", "pk")


def resource_at(slug: str, resource_id: int) -> Resource | None:
    """One room or thing of the place an address names."""
    rows = Resource.objects.filter(pk=resource_id, centre__organisation__slug=slug)
    return rows.select_related("centre__organisation").first()


@dataclass
class Offer:
    """One resource at one time: free or taken, and whether this person may book it now."""

    resource: Resource
    taken: list[Booking] = field(default_factory=list)
    introduction: str = ""
    is_mine: bool = False

    @property
    def is_free(self) -> bool:
        """Nobody has it then."""
        return not self.taken

    @property
    def short_text(self) -> str:
        """The beginning of what is told about it."""
        text = self.resource.text
        return text if len(text) < SHORT else f"{text[:SHORT].rpartition(' ')[0]} …"

    @property
    def needs_showing(self) -> bool:
        """The person must be shown it first."""
        return self.resource.needs_introduction and self.introduction != Shown.GIVEN


def offers(centre: Centre, person: Any, start: datetime, end: datetime, *, kind: str) -> list[Offer]:
    """Every room or thing, and whether it is free between two moments. Three queries."""
    rows = list(resources_of(centre, kind=kind)[:60])
    known = introductions_of(person, rows)
    found = {row.pk: Offer(row, introduction=known.get(row.pk, "")) for row in rows}
    still_out = Q(out_at__isnull=False, returned_at=None) if kind == ResourceKind.THING else Q()
    when = (Q(ends_at__gt=start) | still_out) if still_out else Q(ends_at__gt=start)
    taken = Booking.objects.filter(STANDS, when, resource__in=rows, starts_at__lt=end)
    for booking in taken.order_by("starts_at"):
        offer = found[booking.resource_id]
        offer.taken.append(booking)
        offer.is_mine = offer.is_mine or booking.person_id == person.pk
    return list(found.values())


def introductions_of(person: Any, resources: Iterable[Resource]) -> dict[int, str]:
    """Where this person has come to with each resource that must be shown. One query, none when none must."""
    asked = [row.pk for row in resources if row.needs_introduction]
    if not asked:
        return {}
    return dict(Introduction.objects.filter(person_id=person.pk, resource__in=asked).values_list("resource_id", "state"))


def introduction_of(person: Any, resource: Resource) -> Introduction | None:
    """Whether this person has been shown it."""
    return Introduction.objects.filter(person_id=person.pk, resource=resource).first()


def bookings_between(resource: Resource, start: datetime, end: datetime) -> list[Booking]:
    """What stands of a resource between two moments. One query."""
    rows = Booking.objects.filter(STANDS, resource=resource, ends_at__gt=start, starts_at__lt=end)
    return list(rows.select_related("person").order_by("starts_at")[:200])


def bookings_of_day(centre: Centre, day: date) -> list[Booking]:
    """All rooms' bookings on a day, with names; for hosts. One query."""
    rows = Booking.objects.filter(
        STANDS, resource__centre=centre, resource__kind=ResourceKind.ROOM, ends_at__gt=midnight(day),
        starts_at__lt=midnight(day + timedelta(days=1)),
    )  # fmt: skip
    return list(rows.select_related("resource", "person").order_by("starts_at", "pk")[:200])


def lending_list(centre: Centre) -> list[Booking]:
    """Things that are out or to be fetched, those to come back first at the top; for hosts. One query."""
    soon = midnight(timezone.localdate() + timedelta(days=30))
    rows = Booking.objects.filter(
        STANDS, Q(out_at__isnull=False) | Q(ends_at__gte=timezone.now()), resource__centre=centre,
        resource__kind=ResourceKind.THING, returned_at=None, held_until=None, starts_at__lt=soon,
    )  # fmt: skip
    return list(rows.select_related("resource", "person").order_by("ends_at", "pk")[:200])


def own_bookings(person: Any) -> list[Booking]:
    """A person's own bookings that have not ended, and things they have out. One query."""
    rows = Booking.objects.filter(
        STANDS, Q(ends_at__gte=timezone.now()) | (~Q(out_at=None) & Q(returned_at=None)), person_id=person.pk
    )
    return list(rows.select_related("resource__centre__organisation").order_by("starts_at", "pk")[:100])


def near_bookings(person: Any) -> list[Booking]:
    """What a person should think of now: times kept for them, what begins before tomorrow is over, things to bring back. One query."""
    soon = midnight(timezone.localdate() + timedelta(days=2))
    now = timezone.now()
    near = Q(held_until__gt=now) | Q(out_at=None, ends_at__gt=now, starts_at__lt=soon) | Q(out_at__isnull=False, returned_at=None, ends_at__lt=soon)
    rows = Booking.objects.filter(STANDS, near, person_id=person.pk).select_related("resource")
    return list(rows.order_by("starts_at", "pk")[:5])


def own_booking(person: Any, booking_id: int) -> Booking | None:
    """One of a person's own bookings."""
    rows = Booking.objects.filter(pk=booking_id, person_id=person.pk)
    return rows.select_related("resource__centre__organisation", "person").first()


def booking_at(slug: str, booking_id: int) -> Booking | None:
    """One booking at the place an address names, for hosts."""
    rows = Booking.objects.filter(pk=booking_id, resource__centre__organisation__slug=slug)
    return rows.select_related("resource__centre__organisation", "person").first()


def own_waits(person: Any) -> list[Wait]:
    """What a person waits for that has not begun. One query."""
    rows = Wait.objects.filter(person_id=person.pk, starts_at__gt=timezone.now())
    return list(rows.select_related("resource__centre__organisation").order_by("starts_at", "pk")[:100])


def guides_of(resource: Resource) -> list[Guide]:
    """Those who have said that they can show it. One query."""
    return list(Guide.objects.filter(resource=resource).select_related("person").order_by("pk")[:40])


def is_guide(person: Any, resource: Resource) -> bool:
    """Whether this person has said that they can show it."""
    return Guide.objects.filter(resource=resource, person_id=person.pk).exists()


def shown_people(resource: Resource) -> list[Introduction]:
    """Who has asked, and who has been shown it; for hosts and guides. One query."""
    rows = Introduction.objects.filter(resource=resource).select_related("person")
    return list(rows.order_by("state", "pk")[:200])


def to_be_shown(person: Any, *, hosts: bool, centre: Centre) -> list[Introduction]:
    """Those who have asked to be shown something at a place: all for hosts, for others what they can show. One query."""
    rows = Introduction.objects.filter(resource__centre=centre, state=Shown.ASKED)
    if not hosts:
        rows = rows.filter(resource__guides__person_id=person.pk)
    return list(rows.select_related("resource", "person").order_by("pk")[:100])
