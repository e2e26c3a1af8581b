"""Telling in a real browser: alone by keyboard at 390 px, with an editor, without script, and axe on every page."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from knutepunkt.config.installation import seed_demo
from knutepunkt.organisations.queries import demo_organisation
from knutepunkt.people.models import Person
from knutepunkt.stories.actions import telling as actions
from knutepunkt.stories.actions import telling_heard, telling_showing
from knutepunkt.stories.actions.publishing import content_of
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.models import Item, Published
from knutepunkt.themes.actions import load_vocabularies
from tests.browser.looking import context_of, faults_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
]
AT = "/bibliotek/fortell"


@pytest.fixture
def house(live_server: Any, settings: Any) -> Any:
    settings.DEMO = True
    load_vocabularies()
    seed_demo()
    return live_server


def handle(state: str, who: str) -> str:
    return Item.objects.get(state=state, person__chosen_name=who, is_demo=True).handle


def pages() -> dict[str, list[str]]:
    draft, shown = handle("draft", "Tuva"), handle("published", "Tuva")
    resting, editing, sound = handle("resting", "Halvor"), handle("editing", "Kari"), handle("published", "Ingvild")
    company = actions.start_story(person=Person.objects.get(chosen_name="Siri", is_demo=True))
    actions.ask_company(item=company, organisation=demo_organisation("lyngheim"))
    telling_heard.ask_how_it_is()
    telling_heard.tell_of_thanks()
    telling_heard.answer_how(item=Item.objects.get(handle=sound), words="Litt rart, men godt.", shares=True)
    return {
        "": [f"{AT}/", f"{AT}/{draft}/", f"{AT}/takk/{shown}/"],
        "Tuva": [f"{AT}/", f"{AT}/mine/", *(f"{AT}/{draft}/{name}" for name in ("", "ord/", "om/", "lyd-og-bilde/", "se-over/", "slik-blir-den/", "sammen/", "ta-tilbake/")),
                 *(f"{AT}/{shown}/{name}" for name in ("", "valg/", "hvordan-er-det/", "ta-tilbake/", "lyd-og-bilde/"))],
        "Halvor": [f"{AT}/{resting}/"],
        "Ingvild": [f"{AT}/{sound}/slik-blir-den/"],
        "Kari": [f"{AT}/{editing}/", f"{AT}/{editing}/endringer/", f"{AT}/{editing}/se-over/"],
        "Fatima": [f"{AT}/{editing}/redaktor/", f"{AT}/{editing}/redaktor/?del=text.0", f"{AT}/skriv-sammen/{company.handle}/",
                   f"/bibliotek/redaksjon/meldt/{shown}/", f"{AT}/{sound}/hvordan-er-det/les/"],
        "Ailin": [f"{AT}/mine/"],
    }  # fmt: skip


def test_every_page_of_telling_is_accessible(chromium: Any, house: Any) -> None:
    assert faults_of(chromium, house.url, pages()) == []


# -- a story alone, by keyboard, on a phone -----------------------------------------------------------
def test_telling_alone_without_an_account_by_keyboard(chromium: Any, house: Any) -> None:
    context = context_of(chromium, house.url)
    page = context.new_page()

    page.goto(f"{AT}/")
    page.get_by_role("button", name="Begynn å fortelle").press("Enter")
    code = page.locator(".kp-codecard-code").inner_text()
    page.get_by_role("link", name="Jeg har den. Begynn").press("Enter")
    page.get_by_label("Hva heter den?").press_sequentially("Benken")
    page.get_by_label("Fortell", exact=False).first.press_sequentially("Jeg satt på benken i Solvik. Kari Moltebakk satte seg ved siden av.")
    page.get_by_role("button", name="Lagre").press("Enter")
    page.get_by_text("Det er lagret. Bare du kan se det.").wait_for()
    page.get_by_role("link", name="Hva den handler om").press("Enter")
    choice = page.get_by_label("Andre som har vært der")
    page.wait_for_load_state("networkidle")  # what opens and closes is wired by script
    page.locator("summary", has_text="Hva hjalp?").press("Enter")
    choice.wait_for()
    choice.press("Space")
    expect(choice).to_be_checked()
    page.get_by_role("button", name="Lagre valgene").press("Enter")
    page.get_by_text("Valgene er lagret.").wait_for()
    page.get_by_role("link", name="Se over, og send").press("Enter")
    page.get_by_role("group", name=re.compile("Kari Moltebakk")).get_by_label("Bytt ut med").press("Space")
    page.get_by_role("button", name="Gjør det slik").press("Enter")
    page.get_by_text("Det er gjort slik du valgte.").wait_for()
    page.get_by_label("Erfaringsbiblioteket").press("Space")
    page.get_by_label(re.compile("Jeg har lest den slik andre vil se den")).press("Space")
    page.get_by_role("button", name="Send den").press("Enter")
    page.get_by_text("Den er sendt").first.wait_for()
    context.close()

    item = Item.objects.get(person=None, is_demo=False)
    assert item.state == State.SENT
    assert "[navn 1] satte seg" in content_of(item)["text"]
    assert content_of(item)["terms"] == ["library:helped.peers"]

    other = context_of(chromium, house.url)
    page = other.new_page()
    page.goto("/samtykke/kode/")
    page.get_by_label("Koden på lappen").press_sequentially(code)
    page.get_by_role("button", name="Åpne").press("Enter")
    page.get_by_role("link", name="Se det jeg har gitt").press("Enter")
    page.get_by_role("link", name="Ta den tilbake, og slett den").press("Enter")
    page.get_by_role("button", name="Ja, slett den").press("Enter")
    page.get_by_text("Ordene er slettet. Ingen kan lese dem.").wait_for()
    other.close()
    assert Item.objects.get(pk=item.pk).state == State.TAKEN_BACK


def test_telling_together_with_an_editor(chromium: Any, house: Any) -> None:
    teller, editor = context_of(chromium, house.url, "Tuva"), context_of(chromium, house.url, "Fatima")
    hers, theirs = teller.new_page(), editor.new_page()
    draft = handle("draft", "Tuva")

    hers.goto(f"{AT}/{draft}/sammen/")
    hers.get_by_role("button", name="Gå videre").press("Enter")
    hers.get_by_label("Hvem?").select_option(label="Fatima")
    hers.get_by_role("button", name="Spør").press("Enter")
    hers.get_by_text("Du skriver sammen med Fatima.").wait_for()
    theirs.goto(f"{AT}/mine/")
    theirs.get_by_role("link", name="Det jeg ikke sa i møtet").press("Enter")
    theirs.get_by_role("link", name="Foreslå noe annet for avsnitt 2").press("Enter")
    theirs.get_by_label("Slik kunne det stått").fill("De spurte om jeg hadde mer å si. Jeg sa nei.")
    theirs.get_by_role("button", name="Send forslaget").press("Enter")
    theirs.get_by_text("Forslaget er sendt til den som forteller.").wait_for()
    hers.goto(f"{AT}/{draft}/")
    hers.get_by_role("link", name="Se forslagene").press("Enter")
    hers.get_by_text("Slik kunne det stått").first.wait_for()
    hers.get_by_text("Skriv det på en tredje måte").press("Enter")
    hers.get_by_label("Skriv det på din måte").fill("De spurte om noe manglet. Jeg sa nei.")
    hers.get_by_role("button", name="Bruk mine ord").press("Enter")
    hers.get_by_text("Det er gjort slik du valgte.").wait_for()
    hers.goto(f"{AT}/{draft}/se-over/")
    hers.get_by_label("Erfaringsbiblioteket").press("Space")
    hers.get_by_label(re.compile("Jeg har lest den slik andre vil se den")).press("Space")
    hers.get_by_role("button", name="Send den").press("Enter")
    hers.get_by_text("Den er sendt").first.wait_for()
    telling_showing.accept_item(by=Person.objects.get(chosen_name="Fatima", is_demo=True), item=Item.objects.get(handle=draft))
    hers.reload()
    hers.get_by_role("button", name="La den hvile en uke til").press("Enter")
    hers.get_by_text("Den er tatt imot, og hviler").wait_for()
    hers.get_by_role("button", name="Stopp den").press("Enter")
    hers.get_by_text("Nå er det bare du som ser den.").wait_for()
    teller.close()
    editor.close()

    item = Item.objects.get(handle=draft)
    assert (item.state, item.is_edited) == (State.DRAFT, True)
    assert "De spurte om noe manglet." in content_of(item)["text"]
    assert not Published.objects.filter(item=item).exists()


def test_telling_without_script(chromium: Any, house: Any) -> None:
    context = context_of(chromium, house.url, "Tuva", java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{AT}/")
    page.get_by_label("Min egen").check()
    page.get_by_role("button", name="Begynn å fortelle").click()
    page.get_by_label("Hva heter den?").fill("Uten skript")
    page.locator("textarea[name=text]").fill("Det går an likevel.")
    page.get_by_role("button", name="Lagre").click()
    page.get_by_role("link", name="Se over, og send").click()
    page.get_by_label("Erfaringsbiblioteket").check()
    page.get_by_label(re.compile("Jeg har lest den slik andre vil se den")).check()
    page.get_by_role("button", name="Send den").click()
    page.get_by_text("Den er sendt").first.wait_for()
    context.close()


def test_what_is_typed_stands_after_a_reload(chromium: Any, house: Any) -> None:
    context = context_of(chromium, house.url, "Tuva")
    page = context.new_page()
    item = actions.start_story(person=Person.objects.get(chosen_name="Tuva", is_demo=True))

    page.goto(f"{AT}/{item.handle}/ord/")
    page.locator("textarea[name=text]").fill("Ikke lagret ennå.")
    page.wait_for_timeout(600)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()

    assert page.locator("textarea[name=text]").input_value() == "Ikke lagret ennå."
    context.close()
