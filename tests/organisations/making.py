"""The least that is a valid organisation, and people with roles in it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from knutepunkt.organisations.actions import give_role, make_organisation
from knutepunkt.organisations.models import Organisation
from knutepunkt.people.models import Person
from tests.people.making import a_person


def an_organisation(name: str = "Lyngheim", **facts: Any) -> Organisation:
    return make_organisation(by="test", name=name, **{"kind": "user_led_centre", **facts})


def someone_with(role: str, organisation: Organisation, name: str = "Liv", **dates: Any) -> Person:
    person = a_person(name)
    give_role(by="test", person=person, organisation=organisation, role=role, **dates)
    return person


def days(number: int) -> Any:
    return timezone.localdate() + timedelta(days=number)
