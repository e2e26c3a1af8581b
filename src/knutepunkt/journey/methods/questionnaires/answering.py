"""A person's answers as a tree over a form: which questions are open, and the `QuestionnaireResponse` they make.

Conditions (`enableWhen`) are read as R4 says: what is asked about is looked for nearest first, an answer to a question that
is shut counts as none, `!=` needs an answer that differs. https://hl7.org/fhir/R4/questionnaireresponse.html
"""

import operator as op
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from knutepunkt.journey.methods.questionnaires.form import VALUE_OF, Condition, Form, Item, same_value
from knutepunkt.journey.methods.questionnaires.reading import is_value

MOST_NODES = 1500
DEEPEST, LONGEST_SHOWN = 24, 1500
SHOWN_AS = "http://hl7.org/fhir/StructureDefinition/display"
HOLDS: Mapping[str, Callable[[Any, Any], bool]] = {"=": op.eq, "!=": op.ne, ">": op.gt, "<": op.lt, ">=": op.ge, "<=": op.le}


class TooManyAnswers(Exception):
    """The groups are repeated more often than a page can hold."""


@dataclass
class State:
    """What is answered: FHIR values by the name of the node, and how many times each repeating group stands."""

    values: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


@dataclass
class Node:
    """An item where it stands in the answers; a repeating group has one for each time. `name` is its name on a page."""

    item: Item
    name: str
    group: str
    time: int
    times: int
    parent: "Node | None"
    values: list[dict[str, Any]]
    children: list["Node"] = field(default_factory=list)

    @property
    def is_last_time(self) -> bool:
        """Whether it is the last of a group that repeats."""
        return self.time == self.times - 1

    def above(self) -> list["Node"]:
        """What it stands in, innermost first."""
        found, node = [], self.parent
        while node is not None:
            found.append(node)
            node = node.parent
        return found


@dataclass
class Tree:
    """All nodes of a form with some answers, in the order of the page; `open` names those a person is asked."""

    form: Form
    roots: list[Node]
    nodes: list[Node]
    open: set[str]

    def shown(self) -> list[Node]:
        """The nodes a person sees: open, and not hidden with what they stand in."""
        hidden: set[str] = set()
        found = []
        for node in self.nodes:
            if node.item.is_hidden or (node.parent and node.parent.name in hidden):
                hidden.add(node.name)
            elif node.name in self.open:
                found.append(node)
        return found

    def asked(self) -> list[Node]:
        """The questions a person can answer."""
        return [n for n in self.shown() if n.item.is_question and not n.item.read_only]


def tree_of(form: Form, state: State) -> Tree:
    """The form with its answers.

    Raises:
        TooManyAnswers: the groups are repeated too often.
    """
    nodes: list[Node] = []
    roots = _grown(form.roots, "i", None, state, nodes)
    return Tree(form, roots, nodes, _open(form, nodes))


def _grown(items: Iterable[Item], above: str, parent: Node | None, state: State, nodes: list[Node]) -> list[Node]:
    found = []
    for item in items:
        group = f"{above}_{item.place}"
        times = min(max(state.counts.get(group, item.least), 1), item.most) if item.is_group and item.repeats else 1
        for time in range(times):
            name = f"{group}r{time}" if item.is_group and item.repeats else group
            node = Node(item, name, group, time, times, parent, state.values.get(name, []))
            nodes.append(node)
            if len(nodes) > MOST_NODES:
                raise TooManyAnswers
            node.children = _grown(item.children, name, node, state, nodes)
            found.append(node)
    return found


def _open(form: Form, nodes: list[Node]) -> set[str]:
    by_item: dict[int, list[Node]] = {}
    for node in nodes:
        by_item.setdefault(node.item.number, []).append(node)
    found: set[str] = set()
    for number in form.order:
        for node in by_item.get(number, ()):
            if (node.parent is None or node.parent.name in found) and _is_met(form, node, by_item, found):
                found.add(node.name)
    return found


def _is_met(form: Form, node: Node, by_item: Mapping[int, list[Node]], is_open: set[str]) -> bool:
    if not node.item.conditions:
        return True
    every = all if node.item.needs_all else any
    return every(_holds(one, _values_near(form, node, one.question, by_item, is_open)) for one in node.item.conditions)


def _values_near(
    form: Form, node: Node, link_id: str, by_item: Mapping[int, list[Node]], is_open: set[str]
) -> list[dict[str, Any]]:
    """The answers to a question, in the innermost group it shares with the node."""
    item = form.item_at(link_id)
    if item is None:
        return []
    shared = next((a for a in node.above() if a.item.number in item.path), None)
    found = []
    for other in by_item.get(item.number, ()):
        if other.name in is_open and (shared is None or shared in other.above()):
            found += other.values
    return found


def _holds(condition: Condition, values: list[dict[str, Any]]) -> bool:
    if condition.operator == "exists":
        return bool(values) is condition.value
    wanted = {f"value{condition.key.removeprefix('answer')}": condition.value}
    return any(_compares(condition.operator, value, wanted) for value in values)


def _compares(operator: str, value: dict[str, Any], wanted: dict[str, Any]) -> bool:
    one, other = _plain(value), _plain(wanted)
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return HOLDS[operator](one, other)
    if operator == "=":
        return same_value(wanted, value) or (isinstance(one, str) and one == other)
    if operator == "!=":
        return not (same_value(wanted, value) or (isinstance(one, str) and one == other))
    return isinstance(one, str) and isinstance(other, str) and HOLDS[operator](one, other)


def _plain(value: Mapping[str, Any]) -> Any:
    """A value as a number or a text that sorts; None for what has no order."""
    found = next((value[key] for key in value if key.startswith("value")), None)
    if isinstance(found, Mapping):
        found = found.get("value")
    if isinstance(found, (int, float)) and not isinstance(found, bool):
        return Decimal(str(found))
    return found if isinstance(found, str) else None


def first_state(form: Form) -> State:
    """The answers a form begins with: its initial values."""
    state = State()
    for node in tree_of(form, state).nodes:
        if node.item.first:
            state.values[node.name] = [dict(value) for value in node.item.first]
    return state


def state_in(form: Form, response: Any) -> State:
    """The answers in a `QuestionnaireResponse`; what does not fit the form is left out, whatever its shape."""
    state = State()
    _take(form.roots, "i", _rows(response), state, 0)
    return state


def _rows(thing: Any) -> list[dict[str, Any]]:
    rows = thing.get("item") if isinstance(thing, Mapping) else None
    return [row for row in rows if isinstance(row, dict)][: 2 * MOST_NODES] if isinstance(rows, list) else []


def _take(items: Iterable[Item], above: str, rows: list[dict[str, Any]], state: State, depth: int) -> None:
    by_link: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        if isinstance(row.get("linkId"), str):
            by_link.setdefault(row["linkId"], []).append(row)
    for item in items:
        group, found = f"{above}_{item.place}", by_link.get(item.link_id, [])
        if item.is_group and item.repeats:
            state.counts[group] = min(max(len(found), item.least), item.most)
            for time, row in enumerate(found[: item.most]):
                _take(item.children, f"{group}r{time}", _rows(row), state, depth + 1)
        elif found:
            answers = [a for a in found[0].get("answer") or [] if isinstance(a, dict)] if isinstance(found[0].get("answer"), list) else []
            values = [v for v in (_fitting(item, a) for a in answers) if v is not None][: max(item.most, len(item.options) + 1)]
            if values:
                state.values[group] = values
            inner = _rows(found[0]) if item.is_group else [row for a in answers for row in _rows(a)]
            _take(item.children, group, inner, state, depth + 1)


def _fitting(item: Item, answer: Mapping[str, Any]) -> dict[str, Any] | None:
    keys = [VALUE_OF[item.type]] if item.type in VALUE_OF else ["valueCoding", "valueString", "valueInteger", "valueDate", "valueTime"]
    return next(({key: answer[key]} for key in keys if key in answer and is_value(key, answer[key])), None)


def response_of(
    tree: Tree, *, language: str, about: str, on: str, is_done: bool, keep_shut: bool = False
) -> dict[str, Any]:
    """The answers as a FHIR R4 `QuestionnaireResponse`.

    Args:
        tree: the form with its answers.
        language: the language the questions are written in.
        about: the form's address, as a canonical.
        on: the day, `2026-11-22`.
        is_done: whether the person says they are done; then the answers to shut questions are left out.
        keep_shut: keep the answers to questions that are shut for now.
    """
    found: dict[str, Any] = {
        "resourceType": "QuestionnaireResponse", "questionnaire": about, "status": "completed" if is_done else "in-progress",
        "authored": on, "language": language,
    }  # fmt: skip
    if title := tree.form.title.read(language):
        found["_questionnaire"] = {"extension": [{"url": SHOWN_AS, "valueString": title}]}
    items = _written(tree.roots, tree, language, keep_shut=keep_shut)
    return {**found, "item": items} if items else found


def _written(nodes: Iterable[Node], tree: Tree, language: str, *, keep_shut: bool) -> list[dict[str, Any]]:
    found = []
    for node in nodes:
        if node.item.type == "display" or (node.name not in tree.open and not keep_shut):
            continue
        inner = _written(node.children, tree, language, keep_shut=keep_shut)
        row: dict[str, Any] = {"linkId": node.item.link_id}
        if text := node.item.words.read(language):
            row["text"] = text
        if node.item.is_group:
            row |= {"item": inner} if inner else {}
        else:
            answers: list[dict[str, Any]] = [_worded(node.item, value, language) for value in node.values]
            if inner:
                answers = [{**(answers[0] if answers else {}), "item": inner}, *answers[1:]]
            row |= {"answer": answers} if answers else {}
        if "item" in row or "answer" in row or (node.item.is_group and node.item.repeats and keep_shut):
            found.append(row)
    return found


def _worded(item: Item, value: Mapping[str, Any], language: str) -> dict[str, Any]:
    """A value with the words it was chosen by."""
    if "valueCoding" in value:
        option = next((o for o in item.options if same_value(o.value, value)), None)
        if option is not None and (words := option.words.read(language)):
            return {"valueCoding": {**value["valueCoding"], "display": words}}
    return dict(value)


@dataclass(frozen=True)
class Said:
    """A line of answers to be read: a heading or a question, what was answered, and how deep it stands."""

    text: str
    answers: list[str]
    depth: int

    @property
    def is_heading(self) -> bool:
        """Nothing is answered here; it names what follows."""
        return not self.answers


def said_in(response: Any) -> list[Said]:
    """What stands in a `QuestionnaireResponse`, to be read without its form; whatever its shape."""
    found: list[Said] = []
    _say(_rows(response), found, 0)
    return found


def _say(rows: list[dict[str, Any]], found: list[Said], depth: int) -> None:
    for row in rows:
        if len(found) >= LONGEST_SHOWN or depth > DEEPEST:
            return
        answers = [a for a in row.get("answer") or [] if isinstance(a, dict)] if isinstance(row.get("answer"), list) else []
        text = row.get("text") if isinstance(row.get("text"), str) else ""
        told = [t for t in (shown_value(a) for a in answers) if t]
        if text or told:
            found.append(Said(str(text), told, min(depth, 3)))
        _say(_rows(row), found, depth + 1)
        for answer in answers:
            _say(_rows(answer), found, depth + 1)


def shown_value(value: Mapping[str, Any]) -> str:
    """A FHIR value as words; yes and no are left to the page (`true`, `false`)."""
    found = next((value[key] for key in value if key.startswith("value")), None)
    if isinstance(found, Mapping):
        parts = [found.get("display") or found.get("code")] if "valueCoding" in value else [found.get("value"), found.get("unit")]
        return " ".join(str(part) for part in parts if part not in (None, ""))
    if isinstance(found, bool):
        return "true" if found else "false"
    if "valueTime" in value and isinstance(found, str):
        return found[:5]
    return "" if found is None or isinstance(found, list) else str(found)


def title_in(response: Any) -> str:
    """The title of the form a response answers."""
    beside = response.get("_questionnaire") if isinstance(response, Mapping) else None
    rows = beside.get("extension") if isinstance(beside, Mapping) else None
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, Mapping) and row.get("url") == SHOWN_AS and isinstance(row.get("valueString"), str):
            return str(row["valueString"])
    return ""


def is_done(response: Any) -> bool:
    """Whether the person has said they are done."""
    return isinstance(response, Mapping) and response.get("status") == "completed"
