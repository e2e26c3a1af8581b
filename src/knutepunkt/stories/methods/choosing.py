"""A story for somebody now: chosen by what the reader asks for and has said to themselves, never by what others read.

Nothing here knows how many have read a thing, who tells it, or how anybody feels. Items are places in sets
(`methods.finding_sets`): a wish gives weights to facets, the weights are added for all items at once, and among the best the
offers are picked so that they differ (Carbonell and Goldstein, The use of MMR, 1998). A little chance is always added, and one
offer in three is drawn from all the others, so that every item is met by somebody (the floor of diversity).
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from knutepunkt.stories.choices.choosing import HARD, RISING, Wish
from knutepunkt.stories.methods.finding_sets import Sums

STRONG, WEAK, MOST_WEIGHT = 6, 2, 12
NOISE = 3
POOL = 36
DIFFERENCE = 0.55
"""How much it counts that an offer differs from those before it, against how well it fits."""
MIDDLE = 3
NEARLY = 0.6
"""Offers are picked among those with at least so much of the best one's weight."""


class Sets(Protocol):
    """The collection as sets: the items of a facet as a whole number, a bit each."""

    def facet(self, name: str) -> int:
        """The items under a facet."""


@dataclass(frozen=True)
class Asked:
    """What a reader asks for: a wish, facets of their own life, and what the story may be like.

    `any_of` are groups of facets of which one must be there; `without` facets that must not.
    """

    wish: str = Wish.SURPRISE
    own: tuple[str, ...] = ()
    any_of: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rated:
    """What a reader has said to themselves about something, and the facets it has. Each mark is 1 to 5, or 0 for none."""

    terms: frozenset[str]
    hope: int = 0
    alike: int = 0
    took: int = 0

    @property
    def liking(self) -> int:
        """From -2 to 2: how glad the reader is to have met it, as far as anything was said."""
        said = [mark for mark in (self.hope, self.took) if mark]
        return round(sum(said) / len(said)) - MIDDLE if said else 0


@dataclass(frozen=True)
class Offer:
    """One thing offered: its place, and the facets it was found by; `is_drawn` where chance alone chose it."""

    place: int
    by: tuple[str, ...] = ()
    is_drawn: bool = False


@dataclass
class _Leaning:
    """How much each facet counts, for and against."""

    towards: dict[str, int] = field(default_factory=dict)
    away: dict[str, int] = field(default_factory=dict)

    def add(self, term: str, weight: int) -> None:
        """Lean some more, one way or the other."""
        side = self.towards if weight > 0 else self.away
        side[term] = min(side.get(term, 0) + abs(weight), MOST_WEIGHT)


def choose(
    here: Sets,
    asked: Asked,
    *,
    everything: str,
    chance: Random,
    rated: Sequence[Rated] = (),
    passed: int = 0,
    most: int = 3,
    terms_of: Callable[[Sequence[int]], Mapping[int, frozenset[str]]],
) -> list[Offer]:
    """What to offer a reader now, the best first.

    Args:
        here: the collection.
        asked: what the reader asks for.
        everything: the facet of all that may be offered.
        chance: where chance comes from; the same gives the same.
        rated: what the reader has said to themselves before.
        passed: places not to offer again, as a set.
        most: how many offers.
        terms_of: the facets of the items at some places.

    Returns:
        At most `most` offers; fewer where the collection has no more that fit.
    """
    among = _allowed(here, asked, everything) & ~passed
    if asked.wish == Wish.UNLIKE:
        other = among
        for term in asked.own:
            other &= ~here.facet(term)
        among = other or among
    if not among:
        return []
    leaning = _leaning(here, asked, rated, everything)
    sums = Sums()
    for term, weight in leaning.towards.items():
        sums.add(here.facet(term) & among, weight)
    for term, weight in leaning.away.items():
        sums.add(among & ~here.facet(term), weight)
    for _ in range(NOISE):
        sums.add(chance.getrandbits(among.bit_length()) & among, 1)
    pool = _fitting(sums.best(among, POOL), sums, most)
    drawn = _drawn(among, pool, chance) if most > 1 else None
    terms = terms_of([*pool, *([] if drawn is None else [drawn])])
    picked = _different(pool, terms, most - (drawn is not None))
    offers = [Offer(place, _found_by(terms.get(place, frozenset()), leaning.towards)) for place in picked]
    return [*offers, *([] if drawn is None else [Offer(drawn, is_drawn=True)])]


def like_this(here: Sets, terms: Iterable[str], *, everything: str, without: Sequence[str] = (), passed: int = 0, most: int = 6) -> list[int]:
    """Places of the items that share most, and the least common, facets with something; where meanings are not compared.

    Args:
        here: the collection.
        terms: the facets of what is compared.
        everything: the facet of all that may be offered.
        without: facets that must not be there.
        passed: places to leave out, the thing itself among them.
        most: how many.
    """
    among = _allowed(here, Asked(without=tuple(without)), everything) & ~passed
    sums, shared = Sums(), 0
    for term in terms:
        items = here.facet(term) & among
        sums.add(items, _weight(here, term, everything))
        shared |= items
    return sums.best(shared, most)


def _allowed(here: Sets, asked: Asked, everything: str) -> int:
    among = here.facet(everything)
    for group in asked.any_of:
        found = 0
        for term in group:
            found |= here.facet(term)
        among &= found
    for term in asked.without:
        among &= ~here.facet(term)
    return among


def _leaning(here: Sets, asked: Asked, rated: Sequence[Rated], everything: str) -> _Leaning:
    """What the wish and the reader's own answers make of the facets."""
    leaning = _Leaning()
    if asked.wish == Wish.LIKE:
        for term in asked.own:
            leaning.add(term, WEAK + _weight(here, term, everything))
    for term in RISING if asked.wish == Wish.HOPEFUL else HARD if asked.wish == Wish.HONEST else ():
        leaning.add(term, STRONG)
    if asked.wish in {Wish.HOPEFUL, Wish.HONEST}:
        for term in asked.own:
            leaning.add(term, WEAK)
    if asked.wish not in {Wish.SURPRISE, Wish.UNLIKE}:
        for term, liking in _liked(rated).items():
            leaning.add(term, max(-STRONG, min(STRONG, liking)))
    leaning.towards = {term: weight for term, weight in leaning.towards.items() if weight}
    return leaning


def _liked(rated: Sequence[Rated]) -> dict[str, int]:
    """Over all answers: the facets the reader was glad to meet, and those not."""
    found: dict[str, int] = {}
    for one in rated:
        weight = one.liking + (one.alike >= MIDDLE + 1 and one.liking > 0)
        for term in one.terms:
            found[term] = found.get(term, 0) + weight
    return found


def _weight(here: Sets, term: str, everything: str) -> int:
    """More for what is rare: 1 for what nearly all have."""
    all_of_them, with_it = here.facet(everything).bit_count(), here.facet(term).bit_count()
    return max(1, min(MOST_WEIGHT - WEAK, round(2 * math.log2(1 + all_of_them / max(with_it, 1)) - 1)))


def _fitting(pool: list[int], sums: Sums, most: int) -> list[int]:
    """Those that fit nearly as well as the best; never fewer than are to be offered."""
    numbers = [sum((plane >> place & 1) << bit for bit, plane in enumerate(sums.planes)) for place in pool]
    near = sum(number >= NEARLY * numbers[0] for number in numbers)
    return pool[: max(near, most)]


def _drawn(among: int, pool: Collection[int], chance: Random) -> int | None:
    """One item that is not in the pool, each as likely as the others; None where there is none."""
    for place in pool:
        among &= ~(1 << place)
    if not among:
        return None
    low, high = 0, among.bit_length()
    nth = chance.randrange(among.bit_count())
    while high - low > 1:  # halve the stretch it lies in
        middle = (low + high) // 2
        below = (among >> low & (1 << middle - low) - 1).bit_count()
        low, high, nth = (low, middle, nth) if nth < below else (middle, high, nth - below)
    return low


def _different(pool: Sequence[int], terms: Mapping[int, frozenset[str]], most: int) -> list[int]:
    """The best, and then those that fit well and differ most from what is picked already."""
    picked: list[int] = []
    left = list(enumerate(pool))
    while left and len(picked) < most:
        def worth(one: tuple[int, int]) -> float:
            rank, place = one
            near = max((_alike(terms.get(place, frozenset()), terms.get(other, frozenset())) for other in picked), default=0.0)
            return (1 - DIFFERENCE) * (1 - rank / len(pool)) - DIFFERENCE * near

        best = max(left, key=worth)
        left.remove(best)
        picked.append(best[1])
    return picked


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of facets two things have in common (Jaccard)."""
    return len(one & other) / len(one | other) if one | other else 0.0


def _found_by(terms: frozenset[str], towards: Mapping[str, int]) -> tuple[str, ...]:
    """At most three facets it was found by, those that counted most first."""
    return tuple(sorted(terms & towards.keys(), key=lambda term: (-towards[term], term))[:3])
