"""Reading calendars that others bring: tolerant, bounded, with one named exception.

What cannot be read is passed over and counted; nothing in a file can make it hang or fail otherwise.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic
from typing import Any

import recurring_ical_events
from icalendar import Calendar

from knutepunkt.events.choices import LONGEST_RULE, OSLO
from knutepunkt.events.methods.series import BadRule, bounded, check_rule

LARGEST = 2 * 1024 * 1024
MOST_COMPONENTS = 5_000
MOST_SHOWN = 2_000
LONGEST_SECONDS = 3.0
"""After this what is left is passed over; one series takes less than a second."""
_UNFOLD = re.compile(rb"\r?\n[ \t]")
_YEARLY = re.compile(rb"FREQ=YEARLY", re.IGNORECASE)


class UnreadableCalendar(Exception):
    """The file is not a calendar we can read; carries no words of it."""


@dataclass(frozen=True)
class Happening:
    """One occurrence as it stood in the file."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool


@dataclass
class ReadCalendar:
    """What was read, and how many parts were passed over."""

    happenings: list[Happening] = field(default_factory=list)
    passed_over: int = 0


def read_calendar(raw: bytes, *, after: date, until: date) -> ReadCalendar:
    """The occurrences between two dates in an iCalendar file.

    Raises:
        UnreadableCalendar: too large, or no calendar at all.
    """
    if len(raw) > LARGEST:
        raise UnreadableCalendar
    try:
        found = Calendar.from_ical(without_wild_zones(raw), multiple=True)
        groups = _groups([one for top in found for one in top.walk("VEVENT")])
    except Exception as fault:
        raise UnreadableCalendar from fault
    if not groups and not any(isinstance(one, Calendar) for one in found):
        raise UnreadableCalendar
    read, stop_at = ReadCalendar(), monotonic() + LONGEST_SECONDS
    for group in groups:
        if monotonic() > stop_at or len(read.happenings) >= MOST_SHOWN:
            read.passed_over += len(group)
        else:
            _read_group(group, read, after, until)
    read.happenings.sort(key=lambda one: (one.starts_at, one.uid))
    del read.happenings[MOST_SHOWN:]
    return read


def without_wild_zones(raw: bytes) -> bytes:
    """Take rules out of time zones unless they are yearly: the library follows them while it parses."""
    lines, inside = [], False
    for line in _UNFOLD.sub(b"", raw).splitlines():
        word = line.strip().upper()
        if word in {b"BEGIN:VTIMEZONE", b"END:VTIMEZONE"}:
            inside = word.startswith(b"BEGIN")
        if inside and word.startswith(b"RRULE") and (len(word) > LONGEST_RULE or not _YEARLY.search(word)):
            continue
        lines.append(line)
    return b"\r\n".join(lines) + b"\r\n"


def _groups(components: list[Any]) -> list[list[Any]]:
    """Those with one UID together: a series and what was changed in it."""
    groups: dict[str, list[Any]] = {}
    for number, component in enumerate(components[:MOST_COMPONENTS]):
        groups.setdefault(str(component.get("UID", number)), []).append(component)
    return list(groups.values())


def _read_group(group: list[Any], read: ReadCalendar, after: date, until: date) -> None:
    sane = Calendar()
    for component in group:
        try:
            if "RRULE" in component:
                _bound(component, until)
            sane.add_component(component)
        except Exception:  # noqa: BLE001 (whatever is wrong with it, the rest goes on)
            read.passed_over += 1
    try:
        found = recurring_ical_events.of(sane, skip_bad_series=True).between(after, until + timedelta(days=1))
    except Exception:  # noqa: BLE001 (as above)
        read.passed_over += len(sane.subcomponents)
        return
    for one in found[:MOST_SHOWN]:
        try:
            read.happenings.append(_happening(one))
        except Exception:  # noqa: BLE001 (as above)
            read.passed_over += 1


def _bound(component: Any, until: date) -> None:
    rule = component["RRULE"]
    if isinstance(rule, list):
        raise BadRule
    component["RRULE"] = bounded(check_rule(rule.to_ical().decode()), component["DTSTART"].dt, until)


def _happening(one: Any) -> Happening:
    start = one["DTSTART"].dt
    end = one["DTEND"].dt if "DTEND" in one else start
    is_all_day = not isinstance(start, datetime)
    starts_at, ends_at = _moment(start), _moment(end)
    return Happening(
        uid=str(one.get("UID", ""))[:255], title=str(one.get("SUMMARY", ""))[:255],
        starts_at=starts_at, ends_at=max(starts_at, ends_at), is_all_day=is_all_day,
    )  # fmt: skip


def _moment(value: Any) -> datetime:
    """A moment in time; days and times without a zone are Oslo's."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if value.tzinfo is None:
        value = value.replace(tzinfo=OSLO)
    return value.astimezone(UTC)
