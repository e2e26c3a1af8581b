"""The workbench in a real browser: coding by mouse and by keyboard alone, right places, others' work, corrections."""

import json
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect

from knutepunkt.inquiry.actions import coding
from knutepunkt.inquiry.actions.sources import correct_turn
from knutepunkt.inquiry.models import Coding, Passage, Source
from knutepunkt.people.models import Person
from tests import factories as make

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs Chromium"),
]
TEXT = """I: Hva hjelper?
D: Det var fint 😊 å bli sett 🎸. Da kom jeg tilbake neste dag.
I: Og hva mangler?
D: Noe å gå til om kvelden.
"""


@pytest.fixture
def lead() -> Person:
    return make.person("Ingvild")


@pytest.fixture
def source(lead: Person) -> Source:
    inquiry = make.inquiry(lead=lead)
    coding.add_code(by=lead, inquiry=inquiry, name="Håp")
    coding.add_code(by=lead, inquiry=inquiry, name="Fellesskap")
    teller, _code = make.participant(inquiry, by=lead)
    return make.source(inquiry, by=lead, text=TEXT, speakers={"I": "interviewer", "D": teller})


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def page(chromium: Any, live_server: Any, lead: Person, said: list[str]) -> Iterator[Page]:
    client = Client()
    client.force_login(lead, backend="django.contrib.auth.backends.ModelBackend")
    context = chromium.new_context(locale="nb-NO", viewport={"width": 1280, "height": 900})
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()


def open_bench(page: Page, live_server: Any, source: Source, place: str = "") -> None:
    page.goto(f"{live_server.url}/evaluering/{source.inquiry.slug}/kilder/{source.code}/koding/{place}")
    page.wait_for_selector("#arbeidsbenk[data-state=ready]")


def words_marked() -> dict[str, list[str]]:
    """The words of every passage, cut out of the text by the stored positions, with the names of its codes."""
    text = Source.objects.get().text
    return {
        text[p.start : p.end]: sorted(p.codings.values_list("code__name", flat=True))
        for p in Passage.objects.order_by("start")
    }


def drag_over(page: Page, words: str) -> None:
    """Mark words with the mouse, from before the first letter to after the last."""
    box = page.evaluate(
        """(words) => {
          const walker = document.createTreeWalker(document.querySelector('[data-part=text]'), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + words.length);
            const { left, right, top, height } = range.getBoundingClientRect();
            return [left, right, top + height / 2];
          }
        }""",
        words,
    )
    page.mouse.move(box[0] + 0.5, box[2])
    page.mouse.down()
    page.mouse.move(box[1] - 0.5, box[2], steps=5)
    page.mouse.up()


def test_mouse_marks_what_stands_after_an_emoji(page, live_server, source, said):
    open_bench(page, live_server, source)
    drag_over(page, "bli sett 🎸")
    page.get_by_role("listbox").get_by_role("option", name="Håp").click()
    page.get_by_role("button", name="Gi koden Håp").click()
    expect(page.locator("[data-part=aloud]")).to_have_text("Lagret: Håp")

    assert words_marked() == {"bli sett 🎸": ["Håp"]}
    page.reload()
    page.wait_for_selector("#arbeidsbenk[data-state=ready]")
    lit = page.evaluate(
        "[...CSS.highlights].filter(([name, lit]) => name !== 'kp-chosen' && lit.size)"
        ".map(([, lit]) => [...lit].map((r) => r.startContainer.data.slice(r.startOffset, r.endOffset)))"
    )
    assert lit == [["bli sett 🎸"]]
    assert said == []


def test_keyboard_alone_marks_codes_and_undoes(page, live_server, source, said):
    open_bench(page, live_server, source)
    text = page.get_by_role("feed")
    for _ in range(40):
        if page.evaluate("document.activeElement.closest('[data-part=text]') !== null"):
            break
        page.keyboard.press("Tab")
    expect(text.locator("article").first).to_be_focused()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    for _ in range(4):  # «Det», then «😊» and what follows it
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.type("hå")
    page.keyboard.press("Enter")
    page.keyboard.type("fell")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=aloud]")).to_have_text("Lagret: Håp, Fellesskap")
    assert words_marked() == {"å bli sett": ["Fellesskap", "Håp"]}
    expect(text.locator("article").nth(1)).to_be_focused()

    page.keyboard.press("Control+z")
    expect(page.locator("[data-part=aloud]")).to_have_text("Det siste er angret.")
    assert words_marked() == {}
    assert said == []


def test_new_code_can_be_made_where_it_is_needed(page, live_server, source):
    open_bench(page, live_server, source)
    drag_over(page, "om kvelden")
    page.get_by_role("combobox", name="Skriv for å finne en kode").fill("Kveldene")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Gi koden Kveldene").click()
    expect(page.locator("[data-part=aloud]")).to_have_text("Lagret: Kveldene")
    assert words_marked() == {"om kvelden": ["Kveldene"]}


def test_address_of_a_passage_shows_its_codes_and_only_own_can_be_taken_off(page, live_server, source, lead):
    other = make.person("Oskar")
    passage = make.passage(source, by=other, words="neste dag", name="Håp")
    own = source.inquiry.codes.get(name="Fellesskap")
    coding.code_passage(by=lead, passage=passage, codes=[own])
    open_bench(page, live_server, source, f"#p{passage.pk}")

    panel = page.locator("[data-part=place]")
    expect(panel).to_contain_text("neste dag")
    expect(panel).to_contain_text("Oskar")
    expect(panel.get_by_role("button", name="Ta av koden Håp")).to_have_count(0)
    panel.get_by_role("button", name="Ta av koden Fellesskap").click()
    expect(page.locator("[data-part=aloud]")).to_have_text("Koden Fellesskap er tatt av.")
    assert words_marked() == {"neste dag": ["Håp"]}


def test_corrected_text_is_told_and_the_choice_comes_along(page, live_server, source, lead):
    open_bench(page, live_server, source)
    drag_over(page, "neste dag")
    page.get_by_role("listbox").get_by_role("option", name="Håp").click()
    turn = source.turns.get(number=2)
    correct_turn(
        by=lead,
        turn=turn,
        text="Det var veldig fint 😊 å bli sett. Da kom jeg tilbake neste dag.",
        version=source.version,
    )
    page.get_by_role("button", name="Gi koden Håp").click()
    expect(page.locator("[data-part=warning]")).to_contain_text("Teksten er rettet.")
    assert not Coding.objects.exists()

    page.get_by_role("button", name="Last inn på nytt").click()
    page.get_by_role("button", name="Gi koden Håp").click()
    expect(page.locator("[data-part=aloud]")).to_have_text("Lagret: Håp")
    assert words_marked() == {"neste dag": ["Håp"]}


def test_others_work_comes_in_and_goes_out(page, live_server, source):
    open_bench(page, live_server, source)
    passage = make.passage(source, by=make.person("Oskar"), words="neste dag", name="Håp")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-part=count]")).to_have_text("Markeringer: 1")
    passage.delete()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-part=count]")).to_have_text("Markeringer: 0")


def test_turns_of_one_speaker_and_passages_of_one_code(page, live_server, source, lead):
    make.passage(source, by=lead, words="neste dag", name="Håp")
    make.passage(source, by=lead, words="om kvelden", name="Fellesskap")
    open_bench(page, live_server, source)
    page.get_by_label("Hvem snakker").select_option("interviewer")
    expect(page.locator("article:visible")).to_have_count(2)
    page.get_by_label("Hvem snakker").select_option("")
    page.get_by_role("button", name="Fellesskap").click()
    expect(page.locator("[data-part=count]")).to_have_text("Viser 1 av 2 markeringer")


@pytest.mark.parametrize("look", [(320, "light"), (1280, "dark")])
def test_no_barrier_in_any_state(page, live_server, source, lead, look):
    width, scheme = look
    passage = make.passage(source, by=lead, words="neste dag", name="Håp")
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    open_bench(page, live_server, source)
    barriers(page)
    page.evaluate(f"location.hash = '#p{passage.pk}'")
    expect(page.locator("[data-part=place]")).to_be_visible()
    barriers(page)
    page.locator("[data-card=more]").click()
    page.get_by_role("combobox", name="Skriv for å finne en kode").fill("h")
    barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def barriers(page: Page) -> None:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
    assert not found, json.dumps([(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found], indent=1)
