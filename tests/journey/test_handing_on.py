"""What stands in the way, handed on by the person's own yes."""

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from knutepunkt.consent.models import Consent
from knutepunkt.consent.queries import purposes_given
from knutepunkt.inquiry.choices import Phase
from knutepunkt.inquiry.models import Participant, Source
from knutepunkt.journey.queries.own import notes_of
from knutepunkt.meetingplace.models import Centre, Proposal
from knutepunkt.people.actions import make_person
from knutepunkt.web.models import TrailLine
from tests import factories as make
from tests.journey.test_own import client_of, keep

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class World:
    def __init__(self) -> None:
        self.her = make_person(by="test", chosen_name="Tiril")
        self.place = make.organisation("Havna")
        make.role(self.her, "participant", self.place)
        Centre.objects.create(organisation=self.place)
        self.lead = make.person("Ask")
        self.inquiry = make.inquiry(lead=self.lead, responsible=self.place)
        self.inquiry.takes_input, self.inquiry.phase = True, Phase.LISTEN
        self.inquiry.save()
        keep(self.her, "hindrance", what="money", text="Bussen koster for mye. Jeg heter Tiril Nordmoen.")
        self.note = notes_of(self.her, "hindrance")[0]
        self.url = reverse("journey:hand-on", args=[self.note.id])

    def hand(self, place: str, words: str, **more: Any) -> Any:
        return client_of(self.her).post(self.url, {"place": place, "text": words, "agrees": "on"} | more)


@pytest.fixture
def world() -> World:
    return World()


def test_as_a_proposal_without_a_name(world: World) -> None:
    centre = Centre.objects.get()

    page = world.hand(f"meetingplace.proposal|{centre.pk}", "Kan vi kjøre sammen?")

    made = Proposal.objects.get()
    assert page.status_code == 200
    assert made.text == "Kan vi kjøre sammen?"
    assert "Tiril" not in client_of(make.person("Odd")).get(reverse("meetingplace:proposal", args=["havna", made.number])).content.decode()
    assert notes_of(world.her, "hindrance")[0].content["given_to"] == "Havna"
    assert "Kan vi kjøre sammen?" in client_of(world.her).get(reverse("consent:given")).content.decode()


def test_as_input_the_team_sees_a_code_and_a_text_without_the_name(world: World) -> None:
    page = world.hand(f"inquiry.input|{world.inquiry.slug}", "Bussen koster for mye. Jeg heter Tiril Nordmoen.")

    participant, source = Participant.objects.get(), Source.objects.get()
    text = page.content.decode()
    assert "Din kode" in text
    assert "Nordmoen" not in source.text
    assert "Bussen koster for mye." in source.text
    assert source.made_by == UUID(int=0)
    assert source.turns.get().participant == participant
    assert purposes_given(participant.key) == {"analysis", "report"}
    assert Consent.objects.get(subject=participant.key).giver_id == world.her.pk
    assert set(TrailLine.objects.filter(kind__startswith="inquiry:source").values_list("actor", flat=True)) == {"input"}
    seen = client_of(world.lead).get(reverse("inquiry:source", args=[world.inquiry.slug, source.code])).content.decode()
    assert participant.code in seen
    assert "Tiril" not in seen


def test_it_asks_for_a_yes_and_offers_only_ones_own_places(world: World) -> None:
    away = make.organisation("Borte")
    other = make.inquiry(lead=world.lead, responsible=away, title="En annen")
    other.takes_input, other.phase = True, Phase.LISTEN
    other.save()

    without_yes = client_of(world.her).post(world.url, {"place": f"inquiry.input|{world.inquiry.slug}", "text": "Hei"})
    elsewhere = world.hand(f"inquiry.input|{other.slug}", "Hei")

    assert without_yes.context["form"].errors
    assert elsewhere.context["form"].errors
    assert not Participant.objects.exists()


def test_an_inquiry_that_does_not_ask_for_input_is_not_named(world: World) -> None:
    world.inquiry.takes_input = False
    world.inquiry.save()

    assert world.inquiry.title not in client_of(world.her).get(world.url).content.decode()
