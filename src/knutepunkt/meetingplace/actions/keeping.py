"""Keeping the place: its page, hours, rules and pictures, and a host's own yes to standing there."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.db import transaction
from django.db.models import F

from knutepunkt.meetingplace.choices.place import MOST_PICTURES
from knutepunkt.meetingplace.models import Centre, Hours, HouseRules, Picture, ShownHost
from knutepunkt.web.files import keep_picture, remove_file
from knutepunkt.web.trail import record

PAGE_FIELDS = frozenset({
    "welcome", "about", "address", "directions", "house", "contact", "bookings_kept_days",
})  # fmt: skip
Span = tuple[time, time]


class SomebodyElseSaved(Exception):
    """Somebody else saved in between; `now` is what is saved."""

    def __init__(self, now: Any) -> None:
        super().__init__()
        self.now = now


class FullOfPictures(Exception):
    """There are as many pictures as the page shows."""


@transaction.atomic
def open_place(*, by: Any, organisation: Any) -> Centre:
    """Open a centre's meeting place. Opening it again gives the one that is there."""
    centre, is_new = Centre.objects.get_or_create(organisation=organisation)
    if is_new:
        record("meetingplace:centre:opened", by=by, about=centre.key, within=centre.key)
    return centre


def _save_over(rows: Any, version: int, **facts: Any) -> None:
    """Save when nobody has saved since `version`.

    Raises:
        SomebodyElseSaved: somebody has.
    """
    if not rows.filter(version=version).update(version=F("version") + 1, **facts):
        raise SomebodyElseSaved(rows.get())


@transaction.atomic
def write_page(*, by: Any, centre: Centre, version: int, **words: Any) -> None:
    """Write what stands on the place's page.

    Raises:
        SomebodyElseSaved: somebody else saved first; nothing is changed.
    """
    if unknown := set(words) - PAGE_FIELDS:
        raise TypeError(unknown)
    _save_over(Centre.objects.filter(pk=centre.pk), version, **words)
    record("meetingplace:centre:written", by=by, about=centre.key, within=centre.key)


@transaction.atomic
def set_week(
    *, by: Any, centre: Centre, version: int, week: dict[int, list[Span]], closed_on_holidays: bool
) -> None:
    """Set the ordinary week's hours.

    Raises:
        SomebodyElseSaved: somebody else saved first; nothing is changed.
    """
    _save_over(Centre.objects.filter(pk=centre.pk), version, closed_on_holidays=closed_on_holidays)
    Hours.objects.filter(centre=centre, on_date=None).delete()
    Hours.objects.bulk_create(
        Hours(centre=centre, weekday=weekday, opens=opens, closes=closes)
        for weekday, spans in week.items()
        for opens, closes in spans
    )
    record("meetingplace:hours:set", by=by, about=centre.key, within=centre.key)


@transaction.atomic
def set_day(*, by: Any, centre: Centre, day: date, spans: Iterable[Span], reason: str = "") -> None:
    """Say that one date is not as usual: other hours, or closed when there are none. The last word holds."""
    Centre.objects.select_for_update(of=("self",)).get(pk=centre.pk)
    Hours.objects.filter(centre=centre, on_date=day).delete()
    rows = [Hours(centre=centre, on_date=day, opens=o, closes=c, reason=reason.strip()) for o, c in spans]
    Hours.objects.bulk_create(rows or [Hours(centre=centre, on_date=day, reason=reason.strip())])
    record("meetingplace:hours:day-set", by=by, about=centre.key, within=centre.key)


@transaction.atomic
def clear_day(*, by: Any, centre: Centre, day: date) -> None:
    """Let a date be as usual again."""
    if Hours.objects.filter(centre=centre, on_date=day).delete()[0]:
        record("meetingplace:hours:day-cleared", by=by, about=centre.key, within=centre.key)


@transaction.atomic
def write_rules(*, by: Any, centre: Centre, text: str, agreed_on: date, agreed_where: str = "", number: int) -> HouseRules:
    """A new edition of the house rules. `number` is the edition that was read; the old ones stay.

    Raises:
        SomebodyElseSaved: another edition has come in between; nothing is changed.
    """
    centre = Centre.objects.select_for_update(of=("self",)).select_related("current_rules").get(pk=centre.pk)
    current = centre.current_rules
    if (current.number if current else 0) != number:
        raise SomebodyElseSaved(current)
    made = HouseRules.objects.create(
        centre=centre, number=number + 1, text=text, agreed_on=agreed_on, agreed_where=agreed_where
    )
    Centre.objects.filter(pk=centre.pk).update(current_rules=made)
    record("meetingplace:rules:written", by=by, about=centre.key, within=centre.key, number=made.number)
    return made


@transaction.atomic
def add_picture(*, by: Any, centre: Centre, content: bytes, alt: str) -> Picture:
    """Keep a picture of the house, made anew without place, time or camera.

    Raises:
        FullOfPictures: there are as many as the page shows.
        FileRefused: it is no picture, or too large.
    """
    Centre.objects.select_for_update(of=("self",)).get(pk=centre.pk)
    if Picture.objects.filter(centre=centre).count() >= MOST_PICTURES:
        raise FullOfPictures
    stored = keep_picture(owner=centre.key_owner, kind="meetingplace.picture", content=content)
    made = Picture.objects.create(centre=centre, file=stored, alt=alt.strip())
    record("meetingplace:picture:added", by=by, about=centre.key, within=centre.key)
    return made


@transaction.atomic
def remove_picture(*, by: Any, picture: Picture) -> None:
    """Take a picture away, with its file."""
    centre, stored = picture.centre, picture.file
    picture.delete()
    remove_file(stored)
    record("meetingplace:picture:removed", by=by, about=centre.key, within=centre.key)


@transaction.atomic
def show_me(*, by: Any, centre: Centre, words: str = "") -> ShownHost:
    """A host's own yes to standing on the page by the name they have chosen."""
    made, _ = ShownHost.objects.update_or_create(centre=centre, person_id=by.pk, defaults={"words": words.strip()})
    record("meetingplace:host:shown", by=by, about=centre.key, within=centre.key)
    return made


@transaction.atomic
def hide_me(*, by: Any, centre: Centre) -> None:
    """A host's own no."""
    if ShownHost.objects.filter(centre=centre, person_id=by.pk).delete()[0]:
        record("meetingplace:host:hidden", by=by, about=centre.key, within=centre.key)
