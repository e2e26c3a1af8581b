"""Forms made from a questionnaire: one field for each open question, every one of which can be skipped."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime, parse_time
from django.utils.translation import gettext_lazy as _

from knutepunkt.journey.forms.notes import line, words
from knutepunkt.journey.methods.questionnaires.answering import Node, State
from knutepunkt.journey.methods.questionnaires.form import CHOOSING, VALUE_OF, Item, same_value
from knutepunkt.journey.methods.questionnaires.reading import LARGEST
from knutepunkt.web.fields import day
from knutepunkt.web.renderer import ClockInput, DayAndClockInput, DayInput, DsBoundField, DsForm

FEW_CHOICES = 12
OTHER, UNIT, YES, NO = "__annet", "__enhet", "ja", "nei"
SKIP = _("hopp over")


class SourceForm(DsForm):
    """Where the questionnaire is: a file, or its text."""

    file = forms.FileField(
        label=_("Fil"), required=False, help_text=_("Et skjema som FHIR R4 Questionnaire i JSON. Høyst 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Eller lim inn teksten"), required=False, max_length=LARGEST, widget=forms.Textarea(attrs={"rows": "3", "spellcheck": "false"})
    )

    def content(self) -> bytes:
        """What was given, no more of it than can be read. The file is looked at by size before it is opened."""
        file = self.cleaned_data.get("file")
        if file is not None:
            return b" " * (LARGEST + 1) if file.size > LARGEST else file.read()
        return str(self.cleaned_data.get("text", "")).encode("utf-8", "replace")


class TermsForm(DsForm):
    """Who holds the form and on what terms: kept, and shown to everybody who sees it."""

    source = forms.CharField(widget=forms.HiddenInput, max_length=2 * LARGEST, strip=False)
    holder = line(_("Hvem har rettighetene?"), limit=300, required=True)
    licence = words(
        _("Hva sier lisensen?"), limit=4000, required=True,
        help_text=_("Med eierens ord. Skriv for eksempel hvem som får bruke skjemaet, og hvor lenge."),
    )  # fmt: skip
    has_right = forms.BooleanField(label=_("Jeg har lov til å bruke skjemaet slik"))


class DoneForm(DsForm):
    """The day the answers are from."""

    on = day(_("Hvilken dag gjelder svarene?"))


class Question(DsBoundField):
    """A question of a form: the page says once that all can be skipped, not at each."""

    @property
    def may_be_skipped(self) -> bool:
        """Said at the top of the page."""
        return False


class AnswerForm(DsForm):
    """The open questions of a page.

    `nodes` are asked in the given language; what is not asked stays as it is in the state.
    """

    bound_field_class = Question

    def __init__(self, data: Any = None, *, nodes: Iterable[Node], language: str, **kwargs: Any) -> None:
        self.nodes, self.language = list(nodes), language
        self.base_fields: dict[str, forms.Field] = dict(pair for node in self.nodes for pair in _fields_of(node, language))  # type: ignore[misc]
        super().__init__(data, **kwargs)

    def names_of(self, node: Node) -> list[str]:
        """The names of a node's fields."""
        return [name for name in self.fields if name == node.name or name.startswith(f"{node.name}__")]

    def answered(self, state: State) -> State:
        """The state with what was typed here."""
        for node in self.nodes:
            values = _values_from(node, self.cleaned_data)
            if values:
                state.values[node.name] = values
            else:
                state.values.pop(node.name, None)
        return state


def _fields_of(node: Node, language: str) -> list[tuple[str, forms.Field]]:
    item = node.item
    label = f"{item.prefix} {item.words.read(language)}".strip() or item.link_id
    common: dict[str, Any] = {"label": label, "required": False, "help_text": " ".join(w.read(language) for w in item.help)}
    if item.options:
        return _choice_fields(node, common, language)
    if item.repeats and item.type != "boolean":
        values = [_shown(item, v) for v in node.values][: item.most]
        rows = [*values, *([None] if len(values) < item.most else [])]
        found = []
        for number, value in enumerate(rows):
            field = _plain_field(item, {**common, "label": f"{label} ({number + 1})" if number else label}, value)
            found.append((f"{node.name}__{number}", field))
        return found
    value = _shown(item, node.values[0]) if node.values else None
    found = [(node.name, _plain_field(item, common, value))]
    if item.type == "quantity" and item.units:
        if len(item.units) == 1:
            found[0][1].help_text = f"{found[0][1].help_text} {_unit(item.units[0])}".strip()
        else:
            choices = [(str(n), _unit(u)) for n, u in enumerate(item.units)]
            said = (node.values[0].get("valueQuantity") or {}).get("code") if node.values else None
            chosen = next((str(n) for n, u in enumerate(item.units) if said and u.get("code") == said), "0")
            found.append((node.name + UNIT, forms.ChoiceField(label=_("Enhet"), required=False, choices=choices, initial=chosen)))
    return found


def _choice_fields(node: Node, common: dict[str, Any], language: str) -> list[tuple[str, forms.Field]]:
    item = node.item
    choices = [(str(n), o.words.read(language)) for n, o in enumerate(item.options)]
    chosen = [str(n) for n, o in enumerate(item.options) if any(same_value(o.value, v) for v in node.values)]
    if item.repeats:
        field: forms.Field = forms.MultipleChoiceField(**common, choices=choices, initial=chosen, widget=forms.CheckboxSelectMultiple)
    else:
        is_long = item.looks == "drop-down" or len(choices) > FEW_CHOICES
        widget = forms.Select if is_long else forms.RadioSelect
        shown = [("", SKIP), *choices] if is_long else [*choices, ("", SKIP)]
        field = forms.ChoiceField(**common, choices=shown, initial=chosen[0] if chosen else "", widget=widget)
    found = [(node.name, field)]
    if item.type == "open-choice":
        own = next((v["valueString"] for v in node.values if "valueString" in v and not any(same_value(o.value, v) for o in item.options)), "")
        said = forms.CharField(label=_("Noe annet"), required=False, max_length=1000, initial=own)
        found.append((node.name + OTHER, said))
    return found


def _plain_field(item: Item, common: dict[str, Any], value: Any) -> forms.Field:
    return FIELDS.get(item.type, _text_field)(item, {**common, "initial": value})


def _yes_field(_item: Item, common: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(**common, choices=[(YES, _("ja")), (NO, _("nei")), ("", SKIP)], widget=forms.RadioSelect)


def _whole_field(item: Item, common: dict[str, Any]) -> forms.Field:
    low, high = _bound(item.low, -(2**31) + 1), _bound(item.high, 2**31 - 1)
    return forms.IntegerField(**common, min_value=low, max_value=high, widget=_number_input("numeric"))


def _number_input(keyboard: str) -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": keyboard, "data-width": "short"})


def _number_field(item: Item, common: dict[str, Any]) -> forms.Field:
    places = 6 if item.decimals is None else item.decimals
    low, high = (None if b is None else Decimal(str(b)) for b in (item.low, item.high))
    return NumberField(
        **common, max_digits=18, decimal_places=places, min_value=low, max_value=high, widget=_number_input("decimal")
    )


def _text_field(item: Item, common: dict[str, Any]) -> forms.Field:
    if item.type == "text":
        area = forms.Textarea(attrs={"rows": "3"})
        return forms.CharField(**common, max_length=min(item.max_length or 8000, 8000), widget=area)
    return forms.CharField(**common, max_length=min(item.max_length or 2000, 2000))


class NumberField(forms.DecimalField):
    """A number with a comma or a point."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("Skriv et tall, for eksempel 3,5.")}

    def to_python(self, value: Any) -> Any:
        """Read 3,5 as 3.5."""
        return super().to_python(value.strip().replace("\u2212", "-").replace(",", ".") if isinstance(value, str) else value)


def _day_field(item: Item, common: dict[str, Any]) -> forms.Field:
    if item.looks == "year":
        return forms.IntegerField(**common, min_value=1000, max_value=9999, widget=_number_input("numeric"))
    if item.looks == "yearMonth":
        said = {"invalid": _("Skriv måneden slik: 2027-05.")}
        return forms.RegexField(r"^[1-9]\d{3}-(0[1-9]|1[0-2])$", **common, error_messages=said, widget=forms.TextInput(attrs={"type": "month"}))
    return BoundedDayField(**common, low=item.low, high=item.high, widget=DayInput)


class BoundedDayField(forms.DateField):
    """A day not before the one, not after the other."""

    def __init__(self, *, low: str | None, high: str | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.low, self.high = low, high

    def validate(self, value: Any) -> None:
        """Compare with the form's own bounds, as far as they are precise."""
        super().validate(value)
        told = value.isoformat() if value else ""
        if told and self.low and told < self.low:
            raise forms.ValidationError(_("Velg en dag som er %(day)s eller senere."), params={"day": self.low})
        if told and self.high and told[: len(self.high)] > self.high:
            raise forms.ValidationError(_("Velg en dag som er %(day)s eller tidligere."), params={"day": self.high})


FIELDS: Mapping[str, Callable[[Item, dict[str, Any]], forms.Field]] = {
    "boolean": _yes_field, "integer": _whole_field, "decimal": _number_field, "quantity": _number_field, "date": _day_field,
    "dateTime": lambda _item, common: forms.SplitDateTimeField(**common, widget=DayAndClockInput),
    "time": lambda _item, common: forms.TimeField(**common, widget=ClockInput),
    "url": lambda _item, common: forms.URLField(**common, max_length=1000, assume_scheme="https"),
}  # fmt: skip
"""How a question of each type is asked; all others are texts."""


def _bound(value: Any, default: int) -> int:
    return default if value is None else int(value)


def _unit(unit: Mapping[str, Any]) -> str:
    return str(unit.get("display") or unit.get("code") or "")


def _shown(item: Item, value: Mapping[str, Any]) -> Any:
    """A FHIR value as the field shows it."""
    found = next(iter(value.values()), None)
    if isinstance(found, bool):
        return YES if found else NO
    if isinstance(found, Mapping):
        return found.get("value")
    if item.type == "dateTime" and isinstance(found, str):
        moment = parse_datetime(found)
        return timezone.localtime(moment) if moment is not None and timezone.is_aware(moment) else None
    if item.type == "time" and isinstance(found, str):
        return parse_time(found)
    if item.type == "date" and isinstance(found, str) and len(found) == 10 and item.looks not in {"year", "yearMonth"}:  # noqa: PLR2004
        return date.fromisoformat(found)
    return found


def _values_from(node: Node, cleaned: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What was typed for a node, as FHIR values."""
    item = node.item
    if item.options:
        said = cleaned.get(node.name) or []
        chosen = [said] if isinstance(said, str) else said
        values = [dict(item.options[int(n)].value) for n in chosen if n]
        other = str(cleaned.get(node.name + OTHER) or "").strip()
        if other and item.type in CHOOSING:
            values = [*values, {"valueString": other}] if item.repeats else [{"valueString": other}]
        return values
    typed = [cleaned.get(node.name)] if node.name in cleaned else [v for n, v in cleaned.items() if n.startswith(f"{node.name}__")]
    return [{VALUE_OF[item.type]: value} for value in (_as_fhir(node, one, cleaned) for one in typed) if value is not None]


def _as_fhir(node: Node, value: Any, cleaned: Mapping[str, Any]) -> Any:
    if value is None or value == "":
        return None
    item = node.item
    if item.type == "boolean":
        return value == YES
    if isinstance(value, Decimal):
        number: Any = int(value) if value == value.to_integral_value() else float(value)
        return _quantity(item, number, cleaned.get(node.name + UNIT)) if item.type == "quantity" else number
    if isinstance(value, datetime):
        return _whole_minutes(value).isoformat()
    if item.type == "date" and isinstance(value, int):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _whole_minutes(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0) if moment.tzinfo else timezone.make_aware(moment - timedelta(seconds=moment.second))


def _quantity(item: Item, number: Any, unit: Any) -> dict[str, Any]:
    place = int(unit) if isinstance(unit, str) and unit.isdigit() else 0
    named = item.units[place] if place < len(item.units) else {}
    parts = {"unit": named.get("display") or named.get("code"), "system": named.get("system"), "code": named.get("code")}
    if not parts["code"] or not parts["system"]:
        parts["code"] = parts["system"] = None  # a code says nothing without its system (FHIR qty-3)
    return {"value": number, **{key: part for key, part in parts.items() if part}}
