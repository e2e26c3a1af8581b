"""The scales a check-in asks: ours with the person's own words at the ends, and the person's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from knutepunkt.journey.choices import DIMENSIONS


@dataclass(frozen=True)
class Scale:
    """A scale: its key in the marks, the question, and the words at its ends."""

    key: str
    name: Any
    less: Any
    more: Any


def scales_in(notes: Iterable[Any], *, hides_chime: bool, with_off: bool = False) -> list[Scale]:
    """The scales of a journey, ours before the person's own.

    Args:
        notes: the journey's opened notes; those of the kind `dimension` count.
        hides_chime: leave ours out.
        with_off: also those that are turned off, to draw what was marked before.
    """
    rows = [note for note in notes if note.kind == "dimension"]
    own = {note.content["theme"]: note.content for note in rows if note.content["theme"]}
    found = []
    for key, (question, less, more) in DIMENSIONS.items():
        said = own.get(key, {})
        if not hides_chime and (with_off or not said.get("is_off")):
            found.append(Scale(key, said.get("name") or question, said.get("less") or less, said.get("more") or more))
    found += [
        Scale(str(note.id), note.content["name"], note.content["less"], note.content["more"])
        for note in rows
        if not note.content["theme"] and (with_off or not note.content["is_off"])
    ]
    return found
