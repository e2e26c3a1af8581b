"""Sets of items as whole numbers, one bit an item: who has a word, how much it counts there, and the best by added weights.

A collection lies in blocks of 8,192 places. What is kept of a word in a block is small (`pack`); a search joins the blocks
and works on whole numbers, which Python ands, ors and counts some ten thousand places a microsecond. Weights are added bit
by bit in parallel (O'Neil and Quass, Improved query performance with variant indexes, 1997: bit-sliced sums), so the best
are found among any number of hits without looking at one item at a time, and alike on every database.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

PLACES = 8192
BYTES = PLACES // 8
SPARSE, DENSE = b"s", b"d"
MOST_SPARSE = 384
"""So many places are listed; from there on three sets of bits take less room and are read quicker."""
LEVELS = 4


@dataclass(frozen=True)
class Postings:
    """The items a word stands in; `low` and `high` are the two bits of how much it counts there, less one."""

    present: int = 0
    low: int = 0
    high: int = 0

    def __or__(self, other: "Postings") -> "Postings":
        return Postings(self.present | other.present, self.low | other.low, self.high | other.high)


@dataclass
class Sums:
    """A number for each item, as sets of bits: `planes[n]` holds those whose number has bit n."""

    planes: list[int] = field(default_factory=list)

    def add(self, items: int, weight: int) -> None:
        """Add a weight to each of some items."""
        shift = 0
        while weight:
            if weight & 1:
                self._carry(items, shift)
            weight >>= 1
            shift += 1

    def _carry(self, items: int, at: int) -> None:
        while items:
            while len(self.planes) <= at:
                self.planes.append(0)
            self.planes[at], items = self.planes[at] ^ items, self.planes[at] & items
            at += 1

    def at_least(self, number: int) -> int:
        """The items whose number is this or more."""
        above, same = 0, -1
        for bit in range(max(len(self.planes), number.bit_length()) - 1, -1, -1):
            plane = self.planes[bit] if bit < len(self.planes) else 0
            if number >> bit & 1:
                same &= plane
            else:
                above |= same & plane
                same &= ~plane
        return above | same

    def best(self, among: int, most: int) -> list[int]:
        """At most so many items with the highest numbers, highest first; of equal ones the newest (the highest place)."""
        taken, left, room = 0, among, most
        for plane in reversed(self.planes):
            higher = left & plane
            if (number := higher.bit_count()) > room:
                left = higher
                continue
            taken |= higher
            left &= ~plane
            room -= number
        places = [*places_in(taken), *newest(left, room)]
        rows = [plane.to_bytes(plane.bit_length() // 8 + 1, "little") for plane in self.planes]
        return sorted(places, key=lambda place: (-_number(rows, place), -place))


def _number(planes: Sequence[bytes], place: int) -> int:
    byte, bit = place >> 3, place & 7
    return sum((plane[byte] >> bit & 1) << n for n, plane in enumerate(planes) if byte < len(plane))


def newest(items: int, most: int) -> list[int]:
    """The highest places of a set, highest first."""
    found: list[int] = []
    while items and len(found) < most:
        place = items.bit_length() - 1
        found.append(place)
        items ^= 1 << place
    return found


def places_in(items: int) -> list[int]:
    """All places of a set, highest first."""
    return newest(items, items.bit_count())


def pack(levels: Mapping[int, int]) -> bytes:
    """What is kept of a word in one block: `levels` by place in it. Nothing where it stands nowhere."""
    if not levels:
        return b""
    if len(levels) <= MOST_SPARSE:
        listed = array("H", [place << 2 | level - 1 for place, level in sorted(levels.items())])
        return SPARSE + listed.tobytes()
    planes = [bytearray(BYTES) for _ in range(3)]
    for place, level in levels.items():
        _set(planes, place, level)
    return DENSE + b"".join(planes)


def unpack(kept: bytes) -> dict[int, int]:
    """The levels by place that were packed."""
    if not kept:
        return {}
    if kept[:1] == SPARSE:
        return {one >> 2: (one & 3) + 1 for one in _listed(kept)}
    present, low, high = (int.from_bytes(kept[1 + n * BYTES : 1 + (n + 1) * BYTES], "little") for n in range(3))
    return {p: 1 + (low >> p & 1) + 2 * (high >> p & 1) for p in places_in(present)}


def with_level(kept: bytes, place: int, level: int) -> bytes:
    """The same with this place at this level; level 0 takes it out."""
    if kept[:1] == DENSE and level:
        planes = [bytearray(kept[1 + n * BYTES : 1 + (n + 1) * BYTES]) for n in range(3)]
        for plane in planes:
            plane[place >> 3] &= ~(1 << (place & 7)) & 0xFF
        _set(planes, place, level)
        return DENSE + b"".join(planes)
    levels = unpack(kept)
    levels.pop(place, None)
    if level:
        levels[place] = level
    return pack(levels)


def _listed(kept: bytes) -> array:
    listed = array("H")
    listed.frombytes(kept[1:])
    return listed


def _set(planes: Sequence[bytearray], place: int, level: int) -> None:
    byte, bit = place >> 3, 1 << (place & 7)
    planes[0][byte] |= bit
    if (level - 1) & 1:
        planes[1][byte] |= bit
    if (level - 1) & 2:
        planes[2][byte] |= bit


def join(blocks: Iterable[tuple[int, bytes]], order: Mapping[int, int]) -> Postings:
    """What is kept of a word in some blocks, joined; `order` says where each block lies among all. Unknown blocks are left out."""
    planes = [bytearray(len(order) * BYTES) for _ in range(3)]
    for number, kept in blocks:
        at = order.get(number)
        if at is None or not kept:
            continue
        start = at * BYTES
        if kept[:1] == DENSE:
            for n, plane in enumerate(planes):
                plane[start : start + BYTES] = kept[1 + n * BYTES : 1 + (n + 1) * BYTES]
            continue
        present, low, high = planes
        for one in _listed(kept):
            byte, bit = start + (one >> 5), 1 << (one >> 2 & 7)
            present[byte] |= bit
            if one & 1:
                low[byte] |= bit
            if one & 2:
                high[byte] |= bit
    return Postings(*(int.from_bytes(plane, "little") for plane in planes))


def pack_sets(sets: Mapping[str, int]) -> bytes:
    """Sets of one block by name, in one piece; empty ones are left out."""
    names = sorted(name for name, items in sets.items() if items)
    return "\n".join(names).encode() + b"\0" + b"".join(sets[name].to_bytes(BYTES, "little") for name in names)


def unpack_sets(kept: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bits of each set that was packed."""
    head, _, body = kept.partition(b"\0")
    for n, name in enumerate(head.decode().split("\n") if head else []):
        yield name, body[n * BYTES : (n + 1) * BYTES]
