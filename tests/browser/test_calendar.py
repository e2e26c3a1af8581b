"""The calendar in a real browser: axe on every page; and a guest's, a participant's and a host's week at 390 px by keyboard alone."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from knutepunkt.events.actions import taking_part
from knutepunkt.events.demo import seed_events
from knutepunkt.events.models import DropIn, Registration, Session
from tests.browser.looking import PICTURES, context_of, faults_of, tab_to

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
]


@pytest.fixture
def calendar(live_server: Any, settings: Any) -> Any:
    settings.DEMO = True
    seed_events()
    return live_server


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
    assert faults_of(chromium, calendar.url, pages()) == []


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


def phone(chromium: Any, calendar: Any, who: str = "") -> Any:
    """A page on a phone, signed in as somebody of the demo or nobody."""
    return context_of(chromium, calendar.url, who).new_page()


def test_a_participants_week_by_keyboard_first_when_then_what_is_free(chromium: Any, calendar: Any) -> None:
    walk = Session.objects.select_related("event").filter(event__signing="open", starts_at__gt=timezone.now()).order_by("starts_at")[0]
    day = date_format(localtime(walk.starts_at), "WEEKDAY_FORMAT").capitalize()
    page = phone(chromium, calendar, "Oskar")
    page.goto("/kalender/")

    tab_to(page, "Velg når du kan, og se hva som er ledig")
    tab_to(page, day)
    tab_to(page, "Når som helst")
    tab_to(page, walk.event.title)
    tab_to(page, "Meld deg på")
    tab_to(page, "Meld meg på", "button")
    page.get_by_text("Du er påmeldt. Vi gleder oss til å se deg.").wait_for()
    tab_to(page, "Se påmeldingen din")
    tab_to(page, "Jeg kan ikke komme likevel", "button")
    page.get_by_text("Takk for at du sa fra.").wait_for()
    page.go_back()
    page.context.close()

    own = Registration.objects.get(session=walk, person__chosen_name="Oskar")
    assert own.state == "apologised"
    walk.refresh_from_db()
    assert walk.seats_taken == 0


def test_who_waits_is_offered_the_seat_and_a_second_tab_changes_nothing(chromium: Any, calendar: Any) -> None:
    course = Session.objects.get(event__kind="course")
    seated = Registration.objects.get(session=course, person__chosen_name="Tuva")
    waiting = Registration.objects.filter(session=course, state="waiting").select_related("person").order_by("pk")[0]
    page = phone(chromium, calendar, waiting.person.chosen_name)
    other = page.context.new_page()
    taking_part.leave(by="x", registration=seated)

    for one in (page, other):
        one.goto(f"/kalender/mine/{waiting.pk}/")
    tab_to(page, "Ja, jeg vil ha plassen", "button")
    tab_to(other, "Nei, gi den til den neste", "button")
    other.get_by_text("Tilbudet gjelder ikke lenger.").wait_for()
    page.context.close()

    waiting.refresh_from_db()
    course.refresh_from_db()
    assert (waiting.state, course.seats_taken) == ("registered", 6)


def test_a_hosts_week_by_keyboard(chromium: Any, calendar: Any) -> None:
    page, day = phone(chromium, calendar, "Randi"), timezone.localdate() + timedelta(days=2)
    page.goto("/kalender/")
    tab_to(page, "Planlegg noe nytt")
    page.get_by_label("Hva skjer?").press_sequentially("Strikkekveld")
    page.get_by_label("Påmelding").select_option("open")
    page.get_by_label("Første dag").fill(day.isoformat())
    page.get_by_label("Klokka").fill("18:00")
    page.get_by_role("button", name="Lagre").press("Enter")
    page.get_by_text("Kladden er lagret.").wait_for()
    tab_to(page, "Publiser", "button")
    page.get_by_text("Nå kan alle se dette i kalenderen.").wait_for()
    session = Session.objects.select_related("event").get(event__title="Strikkekveld")
    page.goto(f"/kalender/hva/{session.event.slug}/{session.pk}/vert/")

    page.get_by_label("Navn", exact=True).press_sequentially("Bjarne")
    tab_to(page, "Skriv inn", "button")
    page.get_by_text("Påmeldingen er lagret.").wait_for()
    tab_to(page, "En til", "button")
    page.get_by_text("Talt uten navn: 1").wait_for()
    page.locator("summary", has_text="Ta noen av lista").press("Enter")
    tab_to(page, "Ta av Bjarne", "button")
    page.get_by_text("Personen er tatt av lista.").wait_for()
    tab_to(page, "Kode til døra")
    tab_to(page, "Lag en kode", "button")
    code = page.locator(".kp-codecard-code").inner_text()
    page.context.close()
    Session.objects.filter(pk=session.pk).update(starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1))

    guest = phone(chromium, calendar)
    guest.goto(f"/kalender/her/#{code}")
    assert guest.get_by_label("Koden på lappen").input_value() == code
    assert code not in guest.url
    tab_to(guest, "Videre", "button")
    tab_to(guest, "Jeg er her", "button")
    guest.get_by_text("Velkommen. Godt at du er her.").wait_for()
    guest.context.close()

    assert Registration.objects.get(session=session).state == "cancelled"
    assert DropIn.objects.get(session=session).people == 2


def test_list_week_and_month_are_fit_for_the_wall(chromium: Any, calendar: Any) -> None:
    context = chromium.new_context(locale="nb-NO", viewport={"width": 794, "height": 1123}, base_url=calendar.url, color_scheme="dark")
    page = context.new_page()

    for view in ("liste", "uke", "maned"):
        page.goto(f"/kalender/?vis={view}&dag={timezone.localdate() + timedelta(days=8)}")
        page.emulate_media(media="print")
        for gone in (".kp-toolbar", ".kp-disclosure", ".kp-paging", ".kp-aside"):
            assert not any(one.is_visible() for one in page.locator(gone).all()), f"{view} {gone}"
        assert page.get_by_text("Kaffe ved kaia").first.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
        if PICTURES:
            page.screenshot(path=str(Path(PICTURES) / f"print-{view}.png"), full_page=True)
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        boxes = [[float(number) for number in one.mediabox] for one in paper.pages]
    context.close()

    assert [right > top for _left, _bottom, right, top in boxes] == [True], "a month on one sheet that lies down"
