"""Caring for the library in a real browser: axe on every page; and a moderator's, an editor's and a peer's work at 390 px by keyboard."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import demo_organisation
from knutepunkt.people.models import Person
from knutepunkt.stories.actions import caring_desk as desk
from knutepunkt.stories.actions import caring_uses as uses
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.demo.caring import seed_caring
from knutepunkt.stories.models import Collection, DeskAnswer, Item, Published, Trained
from knutepunkt.stories.queries.caring_uses import questions_now
from knutepunkt.themes.actions import load_vocabularies
from tests import factories as make
from tests.browser.looking import faults_of, tab_to

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
]


class Desk:
    """The demo's desk, with a no that was replied to, a use that waits, one with a package, and what was found of each."""

    def __init__(self, server: Any) -> None:
        load_vocabularies()
        seed_caring()
        self.url, self.house = server.url, demo_organisation("lyngheim")
        self.mona, self.fatima, self.tuva = (Person.objects.get(handle=f"demo-{h}") for h in ("erfaringskonsulent", "redaktor", "deltaker"))
        self.second = Person.objects.get(handle="demo-brukerevaluator")
        make.role(self.second, Role.PEER_WORKER, self.house)
        Trained.objects.create(person=self.second, organisation=self.house, trained_on=timezone.localdate())
        self.waits = Item.objects.get(kind="story", person__handle="demo-parorende", state=State.SENT)
        own = Item.objects.get(kind="story", person=self.tuva, state=State.SENT)
        self.no = desk.decline(by=self.mona, item=own, seen=0, rule="others", sentence="Noen sa hei", words="Hvem var det? Spør dem gjerne først.")
        self.methods = list(Published.objects.filter(kind="method").order_by("pk"))
        self.use, self.ready = self._asked(self.methods[:1]), self._asked(self.methods)
        safe = [term.key for term in questions_now()[1]]
        for peer in (self.mona, self.second):
            uses.check_use(by=peer, use=self.ready, safe=safe)
        self.ready.refresh_from_db()
        self.package, _content = uses.hand_out_package(by=None, use=self.ready)

    def _asked(self, rows: list[Published]) -> Any:
        return uses.ask_for_use(
            by=None, items=[row.item for row in rows], purpose="teaching", place="Kurs for nye hjelpere i Solvik", name="Solvik",
            until_on=timezone.localdate() + timedelta(days=90), why="Vi vil lære av dem som har prøvd.", contact="kurs@eksempel.no",
        )  # fmt: skip

    def cookie(self, person: Person) -> str:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client.cookies["sessionid"].value

    def phone(self, chromium: Any, person: Person | None = None) -> Any:
        context = chromium.new_context(locale="nb-NO", viewport={"width": 390, "height": 800}, base_url=self.url)
        if person is not None:
            context.add_cookies([{"name": "sessionid", "value": self.cookie(person), "url": self.url}])
        return context.new_page()

    def pages(self) -> dict[str, list[str]]:
        at, example = f"/bibliotek/redaksjon/les/{self.waits.handle}/", Published.objects.filter(kind="example").order_by("pk")[0]
        collection, sent = Collection.objects.get(), Item.objects.get(kind="example", state=State.SENT)
        return {
            "": ["/bibliotek/regler/", "/bibliotek/samlinger/", f"/bibliotek/samlinger/{collection.handle}/", "/bibliotek/rapporter/", "/bibliotek/apent/",
                 f"/bibliotek/bruk/be/?ting={self.methods[0].handle}", "/bibliotek/bruk/be/", f"/bibliotek/bruk/sak/{self.ready.token}/",
                 f"/bibliotek/bruk/pakke/{self.package.token}/"],
            "demo-erfaringskonsulent": ["/bibliotek/redaksjon/", at, f"{at}endringer/", f"{at}nei/", f"{at}videre/", "/bibliotek/redaksjon/gitt-videre/"],
            "demo-brukerevaluator": [f"/bibliotek/redaksjon/bruk/{self.use.pk}/"],
            "demo-redaktor": ["/bibliotek/stell/", "/bibliotek/stell/nytt/example/", "/bibliotek/stell/nytt/research/", f"/bibliotek/stell/{example.handle}/",
                              f"/bibliotek/stell/{sent.handle}/", f"/bibliotek/stell/{example.handle}/filer/", f"/bibliotek/samlinger/{collection.handle}/endre/"],
            "demo-koordinator": ["/bibliotek/redaksjon/opplaering/lyngheim/"],
            "demo-kommunekontakt": ["/bibliotek/eksempel/"],
            "demo-deltaker": [f"/bibliotek/svar/{self.no.item.handle}/", f"/bibliotek/bruk/{self.no.item.handle}/"],
        }  # fmt: skip


@pytest.fixture
def at_desk(live_server: Any, settings: Any) -> Desk:
    settings.DEMO = True
    return Desk(live_server)


def test_every_page_of_caring_is_accessible(chromium: Any, at_desk: Desk) -> None:
    assert faults_of(chromium, at_desk.url, at_desk.pages()) == []


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_editors_menu_takes_one_row(chromium: Any, at_desk: Desk, language: str) -> None:
    page = at_desk.phone(chromium, at_desk.fatima)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.context.add_cookies([{"name": "sprak", "value": language, "url": at_desk.url}])

    page.goto("/bibliotek/redaksjon/")

    tops = page.locator(".kp-nav > li").evaluate_all("lines => lines.map((line) => Math.round(line.getBoundingClientRect().top))")
    assert len(tops) > 11
    assert len(set(tops)) == 1


def test_what_is_chosen_stands_on_the_lid(chromium: Any, at_desk: Desk) -> None:
    example = Published.objects.filter(kind="example").order_by("pk")[0]
    page = at_desk.phone(chromium, at_desk.fatima)
    page.goto(f"/bibliotek/stell/{example.handle}/")
    lid = page.locator("summary", has_text="Hva hjalp?")
    page.wait_for_load_state("networkidle")  # what opens and closes is wired by script

    choice = page.get_by_label("Natur og dyr")
    lid.press("Enter")
    choice.wait_for()
    choice.press("Space")
    expect(choice).to_be_checked()
    lid.press("Enter")
    expect(lid.locator("[data-chosen]")).to_have_text("Natur og dyr")
    expect(lid.locator("[data-chosen]")).to_be_visible()
    page.get_by_role("button", name="Lagre").press("Enter")
    page.get_by_text("Det er lagret.").wait_for()

    assert "Natur og dyr" in page.locator("summary", has_text="Hva hjalp?").inner_text()


def test_a_moderator_reads_and_says_no_by_rule_and_sentence_by_keyboard(chromium: Any, at_desk: Desk) -> None:
    page = at_desk.phone(chromium, at_desk.mona)
    page.goto("/bibliotek/redaksjon/")

    tab_to(page, page.locator("article.kp-row a").first.inner_text())
    page.get_by_text("Nå går jeg tur på torsdager.").wait_for()
    tab_to(page, "Si nei")
    page.get_by_label("Andre mennesker kan ikke kjennes igjen uten at de har sagt ja.").press("Space")
    page.get_by_label("Hvilken setning gjelder det?").press_sequentially("Jeg har vært bror hele livet.")
    tab_to(page, "Send svaret", "button")
    page.get_by_text("Svaret er sendt.").wait_for()

    at_desk.waits.refresh_from_db()
    assert at_desk.waits.state == State.DECLINED


def test_too_heavy_is_put_down_by_keyboard_without_a_word(chromium: Any, at_desk: Desk) -> None:
    page = at_desk.phone(chromium, at_desk.mona)
    page.goto(f"/bibliotek/redaksjon/les/{at_desk.waits.handle}/")

    tab_to(page, "Gi den videre")
    tab_to(page, "Gi den videre", "button")
    page.get_by_text("Takk for at du passet på.").wait_for()
    assert page.get_by_role("link", name="Noen å snakke med").count() == 1
    tab_to(page, "Tilbake til bordet")
    page.get_by_text("Ingen venter på deg nå").wait_for()


def test_the_teller_replies_and_another_decides(chromium: Any, at_desk: Desk) -> None:
    teller = at_desk.phone(chromium, at_desk.tuva)
    teller.goto(f"/bibliotek/svar/{at_desk.no.item.handle}/")
    teller.get_by_text("Noen sa hei").first.wait_for()
    teller.get_by_label("Hva vil du si?").press_sequentially("Ingen kan kjenne igjen et hei.")
    tab_to(teller, "Send svaret mitt", "button")
    teller.get_by_text("leser nå alt på nytt").wait_for()

    second = at_desk.phone(chromium, at_desk.second)
    second.goto("/bibliotek/redaksjon/")
    second.get_by_role("link", name=re.compile("^Svart ")).press("Enter")
    second.get_by_text("Ingen kan kjenne igjen et hei.").wait_for()
    second.get_by_label("Den tas inn likevel").press("Space")
    second.get_by_label("Hvorfor? Den som fortalte, får lese dette.").press_sequentially("Du har rett.")
    tab_to(second, "Bestem", "button")
    second.get_by_text("Det er bestemt.").wait_for()

    answer = DeskAnswer.objects.get(pk=at_desk.no.pk)
    assert answer.stands is False
    assert Item.objects.get(pk=answer.item_id).state == State.RESTING


def test_a_peer_checks_a_use_and_the_holder_fetches_the_package(chromium: Any, at_desk: Desk) -> None:
    peer = at_desk.phone(chromium, at_desk.second)
    peer.goto(f"/bibliotek/redaksjon/bruk/{at_desk.use.pk}/")
    for radio in peer.get_by_label("Ja", exact=True).all():
        radio.press("Space")
    tab_to(peer, "Send svaret mitt", "button", most=120)
    peer.get_by_text("Takk. Du svarte ja.").wait_for()

    holder = at_desk.phone(chromium)
    holder.goto(f"/bibliotek/bruk/sak/{at_desk.ready.token}/")
    with holder.expect_download() as download:
        holder.get_by_role("button", name="Hent pakken").press("Enter")

    assert download.value.suggested_filename.endswith(".zip")
    assert at_desk.ready.packages.count() == 2
