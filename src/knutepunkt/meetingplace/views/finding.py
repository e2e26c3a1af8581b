"""Finds what a page is about."""

from django.http import Http404, HttpRequest

from knutepunkt.meetingplace.models import Booking, Centre, Introduction, Picture, Resource, Task
from knutepunkt.meetingplace.queries import booking as bookings
from knutepunkt.meetingplace.queries import place as places
from knutepunkt.meetingplace.queries import work


def centre(_request: HttpRequest, slug: str) -> Centre:
    """The centre an address names, or 404."""
    if (found := places.centre_by_slug(slug)) is None:
        raise Http404
    return found


def centre_today(_request: HttpRequest, slug: str) -> Centre:
    """The same with what a host's day needs."""
    if (found := places.centre_today(slug)) is None:
        raise Http404
    return found


def resource(_request: HttpRequest, slug: str, resource_id: int) -> Resource:
    """One room or thing of a place, with its place. One query."""
    if (found := bookings.resource_at(slug, resource_id)) is None:
        raise Http404
    return found


def introduction(request: HttpRequest, slug: str, resource_id: int, introduction_id: int) -> Resource:
    """A room, carrying the introduction that the address names."""
    found = resource(request, slug, resource_id)
    row = Introduction.objects.filter(resource=found, pk=introduction_id).first()
    if row is None:
        raise Http404
    found.asked_introduction = row  # type: ignore[attr-defined]
    return found


def own_booking(request: HttpRequest, booking_id: int) -> Booking:
    """One of the actor's own bookings."""
    person = request.user
    found = bookings.own_booking(person, booking_id) if person.is_authenticated else None
    if found is None:
        raise Http404
    return found


def booking_here(_request: HttpRequest, slug: str, booking_id: int) -> Booking:
    """A booking at a place, for its hosts."""
    if (found := bookings.booking_at(slug, booking_id)) is None:
        raise Http404
    return found


def picture(_request: HttpRequest, slug: str, picture_id: int) -> Picture:
    """One picture of a place."""
    if (found := places.picture_at(slug, picture_id)) is None:
        raise Http404
    return found


def task(_request: HttpRequest, slug: str, task_id: int) -> Task:
    """One task at a place."""
    if (found := work.task_at(slug, task_id)) is None:
        raise Http404
    return found
