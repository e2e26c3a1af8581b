"""Who may do what in an inquiry, written out; and that rule and query agree."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from knutepunkt.inquiry.actions.frame import add_team_member
from knutepunkt.inquiry.queries.frame import inquiries_visible_to
from knutepunkt.web.access import PERMISSIONS, may
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PEOPLE = ("lead", "evaluator", "coordinator", "contact", "other_contact", "other_lead", "anonymous")
TABLE = {
    "inquiry.see_own_inquiries": "lead evaluator coordinator contact other_contact other_lead",
    "inquiry.see_public_report": " ".join(PEOPLE),
    "inquiry.see_inquiry": "lead evaluator coordinator contact",
    "inquiry.change_frame": "lead coordinator",
    "inquiry.work_in_team": "lead evaluator",
    "inquiry.lead_team": "lead",
    "inquiry.see_findings": "lead evaluator",
    "inquiry.answer_findings": "",
    "inquiry.answer_promises": "contact",
    "inquiry.hold_receipt": " ".join(PEOPLE),
    "inquiry.answer_invitation": "other_contact",
}


class World:
    """Two inquiries of two centres, with everyone who has to do with the first."""

    def __init__(self) -> None:
        self.lead, self.evaluator = make.person("Ask"), make.person("Bera")
        self.coordinator, self.contact = make.person("Dag"), make.person("Eli")
        self.other_contact, self.other_lead = make.person("Finn"), make.person("Gry")
        self.inquiry = make.inquiry(lead=self.lead)
        add_team_member(by=self.lead, inquiry=self.inquiry, person=self.evaluator, role="evaluator")
        make.role(self.coordinator, "coordinator", self.inquiry.responsible)
        make.role(self.contact, "municipal_contact", self.inquiry.commissioner)
        self.other = make.inquiry(lead=self.other_lead, title="En annen")
        make.role(self.other_contact, "municipal_contact", self.other.commissioner)
        self.anonymous: Any = AnonymousUser()


@pytest.fixture
def world() -> World:
    return World()


@pytest.mark.parametrize("name", TABLE)
def test_table(world: World, name: str) -> None:
    thing: Any = world.inquiry
    if "receipt" in name:
        thing = make.frame.add_participant(by=world.lead, inquiry=world.inquiry)
    if "invitation" in name:
        handle = world.other_contact.handle
        thing = make.frame.invite_to_team(by=world.lead, inquiry=world.inquiry, handle=handle, role="evaluator")

    may_do = [who for who in PEOPLE if may(_fresh(getattr(world, who)), name, thing)]

    assert may_do == TABLE[name].split()


def _fresh(person: Any) -> Any:
    return type(person).objects.get(pk=person.pk) if person.is_authenticated else person


def test_every_permission_of_the_room_stands_in_the_table() -> None:
    ours = {name for name in PERMISSIONS if name.startswith("inquiry.")}

    assert ours - set(TABLE) == {"inquiry.request_inquiry"}


def test_service_sees_findings_only_after_participants_were_asked(world: World) -> None:
    world.inquiry.participants_asked_on = world.inquiry.made_at.date()

    assert may(world.contact, "inquiry.see_findings", world.inquiry)
    assert may(world.contact, "inquiry.answer_findings", world.inquiry)
    assert not may(world.other_contact, "inquiry.see_findings", world.inquiry)


@pytest.mark.parametrize("who", PEOPLE)
def test_rule_and_query_agree(world: World, who: str) -> None:
    person = getattr(world, who)

    visible = set(inquiries_visible_to(person))

    assert visible == {i for i in (world.inquiry, world.other) if may(_fresh(person), "inquiry.see_inquiry", i)}


@pytest.mark.parametrize("who", ["contact", "coordinator", "other_lead", "other_contact"])
@pytest.mark.parametrize(
    "name", ["sources", "participants", "meetings", "codebook", "findings", "search", "passages-csv", "letters",
             "code-table", "interim", "report", "thanks", "ask", "hidden-texts"],
)  # fmt: skip
def test_only_the_team_opens_the_team_pages(world: World, who: str, name: str) -> None:
    client = Client()
    client.force_login(getattr(world, who), backend="django.contrib.auth.backends.ModelBackend")

    answer = client.get(reverse(f"inquiry:{name}", args=[world.inquiry.slug]))

    assert answer.status_code == 404


def test_service_overview_names_no_source_group_or_number(world: World) -> None:
    make.participant(world.inquiry, by=world.lead, group="De som er nye")
    client = Client()
    client.force_login(world.contact, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get(reverse("inquiry:overview", args=[world.inquiry.slug])).content.decode()

    assert "De som er nye" not in page
    assert reverse("inquiry:sources", args=[world.inquiry.slug]) not in page
