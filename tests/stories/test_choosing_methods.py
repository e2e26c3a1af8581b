"""Choosing, without a database: what is asked for is found, what is avoided is not, offers differ, and chance reaches everything."""

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knutepunkt.stories.choices.choosing import Wish
from knutepunkt.stories.methods.choosing import Asked, Rated, choose, like_this
from knutepunkt.stories.methods.tasting import Taste, as_text, clean, from_text

ALL = "*"


class Shelf:
    """A collection of facets by place."""

    def __init__(self, *rows: str) -> None:
        self.rows = [frozenset(row.split()) for row in rows]

    def facet(self, name: str) -> int:
        return sum(1 << place for place, row in enumerate(self.rows) if name == ALL or name in row)

    def terms(self, places: Sequence[int]) -> dict[int, frozenset[str]]:
        return {place: self.rows[place] for place in places}


def offers(shelf: Shelf, asked: Asked, chance: int = 1, **more: object) -> list:
    return choose(shelf, asked, everything=ALL, chance=Random(chance), terms_of=shelf.terms, **more)


def rows_of(shelf: Shelf, asked: Asked, **more: object) -> list[frozenset[str]]:
    return [shelf.rows[offer.place] for offer in offers(shelf, asked, **more)]


def test_hope_and_hardship_are_found_when_they_are_asked_for() -> None:
    shelf = Shelf(*["library:tone.quiet"] * 40, "library:tone.hopeful library:shape.upward", "library:shape.standing-still chime:difficulties")

    assert "library:tone.hopeful" in rows_of(shelf, Asked(Wish.HOPEFUL))[0]
    assert "library:shape.standing-still" in rows_of(shelf, Asked(Wish.HONEST))[0]


def test_like_me_and_unlike_me_are_opposites() -> None:
    mine, other = "library:situation.small-place library:helped.nature", "library:situation.work library:helped.art"
    shelf = Shelf(*[mine] * 30, *[other] * 30)
    own = ("library:situation.small-place", "library:helped.nature")

    assert all(own[0] in row for row in rows_of(shelf, Asked(Wish.LIKE, own))[:2])
    assert all(own[0] not in row and own[1] not in row for row in rows_of(shelf, Asked(Wish.UNLIKE, own)))


def test_the_rarer_of_two_own_facets_counts_most() -> None:
    shelf = Shelf(*["library:situation.work"] * 60, *["library:situation.prison"] * 3)

    assert "library:situation.prison" in rows_of(shelf, Asked(Wish.LIKE, ("library:situation.work", "library:situation.prison")))[0]


@given(st.lists(st.sampled_from(["content-notes:death", "form:text", "form:sound", "library:tone.hopeful"]), max_size=30), st.integers(0, 999),
       st.sampled_from(list(Wish)))  # fmt: skip
def test_what_is_to_be_avoided_never_comes(facets: list[str], chance: int, wish: Wish) -> None:
    shelf = Shelf(*(f"{one} form:text" for one in facets))
    asked = Asked(wish, any_of=(("form:text",),), without=("content-notes:death", "form:sound"))

    for row in rows_of(shelf, asked, chance=chance):
        assert not row & {"content-notes:death", "form:sound"}


@given(st.integers(0, 5000))
def test_the_same_turn_gives_the_same_and_none_twice(chance: int) -> None:
    shelf = Shelf(*["library:tone.hopeful"] * 5, *["library:tone.sad"] * 5)
    once = offers(shelf, Asked(Wish.HOPEFUL), chance)

    assert once == offers(shelf, Asked(Wish.HOPEFUL), chance)
    assert len({offer.place for offer in once}) == len(once) == 3


def test_chance_reaches_every_item_whatever_is_asked() -> None:
    shelf = Shelf(*["library:tone.hopeful"] * 50, *["library:tone.sad"] * 50)

    met = {offer.place for chance in range(1500) for offer in offers(shelf, Asked(Wish.HOPEFUL), chance)}

    assert len(met) == 100


def test_offers_differ_from_each_other() -> None:
    shelf = Shelf(*["library:tone.hopeful library:topic.loss"] * 20, "library:tone.hopeful library:topic.coercion library:helped.art")

    picked = [offer for offer in offers(shelf, Asked(Wish.HOPEFUL)) if not offer.is_drawn]

    assert any("library:topic.coercion" in shelf.rows[offer.place] for offer in picked)


def test_own_answers_lean_towards_what_was_good_and_away_from_what_was_not() -> None:
    good, bad, plain = ("library:tone.hopeful " + more for more in ("library:helped.art", "library:helped.faith", "library:helped.work"))
    shelf = Shelf(*[bad] * 20, *[plain] * 20, *[good] * 20)
    rated = [Rated(frozenset(good.split()), hope=5, took=5, alike=4), Rated(frozenset(bad.split()), hope=1, took=1)]

    first = [shelf.rows[offers(shelf, Asked(Wish.HOPEFUL), chance, rated=rated)[0].place] for chance in range(20)]

    assert all("library:helped.art" in row for row in first)


def test_what_has_been_met_is_passed_over() -> None:
    shelf = Shelf("library:tone.hopeful", "library:tone.hopeful")

    assert [offer.place for offer in offers(shelf, Asked(Wish.HOPEFUL), passed=0b01)] == [1]
    assert offers(shelf, Asked(Wish.HOPEFUL), passed=0b11) == []


def test_it_says_by_what_it_was_found_and_when_it_was_chance() -> None:
    shelf = Shelf("library:tone.hopeful", *["library:tone.sad"] * 60)
    found = offers(shelf, Asked(Wish.HOPEFUL))

    assert found[0].by == ("library:tone.hopeful",)
    assert found[-1].is_drawn
    assert found[-1].by == ()


def test_like_this_prefers_what_is_rare_in_common() -> None:
    shelf = Shelf("a b", "a", "a", "a", "b", "c")

    assert like_this(shelf, ["a", "b"], everything=ALL, passed=1)[0] == 4
    assert 5 not in like_this(shelf, ["a", "b"], everything=ALL, passed=1)


TASTES = st.builds(
    Taste, wish=st.sampled_from(Wish.values), own=st.lists(st.sampled_from(["library:topic.loss", "library:helped.art"]), unique=True).map(tuple),
    remembers=st.booleans(), answers=st.dictionaries(st.text("abc123", min_size=4, max_size=9), st.tuples(*[st.integers(0, 5)] * 3), max_size=70),
    met=st.lists(st.text("abc123", min_size=4, max_size=9), unique=True, max_size=70).map(tuple),
)  # fmt: skip


@given(TASTES)
def test_what_is_kept_is_bounded_and_comes_back(taste: Taste) -> None:
    kept = from_text(as_text(taste))

    assert kept == from_text(as_text(kept))
    assert len(kept.answers) <= 60
    assert len(kept.met) <= 60
    assert kept.wish == taste.wish
    if not taste.remembers:
        assert not kept.answers
        assert not kept.met


@pytest.mark.parametrize("text", ["", "x", "[]", '{"wish": 5, "answers": 7, "own": "abc", "met": {"a": 1}}', '{"answers": {"a": [9, "x"]}}'])
def test_what_does_not_fit_is_left_out(text: str) -> None:
    assert from_text(text).wish == Wish.SURPRISE


def test_who_wants_nothing_kept_has_nothing_kept() -> None:
    taste = clean({"remembers": False})

    assert taste.with_answer("abc", {"hope": 5}).answers == {}
    assert taste.having_met(["abc"]).met == ()


def test_simulated_readers_like_it_better_than_chance_and_every_story_is_met() -> None:
    spec = importlib.util.spec_from_file_location("simulate", Path(__file__).parents[2] / "tools" / "simulate_choosing.py")
    simulate = importlib.util.module_from_spec(spec)
    sys.modules["simulate"] = simulate
    spec.loader.exec_module(simulate)

    ours, chance, most_read = (simulate.measure(make) for make in (simulate._ours, simulate._by_chance, simulate._most_read))

    assert ours.accuracy > chance.accuracy + 0.1
    assert ours.accuracy > most_read.accuracy + 0.1
    assert ours.coverage > 0.95
    assert ours.diversity > chance.diversity - 0.05
    assert ours.unfairness < chance.unfairness + 0.05
