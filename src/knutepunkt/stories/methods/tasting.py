"""What a reader keeps for themselves: wish, own facets, what to avoid, and answers; as plain data, bounded."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from knutepunkt.stories.choices.choosing import MOST_KEPT, MOST_OWN, QUESTIONS, STEPS, Wish
from knutepunkt.stories.choices.item import Form, Language, Length

LONGEST = 64
HANDLE = 12


@dataclass(frozen=True)
class Taste:
    """All a reader keeps. `answers` are marks (hope, alike, took; 0 for none) by handle, `met` handles already offered.

    `remembers` says whether what was read and answered is kept at all.
    """

    wish: str = Wish.SURPRISE.value
    own: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    lengths: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    remembers: bool = True
    answers: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    met: tuple[str, ...] = ()

    def with_answer(self, handle: str, marks: Mapping[str, int]) -> "Taste":
        """With one answer more, or another one; the oldest goes where there are many."""
        if not self.remembers:
            return self
        answers = {key: value for key, value in self.answers.items() if key != handle}
        said = tuple(int(marks.get(name) or 0) for name in QUESTIONS)
        if any(said):
            answers[handle] = (said[0], said[1], said[2])
        return replace(self, answers=dict(list(answers.items())[-MOST_KEPT:]))

    def having_met(self, handles: Iterable[str]) -> "Taste":
        """With what has been offered, the newest last."""
        if not self.remembers:
            return self
        met = [*(one for one in self.met if one not in handles), *handles]
        return replace(self, met=tuple(met[-MOST_KEPT:]))

    def without_history(self) -> "Taste":
        """The choices, and nothing of what was read."""
        return replace(self, answers={}, met=())


def as_text(taste: Taste) -> str:
    """As it is sealed, and as a device keeps it."""
    return json.dumps(asdict(taste), separators=(",", ":"))


def from_text(text: str) -> Taste:
    """As it was kept; what does not fit is left out."""
    try:
        data = json.loads(text)
    except ValueError:
        return Taste()
    return clean(data) if isinstance(data, dict) else Taste()


def clean(data: Mapping[str, Any]) -> Taste:
    """Known values only, and never more than there is room for."""
    wish = data.get("wish")
    answers = data.get("answers")
    taste = Taste(
        wish=wish if wish in Wish.values else Wish.SURPRISE.value,
        own=_texts(data.get("own"), MOST_OWN), notes=_texts(data.get("notes"), MOST_OWN), forms=_known(data.get("forms"), Form.values),
        lengths=_known(data.get("lengths"), Length.values), languages=_known(data.get("languages"), Language.values),
        remembers=bool(data.get("remembers", True)), met=_texts(data.get("met"), MOST_KEPT, HANDLE),
        answers={str(k)[:HANDLE]: _marks(v) for k, v in list(answers.items())[-MOST_KEPT:]} if isinstance(answers, dict) else {},
    )  # fmt: skip
    return taste if taste.remembers else taste.without_history()


def _texts(given: Any, most: int, longest: int = LONGEST) -> tuple[str, ...]:
    rows = given if isinstance(given, list | tuple) else ()
    return tuple(dict.fromkeys(str(one)[:longest] for one in rows))[-most:]


def _known(given: Any, values: Iterable[str]) -> tuple[str, ...]:
    return tuple(one for one in _texts(given, MOST_OWN) if one in values)


def _marks(given: Any) -> tuple[int, int, int]:
    rows = [one if isinstance(one, int) and 0 <= one <= STEPS else 0 for one in (given if isinstance(given, list | tuple) else ())]
    first, second, third = (*rows, 0, 0, 0)[:3]
    return first, second, third
