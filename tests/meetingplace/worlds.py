"""A place with a host, a coordinator, participants and somebody from another place; signed-in clients."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from knutepunkt.meetingplace.actions import keeping, rooms
from knutepunkt.meetingplace.methods.hours import OSLO
from knutepunkt.meetingplace.models import Centre, Resource
from tests import factories as make

ALWAYS = {day: [(time(0, 0), time(23, 59))] for day in range(7)}


def centre(name: str = "Havna", *, always_open: bool = True) -> Centre:
    """A meeting place, open round the clock unless said otherwise."""
    made = keeping.open_place(by="test", organisation=make.organisation(name))
    if always_open:
        keeping.set_week(by="test", centre=made, version=0, week=ALWAYS, closed_on_holidays=False)
        made.refresh_from_db()
    return made


def room(at: Centre, name: str = "Musikkrommet", **facts: Any) -> Resource:
    return rooms.add_resource(by="test", centre=at, name=name, **facts)


def member(at: Centre, role: str = "participant", name: str = "Tiril") -> Any:
    person = make.person(name)
    make.role(person, role, at.organisation)
    return person


def at(days: int, hour: int, minute: int = 0) -> datetime:
    """A clock time in Oslo, some days from today."""
    return datetime.combine(timezone.localdate() + timedelta(days=days), time(hour, minute), OSLO)


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def client(person: Any = None) -> Client:
    made = Client()
    if person is not None:
        made.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return made
