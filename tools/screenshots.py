"""Makes the pictures in docs/images from the demo hub's own content; needs chromium and a built house.

Names after the command make only those pictures.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
PORT = "8147"
BASE = f"http://127.0.0.1:{PORT}"
INQUIRY = "/evaluering/a-bli-mott-pa-dora"
LEAD = [
    ("overview", f"{INQUIRY}/"), ("sources", f"{INQUIRY}/kilder/"), ("workbench", f"{INQUIRY}/kilder/K1/koding/"),
    ("finding", f"{INQUIRY}/funn/1/"), ("dialogue", f"{INQUIRY}/dialog/"), ("editor", f"{INQUIRY}/rapport/"),
]  # fmt: skip
PLACE = [("place-home", "/treffsted/havna/"), ("place-week", "/treffsted/havna/uka/?uke=%s")]
PLACE_MEMBER = [
    ("place-rooms", "/treffsted/havna/rom/?dag=%s&fra=11:00&til=12:00"), ("place-tasks", "/treffsted/havna/oppgaver/"),
]  # fmt: skip
PLACE_HOST = [
    ("place-today", "/treffsted/havna/i-dag/"), ("place-lending", "/treffsted/havna/utlan/"),
    ("place-hours", "/treffsted/havna/apningstider/"),
]  # fmt: skip
VOICE = [
    ("proposals", "/treffsted/lyngheim/forslag/"), ("you-said", "/treffsted/lyngheim/du-sa/"), ("vote-counted", "/treffsted/lyngheim/avstemning/4/"),
    ("house-meeting", "/treffsted/lyngheim/husmote/1/"), ("power", "/treffsted/lyngheim/makt/"),
]  # fmt: skip
OPEN = [
    ("front", "/"), ("report", "/evaluering/rapport/a-bli-mott-pa-dora/"), ("code", "/samtykke/kode/"),
    ("calendar", "/kalender/"), ("calendar-month", "/kalender/?vis=maned"), ("calendar-when", "/kalender/nar/"),
]  # fmt: skip
JOURNEY = [("journey-home", "/min-vei/"), ("journey-way", "/min-vei/veien/"), ("journey-share", "/min-vei/deling/@")]
LIBRARY = [("library", "/bibliotek/?q=kommunen"), ("library-story", "/bibliotek/?valg=kind:story*"), ("library-for-me", "/bibliotek/for-meg/")]
EDITOR = [("library-desk", "/bibliotek/redaksjon/")]
HELPER = [("journey-shared", "/min-vei/hos-andre/@"), ("journey-talk", "/min-vei/hos-andre/@@")]
"""Each `@` stands for a press on the first link in the list."""
COURSE = "/kalender/hva/kurskveld-a-fortelle-sin-historie/"
HOST = [("calendar-course", COURSE), ("calendar-host", f"{COURSE}*vert/"), ("calendar-plan", "/kalender/ny/")]
"""`*` stands for the number of the first occurrence."""
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]


def wait_until_up() -> None:
    """Wait for the first answer, at most a minute."""
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{BASE}/web/oppe/", timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return


def shoot(page: Page, pictures: list[tuple[str, str]]) -> None:
    """One picture of the top of each page."""
    wanted = sys.argv[1:]
    for name, asked in pictures:
        if wanted and name not in wanted:
            continue
        path = asked
        if "*" in asked:
            page.goto(BASE + asked.partition("*")[0])
            first = page.locator("article h3 a").first.get_attribute("href") or ""
            path = first + asked.partition("*")[2]
        page.goto(BASE + path.rstrip("@"))
        for _ in range(path.count("@")):
            page.locator("article a").first.click()
            page.wait_for_load_state()
        if "koding" in path:
            page.wait_for_selector("#arbeidsbenk[data-state=ready]")
        page.wait_for_timeout(400)
        page.screenshot(path=str(IMAGES / f"{name}.png"))


def sign_in(context: BrowserContext, name: str) -> Page:
    """A page where an invented person is signed in."""
    page = context.new_page()
    page.goto(f"{BASE}/konto/demo/")
    page.get_by_role("button", name=f"Logg inn som {name}").click()
    page.wait_for_load_state()
    return page


def shoot_place(browser: Browser) -> None:
    """The meeting place: next week's Tuesday, a member, a host, the tablet at the door, and the poster."""
    today = datetime.now(tz=UTC).date()
    tuesday = str(today + timedelta(days=8 - today.weekday()))
    looks = {"viewport": {"width": 1180, "height": 780}, "locale": "nb-NO"}
    for name, pictures in (("", PLACE), ("Mona", PLACE_MEMBER), ("Halvor", PLACE_HOST)):
        context = browser.new_context(**looks)
        page = sign_in(context, name) if name else context.new_page()
        shoot(page, [(n, path % tuesday if "%s" in path else path) for n, path in pictures])
        if name == "Halvor":
            page.goto(f"{BASE}/treffsted/havna/dor/start/")
            page.get_by_role("button", name="Start på denne enheten").click()
            page.get_by_role("button", name="Velkommen").wait_for()
            page.screenshot(path=str(IMAGES / "place-door.png"))
        context.close()
    with urllib.request.urlopen(f"{BASE}/treffsted/havna/uka/plakat.pdf?ark=a3&uke={tuesday}") as answer:
        poster = answer.read()
    (IMAGES / "ukeplakat.pdf").write_bytes(poster)
    pypdfium2.PdfDocument(poster)[0].render(scale=0.8).to_pil().save(IMAGES / "ukeplakat.png", optimize=True)


def main() -> None:
    """Start a throw-away demo house, take the pictures, stop it."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    home = tempfile.mkdtemp(prefix="knutepunkt-pictures-")
    environment = {**os.environ, "KNUTEPUNKT_HOME": f"{home}/var", "DEMO": "1", "PORT": PORT}
    house = subprocess.Popen([sys.executable, "-m", "knutepunkt", "serve"], env=environment, cwd=ROOT)
    try:
        wait_until_up()
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=BROWSER)
            context = browser.new_context(viewport={"width": 1180, "height": 780}, locale="nb-NO")
            page = context.new_page()
            shoot(page, OPEN + VOICE + LIBRARY)
            page.close()
            for name, pictures in (("Ingvild", LEAD), ("Randi", HOST), ("Tuva", JOURNEY), ("Kari", HELPER), ("Fatima", EDITOR)):
                context.clear_cookies()
                page = sign_in(context, name)
                shoot(page, pictures)
                page.close()
            shoot_place(browser)
            browser.close()
    finally:
        house.terminate()
        house.wait(timeout=15)
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
