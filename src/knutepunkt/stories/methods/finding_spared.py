"""What a reader does not want to meet: content notes, themes, tellers and items; as it is kept on a device or with an account."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from knutepunkt.stories.choices.finding import MOST_ITEMS, MOST_TELLERS, MOST_THEMES

SHAPES: dict[str, tuple[re.Pattern[str], int]] = {
    "notes": (re.compile(r"[a-z-]{1,40}"), 30),
    "themes": (re.compile(r"(chime|library):[a-z0-9._-]{1,60}"), MOST_THEMES),
    "tellers": (re.compile(r"[0-9a-f]{16}"), MOST_TELLERS),
    "items": (re.compile(r"[0-9a-z]{4,12}"), MOST_ITEMS),
}
SHORT = {"notes": "n", "themes": "t", "tellers": "f", "items": "h"}


@dataclass(frozen=True)
class Choices:
    """What is left out of lists, searches, counts and suggestions."""

    notes: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    tellers: tuple[str, ...] = ()
    items: tuple[str, ...] = ()

    def __or__(self, other: "Choices") -> "Choices":
        return clean({f.name: [*getattr(self, f.name), *getattr(other, f.name)] for f in fields(self)})

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) for f in fields(self))

    def with_more(self, kind: str, value: str) -> "Choices":
        """The same with one thing more; the oldest of its kind goes where there is no room."""
        return clean({**self.as_data(), kind: [*getattr(self, kind), value]})

    def as_data(self) -> dict[str, list[str]]:
        """As plain data."""
        return {f.name: list(getattr(self, f.name)) for f in fields(self)}


def clean(data: Any) -> Choices:
    """Known kinds and well-made values only, each once, the latest where there are too many."""
    known = data if isinstance(data, Mapping) else {}
    kept: dict[str, tuple[str, ...]] = {}
    for kind, (shape, most) in SHAPES.items():
        values = known.get(kind)
        listed = [v for v in values if isinstance(v, str) and shape.fullmatch(v)] if isinstance(values, list | tuple) else []
        kept[kind] = tuple(list(dict.fromkeys(listed))[-most:])
    return Choices(**kept)


def packed(choices: Choices) -> str:
    """As a device keeps it, in signs a cookie may hold: `n!death*abuse~t!library:topic.loss`."""
    return "~".join(f"{SHORT[kind]}!{'*'.join(values)}" for kind, values in choices.as_data().items() if values)


def unpacked(text: str) -> Choices:
    """What a device kept; what is not well made is passed over."""
    by_sign = {sign: kind for kind, sign in SHORT.items()}
    found = {}
    for part in text[:4000].split("~"):
        sign, _, values = part.partition("!")
        if sign in by_sign:
            found[by_sign[sign]] = values.split("*")
    return clean(found)


def from_json(content: bytes) -> Choices:
    """What was sealed with an account."""
    return clean(json.loads(content or b"{}"))


def to_json(choices: Choices) -> bytes:
    """What is sealed with an account."""
    return json.dumps(choices.as_data()).encode()
