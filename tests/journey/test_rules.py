"""Who may do what on a journey, written out: no role opens anything of another's; only a share that stands does."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knutepunkt.journey.actions import sharing
from knutepunkt.journey.choices import Part
from knutepunkt.journey.models import Questionnaire
from knutepunkt.journey.queries.own import note_of
from knutepunkt.journey.queries.shared import seen_through
from knutepunkt.journey.urls import urlpatterns
from knutepunkt.organisations.choices import Role
from knutepunkt.people.actions import make_person
from knutepunkt.web.access import PERMISSIONS, may
from tests import factories as make
from tests.journey.test_own import MARK, client_of, filled

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PEOPLE = ("owner", "shared_with", "ended", *Role.values, "anonymous")
SIGNED_IN = " ".join(who for who in PEOPLE if who != "anonymous")
TABLE = {
    "journey.have_own": SIGNED_IN,
    "journey.change_own": "owner",
    "journey.change_share": "owner",
    "journey.see_shared_with_me": SIGNED_IN,
    "journey.see_shared": "shared_with",
    "journey.hold_link": " ".join(PEOPLE),
    "journey.see_example": " ".join(PEOPLE),
    "journey.run_forms": "coordinator",
    "journey.answer_form": "owner " + " ".join(Role.values),
}


class World:
    """A person with a full journey, and everybody who has a role at the same centre."""

    def __init__(self) -> None:
        self.owner, self.shared_with, self.ended = (make_person(by="test", chosen_name=n) for n in ("Tiril", "Kari", "Ane"))
        self.centre = make.organisation()
        make.role(self.owner, Role.PARTICIPANT, self.centre)
        for role in Role.values:
            person = make.person(f"Person {role}")
            make.role(person, role, self.centre)
            setattr(self, role, person)
        self.anonymous: Any = AnonymousUser()
        self.notes = filled(self.owner)
        self.form = Questionnaire(organisation=self.centre)
        self.share = self.shares_with(self.shared_with)
        self.talk = sharing.begin_talk(side="person", share=self.share, content={"agenda": [{"by": "Tiril", "text": MARK}]})
        sharing.end_share(by=self.owner, share=self.shares_with(self.ended))

    def shares_with(self, helper: Any) -> Any:
        share, _code = sharing.share_parts(
            by=self.owner, name="En", parts=list(Part.values), until_on=timezone.localdate() + timedelta(days=9)
        )
        return sharing.take_share(by=helper, share=share)

    def thing(self, name: str) -> Any:
        return {
            "journey.change_own": note_of(self.owner, self.notes["goal"].pk), "journey.change_share": self.share,
            "journey.see_shared": seen_through(self.share), "journey.run_forms": self.centre, "journey.answer_form": self.form,
        }.get(name)  # fmt: skip


@pytest.fixture
def world() -> World:
    return World()


def test_table(world: World) -> None:
    for name, allowed in TABLE.items():
        assert [who for who in PEOPLE if may(_fresh(getattr(world, who)), name, world.thing(name))] == allowed.split(), name


def _fresh(person: Any) -> Any:
    return type(person).objects.get(pk=person.pk) if person.is_authenticated else person


def test_every_permission_of_the_room_stands_in_the_table() -> None:
    assert {name for name in PERMISSIONS if name.startswith("journey.")} == set(TABLE)


def _addresses(world: World) -> list[str]:
    """Every address of the room that names something, filled in with what is the owner's."""
    kinds = {"check-in-again": "checkin", "goal": "goal", "tried": "strategy", "file": "matter", "talk": "talk", "felt": "talk",
             "felt-shown": "talk", "wish": "matter", "helper-talk": "talk", "part-change": "goal"}  # fmt: skip
    found = []
    for pattern in urlpatterns:
        wanted = set(pattern.pattern.converters) & {"note_id", "share_id"}
        if wanted:
            note = world.talk if kinds.get(pattern.name) == "talk" else world.notes.get(kinds.get(pattern.name, ""), world.talk)
            values = {"note_id": note.pk, "share_id": world.share.pk, "name": "mal"}
            found.append(reverse(f"journey:{pattern.name}", kwargs={k: values[k] for k in pattern.pattern.converters}))
    return found


def test_no_role_opens_or_changes_anything_of_anothers_journey(world: World) -> None:
    addresses = _addresses(world)
    assert len(addresses) >= 14

    for who in [who for who in PEOPLE if who not in {"owner", "shared_with"}]:
        client = Client() if who == "anonymous" else client_of(getattr(world, who))
        for address in addresses:
            for answer in (client.get(address), client.post(address, {"remove": "1", "act": "end", "text": "x"})):
                if who == "anonymous":
                    assert answer.status_code == 302, (who, address)
                    assert "logg-inn" in answer["Location"], (who, address)
                else:
                    assert answer.status_code == 404, (who, address)


def test_no_page_of_a_role_shows_a_word_of_anothers_journey(world: World) -> None:
    for who in (*Role.values, "ended"):
        client = client_of(getattr(world, who))
        for address in ("/min-side/", reverse("journey:helping"), reverse("consent:everything")):
            assert MARK not in client.get(address, follow=True).content.decode(), (who, address)
