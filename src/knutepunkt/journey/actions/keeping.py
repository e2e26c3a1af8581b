"""Keeping, changing and removing a person's own notes. Sealed on the way in; never a word in trail or log."""

import json
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from knutepunkt.journey.methods.contents import clean
from knutepunkt.journey.models import ONE_OF, Note
from knutepunkt.people.queries import open_own_words
from knutepunkt.web.files import remove_file
from knutepunkt.web.models import StoredFile
from knutepunkt.web.once import mark_done
from knutepunkt.web.sealing import seal, unseal

MOST_NOTES = 20_000


class ChangedElsewhere(Exception):
    """The note is of a newer version than the one that was changed; `now` is its content, `version` its number."""

    def __init__(self, note: Note, now: dict[str, Any]) -> None:
        super().__init__()
        self.note, self.now, self.version = note, now, note.version


class TooManyNotes(Exception):
    """More notes than one journey can hold."""


@transaction.atomic
def keep_note(*, by: Any, kind: str, content: dict[str, Any], note_id: UUID | None = None) -> Note:
    """Keep a new note.

    Args:
        by: whose journey it is.
        kind: a kind in `methods.contents.KINDS`.
        content: what it holds, as plain data.
        note_id: a key a device has chosen. The same key with the same content again is the same note.

    Raises:
        BadContent: the content does not fit its kind.
        ChangedElsewhere: the key is taken by another content of this person.
        StillShut: the person's words are shut to whoever has signed in.
        TooManyNotes: the journey is full.
    """
    return store_note(person=by, owner=open_own_words(by), kind=kind, content=content, note_id=note_id)


@transaction.atomic
def store_note(
    *, person: Any, owner: str, kind: str, content: dict[str, Any], note_id: UUID | None = None
) -> Note:
    """Keep a note in somebody's journey, by the person or by one the person shares with (`actions.sharing`).

    Args:
        person: whose journey.
        owner: the name of the person's key; whoever calls has asked for it by the right door.
        kind: as `keep_note`.
        content: as `keep_note`.
        note_id: as `keep_note`.

    Raises:
        As `keep_note`.
    """
    cleaned = clean(kind, content)
    key = note_id or uuid4()
    if (known := _known(person, kind, key)) is not None:
        return _same(known, person, owner, kind, cleaned)
    if Note.objects.filter(person=person).count() >= MOST_NOTES:
        raise TooManyNotes
    mark_done()
    today = timezone.localdate()
    note = Note(id=key, person=person, kind=kind, made_on=today, changed_on=today, wakes=_wakes(kind, cleaned))
    note.content = _sealed(owner, note, cleaned)
    try:
        with transaction.atomic():
            note.save(force_insert=True)
    except IntegrityError:
        # The same note, or the one there can be, was stored at the very same time.
        if (known := _known(person, kind, key)) is None:
            raise
        return _same(known, person, owner, kind, cleaned)
    return note


def _known(person: Any, kind: str, key: UUID) -> Note | None:
    """What stands where a new note would be: by its key, or the one of its kind."""
    rows = Note.objects.select_for_update()
    known = rows.filter(pk=key).first()
    if kind in ONE_OF and known is None:
        known = rows.filter(person=person, kind=kind).first()
    return known


def _same(known: Note, person: Any, owner: str, kind: str, cleaned: dict[str, Any]) -> Note:
    now = _opened(known, owner) if known.person_id == person.pk and known.kind == kind else {}
    if now == cleaned:
        return known
    raise ChangedElsewhere(known, now)


@transaction.atomic
def change_note(*, by: Any, note: Note, content: dict[str, Any], version: int | None = None) -> Note:
    """Change a note of one's own.

    Args:
        by: whose it is.
        note: the note.
        content: all it shall hold from now on.
        version: the version that was shown; None where what is stored may be written over.

    Raises:
        BadContent: the content does not fit its kind.
        ChangedElsewhere: it was changed elsewhere since; nothing is stored.
        StillShut: the person's words are shut to whoever has signed in.
    """
    open_own_words(by)
    if note.person_id != by.pk:
        raise Note.DoesNotExist
    return rewrite_note(owner=by.key_owner, note=note, content=content, version=version)


@transaction.atomic
def rewrite_note(*, owner: str, note: Note, content: dict[str, Any], version: int | None = None) -> Note:
    """Change a note in somebody's journey, by the person or by one the person shares with.

    Raises:
        As `change_note`.
    """
    cleaned = clean(note.kind, content)
    now = Note.objects.select_for_update().get(pk=note.pk)
    if version is not None and now.version != version:
        stored = _opened(now, owner)
        if stored == cleaned:
            return now
        raise ChangedElsewhere(now, stored)
    mark_done()
    now.content, now.version, now.changed_on = _sealed(owner, now, cleaned), now.version + 1, timezone.localdate()
    now.wakes = _wakes(now.kind, cleaned)
    now.save(update_fields=["content", "version", "changed_on", "wakes"])
    return now


@transaction.atomic
def remove_note(*, by: Any, note: Note) -> None:
    """Remove a note of one's own, and what hangs on it alone (steps of a goal, tries of a strategy)."""
    owner = open_own_words(by)
    hangs = {"goal": ("step", "goal"), "strategy": ("try", "strategy"), "talk": ("meeting-note", "talk")}.get(note.kind)
    mark_done()
    if key := (_opened(note, owner).get("file") if note.kind == "matter" else ""):
        for stored in StoredFile.objects.filter(pk=key, owner=owner):
            remove_file(stored)
    if hangs:
        kind, field = hangs
        rows = Note.objects.filter(person=by, kind=kind)
        gone = [row.pk for row in rows if _opened(row, owner)[field] == str(note.pk)]
        Note.objects.filter(pk__in=gone).delete()
    Note.objects.filter(pk=note.pk, person=by).delete()


def put_only_note(*, by: Any, kind: str, content: dict[str, Any], version: int | None = None) -> Note:
    """Keep the one note of a kind a person has one of, or change it.

    Raises:
        As `keep_note` and `change_note`.
    """
    known = Note.objects.filter(person=by, kind=kind).first()
    if known is None:
        return keep_note(by=by, kind=kind, content=content)
    return change_note(by=by, note=known, content=content, version=version)


def _wakes(kind: str, content: dict[str, Any]) -> bool:
    """Whether the daily job has to open this note to see if a reminder is wanted today."""
    return kind == "settings" and bool(content["remind_on"]) and not content["is_resting"]


def _sealed(owner: str, note: Note, content: dict[str, Any]) -> bytes:
    return seal(owner, note.field, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def _opened(note: Note, owner: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(unseal(owner, note.field, bytes(note.content)))
    return found
