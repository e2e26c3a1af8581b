"""Who may do what in the calendar, as a table of short sentences."""

from typing import Any

import rules

from knutepunkt.events.choices import EventState
from knutepunkt.events.models import Event
from knutepunkt.events.queries import run_organisations
from knutepunkt.organisations.choices import Role
from knutepunkt.people.choices import SIGNED_IN
from knutepunkt.web.access import EVERYONE, anyone, permission, signed_in


def _event_of(thing: Any) -> Event | None:
    """The event a thing belongs to: itself, or by its `event`, or by its `session`."""
    if thing is None or isinstance(thing, Event):
        return thing
    return _event_of(getattr(thing, "event", None) or getattr(thing, "session", None))


@rules.predicate
def runs_event(person: Any, thing: Any) -> bool:
    """Is host or coordinator of the organiser today."""
    event = _event_of(thing)
    return event is not None and event.organiser_id in run_organisations(person)


@rules.predicate
def is_out(_person: Any, thing: Any) -> bool:
    """The event is published, or was before it was cancelled."""
    event = _event_of(thing)
    return event is not None and event.state != EventState.DRAFT


@rules.predicate
def runs_some_calendar(person: Any) -> bool:
    """Is host or coordinator somewhere today."""
    return bool(run_organisations(person))


@rules.predicate
def holds_code(_person: Any, registration: Any) -> bool:
    """Holds the code: what it stands for was found by it."""
    return registration is not None


@rules.predicate
def is_own(person: Any, registration: Any) -> bool:
    """The registration is the person's own."""
    return registration is not None and person.is_authenticated and registration.person_id == person.pk


HOSTS = (Role.HOST.value, Role.COORDINATOR.value)

permission("events.see_calendar", anyone, roles=(EVERYONE,),
           says="Everyone may look in the calendar and fetch its feeds.")  # fmt: skip
permission("events.see_event", is_out | runs_event, roles=(EVERYONE,), private=True,
           says="Everyone sees what is published; a draft is seen by hosts and coordinators of the organiser.")  # fmt: skip
permission("events.take_part", is_out, roles=(EVERYONE,), private=True,
           says="Everyone may sign up for what is published, with an account or a name of choice.")  # fmt: skip
permission("events.see_own", signed_in, roles=(SIGNED_IN,),
           says="Who is signed in sees their own registrations and their own feed.")  # fmt: skip
permission("events.answer_own", is_own, roles=(SIGNED_IN,), private=True,
           says="Only the person a registration belongs to may answer it or end it.")  # fmt: skip
permission("events.hold_code", holds_code, roles=(EVERYONE,), private=True,
           says="Whoever holds a registration's code may answer it and end it.")  # fmt: skip
permission("events.hold_door", holds_code, roles=(EVERYONE,), private=True,
           says="Whoever holds the code on the wall may say that they are there.")  # fmt: skip
permission("events.make_event", runs_some_calendar, roles=HOSTS,
           says="Hosts and coordinators plan events for their own organisation.")  # fmt: skip
permission("events.run_event", runs_event, roles=HOSTS, private=True,
           says="Hosts and coordinators of the organiser change an event and see who comes.")  # fmt: skip
