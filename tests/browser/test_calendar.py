"""The calendar in a real browser: axe on every page, and a guest who signs up and leaves by keyboard alone at 390 px."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from knutepunkt.events.demo import seed_events
from knutepunkt.events.models import Registration, Session
from knutepunkt.people.models import Person
from tests.browser.test_accessibility import LOOKS, faults_on

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
]
PICTURES = os.environ.get("KNUTEPUNKT_PICTURES")


@pytest.fixture
def calendar(live_server: Any, settings: Any) -> Any:
    settings.DEMO = True
    seed_events()
    return live_server


def cookie_of(name: str) -> str:
    client = Client()
    person = Person.objects.get(chosen_name=name, is_demo=True)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


def pages() -> dict[str, list[str]]:
    course = Session.objects.select_related("event").get(event__kind="course")
    walk = Session.objects.select_related("event").filter(event__signing="open").order_by("-starts_at")[0]
    at = f"/kalender/hva/{course.event.slug}/"
    walk_day = walk.starts_at.date()
    own = Registration.objects.get(person__chosen_name="Tuva")
    return {
        "": ["/kalender/?vis=kart", "/kalender/nar/", f"/kalender/nar/?dag={walk_day}", f"/kalender/nar/?dag={walk_day}&tid=hele",
             "/kalender/her/", "/kalender/hva/sommertur-til-setra/", "/kalender/hva/sommertur-til-setra/interesse/",
             "/kalender/", "/kalender/?vis=dag", "/kalender/?vis=uke", "/kalender/?vis=maned", at, f"{at}{course.pk}/",
             f"/kalender/hva/{walk.event.slug}/{walk.pk}/meld-pa/", "/kalender/kode/", f"{at}{course.pk}/etterpa/"],
        "Tuva": ["/kalender/mine/", "/kalender/mine/lenke/", f"/kalender/mine/{own.pk}/", f"{at}{course.pk}/"],
        "Randi": ["/kalender/kladder/", "/kalender/hent/", f"{at}{course.pk}/vert/dora/", f"{at}{course.pk}/vert/plasser/",
                  "/kalender/hva/sommertur-til-setra/", "/kalender/ny/", at, f"{at}endre/", f"{at}avlys/", f"{at}{course.pk}/vert/", f"{at}{course.pk}/vert/flytt/"],
    }  # fmt: skip


def test_every_page_of_the_calendar_is_accessible(chromium: Any, calendar: Any) -> None:
    faults = []
    for who, paths in pages().items():
        for width, scheme in LOOKS:
            context = chromium.new_context(
                locale="nb-NO", viewport={"width": width, "height": 800}, color_scheme=scheme,
                base_url=calendar.url, reduced_motion="reduce",
            )  # fmt: skip
            if who:
                context.add_cookies([{"name": "sessionid", "value": cookie_of(who), "url": calendar.url}])
            page = context.new_page()
            for path in paths:
                faults += [f"{width} {scheme} {line}" for line in faults_on(page, path)]
                if PICTURES:
                    name = re.sub(r"[^a-z0-9]+", "-", f"{who}{path}".lower())
                    page.screenshot(path=str(Path(PICTURES) / f"{width}{name}.png"), full_page=True)
            context.close()

    assert faults == []


def test_a_guest_signs_up_and_leaves_by_keyboard_alone(chromium: Any, calendar: Any) -> None:
    session = Session.objects.select_related("event").filter(event__signing="open").order_by("-starts_at")[0]
    context = chromium.new_context(locale="nb-NO", viewport={"width": 390, "height": 800}, base_url=calendar.url)
    page = context.new_page()
    page.goto(f"/kalender/hva/{session.event.slug}/{session.pk}/")

    page.get_by_role("link", name="Meld deg på").press("Enter")
    page.get_by_label("Hva vil du bli kalt?").press_sequentially("Bo")
    page.get_by_label("Er det noe du trenger?").press_sequentially("Teleslynge")
    page.get_by_role("button", name="Meld meg på").press("Enter")
    code = page.locator(".kp-codecard-code").inner_text()
    page.goto("/kalender/kode/")
    page.get_by_label("Koden på lappen").press_sequentially(code)
    page.get_by_role("button", name="Åpne").press("Enter")
    page.get_by_role("button", name="Meld meg av").press("Enter")
    page.get_by_text("Du er meldt av.").wait_for()
    context.close()

    assert Registration.objects.get(session=session).state == "cancelled"
