"""Sums a form asks for: a small part of FHIRPath (https://hl7.org/fhirpath/), read by our own parser in bounds.

What is understood: numbers, + - * / and brackets; `%resource` or `QuestionnaireResponse`; the steps `.item`, `.answer`,
`.value`, `.where(linkId='a' or linkId='b')`, `.descendants()`, `.repeat(item)`, `.extension('…ordinalValue').value`, `.ordinal()`,
`.weight()`, `.sum()`, `.count()`, `.first()`. Anything else is refused when the form is read. Nothing is ever evaluated
as code, and no text is searched by a pattern of the form's.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any

LONGEST, MOST_TOKENS, DEEPEST, MOST_WORK = 4000, 600, 30, 60_000
TOKEN = re.compile(r"\s*(?:(\d{1,15}(?:\.\d{1,10})?)|'((?:[^'\\]){0,300})'|([A-Za-z%][A-Za-z0-9_]{0,60})|([-+*/().,=]))")
ORDINALS = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue", "http://hl7.org/fhir/StructureDefinition/itemWeight",
)  # fmt: skip
NUMBERS = ("valueInteger", "valueDecimal")


class NotUnderstood(Exception):
    """The expression has something that is not in our part of FHIRPath."""


class TooMuch(Exception):
    """The expression asks for more work than a page can give."""


@dataclass
class Answers:
    """What an expression works on: the open nodes of the form, the item that asks (never counted), and the work left."""

    roots: list[Any]
    own: Any = None
    left: int = MOST_WORK

    def spend(self, work: int) -> None:
        """Count work that is done."""
        self.left -= work + 1
        if self.left < 0:
            raise TooMuch


Rows = list[Any]
Step = Callable[[Answers, Rows], Rows]


def parse(text: str) -> Callable[[Answers], Rows]:
    """An expression as a function.

    Raises:
        NotUnderstood: it is too long, too deep, or holds something we do not know.
    """
    parser = _Parser(_tokens(text))
    found = parser.sum_of(0)
    if parser.at < len(parser.tokens):
        raise NotUnderstood
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    if len(text) > LONGEST:
        raise NotUnderstood
    found: list[tuple[str, str]] = []
    text, at = text.strip(), 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None or len(found) >= MOST_TOKENS:
            raise NotUnderstood
        kinds = ("number", "text", "name", "sign")
        found += [(kind, part) for kind, part in zip(kinds, match.groups(), strict=True) if part is not None]
        at = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at = tokens, 0

    def next_is(self, *signs: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at][1] in signs and self.tokens[self.at][0] != "text"

    def take(self, *wanted: str) -> str:
        if not self.next_is(*wanted):
            raise NotUnderstood
        self.at += 1
        return self.tokens[self.at - 1][1]

    def take_kind(self, kind: str) -> str:
        if self.at >= len(self.tokens) or self.tokens[self.at][0] != kind:
            raise NotUnderstood
        self.at += 1
        return self.tokens[self.at - 1][1]

    def sum_of(self, depth: int) -> Callable[[Answers], Rows]:
        if depth > DEEPEST:
            raise NotUnderstood
        first, rest = self.product_of(depth), []
        while self.next_is("+", "-"):
            rest.append((self.take("+", "-"), self.product_of(depth)))
        return _folded(first, rest) if rest else first

    def product_of(self, depth: int) -> Callable[[Answers], Rows]:
        first, rest = self.signed(depth), []
        while self.next_is("*", "/"):
            rest.append((self.take("*", "/"), self.signed(depth)))
        return _folded(first, rest) if rest else first

    def signed(self, depth: int) -> Callable[[Answers], Rows]:
        if depth > DEEPEST:
            raise NotUnderstood
        if self.next_is("-"):
            self.take("-")
            inner = self.signed(depth + 1)
            return _folded(lambda _answers: [Decimal(0)], [("-", inner)])
        return self.path(depth)

    def path(self, depth: int) -> Callable[[Answers], Rows]:
        start = self.start(depth)
        steps: list[Step] = []
        while self.next_is("."):
            self.take(".")
            steps.append(self.step())

        def walk(answers: Answers) -> Rows:
            rows = start(answers)
            for step in steps:
                answers.spend(len(rows))
                rows = step(answers, rows)
            return rows

        return walk

    def start(self, depth: int) -> Callable[[Answers], Rows]:
        if self.next_is("("):
            self.take("(")
            inner = self.sum_of(depth + 1)
            self.take(")")
            return inner
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "number":
            number = Decimal(self.take_kind("number"))
            return lambda _answers: [number]
        if self.take_kind("name") not in {"%resource", "QuestionnaireResponse", "%context"}:
            raise NotUnderstood
        return lambda answers: [answers]

    def step(self) -> Step:
        name = self.take_kind("name")
        if name in PLAIN:
            return PLAIN[name]
        self.take("(")
        if name == "where":
            wanted = frozenset(self.link_ids())
            self.take(")")
            return lambda _answers, rows: [row for row in rows if getattr(getattr(row, "item", None), "link_id", None) in wanted]
        if name == "repeat":
            self.take("item")
        if name == "extension":
            return self.ordinal_step()
        self.take(")")
        if name not in CALLS:
            raise NotUnderstood
        return CALLS[name]

    def link_ids(self) -> list[str]:
        found = []
        while True:
            self.take("linkId")
            self.take("=")
            found.append(self.take_kind("text"))
            if not self.next_is("or"):
                return found
            self.take("or")

    def ordinal_step(self) -> Step:
        if self.take_kind("text") not in ORDINALS:
            raise NotUnderstood
        self.take(")")
        self.take(".")
        self.take("value", "valueDecimal")
        return _ordinals


@dataclass(frozen=True)
class Answer:
    """One answer of a node."""

    node: Any
    value: dict[str, Any]


def _items(_answers: Answers, rows: Rows) -> Rows:
    found: Rows = []
    for row in rows:
        found += row.roots if isinstance(row, Answers) else row.children if hasattr(row, "children") else []
    return found


def _descendants(answers: Answers, rows: Rows) -> Rows:
    found: Rows = []
    ahead = list(reversed(_items(answers, rows)))
    while ahead:
        answers.spend(1)
        node = ahead.pop()
        found.append(node)
        ahead += reversed(node.children)
    return found


def _answers(answers: Answers, rows: Rows) -> Rows:
    return [Answer(row, value) for row in rows if hasattr(row, "values") and row.item is not answers.own for value in row.values]


def _values(_answers: Answers, rows: Rows) -> Rows:
    return [row for row in rows if isinstance(row, Answer)]


def _ordinals(_answers: Answers, rows: Rows) -> Rows:
    found = [row.node.item.ordinal_of(row.value) for row in rows if isinstance(row, Answer)]
    return [Decimal(str(number)) for number in found if number is not None]


def _number(row: Any) -> Decimal | None:
    if isinstance(row, Decimal):
        return row
    if isinstance(row, Answer):
        found = next((row.value[key] for key in NUMBERS if key in row.value), None)
        if "valueQuantity" in row.value and isinstance(row.value["valueQuantity"], dict):
            found = row.value["valueQuantity"].get("value")
        if isinstance(found, (int, float)) and not isinstance(found, bool):
            return Decimal(str(found))
    return None


def _sum(_answers: Answers, rows: Rows) -> Rows:
    numbers = [n for n in map(_number, rows) if n is not None]
    return [sum(numbers, Decimal(0))] if numbers else []


PLAIN: dict[str, Step] = {"item": _items, "answer": _answers, "value": _values}
CALLS: dict[str, Step] = {
    "descendants": _descendants, "repeat": _descendants, "ordinal": _ordinals, "weight": _ordinals, "sum": _sum,
    "count": lambda _answers, rows: [Decimal(len(rows))], "first": lambda _answers, rows: rows[:1],
}  # fmt: skip


def _folded(first: Callable[[Answers], Rows], rest: list[tuple[str, Callable[[Answers], Rows]]]) -> Callable[[Answers], Rows]:
    """Left to right; nothing where one of the numbers is missing."""

    def work(answers: Answers) -> Rows:
        sums = _one(first(answers))
        for sign, part in rest:
            answers.spend(1)
            number = _one(part(answers))
            if sums is None or number is None:
                sums = None
                continue
            try:
                sums = {"+": sums.__add__, "-": sums.__sub__, "*": sums.__mul__, "/": sums.__truediv__}[sign](number)
            except (DivisionByZero, InvalidOperation, Overflow):
                sums = None
        return [] if sums is None else [sums]

    return work


def _one(rows: Rows) -> Decimal | None:
    return _number(rows[0]) if len(rows) == 1 else None
