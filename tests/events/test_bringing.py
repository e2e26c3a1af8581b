"""Bringing a calendar from somewhere else: a preview with reasons, then drafts; nothing in a file gives a fault."""

import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knutepunkt.events.methods.bringing import MOST_ENTRIES, Left, entries_in
from knutepunkt.events.methods.reading import LARGEST, UnreadableCalendar
from knutepunkt.events.models import Event, Session
from knutepunkt.web.models import StoredFile
from tests import factories as make
from tests.events.test_pages import signed_in
from tests.events.test_reading import calendar, event

TODAY, UNTIL = date(2026, 11, 1), date(2027, 12, 1)


def read(*lines: str) -> list[tuple[str, str | None]]:
    return [(one.title, one.left and one.left.value) for one in entries_in(calendar(*lines), today=TODAY, until=UNTIL)]


def test_each_entry_is_read_by_itself_with_its_reason() -> None:
    assert read(
        *event("SUMMARY:Kaffe", "DTSTART;TZID=Europe/Oslo:20261203T100000", "DURATION:PT2H", uid="1"),
        *event("SUMMARY:Uten start", uid="2"),
        *event("SUMMARY:Vill", "DTSTART:20261203T100000Z", "RRULE:FREQ=SECONDLY", uid="3"),
        *event("SUMMARY:Over", "DTSTART:20250101T100000Z", uid="4"),
        *event("SUMMARY:Avlyst", "STATUS:CANCELLED", "DTSTART:20261203T100000Z", uid="5"),
        *event("SUMMARY:Hele dagen", "DTSTART;VALUE=DATE:20261224", uid="6"),
    ) == [
        ("Kaffe", None), ("Uten start", "no-start"), ("Vill", "bad-rule"), ("Over", "past"), ("Avlyst", "cancelled"), ("Hele dagen", None),
    ]  # fmt: skip


def test_times_rules_and_moved_occurrences_become_plans_of_our_own() -> None:
    [series, moved] = entries_in(
        calendar(
            *event("SUMMARY:Kor\\, øving", "DTSTART:20261202T170000Z", "DTEND:20261202T183000Z", "RRULE:FREQ=WEEKLY;BYDAY=WE",
                   "EXDATE:20261209T170000Z", "LOCATION:Kaia", "DESCRIPTION:Ta med\\nkopp"),
            *event("SUMMARY:Kor", "RECURRENCE-ID:20261216T170000Z", "DTSTART:20261217T170000Z"),
        ), today=TODAY, until=UNTIL,
    )  # fmt: skip

    assert series.facts == {"title": "Kor, øving", "text": "Ta med\nkopp", "place_name": "Kaia"}
    assert (series.when["clock"].hour, series.when["minutes"], series.when["rule"]) == (18, 90, "FREQ=WEEKLY;BYDAY=WE")
    assert series.when["except_on"] == ["2026-12-09", "2026-12-16"]
    assert (moved.when["first_on"], moved.left) == (date(2026, 12, 17), None)


def test_many_entries_are_bounded_and_said() -> None:
    lines = [line for n in range(MOST_ENTRIES + 5) for line in event("SUMMARY:x", "DTSTART:20261203T100000Z", uid=str(n))]

    found = entries_in(calendar(*lines), today=TODAY, until=UNTIL)

    assert len(found) == MOST_ENTRIES + 1
    assert found[-1].left == Left.TOO_MANY


@pytest.mark.parametrize("raw", [b"", b"hei", b"\x00\xff" * 500, b"x" * (LARGEST + 1)])
def test_what_is_no_calendar_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableCalendar):
        entries_in(raw, today=TODAY, until=UNTIL)


@pytest.fixture
def host() -> Client:
    person, place = make.person(), make.organisation("Havna")
    make.role(person, "host", place)
    client = signed_in(person)
    client.place = place  # type: ignore[attr-defined]
    return client


def send(client: Client, raw: bytes) -> str:
    place = client.place.pk  # type: ignore[attr-defined]
    answer = client.post(reverse("events:bring"), {"organiser": place, "calendar": SimpleUploadedFile("k.ics", raw, "text/calendar")})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db(databases=["default", "keys"])
def test_host_sees_what_stands_there_and_stores_what_is_chosen_as_drafts(host: Client) -> None:
    start = f"{timezone.localdate() + timedelta(days=5):%Y%m%d}T100000Z"
    raw = calendar(
        *event("SUMMARY:Kaffe", f"DTSTART:{start}", "RRULE:FREQ=WEEKLY;COUNT=3", uid="1"),
        *event("SUMMARY:<b>Te</b>", f"DTSTART:{start}", uid="2"), *event("SUMMARY:Uten start", uid="3"),
    )  # fmt: skip

    page = send(host, raw)
    assert "Det står ikke når dette begynner." in page
    assert "&lt;b&gt;Te" in page
    assert Event.objects.count() == 0
    assert b"Kaffe" not in StoredFile.objects.get().owner.encode()
    chosen = {"act": "store", "organiser": host.place.pk, "entry": ["0", "2", "77", "x"]}  # type: ignore[attr-defined]
    for _ in "ab":
        host.post(reverse("events:bring"), chosen)

    assert list(Event.objects.values_list("title", "state")) == [("Kaffe", "draft")]
    assert Session.objects.count() == 3
    assert StoredFile.objects.count() == 0


@pytest.mark.django_db(databases=["default", "keys"])
def test_nobody_stores_for_a_place_they_do_not_run_and_guests_do_not_come_in(host: Client) -> None:
    other = make.organisation("Annet")
    send(host, calendar(*event("SUMMARY:Kaffe", f"DTSTART:{timezone.localdate() + timedelta(days=5):%Y%m%d}T100000Z")))

    host.post(reverse("events:bring"), {"act": "store", "organiser": other.pk, "entry": ["0"]})

    assert Event.objects.count() == 0
    assert signed_in(make.person()).get(reverse("events:bring")).status_code == 403
    assert "Vi kan ikke lese fila" in send(host, b"hei")


@pytest.mark.real_files
@pytest.mark.django_db(databases=["default", "keys"])
def test_real_calendars_never_give_a_fault(host: Client, real_files: Path) -> None:
    files = sorted((real_files / "calendars").glob("*.ics"))
    read = 0
    for file in files:
        start = time.monotonic()
        page = send(host, file.read_bytes())
        read += "Dette står i fila" in page
        assert time.monotonic() - start < 10, file.name

    assert len(files) > 50
    assert read > len(files) * 0.8
