"""A person's own pages: everything works, nothing is required, nobody else sees it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knutepunkt.journey.actions import keeping
from knutepunkt.journey.models import Note
from knutepunkt.journey.queries.own import notes_of
from knutepunkt.people.actions import make_person, renew_card
from knutepunkt.web.models import TrailLine
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MARK = "blåklokkestien"


@pytest.fixture
def her() -> Any:
    return make_person(by="test", chosen_name="Tiril")


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def keep(person: Any, kind: str, **content: Any) -> Note:
    return keeping.keep_note(by=person, kind=kind, content=content)


def filled(person: Any) -> dict[str, Note]:
    """One note of every kind a person writes, each with the word that is looked for."""
    today = timezone.localdate()
    goal = keep(person, "goal", text=f"Gå {MARK}", why="For lufta", is_important=True)
    strategy = keep(person, "strategy", text=f"Te på {MARK}", in_hard_moments=True)
    kept = {
        "settings": keep(person, "settings", parts=["checkins", "goals", "matters", "helps", "hinders", "people", "plan"]),
        "matter": keep(person, "matter", what="hope", text=f"En hund på {MARK}"),
        "goal": goal, "strategy": strategy,
        "step": keep(person, "step", goal=str(goal.pk), text=f"Finne skoene til {MARK}"),
        "try": keep(person, "try", strategy=str(strategy.pk), on=today.isoformat(), went="yes", note=MARK),
        "hindrance": keep(person, "hindrance", what="money", text=f"Bussen til {MARK} koster"),
        "event": keep(person, "event", on=today.isoformat(), text=f"Flyttet til {MARK}"),
        "contact": keep(person, "contact", name=f"Siri {MARK}", near="near", phone="400 00 000"),
        "dimension": keep(person, "dimension", name=f"Søvn ved {MARK}", less="lite", more="nok"),
        "plan": keep(person, "plan", signs=[f"Går ikke {MARK}"], helps=["Pust"], call=[{"name": "Siri", "phone": "400"}]),
    }  # fmt: skip
    for week in range(30):
        on = (today - timedelta(weeks=week)).isoformat()
        keep(person, "checkin", on=on, words=f"Uke {week} {MARK}", marks={"hope": week % 5 + 1})
    return kept


PAGES = [
    ("home", ()), ("begin", ()), ("check-in", ()), ("way", ()), ("hard-moment", ()), ("plan", ()), ("plan-write", ()),
    ("plan-card", ()), ("search", ()), ("settings", ()), ("scale", ()),
    *[("part", (name,)) for name in ("viktig", "mal", "hjelper", "i-veien", "folk", "hendelser")],
    *[("part-add", (name,)) for name in ("viktig", "mal", "hjelper", "i-veien", "folk", "hendelser")],
]  # fmt: skip


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_every_page_opens_with_nothing_and_with_everything_in_eight_queries(
    her: Any, name: str, args: tuple[str, ...], django_assert_max_num_queries: Any
) -> None:
    url, client = reverse(f"journey:{name}", args=args), client_of(her)
    empty = client.get(url)
    filled(her)

    with django_assert_max_num_queries(8):
        full = client.get(url)

    assert empty.status_code in {200, 302}
    assert full.status_code == 200


def test_nobody_else_opens_a_note(her: Any) -> None:
    kept, other = filled(her), client_of(make.person("Odd"))

    for name, key in (("goal", "goal"), ("tried", "strategy")):
        assert other.get(reverse(f"journey:{name}", args=[kept[key].pk])).status_code == 404
    url = reverse("journey:part-change", args=["viktig", kept["matter"].pk])
    assert other.post(url, {"remove": "1"}).status_code == 404
    assert client_of(her).get(url).status_code == 200
    assert Client().get(reverse("journey:home")).status_code == 302


def test_what_is_written_is_sealed_and_stands_in_no_trail(her: Any) -> None:
    filled(her)

    rows = b"".join(bytes(content) for content in Note.objects.values_list("content", flat=True))

    assert MARK.encode() not in rows
    assert MARK not in str(list(TrailLine.objects.values()))
    assert all(MARK in str(note.content) for note in notes_of(her) if note.kind != "settings")


def test_begin_can_be_skipped_and_left_at_any_page(her: Any) -> None:
    client, url = client_of(her), reverse("journey:begin")
    assert client.get(reverse("journey:home"))["Location"] == url

    client.post(url, {"skip": "1"})
    client.post(url + "?steg=matter", {"text": "Hunden min", "what": "good", "enough": "1"})

    page = client.get(reverse("journey:home"))
    assert page.status_code == 200
    assert [n.content["text"] for n in notes_of(her, "matter")] == ["Hunden min"]


def test_not_today_is_an_answer_and_a_mark_can_stand_alone(her: Any) -> None:
    client, url = client_of(her), reverse("journey:check-in")

    nothing = client.post(url, {"words": ""}, follow=True).content.decode()
    client.post(url, {"words": "", "mark_hope": "4"})

    assert "Ingenting i dag er også greit." in nothing
    assert [n.content["marks"] for n in notes_of(her, "checkin")] == [{"hope": 4}]


def test_own_words_stand_at_the_ends_and_the_themes_can_be_hidden(her: Any) -> None:
    client = client_of(her)
    client.post(reverse("journey:scale") + "?tema=hope", {"name": "", "less": "grå dag", "more": "gul dag"})
    client.post(reverse("journey:scale"), {"name": "Søvn", "less": "lite", "more": "nok"})

    page = client.get(reverse("journey:check-in")).content.decode()
    client.post(reverse("journey:settings"), {"parts": ["checkins"], "hides_chime": "on"})
    hidden = client.get(reverse("journey:check-in")).content.decode()

    assert "gul dag" in page
    assert "Søvn" in page
    assert "gul dag" not in hidden
    assert "Søvn" in hidden


def test_two_devices_that_change_the_same_are_shown_both(her: Any) -> None:
    note, client = keep(her, "matter", text="Havet", what="good"), client_of(her)
    url = reverse("journey:part-change", args=["viktig", note.pk])
    client.post(url, {"text": "Havet om kvelden", "what": "good", "version": "1"})

    answer = client.post(url, {"text": "Skogen", "what": "good", "version": "1"})

    words = answer.content.decode()
    assert answer.status_code == 200
    assert "om kvelden" in words
    assert "Skogen" in words
    again = {"text": "Havet og skogen", "what": "good", "version": answer.context["form"]["version"].value()}
    assert client.post(url, again).status_code == 302
    assert notes_of(her, "matter")[0].content["text"] == "Havet og skogen"


def test_a_goal_has_steps_states_and_is_put_away_without_a_trace_of_failure(her: Any) -> None:
    client, goal = client_of(her), keep(her, "goal", text="Male huset")
    url = reverse("journey:goal", args=[goal.pk])
    client.post(url, {"act": "step", "text": "Kjøpe kost"})
    step = notes_of(her, "step")[0]

    client.post(url, {"act": "done", "step": str(step.id)})
    client.post(url, {"act": "state", "state": "dropped"})

    assert notes_of(her, "step")[0].content["is_done"]
    page = client.get(reverse("journey:part", args=["mal"])).content.decode()
    assert "lagt bort" in page
    client.post(reverse("journey:part-change", args=["mal", goal.pk]), {"remove": "1"})
    assert notes_of(her, "goal", "step") == []


def test_search_finds_ones_own_words_in_any_form_and_leaves_nothing(her: Any) -> None:
    keep(her, "matter", text="Fjellturene med Odd", what="good")
    keep(make.person("Odd"), "matter", text="Fjellturen min", what="good")

    page = client_of(her).post(reverse("journey:search"), {"q": "fjelltur"}).content.decode()

    assert "Fjellturene med Odd" in page
    assert "Fjellturen min" not in page


def test_when_a_way_in_was_renewed_by_another_nothing_opens(her: Any) -> None:
    keep(her, "matter", text="Bare mitt", what="good")
    Client().force_login(her)
    her.last_login = timezone.now()
    her.save(update_fields=["last_login"])
    renew_card(by=make.person("Koordinator"), person=her)
    her.refresh_from_db()

    answer = client_of(her).get(reverse("journey:part", args=["viktig"]))

    assert answer.status_code == 302
    assert answer["Location"] == reverse("people:reopen")


def test_events_stand_on_the_line_and_in_its_table(her: Any) -> None:
    filled(her)

    page = client_of(her).get(reverse("journey:way")).content.decode()

    assert f'<li value="1">Flyttet til {MARK}</li>' in page
    assert "Det som skjedde</th>" in page
    assert f"<td>Flyttet til {MARK}</td>" in page.replace(" data-numeric", "").replace(' class="kp-number"', "")


def test_a_hard_moment_shows_each_thing_once(her: Any) -> None:
    keep(her, "strategy", text="Gå til kaia", in_hard_moments=True)
    keep(her, "contact", name="Siri", phone="40000000", near="near")
    keep(her, "plan", helps=["gå til kaia", "Ring Siri"], call=[{"name": "Siri", "phone": "400 00 000"}, {"name": "Odd", "phone": ""}])

    page = client_of(her).get(reverse("journey:hard-moment"))

    assert page.context["lines"] == ["Gå til kaia", "Ring Siri"]
    assert [one["name"] for one in page.context["call"]] == ["Siri", "Odd"]
