"""Calendars of others: whatever is in them, one named exception and no hanging."""

import time
from datetime import date
from pathlib import Path

import pytest

from knutepunkt.events.methods.reading import LARGEST, UnreadableCalendar, read_calendar

AFTER, UNTIL = date(2026, 1, 1), date(2027, 2, 5)


def calendar(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//", *lines, "END:VCALENDAR", ""]).encode()


def event(*lines: str, uid: str = "a") -> list[str]:
    return ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT"]


def test_what_repeats_is_read_with_its_exceptions() -> None:
    raw = calendar(*event(
        "SUMMARY:Kaffe", "DTSTART;TZID=Europe/Oslo:20260323T100000", "DTEND;TZID=Europe/Oslo:20260323T110000",
        "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Oslo:20260330T100000"))  # fmt: skip

    read = read_calendar(raw, after=AFTER, until=UNTIL)

    assert [h.starts_at.isoformat() for h in read.happenings] == ["2026-03-23T09:00:00+00:00", "2026-04-06T08:00:00+00:00"]
    assert {h.title for h in read.happenings} == {"Kaffe"}
    assert read.passed_over == 0


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "FREQ=MINUTELY;COUNT=99999999"])
def test_a_wild_rule_is_passed_over_and_the_rest_is_read(rule: str) -> None:
    raw = calendar(
        *event("SUMMARY:Vill", "DTSTART:20260401T100000Z", f"RRULE:{rule}"), *event("SUMMARY:Tam", "DTSTART:20260402T100000Z", uid="b")
    )
    start = time.monotonic()

    read = read_calendar(raw, after=AFTER, until=UNTIL)

    assert [h.title for h in read.happenings] == ["Tam"]
    assert read.passed_over == 1
    assert time.monotonic() - start < 3


def test_a_time_zone_with_a_wild_rule_does_not_hang() -> None:
    zone = [
        "BEGIN:VTIMEZONE", "TZID:Vill", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200", "RRULE:FREQ=SECONDLY", "END:STANDARD", "END:VTIMEZONE",
    ]  # fmt: skip
    start = time.monotonic()

    read = read_calendar(calendar(*zone, *event("DTSTART;TZID=Vill:20260401T100000")), after=AFTER, until=UNTIL)

    assert len(read.happenings) == 1
    assert time.monotonic() - start < 3


@pytest.mark.parametrize("raw", [b"", b"hei", b"\x00\xff" * 500, b"x" * (LARGEST + 1), b"BEGIN:VJOURNAL\r\nEND:VJOURNAL\r\n"])
def test_what_is_no_calendar_is_refused_by_name(raw: bytes) -> None:
    with pytest.raises(UnreadableCalendar):
        read_calendar(raw, after=AFTER, until=UNTIL)


def test_many_series_that_never_match_are_given_up_in_time() -> None:
    lines = [line for n in range(400) for line in event("DTSTART:20260401T100000Z", "RRULE:FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2", uid=str(n))]
    start = time.monotonic()

    read = read_calendar(calendar(*lines), after=AFTER, until=UNTIL)

    assert read.passed_over > 300
    assert time.monotonic() - start < 8


@pytest.mark.real_files
def test_real_calendars(real_files: Path) -> None:
    files = sorted((real_files / "calendars").glob("*.ics"))
    read = 0
    for file in files:
        start = time.monotonic()
        try:
            read_calendar(file.read_bytes(), after=date(2000, 1, 1), until=UNTIL)
            read += 1
        except UnreadableCalendar:
            pass
        assert time.monotonic() - start < 5, file.name

    assert len(files) > 50
    assert read > len(files) * 0.8
