"""The names of facets in the reader's language, and the names all of them are found by."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language

from knutepunkt.organisations.queries import county_names
from knutepunkt.stories.choices.finding import GROUPS
from knutepunkt.stories.choices.item import VOCABULARIES, Form, Kind, Language, Length
from knutepunkt.stories.models import Published
from knutepunkt.themes.queries import terms_of_all
from knutepunkt.web.sealing import keyed_digest

OWN: dict[str, list[tuple[str, str | Promise]]] = {
    "kind": list(Kind.choices), "form": list(Form.choices), "length": list(Length.choices), "language": list(Language.choices),
}  # fmt: skip
NOTES = "content-notes"
KEPT_SECONDS = 60
DIGEST_SIGNS = 16


@dataclass(frozen=True)
class Facet:
    """One thing to choose by: its key (as in the address and in the index), its group, its name."""

    key: str
    group: str
    name: str
    is_part: bool = False


_kept: dict[str, tuple[float, dict[str, Facet]]] = {}


def facets() -> dict[str, Facet]:
    """Every facet by key, in the order of the page; kept a minute, since names of terms and counties change with releases."""
    language, now = get_language() or "", time.monotonic()
    until, known = _kept.get(language, (0.0, {}))
    if until < now or not known:
        known = _facets()
        _kept[language] = (now + KEPT_SECONDS, known)
    return known


def names_of_notes(notes: Iterable[str]) -> list[str]:
    """The names of content notes, given by their keys; what is no longer in the vocabulary is passed over."""
    known = facets()
    return [known[key].name for key in (f"{NOTES}:{note}" for note in notes) if key in known]


def forget_names() -> None:
    """Read the names anew at the next look."""
    _kept.clear()


def _facets() -> dict[str, Facet]:
    """Two queries."""
    by_group: dict[str, list[Facet]] = {group: [] for group in (*(key for key, _label in GROUPS), NOTES)}
    for group, choices in OWN.items():
        by_group[group] = [Facet(f"{group}:{key}", group, str(name)) for key, name in choices]
    by_group["region"] = [Facet(f"region:{code}", "region", name) for code, name in county_names().items()]
    for term in terms_of_all(*VOCABULARIES):
        head, dot, _rest = term.key.partition(".")
        if term.vocabulary == "library" and not dot:
            continue
        group = head if term.vocabulary == "library" else term.vocabulary
        if group in by_group:
            by_group[group].append(Facet(f"{term.vocabulary}:{term.key}", group, term.name, term.vocabulary == "chime" and bool(dot)))
    return {facet.key: facet for group in by_group.values() for facet in group}


def all_names() -> dict[str, str]:
    """The names of each term in every language, in one text, and those of the counties; what items are found by. Two queries."""
    named = {f"{term.vocabulary}:{term.key}": " ".join(term.names.values()) for term in terms_of_all(*VOCABULARIES)}
    return named | {f"region:{code}": name for code, name in county_names().items()}


def teller_of(shown: Published) -> str:
    """What binds together what one teller tells under one name, so that a reader can be spared it; tells nobody who it is.

    Somebody who tells under two names is two tellers here: nobody must be able to find out by trying. Empty where
    nobody knows whose it is, and where no name is given.
    """
    whose = shown.item.person_id or (shown.organisation_id if shown.kind != Kind.STORY else None)
    if whose is None or not (shown.teller_name or shown.kind != Kind.STORY):
        return ""
    return keyed_digest("stories.teller", f"{whose}|{shown.teller_name.casefold()}")[:DIGEST_SIGNS]
