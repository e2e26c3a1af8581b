"""Bringing a calendar from somewhere else: the file is kept sealed for a day while it is looked at, then it goes."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from knutepunkt.events.actions.planning import make_event
from knutepunkt.events.choices import HORIZON
from knutepunkt.events.methods.bringing import Brought, entries_in
from knutepunkt.events.methods.series import BadRule
from knutepunkt.events.models import Event
from knutepunkt.web.files import keep_file, read_file, remove_file
from knutepunkt.web.models import StoredFile

BROUGHT = "events.brought"


def read_brought(content: bytes) -> list[Brought]:
    """What stands in a file, as it would become here.

    Raises:
        UnreadableCalendar: it is no calendar.
    """
    today = timezone.localdate()
    return entries_in(content, today=today, until=today + HORIZON)


def keep_brought(*, by: Any, content: bytes) -> StoredFile:
    """Keep a file with the person's own key until tomorrow; one at a time."""
    for old in StoredFile.objects.filter(owner=by.key_owner, kind=BROUGHT):
        remove_file(old)
    until = timezone.localdate() + timedelta(days=1)
    return keep_file(owner=by.key_owner, kind=BROUGHT, media_type="text/calendar", content=content, until_on=until)


def store_brought(*, by: Any, organiser: Any, chosen: set[int]) -> list[Event]:
    """Make drafts of the entries chosen, by their place in the file. The file goes; the same press twice gives one set."""
    with transaction.atomic():
        stored = StoredFile.objects.select_for_update().filter(owner=by.key_owner, kind=BROUGHT).first()
        if stored is None:
            return []
        made = []
        for number, entry in enumerate(read_brought(read_file(stored))):
            if number in chosen and entry.left is None:
                try:
                    with transaction.atomic():
                        made.append(make_event(by=by, organiser=organiser, when=entry.when, **entry.facts))
                except BadRule:
                    continue
        remove_file(stored)
    return made
