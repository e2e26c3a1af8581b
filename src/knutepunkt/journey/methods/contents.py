"""What a note of each kind holds: one table for forms, devices, export, import and search.

A content is plain data (JSON). `clean` is the only way in: from a page, from a device that was offline, and from
another Knutepunkt. What is not in the table is refused, so nothing unknown is ever stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from knutepunkt.journey.choices import (
    DIMENSIONS,
    STEPS,
    GoalState,
    Helped,
    Hindrance,
    Matter,
    Nearness,
    Part,
    Suggested,
)

SCHEMA = 1
"""Raised when a kind changes so that an older Knutepunkt could not read it."""
LINE, WORDS, LONG = 200, 2000, 8000
MANY = 100


class BadContent(Exception):
    """A content that does not fit its kind; `where` says which part, `why` what is wrong. Holds no words of anyone."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where, self.why = where, why


@dataclass(frozen=True)
class Text:
    """Words, at most `limit` letters; control characters other than line breaks and tabs are left out, and so are
    the halves of letters that JSON can hold and no text can.
    """

    limit: int = WORDS
    required: bool = False

    def clean(self, value: Any, where: str) -> str:
        """The words, with blank ends cut."""
        if value is None:
            value = ""
        if not isinstance(value, str):
            raise BadContent(where, "not text")
        text = "".join(c for c in value.replace("\r\n", "\n") if c in "\n\t" or " " <= c < "\ud800" or c > "\udfff").strip()
        if len(text) > self.limit:
            raise BadContent(where, "too long")
        if self.required and not text:
            raise BadContent(where, "missing")
        return text

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {"type": "string", "maxLength": self.limit, **({"minLength": 1} if self.required else {})}


@dataclass(frozen=True)
class Choice:
    """One of some words."""

    of: tuple[str, ...]
    default: str = ""

    def clean(self, value: Any, where: str) -> str:
        """The word, or the default where nothing was said."""
        value = self.default if value is None else value
        if value not in self.of:
            raise BadContent(where, "not a choice")
        return str(value)

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {"enum": list(self.of)}


@dataclass(frozen=True)
class Day:
    """A day as `2026-11-22`, or nothing."""

    required: bool = False

    def clean(self, value: Any, where: str) -> str:
        """The day as a text."""
        if not value and not self.required:
            return ""
        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            raise BadContent(where, "not a day") from None

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2})$" if self.required else r"^(\d{4}-\d{2}-\d{2})?$"}


@dataclass(frozen=True)
class Flag:
    """Yes or no."""

    default: bool = False

    def clean(self, value: Any, where: str) -> bool:
        """True or false."""
        value = self.default if value is None else value
        if not isinstance(value, bool):
            raise BadContent(where, "not yes or no")
        return value

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {"type": "boolean"}


@dataclass(frozen=True)
class Ref:
    """The key of another note, a file or a person; or nothing."""

    def clean(self, value: Any, where: str) -> str:
        """The key as a text."""
        if not value:
            return ""
        try:
            return str(UUID(str(value)))
        except ValueError:
            raise BadContent(where, "not a key") from None

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {"type": "string", "pattern": "^([0-9a-f-]{36})?$"}


@dataclass(frozen=True)
class Whole:
    """A whole number from `low` to `high`."""

    low: int
    high: int

    def clean(self, value: Any, where: str) -> int:
        """The number."""
        if not isinstance(value, int) or isinstance(value, bool) or not self.low <= value <= self.high:
            raise BadContent(where, "not a number here")
        return value

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True)
class Marks:
    """A place on each scale that was answered, by the scale's key; a scale that was skipped is not there."""

    def clean(self, value: Any, where: str) -> dict[str, int]:
        """The marks, in the order of their keys."""
        if value is None:
            return {}
        if not isinstance(value, Mapping) or len(value) > MANY:
            raise BadContent(where, "not marks")
        place, key = Whole(1, STEPS), Text(40, required=True)
        return {key.clean(k, where): place.clean(v, f"{where}.{k}") for k, v in sorted(value.items())}

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {"type": "object", "additionalProperties": Whole(1, STEPS).schema(), "maxProperties": MANY}


@dataclass(frozen=True)
class Anything:
    """Plain data of another standard (an answered questionnaire), bounded in size and depth."""

    most: int = 200_000

    def clean(self, value: Any, where: str) -> Any:
        """The data as it came."""
        if value is None:
            return {}
        if not isinstance(value, dict) or _weight(value, 0) > self.most:
            raise BadContent(where, "too large")
        return value

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {"type": "object"}


def _weight(value: Any, depth: int) -> int:
    """About how many letters a value takes; a very deep one weighs more than any limit."""
    if depth > 48:  # noqa: PLR2004 (deeper than any questionnaire: ten levels of four each)
        return 10**9
    if isinstance(value, dict):
        return sum(len(str(k)) + _weight(v, depth + 1) for k, v in value.items())
    if isinstance(value, list):
        return sum(_weight(v, depth + 1) for v in value)
    return len(str(value))


@dataclass(frozen=True)
class Many:
    """A list of the same."""

    of: Any
    most: int = MANY

    def clean(self, value: Any, where: str) -> list[Any]:
        """Each of them cleaned; empty texts are left out."""
        if value is None:
            return []
        if not isinstance(value, list) or len(value) > self.most:
            raise BadContent(where, "not a list here")
        cleaned = [self.of.clean(one, f"{where}.{number}") for number, one in enumerate(value)]
        return [one for one in cleaned if one != ""]

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {"type": "array", "items": self.of.schema(), "maxItems": self.most}


@dataclass(frozen=True)
class Parts:
    """Named parts, and no others."""

    fields: Mapping[str, Any]

    def clean(self, value: Any, where: str = "") -> dict[str, Any]:
        """Each part cleaned."""
        if not isinstance(value, Mapping):
            raise BadContent(where, "not a note")
        if unknown := set(value) - set(self.fields):
            raise BadContent(f"{where}.{min(unknown)}"[:80], "unknown")
        return {name: part.clean(value.get(name), f"{where}.{name}") for name, part in self.fields.items()}

    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        return {
            "type": "object", "additionalProperties": False,
            "properties": {name: part.schema() for name, part in self.fields.items()},
        }  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A kind of note: which part of the journey it is in, and what it holds."""

    part: str
    holds: Parts


def _kind(part: str, **fields: Any) -> Kind:
    return Kind(part, Parts(MappingProxyType(fields)))


LINES = Many(Text(LINE))
SAID = Many(Parts(MappingProxyType({"by": Text(80), "text": Text(WORDS, required=True)})), most=50)
"""Words by each of two, with the name they go by."""

KINDS: Mapping[str, Kind] = MappingProxyType({
    "settings": _kind(
        "", parts=Many(Choice(tuple(Part.values))), hides_chime=Flag(), is_resting=Flag(),
        remind_on=Choice(("", "mon", "tue", "wed", "thu", "fri", "sat", "sun")), may_count=Flag(),
    ),
    "matter": _kind(
        Part.MATTERS, what=Choice(tuple(Matter.values), Matter.VALUE), text=Text(required=True), file=Ref(),
        file_says=Text(LINE),
    ),
    "goal": _kind(
        Part.GOALS, text=Text(LINE, required=True), why=Text(), is_important=Flag(),
        state=Choice(tuple(GoalState.values), GoalState.OPEN), origin=Choice(tuple(Suggested.values)),
        by=Text(80), views=SAID, since=Day(),
    ),
    "step": _kind(
        Part.GOALS, goal=Ref(), text=Text(LINE, required=True), is_done=Flag(), by=Text(80),
        origin=Choice(tuple(Suggested.values)), due_on=Day(), talk=Ref(),
    ),
    "strategy": _kind(Part.HELPS, text=Text(LINE, required=True), how=Text(), in_hard_moments=Flag()),
    "try": _kind(Part.HELPS, strategy=Ref(), on=Day(required=True), went=Choice(tuple(Helped.values), Helped.SOME), note=Text()),
    "hindrance": _kind(
        Part.HINDERS, what=Choice(tuple(Hindrance.values), Hindrance.OTHER), text=Text(required=True),
        given_to=Text(LINE), given_on=Day(),
    ),
    "checkin": _kind(Part.CHECKINS, on=Day(required=True), words=Text(), marks=Marks()),
    "dimension": _kind(
        Part.CHECKINS, theme=Choice(("", *DIMENSIONS)), name=Text(LINE), less=Text(60), more=Text(60), is_off=Flag(),
    ),
    "event": _kind(Part.CHECKINS, on=Day(required=True), text=Text(LINE, required=True)),
    "contact": _kind(
        Part.PEOPLE, name=Text(80, required=True), is_place=Flag(), near=Choice(tuple(Nearness.values), Nearness.MIDDLE),
        gives=Text(LINE), phone=Text(40),
    ),
    "plan": _kind(
        Part.PLAN, signs=LINES, helps=LINES, helps_not=LINES, others=LINES,
        call=Many(Parts(MappingProxyType({"name": Text(80, required=True), "phone": Text(40)})), most=12),
    ),
    "wish": _kind(Part.PLAN, text=Text(required=True), circle=Many(Ref(), most=20)),
    "signal": _kind(Part.PLAN, opened_at=Text(40), closes_at=Text(40)),
    "response": _kind(
        Part.FORMS, questionnaire=Ref(), on=Day(required=True), answers=Anything(), scores=Anything(2000),
    ),
    "pact": _kind(Part.TALKS, share=Ref(), wants=Text(), promises=Text()),
    "talk": _kind(
        Part.TALKS, share=Ref(), on=Day(), agenda=SAID, notes=Text(LONG), notes_by=Choice(("", "person", "helper")),
        approved=Many(Choice(("person", "helper")), most=2),
    ),
    "meeting-note": _kind(Part.TALKS, talk=Ref(), marks=Marks(), words=Text(), shown=Flag()),
})  # fmt: skip
"""Every kind of note, in the order an export gives them."""


def clean(kind: str, content: Any) -> dict[str, Any]:
    """A content that fits its kind.

    Raises:
        BadContent: no such kind, an unknown part, or something that does not fit.
    """
    if kind not in KINDS:
        raise BadContent("kind", "unknown")
    return KINDS[kind].holds.clean(content, kind)


def kinds_of(part: str) -> tuple[str, ...]:
    """The kinds of note in a part of the journey."""
    return tuple(name for name, kind in KINDS.items() if kind.part == part)


def as_json_schema() -> dict[str, Any]:
    """The whole format of an exported journey, as JSON Schema (draft 2020-12)."""
    note = {
        "type": "object", "additionalProperties": False, "required": ["id", "kind", "content"],
        "properties": {
            "id": {"type": "string", "format": "uuid"}, "kind": {"enum": list(KINDS)},
            "made_on": {"type": "string", "format": "date"}, "changed_on": {"type": "string", "format": "date"},
            "content": {"type": "object"},
        },
        "allOf": [
            {"if": {"properties": {"kind": {"const": name}}}, "then": {"properties": {"content": kind.holds.schema()}}}
            for name, kind in KINDS.items()
        ],
    }  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Knutepunkt journey",
        "type": "object", "required": ["schema", "notes"], "additionalProperties": False,
        "properties": {
            "schema": {"const": SCHEMA}, "made_at": {"type": "string"},
            "notes": {"type": "array", "items": note},
            "files": {"type": "array", "items": {"type": "object"}},
            "questionnaires": {"type": "array", "items": {"type": "object"}},
        },
    }  # fmt: skip
