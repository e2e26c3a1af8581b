"""The tablet at the door: started by a host, counting once, knowing nobody, leaving only by a host."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knutepunkt.meetingplace.actions import door as actions
from knutepunkt.meetingplace.models import Centre, Tap
from knutepunkt.meetingplace.queries import place as queries
from knutepunkt.web.models import TrailLine
from tests.meetingplace import worlds as world

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def tablet(centre: Centre, **facts: Any) -> Client:
    """A device that a host has made the tablet at the door."""
    client = world.client(world.member(centre, "host", "Vert"))
    client.post(reverse("meetingplace:door-start", args=[centre.organisation.slug]))
    return client


def send(client: Client, centre: Centre, *taps: Any) -> Any:
    url = reverse("meetingplace:door-count", args=[centre.organisation.slug])
    return client.post(url, json.dumps({"taps": taps}), content_type="application/json")


def came(**facts: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "what": "came", "on": timezone.localdate().isoformat(), "part": "morning", **facts}


def test_a_tap_sent_many_times_counts_once() -> None:
    centre = world.centre()
    client, tap, other = tablet(centre), came(), came()

    answers = [send(client, centre, tap).json(), send(client, centre, tap, other, tap).json()]

    assert answers == [{"done": [tap["id"]]}, {"done": [tap["id"], other["id"], tap["id"]]}]
    assert queries.visits_on(centre, timezone.localdate()) == 2


def test_answers_are_added_later_and_never_change() -> None:
    centre = world.centre()
    client, tap = tablet(centre), came()
    send(client, centre, tap)

    send(client, centre, {**tap, "is_first": True})
    send(client, centre, {**tap, "is_first": False})

    assert list(Tap.objects.values_list("is_first", flat=True)) == [True]


def test_how_it_was_is_no_visit_and_is_tied_to_none() -> None:
    centre = world.centre()
    client = tablet(centre)

    send(client, centre, came(), {"id": str(uuid.uuid4()), "what": "left", "how": "good", "is_first": True})

    assert queries.visits_on(centre, timezone.localdate()) == 1
    assert Tap.objects.get(what="left").is_first is None


def test_nothing_finer_than_the_part_of_the_day_is_kept_and_no_trail() -> None:
    centre = world.centre()
    client = tablet(centre)
    lines = TrailLine.objects.count()

    send(client, centre, came(at="2026-11-22T10:13:14"))

    kinds = {f.name: f.get_internal_type() for f in Tap._meta.get_fields()}
    assert "DateTimeField" not in kinds.values()
    assert "TimeField" not in kinds.values()
    assert not any(f.is_relation and f.name != "centre" for f in Tap._meta.get_fields())
    assert TrailLine.objects.count() == lines


@pytest.mark.parametrize("bad", [
    {"id": "x"}, {"what": "stole"}, {"on": "2020-01-01"}, {"on": "hva"}, {"on": (timezone.localdate() + timedelta(days=5)).isoformat()},
    {"id": None}, {"what": None}, {"what": "left", "how": "<script>"}, {"what": "left"},
])  # fmt: skip
def test_what_makes_no_sense_is_dropped_and_does_not_come_back(bad: dict[str, Any]) -> None:
    centre = world.centre()
    client, tap = tablet(centre), came()

    answer = send(client, centre, {**came(), **bad}, tap)

    assert len(answer.json()["done"]) == 2
    assert [str(row.pk) for row in Tap.objects.all()] == [tap["id"]]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"taps": 3}', '{"taps": [1, null, "x"]}', '{"taps": [{"id": {}}]}'])
def test_bodies_that_are_no_taps_are_answered_calmly(body: str) -> None:
    centre = world.centre()
    client = tablet(centre)

    answer = client.post(reverse("meetingplace:door-count", args=[centre.organisation.slug]), body, content_type="application/json")

    assert answer.status_code == 200
    assert Tap.objects.count() == 0


def test_a_day_without_a_line_comes_in_one_batch() -> None:
    centre = world.centre()
    client = tablet(centre)
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    taps = [came(on=yesterday, part="evening") for _ in range(300)]

    send(client, centre, *taps)
    send(client, centre, *taps)

    assert queries.visits_on(centre, timezone.localdate() - timedelta(days=1)) == 300


def test_the_plain_form_counts_once_and_asks() -> None:
    centre = world.centre()
    client = tablet(centre)
    url, key = reverse("meetingplace:door-count", args=[centre.organisation.slug]), str(uuid.uuid4())

    page = client.post(url, {"id": key, "what": "came"}).content.decode()
    client.post(url, {"id": key, "what": "came"})
    thanks = client.post(url, {"id": key, "what": "came", "is_first": "ja"}).content.decode()

    assert "Er det første gang" in page
    assert key in page
    assert "Takk" in thanks
    assert [(t.what, t.is_first) for t in Tap.objects.all()] == [("came", True)]


def test_starting_signs_the_host_out_and_the_device_shows_only_the_door() -> None:
    centre = world.centre()
    client, slug = tablet(centre), centre.organisation.slug
    door = reverse("meetingplace:door", args=[slug])

    assert "_auth_user_id" not in client.session
    assert client.get(door).status_code == 200
    for path in ("/", "/kalender/", "/min-side/", f"/treffsted/{slug}/", f"/treffsted/{slug}/i-dag/"):
        assert client.get(path)["Location"] == door, path
    assert client.get("/konto/logg-inn/").status_code == 200


def test_leaving_needs_a_host_who_signs_in() -> None:
    centre = world.centre()
    client, slug = tablet(centre), centre.organisation.slug
    stop = reverse("meetingplace:door-stop", args=[slug])
    code = client.cookies["dor"].value
    assert client.get(stop)["Location"].startswith("/konto/logg-inn/")
    assert client.post(stop)["Location"].startswith("/konto/logg-inn/")
    client.force_login(world.member(centre), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(stop).status_code == 403

    client.force_login(world.member(centre, "host", "To"), backend="django.contrib.auth.backends.ModelBackend")
    client.post(stop)
    client.logout()

    assert client.get(f"/treffsted/{slug}/").status_code == 200
    thief = Client()
    thief.cookies["dor"] = code
    assert send(thief, centre, came()).status_code == 404


def test_a_tablet_of_one_place_counts_at_no_other_and_a_lost_one_is_switched_off() -> None:
    centre, other = world.centre(), world.centre("Lyngheim")
    client = tablet(centre)
    thief = Client()
    thief.cookies["dor"] = client.cookies["dor"].value

    assert send(client, other, came())["Location"] == reverse("meetingplace:door", args=[centre.organisation.slug])
    assert send(thief, other, came()).status_code == 404
    assert send(Client(), centre, came()).status_code == 404
    actions.stop_tablets(by="test", centre=centre)
    assert send(client, centre, came()).status_code == 404
    assert Tap.objects.count() == 0


def test_the_cookie_is_of_no_use_to_other_sites() -> None:
    cookie = tablet(world.centre()).cookies["dor"]

    assert (cookie["samesite"], cookie["httponly"]) == ("Strict", True)


def test_a_tablet_that_runs_wild_is_stopped() -> None:
    centre = world.centre()
    client = tablet(centre)
    from knutepunkt.web.models import ThrottleCount

    send(client, centre, came())
    ThrottleCount.objects.update(count=1200)

    assert send(client, centre, came()).status_code == 429
    assert Tap.objects.count() == 1


def test_visits_are_shown_outside_only_by_week_and_from_five() -> None:
    centre = world.centre()
    last_week = queries.monday_of(timezone.localdate()) - timedelta(days=5)
    rows = [Tap(centre=centre, what="came", on_date=last_week, part="morning") for _ in range(5)]
    Tap.objects.bulk_create(rows[:4])
    url = reverse("meetingplace:week", args=[centre.organisation.slug])
    few = world.client().get(url).content.decode()

    Tap.objects.bulk_create(rows[4:])
    Tap.objects.create(centre=centre, what="came", on_date=timezone.localdate(), part="morning")
    enough = world.client().get(url).content.decode()

    assert "besøk" not in few
    assert "Forrige uke var det 5 besøk." in enough
    assert world.client(world.member(centre)).get(reverse("meetingplace:visits", args=[centre.organisation.slug])).status_code == 403


def test_the_worker_rules_over_the_door_only() -> None:
    centre = world.centre()
    answer = world.client().get(reverse("meetingplace:door-worker", args=[centre.organisation.slug]))

    assert answer["Content-Type"].startswith("text/javascript")
    assert b"fetch" in answer.content
    assert "Service-Worker-Allowed" not in answer


def test_a_tablet_switched_off_from_elsewhere_shows_a_host_the_way_out() -> None:
    centre = world.centre()
    client, slug = tablet(centre), centre.organisation.slug
    actions.stop_tablets(by="test", centre=centre)

    assert client.get(reverse("meetingplace:door", args=[slug]))["Location"] == reverse("meetingplace:door-stop", args=[slug])
    assert send(client, centre, came()).status_code == 404
    client.force_login(world.member(centre, "host", "To"), backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("meetingplace:door-stop", args=[slug]))
    client.logout()
    assert client.get("/").status_code == 200
