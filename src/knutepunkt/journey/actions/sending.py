"""Taking in what a device wrote while it was offline: each thing once, and nothing written over unseen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from knutepunkt.journey.actions.keeping import ChangedElsewhere, TooManyNotes, change_note, keep_note
from knutepunkt.journey.methods.contents import BadContent
from knutepunkt.journey.queries.own import note_of
from knutepunkt.web.throttle import count_try

SENT_KINDS = ("checkin", "step", "goal", "plan")
"""What can be written without a connection."""
MOST_AT_ONCE = 20
SENDINGS = 120
PER = timedelta(minutes=10)
LARGEST_VERSION = 2**31


@dataclass(frozen=True)
class Answer:
    """What became of one thing: `kept`, `same`, `conflict`, `gone`, `taken` or `refused`.

    `note` and `version` name the note as it stands; `now` is its content where two differ; `why` is a sentence.
    """

    id: str
    state: str
    note: str = ""
    version: int | None = None
    now: Mapping[str, Any] | None = None
    why: str = ""

    def as_data(self) -> dict[str, Any]:
        """As the device reads it."""
        return {"id": self.id, "state": self.state, "note": self.note, "version": self.version, "now": self.now, "why": self.why}


def count_sending(by: Any) -> None:
    """Count one sending.

    Raises:
        TooManyTries: the device sends without end.
    """
    count_try("journey.send", str(by.pk), limit=SENDINGS, per=PER)


def take_in(*, by: Any, item: Any) -> Answer:
    """Keep or change one note that a device has written.

    Args:
        by: whose device it is.
        item: `{"id", "kind", "content"}`, and `version` where a note is changed: the one the device had seen.

    Returns:
        `kept` or `same` (sent before); `conflict` with what stands now; `gone` where the note to change is not among
        this person's any more; `taken` where the key is used by something else; `refused` with the reason.

    Raises:
        StillShut: the person's words are shut to whoever has signed in.
    """
    item = item if isinstance(item, dict) else {}
    name = str(item.get("id"))[:40]
    try:
        key, kind, version = UUID(name), _kind(item.get("kind")), _version(item.get("version"))
        if version is None:
            return _keep(by, key, kind, item.get("content"))
        return _change(by, key, kind, item.get("content"), version)
    except ValueError:
        why = _("Dette kan ikke leses.")
    except BadContent as fault:
        why = _why(fault)
    except TooManyNotes:
        why = _("Veien din er full. Slett noe, og prøv igjen.")
    return Answer(name, "refused", why=why)


def _keep(by: Any, key: UUID, kind: str, content: Any) -> Answer:
    try:
        note = keep_note(by=by, kind=kind, content=content, note_id=key)
    except ChangedElsewhere as other:
        if other.note.person_id != by.pk or other.note.kind != kind:
            return Answer(str(key), "taken", note=str(uuid4()))
        return Answer(str(key), "conflict", str(other.note.pk), other.version, other.now)
    return Answer(str(key), "kept", str(note.pk), note.version)


def _change(by: Any, key: UUID, kind: str, content: Any, version: int) -> Answer:
    found = note_of(by, key, kind)
    if found is None:
        return Answer(str(key), "gone")
    try:
        note = change_note(by=by, note=found.note, content=content, version=version)
    except ChangedElsewhere as other:
        return Answer(str(key), "conflict", str(key), other.version, other.now)
    return Answer(str(key), "kept" if found.version == version else "same", str(note.pk), note.version)


def _kind(value: Any) -> str:
    if value not in SENT_KINDS:
        raise BadContent("kind", "only online")
    return str(value)


def _version(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < LARGEST_VERSION:
        raise ValueError
    return value


def _why(fault: BadContent) -> str:
    said = {
        "only online": _("Dette kan bare skrives med nett."),
        "too long": _("Dette er for langt. Del det i to."),
        "missing": _("Her mangler det noe."),
        "not a day": _("Dagen kan ikke leses."),
    }  # fmt: skip
    return said.get(fault.why, _("Dette passer ikke her."))
