"""Every page of the place opens with content and empty, asks the database at most eight times, and as often for three rows as for one."""

from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knutepunkt.config.installation import seed_demo
from knutepunkt.meetingplace.actions import booking, rooms, work
from knutepunkt.meetingplace.models import Booking, Centre, Introduction, Resource, Task
from knutepunkt.people.models import Person
from knutepunkt.themes.actions import load_vocabularies
from tests import factories as make
from tests.meetingplace import worlds as world

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MOST = 8
FOR_ALL = ("home", "rules", "week")
FOR_MEMBERS = ("rooms", "things", "tasks")
FOR_HOSTS = ("edit", "hours", "rules-edit", "pictures", "hosts", "resource-add", "lending", "today", "visits", "task-add", "door-start", "door-stop")


def asked(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connections["default"]) as one, CaptureQueriesContext(connections["keys"]) as two:
        assert client.get(url).status_code == 200, url
    return len(one) + len(two)


def grow(centre: Centre, host: Any, number: int) -> None:
    """One more of everything a page can list."""
    person = world.member(centre, name=f"Deltaker {number}")
    room = world.room(centre, f"Rom {number}", needs_introduction=True)
    thing = world.room(centre, f"Ting {number}", kind="thing")
    rooms.offer_to_show(by=host, resource=room, is_host=True)
    rooms.ask_to_be_shown(by=person, resource=room)
    Booking.objects.create(resource=room, person=host, starts_at=world.at(0, 20), ends_at=world.at(0, 23, 59))
    made = booking.book(by=host, resource=thing, starts_at=world.at(0, 0), ends_at=world.at(3, 0), is_host=True).made[0]
    booking.hand_out(by=host, booking=made)
    Booking.objects.filter(pk__in=[made.pk]).update(person=person if number % 2 else host)
    task = work.put_up_task(by=host, centre=centre, title=f"Oppgave {number}", on_date=world.day(0))[0]
    work.take_task(by=host, task=task)
    work.put_up_task(by=host, centre=centre, title=f"Ledig {number}", on_date=world.day(1))
    work.leave_note(by=host, centre=centre, words=f"Beskjed {number}")
    make.event(at=centre.organisation, title=f"Noe {number}", first_on=world.day(0), signing="none")


def test_pages_ask_the_database_as_often_for_one_row_as_for_three(monkeypatch: Any) -> None:
    centre = world.centre()
    host = world.member(centre, "host", "Vert")
    client, slug = world.client(host), centre.organisation.slug
    urls = [reverse(f"meetingplace:{name}", args=[slug]) for name in FOR_ALL + FOR_MEMBERS + FOR_HOSTS]
    urls.append(reverse("meetingplace:bookings"))
    found: list[dict[str, int]] = []

    for numbers in ((1,), (2, 3)):
        for number in numbers:
            grow(centre, host, number)
        first = Resource.objects.filter(needs_introduction=True).order_by("pk")[0]
        own = Booking.objects.filter(person=host).order_by("pk")[0]
        more = [
            reverse("meetingplace:resource", args=[slug, first.pk]), reverse("meetingplace:resource-shown", args=[slug, first.pk]),
            reverse("meetingplace:resource-change", args=[slug, first.pk]), reverse("meetingplace:booking", args=[own.pk]),
        ]
        found.append({url: asked(client, url) for url in urls + more})

    assert found[0] == found[1]
    assert {url: n for url, n in found[1].items() if n > MOST} == {}


def test_every_page_of_the_demo_opens_for_everybody_it_is_for(settings: Any) -> None:
    settings.DEMO = True
    load_vocabularies()
    seed_demo()
    seed_demo()
    assert Centre.objects.count() == 2
    for slug, name in (("havna", "Halvor"), ("lyngheim", "Randi")):
        client = world.client(Person.objects.get(chosen_name=name, is_demo=True))
        for page in FOR_ALL + FOR_MEMBERS + FOR_HOSTS:
            assert asked(client, reverse(f"meetingplace:{page}", args=[slug])) <= MOST, page
        for row in Resource.objects.filter(centre__organisation__slug=slug):
            assert asked(client, reverse("meetingplace:resource", args=[slug, row.pk])) <= MOST
        for size in ("a4", "a3"):
            answer = client.get(reverse("meetingplace:poster", args=[slug]) + f"?ark={size}")
            assert answer.content.startswith(b"%PDF")
    tuva = world.client(Person.objects.get(chosen_name="Tuva", is_demo=True))
    assert "Lydstudio" in tuva.get(reverse("meetingplace:bookings")).content.decode()
    assert tuva.get(reverse("meetingplace:mine"))["Location"] == "/treffsted/lyngheim/"
    assert Introduction.objects.exists()
    assert Task.objects.exists()


def test_a_place_that_is_new_has_something_kind_on_every_page() -> None:
    centre = world.centre(always_open=False)
    client = world.client(world.member(centre, "coordinator"))
    for page in FOR_ALL + FOR_MEMBERS + FOR_HOSTS:
        assert client.get(reverse(f"meetingplace:{page}", args=[centre.organisation.slug])).status_code == 200, page
    assert "Fortell hvem dere er" in client.get(reverse("meetingplace:home", args=[centre.organisation.slug])).content.decode()
