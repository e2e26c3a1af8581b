"""Reads of one's own notes: opened together, whatever their number, with one look-up of the key."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from knutepunkt.journey.choices import Part
from knutepunkt.journey.methods.contents import clean
from knutepunkt.journey.models import Note, Share
from knutepunkt.people.queries import StillShut, open_own_words
from knutepunkt.web.sealing import unseal_each, unseal_own

FEW = 5
"""So many words stand together for a hard moment."""


@dataclass(frozen=True)
class Opened:
    """A note with what it holds."""

    id: UUID
    kind: str
    version: int
    made_on: date
    changed_on: date
    content: dict[str, Any]
    note: Note = field(repr=False, compare=False)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.content[name]
        except KeyError:
            raise AttributeError(name) from None


def opened(notes: Iterable[Note], owner: str) -> list[Opened]:
    """Notes of one owner, opened. One query for the key."""
    rows = list(notes)
    words = unseal_own(owner, {row.field: bytes(row.content) for row in rows})
    return [
        Opened(row.pk, row.kind, row.version, row.made_on, row.changed_on, json.loads(words[row.field]), row)
        for row in rows
    ]


def opened_of_many(notes: Iterable[Note], owners: Mapping[Any, str]) -> dict[Any, list[Opened]]:
    """Notes of several people, opened, by person. One query for the keys; whose key is gone is left out."""
    rows = list(notes)
    words = unseal_each({(owners[row.person_id], row.field): bytes(row.content) for row in rows})
    found: dict[Any, list[Opened]] = {}
    for row in rows:
        if (told := words.get((owners[row.person_id], row.field))) is not None:
            one = Opened(row.pk, row.kind, row.version, row.made_on, row.changed_on, json.loads(told), row)
            found.setdefault(row.person_id, []).append(one)
    return found


def notes_of(person: Any, *kinds: str, made_today: str = "", beside: UUID | None = None) -> list[Opened]:
    """A person's own notes of these kinds, or all; oldest first. Two queries beside the one that opens.

    Args:
        person: whose.
        kinds: which kinds; none for all.
        made_today: one more kind, of which only those made today count.
        beside: the key of one note that comes with them whatever its kind.

    Raises:
        StillShut: the person's words are shut to whoever has signed in.
    """
    rows = Note.objects.filter(person=person).order_by("made_on", "pk")
    if kinds:
        today = Q(kind=made_today, made_on=timezone.localdate())
        rows = rows.filter(Q(kind__in=kinds) | today | Q(pk=beside))
    owner, found = open_own_words(person), list(rows)
    for row in found:
        row.person = person
    return opened(found, owner)


def note_of(person: Any, note_id: UUID, *kinds: str) -> Opened | None:
    """One of a person's own notes; None if there is none by that key.

    Raises:
        StillShut: the person's words are shut to whoever has signed in.
    """
    found = [note for note in notes_of(person, "none", beside=note_id) if not kinds or note.kind in kinds]
    return found[0] if found else None


def settings_in(notes: Iterable[Opened]) -> dict[str, Any]:
    """What the person has chosen for the journey; everything on, and nothing asked for, until something is."""
    for note in notes:
        if note.kind == "settings":
            return note.content
    return {**clean("settings", {}), "parts": list(Part.values)}


def has_begun(notes: Iterable[Opened]) -> bool:
    """Whether the person has chosen what the journey has."""
    return any(note.kind == "settings" for note in notes)


def what_helps(person: Any) -> list[str]:
    """The person's own few words for hard moments: strategies marked for them, then those of the plan. None while shut."""
    try:
        notes = notes_of(person, "strategy", "plan")
    except StillShut:
        return []
    few = [note.content["text"] for note in notes if note.kind == "strategy" and note.content["in_hard_moments"]]
    return [*few, *(line for note in notes if note.kind == "plan" for line in note.content["helps"])][:FEW]


def shares_of(person: Any) -> list[Share]:
    """Those a person shares with today, and what. One query."""
    rows = Share.objects.filter(person=person, ended_on=None, until_on__gte=timezone.localdate())
    return list(rows.select_related("helper").order_by("made_on", "pk"))
