"""Finds what a page is about, for the one who asks."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from knutepunkt.events.models import Event, Registration, Session
from knutepunkt.events.queries import events_visible_to, registrations_of, session_visible_to


def event(request: HttpRequest, slug: str) -> Event:
    """One event the actor may see."""
    found = events_visible_to(request.user).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def picture(request: HttpRequest, slug: str, picture: UUID) -> Event:
    """An event the actor may see, by the picture it has now."""
    found = events_visible_to(request.user).select_related("picture").filter(slug=slug, picture_id=picture).first()
    if found is None:
        raise Http404
    return found


def session(request: HttpRequest, slug: str, session_id: int) -> Session:
    """One occurrence the actor may see."""
    found = session_visible_to(request.user, slug, session_id)
    if found is None:
        raise Http404
    return found


def own_registration(request: HttpRequest, registration_id: int) -> Registration:
    """One of the actor's own registrations."""
    rows: Any = registrations_of(request.user)
    found = rows.filter(pk=registration_id).first()
    if found is None:
        raise Http404
    return found
