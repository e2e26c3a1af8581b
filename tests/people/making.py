"""The least that is a valid person, and ways to sign one in."""

from typing import Any

from django.test import Client

from knutepunkt.people.actions import make_person
from knutepunkt.people.models import Person


def a_person(name: str = "Liv", **facts: Any) -> Person:
    return make_person(by="test", chosen_name=name, **facts)


def one_who_has_been_here(name: str = "Liv", password: str = "tre ord i skogen", **facts: Any) -> Person:
    from knutepunkt.people.actions import choose_password

    person = a_person(name, **facts)
    return choose_password(by=person, password=password)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk), backend="django.contrib.auth.backends.ModelBackend")
    return client
