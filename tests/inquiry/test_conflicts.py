"""Two who write the same thing at once: the second is shown both, and neither loses a word."""

from typing import Any

import pytest

from knutepunkt.inquiry.actions import frame, reporting
from tests import factories as make
from tests.inquiry.test_dialogue import World

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PLACES: tuple[tuple[str, tuple[Any, ...], str, bool, dict[str, str]], ...] = (
    ("outcome", (1,), "note", True, {"outcome": "agreed", "version": "1"}),
    ("guide", (), "text", True, {"version": "1"}),
    ("recommendation", (1,), "text", True, {"version": "1"}),
    ("promise-answer", (1,), "answer_text", False, {"answer": "yes", "version": "1"}),
    ("follow-up", (1,), "text", False, {"progress": "done", "version": "0"}),
)


@pytest.mark.parametrize(("name", "numbers", "field", "by_lead", "rest"), PLACES)
def test_the_second_to_save_sees_both_and_saves_after_a_look(
    name: str, numbers: tuple[Any, ...], field: str, by_lead: bool, rest: dict[str, str]
) -> None:
    world = World()
    make.asked(world.inquiry, by=world.lead)
    owner = world.inquiry.commissioner
    reporting.recommend(by=world.lead, inquiry=world.inquiry, text="Flytt stolene.", owner=owner)
    frame.write_guide(by=world.lead, inquiry=world.inquiry, text="Hva er viktig?", plain_text="")
    world.finding.refresh_from_db()
    if name == "outcome":
        rest = {**rest, "version": str(world.finding.version)}
    if name == "guide":
        rest = {**rest, "version": str(world.inquiry.guides.count())}
    client = world.client(world.lead if by_lead else world.contact)
    url = world.url(name, *numbers) + ("?maned=3" if name == "follow-up" else "")

    first = client.post(url, {**rest, field: "Epler fra hagen."})
    second = client.post(url, {**rest, field: "Pærer fra naboen."})
    words = second.content.decode()
    third = client.post(url, {**rest, field: "Begge deler.", "version": second.context["form"]["version"].value()})

    assert (first.status_code, second.status_code, third.status_code) == (302, 200, 302)
    assert "Epler" in words
    assert "hagen" in words
    assert "Pærer fra naboen." in words
    assert "Begge deler." in client.get(url).content.decode()
