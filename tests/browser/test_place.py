"""The meeting place in a real browser: a participant's, a host's and a coordinator's week by keyboard at 390 px; axe on
every page; and the tablet at the door with the network cut, reloaded without a line, and with the server gone in the middle."""

import os
import re
import socket
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from knutepunkt.config.installation import seed_demo
from knutepunkt.events.queries import midnight
from knutepunkt.meetingplace.actions import door as doors
from knutepunkt.meetingplace.models import (
    Booking,
    Centre,
    Hours,
    HouseRules,
    Introduction,
    Resource,
    Tap,
    Task,
)
from knutepunkt.themes.actions import load_vocabularies
from tests.browser.looking import context_of, cookie_of, faults_of, faults_on

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
]
PICTURES = os.environ.get("KNUTEPUNKT_PICTURES")


@pytest.fixture
def house(live_server: Any, settings: Any) -> Any:
    settings.DEMO = True
    load_vocabularies()
    seed_demo()
    return live_server


def pages() -> dict[str, list[str]]:
    studio = Resource.objects.get(name="Lydstudio")
    guitar = Resource.objects.get(name="Djembe")
    own = Booking.objects.filter(person__chosen_name="Tuva").order_by("pk")[0]
    at = "/treffsted/lyngheim"
    return {
        "": [f"{at}/", f"{at}/uka/", f"{at}/husregler/", "/treffsted/havna/", "/treffsted/havna/uka/"],
        "Tuva": [f"{at}/", f"{at}/rom/", f"{at}/lan/", f"{at}/rom/{studio.pk}/", f"{at}/rom/{guitar.pk}/", "/treffsted/mitt/",
                 f"/treffsted/mitt/{own.pk}/", f"{at}/oppgaver/"],
        "Ailin": ["/treffsted/", "/treffsted/mitt/"],
        "Randi": [f"{at}/", f"{at}/i-dag/", f"{at}/endre/", f"{at}/apningstider/", f"{at}/husregler/endre/", f"{at}/bilder/",
                  f"{at}/verter/meg/", f"{at}/rom/nytt/", f"{at}/rom/{studio.pk}/", f"{at}/rom/{studio.pk}/vist/",
                  f"{at}/rom/{studio.pk}/endre/", f"{at}/utlan/", f"{at}/oppgaver/", f"{at}/oppgaver/ny/", f"{at}/besok/",
                  f"{at}/dor/start/", f"{at}/dor/avslutt/"],
    }  # fmt: skip


def test_every_page_of_the_place_is_accessible(chromium: Any, house: Any) -> None:
    assert faults_of(chromium, house.url, pages()) == []


# -- a week, by keyboard, on a phone -----------------------------------------------------------------
def fill(page: Any, label: str, value: str) -> None:
    """Fill a day or a clock as the browser wants it, then go on with the keyboard."""
    page.get_by_label(label, exact=True).fill(value)


def test_a_participants_week_by_keyboard(chromium: Any, house: Any) -> None:
    day = timezone.localdate() + timedelta(days=(7 - timezone.localdate().weekday()) + 1)  # Tuesday next week
    Booking.objects.filter(person__chosen_name="Tuva").delete()
    context = context_of(chromium, house.url, "Tuva")
    page = context.new_page()

    page.goto("/treffsted/")
    page.get_by_role("link", name="Se hva som skjer denne uka").press("Enter")
    page.get_by_role("heading", name=re.compile(r"Uke \d+")).wait_for()
    page.goto("/treffsted/lyngheim/rom/")
    fill(page, "Dag", day.isoformat())
    fill(page, "Fra", "10:00")
    fill(page, "Til", "11:00")
    page.get_by_role("button", name="Vis hva som er ledig").press("Enter")
    page.get_by_role("link", name="Lydstudio").press("Enter")
    page.get_by_role("button", name="Bestill").press("Enter")
    page.get_by_text("Lydstudio er din.").wait_for()
    page.goto("/treffsted/lyngheim/oppgaver/")
    page.get_by_role("article").filter(has_text="Bære ved").get_by_role("button", name="Jeg tar den").press("Enter")
    page.get_by_text("Den er din.").wait_for()
    page.get_by_role("article").filter(has_text="Bære ved").get_by_role("button", name="Gjort").press("Enter")
    page.get_by_text("Takk. Det er notert.").wait_for()
    page.goto("/treffsted/mitt/")
    page.get_by_role("link", name="Lydstudio").press("Enter")
    page.get_by_role("button", name="Gi tiden fra meg").press("Enter")
    page.get_by_text("Nå kan en annen få tiden.").wait_for()
    context.close()

    row = Booking.objects.get(person__chosen_name="Tuva")
    assert row.cancelled_at is not None
    assert Task.objects.get(title="Bære ved").done_at is not None


def test_a_hosts_week_by_keyboard(chromium: Any, house: Any) -> None:
    context = context_of(chromium, house.url, "Halvor")
    page = context.new_page()

    page.goto("/treffsted/havna/i-dag/")
    page.get_by_label("Til neste vert").press_sequentially("Det er kake i boksen.")
    page.get_by_role("button", name="Legg igjen beskjed").press("Enter")
    page.get_by_text("Det er kake i boksen.").wait_for()
    page.get_by_role("link", name="Utlånslista").press("Enter")
    page.get_by_role("article").filter(has_text="Staffeli").get_by_role("button", name="Levert").press("Enter")
    page.get_by_text("Notert som levert.").wait_for()
    page.goto("/treffsted/havna/oppgaver/ny/")
    page.get_by_label("Hva skal gjøres?").press_sequentially("Male gjerdet")
    page.get_by_role("button", name="Legg ut").press("Enter")
    page.get_by_text("Det er lagt ut.").wait_for()
    page.goto("/treffsted/havna/verter/meg/")
    page.get_by_role("button", name="Ta meg bort fra siden").press("Enter")
    page.get_by_text("Du står ikke lenger på siden.").wait_for()
    context.close()

    assert Booking.objects.get(resource__name="Staffeli").returned_at is not None
    assert Task.objects.filter(title="Male gjerdet").exists()


def test_a_coordinators_week_by_keyboard(chromium: Any, house: Any) -> None:
    context = context_of(chromium, house.url, "Randi")
    page = context.new_page()

    page.goto("/treffsted/lyngheim/apningstider/")
    page.get_by_label("Lørdag").fill("")
    page.get_by_label("Lørdag").press_sequentially("11-17")
    page.get_by_role("button", name="Lagre uka").press("Enter")
    page.get_by_text("Åpningstidene er lagret.").wait_for()
    page.goto("/treffsted/lyngheim/husregler/endre/")
    page.get_by_label("Husregler").press("Control+End")
    page.get_by_label("Husregler").press_sequentially("\nVi vanner blomstene.")
    page.get_by_role("button", name="Lagre som ny utgave").press("Enter")
    page.get_by_text("Vi vanner blomstene.").wait_for()
    page.goto("/treffsted/lyngheim/rom/")
    page.get_by_role("link", name="Legg til et rom eller noe å låne").press("Enter")
    page.get_by_label("Hva heter det?").press_sequentially("Verkstedet")
    page.get_by_role("button", name="Lagre").press("Enter")
    page.get_by_role("heading", name="Verkstedet").wait_for()
    studio = Resource.objects.get(name="Lydstudio")
    page.goto(f"/treffsted/lyngheim/rom/{studio.pk}/vist/")
    page.get_by_role("button", name="Geir er vist det nå").press("Enter")
    page.get_by_text("Nå kan de bestille selv.").wait_for()
    context.close()

    assert [str(h.opens) for h in Hours.objects.filter(centre__organisation__slug="lyngheim", weekday=5)] == ["11:00:00"]
    assert HouseRules.objects.filter(centre__organisation__slug="lyngheim").count() == 3
    assert Introduction.objects.get(person__chosen_name="Geir").state == "given"


def test_booking_works_without_script(chromium: Any, house: Any) -> None:
    context = context_of(chromium, house.url, "Tuva", java_script_enabled=False)
    page = context.new_page()
    start = midnight(timezone.localdate() + timedelta(days=(7 - timezone.localdate().weekday()) + 1)) + timedelta(hours=14)

    room = Resource.objects.get(name="Møterommet")
    page.goto(f"/treffsted/lyngheim/rom/{room.pk}/?dag={start.date()}&fra=14:00&til=15:00")
    page.get_by_role("button", name="Bestill").click()
    page.get_by_text("Møterommet er din.").wait_for()
    context.close()

    assert Booking.objects.get(resource=room, starts_at=start).person.chosen_name == "Tuva"


# -- the tablet at the door --------------------------------------------------------------------------
def came(slug: str = "havna") -> int:
    return Tap.objects.filter(centre__organisation__slug=slug, what="came", on_date=timezone.localdate()).count()


def started(chromium: Any, house: Any, **facts: Any) -> tuple[Any, Any]:
    """A tablet that Halvor has put at the door of Havna."""
    Tap.objects.all().delete()
    context = context_of(chromium, house.url, "Halvor", viewport={"width": 1024, "height": 768}, **facts)
    page = context.new_page()
    page.goto("/treffsted/havna/dor/start/")
    page.get_by_role("button", name="Start på denne enheten").click()
    page.get_by_role("button", name="Velkommen").wait_for()
    return context, page


def tap(page: Any) -> None:
    page.get_by_role("button", name="Velkommen").click()
    page.get_by_role("heading", name="Velkommen").wait_for()
    page.get_by_role("link", name="Ferdig").click()
    page.get_by_role("button", name="Velkommen").wait_for()


def until(page: Any, true: Any, seconds: float = 10) -> None:
    for _ in range(int(seconds * 10)):
        if true():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not within {seconds} s")


def test_one_tap_counts_within_three_seconds_and_two_questions_may_be_left(chromium: Any, house: Any) -> None:
    context, page = started(chromium, house)
    assert faults_on(page, "/treffsted/havna/dor/") == []

    page.get_by_role("button", name="Velkommen").press("Enter")
    until(page, lambda: came() == 1, 3)
    page.get_by_role("button", name="Ja, første gang").press("Enter")
    page.get_by_role("heading", name="Takk").wait_for()
    page.get_by_role("link", name="Ferdig").press("Enter")
    page.get_by_role("button", name="Sånn passe").press("Enter")
    page.get_by_role("heading", name="Takk").wait_for()
    until(page, lambda: Tap.objects.count() == 2)
    page.get_by_role("button", name="Velkommen").wait_for(timeout=6000)  # back by itself
    tap(page)
    until(page, lambda: came() == 2)
    context.close()

    assert sorted(Tap.objects.values_list("what", "is_first", "how"), key=str) == [
        ("came", None, ""), ("came", True, ""), ("left", None, "so_so"),
    ]  # fmt: skip


def test_the_tablet_goes_nowhere_else_and_a_host_ends_it(chromium: Any, house: Any) -> None:
    context, page = started(chromium, house)

    for path in ("/", "/treffsted/havna/i-dag/", "/min-side/", "/konto/"):
        page.goto(path)
        if path != "/konto/":
            page.get_by_role("button", name="Velkommen").wait_for()
    page.goto("/treffsted/havna/dor/")
    page.get_by_role("link", name="For verten: avslutt").click()
    page.wait_for_url("**/konto/logg-inn/**")
    context.add_cookies([{"name": "sessionid", "value": cookie_of("Halvor"), "url": house.url}])
    page.goto("/treffsted/havna/dor/avslutt/")
    page.get_by_role("button", name="Avslutt").click()
    page.get_by_role("heading", name="Dagen i dag").wait_for()
    context.close()


def test_a_day_without_a_line_is_counted_and_sent_once(chromium: Any, house: Any) -> None:
    context, page = started(chromium, house)
    page.locator("html[data-kept]").wait_for(state="attached")

    context.set_offline(True)
    until(page, lambda: page.evaluate("fetch('/web/oppe/', {cache: 'no-store'}).then(() => false, () => true)"))
    for _ in range(3):
        tap(page)
    page.reload()
    page.get_by_role("button", name="Velkommen").wait_for()
    for _ in range(4):
        tap(page)
    assert page.locator("[data-number]").inner_text() == "7"
    assert came() in {0, 3}  # a page that is loaded anew may send once before the browser has cut its line again
    page.reload()
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    until(page, lambda: came() == 7)
    page.locator("[data-waiting]").wait_for(state="hidden")
    page.reload()
    page.wait_for_timeout(500)
    context.close()

    assert came() == 7


def test_a_server_that_goes_away_in_the_middle_counts_each_once(chromium: Any, house: Any, settings: Any) -> None:
    """Requests go through a wire of ours: it lets the server do its work, and is cut before the answer comes back."""
    wire = Wire(house.thread.host, house.thread.port)
    settings.CSRF_TRUSTED_ORIGINS = [wire.url]
    Tap.objects.all().delete()
    context = context_of(chromium, wire.url)
    centre = Centre.objects.get(organisation__slug="havna")
    code = doors.start_tablet(by="test", centre=centre)
    context.add_cookies([
        {"name": "dor", "value": code, "domain": "127.0.0.1", "path": "/treffsted/havna/dor/", "sameSite": "Strict"},
        {"name": "dor-sted", "value": "havna", "domain": "127.0.0.1", "path": "/", "sameSite": "Strict"},
    ])  # fmt: skip
    page = context.new_page()
    page.goto("/treffsted/havna/dor/")
    page.locator("html[data-kept]").wait_for(state="attached")

    wire.swallow_answers = True
    tap(page)
    until(page, lambda: came() == 1)
    wire.close()
    for _ in range(2):
        tap(page)
    page.reload()
    tap(page)
    assert page.locator("[data-number]").inner_text() == "4"
    wire.open()
    page.evaluate("dispatchEvent(new Event('online'))")
    until(page, lambda: came() == 4)
    page.locator("[data-waiting]").wait_for(state="hidden")
    context.close()
    wire.close()

    assert came() == 4


def test_the_door_counts_where_storage_is_shut(chromium: Any, house: Any) -> None:
    context, page = started(chromium, house)
    context.add_init_script("Storage.prototype.setItem = () => { throw new Error('shut'); }")
    page.reload()

    tap(page)
    tap(page)
    until(page, lambda: came() == 2)
    context.close()


def test_the_door_works_without_script(chromium: Any, house: Any) -> None:
    context, page = started(chromium, house, java_script_enabled=False)

    page.get_by_role("button", name="Velkommen").click()
    page.get_by_role("button", name="Nei").click()
    page.get_by_role("link", name="Ferdig").click()
    page.get_by_role("button", name="Godt", exact=True).click()
    page.get_by_role("heading", name="Takk").wait_for()
    context.close()

    assert sorted(Tap.objects.values_list("what", "is_first", "how"), key=str) == [("came", False, ""), ("left", None, "good")]


class Wire:
    """A wire to the server that can be cut, and that can swallow what the server answers."""

    def __init__(self, host: str, port: int) -> None:
        self.there = (host, port)
        self.swallow_answers = False
        self.listener: Any = None
        self.port = 0
        self.open()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(self) -> None:
        self.swallow_answers = False
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        self.listener.listen(32)
        self.pairs: list[Any] = []
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for one in self.pairs:
            one.close()

    def _accept(self, listener: Any) -> None:
        while True:
            try:
                here, _ = listener.accept()
                there = socket.create_connection(self.there)
            except OSError:
                return
            self.pairs += [here, there]
            threading.Thread(target=self._carry, args=(here, there, False), daemon=True).start()
            threading.Thread(target=self._carry, args=(there, here, True), daemon=True).start()

    def _carry(self, one: Any, other: Any, is_answer: bool) -> None:
        try:
            while data := one.recv(65536):
                if not (is_answer and self.swallow_answers):
                    other.sendall(data)
        except OSError:
            pass
        for end in (one, other):
            end.close()
