"""Writing many occurrences as iCalendar fast: lines joined, escaped and folded as RFC 5545 wants them.

One letter with one event is written by the library (`methods.calendar`); a feed of thousands is written here,
and tests read it back with other parsers.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from knutepunkt.events.choices import OSLO

PRODUCT = "-//Knutepunkt//Kalender//NO"
LONGEST_LINE = 75
LONGEST_TEXT = 2_000
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])


def plain(words: str) -> str:
    """Words without control characters."""
    return words.replace("\r\n", "\n").translate(_CONTROLS)


def as_text(words: str) -> str:
    """Words as a TEXT value: one line, signs of the format escaped, control characters gone."""
    return plain(words).translate(_ESCAPED)


def folded(line: str) -> str:
    """A content line of at most 75 octets a piece, never cut inside a letter."""
    if len(line) <= LONGEST_LINE and line.isascii():
        return f"{line}\r\n"
    pieces, piece, room = [], bytearray(), LONGEST_LINE
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > room:
            pieces.append(piece.decode())
            piece, room = bytearray(), LONGEST_LINE - 1
        piece += octets
    return "\r\n ".join([*pieces, piece.decode()]) + "\r\n"


@lru_cache(maxsize=8192)
def words_of(title: str, place: str, text: str) -> str:
    """The lines of an event that are the same each time it happens."""
    lines = [folded(f"SUMMARY:{as_text(title)}")]
    if place:
        lines.append(folded(f"LOCATION:{as_text(place)}"))
    if text:
        lines.append(folded(f"DESCRIPTION:{as_text(text[:LONGEST_TEXT])}"))
    return "".join(lines)


def place_of(*parts: str) -> str:
    """Where, in one line."""
    return ", ".join(part for part in parts if part)


def occurrence(facts: dict[str, Any], *, address: str, host: str) -> str:
    """One VEVENT. `facts` are the columns that `queries.feed_facts` gives: a UID that stays, a SEQUENCE that rises."""
    is_off = facts["cancelled_at"] is not None or facts["event__state"] == "cancelled"
    stamp = max(facts["changed_at"], facts["event__changed_at"])
    place = place_of(facts["event__place_name"], facts["event__address"], facts["event__video_url"])
    return "".join((
        "BEGIN:VEVENT\r\n", folded(f"UID:{facts['uid']}@{host}"),
        words_of(facts["event__title"], place, facts["event__text"]),
        f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}\r\n",
        f"DTSTART;TZID=Europe/Oslo:{_local(facts['starts_at'])}\r\n",
        f"DTEND;TZID=Europe/Oslo:{_local(facts['ends_at'])}\r\n",
        f"SEQUENCE:{facts['sequence'] + facts['event__sequence']}\r\n",
        f"STATUS:{'CANCELLED' if is_off else 'CONFIRMED'}\r\n",
        folded(f"URL:{address}"), "END:VEVENT\r\n",
    ))  # fmt: skip


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(OSLO):%Y%m%dT%H%M%S}"


def whole_calendar(parts: Iterable[str], *, name: str) -> bytes:
    """A calendar with its time zone and its occurrences."""
    head = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT}\r\n{folded('X-WR-CALNAME:' + as_text(name))}"
    return "".join((head, ZONE, *parts, "END:VCALENDAR\r\n")).encode()


ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Oslo
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")
"""Oslo's clock since 1996, when summer time came to end in October."""
