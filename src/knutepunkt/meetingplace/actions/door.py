"""The tablet at the door: started by a host, held by a code, counting taps that are never about a person."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from knutepunkt.meetingplace.choices.place import DOOR, TAPS_AT_ONCE, TAPS_BACK, How, Part, What
from knutepunkt.meetingplace.methods.hours import OSLO
from knutepunkt.meetingplace.models import Centre, Tap
from knutepunkt.web.models import PaperCode
from knutepunkt.web.papercodes import as_typed, end_codes, issue_code, living_code
from knutepunkt.web.trail import record

FUTURE = timedelta(days=1)


def start_tablet(*, by: Any, centre: Centre) -> str:
    """Give a tablet its code. Several doors may each have one. Shown to the device, never to people."""
    _, printed = issue_code(kind=DOOR, subject=centre.key)
    record("meetingplace:door:started", by=by, about=centre.key, within=centre.key)
    return as_typed(printed)


def stop_tablets(*, by: Any, centre: Centre) -> int:
    """Let every tablet of the place stop counting, also one that is lost. Returns how many."""
    number = end_codes(kind=DOOR, subject=centre.key)
    record("meetingplace:door:stopped", by=by, about=centre.key, within=centre.key, number=number)
    return number


def stop_tablet(*, by: Any, centre: Centre, code: str) -> bool:
    """Let one tablet stop counting. False when its code was dead already."""
    row = living_code(DOOR, code) if code else None
    if row is None or row.subject != centre.key:
        return False
    PaperCode.objects.filter(pk=row.pk).update(died_at=timezone.now())
    record("meetingplace:door:stopped", by=by, about=centre.key, within=centre.key, number=1)
    return True


def part_of_day(hour: int) -> Part:
    """Morning to noon, afternoon to five, then evening."""
    return Part.MORNING if hour < 12 else Part.AFTERNOON if hour < 17 else Part.EVENING  # noqa: PLR2004


def today_here() -> tuple[date, Part]:
    """The date and the part of the day in Oslo."""
    now = timezone.now().astimezone(OSLO)
    return now.date(), part_of_day(now.hour)


@transaction.atomic
def count_taps(*, centre: Centre, taps: Iterable[dict[str, Any]]) -> list[str]:
    """Count what a tablet sends. Each tap has a key of its own: sent twice it is counted once.

    No trail line and no clock: nothing is kept but the day and its part. Answers to a tap that is there are added.

    Args:
        centre: where the tablet stands.
        taps: `id`, `what`, and perhaps `on`, `part`, `is_first`, `how`.

    Returns:
        The keys that are done with, those it could never take too, so that the tablet stops sending them.
    """
    today, part = today_here()
    done, rows, firsts = [], [], []
    for one in list(taps)[:TAPS_AT_ONCE]:
        done.append(str(one.get("id", ""))[:40])
        row = _read(centre, one, today, part)
        if row is not None:
            rows.append(row)
            firsts += [(row.pk, row.is_first)] if row.is_first is not None else []
    Tap.objects.bulk_create(rows, ignore_conflicts=True, batch_size=100)
    for key, is_first in firsts:
        Tap.objects.filter(pk=key, centre=centre, what=What.CAME, is_first=None).update(is_first=is_first)
    return done


def _read(centre: Centre, one: dict[str, Any], today: date, part: str) -> Tap | None:
    """One tap, or None when it makes no sense: a strange key, another kind, a day long ago or to come."""
    try:
        key = UUID(str(one["id"]))
        day = date.fromisoformat(str(one.get("on") or today.isoformat()))
    except (KeyError, ValueError):
        return None
    what, how = one.get("what"), one.get("how") or ""
    if what not in What.values or not today - TAPS_BACK <= day <= today + FUTURE:
        return None
    when = str(one["part"]) if one.get("part") in Part.values else part
    if what == What.LEFT:
        return Tap(id=key, centre=centre, what=what, on_date=min(day, today), part=when, how=how) if how in How.values else None
    is_first = one.get("is_first") if isinstance(one.get("is_first"), bool) else None
    return Tap(id=key, centre=centre, what=what, on_date=min(day, today), part=when, is_first=is_first)
