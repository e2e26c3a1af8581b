"""What the pseudonymisation pass speaks in: kinds, finds, groups of finds, and the replaced text."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class IdentifierKind(StrEnum):
    """What kind of thing may identify someone."""

    NAME = "name"
    PLACE = "place"
    ORGANISATION = "organisation"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    NATIONAL_ID = "national-id"
    BIRTH_DATE = "birth-date"
    ACCOUNT = "account"
    WEB = "web"
    LICENCE_PLATE = "licence-plate"
    AGE = "age"
    OTHER = "other"

    @property
    def label(self) -> "_StrPromise":
        """Return the kind in the reader's language."""
        return _LABELS[self]

    def placeholder(self, number: int, language: str = "nb") -> str:
        """Return what stands in the text instead, such as `[navn 1]`, in the language of the text."""
        words = _PLACEHOLDERS[self]
        return f"[{words.get(language, words['nb'])} {number}]"


_LABELS: "dict[IdentifierKind, _StrPromise]" = {
    IdentifierKind.NAME: _("Navn"),
    IdentifierKind.PLACE: _("Sted"),
    IdentifierKind.ORGANISATION: _("Organisasjon"),
    IdentifierKind.ADDRESS: _("Adresse"),
    IdentifierKind.PHONE: _("Telefonnummer"),
    IdentifierKind.EMAIL: _("E-postadresse"),
    IdentifierKind.NATIONAL_ID: _("Fødselsnummer"),
    IdentifierKind.BIRTH_DATE: _("Dato"),
    IdentifierKind.ACCOUNT: _("Kontonummer"),
    IdentifierKind.WEB: _("Nettadresse eller brukernavn"),
    IdentifierKind.LICENCE_PLATE: _("Bilnummer"),
    IdentifierKind.AGE: _("Høy alder"),
    IdentifierKind.OTHER: _("Annet"),
}
# Written into the text itself, so they follow the language of the text and not of the reader.
_PLACEHOLDERS: dict[IdentifierKind, dict[str, str]] = {
    IdentifierKind.NAME: {"nb": "navn", "nn": "namn", "en": "name"},
    IdentifierKind.PLACE: {"nb": "sted", "nn": "stad", "en": "place"},
    IdentifierKind.ORGANISATION: {"nb": "organisasjon", "nn": "organisasjon", "en": "organisation"},
    IdentifierKind.ADDRESS: {"nb": "adresse", "nn": "adresse", "en": "address"},
    IdentifierKind.PHONE: {"nb": "telefon", "nn": "telefon", "en": "phone"},
    IdentifierKind.EMAIL: {"nb": "e-post", "nn": "e-post", "en": "e-mail"},
    IdentifierKind.NATIONAL_ID: {
        "nb": "fødselsnummer",
        "nn": "fødselsnummer",
        "en": "national identity number",
    },
    IdentifierKind.BIRTH_DATE: {"nb": "dato", "nn": "dato", "en": "date"},
    IdentifierKind.ACCOUNT: {"nb": "kontonummer", "nn": "kontonummer", "en": "account number"},
    IdentifierKind.WEB: {"nb": "nettadresse", "nn": "nettadresse", "en": "web address"},
    IdentifierKind.LICENCE_PLATE: {"nb": "bilnummer", "nn": "bilnummer", "en": "licence plate"},
    IdentifierKind.AGE: {"nb": "alder", "nn": "alder", "en": "age"},
    IdentifierKind.OTHER: {"nb": "utelatt", "nn": "utelate", "en": "left out"},
}


class Why(StrEnum):
    """Why something was found; the sentence is for the one who decides."""

    PATTERN = "pattern"
    CHECK_DIGITS = "check-digits"
    NO_CHECK_DIGITS = "no-check-digits"
    KNOWN = "known"
    COMMON_NAME = "common-name"
    INTRODUCED = "introduced"
    AFTER_PREPOSITION = "after-preposition"
    ENDING = "ending"
    CAPITAL = "capital"
    UNKNOWN_WORD = "unknown-word"
    SEEN_ELSEWHERE = "seen-elsewhere"

    @property
    def sentence(self) -> "_StrPromise":
        """Return the lazily translated sentence."""
        return _WHY[self]


_WHY: "dict[Why, _StrPromise]" = {
    Why.PATTERN: _("Formen er som på slike opplysninger."),
    Why.CHECK_DIGITS: _("Kontrollsifrene stemmer."),
    Why.NO_CHECK_DIGITS: _("Formen ligner, men kontrollsifrene stemmer ikke."),
    Why.KNOWN: _("Det står på en liste vi har."),
    Why.COMMON_NAME: _("Det er et vanlig navn."),
    Why.INTRODUCED: _("Ordet foran varsler et navn."),
    Why.AFTER_PREPOSITION: _("Ordet foran varsler et sted."),
    Why.ENDING: _("Endelsen er vanlig i slike navn."),
    Why.CAPITAL: _("Det har stor bokstav inne i setningen."),
    Why.UNKNOWN_WORD: _("Ordet står ikke i ordboka."),
    Why.SEEN_ELSEWHERE: _("Samme ord er funnet et annet sted i teksten."),
}


@dataclass(frozen=True, slots=True)
class Identifier:
    """One find: `start` and `end` (exclusive) in code points, how sure it is (0-1), and why.

    `base` is the word without its genitive; `tail` is what was taken off and comes back after the placeholder.
    """

    kind: IdentifierKind
    start: int
    end: int
    text: str
    certainty: float
    why: Why
    base: str = ""
    tail: str = ""

    def __post_init__(self) -> None:
        """Let the base be the text itself when there is no genitive."""
        if not self.base:
            object.__setattr__(self, "base", self.text)


@dataclass(frozen=True, slots=True)
class Group:
    """All finds of what seems to be one and the same; decided once."""

    key: str
    kind: IdentifierKind
    label: str
    occurrences: tuple[Identifier, ...]

    @property
    def certainty(self) -> float:
        """Return the highest certainty among the finds."""
        return max(found.certainty for found in self.occurrences)


@dataclass(frozen=True, slots=True)
class Replacement:
    """The new text and each change as (start, end, new) in the old text, in order, so that passages can follow."""

    text: str
    splices: tuple[tuple[int, int, str], ...]
