"""Reads of one's own notes: opened together, whatever their number, with one look-up of the key."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from knutepunkt.journey.choices import Part
from knutepunkt.journey.methods.contents import clean
from knutepunkt.journey.models import Note, Share, field_of
from knutepunkt.people.queries import StillShut, open_own_words
from knutepunkt.web.sealing import unseal_each, unseal_own

A_YEAR, ABOUT = timedelta(days=365), timedelta(days=21)
COLUMNS = ("id", "kind", "content", "version", "made_on", "changed_on")
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
    sealed: bytes = field(repr=False, compare=False)
    person: Any = field(repr=False, compare=False)

    @cached_property
    def note(self) -> Note:
        """The row it was opened from, for an action on it."""
        values = [self.id, self.person.pk, self.kind, self.sealed, self.version, self.made_on, self.changed_on]
        row = Note.from_db("default", (*COLUMNS[:1], "person_id", *COLUMNS[1:]), values)
        row.person = self.person
        return row

    def __getattr__(self, name: str) -> Any:
        try:
            return self.content[name]
        except KeyError:
            raise AttributeError(name) from None


def opened(rows: QuerySet[Note], person: Any, owner: str) -> list[Opened]:
    """Notes of one person, opened with the person's key. Two queries; columns and not models, since there may be a thousand."""
    found = list(rows.values_list(*COLUMNS))
    words = unseal_own(owner, {field_of(key, kind): bytes(sealed) for key, kind, sealed, *_rest in found})
    return [
        Opened(key, kind, version, made_on, changed_on, json.loads(words[field_of(key, kind)]), sealed, person)
        for key, kind, sealed, version, made_on, changed_on in found
    ]


def opened_of_many(rows: QuerySet[Note], people: Mapping[Any, Any]) -> dict[Any, list[Opened]]:
    """Notes of several people, opened, by person's key. Two queries; whose key is gone is left out.

    Args:
        rows: the notes.
        people: the persons, by key.
    """
    columns = list(rows.values_list("person_id", *COLUMNS))
    words = unseal_each({(people[pk].key_owner, field_of(key, kind)): bytes(sealed) for pk, key, kind, sealed, *_rest in columns})
    found: dict[Any, list[Opened]] = {}
    for pk, key, kind, sealed, version, made_on, changed_on in columns:
        if (told := words.get((people[pk].key_owner, field_of(key, kind)))) is not None:
            found.setdefault(pk, []).append(Opened(key, kind, version, made_on, changed_on, json.loads(told), sealed, people[pk]))
    return found


def notes_of(
    person: Any, *kinds: str, made_today: str = "", beside: UUID | None = None, checkins_since: date | None = None
) -> list[Opened]:
    """A person's own notes of these kinds, or all; oldest first. Two queries beside the one that opens.

    Args:
        person: whose.
        kinds: which kinds; none for all.
        made_today: one more kind, of which only those made today count.
        beside: the key of one note that comes with them whatever its kind.
        checkins_since: of check-ins only those written since then, and those written about a year ago.

    Raises:
        StillShut: the person's words are shut to whoever has signed in.
    """
    rows = Note.objects.filter(person=person).order_by("made_on", "pk")
    if kinds:
        today = Q(kind=made_today, made_on=timezone.localdate())
        rows = rows.filter(Q(kind__in=kinds) | today | Q(pk=beside))
    if checkins_since:
        last_year = timezone.localdate() - A_YEAR
        then = Q(made_on__range=(last_year - ABOUT, last_year + ABOUT))
        rows = rows.filter(~Q(kind="checkin") | Q(made_on__gte=checkins_since) | then)
    return opened(rows, person, open_own_words(person))


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
    return list(dict.fromkeys([*few, *(line for note in notes if note.kind == "plan" for line in note.content["helps"])]))[:FEW]


def shares_of(person: Any) -> list[Share]:
    """Those a person shares with today, and what. One query."""
    rows = Share.objects.filter(person=person, ended_on=None, until_on__gte=timezone.localdate())
    return list(rows.select_related("helper").order_by("made_on", "pk"))
