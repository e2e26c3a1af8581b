"""Shutting and opening what is sealed with a person's key; the other actions build on it."""

from typing import Any

from django.utils import timezone

from knutepunkt.people import queries
from knutepunkt.people.choices import ACCESS_RENEWED, SHUT_FOR, about
from knutepunkt.people.models import Person
from knutepunkt.web import trail
from knutepunkt.web.jobs import queue_job
from knutepunkt.web.notices import give_notice


def seal_ways(person: Person, *fields: str) -> None:
    """Save these fields, and the seal that fits the ways in as they now are."""
    person.save(update_fields=list(fields)) if fields else None
    person.ways_seal = queries.ways_seal_of(person)
    person.save(update_fields=["ways_seal"])


def shut(person: Person, *, by: Any, how: str) -> None:
    """Shut for seven days from now; say so to the person, in their access log and by mail without words."""
    person.shut_until = timezone.now() + SHUT_FOR
    seal_ways(person, "shut_until")
    trail.record(ACCESS_RENEWED, by=by, about=about(person.pk), within=about(person.pk), how=how)
    give_notice(person.pk, "people.access_renewed", how=how)
    if person.email:
        queue_job("people.tell_renewed", person=str(person.pk))


def must_be_open(person: Person) -> None:
    """Refuse what only the owner may do while it is uncertain who signed in.

    Raises:
        StillShut: recovery sheet or seven days first.
    """
    if not queries.is_open(person):
        raise queries.StillShut(person.shut_until)
