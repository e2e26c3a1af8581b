"""Sums: a person's own line, and nothing more. No cut-off, no name for high or low, nothing is said about what it means.

Sums come from the form alone: its `calculatedExpression` where it has such, else the sum of the numbers (`ordinalValue`)
of the choices that were made. http://hl7.org/fhir/uv/sdc/
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any

from knutepunkt.journey.methods.questionnaires.answering import State, Tree, tree_of
from knutepunkt.journey.methods.questionnaires.expressions import MOST_WORK, Answer, Answers, TooMuch
from knutepunkt.journey.methods.questionnaires.form import VALUE_OF, Form, Item

MOST_SUMS = 12
TOTAL = "sum"
ROUNDS = 3
MOST_TOTAL_WORK = 400_000


def calculated(form: Form, state: State) -> Tree:
    """The answers with what the form works out put in, so far as it can be; sums of sums in three rounds.

    Raises:
        TooManyAnswers: as `tree_of`.
    """
    tree = tree_of(form, state)
    if not any(item.calculation for item in form.items):
        return tree
    left = MOST_TOTAL_WORK
    for _round in range(ROUNDS):
        changed = False
        roots = _open_only(tree)
        for node in tree.nodes:
            if node.item.calculation is None:
                continue
            work = Answers(roots, node.item, min(left, MOST_WORK))
            before = work.left
            found = _result(node.item, work)
            left -= before - max(work.left, 0)
            if found != node.values:
                changed = True
                node.values[:] = found
                state.values[node.name] = node.values
        tree = tree_of(form, state)
        if not changed or left <= 0:
            break
    return tree


@dataclass
class _Shown:
    """A node as a sum sees it: without what is shut."""

    item: Item
    values: list[dict[str, Any]]
    children: list["_Shown"]


def _open_only(tree: Tree) -> list[Any]:
    def kept(nodes: Iterable[Any]) -> list[_Shown]:
        return [_Shown(n.item, n.values, kept(n.children)) for n in nodes if n.name in tree.open]

    return kept(tree.roots)


def _result(item: Item, answers: Answers) -> list[dict[str, Any]]:
    try:
        rows = item.calculation(answers)
    except TooMuch:
        return []
    if len(rows) == 1 and isinstance(rows[0], Decimal):
        return _as_number(item, rows[0])
    keys = {VALUE_OF[item.type]} if item.type in VALUE_OF else {"valueCoding", "valueString"}
    if item.type == "decimal":
        keys.add("valueInteger")
    chosen = [(row.value, next((k for k in row.value if k in keys), "")) for row in rows if isinstance(row, Answer)]
    found = [{VALUE_OF.get(item.type, key): value[key]} for value, key in chosen if key]
    return found[: max(item.most, 1)]


def _as_number(item: Item, number: Decimal) -> list[dict[str, Any]]:
    value = float(round(number, 6)) if abs(number) < 10**12 else 0.0
    if not isfinite(value) or abs(number) >= 10**12:
        return []
    if item.type == "integer":
        return [{"valueInteger": round(value)}] if abs(value) < 2**31 else []
    plain: float | int = int(value) if value.is_integer() else value
    if item.type == "quantity":
        unit = item.units[0] if item.units else {}
        is_coded = bool(unit.get("system") and unit.get("code"))
        named = {"unit": unit.get("display") or unit.get("code"), **({k: unit[k] for k in ("system", "code")} if is_coded else {})}
        return [{"valueQuantity": {"value": plain, **{k: v for k, v in named.items() if v}}}]
    return [{"valueDecimal": plain}] if item.type == "decimal" else []


def sums_in(tree: Tree) -> dict[str, Any]:
    """The sums of some answers: `{"rows": [{"key", "name", "value"}]}`; nothing where nothing is added up."""
    rows, form = [], tree.form
    named = [i for i in form.items if i.calculation and i.type in {"integer", "decimal", "quantity"}]
    if named:
        for node in tree.nodes:
            if node.item in named and node.name in tree.open and node.values and not node.time:
                value = _number_in(node.values[0])
                if value is not None:
                    rows.append({"key": node.item.link_id[:60], "name": str(node.item.words)[:60], "value": value})
    elif any(o.ordinal is not None for i in form.items for o in i.options):
        numbers = [n.item.ordinal_of(v) for n in tree.nodes if n.name in tree.open for v in n.values]
        counted = [Decimal(str(number)) for number in numbers if number is not None]
        if counted:
            rows.append({"key": TOTAL, "name": "", "value": float(sum(counted))})
    return {"rows": rows[:MOST_SUMS]} if rows else {}


def _number_in(value: Mapping[str, Any]) -> float | None:
    found = next(iter(value.values()))
    found = found.get("value") if isinstance(found, Mapping) else found
    return float(found) if isinstance(found, (int, float)) and not isinstance(found, bool) else None


@dataclass(frozen=True)
class Line:
    """A person's own line for one sum: its name, and (day, value) oldest first."""

    key: str
    name: str
    points: list[tuple[str, float]]


def lines_of(responses: Sequence[Any]) -> list[Line]:
    """One line for each sum over a person's answers to one form; only what is done counts.

    Args:
        responses: opened notes of the kind `response`; whatever came in with an import is read with care.
    """
    points: dict[str, list[tuple[str, float]]] = {}
    names: dict[str, str] = {}
    for note in sorted(responses, key=lambda n: (n.content["on"], str(n.id))):
        if note.content["answers"].get("status") != "completed":
            continue
        rows = note.content["scores"].get("rows")
        for row in rows[:MOST_SUMS] if isinstance(rows, list) else []:
            value = row.get("value") if isinstance(row, Mapping) else None
            if isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value):
                key = str(row.get("key"))
                points.setdefault(key, []).append((note.content["on"], float(value)))
                names[key] = str(row.get("name") or "")
    return [Line(key, names[key], rows[-60:]) for key, rows in points.items()]
