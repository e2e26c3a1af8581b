"""Reads through a share: only its parts, only while it stands, only to whom it is given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import mean
from typing import Any
from uuid import UUID

from django.utils import timezone

from knutepunkt.journey.choices import FELT, Part
from knutepunkt.journey.methods.contents import kinds_of
from knutepunkt.journey.models import Note, Share
from knutepunkt.journey.queries.own import Opened, opened
from knutepunkt.web.sealing import KeyGone, unseal_text
from knutepunkt.web.threshold import is_shown

PRIVATE = ("meeting-note", "wish", "signal")
"""Kinds in a shared part that are still the person's alone; wishes open by signal."""


@dataclass(frozen=True)
class Seen:
    """What somebody sees of a journey now."""

    share: Share
    notes: list[Opened]
    is_open: bool
    wishes: list[Opened]

    def of(self, kind: str) -> list[Opened]:
        """The notes of one kind, oldest first."""
        return [note for note in self.notes if note.kind == kind]

    @property
    def days_left(self) -> int:
        """How many days the share stands, today counted."""
        return (self.share.until_on - timezone.localdate()).days + 1


def stands(share: Share, today: date | None = None) -> bool:
    """Whether a share stands today."""
    return share.ended_on is None and not share.is_muted and share.until_on >= (today or timezone.localdate())


def share_by_key(key: str) -> Share | None:
    """The share a link names, if it stands today."""
    try:
        pk = UUID(key.rpartition(":")[2])
    except ValueError:
        return None
    share = Share.objects.select_related("person", "helper").filter(pk=pk).first()
    return share if share is not None and stands(share) else None


def shares_to(helper: Any) -> list[Share]:
    """The shares somebody has taken that stand today. One query."""
    rows = Share.objects.filter(
        helper=helper, ended_on=None, is_muted=False, until_on__gte=timezone.localdate(), person__erased_at=None
    )
    return list(rows.select_related("person").order_by("made_on", "pk"))


def share_to(helper: Any, share_id: UUID) -> Share | None:
    """One share somebody has taken, if it stands today."""
    share = Share.objects.select_related("person", "helper").filter(pk=share_id, helper=helper).first()
    return share if share is not None and stands(share) else None


def seen_through(share: Share) -> Seen:
    """What is seen through a share now. Two queries.

    Raises:
        KeyGone: the person has erased everything.
    """
    owner = share.person.key_owner
    kinds = [kind for part in share.parts for kind in kinds_of(part) if kind not in PRIVATE]
    rows = Note.objects.filter(person_id=share.person_id, kind__in=[*kinds, "signal", "wish"]).order_by("made_on", "pk")
    notes = opened(rows, owner)
    is_open = any(is_open_now(note) for note in notes if note.kind == "signal")
    wishes = [n for n in notes if n.kind == "wish" and is_open and str(share.pk) in n.content["circle"]]
    hidden = share.only_by_signal and not is_open
    shown = [] if hidden else [n for n in notes if n.kind not in PRIVATE and _is_theirs(n, share)]
    return Seen(share, shown, is_open, wishes)


def _is_theirs(note: Opened, share: Share) -> bool:
    """Talks and agreements are between the person and one other; nobody else sees them."""
    if note.kind in {"talk", "pact"}:
        return bool(note.content["share"] == str(share.pk))
    return not (note.kind == "step" and note.content["talk"] and not note.content["goal"])


def is_open_now(signal: Opened) -> bool:
    """Whether the person's signal is open at this moment."""
    closes = signal.content["closes_at"]
    return bool(closes) and datetime.fromisoformat(closes) > timezone.now()


def names_of(shares: Iterable[Share], person: Any) -> dict[UUID, str]:
    """What the person calls those who see something, by share."""
    found = {}
    for share in shares:
        try:
            found[share.pk] = unseal_text(person.key_owner, f"journey.share:{share.pk}", bytes(share.name))
        except KeyGone:
            found[share.pk] = ""
    return found


def pattern_of(helper: Any) -> list[tuple[Any, float]]:
    """How talks with this helper were felt, over all who let it be seen; nothing under five people.

    Returns:
        (question, mean from 1 to 5) for each question; empty below the threshold.
    """
    by_person: dict[Any, list[dict[str, int]]] = {}
    for share in shares_to(helper):
        if Part.TALKS not in share.parts:
            continue
        rows = Note.objects.filter(person_id=share.person_id, kind__in=["meeting-note", "talk"])
        notes = opened(rows, share.person.key_owner)
        talks = {str(n.id) for n in notes if n.kind == "talk" and n.content["share"] == str(share.pk)}
        shown = [n.content["marks"] for n in notes if n.kind == "meeting-note" and n.content["shown"]
                 and n.content["talk"] in talks]  # fmt: skip
        if shown:
            by_person[share.person_id] = shown
    if not is_shown(len(by_person)):
        return []
    found = []
    for key, (question, _less, _more) in FELT.items():
        each = [mean(marks[key] for marks in rows if key in marks) for rows in by_person.values() if any(key in m for m in rows)]
        if is_shown(len(each)):
            found.append((question, round(mean(each), 1)))
    return found
