"""Searching the library: from what somebody typed and chose to a page of hits, counts and suggestions.

Everything is worked out from sets (`methods.finding_sets`) that stand in the database and are read in the request; only
facets are kept in the process between requests, and only while their version in the database is the same. What a page
shows is then read from `Published`: what is taken back in the meantime is not there.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q

from knutepunkt.stories.choices.finding import (
    EVERYTHING,
    ITEM,
    LEAST_ITEMS,
    LONGEST_QUERY,
    MOST_PAGES,
    PAGE,
    TELLER,
    VERSION,
)
from knutepunkt.stories.methods.finding_sets import PLACES, Postings, Sums, join, newest, unpack_sets
from knutepunkt.stories.methods.finding_words import meant, one_slip_from, sound_of
from knutepunkt.stories.models import Block, Posting, Word
from knutepunkt.stories.queries.finding_names import Facet
from knutepunkt.web.language import is_hurtful, is_ordinary_word, part_stems, stem_of, telling_words

MOST_WORDS = 12
FEW, RARE, MOST_ODD, LONGEST_ODD = 5, 3, 4, 30
LAST_SIGN = chr(0x10FFFF)
MOST_BEGUN, MOST_KNOWN, BEGUN_SHORTEST = 12, 400, 3
MOST_OF = 0.6
DOUBTED_SHORTEST = 5
"""A shorter word that finds something is taken for itself: nobody who looks for a bus is asked about drugs (buss, rus)."""
HEAVIEST = 24


@dataclass(frozen=True)
class Query:
    """What is looked for: words, facets that must be there; and facets, tellers and items (by handle) to be left out.

    `is_exact`: take the words as they are typed.
    """

    words: str = ""
    chosen: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    tellers: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    is_exact: bool = False


@dataclass
class Found:
    """What was found: keys of `Published` on this page, how many in all, counts by facet, and what was read for what."""

    keys: list[int] = field(default_factory=list)
    number: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    read_as: str = ""
    perhaps: str = ""
    has_all_words: bool = True
    next_after: int = 0
    is_cut: bool = False


@dataclass
class Ground:
    """All blocks as they stand in the database at this moment, and their facets joined when they are asked for."""

    versions: tuple[tuple[int, bytes], ...]
    bits: dict[int, dict[str, bytes]]
    joined: dict[str, int] = field(default_factory=dict)

    @property
    def order(self) -> dict[int, int]:
        """Where each block lies among all."""
        return {number: at for at, (number, _version) in enumerate(self.versions)}

    def facet(self, name: str) -> int:
        """The items under a facet."""
        if name not in self.joined:
            nothing = bytes(PLACES // 8)
            parts = (self.bits[number].get(name, nothing) for number, _version in self.versions)
            self.joined[name] = int.from_bytes(b"".join(parts), "little")
        return self.joined[name]

    def key_at(self, place: int) -> int:
        """The key of the item at a place."""
        block, rest = divmod(place, PLACES)
        return self.versions[block][0] * PLACES + rest

    def place_of(self, key: int) -> int | None:
        """The place of an item, if its block is there."""
        at = self.order.get(key // PLACES)
        return None if at is None else at * PLACES + key % PLACES


_kept: list[Ground] = [Ground((), {})]


def look(stems: Iterable[str]) -> tuple[Ground, dict[str, Postings]]:
    """The collection at this moment, and the items of each stem. One query; one more where something has changed
    since this process last looked.
    """
    blocks: dict[str, list[tuple[int, bytes]]] = {VERSION: []}
    for stem, block, items in Posting.objects.filter(stem__in=[VERSION, *stems]).values_list("stem", "block", "items"):
        blocks.setdefault(stem, []).append((block, bytes(items)))
    here = _ground(tuple(sorted(blocks.pop(VERSION))))
    order = here.order
    return here, {stem: join(kept, order) for stem, kept in blocks.items()}


def _ground(versions: tuple[tuple[int, bytes], ...]) -> Ground:
    before = _kept[0]
    if versions == before.versions:
        return before
    known, wanted = dict(before.versions), dict(versions)
    bits = {number: before.bits[number] for number, version in versions if known.get(number) == version}
    for row in Block.objects.filter(number__in=wanted.keys() - bits.keys()):
        bits[row.number], wanted[row.number] = dict(unpack_sets(bytes(row.facets))), bytes(row.version)
    now = Ground(tuple((number, wanted[number]) for number, _version in versions if number in bits), bits)
    _kept[0] = now
    return now


def find(query: Query, *, facets: dict[str, Facet], after: int = 0, with_counts: bool = True) -> Found:
    """Find items, best first; without words the newest first.

    Args:
        query: what is looked for.
        facets: every facet by key, as `finding_names.facets` gives them; what is no facet is passed over.
        after: with words how many hits to pass over, else the key of the last item of the page before.
        with_counts: count what stands under each facet.
    """
    wanted = telling_words(query.words[:LONGEST_QUERY])[:MOST_WORDS]
    stems = {word: [stem_of(word), *part_stems(word)] for word in wanted}
    hidden = [*(TELLER + teller for teller in query.tellers), *(ITEM + item for item in query.items)]
    here, known = look([*hidden, *(stem for of_word in stems.values() for stem in of_word)])
    allowed = _allowed(query, here, [known[name].present for name in hidden if name in known])
    groups = _chosen_by_group(query, facets, here)
    matched, sums, found = _matched({word: _items_of(stems[word], known) for word in wanted}, allowed, may_reread=not query.is_exact)
    among = matched
    for items in groups.values():
        among &= items
    found.number = among.bit_count()
    if sums is None:
        before = here.place_of(after) if after else None
        left = among & ((1 << before) - 1) if before is not None else among
        places = newest(left, PAGE + 1)
        found.keys = [here.key_at(place) for place in places[:PAGE]]
        found.next_after = found.keys[-1] if len(places) > PAGE else 0
    else:
        start = min(max(after, 0), PAGE * (MOST_PAGES - 1))
        best = sums.best(among, start + PAGE)
        found.keys = [here.key_at(place) for place in best[start:]]
        more = found.number > start + PAGE
        found.is_cut = more and start + PAGE >= PAGE * MOST_PAGES
        found.next_after = start + PAGE if more and not found.is_cut else 0
    if with_counts:
        found.counts = _counts(matched, groups, facets, here)
    return found


def _allowed(query: Query, here: Ground, hidden: list[int]) -> int:
    """All that is published but what the reader is to be spared."""
    allowed = here.facet(EVERYTHING)
    for items in (*map(here.facet, query.without), *hidden):
        allowed &= ~items
    return allowed


def _chosen_by_group(query: Query, facets: dict[str, Facet], here: Ground) -> dict[str, int]:
    """Within a group any of what is chosen, across groups all."""
    groups: dict[str, int] = {}
    for key in query.chosen:
        if facet := facets.get(key):
            groups[facet.group] = groups.get(facet.group, 0) | here.facet(key)
    return groups


def _counts(matched: int, groups: dict[str, int], facets: dict[str, Facet], here: Ground) -> dict[str, int]:
    """How many stand under each facet if it were chosen: the choices of its own group are left out, since they are `or`."""
    within: dict[str, int] = {}
    for facet in facets.values():
        if facet.group not in within:
            items = matched
            for group, chosen in groups.items():
                if group != facet.group:
                    items &= chosen
            within[facet.group] = items
    return {key: (within[facet.group] & here.facet(key)).bit_count() for key, facet in facets.items()}


def _matched(each: dict[str, Postings], allowed: int, *, may_reread: bool) -> tuple[int, Sums | None, Found]:
    """The items the words find among those allowed, their weights, and what was read for what."""
    found = Found()
    if not each:
        return allowed, None, found
    together = allowed
    for items in each.values():
        together &= items.present
    odd = [word for word in each if len(word) <= LONGEST_ODD and (each[word].present & allowed).bit_count() < RARE][:MOST_ODD]
    if may_reread and odd and together.bit_count() < FEW:
        _reread(odd, each, allowed, found)
    return _weighed(each, allowed, found)


def _items_of(stems: list[str], known: dict[str, Postings]) -> Postings:
    """The items of a word by its stem; a compound stands also where all its parts do, which counts least."""
    whole = known.get(stems[0], Postings())
    parts = [known.get(stem, Postings()).present for stem in stems[1:]]
    if len(parts) > 1:
        together = parts[0]
        for part in parts[1:]:
            together &= part
        return Postings(whole.present | together, whole.low, whole.high)
    return whole


def _weighed(each: dict[str, Postings], allowed: int, found: Found) -> tuple[int, Sums, Found]:
    """Those that have all words; where they are few, those that have most or some of them too, after the others."""
    sums, how_many = Sums(), Sums()
    total = max(allowed.bit_count(), 1)
    for items in each.values():
        share = total / max(items.present.bit_count(), 1)
        weight = max(1, min(HEAVIEST, round(3 * math.log2(1 + share))))
        sums.add(items.present, weight)
        sums.add(items.low, weight)
        sums.add(items.high, 2 * weight)
        how_many.add(items.present, 1)
    matched = how_many.at_least(len(each)) & allowed
    if matched.bit_count() < FEW and len(each) > 1:
        most = how_many.at_least(math.ceil(MOST_OF * len(each))) & allowed
        if most.bit_count() < FEW:
            most = how_many.at_least(max(1, len(each) // 3)) & allowed
        if most != matched:
            found.has_all_words = bool(matched)
            sums.add(matched, HEAVIEST * len(each))
            matched = most
    return matched, sums, found


def _reread(odd: list[str], each: dict[str, Postings], allowed: int, found: Found) -> None:
    """Read words that find nothing as begun or misspelt, and offer another word for those that find little. Two queries."""
    unknown = [word for word in odd if not each[word].present & allowed]
    known = _words_near(odd, [word for word in unknown if len(word) >= BEGUN_SHORTEST])
    begun = {word: [other for other in known if other.startswith(word)][:MOST_BEGUN] for word in unknown if len(word) >= BEGUN_SHORTEST}
    number_of = {other: items for other, (_stem, items) in known.items()}
    doubted = [word for word in odd if not begun.get(word) and not is_hurtful(word) and (word in unknown or len(word) >= DOUBTED_SHORTEST)]
    near = {word: meant(word, number_of) for word in doubted}
    stems = {known[other][0] for others in (*begun.values(), *near.values()) for other in others}
    _here, postings = look(stems) if stems else (None, {})
    read: dict[str, str] = {}
    for word in odd:
        if begun.get(word):
            each[word] = _any_of([known[one][0] for one in begun[word]], postings)
            continue
        least = max(LEAST_ITEMS, (each[word].present & allowed).bit_count() + 1)
        others = [other for other in near.get(word, ()) if (_items(known[other][0], postings).present & allowed).bit_count() >= least]
        if others and word in unknown and not is_ordinary_word(word):  # a word that is spelt as it should be is only asked about
            each[word], read[word] = _items(known[others[0]][0], postings), others[0]
        elif others:
            found.perhaps = " ".join(others[0] if one == word else one for one in each)
    if read:
        found.read_as = " ".join(read.get(word, word) for word in each)


def _words_near(odd: list[str], starts: list[str]) -> dict[str, tuple[str, int]]:
    """Words of the collection that are written or sound nearly like the odd ones, or begin with one of the starts; with
    stem and number of items, those of most items first. One query.
    """
    near = Q(word__in={slip for word in odd for slip in one_slip_from(word)}) | Q(sound__in=[sound_of(word) for word in odd])
    for start in starts:
        is_sqlite = connection.vendor == "sqlite"  # whose LIKE uses no index
        near |= Q(word__gte=start, word__lt=start + LAST_SIGN) if is_sqlite else Q(word__startswith=start)
    rows = Word.objects.filter(near).order_by("-items").values_list("word", "stem", "items")[:MOST_KNOWN]
    ordered = sorted(rows, key=lambda row: (-row[2], row[0]))
    return {word: (stem, items) for word, stem, items in ordered if not is_hurtful(word)}


def _items(stem: str, postings: dict[str, Postings]) -> Postings:
    return postings.get(stem, Postings())


def _any_of(stems: list[str], postings: dict[str, Postings]) -> Postings:
    items = Postings()
    for stem in stems:
        items |= _items(stem, postings)
    return items
