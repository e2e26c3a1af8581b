"""From a rule to days: RFC 5545 in Oslo's time, bounded so that no rule can hang.

A rule is checked against a short list of parts, and COUNT is turned into UNTIL, before the library
(recurring-ical-events) expands it; a rule that never matches, or never ends, stops at the horizon.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

import recurring_ical_events
from dateutil.easter import easter
from dateutil.rrule import rrulestr
from icalendar import Calendar, vRecur
from icalendar import Event as Component

from knutepunkt.events.choices import LONGEST_RULE, MOST_SESSIONS, OSLO

PARTS = {
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYWEEKNO",
    "BYYEARDAY", "WKST",
}  # fmt: skip
PLAIN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "WKST"}
"""What a daily or weekly rule may have: with more it could search eight thousand years of days for nothing."""
OFTEN = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
LONGEST_LIST = 62
LARGEST_STEP = 1000
OLDEST_DAILY = timedelta(days=3660)
DAYS_OFF = ("easter", "holidays")


class BadRule(Exception):
    """The rule is not one we follow: unreadable, too long, too often, or it would never come to an end."""


@dataclass(frozen=True)
class Plan:
    """When something happens: the first day, the clock in Oslo, how long, and how it repeats."""

    first_on: date
    clock: time
    minutes: int
    rule: str = ""
    except_on: Collection[str] = ()
    not_in_easter: bool = False
    not_on_holidays: bool = False


def check_rule(text: str) -> vRecur:
    """The rule, read and found to be harmless.

    Raises:
        BadRule: anything else.
    """
    if not text or len(text) > LONGEST_RULE or not text.isascii() or not text.isprintable():
        raise BadRule
    try:
        rule = vRecur.from_ical(text.upper().removeprefix("RRULE:"))
        parts = {str(k).upper(): v if isinstance(v, list) else [v] for k, v in rule.items()}
        often = str(parts["FREQ"][0]).upper()
        step = int(parts.get("INTERVAL", [1])[0])
        count = int(parts.get("COUNT", [1])[0])
        rule.to_ical()
        rrulestr(rule.to_ical().decode().split(";UNTIL=")[0], dtstart=datetime(2027, 1, 1))  # noqa: DTZ001 (a trial)
    except Exception as fault:
        raise BadRule from fault
    too_much = any(len(values) > LONGEST_LIST for values in parts.values())
    known = PLAIN if often in {"DAILY", "WEEKLY"} else PARTS
    if set(parts) - known or often not in OFTEN or too_much or not 1 <= step <= LARGEST_STEP or count < 1:
        raise BadRule
    return rule


def bounded(rule: vRecur, start: Any, until: date) -> vRecur:
    """The same rule with an end no later than `until`; COUNT becomes the day of the last one.

    Raises:
        BadRule: it repeats every day from so long ago that following it would take long.
    """
    first = start.date() if isinstance(start, datetime) else start
    often = str(rule["FREQ"][0]).upper()
    if often in {"DAILY", "WEEKLY"} and until - first > OLDEST_DAILY:
        raise BadRule
    last = min([until, *(_day_of(end) for end in _values(rule, "UNTIL"))])
    copy = vRecur({k: v for k, v in rule.items() if k.upper() not in {"COUNT", "UNTIL"}})
    if counts := _values(rule, "COUNT"):
        naive = datetime.combine(first, time(12))
        ends = datetime.combine(last, time(23))
        days = rrulestr(copy.to_ical().decode(), dtstart=naive).replace(until=ends)
        found = list(islice(days, min(int(counts[0]), MOST_SESSIONS)))
        last = found[-1].date() if found else first
    if not isinstance(start, datetime):
        copy["UNTIL"] = [last]
    elif start.tzinfo is None:
        copy["UNTIL"] = [datetime.combine(last, time(23, 59))]
    else:
        ends = datetime.combine(last, time(23, 59), start.tzinfo)
        copy["UNTIL"] = [ends.astimezone(UTC)]
    return copy


def _values(rule: vRecur, name: str) -> list[Any]:
    found = rule.get(name, [])
    return list(found) if isinstance(found, (list, tuple)) else [found]


def _day_of(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else value


def occurrences(plan: Plan, *, after: date, until: date) -> dict[date, tuple[datetime, datetime]]:
    """The days between two dates when it happens, each with start and end; at most `MOST_SESSIONS`.

    The clock on the wall stays the same when summer time begins and ends.

    Raises:
        BadRule: the rule cannot be followed.
    """
    start = datetime.combine(plan.first_on, plan.clock, OSLO)
    if not plan.rule:
        days = [plan.first_on] if after <= plan.first_on <= until else []
    else:
        days = _days_by_rule(plan, start, max(after, plan.first_on), until)
    off = set(plan.except_on)
    if plan.not_in_easter:
        off |= {d.isoformat() for year in range(after.year, until.year + 1) for d in easter_week(year)}
    if plan.not_on_holidays:
        off |= {d.isoformat() for year in range(after.year, until.year + 1) for d in holidays_in(year)}
    kept = [d for d in days if d.isoformat() not in off][:MOST_SESSIONS]
    return {d: _span(d, plan) for d in kept}


def _days_by_rule(plan: Plan, start: datetime, after: date, until: date) -> list[date]:
    if after > until:
        return []
    component, calendar = Component(), Calendar()
    component.add("uid", "series")
    component.add("dtstart", start)
    component.add("rrule", bounded(check_rule(plan.rule), start, until))
    calendar.add_component(component)
    try:
        found = recurring_ical_events.of(calendar).between(after, until + timedelta(days=1))
    except Exception as fault:
        raise BadRule from fault
    return sorted({d for d in (one["DTSTART"].dt.date() for one in found) if after <= d <= until})


def _span(day: date, plan: Plan) -> tuple[datetime, datetime]:
    """Start and end on one day. A clock time that summer time skips becomes the same moment an hour on."""
    start = datetime.combine(day, plan.clock, OSLO).astimezone(UTC)
    return start, start + timedelta(minutes=plan.minutes)


def easter_week(year: int) -> list[date]:
    """Palm Sunday to Easter Monday (library: dateutil)."""
    sunday = easter(year)
    return [sunday + timedelta(days=n) for n in range(-7, 2)]


@lru_cache(maxsize=32)
def holidays_in(year: int) -> frozenset[date]:
    """Norway's public holidays, Sundays that are nothing else left out."""
    import holidays  # noqa: PLC0415 (slow)

    return frozenset(holidays.country_holidays("NO", years=year))
