"""The picture of an event: re-encoded without place and camera, sealed with the event's key, always with words."""

from typing import Any

from django.db import transaction

from knutepunkt.events.actions.marking import mark_feeds
from knutepunkt.events.models import Event
from knutepunkt.web.files import keep_picture, remove_file
from knutepunkt.web.models import StoredFile
from knutepunkt.web.trail import record

PICTURE = "events.picture"


class NeedsWords(Exception):
    """A picture says in words what it shows."""


@transaction.atomic
def set_picture(*, by: Any, event: Event, content: bytes, alt: str) -> Event:
    """Put a picture in the place of the one before, which goes.

    Raises:
        NeedsWords: nothing says what it shows.
        FileRefused: it is no picture we read, or too large.
    """
    if not alt.strip():
        raise NeedsWords
    event = Event.objects.select_for_update().get(pk=event.pk)
    before = event.picture_id
    event.picture = keep_picture(owner=event.key_owner, kind=PICTURE, content=content)
    event.picture_alt = alt.strip()[:200]
    event.save(update_fields=["picture", "picture_alt", "changed_at"])
    _let_go(before)
    mark_feeds(event=event)
    record("events:picture:set", by=by, about=event.key, within=event.key)
    return event


@transaction.atomic
def say_what_it_shows(*, by: Any, event: Event, alt: str) -> Event:
    """Other words for the same picture.

    Raises:
        NeedsWords: there are none.
    """
    if not alt.strip():
        raise NeedsWords
    event.picture_alt = alt.strip()[:200]
    event.save(update_fields=["picture_alt", "changed_at"])
    record("events:picture:said", by=by, about=event.key, within=event.key)
    return event


@transaction.atomic
def remove_picture(*, by: Any, event: Event) -> Event:
    """Take the picture away, file and all."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    before = event.picture_id
    event.picture, event.picture_alt = None, ""
    event.save(update_fields=["picture", "picture_alt", "changed_at"])
    _let_go(before)
    record("events:picture:removed", by=by, about=event.key, within=event.key)
    return event


def _let_go(stored_id: Any) -> None:
    """Delete the file when the change has gone through, so that a rollback keeps it."""
    stored = StoredFile.objects.filter(pk=stored_id).first()
    if stored is not None:
        transaction.on_commit(lambda: remove_file(stored))
