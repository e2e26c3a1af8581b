"""A journey on a bad line, in a real browser: written sealed on the device, sent once, nothing left for the next person."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from knutepunkt.journey.actions import keeping
from knutepunkt.journey.queries.own import notes_of
from knutepunkt.people.actions import make_person
from tests.browser.house import House
from tests.browser.looking import LOOKS, RULES, faults_on
from tests.conftest import BROWSER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(databases=["default", "keys"], transaction=True)]
PICTURES = os.environ.get("KNUTEPUNKT_PICTURES")
FRONT = re.compile(r":\d+/$")
WORD = "blåklokkestien"
CONTROLLED = """() => new Promise((yes) => navigator.serviceWorker.controller
    ? yes() : navigator.serviceWorker.addEventListener("controllerchange", () => yes()))"""


@pytest.fixture
def her(live_server: Any) -> Any:
    person = make_person(by="test", chosen_name="Tiril")
    keeping.keep_note(by=person, kind="settings", content={"parts": ["checkins", "goals", "plan"]})
    keeping.keep_note(by=person, kind="dimension", content={"name": "Søvn", "less": "lite", "more": "nok"})
    keeping.keep_note(by=person, kind="plan", content={"helps": [f"Gå {WORD}"], "call": [{"name": "Siri", "phone": "400 00 000"}]})
    goal = keeping.keep_note(by=person, kind="goal", content={"text": "Synge i kor", "is_important": True})
    person.goal = goal.pk
    return person


def cookie(person: Any, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}


def ready(page: Any, address: str = "") -> None:
    if address:
        page.goto(address)
    page.wait_for_selector("html[data-ready]")


def device(chromium: Any, live_server: Any, person: Any = None, width: int = 390) -> Any:
    context = chromium.new_context(locale="nb-NO", viewport={"width": width, "height": 800}, base_url=live_server.url)
    if person is not None:
        sign_in(context, live_server, person)
    context.set_default_timeout(10_000)
    page = context.new_page()
    ready(page, "/min-vei/" if person is not None else "/min-vei/uten-konto/")
    page.evaluate(CONTROLLED)
    return page


def sign_in(context: Any, live_server: Any, person: Any) -> None:
    context.add_cookies([cookie(person, live_server.url)])


def back_online(page: Any) -> None:
    """The line is back; the page on the device sends and opens the house's own by itself."""
    page.context.set_offline(False)
    page.wait_for_selector("[data-device]:not([data-at=offline])", state="attached")
    ready(page)


def picture(page: Any, name: str) -> None:
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{re.sub('[^a-z0-9]+', '-', name)}.png"), full_page=True)


def write_offline(page: Any, words: str = WORD) -> None:
    page.context.set_offline(True)
    ready(page, "/min-vei/innsjekk/")
    page.get_by_label("Hvordan har du det?").fill(words)
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.wait_for_url("**/min-vei/")
    expect(page.get_by_text("Én ting venter på nett")).to_be_visible()
    picture(page, "390 venter")


@pytest.fixture
def phone(chromium: Any, live_server: Any, her: Any) -> Iterator[Any]:
    page = device(chromium, live_server, her)
    yield page
    page.context.close()


def checkins(person: Any) -> list[str]:
    return [n.content["words"] for n in notes_of(person, "checkin")]


def test_a_check_in_without_a_connection_survives_a_reload_and_becomes_one_note(phone: Any, her: Any) -> None:
    phone.context.set_offline(True)
    ready(phone, "/min-vei/innsjekk/")
    phone.get_by_label("Hvordan har du det?").fill(WORD)
    phone.get_by_role("group", name="Søvn").get_by_role("radio").nth(3).check()
    phone.get_by_role("button", name="Lagre", exact=True).click()
    expect(phone.get_by_text("Én ting venter på nett")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("Én ting venter på nett")).to_be_visible()
    assert checkins(her) == []

    back_online(phone)

    assert checkins(her) == [WORD]
    [own] = notes_of(her, "dimension")
    assert notes_of(her, "checkin")[0].content["marks"] == {str(own.id): 4}
    expect(phone.get_by_text("venter på nett")).to_be_hidden()


def test_online_it_is_stored_at_once_and_the_house_says_so(phone: Any, her: Any) -> None:
    ready(phone, "/min-vei/innsjekk/")
    phone.get_by_label("Hvordan har du det?").fill(WORD)
    phone.get_by_role("button", name="Lagre", exact=True).click()

    expect(phone.get_by_text("Takk for at du tok deg tid.")).to_be_visible()
    assert checkins(her) == [WORD]


def test_the_plan_is_read_and_changed_without_a_connection(phone: Any, her: Any) -> None:
    phone.context.set_offline(True)
    ready(phone, "/min-vei/plan/")
    expect(phone.get_by_text(f"Gå {WORD}")).to_be_visible()
    expect(phone.get_by_role("link", name="Siri 400 00 000")).to_be_visible()
    phone.get_by_role("link", name="Endre planen").click()
    ready(phone)
    phone.locator("[name=helps]").fill(f"Gå {WORD}\nTe")
    phone.get_by_role("button", name="Lagre planen").click()
    phone.wait_for_url("**/min-vei/plan/")
    expect(phone.get_by_text("Te", exact=True)).to_be_visible()

    back_online(phone)

    [plan] = notes_of(her, "plan")
    assert plan.content["helps"] == [f"Gå {WORD}", "Te"]
    assert plan.content["call"] == [{"name": "Siri", "phone": "400 00 000"}]


def test_steps_are_added_and_done_without_a_connection(phone: Any, her: Any) -> None:
    phone.context.set_offline(True)
    ready(phone, f"/min-vei/mal/{her.goal}/")
    phone.get_by_label("Et lite steg").fill("Ringe Randi")
    phone.get_by_role("button", name="Legg til steget").click()
    phone.get_by_text("Ringe Randi").wait_for()
    phone.get_by_role("button", name="Gjort").click()
    phone.get_by_role("button", name="Ta fram igjen").wait_for()

    back_online(phone)

    [step] = notes_of(her, "step")
    assert (step.content["text"], step.content["is_done"], step.content["goal"]) == ("Ringe Randi", True, str(her.goal))


def test_an_answer_that_never_came_back_is_asked_for_again_and_stored_once(phone: Any, her: Any) -> None:
    tries = []

    def swallow(route: Any) -> None:
        tries.append(route.request.post_data)
        route.fetch()
        route.abort("connectionreset")

    phone.route("**/min-vei/send/", swallow)
    ready(phone, "/min-vei/innsjekk/")
    phone.get_by_label("Hvordan har du det?").fill(WORD)
    phone.get_by_role("button", name="Lagre", exact=True).click()
    expect(phone.get_by_text("Én ting venter på nett")).to_be_visible()
    assert checkins(her) == [WORD]
    phone.unroute("**/min-vei/send/")
    ready(phone, "/min-vei/")

    expect(phone.get_by_text("venter på nett")).to_be_hidden()
    assert tries
    assert checkins(her) == [WORD]


def test_two_devices_that_wrote_the_same_goal_are_shown_side_by_side(
    chromium: Any, live_server: Any, phone: Any, her: Any
) -> None:
    phone.context.set_offline(True)
    ready(phone, f"/min-vei/mal/{her.goal}/")
    phone.get_by_label("Hva vil du?").fill("Synge for andre")
    phone.locator("form[data-offline=goal]").get_by_role("button", name="Lagre").click()
    phone.get_by_text("Én ting venter").wait_for()
    other = device(chromium, live_server, her, 1280)
    ready(other, f"/min-vei/del/mal/{her.goal}/")
    other.get_by_label("Hva vil du?").fill("Synge i dusjen")
    other.get_by_role("button", name="Lagre", exact=True).click()
    other.get_by_role("heading", name="Synge i dusjen").wait_for()

    back_online(phone)
    phone.get_by_text("To versjoner av noe").wait_for()
    ready(phone, "/min-vei/uenig/")
    both = phone.locator("[data-compare]")
    expect(both).to_contain_text("Synge for andre")
    expect(both).to_contain_text("Synge i dusjen")
    assert notes_of(her, "goal")[0].content["text"] == "Synge i dusjen"
    assert faults_on(phone, "/min-vei/uenig/") == []
    ready(phone)
    picture(phone, "390 uenig")
    phone.get_by_role("button", name="Behold det jeg skrev her").press("Enter")
    phone.get_by_text("Ingenting venter på at du velger.").first.wait_for()
    other.context.close()

    assert [n.content["text"] for n in notes_of(her, "goal")] == ["Synge for andre"]


@pytest.mark.parametrize(("choice", "kept"), [("Behold det som er lagret", "Te"), ("skriv", "Te og kaffe")])
def test_the_other_two_ways_to_choose(phone: Any, her: Any, choice: str, kept: str) -> None:
    phone.context.set_offline(True)
    ready(phone, "/min-vei/plan/skriv/")
    phone.locator("[name=helps]").fill("Kaffe")
    phone.get_by_role("button", name="Lagre planen").click()
    phone.get_by_text("Én ting venter").wait_for()
    keeping.put_only_note(by=her, kind="plan", content={"helps": ["Te"]})
    back_online(phone)
    ready(phone, "/min-vei/uenig/")
    ready(phone, "/min-vei/uenig/")

    if choice == "skriv":
        phone.locator("[name=helps]").fill("Te og kaffe")
        phone.get_by_role("button", name="Lagre planen").press("Enter")
    else:
        phone.get_by_role("button", name=choice).press("Enter")
    phone.get_by_text("Ingenting venter på at du velger.").first.wait_for()

    assert notes_of(her, "plan")[0].content["helps"] == [kept]


def test_signing_out_with_nothing_waiting_clears_the_device(phone: Any) -> None:
    sign_out(phone)
    phone.wait_for_url(FRONT)

    assert phone.evaluate("indexedDB.databases().then((all) => all.length)") == 0


def sign_out(page: Any) -> None:
    page.get_by_role("button", name="Meny").click() if page.get_by_role("button", name="Meny").is_visible() else None
    page.get_by_role("button", name="Logg ut").click()


def unsent(phone: Any) -> None:
    """Something waits, the line is back, but the house does not answer yet."""
    phone.route("**/min-vei/send/", lambda route: route.abort())
    ready(phone, "/min-vei/innsjekk/")
    phone.get_by_label("Hvordan har du det?").fill(WORD)
    phone.get_by_role("button", name="Lagre", exact=True).click()
    phone.get_by_text("Én ting venter på nett").wait_for()
    ready(phone)
    sign_out(phone)
    phone.wait_for_url("**/for-du-logger-ut/")
    ready(phone)


def test_before_signing_out_it_can_be_sent(phone: Any, her: Any) -> None:
    unsent(phone)
    phone.get_by_role("button", name="Send det, og logg ut").press("Enter")
    phone.get_by_text("Det gikk ikke å sende alt nå.").wait_for()
    phone.unroute("**/min-vei/send/")
    phone.get_by_role("button", name="Send det, og logg ut").press("Enter")
    phone.wait_for_url(FRONT)

    assert checkins(her) == [WORD]
    assert phone.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert phone.evaluate("localStorage.length") == 0


def test_before_signing_out_it_can_be_deleted(phone: Any, her: Any) -> None:
    unsent(phone)
    phone.unroute("**/min-vei/send/")
    phone.get_by_role("button", name="Slett det, og logg ut").press("Enter")
    phone.wait_for_url(FRONT)

    assert checkins(her) == []
    assert phone.evaluate("indexedDB.databases().then((all) => all.length)") == 0


def test_before_signing_out_it_can_be_locked_and_only_the_same_person_opens_it(
    phone: Any, her: Any, live_server: Any
) -> None:
    unsent(phone)
    phone.unroute("**/min-vei/send/")
    phone.get_by_role("button", name="La det ligge låst, og logg ut").press("Enter")
    phone.wait_for_url(FRONT)
    phone.context.set_offline(True)
    ready(phone, "/min-vei/")
    expect(phone.get_by_text("låst til du logger inn igjen").first).to_be_visible()
    phone.context.set_offline(False)

    him = make_person(by="test", chosen_name="Odd")
    keeping.keep_note(by=him, kind="settings", content={"parts": ["checkins"]})
    sign_in(phone.context, live_server, him)
    ready(phone, "/min-vei/")
    expect(phone.get_by_text("venter")).to_have_count(0)
    phone.context.set_offline(True)
    ready(phone, "/min-vei/plan/")
    assert WORD not in phone.content()
    phone.context.set_offline(False)
    expect(phone.locator("[data-device][data-at=offline]")).to_have_count(0)  # with the line back it loads the real page by itself
    ready(phone)
    assert (checkins(him), checkins(her)) == ([], [])

    sign_in(phone.context, live_server, her)
    ready(phone, "/min-vei/")
    ready(phone, "/min-vei/")
    assert (checkins(him), checkins(her)) == ([], [WORD])


def test_a_session_that_has_ended_keeps_the_queue_locked_and_asks_to_sign_in(phone: Any, her: Any, live_server: Any) -> None:
    write_offline(phone)
    phone.context.clear_cookies()
    phone.context.set_offline(False)
    phone.wait_for_url("**/konto/logg-inn/**")
    phone.goto("/hjelp-na/")
    phone.wait_for_timeout(500)
    phone.context.set_offline(True)
    ready(phone, "/min-vei/plan/")
    assert WORD not in phone.content()
    phone.context.set_offline(False)
    phone.wait_for_timeout(500)
    sign_in(phone.context, live_server, her)
    ready(phone, "/min-vei/")
    ready(phone, "/min-vei/")

    assert checkins(her) == [WORD]


def test_quick_exit_leaves_nothing_behind_the_back_button(phone: Any) -> None:
    phone.context.route(re.compile("yr.no"), lambda route: route.fulfill(body="<h1>Yr</h1>", content_type="text/html"))
    ready(phone, "/min-vei/plan/")
    phone.get_by_role("link", name="Forlat siden raskt").click()
    phone.get_by_role("heading", name="Yr").wait_for()

    for _ in range(3):
        phone.go_back(wait_until="commit")
        phone.wait_for_timeout(700)
        assert WORD not in phone.inner_text("body")
        assert phone.url.startswith(("https://www.yr.no", "about:"))


def test_without_an_account_it_stays_on_the_device_until_it_is_carried(chromium: Any, live_server: Any, her: Any) -> None:
    page = device(chromium, live_server)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method != "GET" else None)
    page.get_by_label("Hvordan har du det?").fill(WORD)
    page.get_by_role("button", name="Lagre", exact=True).press("Enter")
    page.get_by_text("Det er skrevet ned, bare her på enheten.").wait_for()
    page.locator("summary", has_text="Skriv planen").press("Enter")
    page.locator("[name=helps]").fill("Te")
    page.get_by_role("button", name="Lagre planen").press("Enter")
    page.get_by_text("Planen er skrevet ned").wait_for()
    picture(page, "390 uten konto")
    page.context.set_offline(True)
    ready(page, "/min-vei/uten-konto/")
    expect(page.locator("[data-written]")).to_contain_text(WORD)
    page.context.set_offline(False)
    assert sent == []

    keeping.remove_note(by=her, note=notes_of(her, "plan")[0].note)
    sign_in(page.context, live_server, her)
    ready(page, "/min-vei/")
    page.get_by_text("Det ligger noe skrevet uten konto").get_by_role("link").press("Enter")
    page.wait_for_url("**/ta-med/")
    ready(page)
    assert WORD not in page.inner_text("main")
    page.get_by_role("button", name="Ta med det jeg har skrevet på denne enheten").press("Enter")
    page.get_by_text("Dette er tatt med").wait_for()
    expect(page.locator("[data-carried]")).to_contain_text(WORD)
    picture(page, "390 tatt med")

    assert checkins(her) == [WORD]
    assert notes_of(her, "plan")[0].content["helps"] == ["Te"]
    ready(page, "/min-vei/uten-konto/")
    expect(page.locator("[data-written] li")).to_have_count(0)
    page.context.close()


def test_nothing_lies_in_clear_on_the_disk(chromium: Any, live_server: Any, her: Any, tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    context = chromium.browser_type.launch_persistent_context(
        str(folder), executable_path=shutil.which("chromium"), args=BROWSER, base_url=live_server.url, locale="nb-NO"
    )
    sign_in(context, live_server, her)
    page = context.new_page()
    ready(page, "/min-vei/")
    page.evaluate(CONTROLLED)
    write_offline(page, "hvitveisbakken")
    ready(page, "/min-vei/plan/")
    expect(page.get_by_text(f"Gå {WORD}")).to_be_visible()
    ready(page, f"/min-vei/mal/{her.goal}/")
    page.get_by_label("Et lite steg").fill("tyttebærmyra")
    page.get_by_role("button", name="Legg til steget").click()
    page.get_by_text("tyttebærmyra").wait_for()
    page.context.set_offline(False)
    context.close()

    whole = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found = [
        f"{word} in {path.relative_to(folder)}"
        for word in (WORD, "hvitveisbakken", "tyttebærmyra", "Synge i kor")
        for path, content in whole.items()
        if any(word.encode(code) in content for code in ("utf-8", "utf-16-le", "latin-1"))
    ]
    assert any(b"kp-min-vei-" in content or "kp-min-vei-".encode("utf-16-be") in content for content in whole.values())
    assert found == []


def test_signing_out_without_a_connection_locks_at_once_and_ends_the_session_later(phone: Any, her: Any) -> None:
    write_offline(phone)
    ready(phone, "/min-vei/for-du-logger-ut/")
    phone.get_by_role("button", name="La det ligge låst, og logg ut").press("Enter")
    phone.get_by_text("så snart nettet er tilbake").wait_for()
    ready(phone, "/min-vei/plan/")
    assert WORD not in phone.content()

    phone.context.set_offline(False)
    phone.goto("/min-vei/")
    phone.wait_for_url(FRONT)

    phone.goto("/min-vei/")
    assert "/konto/logg-inn/" in phone.url
    assert checkins(her) == []


def test_the_browser_keeps_no_personal_page(phone: Any, her: Any) -> None:
    for path in ("/min-vei/", "/min-vei/plan/", f"/min-vei/mal/{her.goal}/", "/min-vei/pa-enheten/"):
        phone.goto(path)
    ready(phone, "/min-vei/")

    kept = phone.evaluate("""async () => {
        const all = [];
        for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
                const path = new URL(request.url).pathname;
                const text = path.startsWith("/static/") ? "" : await (await cache.match(request)).text();
                all.push([path, text]);
            }
        }
        return all;
    }""")
    pages = {path: text for path, text in kept if not path.startswith("/static/")}

    assert set(pages) == {"/min-vei/uten-nett/", "/min-vei/uten-konto/"}
    assert not any(word in text for text in pages.values() for word in (WORD, "Tiril", "Synge i kor", "Søvn"))


def test_a_house_that_is_killed_while_it_answers_gets_it_again_and_stores_it_once(chromium: Any, tmp_path: Path) -> None:
    with House(tmp_path) as house:
        context = chromium.new_context(locale="nb-NO", base_url=house.url)
        context.set_default_timeout(20_000)
        context.add_cookies([{"name": "sessionid", "value": house.run("session"), "url": house.url}])
        page = context.new_page()
        ready(page, "/min-vei/")
        page.evaluate(CONTROLLED)
        ready(page, "/min-vei/innsjekk/")
        page.get_by_label("Hvordan har du det?").fill(WORD)
        page.get_by_role("button", name="Lagre", exact=True).click()
        house.wait_until_stored_and_die()
        expect(page.get_by_text("Én ting venter på nett")).to_be_visible()
        assert house.run("count") == "1"

        house.start(slow=False)
        ready(page, "/min-vei/")
        ready(page, "/min-vei/")

        expect(page.get_by_text("venter på nett")).to_be_hidden()
        assert house.run("count") == "1"
        context.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_are_accessible_and_fit(chromium: Any, live_server: Any, her: Any, width: int, scheme: str) -> None:
    context = chromium.new_context(
        locale="nb-NO", viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=live_server.url, reduced_motion="reduce",
    )  # fmt: skip
    sign_in(context, live_server, her)
    page = context.new_page()
    faults = []
    for path in ("/min-vei/uten-konto/", "/min-vei/ta-med/", "/min-vei/uenig/", "/min-vei/for-du-logger-ut/"):
        faults += faults_on(page, path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        picture(page, f"{width}{path}")
    ready(page, "/min-vei/")
    page.evaluate(CONTROLLED)
    context.set_offline(True)
    for path in ("/min-vei/", "/min-vei/innsjekk/", "/min-vei/plan/", "/min-vei/plan/skriv/", f"/min-vei/mal/{her.goal}/", "/min-vei/deling/"):
        ready(page, path)
        faults += [f"offline {path} {v['id']}" for v in Axe().run(page, options=RULES).response["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        picture(page, f"{width} offline {path}")
    context.close()

    assert faults == []


def test_a_check_in_by_keyboard_alone_without_a_connection(phone: Any, her: Any) -> None:
    phone.context.set_offline(True)
    ready(phone, "/min-vei/")
    phone.get_by_role("link", name="Si noe om dagen").press("Enter")
    ready(phone)
    phone.get_by_label("Hvordan har du det?").focus()
    phone.keyboard.type("Stille dag")
    phone.get_by_role("button", name="Lagre", exact=True).press("Enter")
    phone.get_by_text("Én ting venter").wait_for()
    back_online(phone)

    assert checkins(her) == ["Stille dag"]
