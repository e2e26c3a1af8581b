"""Simulated readers are offered stories by us, by chance and by what most have read; the table stands in `docs/choosing.md`.

Nothing here says anything about people. The readers are numbers, made by the assumptions below and one seed:

- 1,000 stories with facets drawn by unequal shares, so that some situations are common and others rare;
- 200 readers, four in five from common situations (the majority) and one in five from rare ones (the minority);
- what a simulated reader likes: facets shared with their own life, the wish of the day, a taste of their own that nobody told, and chance;
- each is offered three stories twenty times, reads the first, and answers two of the three questions by how much they liked it;
- "most read" offers what has been read most so far, the newest first among equals, as a list of popular things does.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import mean

from knutepunkt.stories.choices.choosing import HARD, RISING, Wish
from knutepunkt.stories.methods.choosing import Asked, Offer, Rated, choose

SEED, STORIES, READERS, TURNS, MINORITY = 20261122, 1000, 200, 20, 0.2
ALL = "*"
GROUPS = {
    "library:situation": [f"library:situation.{n}" for n in range(16)], "library:topic": [f"library:topic.{n}" for n in range(10)],
    "library:helped": [f"library:helped.{n}" for n in range(16)],
}  # fmt: skip
COMMON = 5
"""So many facets of each group are the majority's; the rest are rare."""


class Shelf:
    """The stories as sets."""

    def __init__(self, chance: Random) -> None:
        self.rows = [_story(chance) for _ in range(STORIES)]
        self.sets: dict[str, int] = {ALL: (1 << STORIES) - 1}
        for place, row in enumerate(self.rows):
            for term in row:
                self.sets[term] = self.sets.get(term, 0) | 1 << place

    def facet(self, name: str) -> int:
        return self.sets.get(name, 0)

    def terms(self, places: Sequence[int]) -> dict[int, frozenset[str]]:
        return {place: self.rows[place] for place in places}


def _story(chance: Random) -> frozenset[str]:
    found = {chance.choice([*RISING, *HARD, "library:tone.quiet", "library:tone.funny"])}
    for terms in GROUPS.values():
        found |= set(chance.choices(terms, weights=[1 / (n + 1) for n in range(len(terms))], k=2))
    return frozenset(found)


@dataclass
class Reader:
    """A simulated reader: own facets, which group, an untold taste, and what they have met and answered."""

    own: tuple[str, ...]
    is_minority: bool
    taste: dict[str, float]
    rated: list[Rated] = field(default_factory=list)
    met: int = 0


def _reader(chance: Random) -> Reader:
    is_minority = chance.random() < MINORITY
    own = tuple(chance.choice(terms[COMMON:] if is_minority else terms[:COMMON]) for terms in GROUPS.values())
    return Reader(own, is_minority, {term: chance.gauss(0, 0.5) for terms in GROUPS.values() for term in terms})


def liking(reader: Reader, story: frozenset[str], wish: str) -> float:
    """How much a simulated reader likes a story, from 0 to 1."""
    shared = sum(term in story for term in reader.own)
    wished = {Wish.HOPEFUL: any(t in story for t in RISING), Wish.HONEST: any(t in story for t in HARD), Wish.LIKE: shared > 0, Wish.UNLIKE: not shared}
    value = 0.5 * shared + 1.2 * wished.get(Wish(wish), False) + sum(reader.taste.get(term, 0) for term in story) - 1
    return 1 / (1 + math.exp(-value))


Offering = Callable[[Reader, str, Random], list[int]]


def _ours(shelf: Shelf) -> Offering:
    def offering(reader: Reader, wish: str, chance: Random) -> list[int]:
        found: list[Offer] = choose(
            shelf, Asked(wish, reader.own), everything=ALL, chance=chance, rated=reader.rated, passed=reader.met, terms_of=shelf.terms
        )
        return [offer.place for offer in found]

    return offering


def _by_chance(_shelf: Shelf) -> Offering:
    def offering(reader: Reader, _wish: str, chance: Random) -> list[int]:
        return chance.sample([place for place in range(STORIES) if not reader.met >> place & 1], 3)

    return offering


def _most_read(_shelf: Shelf) -> Offering:
    read = [0] * STORIES

    def offering(reader: Reader, _wish: str, _chance: Random) -> list[int]:
        left = [place for place in range(STORIES) if not reader.met >> place & 1]
        best = sorted(left, key=lambda place: (-read[place], -place))[:3]
        read[best[0]] += 1
        return best

    return offering


@dataclass
class Measured:
    """The mean liking of what was read (0 to 1), how much three offers differ (0 to 1), the share of stories offered, and the gap between groups."""

    accuracy: float
    diversity: float
    coverage: float
    unfairness: float


def measure(make: Callable[[Shelf], Offering]) -> Measured:
    """Let all simulated readers be offered stories in turn, and measure."""
    chance = Random(SEED)
    shelf, readers = Shelf(chance), [_reader(chance) for _ in range(READERS)]
    offering = make(shelf)
    liked: dict[bool, list[float]] = {True: [], False: []}
    differences, offered = [], set()
    for _turn in range(TURNS):
        for reader in readers:
            wish = chance.choice(list(Wish))
            places = offering(reader, wish, chance)
            offered |= set(places)
            value = liking(reader, shelf.rows[places[0]], wish)
            liked[reader.is_minority].append(value)
            rows = [shelf.rows[place] for place in places]
            differences += [1 - len(a & b) / len(a | b) for n, a in enumerate(rows) for b in rows[n + 1 :]]
            mark = max(1, min(5, round(1 + 4 * value + chance.gauss(0, 0.5))))
            reader.rated.append(Rated(rows[0], hope=mark, took=mark))
            reader.met |= 1 << places[0]
    gap = abs(mean(liked[True]) - mean(liked[False]))
    return Measured(mean(liked[True] + liked[False]), mean(differences), len(offered) / STORIES, gap)


def main() -> None:
    """Print the table."""
    print(f"| simulated readers (seed {SEED}) | accuracy | diversity | coverage | unfairness |")
    print("| --- | --- | --- | --- | --- |")
    for name, make in (("ours", _ours), ("chance", _by_chance), ("most read", _most_read)):
        got = measure(make)
        print(f"| {name} | {got.accuracy:.3f} | {got.diversity:.3f} | {got.coverage:.3f} | {got.unfairness:.3f} |")


if __name__ == "__main__":
    main()
