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
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
PORT = "8147"
BASE = f"http://127.0.0.1:{PORT}"
INQUIRY = "/evaluering/a-bli-mott-pa-dora"
LEAD = [
    ("overview", f"{INQUIRY}/"), ("sources", f"{INQUIRY}/kilder/"), ("workbench", f"{INQUIRY}/kilder/K1/koding/"),
    ("finding", f"{INQUIRY}/funn/1/"), ("dialogue", f"{INQUIRY}/dialog/"), ("editor", f"{INQUIRY}/rapport/"),
]  # fmt: skip
VOICE = [
    ("proposals", "/treffsted/lyngheim/forslag/"), ("you-said", "/treffsted/lyngheim/du-sa/"), ("vote-counted", "/treffsted/lyngheim/avstemning/4/"),
    ("house-meeting", "/treffsted/lyngheim/husmote/1/"), ("power", "/treffsted/lyngheim/makt/"),
]  # fmt: skip
OPEN = [
    ("front", "/"), ("report", "/evaluering/rapport/a-bli-mott-pa-dora/"), ("code", "/samtykke/kode/"),
    ("calendar", "/kalender/"), ("calendar-month", "/kalender/?vis=maned"), ("calendar-when", "/kalender/nar/"),
]  # fmt: skip
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
        page.goto(BASE + path)
        if "koding" in path:
            page.wait_for_selector("#arbeidsbenk[data-state=ready]")
        page.wait_for_timeout(400)
        page.screenshot(path=str(IMAGES / f"{name}.png"))


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
            shoot(page, OPEN + VOICE)
            for name, pictures in (("Ingvild", LEAD), ("Randi", HOST)):
                page.context.clear_cookies()
                page.goto(f"{BASE}/konto/demo/")
                page.get_by_role("button", name=f"Logg inn som {name}").click()
                page.wait_for_load_state()
                shoot(page, pictures)
            browser.close()
    finally:
        house.terminate()
        house.wait(timeout=15)
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
