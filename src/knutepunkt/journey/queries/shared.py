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
from knutepunkt.journey.queries.own import Opened, opened, opened_of_many
from knutepunkt.web.sealing import KeyGone, unseal_own
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
    kinds = {kind for part in share.parts for kind in kinds_of(part) if kind not in PRIVATE}
    wanted = {*kinds, "signal", "wish", *(["step"] if "talk" in kinds else [])}
    rows = Note.objects.filter(person_id=share.person_id, kind__in=wanted).order_by("made_on", "pk")
    notes = opened(rows, share.person, share.person.key_owner)
    is_open = any(is_open_now(note) for note in notes if note.kind == "signal")
    wishes = [n for n in notes if n.kind == "wish" and is_open and str(share.pk) in n.content["circle"]]
    hidden = share.only_by_signal and not is_open
    talks = {str(n.id) for n in notes if n.kind == "talk" and n.content["share"] == str(share.pk)}
    shown = [] if hidden else [n for n in notes if n.kind not in PRIVATE and _is_theirs(n, share, talks)]
    return Seen(share, shown, is_open, wishes)


def _is_theirs(note: Opened, share: Share, talks: set[str]) -> bool:
    """Talks, agreements and what they agreed to do are between the person and one other; nobody else sees them."""
    if note.kind in {"talk", "pact"}:
        return bool(note.content["share"] == str(share.pk))
    if note.kind == "step" and note.content["talk"] in talks:
        return True
    return note.kind != "step" or (Part.GOALS in share.parts and bool(note.content["goal"] or not note.content["talk"]))


def is_open_now(signal: Opened) -> bool:
    """Whether the person's signal is open at this moment."""
    closes = signal.content["closes_at"]
    return bool(closes) and datetime.fromisoformat(closes) > timezone.now()


def names_of(shares: Iterable[Share], person: Any) -> dict[UUID, str]:
    """What the person calls those who see something, by share. One query."""
    rows = list(shares)
    try:
        names = unseal_own(person.key_owner, {share.key: bytes(share.name) for share in rows})
    except KeyGone:
        return {share.pk: "" for share in rows}
    return {share.pk: names[share.key].decode() for share in rows}


@dataclass(frozen=True)
class Sharing:
    """One who shares with a helper: what they want to talk about next, and whether a signal is open."""

    share: Share
    agenda: list[dict[str, str]]
    has_signal: bool
    felt: list[dict[str, int]]

    @property
    def days_left(self) -> int:
        """How many days the share stands, today counted."""
        return (self.share.until_on - timezone.localdate()).days + 1


def sharing_with(helper: Any) -> list[Sharing]:
    """All who share with a helper today. Three queries, however many."""
    shares = shares_to(helper)
    people = {share.person_id: share.person for share in shares}
    rows = Note.objects.filter(person_id__in=people, kind__in=["talk", "meeting-note", "wish", "signal"])
    notes = opened_of_many(rows.order_by("made_on", "pk"), people)
    return [_sharing(share, notes.get(share.person_id, [])) for share in shares]


def _sharing(share: Share, notes: list[Opened]) -> Sharing:
    key, with_talks = str(share.pk), Part.TALKS in share.parts
    is_open = any(is_open_now(n) for n in notes if n.kind == "signal")
    has_signal = is_open and any(key in n.content["circle"] for n in notes if n.kind == "wish")
    is_shown_now = with_talks and (is_open or not share.only_by_signal)
    talks = [n for n in notes if is_shown_now and n.kind == "talk" and n.content["share"] == key]
    ahead = [n.content["agenda"] for n in talks if not n.content["notes"]]
    own = {str(n.id) for n in talks}
    felt = [n.content["marks"] for n in notes if n.kind == "meeting-note" and n.content["shown"] and n.content["talk"] in own]
    return Sharing(share, ahead[-1] if ahead else [], has_signal, felt)


def pattern_of(rows: Iterable[Sharing]) -> list[tuple[Any, float]]:
    """How talks with a helper were felt, over all who let it be seen; nothing under five people.

    Returns:
        (question, mean from 1 to 5) for each question at least five have answered.
    """
    by_person = {row.share.person_id: row.felt for row in rows if row.felt}
    found = []
    for key, (question, _less, _more) in FELT.items():
        each = [mean(m[key] for m in marks if key in m) for marks in by_person.values() if any(key in m for m in marks)]
        if is_shown(len(each)):
            found.append((question, round(mean(each), 1)))
    return found
