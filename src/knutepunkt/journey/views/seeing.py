"""What is seen through a share, as its page shows it: part by part, some of each, and more where there is more."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from knutepunkt.journey.choices import Part
from knutepunkt.journey.methods.contents import KINDS
from knutepunkt.journey.methods.questionnaires.answering import is_done
from knutepunkt.journey.methods.scales import scales_in
from knutepunkt.journey.queries.own import Opened
from knutepunkt.journey.queries.shared import Seen

SOME, MANY = 8, 40


@dataclass(frozen=True)
class Stretch:
    """Some of a list, and the key after which the rest begins."""

    rows: list[Any]
    rest: str
    is_first: bool


def stretch(rows: list[Any], after: str, *, size: int = MANY, key: Any = lambda row: row.id) -> Stretch:
    """The next rows of a list after one of its keys; from the start where the key is not among them."""
    keys = [str(key(row)) for row in rows]
    start = keys.index(after) + 1 if after in keys else 0
    end = start + size
    return Stretch(rows[start:end], keys[end - 1] if end < len(rows) else "", start == 0)


@dataclass(frozen=True)
class Section:
    """One part: its name, some of its notes, and where the rest is."""

    label: Any
    rows: list[tuple[Opened, list[Opened]]]
    more_url: str


def newest_first(talks: Iterable[Opened]) -> list[Opened]:
    """Talks by the day they are, or were planned on."""
    return sorted(talks, key=lambda t: (t.content["on"] or t.made_on.isoformat(), str(t.id)), reverse=True)


SHOWN = ("matter", "goal", "strategy", "hindrance", "contact", "plan", "checkin", "event", "response")


def _is_shown(note: Opened) -> bool:
    """Whether a note stands on the page; a form that is not done is the person's alone."""
    return note.kind in SHOWN and (note.kind != "response" or is_done(note.content["answers"]))


def sections_of(request: HttpRequest, seen: Seen) -> list[Section]:
    """Each part with its newest notes; with `?del=` that part alone, many at a time.

    Args:
        request: its address may name a part and a key to go on after.
        seen: what the share shows.
    """
    wanted, after, found = request.GET.get("del", ""), request.GET.get("etter", ""), []
    steps: dict[str, list[Opened]] = {}
    for step in seen.of("step"):
        steps.setdefault(step.content["goal"], []).append(step)
    for part in Part:
        notes = [n for n in reversed(seen.notes) if KINDS[n.kind].part == part and _is_shown(n)]
        if part == Part.CHECKINS:
            notes.sort(key=lambda n: (n.content["on"], str(n.id)), reverse=True)
        if not notes or (wanted in Part.values and wanted != part):
            continue
        some = stretch(notes, after, size=MANY if wanted == part else SOME)
        more = "" if not some.rest else f"?del={part.value}" + (f"&etter={some.rest}" if wanted == part else "")
        found.append(Section(part.label, [(note, steps.get(str(note.id), [])) for note in some.rows], more))
    return found


def facts_of(request: HttpRequest, seen: Seen) -> dict[str, Any]:
    """What `_seen.html` needs."""
    scales = {scale.key: scale for scale in scales_in(seen.notes, hides_chime=False, with_off=True)}
    return {"seen": seen, "sections": sections_of(request, seen), "scales": scales}
