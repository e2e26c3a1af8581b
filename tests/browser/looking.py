"""Looking at pages in a real browser: as whom, how wide, in which light; and what axe and the width of the page say of each."""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.db.models import Q
from django.test import Client

from knutepunkt.people.models import Person

LOOKS = [(320, "light"), (1280, "dark")]
if os.environ.get("ALL") == "1":
    LOOKS += [(320, "dark"), (1280, "light")]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PICTURES = os.environ.get("KNUTEPUNKT_PICTURES")
"""A folder for a picture of each page that is looked at; at 390 instead of 320 px then."""
PHONE = 390


def cookie_of(who: str) -> str:
    """The session of somebody, by handle, or by the chosen name of the demo."""
    client, person = Client(), Person.objects.get(Q(handle=who) | Q(chosen_name=who, is_demo=True))
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


def context_of(chromium: Any, address: str, who: str = "", *, cookie: str = "", **facts: Any) -> Any:
    """A browser of its own at an address, on a phone unless `viewport` says otherwise; signed in as somebody of the demo,
    by a session's cookie, or as nobody.
    """
    facts.setdefault("viewport", {"width": PHONE, "height": 800})
    context = chromium.new_context(locale="nb-NO", base_url=address, reduced_motion="reduce", **facts)
    if who or cookie:
        context.add_cookies([{"name": "sessionid", "value": cookie or cookie_of(who), "url": address}])
    return context


def faults_on(page: Any, address: str) -> list[str]:
    """What is wrong with one page."""
    answer = page.goto(address)
    assert answer.status in {200, 404}, f"{address} answered {answer.status}"
    found = Axe().run(page, options=RULES).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    lines = [f"{address}: {v['id']} {v['nodes'][0]['target']}" for v in found]
    return lines + ([f"{address}: wider than the screen"] if wide else [])


def faults_of(chromium: Any, address: str, pages: Mapping[str, Iterable[str]], *, cookies: Mapping[str, str] | None = None) -> list[str]:
    """What is wrong with pages, in every look.

    Args:
        chromium: the browser.
        address: of the house.
        pages: addresses by who opens them: somebody of the demo, or nobody.
        cookies: sessions of those who are not people of the demo.
    """
    faults = []
    for who, paths in pages.items():
        for width, scheme in LOOKS:
            wide = PHONE if PICTURES and width < PHONE else width
            cookie = (cookies or {}).get(who, "")
            context = context_of(chromium, address, who, cookie=cookie, viewport={"width": wide, "height": 800}, color_scheme=scheme)
            page = context.new_page()
            for path in paths:
                faults += [f"{width} {scheme} {line}" for line in faults_on(page, path)]
                if PICTURES:
                    name = re.sub(r"[^a-z0-9]+", "-", f"{who}{path}".lower())[:120]
                    page.screenshot(path=str(Path(PICTURES) / f"{wide}-{scheme}-{name}.png"), full_page=True)
            context.close()
    return faults


def tab_to(page: Any, name: str, role: str = "link", most: int = 80) -> None:
    """Press Tab until the thing by that name has focus, and Enter on it."""
    wanted = page.get_by_role(role, name=name, exact=True).first
    wanted.wait_for()
    for _ in range(most):
        if wanted.evaluate("one => one === document.activeElement"):
            page.keyboard.press("Enter")
            page.wait_for_load_state()
            return
        page.keyboard.press("Tab")
    raise AssertionError(name)
