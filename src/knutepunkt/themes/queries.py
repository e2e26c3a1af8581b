"""Reads of vocabularies and helplines, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Subquery
from django.utils.translation import get_language

from knutepunkt.themes.models import Helpline, Term, Vocabulary

DEFAULT = "nb"


def in_language(names: dict[str, str]) -> str:
    """The name in the reader's language, else bokmål."""
    return names.get(get_language() or DEFAULT) or names.get(DEFAULT, "")


@dataclass(frozen=True)
class TermShown:
    """A term as a page needs it."""

    key: str
    parent: str
    name: str
    note: str
    sign: str


def newest_version(vocabulary: str) -> str:
    """The newest version of a vocabulary, as a text such as `1.0`; empty when it is not loaded."""
    row = Vocabulary.objects.filter(key=vocabulary).order_by("-version").first()
    return row.version if row else ""


def terms_of(vocabulary: str, version: str | None = None) -> list[TermShown]:
    """The terms of a vocabulary in their order, parents before children; of its newest version where none is given. One query."""
    versions = Vocabulary.objects.filter(key=vocabulary)
    wanted = versions.filter(version=version) if version else versions.order_by("-version")
    rows = Term.objects.filter(vocabulary=Subquery(wanted.values("pk")[:1]))
    rows = rows.select_related("parent").order_by("position", "pk")
    return [
        TermShown(t.key, t.parent.key if t.parent else "", in_language(t.name), in_language(t.note), t.sign)
        for t in rows
    ]


def terms_of_each(*vocabularies: str) -> dict[str, list[TermShown]]:
    """The terms of the newest version of several vocabularies, each in its order. One query, however many."""
    rows = Term.objects.filter(vocabulary__key__in=vocabularies).select_related("parent", "vocabulary").order_by("position", "pk")
    newest: dict[str, str] = {}
    for t in rows:
        newest[t.vocabulary.key] = max(newest.get(t.vocabulary.key, ""), t.vocabulary.version)
    found: dict[str, list[TermShown]] = {key: [] for key in vocabularies}
    for t in rows:
        if t.vocabulary.version == newest[t.vocabulary.key]:
            shown = TermShown(t.key, t.parent.key if t.parent else "", in_language(t.name), in_language(t.note), t.sign)
            found[t.vocabulary.key].append(shown)
    return found


@dataclass(frozen=True)
class TermOf:
    """A term of one of several vocabularies, with its name in all languages."""

    vocabulary: str
    key: str
    names: dict[str, str]
    sign: str

    @property
    def name(self) -> str:
        """In the reader's language."""
        return in_language(self.names)


def terms_of_all(*vocabularies: str) -> list[TermOf]:
    """The terms of the newest version of some vocabularies, in their order, parents before children. One query."""
    rows = Term.objects.filter(vocabulary__key__in=vocabularies).order_by("position", "pk")
    found = list(rows.values_list("vocabulary__key", "vocabulary__version", "key", "name", "sign"))
    newest = {v: max(version for key, version, *_ in found if key == v) for v in {row[0] for row in found}}
    return [TermOf(v, key, names, sign) for v, version, key, names, sign in found if version == newest[v]]


@dataclass(frozen=True)
class HelplineShown:
    """A helpline as a page needs it."""

    name: str
    number: str
    hours: str
    about: str
    url: str
    source: str
    checked_on: date


def current_helplines() -> list[HelplineShown]:
    """The helplines that have a source and a date, in their order. One query."""
    return [_shown(row) for row in Helpline.objects.order_by("position")]


def _shown(row: Any) -> HelplineShown:
    return HelplineShown(
        row.name, row.number, in_language(row.hours), in_language(row.about), row.website and f"https://{row.website}", row.source,
        row.checked_on,
    )  # fmt: skip
