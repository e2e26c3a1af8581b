"""From a rule to days: summer time, Easter, and rules that would hang."""

import time as clocks
from datetime import date, time
from typing import Any

import pytest

from knutepunkt.events.choices import OSLO
from knutepunkt.events.methods.series import BadRule, Plan, check_rule, easter_week, holidays_in, occurrences

WEEKLY = "FREQ=WEEKLY"


def days(plan: Plan, after: str, until: str) -> list[str]:
    found = occurrences(plan, after=date.fromisoformat(after), until=date.fromisoformat(until))
    return [day.isoformat() for day in found]


@pytest.mark.parametrize(
    ("first", "last", "hours"), [("2027-03-21", "2027-03-28", (17, 16)), ("2027-10-24", "2027-10-31", (16, 17))]
)
def test_clock_on_the_wall_stays_when_summer_time_begins_and_ends(first: str, last: str, hours: tuple[int, int]) -> None:
    plan = Plan(date.fromisoformat(first), time(18), 120, WEEKLY)

    found = list(occurrences(plan, after=plan.first_on, until=date.fromisoformat(last)).values())

    assert tuple(start.hour for start, _ in found) == hours
    assert [start.astimezone(OSLO).hour for start, _ in found] == [18, 18]
    assert [(end - start).total_seconds() for start, end in found] == [7200, 7200]


def test_an_hour_that_does_not_exist_is_moved_and_not_lost() -> None:
    plan = Plan(date(2027, 3, 27), time(2, 30), 60, "FREQ=DAILY")

    found = occurrences(plan, after=plan.first_on, until=date(2027, 3, 29))

    assert [start.astimezone(OSLO).strftime("%d %H:%M") for start, _ in found.values()] == ["27 02:30", "28 03:30", "29 02:30"]


def test_not_in_easter_week() -> None:
    plan = Plan(date(2027, 3, 16), time(13), 120, WEEKLY, not_in_easter=True)

    assert days(plan, "2027-03-16", "2027-04-06") == ["2027-03-16", "2027-03-30", "2027-04-06"]
    assert easter_week(2027)[0] == date(2027, 3, 21)
    assert easter_week(2027)[-1] == date(2027, 3, 29)


def test_not_on_holidays() -> None:
    plan = Plan(date(2027, 5, 10), time(13), 120, WEEKLY, not_on_holidays=True)

    assert days(plan, "2027-05-10", "2027-05-24") == ["2027-05-10", "2027-05-24"]
    assert date(2027, 5, 17) in holidays_in(2027)
    assert date(2027, 5, 16) not in holidays_in(2027) or date(2027, 5, 16).weekday() == 6


def test_exceptions_count_among_count() -> None:
    plan = Plan(date(2027, 1, 4), time(10), 60, "FREQ=WEEKLY;COUNT=3", except_on=["2027-01-11"])

    assert days(plan, "2027-01-01", "2027-12-31") == ["2027-01-04", "2027-01-18"]


def test_once() -> None:
    plan = Plan(date(2027, 1, 4), time(10), 60)

    assert days(plan, "2027-01-01", "2027-12-31") == ["2027-01-04"]


def test_ten_thousand_exceptions_and_no_end() -> None:
    plan = Plan(
        date(2027, 1, 1), time(10), 60, "FREQ=DAILY",
        except_on=[date.fromordinal(date(2027, 1, 2).toordinal() + n).isoformat() for n in range(10_000)],
    )  # fmt: skip
    start = clocks.monotonic()

    assert days(plan, "2027-01-01", "2028-02-05") == ["2027-01-01"]
    assert clocks.monotonic() - start < 5


HOSTILE = [
    "", "FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=1", "FREQ=HOURLY", "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;INTERVAL=-1",
    "FREQ=DAILY;BYHOUR=1,2,3", "FREQ=DAILY;BYSECOND=1", "FREQ=WEEKLY;COUNT=0", "INTERVAL=2", "hei", "FREQ=\x00DAILY",
    "FREQ=DAILY;" + "X" * 400, "FREQ=DAILY;BYMONTHDAY=" + ",".join("1" * 1 for _ in range(80)), "FREQ=WEEKLY\r\nSUMMARY:x",
    "FREQ=WEEKLY;BYDAY=QQ", "FREQ=YEARLY;BYEASTER=1", "FREQ=DAILY;FREQ=SECONDLY", "🙂", "FREQ=WEEKLY;UNTIL=hei",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;BYSETPOS=366",
]  # fmt: skip


@pytest.mark.parametrize("rule", HOSTILE)
def test_hostile_rules_are_refused(rule: str) -> None:
    with pytest.raises(BadRule):
        check_rule(rule)


NEVER = [
    "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=2MO;COUNT=5", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;COUNT=9",
    "FREQ=DAILY;COUNT=999999999", "FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2;COUNT=3", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6;COUNT=2",
]  # fmt: skip


@pytest.mark.parametrize("rule", NEVER)
def test_rules_that_never_match_or_end_stop_at_the_horizon(rule: str) -> None:
    start = clocks.monotonic()

    found = days(Plan(date(2027, 1, 1), time(10), 60, rule), "2027-01-01", "2028-02-05")

    assert len(found) <= 401
    assert clocks.monotonic() - start < 5


def test_reading_a_rule_leaves_it_as_it_was() -> None:
    rule: Any = check_rule("rrule:freq=monthly;byday=1fr")

    assert rule.to_ical() == b"FREQ=MONTHLY;BYDAY=1FR"
