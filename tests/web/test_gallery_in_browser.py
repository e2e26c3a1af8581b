"""The gallery in a real browser: no barrier axe can find, nothing sideways, nothing the policy stops, and the behaviours."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import path
from playwright.sync_api import Browser, Page

from knutepunkt.config import urls
from knutepunkt.web.views.gallery import gallery

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.urls(__name__),
]
urlpatterns = [path("web/galleri/", gallery), *urls.urlpatterns]
handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500
ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def address(live_server, settings) -> str:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return f"{live_server.url}/web/galleri/"


@contextmanager
def opened(chromium: Browser, address: str, width: int = 390, **options: object) -> Iterator[Page]:
    context = chromium.new_context(locale="nb-NO", viewport={"width": width, "height": 800}, **options)
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.route("https://www.yr.no/**", lambda route: route.fulfill(body="<p>vær</p>", content_type="text/html; charset=utf-8"))
    page.goto(address)
    yield page
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_no_barriers_and_nothing_sideways(chromium, address, width, scheme):
    with opened(chromium, address, width, color_scheme=scheme) as page:
        found = Axe().run(page, options={"runOnly": ALL}).response["violations"]

        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.said == []


def test_first_view_takes_few_requests_and_none_elsewhere(chromium, address):
    context = chromium.new_context()
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(address, wait_until="networkidle")

    context.close()
    assert len(asked) <= 7
    assert all(url.startswith(address.split("/web/")[0]) for url in asked)


def test_escape_twice_leaves_and_takes_the_page_out_of_the_history(chromium, address):
    with opened(chromium, address) as page:
        page.fill("[name=ny-heading]", "noe som ikke er lagret")
        before = page.evaluate("history.length")

        for _ in range(8):  # two within the time: a busy machine may need more tries
            page.keyboard.press("Escape")
            if page.url.startswith("https://www.yr.no"):
                break
        page.wait_for_url("https://www.yr.no/**")
        page.get_by_text("vær").wait_for()

        assert page.evaluate("history.length") == before


def test_unsaved_words_are_not_lost_by_a_slip(chromium, address):
    with opened(chromium, address) as page:
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.fill("[name=ny-heading]", "noe som ikke er lagret")

        page.reload()

        assert asked == ["beforeunload"]


def test_a_form_is_sent_once(chromium, address):
    with opened(chromium, address) as page:
        sent = page.evaluate(
            """() => {
                const form = document.querySelector("#eksempelskjema");
                let sent = 0;
                document.addEventListener("submit", (e) => { if (!e.defaultPrevented) sent += 1; e.preventDefault(); });
                form.requestSubmit();
                form.requestSubmit();
                return sent;
            }"""
        )

        assert sent == 1


def test_letters_are_counted_as_the_server_counts_them(chromium, address):
    with opened(chromium, address) as page:
        page.fill("[name=ny-words]", "🌲" * 3 + "\n" + "x" * 990)

        assert page.text_content("#id_ny-words_limit") == "5 tegn igjen."


def test_menu_opens_without_script_and_leaves_the_way_out_in_sight(chromium, address):
    with opened(chromium, address, java_script_enabled=False) as page:
        page.click(".kp-menu-button")

        assert page.is_visible(".kp-menu")
        sheet, way_out = page.locator(".kp-menu").bounding_box(), page.locator(".kp-exit").bounding_box()
        assert way_out["y"] + way_out["height"] <= sheet["y"]


def test_quick_exit_is_a_plain_link_without_script(chromium, address):
    with opened(chromium, address, java_script_enabled=False) as page:
        link = page.locator(".kp-exit")

        assert re.match(r"https://www\.yr\.no", link.get_attribute("href"))
        assert "noreferrer" in link.get_attribute("rel")
