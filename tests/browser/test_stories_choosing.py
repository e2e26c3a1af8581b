"""A story for me now, in a real browser: axe on every page, a phone by keyboard alone, and without script."""

from typing import Any

import pytest

from knutepunkt.stories.actions.publishing import keep_content, put_out
from knutepunkt.stories.methods.contents import clean
from knutepunkt.stories.models import Item, Published
from knutepunkt.stories.views.finding_asked import whole_sentence
from knutepunkt.themes.actions import load_vocabularies
from knutepunkt.web.jobs import work_off
from tests.browser.looking import faults_of, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(databases=["default", "keys"], transaction=True)]
STORIES = (
    ("Kaia om morgenen", "Lyset kom tilbake litt etter litt.", ["library:tone.hopeful", "library:helped.nature", "library:situation.small-place"], []),
    ("Ventetid", "Det står stille. Det er også en historie.", ["library:shape.standing-still", "chime:difficulties"], ["mental-health"]),
    ("Torsdagskoret", "Eg song før eg snakka.", ["library:tone.hopeful", "library:helped.art"], []),
    ("Brevet fra kommunen", "Jeg ble sint, og det var på sin plass.", ["library:tone.angry", "library:topic.rights"], []),
    ("Søstra mi", "Å være pårørende er å være redd med dekket bord.", ["library:topic.next-of-kin", "library:tone.sad"], ["death"]),
)  # fmt: skip


@pytest.fixture
def shelf(live_server: Any) -> list[Published]:
    load_vocabularies()
    found = []
    for title, text, terms, notes in STORIES:
        item = Item.objects.create(kind="story")
        keep_content(item, clean("story", {"title": title, "summary": text, "text": f"{text} " * 30, "terms": terms, "notes": notes, "teller_name": "Alm"}))
        found.append(put_out(item, may_be_found=False))
    work_off()
    return found


def opened(chromium: Any, live_server: Any, **more: Any) -> Any:
    return chromium.new_context(**{"locale": "nb-NO", "viewport": {"width": 390, "height": 800}, "base_url": live_server.url, **more})


def test_every_page_of_choosing_is_accessible(chromium: Any, live_server: Any, shelf: list[Published]) -> None:
    paths = ["", "fortelling/?nr=1", f"etter/{shelf[0].handle}/", "slett/", f"lik/{shelf[0].handle}/", "mening/", f"mening/{whole_sentence('synge sammen')}"]
    assert faults_of(chromium, live_server.url, {"": [f"/bibliotek/for-meg/{path}" for path in paths]}) == []


@pytest.mark.parametrize("script", [True, False])
def test_a_reader_asks_reads_answers_and_lets_go_by_keyboard_alone(chromium: Any, live_server: Any, shelf: list[Published], script: bool) -> None:
    context = opened(chromium, live_server, java_script_enabled=script)
    page = context.new_page()
    page.goto("/bibliotek/for-meg/")
    page.get_by_label("Overrask meg").focus()
    page.keyboard.press("ArrowUp")  # honest
    page.keyboard.press("ArrowUp")  # hope
    tab_to(page, "Finn en fortelling", "button")
    page.wait_for_url("**/fortelling/**")
    first = page.locator("[data-first] a").inner_text()
    assert first in {"Kaia om morgenen", "Torsdagskoret"}
    assert page.locator("[data-first]").get_by_text("Fordi den har med").is_visible()
    tab_to(page, "Les den")
    page.wait_for_url("**/les/**")
    tab_to(page, "Hvordan var den for deg?")
    page.wait_for_url("**/etter/**")
    page.locator("[name=hope]").nth(4).focus()
    page.keyboard.press("Space")
    tab_to(page, "Behold svarene", "button")
    page.get_by_text("Det er lagret. Bare du ser det.").wait_for()
    tab_to(page, "Slett det som er husket")
    page.wait_for_url("**/slett/**")
    tab_to(page, "Slett alt", "button")
    page.get_by_text("Alt er slettet.").wait_for()
    assert not [cookie for cookie in context.cookies() if cookie["name"] == "for-meg"]
    context.close()
