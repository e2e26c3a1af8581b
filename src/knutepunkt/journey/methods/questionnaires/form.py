"""A questionnaire as the pages need it: items, choices, conditions and texts in several languages; and what is not used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

LANGUAGES = ("nb", "nn", "en")
WHOLE, NUMBER, DAY, MOMENT, CLOCK = "integer", "decimal", "date", "dateTime", "time"
CHOOSING = ("choice", "open-choice")
VALUE_OF: Mapping[str, str] = {
    "boolean": "valueBoolean", WHOLE: "valueInteger", NUMBER: "valueDecimal", DAY: "valueDate", MOMENT: "valueDateTime",
    CLOCK: "valueTime", "string": "valueString", "text": "valueString", "url": "valueUri", "quantity": "valueQuantity",
}  # fmt: skip
"""The one key of an answer to an item of each type; a choice has the key of its option."""
TYPES = ("group", "display", *CHOOSING, *VALUE_OF)

REMARKS: Mapping[str, Any] = {
    "attachment": _("Her skal det legges ved en fil. Det går ikke her, så spørsmålet blir borte."),
    "reference": _("Her skal det pekes på noe i et annet system. Det går ikke her, så spørsmålet blir borte."),
    "type": _("Dette er en slags spørsmål vi ikke kjenner. Det blir borte."),
    "choices": _("Svarene ligger i en liste utenfor skjemaet. Vi kan ikke hente den, så spørsmålet blir borte."),
    "some-choices": _("Noen av svarene kan ikke brukes her, og er tatt bort."),
    "circle": _("Vilkårene for når dette vises, går i ring. Det vises alltid."),
    "condition": _("Vilkåret for når dette vises, kan ikke brukes her. Det vises alltid."),
    "calculation": _("Utregningen kan ikke brukes her. Det blir ikke regnet ut noe."),
    "filled": _("Skjemaet vil fylle inn noe fra et register. Det gjør vi ikke. Her er det ingenting å fylle ut."),
    "asked": _("Skjemaet krever et svar, eller et svar av en bestemt form. Her er det bare et ønske. Ingenting er påkrevd på din egen vei."),
    "looks": _("Måten dette skal se ut på, brukes ikke. Det vises på vår måte."),
    "unused": _("Skjemaet sier noe mer om dette, som vi ikke bruker."),
    "newer": _("Dette er fra en nyere utgave av FHIR (R5). Vi leser R4, og bruker det ikke."),
    "side": _("Dette er en beskjed til et annet system. Den vises ikke."),
    "sending": _("Innstillinger for innlogging og innsending i andre løsninger brukes ikke. Svarene dine sendes ikke noe sted."),
    "cut": _("Teksten er for lang, og er kortet ned."),
}  # fmt: skip
"""What is said of each thing that is not used, in the order it is said."""
REFUSED: Mapping[str, Any] = {
    "large": _("Fila er for stor. Et skjema kan være høyst 1 MB."),
    "json": _("Fila er ikke JSON. Last ned skjemaet som JSON og prøv igjen."),
    "deep": _("Fila har for mange lag inni hverandre. Den kan ikke leses."),
    "kind": _("Fila er ikke et skjema. Den må være en FHIR-ressurs av typen Questionnaire."),
    "empty": _("Det er ingen spørsmål i skjemaet som kan besvares her."),
    "many": _("Skjemaet er for stort. Det kan ha høyst 1000 punkter."),
    "twice": _("To punkter i skjemaet har samme linkId. Da kan ikke svarene skilles fra hverandre."),
    "item": _("Et punkt i skjemaet er satt sammen feil. Be den som har laget det, om å se på fila."),
}  # fmt: skip
"""Why a whole file is not taken in."""


class NotAForm(Exception):
    """The file is no questionnaire we can read; `why` is a key of `REFUSED`, `where` the item."""

    def __init__(self, why: str, where: str = "") -> None:
        super().__init__(why)
        self.why, self.where = why, where


@dataclass(frozen=True)
class Words:
    """A text in the languages it has; `base` is the form's own."""

    base: str
    said: Mapping[str, str]

    def __bool__(self) -> bool:
        return any(self.said.values())

    def __str__(self) -> str:
        return self.read(self.base)

    def read(self, language: str) -> str:
        """The text in a language; in the form's own, or any, where it lacks it."""
        return self.said.get(language) or self.said.get(self.base) or next(iter(self.said.values()), "")


@dataclass(frozen=True)
class Remark:
    """Something that is not used: a key of `REMARKS`, and where."""

    kind: str
    link_id: str
    about: str = ""

    @property
    def says(self) -> Any:
        """The sentence."""
        return REMARKS[self.kind]


@dataclass(frozen=True)
class Option:
    """One choice: the FHIR value it stands for, its words, and its number if it has one."""

    value: dict[str, Any]
    words: Words
    ordinal: float | None = None
    is_first: bool = False


@dataclass(frozen=True)
class Condition:
    """When an item is open: the item asked about, the operator, and the answer it is held against."""

    question: str
    operator: str
    key: str
    value: Any


@dataclass
class Item:
    """One item of a form. `number` is its place in the form; `path` the numbers of what it stands in, outermost first."""

    number: int
    link_id: str
    type: str
    words: Words
    path: tuple[int, ...]
    place: int
    prefix: str = ""
    help: list[Words] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    needs_all: bool = False
    repeats: bool = False
    most: int = 1
    least: int = 1
    read_only: bool = False
    is_hidden: bool = False
    first: list[dict[str, Any]] = field(default_factory=list)
    max_length: int = 0
    low: Any = None
    high: Any = None
    decimals: int | None = None
    units: list[dict[str, Any]] = field(default_factory=list)
    looks: str = ""
    more_words: str = ""
    calculation: Any = None
    children: list["Item"] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        """Holds items, and asks nothing itself."""
        return self.type == "group"

    @property
    def is_question(self) -> bool:
        """Asks something."""
        return self.type not in {"group", "display"}

    def ordinal_of(self, value: dict[str, Any]) -> float | None:
        """The number of a chosen answer, if it has one."""
        return next((o.ordinal for o in self.options if same_value(o.value, value)), None)


@dataclass
class Form:
    """A whole questionnaire. `order` gives the numbers of the items so that each comes after what it depends on."""

    url: str
    title: Words
    description: Words
    version: str
    language: str
    holder: str
    licence: str
    roots: list[Item]
    items: list[Item]
    order: list[int]
    remarks: list[Remark]
    texts: list[tuple[str, Words]]

    def item_at(self, link_id: str) -> Item | None:
        """The item with a linkId."""
        return self.by_link.get(link_id)

    @property
    def by_link(self) -> dict[str, Item]:
        """The items by linkId."""
        found: dict[str, Item] | None = self.__dict__.get("_by_link")
        if found is None:
            found = self.__dict__["_by_link"] = {item.link_id: item for item in self.items}
        return found

    @property
    def questions(self) -> list[Item]:
        """What is asked of a person."""
        return [item for item in self.items if item.is_question and not item.is_hidden and not item.read_only]

    @property
    def languages(self) -> list[str]:
        """The languages some text stands in, the form's own first."""
        found = {language for _key, words in self.texts for language in words.said}
        known = [language for language in LANGUAGES if language in found]
        rest = known + sorted(found - set(LANGUAGES))
        return [self.language, *(language for language in rest if language != self.language)]

    @property
    def has_numbers(self) -> bool:
        """Whether anything in it is added up."""
        return any(i.calculation and i.type in {WHOLE, NUMBER, "quantity"} for i in self.items) or any(
            o.ordinal is not None for i in self.items for o in i.options
        )


def gaps_in(forms: list[Form]) -> dict[str, list[str]]:
    """Which texts lack which language, over all language versions of a form.

    Returns:
        Each of our languages that at least one text stands in or all lack, with the texts that lack it.
    """
    if not forms:
        return {}
    found: dict[str, list[str]] = {}
    have: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for form in forms:
        for key, words in form.texts:
            for language in words.said:
                if language in have:
                    have[language].add(key)
    for language in LANGUAGES:
        found[language] = [str(words) for key, words in forms[0].texts if key not in have[language]]
    return found


def same_value(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two FHIR values are the same answer; a code is the same by code, and by system where both have one."""
    for key in one:
        if key.startswith("value"):
            if key not in other:
                return False
            a, b = one[key], other[key]
            if key == "valueCoding" and isinstance(a, Mapping) and isinstance(b, Mapping):
                systems = {a.get("system"), b.get("system")} - {None, ""}
                return len(systems) < 2 and _code_of(a) == _code_of(b)  # noqa: PLR2004 (two that differ)
            return bool(a == b)
    return False


def _code_of(coding: Mapping[str, Any]) -> Any:
    return coding.get("code") or coding.get("display")
