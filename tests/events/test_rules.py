"""Who may do what in the calendar, written out; and that rule and query agree."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from knutepunkt.events.actions import planning, taking_part
from knutepunkt.events.queries import events_visible_to, sessions_visible_to
from knutepunkt.web.access import PERMISSIONS, may
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PEOPLE = ("host", "coordinator", "participant", "other_host", "anonymous")
SIGNED_IN = "host coordinator participant other_host"
TABLE = {
    "events.see_calendar": (" ".join(PEOPLE), " ".join(PEOPLE)),
    "events.see_event": (" ".join(PEOPLE), "host coordinator"),
    "events.take_part": (" ".join(PEOPLE), ""),
    "events.see_own": (SIGNED_IN, SIGNED_IN),
    "events.run_event": ("host coordinator", "host coordinator"),
}


class World:
    """Two places, with a published event and a draft at the first."""

    def __init__(self) -> None:
        self.place, self.other = make.organisation("Havna"), make.organisation("Lyngheim")
        self.host, self.coordinator, self.participant, self.other_host = (make.person(n) for n in "abcd")
        make.role(self.host, "host", self.place)
        make.role(self.coordinator, "coordinator", self.place)
        make.role(self.participant, "participant", self.place)
        make.role(self.other_host, "host", self.other)
        self.anonymous: Any = AnonymousUser()
        self.out, self.draft = make.event(at=self.place), make.event(at=self.place, published=False)
        self.session = self.out.sessions.get()

    def client(self, who: str) -> Client:
        client = Client()
        if who != "anonymous":
            client.force_login(getattr(self, who), backend="django.contrib.auth.backends.ModelBackend")
        return client


@pytest.fixture
def world() -> World:
    return World()


@pytest.mark.parametrize("name", TABLE)
def test_table(world: World, name: str) -> None:
    for event, wanted in zip((world.out, world.draft), TABLE[name], strict=True):
        assert [who for who in PEOPLE if may(getattr(world, who), name, event)] == wanted.split()


def test_planning_own_registration_and_code(world: World) -> None:
    row = taking_part.register(by=world.participant, session=world.session)

    assert [w for w in PEOPLE if may(getattr(world, w), "events.make_event")] == ["host", "coordinator", "other_host"]
    assert [w for w in PEOPLE if may(getattr(world, w), "events.answer_own", row)] == ["participant"]
    assert may(world.anonymous, "events.hold_code", row)
    assert not may(world.anonymous, "events.hold_code", None)


def test_every_permission_of_the_room_stands_in_the_tests() -> None:
    ours = {name for name in PERMISSIONS if name.startswith("events.")}

    assert ours - set(TABLE) == {"events.make_event", "events.answer_own", "events.hold_code", "events.hold_door"}


@pytest.mark.parametrize("who", PEOPLE)
def test_rule_and_query_agree(world: World, who: str) -> None:
    person = getattr(world, who)

    assert set(events_visible_to(person)) == {e for e in (world.out, world.draft) if may(person, "events.see_event", e)}
    assert {s.event_id for s in sessions_visible_to(person)} == {e.pk for e in events_visible_to(person)}


@pytest.mark.parametrize("who", ["participant", "other_host", "anonymous"])
@pytest.mark.parametrize("name", ["change", "publish", "cancel", "host", "cancel-one", "move"])
def test_pages_of_the_team_are_closed(world: World, who: str, name: str) -> None:
    more = [world.session.pk] if name in {"host", "cancel-one", "move"} else []
    url = reverse(f"events:{name}", args=[world.out.slug, *more])

    answers = {world.client(who).get(url).status_code, world.client(who).post(url, {"reason": "x"}).status_code}

    assert answers == ({302} if who == "anonymous" else {404})
    world.out.refresh_from_db()
    assert world.out.state == "published"


def test_nobody_opens_anothers_registration(world: World) -> None:
    row = taking_part.register(by=world.participant, session=world.session)
    url = reverse("events:answer-own", args=[row.pk])

    assert world.client("other_host").post(url, {"act": "leave"}).status_code == 404
    assert world.client("participant").get(url).status_code == 200


def test_those_who_wait_are_shown_to_nobody_but_the_host(world: World) -> None:
    planning.change_event(by="test", event=world.out, capacity=1)
    taking_part.register(by="guest", session=world.session, guest_name="Synlig", shows_name=True)
    taking_part.register(by="guest", session=world.session, guest_name="Venter", shows_name=True)
    url = reverse("events:session", args=[world.out.slug, world.session.pk])

    seen = [world.client(who).get(url).content.decode() for who in PEOPLE]

    assert not any("Venter" in page for page in seen)
    assert not any("Synlig" in page for page in seen)
    host = world.client("host").get(reverse("events:host", args=[world.out.slug, world.session.pk])).content.decode()
    assert "Synlig" in host
    assert "Venter" in host
