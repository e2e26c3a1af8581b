"""Tasks and shifts are taken, let go and done; notes between hosts are sealed and forgotten; the day shows it all."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from knutepunkt.meetingplace.actions import booking, work
from knutepunkt.meetingplace.models import Booking, Handover, Task
from knutepunkt.web.models import Notice, TrailLine
from knutepunkt.web.registers import GIVEN, PERSONAL_DATA
from tests import factories as make
from tests.meetingplace import worlds as world

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def told(person: Any) -> list[str]:
    rows = Notice.objects.filter(recipient=person.pk).order_by("pk").values_list("kind", flat=True)
    return [kind.partition(".")[2] for kind in rows]


def task(centre: Any, **facts: Any) -> Task:
    facts.setdefault("on_date", world.day(1))
    return work.put_up_task(by="test", centre=centre, title=facts.pop("title", "Bære ved"), **facts)[0]


def test_a_participant_takes_lets_go_and_does_and_the_hosts_are_told() -> None:
    centre = world.centre()
    host, person = world.member(centre, "host"), world.member(centre, name="Tuva")
    row, client = task(centre), world.client(person)
    url = reverse("meetingplace:task", args=[centre.organisation.slug, row.pk])

    for act in ("take", "take", "let-go", "take", "done", "done"):
        client.post(url, {"act": act})

    row.refresh_from_db()
    assert (row.taken_by_id, row.done_at is not None) == (person.pk, True)
    assert told(host) == ["task-taken", "task-let-go", "task-taken", "task-done"]
    assert told(person) == []
    lines = TrailLine.objects.filter(about=row.key)
    assert {(line.actor, line.actor_name) for line in lines} == {("participant", "")}
    given = GIVEN["meetingplace.tasks"](person)
    assert [line.what for line in given] == ["Bære ved"]


def test_another_persons_task_is_left_alone() -> None:
    centre, other = world.centre(), world.centre("Lyngheim")
    owner, second, stranger = world.member(centre), world.member(centre, name="Bo"), world.member(other)
    row = task(centre)
    work.take_task(by=owner, task=row)
    url = reverse("meetingplace:task", args=[centre.organisation.slug, row.pk])

    for act in ("take", "let-go", "done", "remove"):
        world.client(second).post(url, {"act": act})
        assert world.client(stranger).post(url, {"act": act}).status_code == 403

    row.refresh_from_db()
    assert (row.taken_by_id, row.done_at) == (owner.pk, None)


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_of_many_who_take_it_at_once_one_gets_it() -> None:
    centre = world.centre()
    row, people = task(centre), [world.member(centre, name=f"p{n}") for n in range(12)]

    def take(person: Any) -> bool:
        try:
            work.take_task(by=person, task=row)
        except work.TakenByAnother:
            return False
        else:
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(12) as pool:
        assert sorted(pool.map(take, people)) == [False] * 11 + [True]


def test_a_hosts_shift_is_for_hosts() -> None:
    centre = world.centre()
    row = task(centre, kind="host", starts=time(10), ends=time(15))

    with pytest.raises(work.ForHosts):
        work.take_task(by=world.member(centre), task=row)
    assert work.take_task(by=world.member(centre, "host"), task=row, is_host=True).taken_by_id


def test_others_see_that_it_is_taken_and_hosts_by_whom() -> None:
    centre = world.centre()
    work.take_task(by=world.member(centre, name="Hemmelig"), task=task(centre))
    url = reverse("meetingplace:tasks", args=[centre.organisation.slug])

    seen = world.client(world.member(centre, name="Bo")).get(url).content.decode()

    assert "Hemmelig" not in seen
    assert "tatt" in seen
    assert "Hemmelig" in world.client(world.member(centre, "host")).get(url).content.decode()


def test_putting_up_every_week_is_once_whatever_the_clicks() -> None:
    centre = world.centre()
    client, url = world.client(world.member(centre, "host")), reverse("meetingplace:task-add", args=[centre.organisation.slug])
    form = {"title": "Vert", "kind": "shift", "on_date": world.day(1).isoformat(), "starts": "10:00", "ends": "15:00", "weeks": "4", "form_key": str(uuid.uuid4())}

    for _ in range(3):
        assert client.post(url, form).status_code == 302
    bad = client.post(url, {**form, "starts": "", "form_key": str(uuid.uuid4())})

    assert [t.on_date for t in Task.objects.order_by("on_date")] == [world.day(1 + 7 * n) for n in range(4)]
    assert "id_starts_error" in bad.content.decode() or "id_ends_error" in bad.content.decode()


def test_a_task_that_is_taken_down_is_told() -> None:
    centre = world.centre()
    person, host = world.member(centre), world.member(centre, "host")
    row = task(centre)
    work.take_task(by=person, task=row)

    work.remove_task(by=host, task=row)

    assert told(person) == ["task-gone"]
    assert Task.objects.count() == 0


def test_the_note_to_the_next_host_is_sealed_and_gone_after_two_weeks() -> None:
    centre = world.centre()
    host, url = world.member(centre, "host"), reverse("meetingplace:today", args=[centre.organisation.slug])
    client = world.client(host)

    client.post(url, {"words": "Suppa er lovet bort."})

    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM meetingplace_handover")
        assert b"Suppa" not in bytes(cursor.fetchone()[0])
    assert "Suppa er lovet bort." in client.get(url).content.decode()
    assert [row["words"] for row in PERSONAL_DATA["meetingplace.handover"].export(host)] == ["Suppa er lovet bort."]
    assert world.client(world.member(centre)).get(url).status_code == 403
    Handover.objects.update(made_at=timezone.now() - timedelta(days=15))
    assert "Suppa" not in client.get(url).content.decode()
    due = PERSONAL_DATA["meetingplace.handover"].due
    assert due is not None
    assert due() == 1
    assert Handover.objects.count() == 0


def test_the_hosts_day_shows_what_is_on_booked_and_needed_here_and_not_elsewhere() -> None:
    centre, other = world.centre(), world.centre("Lyngheim")
    host = world.member(centre, "host", "Halvor")
    for place, name in ((centre, "her"), (other, "der")):
        room = world.room(place, f"Rom {name}")
        person = world.member(place, name=f"Person {name}")
        Booking.objects.create(resource=room, person=person, starts_at=world.at(0, 12), ends_at=world.at(0, 13))
        task(place, title=f"Oppgave {name}", on_date=world.day(0))
        make.event(at=place.organisation, title=f"Noe {name}", first_on=world.day(0), signing="none")
    work.take_task(by=host, task=task(centre, title="Vert ved døra", kind="host", on_date=world.day(0), starts=time(10), ends=time(15)), is_host=True)

    page = world.client(host).get(reverse("meetingplace:today", args=[centre.organisation.slug])).content.decode()

    assert all(f"{what} her" in page for what in ("Rom", "Person", "Oppgave", "Noe"))
    assert not any(f"{what} der" in page for what in ("Rom", "Person", "Oppgave", "Noe"))
    assert "Tatt av Halvor" in page


def test_who_did_what_is_forgotten_after_a_year_and_with_the_person() -> None:
    centre = world.centre()
    one, two = world.member(centre), world.member(centre, name="Bo")
    old, new = task(centre), task(centre)
    work.take_task(by=one, task=old)
    work.take_task(by=two, task=new)
    Task.objects.filter(pk=old.pk).update(on_date=world.day(-400))
    entry = PERSONAL_DATA["meetingplace.task"]
    assert entry.due is not None

    assert entry.due() == 1
    assert [row["title"] for row in entry.export(two)] == ["Bære ved"]
    entry.erase(two)
    assert Task.objects.exclude(taken_by=None).count() == 0


def test_a_host_calls_off_a_booking_and_the_one_it_was_for_is_told() -> None:
    centre = world.centre()
    room, person, host = world.room(centre), world.member(centre), world.member(centre, "host")
    made = booking.book(by=person, resource=room, starts_at=world.at(1, 12), ends_at=world.at(1, 13)).made[0]

    world.client(host).post(reverse("meetingplace:host-booking", args=[centre.organisation.slug, made.pk]), {"act": "cancel"})

    assert told(person) == ["booking-cancelled"]
