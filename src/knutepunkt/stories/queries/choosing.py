"""Reads of choosing: what a reader keeps, what to offer them, and what is like something. Readers see what is published only."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from knutepunkt.people.queries import StillShut, open_own_words
from knutepunkt.stories.choices.choosing import OWN_GROUPS, Wish
from knutepunkt.stories.choices.finding import EVERYTHING, ITEM, TELLER
from knutepunkt.stories.choices.item import Kind
from knutepunkt.stories.methods.choosing import Asked, Offer, Rated, choose, like_this
from knutepunkt.stories.methods.finding_sets import Postings
from knutepunkt.stories.methods.finding_spared import Choices
from knutepunkt.stories.methods.tasting import Taste, from_text
from knutepunkt.stories.models import Meaning, Published, Signs
from knutepunkt.stories.models import Taste as TasteRow
from knutepunkt.stories.queries.finding import shown_in_list
from knutepunkt.stories.queries.finding_search import Ground, look
from knutepunkt.web import likeness
from knutepunkt.web.sealing import SealingError, unseal

NOTES = "content-notes:"
NEAR, SHOWN = 240, 8
"""So many are looked at closely of those whose signs are nearest; so many are shown."""
MEANINGS_A_BLOCK = 512


def taste_of(person: Any) -> Taste | None:
    """What a signed-in person keeps; None where nothing is kept, or their words are shut. Two queries."""
    row = TasteRow.objects.filter(person_id=person.pk).first()
    if row is None:
        return None
    try:
        return from_text(unseal(open_own_words(person), row.field, bytes(row.content)).decode())
    except (StillShut, SealingError):
        return None


@dataclass(frozen=True)
class Offered:
    """One thing offered: what is shown of it, the facets it was found by, and whether chance alone chose it."""

    shown: Published
    by: tuple[str, ...]
    is_drawn: bool


def offered(taste: Taste, *, spared: Choices, turn: str) -> list[Offered]:
    """Stories for a reader now, the best first. Four queries at most.

    Args:
        taste: what the reader asks for, and keeps.
        spared: what the reader never wants to meet.
        turn: names this offer; the same turn gives the same stories, as long as they are there.
    """
    known = _rows_of([*taste.answers, *taste.met])
    here, hidden = _ground(spared)
    rated = [Rated(known[h][1], *marks) for h, marks in taste.answers.items() if h in known]
    passed = hidden | _places(here, [known[h][0] for h in {*taste.answers, *taste.met} if h in known])
    asked = _asked(taste, spared)
    found: list[Offer] = []
    for not_again in dict.fromkeys((passed, hidden)):  # when all has been met, what was met may be met again
        found = choose(here, asked, everything=EVERYTHING, chance=Random(turn), rated=rated, passed=not_again,  # noqa: S311 (not a secret)
                       terms_of=lambda places: _terms_at(here, places))  # fmt: skip
        if found:
            break
    rows = {row.pk: row for row in shown_in_list([here.key_at(offer.place) for offer in found])}
    pairs = [(offer, rows.get(here.key_at(offer.place))) for offer in found]
    return [Offered(row, offer.by, offer.is_drawn) for offer, row in pairs if row is not None]


def _asked(taste: Taste, spared: Choices) -> Asked:
    groups: list[tuple[str, ...]] = [(f"kind:{Kind.STORY}",)]
    for name, values in (("form", taste.forms), ("length", taste.lengths), ("language", taste.languages)):
        if values:
            groups.append(tuple(f"{name}:{value}" for value in values))
    without = (*(NOTES + note for note in (*taste.notes, *spared.notes)), *spared.themes)
    return Asked(Wish(taste.wish), tuple(term for term in taste.own if _is_own(term)), tuple(groups), tuple(dict.fromkeys(without)))


def _is_own(term: str) -> bool:
    return term.startswith(tuple(f"library:{group}." for group in OWN_GROUPS))


def _ground(spared: Choices) -> tuple[Ground, int]:
    """The collection, and what the reader is to be spared of single tellers and things, as a set. One query."""
    names = [*(TELLER + one for one in spared.tellers), *(ITEM + one for one in spared.items)]
    here, known = look(names)
    hidden = 0
    for name in names:
        hidden |= known.get(name, Postings()).present
    return here, hidden


def _rows_of(handles: Collection[str]) -> dict[str, tuple[int, frozenset[str]]]:
    """Key and facets by handle, of what is still there. One query."""
    rows = Published.objects.filter(handle__in=set(handles)).values_list("handle", "pk", "terms") if handles else ()
    return {handle: (pk, frozenset(terms)) for handle, pk, terms in rows}


def _terms_at(here: Ground, places: Sequence[int]) -> Mapping[int, frozenset[str]]:
    keys = {here.key_at(place): place for place in places}
    rows = Published.objects.filter(pk__in=keys).values_list("pk", "terms")
    return {keys[pk]: frozenset(terms) for pk, terms in rows}


def _places(here: Ground, keys: Iterable[int]) -> int:
    found = 0
    for key in keys:
        place = here.place_of(key)
        if place is not None:
            found |= 1 << place
    return found


def more_like(shown: Published, *, spared: Choices) -> tuple[list[Published], bool]:
    """What is like something in the library, nearest first, and whether meanings were compared; else facets in common.

    Five queries at most.
    """
    mine = Meaning.objects.filter(pk=shown.pk).first() if likeness.is_on() else None
    if mine is not None:
        keys = _nearest(bytes(mine.vector), most=SHOWN + 1)
        return _allowed([key for key in keys if key != shown.pk], spared)[:SHOWN], True
    here, hidden = _ground(spared)
    itself = _places(here, [shown.pk])
    without = (*(NOTES + note for note in spared.notes), *spared.themes)
    places = like_this(here, shown.terms, everything=EVERYTHING, without=without, passed=hidden | itself, most=SHOWN)
    return shown_in_list([here.key_at(place) for place in places]), False


def by_meaning(words: str, *, spared: Choices) -> list[Published]:
    """What means nearly the same as some words, whatever words and language it uses, nearest first. Four queries at most.

    Raises:
        NotInUse: where meanings are not compared.
    """
    return _allowed(_nearest(likeness.vector_of_query(words), most=2 * SHOWN), spared)[: 2 * SHOWN]


def _nearest(vector: bytes, *, most: int) -> list[int]:
    """Keys of what is nearest a vector: by signs first, and closely among the few hundred nearest. Two queries."""
    blocks = list(Signs.objects.order_by("number").values_list("number", "present", "kept"))
    if not blocks:
        return []
    present, kept = b"".join(bytes(b) for _n, b, _k in blocks), b"".join(bytes(k) for _n, _b, k in blocks)
    places = likeness.nearest_by_signs(likeness.signs_of(vector), kept, present, NEAR)
    keys = [blocks[place // MEANINGS_A_BLOCK][0] * MEANINGS_A_BLOCK + place % MEANINGS_A_BLOCK for place in places]
    rows = list(Meaning.objects.filter(pk__in=keys).values_list("pk", "vector"))
    near = list(zip((pk for pk, _v in rows), likeness.likeness(vector, [bytes(v) for _pk, v in rows]), strict=True))
    return [pk for pk, _value in sorted(near, key=lambda one: (-one[1], one[0]))][: most * 3]


def _allowed(keys: list[int], spared: Choices) -> list[Published]:
    """Those a reader may see and has not said they do not want to meet."""
    if not keys:
        return []
    here, hidden = _ground(spared)
    for name in (*(NOTES + note for note in spared.notes), *spared.themes):
        hidden |= here.facet(name)
    seen = here.facet(EVERYTHING) & ~hidden
    places = {key: here.place_of(key) for key in keys}
    return shown_in_list([key for key, place in places.items() if place is not None and seen >> place & 1])
