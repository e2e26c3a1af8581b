"""The workbench in a cold browser: how soon one can code, and how long it freezes. Left out without a browser."""

import shutil
from collections.abc import Iterator

from django.conf import settings
from django.db import connections
from django.urls import reverse

from bench.measuring import Line, Weighed
from bench.pages import signed_in
from bench.world import World

READY_MS, FREEZE_MS = 1_500, 100
_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
_WATCH = """
window.freezes = [];
new PerformanceObserver((list) => list.getEntries().forEach((e) => window.freezes.push(e.duration)))
  .observe({ type: "longtask", buffered: true });
"""
_READY = '() => performance.getEntriesByName("kp:ready").length > 0'


def browsing(world: World, address: str) -> Iterator[Weighed]:
    """Open the big source three times, each time in a new browser; the middle one counts."""
    chromium = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 (optional)
    except ImportError:
        chromium = None
    if chromium is None:
        print("The workbench in a browser could not be measured: no chromium, or no Playwright.")
        return
    session = signed_in(world.lead).cookies[settings.SESSION_COOKIE_NAME].value
    connections.close_all()
    url = address + reverse("inquiry:workbench", args=[world.inquiry.slug, world.big.code])
    ready, freezes = [], []
    for _ in range(3):
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
            context = browser.new_context()
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
            context.add_init_script(_WATCH)
            page = context.new_page()
            page.goto(url)
            page.wait_for_function(_READY, timeout=60_000)
            page.wait_for_timeout(500)
            ready.append(page.evaluate('() => performance.getEntriesByName("kp:ready")[0].startTime'))
            freezes.append(page.evaluate("() => Math.max(0, ...window.freezes)"))
            browser.close()
    for name, found, budget in (
        ("workbench in a cold browser: ready to code", ready, READY_MS),
        ("workbench in a cold browser: longest freeze", freezes, FREEZE_MS),
    ):
        middle = round(sorted(found)[1], 1)
        yield Weighed(Line(name, median_ms=middle, p95_ms=round(max(found), 1), budget=budget, ok=middle <= budget))
