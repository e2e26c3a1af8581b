"""Who may do what at the place, written out; and looking changes nothing."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from knutepunkt.meetingplace.actions import booking
from knutepunkt.web.access import may
from tests.meetingplace import worlds as world

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PEOPLE = ("coordinator", "host", "participant", "next_of_kin", "stranger", "anonymous")
ALL = " ".join(PEOPLE)
TABLE = {
    "meetingplace.see_place": ALL,
    "meetingplace.find_own": "coordinator host participant next_of_kin stranger",
    "meetingplace.use_place": "coordinator host participant next_of_kin",
    "meetingplace.run_place": "coordinator host",
    "meetingplace.open_place": "coordinator",
}


@pytest.fixture
def house() -> dict[str, Any]:
    centre = world.centre()
    people: dict[str, Any] = {who: world.member(centre, who) for who in PEOPLE[:4]}
    return {"centre": centre, **people, "stranger": world.member(world.centre("Lyngheim"), "host"), "anonymous": AnonymousUser()}


@pytest.mark.parametrize("name", TABLE)
def test_table(house: dict[str, Any], name: str) -> None:
    assert [who for who in PEOPLE if may(house[who], name, house["centre"])] == TABLE[name].split()


def test_own_bookings_and_showing_rooms(house: dict[str, Any]) -> None:
    room = world.room(house["centre"])
    made = booking.book(by=house["participant"], resource=room, starts_at=world.at(1, 12), ends_at=world.at(1, 13)).made[0]

    assert [who for who in PEOPLE if may(house[who], "meetingplace.keep_own", made)] == ["participant"]
    assert [who for who in PEOPLE if may(house[who], "meetingplace.show_room", room)] == ["coordinator", "host"]
    from knutepunkt.meetingplace.actions.rooms import offer_to_show

    offer_to_show(by=house["participant"], resource=room)
    offer_to_show(by=house["stranger"], resource=room)
    assert [who for who in PEOPLE if may(house[who], "meetingplace.show_room", room)] == ["coordinator", "host", "participant"]


def test_hosts_pages_are_shut_to_others(house: dict[str, Any]) -> None:
    slug = house["centre"].organisation.slug
    pages = [
        "edit", "hours", "rules-edit", "pictures", "hosts", "resource-add", "lending", "today", "visits", "task-add", "door-start", "door-stop",
    ]  # fmt: skip
    for who, wanted in (("participant", 403), ("stranger", 403), ("anonymous", 302), ("host", 200)):
        client = world.client(None if who == "anonymous" else house[who])
        for name in pages:
            assert client.get(reverse(f"meetingplace:{name}", args=[slug])).status_code == wanted, (who, name)


def test_the_doors_page_is_not_there_without_a_tablet(house: dict[str, Any]) -> None:
    slug = house["centre"].organisation.slug

    for who in ("host", "participant"):
        assert world.client(house[who]).get(reverse("meetingplace:door", args=[slug])).status_code == 404
    assert world.client().get(reverse("meetingplace:door", args=[slug])).status_code == 404


def test_addresses_of_other_places_lead_nowhere(house: dict[str, Any]) -> None:
    for path in ("/treffsted/finnes-ikke/", "/treffsted/finnes-ikke/uka/", "/treffsted/finnes-ikke/dor/hjelper.js"):
        assert world.client().get(path).status_code == 404
