"""Whether a house is open: weekdays, Norwegian public holidays (library: holidays), dates that are different; Oslo's clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
LOOK_AHEAD = 60
"""Days after which we do not say when it opens."""


@dataclass(frozen=True)
class Day:
    """When the house is open on one date, and why it is not as usual."""

    on: date
    spans: tuple[tuple[time, time], ...]
    reason: str = ""
    is_odd: bool = False


@dataclass(frozen=True)
class Now:
    """Open until a clock time, or shut until a moment; `opens_at` is empty when nobody has said."""

    is_open: bool
    closes: time | None = None
    opens_at: datetime | None = None
    days_until: int = 0
    today: Day | None = None


@dataclass(frozen=True)
class Calendar:
    """A place's hours: by weekday, by date, and whether holidays are days off."""

    week: Mapping[int, tuple[tuple[time, time], ...]]
    odd: Mapping[date, tuple[tuple[tuple[time, time], ...], str]]
    closed_on_holidays: bool = True
    language: str = "nb"

    def on(self, day: date) -> Day:
        """A date's hours. A date of its own goes before a holiday, and a holiday before the weekday."""
        if day in self.odd:
            spans, reason = self.odd[day]
            return Day(day, spans, reason, is_odd=True)
        holiday = holidays_in(day.year, self.language).get(day, "") if self.closed_on_holidays else ""
        if holiday:
            return Day(day, (), holiday, is_odd=bool(self.week.get(day.weekday())))
        return Day(day, self.week.get(day.weekday(), ()))

    def at(self, moment: datetime) -> Now:
        """Open or not at a moment, and what comes next."""
        here = moment.astimezone(OSLO)
        today = self.on(here.date())
        clock = here.time().replace(tzinfo=None)
        for opens, closes in today.spans:
            if opens <= clock < closes:
                return Now(is_open=True, closes=closes, today=today)
        for ahead in range(LOOK_AHEAD):
            day = here.date() + timedelta(days=ahead)
            for opens, _closes in self.on(day).spans:
                if ahead or opens > clock:
                    return Now(is_open=False, opens_at=datetime.combine(day, opens, OSLO), days_until=ahead, today=today)
        return Now(is_open=False, today=today)

    def covers(self, start: datetime, end: datetime) -> bool:
        """Whether the house is open the whole time between two moments."""
        first, last = start.astimezone(OSLO), end.astimezone(OSLO)
        if first.date() != last.date():
            return False
        spans = joined(self.on(first.date()).spans)
        return any(o <= first.time().replace(tzinfo=None) and last.time().replace(tzinfo=None) <= c for o, c in spans)


def joined(spans: Iterable[tuple[time, time]]) -> list[tuple[time, time]]:
    """Spans that meet or overlap as one."""
    found: list[tuple[time, time]] = []
    for opens, closes in sorted(spans):
        if found and opens <= found[-1][1]:
            found[-1] = (found[-1][0], max(closes, found[-1][1]))
        else:
            found.append((opens, closes))
    return found


def calendar_of(rows: Iterable[Any], *, closed_on_holidays: bool, language: str) -> Calendar:
    """The hours of a place from its rows, those of weekdays and those of dates."""
    week: dict[int, tuple[tuple[time, time], ...]] = {}
    odd: dict[date, tuple[tuple[tuple[time, time], ...], str]] = {}
    for row in rows:
        span = ((row.opens, row.closes),) if row.opens else ()
        if row.on_date is None:
            week[row.weekday] = tuple(sorted((*week.get(row.weekday, ()), *span)))
        else:
            spans, reason = odd.get(row.on_date, ((), ""))
            odd[row.on_date] = tuple(sorted((*spans, *span))), reason or row.reason
    return Calendar(week, odd, closed_on_holidays, language)


@lru_cache(maxsize=64)
def holidays_in(year: int, language: str = "nb") -> dict[date, str]:
    """Norway's public holidays by name; ordinary Sundays are none."""
    import holidays  # noqa: PLC0415 (slow)

    return dict(holidays.country_holidays("NO", years=year, language="en_US" if language == "en" else "no"))
