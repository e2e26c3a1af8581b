"""What stands on the line: the mean of each week's marks, never more than the eye can take in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean, median
from typing import Any

SPANS = {"maned": 5, "halvt-ar": 26, "ar": 52, "alt": 0}
"""How far back, in weeks; 0 is all."""
MOST_POINTS = 60
FEW = 3
ENOUGH = 8
"""Marks of hope that must be there before one can speak of higher and lower."""


@dataclass(frozen=True)
class OverTime:
    """Labels of the weeks (or longer stretches), the first day, and for each scale a value or None for each."""

    first: date
    labels: list[str]
    values: dict[str, list[float | None]]
    stretch: int = 7

    def at(self, day: str) -> int | None:
        """The place of a day among the labels, if it is among them."""
        index = (date.fromisoformat(day) - self.first).days // self.stretch
        return index if 0 <= index < len(self.labels) else None


def lines_over_time(checkins: Sequence[Any], keys: Iterable[str], *, today: date, weeks: int) -> OverTime:
    """The mean of the marks of each week; longer stretches where there are more than 60 weeks.

    Args:
        checkins: opened check-ins, oldest first.
        keys: keys of the scales.
        today: the last day.
        weeks: how many weeks back; 0 for all.
    """
    oldest = date.fromisoformat(checkins[0].content["on"]) if checkins else today
    first = today - timedelta(weeks=weeks) if weeks else min(oldest, today)
    first = max(first, min(oldest, today)) if weeks else first
    days = (today - first).days + 1
    stretch = max(7, -(-days // MOST_POINTS))
    count = -(-days // stretch)
    marks: dict[str, list[list[int]]] = {key: [[] for _ in range(count)] for key in keys}
    for one in checkins:
        at = (date.fromisoformat(one.content["on"]) - first).days // stretch
        if 0 <= at < count:
            for key, mark in one.content["marks"].items():
                if key in marks:
                    marks[key][at].append(mark)
    labels = [f"{first + timedelta(days=stretch * n):%d.%m.%y}" for n in range(count)]
    values = {key: [round(mean(m), 1) if m else None for m in rows] for key, rows in marks.items()}
    return OverTime(first, labels, values, stretch)


def when_hope_was_higher(checkins: Sequence[Any]) -> list[str]:
    """Some of what was written on days with more hope than usual. Side by side, never as a cause.

    Returns:
        At most three texts, newest first; none while there are too few marks to have a "usual".
    """
    hopes = [(one.content["marks"]["hope"], one.content["words"]) for one in checkins if "hope" in one.content["marks"]]
    if len(hopes) < ENOUGH:
        return []
    usual = median(mark for mark, _words in hopes)
    return [words for mark, words in reversed(hopes) if mark > usual and words][:FEW]
