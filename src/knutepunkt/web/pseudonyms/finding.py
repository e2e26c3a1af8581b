"""The pass itself: forms of their own first, then every capitalised word weighed by its neighbours.

Recall comes first: a doubtful word is shown with a low certainty, for a person decides.
"""

from collections.abc import Collection, Iterable

from knutepunkt.web.pseudonyms.model import Identifier, IdentifierKind, Why
from knutepunkt.web.pseudonyms.names import find_names
from knutepunkt.web.pseudonyms.numbers import formal_identifiers
from knutepunkt.web.pseudonyms.phrases import Phrases

_LEAST_CERTAIN = 0.25
_KNOWN = 0.95


def identifiers(
    text: str,
    *,
    known_names: Collection[str] = (),
    known_places: Collection[str] = (),
    known_organisations: Collection[str] = (),
    extra: Collection[str] = (),
    as_label: bool = False,
) -> list[Identifier]:
    """Return what may identify someone, in order and without overlap.

    Known names, places and organisations are matched as whole words; `extra` is matched whatever its case. With
    `as_label` the text is a speaker label, a file name or an author: there a capital at the start means a name too.
    Offsets are code points of `text`. Linear in its length.
    """
    phrases = Phrases()
    phrases.add(IdentifierKind.OTHER, extra, any_case=True)
    phrases.add(IdentifierKind.NAME, known_names)
    phrases.add(IdentifierKind.ORGANISATION, known_organisations)
    phrases.add(IdentifierKind.PLACE, known_places)
    found = list(formal_identifiers(text))
    found += find_names(text, phrases, as_label=as_label)
    return _without_overlap(one for one in found if one.certainty >= _LEAST_CERTAIN)


def _without_overlap(found: Iterable[Identifier]) -> list[Identifier]:
    """Keep the surer of two finds that overlap, the longer of two as sure; forms of their own before words."""
    taken: list[Identifier] = []
    ends: dict[int, int] = {}
    covered: set[int] = set()
    for one in sorted(
        found, key=lambda item: (item.why not in _STRONG, -(item.end - item.start), -item.certainty)
    ):
        if covered.isdisjoint(range(one.start, one.end)):
            covered.update(range(one.start, one.end))
            ends[one.start] = one.end
            taken.append(one)
    return sorted(taken, key=lambda item: item.start)


_STRONG = {Why.PATTERN, Why.CHECK_DIGITS}
