"""Sets of items as whole numbers: what is packed comes back, and the best are the best."""

from hypothesis import given
from hypothesis import strategies as st

from knutepunkt.stories.methods.finding_sets import (
    PLACES,
    Postings,
    Sums,
    join,
    newest,
    pack,
    pack_sets,
    places_in,
    unpack,
    unpack_sets,
    with_level,
)

LEVELS = st.dictionaries(st.integers(0, PLACES - 1), st.integers(1, 4), max_size=600)


@given(LEVELS)
def test_what_is_packed_comes_back(levels: dict[int, int]) -> None:
    assert unpack(pack(levels)) == levels


@given(LEVELS, st.integers(0, PLACES - 1), st.integers(0, 4))
def test_one_place_is_changed_and_no_other(levels: dict[int, int], place: int, level: int) -> None:
    changed = unpack(with_level(pack(levels), place, level))

    assert changed == {p: n for p, n in {**levels, place: level}.items() if n}


def test_a_crowded_block_is_changed_and_emptied_again() -> None:
    kept = pack(dict.fromkeys(range(500), 2))
    for place in range(500):
        kept = with_level(kept, place, 0)

    assert kept == b""


@given(LEVELS, LEVELS)
def test_blocks_are_joined_in_their_order_and_unknown_ones_left_out(first: dict[int, int], second: dict[int, int]) -> None:
    items = join([(7, pack(second)), (3, pack(first)), (9, pack({1: 1}))], {3: 0, 7: 1})

    expected = first | {place + PLACES: level for place, level in second.items()}
    assert set(places_in(items.present)) == set(expected)
    assert {p: 1 + (items.low >> p & 1) + 2 * (items.high >> p & 1) for p in places_in(items.present)} == expected


@given(st.lists(st.tuples(st.sets(st.integers(0, 60)), st.integers(0, 30)), max_size=8), st.integers(1, 12), st.sets(st.integers(0, 60)))
def test_the_best_are_those_with_the_highest_sums_and_the_newest_of_equals(adds: list[tuple[set[int], int]], most: int, among: set[int]) -> None:
    sums, plain = Sums(), dict.fromkeys(range(61), 0)
    for items, weight in adds:
        sums.add(sum(1 << item for item in items), weight)
        for item in items:
            plain[item] += weight
    wanted = sorted(among, key=lambda item: (-plain[item], -item))[:most]

    assert sums.best(sum(1 << item for item in among), most) == wanted
    for number in (0, 1, 7, 40):
        assert set(places_in(sums.at_least(number) & (1 << 61) - 1)) == {item for item in range(61) if plain[item] >= number}


def test_sets_by_name_come_back_and_empty_ones_do_not() -> None:
    kept = pack_sets({"kind:story": 0b101, "form:text": 1 << 8000, "note": 0})

    assert {name: int.from_bytes(bits, "little") for name, bits in unpack_sets(kept)} == {"kind:story": 0b101, "form:text": 1 << 8000}
    assert list(unpack_sets(b"")) == []


def test_newest_and_either() -> None:
    assert newest(0b10110, 2) == [4, 2]
    assert Postings(1, 1, 0) | Postings(2, 0, 2) == Postings(3, 1, 2)
