"""Counting: properties that must hold for all ballots, independent libraries, and published elections."""

import csv
import io
import random
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knutepunkt.meetingplace.methods.box import Box, BoxFull, opened, room_for, shut
from knutepunkt.meetingplace.methods.counting import borda, equal_shares, instant_runoff, tally
from knutepunkt.meetingplace.methods.results import count
from tests.meetingplace.peers import ask, published

OPTIONS = list(range(5))
RANKINGS = st.lists(st.permutations(OPTIONS).flatmap(lambda p: st.integers(0, 5).map(lambda n: list(p)[:n])), max_size=40)
APPROVALS = st.lists(st.lists(st.sampled_from(OPTIONS), unique=True), max_size=40)
MANY = settings(max_examples=150, deadline=None)


@given(RANKINGS, st.randoms())
@MANY
def test_the_order_of_ballots_decides_nothing(ballots: list[list[int]], rng: random.Random) -> None:
    mixed = rng.sample(ballots, len(ballots))

    assert instant_runoff(OPTIONS, ballots) == instant_runoff(OPTIONS, mixed)
    assert borda(OPTIONS, ballots) == borda(OPTIONS, mixed)
    assert tally(OPTIONS, ballots) == tally(OPTIONS, mixed)
    costs = {o: 10 + o for o in OPTIONS}
    assert equal_shares(costs, 40, ballots) == equal_shares(costs, 40, mixed)


@given(RANKINGS)
@MANY
def test_in_every_round_each_ballot_counts_once_or_is_exhausted(ballots: list[list[int]]) -> None:
    found = instant_runoff(OPTIONS, ballots)

    assert all(sum(one.votes.values()) + one.exhausted == len(ballots) for one in found.rounds)
    assert [len(one.votes) for one in found.rounds] == list(range(5, 5 - len(found.rounds), -1))
    if found.winner is not None:
        last = found.rounds[-1]
        assert 2 * last.votes[found.winner] > sum(last.votes.values())
    else:
        assert len(found.tied) >= 2


@given(RANKINGS, st.sampled_from(OPTIONS))
@MANY
def test_whoever_more_than_half_rank_first_wins(ballots: list[list[int]], favourite: int) -> None:
    more = [[favourite, *[o for o in OPTIONS if o != favourite]]] * (len(ballots) + 1)

    assert instant_runoff(OPTIONS, ballots + more).winner == favourite


@given(RANKINGS)
@MANY
def test_borda_gives_out_the_same_number_of_points_for_every_ballot(ballots: list[list[int]]) -> None:
    found = borda(OPTIONS, ballots)

    assert sum(found.votes.values()) == len(ballots) * len(OPTIONS) * (len(OPTIONS) - 1)


@given(APPROVALS, st.sampled_from(OPTIONS))
@MANY
def test_one_more_cross_never_harms(ballots: list[list[int]], option: int) -> None:
    before, after = tally(OPTIONS, ballots), tally(OPTIONS, [*ballots, [option]])

    assert after.votes[option] == before.votes[option] + 1
    assert option not in before.winners or after.winners == [option]


@given(APPROVALS, st.lists(st.integers(1, 60), min_size=5, max_size=5), st.integers(0, 150))
@MANY
def test_shared_budget_is_never_overspent_and_nobody_pays_more_than_a_share(
    ballots: list[list[int]], prices: list[int], budget: int
) -> None:
    costs = dict(enumerate(prices))
    found = equal_shares(costs, budget, ballots)
    spent = sum(one.cost for one in found.bought)

    assert found.left == budget - spent >= 0
    assert len({one.option for one in found.bought}) == len(found.bought)
    assert all(one.supporters == sum(one.option in b for b in ballots) > 0 for one in found.bought)
    assert all(one.most_paid <= found.share for one in found.bought)
    backed = {o for o in costs if any(o in b for b in ballots)} - {one.option for one in found.bought}
    assert all(costs[o] > found.left for o in backed), "what is left is used for what fits"


@given(st.lists(st.sets(st.integers(0, 999), max_size=3).map(list), max_size=30), st.integers(0, 3))
@MANY
def test_hostile_ballots_never_break_a_count(ballots: list[list[int]], more: int) -> None:
    assert set(tally(OPTIONS, ballots).votes) == set(OPTIONS)
    assert sum(instant_runoff(OPTIONS, ballots).rounds[0].votes.values()) <= len(ballots)
    assert equal_shares({0: 5, 1: 0}, more, ballots).left >= 0


def test_a_small_run_off_by_hand() -> None:
    found = instant_runoff([0, 1, 2], [[0, 1]] * 4 + [[1, 2]] * 3 + [[2, 1]] * 2)

    assert found.winner == 1
    assert [one.votes for one in found.rounds] == [{0: 4, 1: 3, 2: 2}, {0: 4, 1: 5}]
    assert found.rounds[0].out == 2


def test_ties_end_as_it_is_written() -> None:
    tied_to_the_end = instant_runoff([0, 1], [[0], [1]])
    assert (tied_to_the_end.winner, tied_to_the_end.tied) == (None, [0, 1])
    by_earlier = instant_runoff([0, 1, 2, 3], [[0]] * 5 + [[1]] * 3 + [[2]] * 2 + [[3, 2]])
    assert (by_earlier.rounds[1].out, by_earlier.rounds[1].tie) == (2, "earlier")
    by_naming = instant_runoff([0, 1, 2], [[0, 2]] * 4 + [[1]] * 2 + [[2]] * 2)
    assert by_naming.winner == 0
    named = instant_runoff([0, 1, 2], [[0, 2]] * 3 + [[1]] * 2 + [[2]] * 2)
    assert (named.rounds[0].out, named.rounds[0].tie) == (1, "named")
    order = instant_runoff([0, 1, 2], [[0]] * 3 + [[1]] * 2 + [[2]] * 2)
    assert (order.rounds[0].out, order.rounds[0].tie) == (2, "order")
    assert tally([0, 1], [[0], [1]]).winners == [0, 1]


def test_equal_shares_gives_small_groups_something() -> None:
    """Six want the dear things, three want the music: by plain majority the three would get nothing."""
    costs = {0: 60, 1: 30, 2: 31}

    found = equal_shares(costs, 91, [[0]] * 6 + [[1]] * 3)

    assert [one.option for one in found.bought] == [0, 1]
    assert found.bought[0].most_paid == Fraction(10)


def test_equally_dear_for_those_who_pay_goes_to_the_cheaper() -> None:
    found = equal_shares({0: 60, 1: 30}, 60, [[0, 1]] * 6)

    assert [one.option for one in found.bought] == [1]
    assert found.left == 30


def test_no_votes_no_winner() -> None:
    assert instant_runoff([0, 1], []).winner is None
    assert tally([0, 1], [[]]).winners == []
    assert count("ranked", [0, 1], [{"c": []}] * 6)["outcome"] == "none"
    assert count("budget", [0, 1], [{"c": []}] * 6, costs={0: 5, 1: 5}, budget=9)["outcome"] == "none"


@given(st.dictionaries(st.text("0123456789abcdef", min_size=64, max_size=64), st.lists(st.integers(0, 19), unique=True), max_size=6), st.text(max_size=300))
@MANY
def test_a_box_never_changes_its_length(ballots: dict[str, list[int]], reason: str) -> None:
    box = Box(room_for("concern", 6))
    empty = shut(box)
    box.ballots, box.voted = {key: {"c": chosen, "r": " ".join(reason.split())} for key, chosen in ballots.items()}, {10**9}

    full = shut(box)

    assert len(full) == len(empty) == room_for("concern", 6)
    assert opened(full).ballots == box.ballots


def test_a_box_that_is_too_small_is_a_fault() -> None:
    with pytest.raises(BoxFull):
        shut(Box(10, {1}, {"a": {"c": [1], "r": "x"}}))


def without_ties(found: Any) -> bool:
    return found.winner is not None and not any(one.tie for one in found.rounds)


def test_run_offs_agree_with_an_independent_library() -> None:
    rng, tasks, ours = random.Random(7), [], []
    while len(tasks) < 120:
        options = list(range(rng.randint(2, 7)))
        ballots = [rng.sample(options, rng.randint(1, len(options))) for _ in range(rng.randint(20, 90))]
        found = instant_runoff(options, ballots)
        if without_ties(found):
            tasks.append(("runoff", {"options": options, "ballots": ballots}))
            ours.append(found)

    for mine, theirs in zip(ours, ask(tasks), strict=True):
        assert mine.winner == theirs["winner"]
        # later rounds are told differently there: several may go out at once
        assert {str(o): n for o, n in mine.rounds[0].votes.items()} == theirs["rounds"][0]


def test_borda_agrees_with_an_independent_library() -> None:
    rng, tasks = random.Random(8), []
    for _ in range(40):
        options = list(range(rng.randint(2, 6)))
        tasks.append(("borda", {"options": options, "ballots": [rng.sample(options, rng.randint(1, len(options))) for _ in range(30)]}))

    for (_name, facts), theirs in zip(tasks, ask(tasks), strict=True):
        mine = {str(o): n / 2 + 30 for o, n in borda(facts["options"], facts["ballots"]).votes.items()}  # theirs begin at one
        assert mine == pytest.approx(theirs["scores"])


def test_equal_shares_agrees_with_an_independent_library() -> None:
    rng, tasks = random.Random(9), []
    while len(tasks) < 60:
        prices = rng.sample(range(101, 997), rng.randint(3, 6))
        ballots = [rng.sample(range(len(prices)), rng.randint(1, len(prices))) for _ in range(rng.randint(15, 60))]
        if len(set(tally(range(len(prices)), ballots).votes.values())) < len(prices):
            continue  # as many supporters is a tie, and each of us ends ties in our own way
        tasks.append(("shares", {"costs": {str(o): p for o, p in enumerate(prices)}, "budget": rng.randint(300, 2500), "ballots": ballots}))

    for (_name, facts), theirs in zip(tasks, ask(tasks), strict=True):
        found = equal_shares({int(o): p for o, p in facts["costs"].items()}, facts["budget"], facts["ballots"])
        assert sorted(one.option for one in found.bought if not one.is_filled) == theirs["bought"]


def test_the_mayor_of_minneapolis_in_2013_as_published() -> None:
    """The city's published last round: Betsy Hodges 38,870, Mark Andrew 24,972. Write-ins and spoilt marks aside."""
    rows = list(csv.reader(io.StringIO(published("minneapolis-2013"))))[1:]
    names = sorted({name for row in rows for name in row} - {"UWI", "overvote", "undervote"})
    number = {name: n for n, name in enumerate(names)}

    found = instant_runoff(number.values(), [[number[name] for name in row if name in number] for row in rows])

    last = Counter({names[o]: n for o, n in found.rounds[-1].votes.items()})
    assert last.most_common() == [("BETSY HODGES", 38870), ("MARK ANDREW", 24972)]
    assert names[found.winner or 0] == "BETSY HODGES"
    assert len(rows) == 80101 == found.rounds[0].exhausted + sum(found.rounds[0].votes.values())


@pytest.mark.parametrize("name", ["mileszki-2020", "nowosolna-2020"])
def test_a_published_citizens_budget_is_shared_as_an_independent_library_shares_it(name: str) -> None:
    budget, costs, listed, ballots = citizens_budget(published(name))
    found = equal_shares(costs, budget, ballots)
    theirs = ask([("shares", {"costs": {str(o): c for o, c in costs.items()}, "budget": budget, "ballots": ballots})])[0]

    assert tally(costs, ballots).votes == listed, "the ballots give the votes the city published"
    assert sorted(one.option for one in found.bought if not one.is_filled) == theirs["bought"]
    assert sum(one.cost for one in found.bought) <= budget


def citizens_budget(text: str) -> tuple[int, dict[int, int], dict[int, int], list[list[int]]]:
    """Budget, costs, published votes and ballots of a Pabulib file."""
    meta, rest = text.split("PROJECTS\n")
    projects, votes = rest.split("VOTES\n")
    budget = next(int(line.split(";")[1]) for line in meta.splitlines() if line.startswith("budget;"))
    rows = list(csv.DictReader(io.StringIO(projects), delimiter=";"))
    number = {row["project_id"]: n for n, row in enumerate(rows)}
    ballots = [[number[p] for p in row["vote"].split(",")] for row in csv.DictReader(io.StringIO(votes), delimiter=";")]
    return budget, {n: int(row["cost"]) for n, row in enumerate(rows)}, {n: int(row["votes"]) for n, row in enumerate(rows)}, ballots
