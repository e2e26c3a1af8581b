"""Forms in a real browser: axe on every page, and a form brought in, answered and read by keyboard alone at 390 px."""

import json
from pathlib import Path
from typing import Any

import pytest

from knutepunkt.journey.demo import FORM, seed_journey
from knutepunkt.journey.models import Questionnaire
from knutepunkt.journey.queries.own import notes_of
from knutepunkt.people.models import Person
from tests.browser.looking import context_of, faults_of, tab_to

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
]
AT = "/min-vei/skjema/"


@pytest.fixture
def hub(live_server: Any, settings: Any) -> Any:
    settings.DEMO = True
    seed_journey()
    return live_server


def page_of(chromium: Any, hub: Any, handle: str, **look: Any) -> Any:
    return context_of(chromium, hub.url, handle, **look).new_page()


def test_every_page_of_the_forms_is_accessible(chromium: Any, hub: Any) -> None:
    form, person = Questionnaire.objects.get(), Person.objects.get(handle="demo-deltaker")
    note = notes_of(person, "response")[-1].id
    pages = {
        "demo-deltaker": [
            AT, f"{AT}{form.pk}/", f"{AT}ta-inn/", f"{AT}svar/{note}/", f"{AT}svar/{note}/?side=i_1", f"{AT}svar/{note}/?side=slutt",
            f"{AT}svar/{note}/se/",
        ],
        "demo-koordinator": [AT, f"{AT}sted/lyngheim/", f"{AT}sted/lyngheim/ta-inn/", f"{AT}sted/lyngheim/{form.pk}/"],
    }  # fmt: skip

    assert faults_of(chromium, hub.url, pages) == []


def test_a_form_is_answered_one_question_at_a_time_by_keyboard_alone(chromium: Any, hub: Any) -> None:
    page = page_of(chromium, hub, "demo-deltaker")
    page.goto(AT)

    tab_to(page, "Uka mi")
    tab_to(page, "Ett spørsmål om gangen", "button")
    page.get_by_text("Spørsmål 1 av 5").wait_for()
    _tab_into(page, "Hvor mange dager var du ute en tur?")
    page.keyboard.type("3")
    tab_to(page, "Videre", "button")
    page.get_by_text("Spørsmål 2 av 5").wait_for()
    tab_to(page, "Videre", "button")
    page.get_by_text("Hvordan smakte maten?").wait_for()
    _tab_into(page, "hopp over")
    page.keyboard.press("ArrowUp")
    tab_to(page, "Lagre og fortsett senere", "button")
    page.get_by_text("Det du har svart, er lagret.").wait_for()
    tab_to(page, "Uka mi")
    page.get_by_role("heading", name="Dagene").wait_for()
    assert page.get_by_label("Hvor mange dager var du ute en tur?").input_value() == "3"
    assert page.get_by_label("godt").is_checked()
    tab_to(page, "Ferdig", "button")
    page.get_by_text("Svarene er lagret. Bare du ser dem.").wait_for()
    page.context.close()

    kept = notes_of(Person.objects.get(handle="demo-deltaker"), "response")
    newest = max(kept, key=lambda n: n.content["on"]).content
    assert newest["answers"]["status"] == "completed"
    assert newest["scores"]["rows"][0]["value"] == 3


def test_a_coordinator_brings_in_a_form_at_390_px(chromium: Any, hub: Any, tmp_path: Path) -> None:
    data = {**json.loads(FORM.read_text()), "title": "Uka deres", "version": "2"}
    data["item"].append({"linkId": "fil", "type": "attachment", "text": "Legg ved et bilde"})
    (tmp_path / "skjema.json").write_text(json.dumps(data))
    page = page_of(chromium, hub, "demo-koordinator")
    page.goto(AT)

    tab_to(page, "Skjemaene til stedet du koordinerer")
    tab_to(page, "Ta inn et skjema")
    page.locator("input[type=file]").set_input_files(str(tmp_path / "skjema.json"))
    tab_to(page, "Les skjemaet", "button")
    page.get_by_text("Ingenting er lagret ennå.").wait_for()
    page.locator("summary", has_text="Her skal det legges ved en fil.").press("Enter")
    page.get_by_text("Legg ved et bilde").wait_for()
    assert Questionnaire.objects.count() == 1
    page.get_by_label("Jeg har lov til å bruke skjemaet slik").press("Space")
    tab_to(page, "Ta inn skjemaet", "button")
    page.get_by_text("Skjemaet er tatt inn.").wait_for()
    page.context.close()

    assert Questionnaire.objects.filter(title="Uka deres", organisation__slug="lyngheim").count() == 1


def _tab_into(page: Any, label: str, most: int = 60) -> None:
    """Press Tab until the field by that label has focus."""
    wanted = page.get_by_label(label, exact=True).first
    wanted.wait_for()
    for _ in range(most):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(label)
