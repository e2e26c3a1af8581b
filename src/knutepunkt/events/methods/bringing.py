"""From another calendar's file to plans of our own: each entry read by itself, with a reason where it is left.

The file is read as `methods.reading` reads it: bounded, and never hanging.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from icalendar import Calendar

from knutepunkt.events.choices import MOST_EXCEPTIONS, OSLO
from knutepunkt.events.methods.reading import LARGEST, UnreadableCalendar, without_wild_zones
from knutepunkt.events.methods.series import BadRule, Plan, check_rule, occurrences
from knutepunkt.events.methods.writing import plain

MOST_ENTRIES = 200
LONGEST = timedelta(days=14)
SHORTEST = timedelta(minutes=5)


class Left(StrEnum):
    """Why an entry is not brought."""

    NO_START = "no-start"
    BAD_RULE = "bad-rule"
    PAST = "past"
    CANCELLED = "cancelled"
    TOO_MANY = "too-many"
    ODD = "odd"


@dataclass
class Brought:
    """One entry of the file: what it would become, or why it is left."""

    title: str
    facts: dict[str, Any] = field(default_factory=dict)
    when: dict[str, Any] = field(default_factory=dict)
    left: Left | None = None


def entries_in(raw: bytes, *, today: date, until: date) -> list[Brought]:
    """Every entry of an iCalendar file, in the order of the file.

    Raises:
        UnreadableCalendar: too large, or no calendar at all.
    """
    if len(raw) > LARGEST:
        raise UnreadableCalendar
    try:
        tops = Calendar.from_ical(without_wild_zones(raw), multiple=True)
        parts = [one for top in tops for one in top.walk("VEVENT")]
    except Exception as fault:
        raise UnreadableCalendar from fault
    if not parts and not any(isinstance(top, Calendar) for top in tops):
        raise UnreadableCalendar
    read = [_read(one, today, until) for one in parts[:MOST_ENTRIES]]
    if len(parts) > MOST_ENTRIES:
        read.append(Brought("", left=Left.TOO_MANY))
    _without_moved(parts, read)
    return read


def _read(part: Any, today: date, until: date) -> Brought:
    made = Brought("")
    try:
        made.title = plain(str(part.get("SUMMARY", ""))).strip()[:120]
        if str(part.get("STATUS", "")).upper() == "CANCELLED":
            made.left = Left.CANCELLED
        elif "DTSTART" not in part:
            made.left = Left.NO_START
        else:
            made.facts, made.when = _facts_of(part), _when_of(part)
            plan = Plan(**made.when)
            if not occurrences(plan, after=today, until=max(until, plan.first_on)):
                made.left = Left.PAST
    except BadRule:
        made.left = Left.BAD_RULE
    except Exception:  # noqa: BLE001 (whatever is wrong with it, the rest goes on)
        made.left = Left.ODD
    return made


def _facts_of(part: Any) -> dict[str, Any]:
    return {
        "title": plain(str(part.get("SUMMARY", ""))).strip()[:120] or "?",
        "text": plain(str(part.get("DESCRIPTION", ""))).strip()[:4000],
        "place_name": " ".join(plain(str(part.get("LOCATION", ""))).split())[:120],
    }


def _when_of(part: Any) -> dict[str, Any]:
    start = part["DTSTART"].dt
    end = part["DTEND"].dt if "DTEND" in part else start + part["DURATION"].dt if "DURATION" in part else start
    local = _in_oslo(start)
    lasts = max(SHORTEST, min(_in_oslo(end) - local, LONGEST))
    rule = ""
    if "RRULE" in part:
        if isinstance(part["RRULE"], list):
            raise BadRule
        rule = part["RRULE"].to_ical().decode()
        check_rule(rule)
    return {
        "first_on": local.date(), "clock": local.time().replace(second=0, microsecond=0), "minutes": int(lasts.total_seconds() // 60),
        "rule": rule, "except_on": _exceptions(part),
    }  # fmt: skip


def _in_oslo(value: Any) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return value.replace(tzinfo=OSLO) if value.tzinfo is None else value.astimezone(OSLO)


def _exceptions(part: Any) -> list[str]:
    found = part.get("EXDATE", [])
    days = [one.dt for group in (found if isinstance(found, list) else [found]) for one in group.dts]
    return sorted({_in_oslo(day).date().isoformat() for day in days})[:MOST_EXCEPTIONS]


def _without_moved(parts: list[Any], read: list[Brought]) -> None:
    """An occurrence that was changed stands by itself, so its series goes without that day."""
    series = {str(part.get("UID")): one for part, one in zip(parts, read, strict=False) if "RRULE" in part and one.when}
    for part in parts:
        one = series.get(str(part.get("UID")))
        if one is not None and "RECURRENCE-ID" in part and "RRULE" not in part:
            day = _in_oslo(part["RECURRENCE-ID"].dt).date().isoformat()
            one.when["except_on"] = sorted({*one.when["except_on"], day})[:MOST_EXCEPTIONS]
