"""A person's way in a real browser, from an empty notebook to a talk of two, on a small and a large screen."""

import re
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from knutepunkt.journey.queries.own import notes_of
from knutepunkt.people.actions import make_person
from knutepunkt.themes.actions import load_vocabularies
from tests.browser.looking import RULES
from tests.journey.test_own import client_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
]
SIZES = [(320, 640, "dark"), (1280, 800, "light")]


def page_of(chromium: Any, house: Any, size: tuple[int, int, str], person: Any = None) -> Any:
    width, height, scheme = size
    context = chromium.new_context(
        locale="nb-NO", viewport={"width": width, "height": height}, color_scheme=scheme, base_url=house.url,
        reduced_motion="reduce",
    )  # fmt: skip
    if person is not None:
        session = client_of(person).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": house.url}])
    return context.new_page()


def calm(page: Any) -> None:
    """What is on the screen breaks no rule of access and is no wider than the screen."""
    found = [f"{v['id']} {v['nodes'][0]['target']}" for v in Axe().run(page, options=RULES).response["violations"]]
    assert found == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), page.url


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("size", SIZES, ids=["320", "1280"])
def test_a_persons_way(chromium: Any, live_server: Any, size: tuple[int, int, str]) -> None:
    load_vocabularies()
    her, kari = make_person(by="test", chosen_name="Tiril"), make_person(by="test", chosen_name="Kari")
    page = page_of(chromium, live_server, size, her)

    begins(page)
    checks_in_by_keyboard_alone(page)
    sets_a_goal_with_a_step(page)
    writes_a_plan_and_has_a_hard_moment(page)
    code = shares_by_link(page)
    guest = reads_without_account(chromium, live_server, size, code)
    helper = page_of(chromium, live_server, size, kari)
    takes_the_link(helper, code)
    talks_from_both_sides(page, helper)
    gives_the_signal(page, helper)
    stops_it(page, helper, guest)
    assert {note.kind for note in notes_of(her)} >= {"settings", "matter", "checkin", "goal", "step", "plan", "talk", "wish", "signal"}


def begins(page: Any) -> None:
    page.goto("/min-vei/")
    calm(page)
    press(page, "Videre")
    page.get_by_label("Med dine ord").fill("Kaia om morgenen")
    press(page, "Videre")
    press(page, "Hopp over")
    assert page.get_by_role("heading", name="Min vei", level=1).or_(page.locator("h1")).first.is_visible()
    calm(page)


def checks_in_by_keyboard_alone(page: Any) -> None:
    page.goto("/min-vei/innsjekk/")
    calm(page)
    page.get_by_label("Hvordan har du det?").focus()
    page.keyboard.type("Grått, men greit.")
    page.keyboard.press("Tab")
    chosen = page.evaluate("document.activeElement.type")
    assert chosen == "radio"
    first = page.evaluate("document.activeElement.name")
    while page.evaluate("document.activeElement.value") != "4":
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") != first
    page.get_by_label("Hvordan har du det?").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "Lagre":
            break
    page.keyboard.press("Enter")
    page.get_by_text("Takk for at du tok deg tid.").wait_for()
    page.goto("/min-vei/veien/")
    assert page.get_by_text("Grått, men greit.").first.is_visible()
    calm(page)


def sets_a_goal_with_a_step(page: Any) -> None:
    page.goto("/min-vei/del/mal/ny/")
    page.get_by_label("Hva vil du?").fill("Synge igjen")
    press(page, "Lagre")
    page.get_by_label("Et lite steg").fill("Ringe koret")
    press(page, "Legg til steget")
    press(page, "Gjort")
    page.get_by_text("Ringe koret").first.wait_for()
    page.get_by_role("button", name="Ta fram igjen").wait_for()
    calm(page)


def writes_a_plan_and_has_a_hard_moment(page: Any) -> None:
    page.goto("/min-vei/plan/skriv/")
    page.locator("textarea[name=helps]").fill("Gå til kaia\nRinge Solveig")
    page.locator("textarea[name=call]").fill("Solveig 400 00 001")
    press(page, "Lagre planen")
    page.get_by_role("link", name="Endre planen").wait_for()
    page.wait_for_load_state()
    calm(page)
    page.get_by_role("link", name="Akkurat nå er det vanskelig").click()
    page.get_by_text("Gå til kaia").first.wait_for()
    assert page.get_by_role("link", name=re.compile("Solveig")).get_attribute("href") == "tel:40000001"
    calm(page)


def shares_by_link(page: Any) -> str:
    page.goto("/min-vei/deling/ny/")
    page.get_by_label("Hva kaller du personen?").fill("Kari fra kommunen")
    for part in ("Mål og steg", "Samtaler"):
        page.get_by_label(part, exact=True).check()
    page.get_by_label("Til og med").fill((timezone.localdate() + timedelta(days=9)).isoformat())
    calm(page)
    press(page, "Lag lenka")
    calm(page)
    found = re.search(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b", page.locator("main").inner_text())
    assert found
    return found[0]


def reads_without_account(chromium: Any, house: Any, size: tuple[int, int, str], code: str) -> Any:
    guest = page_of(chromium, house, size)
    guest.goto(reverse("journey:link"))
    calm(guest)
    guest.get_by_label("Koden").fill(code)
    guest.get_by_label("Koden").press("Enter")
    guest.get_by_text("Synge igjen").wait_for()
    assert not guest.get_by_text("Kaia om morgenen").count()
    calm(guest)
    return guest


def takes_the_link(helper: Any, code: str) -> None:
    helper.goto(reverse("journey:link"))
    helper.get_by_label("Koden").fill(code)
    helper.get_by_label("Koden").press("Enter")
    press(helper, "Knytt delingen til kontoen min")
    helper.get_by_label("Et forslag til et mål").fill("Bli med på øving")
    calm(helper)
    helper.get_by_label("Et forslag til et mål").press("Enter")
    helper.get_by_text("Forslaget er sendt.").wait_for()


def talks_from_both_sides(page: Any, helper: Any) -> None:
    page.goto("/min-vei/samtaler/")
    page.get_by_role("link", name="Noe jeg vil snakke om").click()
    page.get_by_label("Noe jeg vil snakke om").fill("Å sove")
    press(page, "Lagre")
    calm(page)
    helper.goto("/min-vei/hos-andre/")
    assert helper.get_by_text("Å sove").first.is_visible()
    calm(helper)
    helper.get_by_role("link", name="Tiril").first.click()
    helper.get_by_role("link", name=re.compile("Å sove")).first.click()
    helper.get_by_label("Skriv her").fill("Vi prøver tidligere kveld.")
    calm(helper)
    press(helper, "Lagre")
    page.reload()
    press(page, "Ja, dette stemmer for meg")
    assert page.get_by_text("Dere har begge sagt ja til dette.").is_visible()
    page.get_by_role("link", name="Fire korte spørsmål").click()
    calm(page)
    page.goto("/min-vei/samtaler/")
    calm(page)


def gives_the_signal(page: Any, helper: Any) -> None:
    page.goto("/min-vei/signal/")
    page.get_by_role("link", name="Skriv et ønske").click()
    page.get_by_label("Hva ønsker du?").fill("Ring søsteren min.")
    page.get_by_label("Kari fra kommunen").check()
    calm(page)
    press(page, "Lagre")
    press(page, "Gi signal")
    assert page.get_by_text("Signalet er åpent nå.").is_visible()
    calm(page)
    helper.goto("/min-vei/hos-andre/")
    helper.get_by_role("link", name="Tiril").first.click()
    assert helper.get_by_text("Ring søsteren min.").is_visible()


def stops_it(page: Any, helper: Any, guest: Any) -> None:
    page.goto("/min-vei/deling/")
    assert page.get_by_text("åpnet det du deler").first.is_visible()
    calm(page)
    page.get_by_role("link", name="Kari fra kommunen").first.click()
    calm(page)
    press(page, "Stopp delingen nå")
    page.get_by_text("Delingen er stoppet.").wait_for()
    helper.reload()
    assert not helper.get_by_text("Ring søsteren min.").count()
    guest.reload()
    assert not guest.get_by_text("Synge igjen").count()
