"""Reading a FHIR R4 `Questionnaire`: in bounds, and with a remark for each thing that is not used.

Translations follow http://hl7.org/fhir/StructureDefinition/translation, numbers of choices
http://hl7.org/fhir/StructureDefinition/ordinalValue and itemWeight, sums the SDC's calculatedExpression.
"""

import json
import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

from knutepunkt.journey.methods.questionnaires import expressions
from knutepunkt.journey.methods.questionnaires.form import (
    CHOOSING,
    TYPES,
    VALUE_OF,
    Condition,
    Form,
    Item,
    NotAForm,
    Option,
    Remark,
    Words,
)

LARGEST = 1024 * 1024
MOST_ITEMS, DEEPEST_ITEM, MOST_OPTIONS, MOST_CONDITIONS, MOST_REPEATS, MOST_VALUES = 1000, 10, 300, 2000, 20, 60_000
DEEPEST_JSON, LONGEST_TEXT, LONGEST_LINE = 64, 4000, 300
HL7 = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"
TRANSLATION, ORDINALS = HL7 + "translation", (HL7 + "ordinalValue", HL7 + "itemWeight")
CALCULATIONS = (SDC + "sdc-questionnaire-calculatedExpression", HL7 + "cqf-expression", "http://ehelse.no/fhir/StructureDefinition/sdf-fhirpath")
OPERATORS = ("exists", "=", "!=", ">", "<", ">=", "<=")
HELP = {"help", "inline", "sublabel"}
LOOKS = {"drop-down", "check-box", "radio-button", "year", "yearMonth", "help", "highlight", "inline", "text-area", "sidebar", "unit",
         "prompt", "data-receiver", "text-box", "spinner", "date-time", "header", "footer", "flyover"}  # fmt: skip
"""Controls that are what we do anyway, or that something is done about."""
KNOWN_KEYS = {
    "id", "linkId", "definition", "code", "prefix", "text", "_text", "_prefix", "type", "enableWhen", "enableBehavior", "required", "repeats",
    "readOnly", "maxLength", "answerValueSet", "answerOption", "initial", "item", "extension", "_linkId", "_type", "modifierExtension",
}  # fmt: skip
NEWER_KEYS = {"answerConstraint", "disabledDisplay"}
USED = {
    f"{HL7}{name}" for name in (
        "questionnaire-hidden", "questionnaire-itemControl", "questionnaire-maxOccurs", "questionnaire-minOccurs", "questionnaire-unit",
        "questionnaire-unitOption", "minValue", "maxValue", "maxDecimalPlaces", "entryFormat", "questionnaire-displayCategory",
        "questionnaire-choiceOrientation", "questionnaire-supportLink",
    )
} | {
    SDC + "sdc-questionnaire-openLabel", "http://ehelse.no/fhir/StructureDefinition/repeatstext",
    "http://helsenorge.no/fhir/StructureDefinition/sdf-sublabel",
}  # fmt: skip
ASKED = {
    HL7 + "minLength", HL7 + "regex", "http://ehelse.no/fhir/StructureDefinition/validationtext",
    "http://ehelse.no/fhir/StructureDefinition/sdf-minvalue", "http://ehelse.no/fhir/StructureDefinition/sdf-maxvalue",
    "http://ehelse.no/fhir/StructureDefinition/sdf-fhirpathvalidation", HL7 + "questionnaire-constraint",
    "http://hl7.org/fhir/StructureDefinition/targetConstraint",
}  # fmt: skip


def read_file(content: bytes) -> tuple[dict[str, Any], Form]:
    """A file as clean data and as a form.

    Raises:
        NotAForm: it cannot be used at all; `why` says it.
    """
    if len(content) > LARGEST:
        raise NotAForm("large")
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except RecursionError:
        raise NotAForm("deep") from None
    except ValueError:
        raise NotAForm("json") from None
    if not isinstance(data, dict) or data.get("resourceType") != "Questionnaire":
        raise NotAForm("kind")
    clean: dict[str, Any] = _Cleaner().clean(data, 0)
    return clean, read_form(clean)


def _no_number(_text: str) -> None:
    raise ValueError


class _Cleaner:
    """A copy without control characters, halves of characters and numbers that are none."""

    def __init__(self) -> None:
        self.left = MOST_VALUES

    def clean(self, value: Any, depth: int) -> Any:
        self.left -= 1
        if depth > DEEPEST_JSON:
            raise NotAForm("deep")
        if self.left < 0:
            raise NotAForm("many")
        if isinstance(value, dict):
            return {self.text(key): self.clean(one, depth + 1) for key, one in value.items()}
        if isinstance(value, list):
            return [self.clean(one, depth + 1) for one in value]
        if isinstance(value, str):
            return self.text(value)
        if (isinstance(value, float) and not math.isfinite(value)) or (isinstance(value, int) and abs(value) > 2**53):
            raise NotAForm("json")
        return value

    @staticmethod
    def text(value: str) -> str:
        return "".join(c for c in value if (c >= " " or c in "\n\t\r") and not "\ud800" <= c <= "\udfff" and c != "\x7f")


def read_form(data: Mapping[str, Any]) -> Form:
    """A form from data that was cleaned when it came in.

    Raises:
        NotAForm: as `read_file`.
    """
    return _Reader(data).form()


def language_of(value: Any) -> str:
    """A language tag as the two letters we use; bokmål where nothing is said."""
    short = str(value or "nb").replace("_", "-").split("-")[0].lower()[:3]
    return "nb" if short in {"no", "nb", "nob"} else {"nno": "nn", "eng": "en"}.get(short, short)


def _list(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _line(value: Any, most: int = LONGEST_LINE) -> str:
    return value.strip()[:most] if isinstance(value, str) else ""


def _extensions(thing: Any) -> list[dict[str, Any]]:
    return _list(thing.get("extension")) if isinstance(thing, dict) else []


def _value(extension: Mapping[str, Any]) -> Any:
    return next((extension[key] for key in extension if key.startswith("value")), None)


def _find(thing: Any, *urls: str) -> Any:
    return next((_value(e) for e in _extensions(thing) if e.get("url") in urls), None)


def _whole(value: Any, low: int, high: int, default: int) -> int:
    return min(max(value, low), high) if isinstance(value, int) and not isinstance(value, bool) else default


class _Reader:
    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.base = language_of(data.get("language"))
        self.items: list[Item] = []
        self.remarks: list[Remark] = []
        self.texts: list[tuple[str, Words]] = []
        self.links: set[str] = set()
        self.gone: set[int] = set()
        self.conditions = 0
        self.sets = {s.get("id"): s for s in _list(data.get("contained")) if s.get("resourceType") == "ValueSet"}

    def form(self) -> Form:
        data = self.data
        title = self.words(data, "title") or self.words(data, "name")
        self.texts.append(("title", title))
        if _extensions(data) or data.get("modifierExtension"):
            self.remarks.append(Remark("sending", "", ""))
        if "versionAlgorithmString" in data or "versionAlgorithmCoding" in data or "copyrightLabel" in data:
            self.remarks.append(Remark("newer", "", ""))
        roots = self.read_items(data.get("item"), ())
        by_link = {item.link_id: item for item in self.items}
        self.check_conditions(by_link)
        form = Form(
            url=_line(data.get("url")), title=title, description=self.words(data, "description"), version=_line(data.get("version"), 60),
            language=self.base, holder=_line(data.get("publisher")), licence=_line(data.get("copyright"), LONGEST_TEXT), roots=roots,
            items=self.items, order=self.ordered(by_link), remarks=self.remarks, texts=[(k, w) for k, w in self.texts if w],
        )  # fmt: skip
        if not form.questions:
            raise NotAForm("empty")
        return form

    def remark(self, kind: str, item: Item) -> None:
        found = Remark(kind, item.link_id, str(item.words)[:120])
        if found not in self.remarks[-12:]:
            self.remarks.append(found)

    def words(self, thing: Mapping[str, Any], name: str, most: int = LONGEST_TEXT) -> Words:
        """A text and its translations; words in markdown only are read as they stand."""
        beside = thing.get(f"_{name}")
        said = {self.base: _line(thing.get(name), most)}
        if not said[self.base]:
            said[self.base] = _line(_find(beside, HL7 + "rendering-markdown"), most)
        for one in _extensions(beside):
            if one.get("url") == TRANSLATION:
                language, content = language_of(_find(one, "lang")), _line(_find(one, "content"), most)
                said.setdefault(language, content)
        return Words(self.base, {language: text for language, text in said.items() if text})

    def read_items(self, rows: Any, path: tuple[int, ...]) -> list[Item]:
        if len(path) >= DEEPEST_ITEM:
            raise NotAForm("deep")
        found = []
        for place, row in enumerate(_list(rows)):
            item = self.read_item(row, path, place)
            found.append(item)
            item.children = self.read_items(row.get("item"), (*path, item.number))
            if item.number in self.gone and any(child.type != "display" for child in item.children):
                item.type, item.is_hidden = "group", False  # what stands under it can still be answered
            self.gather_help(item)
        return found

    def read_item(self, row: Mapping[str, Any], path: tuple[int, ...], place: int) -> Item:
        link_id, kind = row.get("linkId"), row.get("type")
        if not isinstance(link_id, str) or not link_id or len(link_id) > 255 or not isinstance(kind, str):  # noqa: PLR2004
            raise NotAForm("item", str(link_id)[:60])
        if link_id in self.links:
            raise NotAForm("twice", link_id[:60])
        if len(self.items) >= MOST_ITEMS:
            raise NotAForm("many")
        self.links.add(link_id)
        item = Item(len(self.items), link_id, kind, self.words(row, "text"), path, place, prefix=_line(row.get("prefix"), 40))
        self.items.append(item)
        if len(str(row.get("text") or "")) > LONGEST_TEXT:
            self.remark("cut", item)
        self.read_looks(row, item)
        self.read_kind(row, item)
        self.read_bounds(row, item)
        self.read_conditions(row, item)
        self.read_calculation(row, item)
        self.note_the_rest(row, item)
        if item.words and not item.is_hidden:
            self.texts.append((link_id, item.words))
        return item

    def read_looks(self, row: Mapping[str, Any], item: Item) -> None:
        control = _find(row, HL7 + "questionnaire-itemControl")
        codes = [_line(c.get("code"), 40) for c in _list(control.get("coding"))] if isinstance(control, dict) else []
        item.looks = codes[0] if codes else ""
        item.is_hidden = _find(row, HL7 + "questionnaire-hidden") is True
        if item.looks == "sidebar":
            item.is_hidden, item.type = True, "display"
            self.remark("side", item)
        elif item.looks in {*HELP, "highlight", "help-link", "header", "footer", "flyover"} and item.type in {"text", "string", "display"}:
            item.type = "display"
        elif item.looks and item.looks not in LOOKS:
            self.remark("looks", item)

    def gather_help(self, item: Item) -> None:
        """Help that stands under an item is shown with it."""
        helps = [child for child in item.children if child.type == "display" and child.looks in {*HELP, "unit", "flyover"} and not child.conditions]
        for child in helps:
            item.help.append(child.words)
            child.is_hidden = True

    def read_kind(self, row: Mapping[str, Any], item: Item) -> None:
        gone = {"attachment": "attachment", "reference": "reference", "coding": "newer", "question": "type"}
        if item.type not in TYPES:
            self.remark(gone.get(item.type, "type"), item)
            self.drop(item)
        elif item.type in CHOOSING or "answerOption" in row or "answerValueSet" in row:
            item.options = self.options_of(row, item)
            if item.options and item.type not in CHOOSING and item.type in VALUE_OF:
                item.type = "choice"
            if not item.options and item.type in CHOOSING:
                self.remark("choices", item)
                self.drop(item)

    def drop(self, item: Item) -> None:
        """Take a question out."""
        item.type, item.is_hidden = "display", True
        self.gone.add(item.number)

    def options_of(self, row: Mapping[str, Any], item: Item) -> list[Option]:
        found = [self.option(one, one) for one in _list(row.get("answerOption"))]
        address = row.get("answerValueSet")
        if isinstance(address, str) and address:
            held = self.sets.get(address[1:]) if address.startswith("#") else None
            if held is None:
                if found:
                    self.remark("some-choices", item)
            else:
                found += self.options_in(held, item)
        options = [one for one in found if one is not None]
        if len(options) < len(found) or len(options) > MOST_OPTIONS:
            self.remark("some-choices", item)
        for option in options[:MOST_OPTIONS]:
            key = str((option.value.get("valueCoding") or {}).get("code") or option.words)
            self.texts.append((f"{item.link_id}: {key}"[:LONGEST_LINE], option.words))
        return options[:MOST_OPTIONS]

    def options_in(self, held: Mapping[str, Any], item: Item) -> list[Option | None]:
        found: list[Option | None] = []
        compose, expansion = held.get("compose"), held.get("expansion")
        if isinstance(expansion, dict) and expansion.get("contains"):
            return [self.option({"valueCoding": row}, row) for row in _list(expansion["contains"])]
        for include in _list(compose.get("include") if isinstance(compose, dict) else None):
            if "concept" not in include or "filter" in include or "valueSet" in include:
                self.remark("some-choices", item)
            rows = _list(include.get("concept"))
            found += [self.option({"valueCoding": {"system": include.get("system"), **row}}, row) for row in rows]
        return found

    def option(self, row: Mapping[str, Any], beside: Mapping[str, Any]) -> Option | None:
        key = next((k for k in row if k in {"valueCoding", "valueString", "valueInteger", "valueDate", "valueTime"}), "")
        value, is_first = row.get(key), row.get("initialSelected") is True
        if key == "valueCoding" and isinstance(value, dict):
            kept = {k: " ".join(_line(value.get(k)).split()) for k in ("system", "version", "code", "display") if _line(value.get(k))}
            if " " in kept.get("system", ""):
                del kept["system"]
            if not kept.get("code") and not kept.get("display"):
                return None
            words = self.words(value, "display", LONGEST_LINE)
            said = {**{language_of(d.get("language")): _line(d.get("value")) for d in _list(value.get("designation")) if _line(d.get("value"))}, **words.said}
            said = said or {self.base: kept.get("code", "")}
            label = _line(_find(value, HL7 + "valueset-label"), 40)
            if label:
                said = {language: f"{label} {text}" for language, text in said.items()}
            number = next((n for n in (_find(place, *ORDINALS) for place in (value, beside)) if _is_number(n)), None)
            return Option({"valueCoding": kept}, Words(self.base, said), number, is_first)
        if key == "valueString" and _line(value):
            return Option({key: _line(value)}, self.words(row, "valueString", LONGEST_LINE), _ordinal(row), is_first)
        if key == "valueInteger" and isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31:
            return Option({key: value}, Words(self.base, {self.base: str(value)}), _ordinal(row), is_first)
        if key in {"valueDate", "valueTime"} and is_value(key, value):
            return Option({key: value}, Words(self.base, {self.base: str(value)}), _ordinal(row), is_first)
        return None

    def read_bounds(self, row: Mapping[str, Any], item: Item) -> None:
        item.repeats = row.get("repeats") is True
        item.read_only = row.get("readOnly") is True and item.is_question
        item.most = _whole(_find(row, HL7 + "questionnaire-maxOccurs"), 1, MOST_REPEATS, MOST_REPEATS) if item.repeats else 1
        item.least = _whole(_find(row, HL7 + "questionnaire-minOccurs"), 1, min(5, item.most), 1)
        item.max_length = _whole(row.get("maxLength"), 1, 8000, 0)
        low, high = _find(row, HL7 + "minValue"), _find(row, HL7 + "maxValue")
        key = VALUE_OF.get(item.type, "")
        if item.type in {"integer", "decimal", "quantity"}:
            item.low, item.high = (low if _is_number(low) else None), (high if _is_number(high) else None)
        elif item.type == "date":
            item.low, item.high = (low if is_value(key, low) else None), (high if is_value(key, high) else None)
        elif low is not None or high is not None:
            self.remark("asked", item)
        item.decimals = _whole(_find(row, HL7 + "maxDecimalPlaces"), 0, 10, -1)
        item.decimals = None if item.decimals < 0 else item.decimals
        units = [_value(e) for e in _extensions(row) if e.get("url") in {HL7 + "questionnaire-unit", HL7 + "questionnaire-unitOption"}]
        item.units = [{k: _line(u.get(k), 60) for k in ("system", "code", "display") if _line(u.get(k), 60)} for u in units if isinstance(u, dict)][:40]
        item.more_words = _line(_find(row, "http://ehelse.no/fhir/StructureDefinition/repeatstext"), 80)
        for extra in (_find(row, HL7 + "entryFormat"), _find(row, "http://helsenorge.no/fhir/StructureDefinition/sdf-sublabel")):
            if _line(extra):
                item.help.append(Words(self.base, {self.base: _line(extra)}))
        self.read_first(row, item)

    def read_first(self, row: Mapping[str, Any], item: Item) -> None:
        chosen = [o.value for o in item.options if o.is_first]
        for one in _list(row.get("initial")):
            if item.options:
                chosen += [o.value for o in item.options if _same_first(o.value, one)][:1]
            elif (key := VALUE_OF.get(item.type, "")) in one and is_value(key, one[key]):
                chosen.append({key: one[key]})
        if item.type == "quantity":
            chosen = [{"valueQuantity": {k: v for k, v in c["valueQuantity"].items() if k in {"value", "unit", "system", "code"}}} for c in chosen if "valueQuantity" in c]
            item.units = item.units or [{"display": _line(c["valueQuantity"].get("unit"), 60)} for c in chosen if c["valueQuantity"].get("unit")][:1]
            chosen = [c for c in chosen if "value" in c["valueQuantity"]]
        item.first = chosen[: item.most]

    def read_conditions(self, row: Mapping[str, Any], item: Item) -> None:
        item.needs_all = row.get("enableBehavior") == "all"
        for one in _list(row.get("enableWhen")):
            self.conditions += 1
            key = next((k for k in one if k.startswith("answer")), "")
            operator, question = one.get("operator"), one.get("question")
            value = one.get(key)
            fits = isinstance(question, str) and operator in OPERATORS and key and key != "answerReference" and value is not None
            if operator == "exists" and not isinstance(value, bool):
                fits = False
            if not fits or self.conditions > MOST_CONDITIONS:
                self.remark("condition", item)
                item.conditions = []
                return
            item.conditions.append(Condition(str(question), str(operator), key, value))

    def check_conditions(self, by_link: Mapping[str, Item]) -> None:
        for item in self.items:
            asked = [by_link.get(c.question) for c in item.conditions]
            if any(one is None or not one.is_question for one in asked):
                self.remark("condition", item)
                item.conditions = []

    def read_calculation(self, row: Mapping[str, Any], item: Item) -> None:
        for one in _extensions(row):
            if one.get("url") not in CALCULATIONS or not item.is_question:
                continue
            found = _value(one)
            text = found.get("expression") if isinstance(found, dict) else found
            try:
                item.calculation = expressions.parse(text if isinstance(text, str) else "?")
            except expressions.NotUnderstood:
                is_own = one["url"] == CALCULATIONS[0] or "QuestionnaireResponse" in str(text)
                self.remark("calculation" if is_own else "filled", item)
                continue
            item.read_only = True

    def note_the_rest(self, row: Mapping[str, Any], item: Item) -> None:
        """Say what is not used, once an item and kind."""
        kinds = []
        if set(row) & NEWER_KEYS:
            kinds.append("newer")
        if set(row) - KNOWN_KEYS - NEWER_KEYS - {"type"}:
            kinds.append("unused")
        urls = {e.get("url") for e in _extensions(row)} - USED - set(CALCULATIONS)
        if row.get("required") is True or urls & ASKED or item.least > 1:
            kinds.append("asked")
        if urls - ASKED or row.get("modifierExtension"):
            kinds.append("unused")
        if _find(row.get("_text"), HL7 + "rendering-markdown", HL7 + "rendering-xhtml", HL7 + "rendering-style"):
            kinds.append("looks")
        for kind in dict.fromkeys(kinds):
            if not item.is_hidden:
                self.remark(kind, item)

    def ordered(self, by_link: Mapping[str, Item]) -> list[int]:
        """The items so that each comes after what it stands in and what its conditions ask; rings are opened."""
        after: dict[int, set[int]] = {i.number: {*i.path[-1:], *(by_link[c.question].number for c in i.conditions)} for i in self.items}
        order, left = _sorted_by_need(after)
        if left:
            before: dict[int, set[int]] = {n: {m for m in left if n in after[m]} for n in left}
            _back, ring = _sorted_by_need({n: needs & left for n, needs in before.items()})
            for number in sorted(ring):
                if self.items[number].conditions:
                    self.remark("circle", self.items[number])
                    self.items[number].conditions = []
            return self.ordered(by_link)
        return order


def _sorted_by_need(needs: Mapping[int, set[int]]) -> tuple[list[int], set[int]]:
    """Those whose needs come before them, in order; and those that can never come."""
    left = {number: len(wanted) for number, wanted in needs.items()}
    gives: dict[int, list[int]] = {}
    for number, wanted in needs.items():
        for one in wanted:
            gives.setdefault(one, []).append(number)
    ready = [number for number in needs if not left[number]]
    order = []
    while ready:
        number = ready.pop()
        order.append(number)
        for one in gives.get(number, ()):
            left[one] -= 1
            if not left[one]:
                ready.append(one)
    return order, set(needs) - set(order)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 10**12


def _ordinal(row: Mapping[str, Any]) -> float | None:
    found = _find(row, *ORDINALS)
    return found if _is_number(found) else None


def _same_first(option: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    for key, value in option.items():
        other = said.get(key)
        if key == "valueCoding" and isinstance(other, dict):
            return bool(value.get("code") == other.get("code"))
        return bool(other == value)
    return False


def is_value(key: str, value: Any) -> bool:
    """Whether something is a FHIR value of the kind its key says; used for what comes from files."""
    with suppress(ValueError):
        return bool(key in FITS and FITS[key](value))
    return False


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= 8000  # noqa: PLR2004


def _is_quantity(value: Any) -> bool:
    texts = isinstance(value, dict) and all(isinstance(value.get(k, ""), str) for k in ("unit", "system", "code"))
    return texts and _is_number(value.get("value", 0))


def _is_coding(value: Any) -> bool:
    known = isinstance(value, dict) and bool(value) and set(value) <= {"system", "version", "code", "display"}
    return known and all(isinstance(part, str) and part for part in value.values())


def _is_day(value: Any) -> bool:
    return _text(value) and bool(date.fromisoformat({4: f"{value}-01-01", 7: f"{value}-01"}.get(len(value), value)))


FITS: Mapping[str, Callable[[Any], bool]] = {
    "valueBoolean": lambda value: isinstance(value, bool),
    "valueInteger": lambda value: isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31,
    "valueDecimal": _is_number, "valueQuantity": _is_quantity, "valueCoding": _is_coding, "valueDate": _is_day,
    "valueDateTime": lambda value: _text(value) and datetime.fromisoformat(value).tzinfo is not None,
    "valueTime": lambda value: _text(value) and bool(time.fromisoformat(value)), "valueString": _text, "valueUri": _text,
}  # fmt: skip
