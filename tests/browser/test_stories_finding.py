"""Finding and reading in a real browser: axe on every page, a phone by keyboard alone, and all of it without script."""

from typing import Any

import pytest
from django.test import Client

from knutepunkt.journey.actions.keeping import keep_note
from knutepunkt.organisations.models import Organisation
from knutepunkt.stories.models import Published
from knutepunkt.themes.actions import load_vocabularies
from tests import factories as make
from tests.browser.looking import faults_of, tab_to
from tests.stories.shelves import put, whole_collection

pytestmark = [pytest.mark.browser, pytest.mark.django_db(databases=["default", "keys"], transaction=True)]
TEXT = (
    "De la meg i belter i fire timer. Ingen snakket med meg etterpå.\n\n"
    "Jeg klaget til kontrollkommisjonen og fikk medhold. Det tok to år. I dag sitter jeg i brukerrådet på den samme avdelingen.\n\n"
    "Jeg ville bli spurt. Det er alt jeg ber om."
)


@pytest.fixture
def library(live_server: Any) -> dict[str, Published]:
    load_vocabularies()
    Organisation.objects.create(name="Troms", sort_name="troms", kind="county", slug="troms", code="55")
    place = make.organisation("Havna")
    found = whole_collection()
    found["heavy"] = put(
        "Belter og brukerråd", TEXT, summary="Om å bli bundet, og om å få en stol ved bordet.", notes=["violence", "mental-health"],
        terms=["library:topic.coercion", "library:topic.rights", "library:tone.matter-of-fact", "chime:empowerment.control"], region="5501", organisation=place,
        person=make.person(), teller_name="Røsslyng",
    )  # fmt: skip
    found["example"] = put(
        "Musikkrommet på kaia", "", kind="example", organisation=place, summary="Et øvingsrom der ingen må være flink.", need="Ungdom hadde ingen steder å spille.",
        did="Vi ryddet et lager og lånte instrumenter.", with_whom="Kulturskolen og to likepersoner.", changed="Tolv spiller fast.",
        not_changed="Vi har fortsatt ikke penger til en lydtekniker.", contact="Halvor, som er vert", region="5501",
    )  # fmt: skip
    return found


def paths(library: dict[str, Published]) -> list[str]:
    heavy = f"/bibliotek/les/{library['heavy'].handle}/"
    return [
        "/bibliotek/", "/bibliotek/?q=ensomhet", "/bibliotek/?q=ensomhte&valg=kind:story", "/bibliotek/?q=xyzzyq", "/bibliotek/?q=bo+alene+sjø&uten=content-notes:death",
        "/bibliotek/mangler/", "/bibliotek/vis-ikke/", heavy, f"{heavy}?apne=1", f"{heavy}?apne=1&stor=1", f"{heavy}tungt/", f"{heavy}vis-ikke/", f"{heavy}meld-fra/",
        f"/bibliotek/les/{library['example'].handle}/", "/bibliotek/les/finnes2ikke/",
    ]  # fmt: skip


def test_every_page_of_finding_is_accessible(chromium: Any, live_server: Any, library: dict[str, Published]) -> None:
    assert faults_of(chromium, live_server.url, {"": paths(library)}) == []


def phone(chromium: Any, live_server: Any, **more: Any) -> Any:
    return chromium.new_context(locale="nb-NO", viewport={"width": 390, "height": 800}, base_url=live_server.url, **more)


def test_a_reader_finds_reads_and_is_spared_by_keyboard_alone(chromium: Any, live_server: Any, library: dict[str, Published]) -> None:
    context = phone(chromium, live_server)
    page = context.new_page()
    page.goto("/bibliotek/")

    page.get_by_label("Hva leter du etter?").focus()
    page.keyboard.type("brukerråd belter")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    tab_to(page, "Belter og brukerråd")
    page.get_by_text("Her står det noe om: vold").wait_for()
    assert not page.get_by_text("I dag sitter jeg i brukerrådet").is_visible()
    tab_to(page, "Les likevel")
    page.get_by_text("I dag sitter jeg i brukerrådet").wait_for()
    tab_to(page, "Dette ble tungt")
    page.get_by_text("Du trenger ikke lese ferdig").wait_for()
    tab_to(page, "Jeg vil ikke møte dette igjen")
    tab_to(page, "Akkurat denne", "button")
    page.get_by_text("Du møter ikke dette igjen her.").wait_for()
    page.goto("/bibliotek/?q=brukerråd")
    assert not page.get_by_role("link", name="Belter og brukerråd").count()
    page.goto("/bibliotek/vis-ikke/")
    page.get_by_label("Vis det igjen, alt sammen").check()
    page.get_by_role("button", name="Lagre").press("Enter")
    page.get_by_text("Det er lagret.").wait_for()
    page.goto("/bibliotek/?q=brukerråd")
    page.get_by_role("link", name="Belter og brukerråd").wait_for()
    context.close()


def test_finding_choosing_and_reading_without_script(chromium: Any, live_server: Any, library: dict[str, Published]) -> None:
    context = phone(chromium, live_server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/bibliotek/")

    page.get_by_label("Hva leter du etter?").fill("sorg")
    page.get_by_role("button", name="Let").click()
    before = page.locator("article.kp-row").count()
    page.get_by_text("Velg hva du vil møte").click()
    page.get_by_label("Godt eksempel").check()
    page.get_by_role("button", name="Vis", exact=True).click()
    assert before > page.locator("article.kp-row").count() >= 1
    page.goto(f"/bibliotek/les/{library['heavy'].handle}/")
    page.get_by_role("link", name="Les likevel").click()
    page.get_by_text("I dag sitter jeg i brukerrådet").wait_for()
    page.get_by_role("link", name="Større tekst").click()
    assert page.locator(".kp-story-large").count() == 1
    assert not page.get_by_role("button", name="Les høyt for meg").is_visible()
    assert not page.get_by_role("button", name="Skriv ut").is_visible()
    assert page.get_by_role("link", name="Legg den bort").bounding_box()["y"] < 800  # near from the first word on
    context.close()


def test_a_reader_meets_own_words_when_it_became_heavy_and_can_have_it_read_aloud(
    chromium: Any, live_server: Any, library: dict[str, Published]
) -> None:
    reader, client = make.person("Tuva"), Client()
    keep_note(by=reader, kind="strategy", content={"text": "Ring Siri", "in_hard_moments": True})
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    context = phone(chromium, live_server)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()

    page.goto(f"/bibliotek/les/{library['heavy'].handle}/?apne=1")
    button = page.get_by_role("button", name="Les høyt for meg")
    button.click()
    page.get_by_role("button", name="Stopp").or_(page.get_by_text("Denne enheten har ingen stemme å lese med.")).wait_for()
    page.goto(f"/bibliotek/les/{library['heavy'].handle}/tungt/")
    page.get_by_text("Ring Siri").wait_for()
    context.close()
