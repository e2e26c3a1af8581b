"""Who may do what with proposals, votes and meetings, written out; and that pages ask no more for more rows."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from knutepunkt.meetingplace.actions import meetings, moderation, proposals, voting
from knutepunkt.meetingplace.models import Asked, Proposal
from knutepunkt.meetingplace.queries.voice import At, proposals_visible_to, speaker_at
from knutepunkt.meetingplace.queries.votes import votes_visible_to
from knutepunkt.meetingplace.rules import voice
from knutepunkt.web.access import may
from tests.meetingplace.making import House, signed_in, time_is_out
from tests.meetingplace.test_voice import with_card

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MOST = 8
PEOPLE = ("coordinator", "host", "other_host", "participant", "guest", "stranger_host", "anonymous")
HOSTS = "coordinator host other_host"
TABLE = {
    "meetingplace.see_voice": " ".join(PEOPLE),
    "meetingplace.speak": "coordinator host other_host participant guest",
    "meetingplace.keep_own_words": "participant",
    "meetingplace.answer_voice": HOSTS,
    "meetingplace.judge_appeal": "coordinator other_host",
    "meetingplace.change_ballot": " ".join(PEOPLE),
    "meetingplace.count_hands": "coordinator host other_host participant",
}
FOUND_BY_THE_PAGE = {"meetingplace.cast_ballot", "meetingplace.hold_slip"}


class World(House):
    """A house with a guest who holds a card, a host of another house, and something hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.guest, self.printed = self.card("Bo")
        self.stranger_host = House(name="Annet").host
        self.participant, self.anonymous = self.people[0], AnonymousUser()
        self.hidden = self.proposal("Skjult")
        self.hiding = moderation.hide(by=self.host, thing=self.hidden, ground="law", reason="x")

    def at(self, who: str, thing: Any = None) -> tuple[Any, At]:
        person = AnonymousUser() if who == "guest" else getattr(self, who)
        card = self.guest.card if who == "guest" else None
        return person, At(self.centre, thing, speaker_at(person, self.centre, card))


@pytest.fixture
def world() -> World:
    return World()


@pytest.mark.parametrize("name", TABLE)
def test_table(world: World, name: str) -> None:
    thing = {"meetingplace.keep_own_words": world.hidden, "meetingplace.judge_appeal": world.hiding}.get(name)

    assert [who for who in PEOPLE if may(world.at(who)[0], name, world.at(who, thing)[1])] == TABLE[name].split()


def test_every_permission_of_co_determination_stands_in_the_table() -> None:
    ours = set(re.findall(r'^permission\("([^"]+)"', Path(voice.__file__).read_text(), re.MULTILINE))

    assert ours == set(TABLE) | FOUND_BY_THE_PAGE
    assert not any(may(AnonymousUser(), name, At(None, None)) for name in FOUND_BY_THE_PAGE)  # type: ignore[arg-type]


def test_rule_and_query_agree_on_what_is_hidden_and_what_is_prepared(world: World) -> None:
    draft = world.vote(opened=False)

    for who in PEOPLE:
        person, at = world.at(who)
        hosts = may(person, "meetingplace.answer_voice", at)
        assert (world.hidden in proposals_visible_to(person, world.centre)) == hosts, who
        assert (draft in votes_visible_to(person, world.centre)) == hosts, who


HOST_PAGES = ("type-in-slip", "voice-cards", "hidden", "vote-make", "meeting-call")


@pytest.mark.parametrize("name", HOST_PAGES)
def test_pages_of_hosts_are_closed_to_others(world: World, name: str) -> None:
    url = reverse(f"meetingplace:{name}", args=[world.slug])

    assert signed_in(world.host).get(url).status_code == 200
    for person in (world.participant, world.stranger_host):
        assert signed_in(person).get(url).status_code == 404
        assert signed_in(person).post(url, {"title": "x", "name": "x"}).status_code == 404
    for client in (Client(), with_card(world.printed)):
        assert client.get(url).status_code == 302
    assert Proposal.objects.count() == 1


def test_nobody_without_a_seat_reaches_the_ballot(world: World) -> None:
    vote = world.vote(people=[world.participant])
    url = reverse("meetingplace:vote-cast", args=[world.slug, vote.pk])

    assert signed_in(world.participant).get(url).status_code == 200
    for client in (signed_in(world.host), signed_in(world.stranger_host), Client(), with_card(world.printed)):
        assert client.get(url).status_code == 404
        assert client.post(url, {"choice": 0}).status_code == 404


def test_a_voting_card_opens_its_own_ballot_only(world: World) -> None:
    vote, other = world.vote(people=[world.participant]), world.vote(people=[world.participant])
    printed = voting.issue_seat_card(by=world.host, seat=vote.seats.get())
    client = with_card(printed)

    assert client.get(reverse("meetingplace:vote-cast", args=[world.slug, vote.pk])).status_code == 200
    assert client.get(reverse("meetingplace:vote-cast", args=[world.slug, other.pk])).status_code == 404


# -- what a page costs ----------------------------------------------------------------------------


def asked(client: Client, url: str) -> int:
    with CaptureQueriesContext(connections["default"]) as default, CaptureQueriesContext(connections["keys"]) as keys:
        answer = client.get(url)
    assert answer.status_code == 200, url
    assert not keys.captured_queries
    return len([q for q in default.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))])


def fill(house: House, number: int) -> None:
    """So many of everything."""
    for n in range(number):
        row = house.proposal(f"Forslag {n}")
        said = proposals.say(by=house.speaker(1), proposal=row, kind="comment", text="Ja")
        proposals.support(by=house.speaker(1), proposal=row)
        moderation.hide(by=house.host, thing=said, ground="law", reason="x")
        voting.count_hands(by=house.host, vote=house.vote(hand="hands", people=[]), counts=[1, 0, 0], present=5)
        meetings.say_willing(by=house.everybody[n], centre=house.centre, yes=True)
        house.card(f"Gjest {n}")


def test_lists_and_pages_ask_no_more_for_more_rows() -> None:
    house = House(participants=4)
    fill(house, 1)
    first, secret = Proposal.objects.get(), house.vote("ranked", options=[("A", None), ("B", None)], proposal=Proposal.objects.get())
    meeting = meetings.call_meeting(by=house.host, centre=house.centre, starts_at=timezone.now() - timedelta(hours=1))
    meetings.add_item(by=house.speaker(), meeting=meeting, title="Sak", proposal=first)
    Asked.objects.create(vote=secret, on_date=timezone.localdate())
    counted = time_is_out(house.vote(people=house.people))
    names: list[tuple[str, list[Any]]] = [
        *((name, []) for name in ("proposals", "wall", "power", "votes", "meetings", "proposals-own", "hidden", "voice-cards", "voice-rules",
                                  "vote-make", "propose", "type-in-slip", "home")),
        *((name, [first.number]) for name in ("proposal", "proposal-move", "proposal-decide", "proposal-hide")),
        *((name, [secret.pk]) for name in ("vote", "vote-cast", "vote-change", "vote-seats", "vote-asked")), ("vote", [counted.pk]),
        *((name, [meeting.pk]) for name in ("meeting", "meeting-item", "meeting-run", "meeting-minutes", "meeting-pdf")),
    ]  # fmt: skip
    urls = [reverse(f"meetingplace:{name}", args=[house.slug, *more]) for name, more in names]
    client = signed_in(house.host)
    for url in urls:
        client.get(url)
    before = {url: asked(client, url) for url in urls}

    fill(house, 3)
    for n in range(3):
        meetings.add_item(by=house.speaker(), meeting=meeting, title=f"Sak {n}")
        meetings.take_on(by=house.host, meeting=meeting, what="Noe", who="Noen")

    assert {url: asked(client, url) for url in urls} == before
    assert {url: number for url, number in before.items() if number > MOST} == {}
