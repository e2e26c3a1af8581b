"""Counting votes: small, pure, explained round by round. Each method names its source and says how ties end.

Options are whole numbers; a lower number stands higher on the ballot. Every function gives the same answer whatever
order the ballots come in, and no function knows who voted. Fractions are exact: no rounding decides anything.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

Ranking = Sequence[int]


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes for each option, and those that stand highest (more than one when they are equal)."""

    votes: dict[int, int]
    winners: list[int]

    @property
    def is_tied(self) -> bool:
        """Whether more than one stands highest."""
        return len(self.winners) > 1


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a run-off: votes, how many ballots no longer name anybody, who went out and why."""

    votes: dict[int, int]
    exhausted: int
    out: int | None = None
    tie: str = ""


@dataclass(frozen=True, slots=True)
class RunOff:
    """A run-off from first round to last."""

    rounds: list[Round]
    winner: int | None
    tied: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Purchase:
    """One thing bought by equal shares: who pays is a number of people, and the most any of them pays."""

    option: int
    cost: int
    supporters: int
    most_paid: Fraction
    is_filled: bool = False


@dataclass(frozen=True, slots=True)
class Shares:
    """What a budget was shared to, in order, and what is left."""

    bought: list[Purchase]
    left: int
    share: Fraction


def tally(options: Iterable[int], ballots: Iterable[Iterable[int]]) -> Tally:
    """Approval voting: each ballot names any number of options, each at most once.

    Brams and Fishburn, "Approval voting", American Political Science Review 72 (1978). Ties are not broken: all that
    stand highest are named, and people decide between them.
    """
    votes = dict.fromkeys(sorted(set(options)), 0)
    for ballot in ballots:
        for option in set(ballot):
            if option in votes:
                votes[option] += 1
    most = max(votes.values(), default=0)
    return Tally(votes, [o for o, n in votes.items() if n == most] if most else [])


def instant_runoff(options: Iterable[int], ballots: Iterable[Ranking]) -> RunOff:
    """Instant run-off (the alternative vote).

    Each ballot counts for the option it ranks highest among those still in. Whoever has more than half of the ballots
    that still name somebody, wins; else the last goes out, and its ballots pass on. T. Nicolaus Tideman, "The single
    transferable vote", Journal of Economic Perspectives 9 (1995), with one seat.

    Ties for last place: the one with fewest votes in the latest earlier round where they differ goes out; if they
    never differed, the one that fewest ballots name at all; if that is equal too, the one lowest on the ballot. When
    the two last are equal to the end, nobody wins and both are named: people decide, not the order on a ballot.
    """
    alive = sorted(set(options))
    kinds = Counter(_cleaned(ballot, set(alive)) for ballot in ballots)
    named = Counter({o: sum(n for b, n in kinds.items() if o in b) for o in alive})
    rounds: list[Round] = []
    while alive:
        votes, exhausted = _firsts(alive, kinds)
        standing = sum(votes.values())
        best = max(votes.values())
        leaders = [o for o in alive if votes[o] == best]
        if not standing:
            return RunOff([*rounds, Round(votes, exhausted)], None, alive)
        if 2 * best > standing:
            return RunOff([*rounds, Round(votes, exhausted)], leaders[0])
        if len(alive) == 2:  # noqa: PLR2004 (two are left, and they are equal)
            return RunOff([*rounds, Round(votes, exhausted)], None, leaders)
        out, tie = _last(alive, votes, rounds, named)
        rounds.append(Round(votes, exhausted, out, tie))
        alive.remove(out)
    return RunOff(rounds, None)


def _cleaned(ballot: Ranking, options: set[int]) -> tuple[int, ...]:
    """A ranking without unknown options, each named once at its first place."""
    return tuple(dict.fromkeys(o for o in ballot if o in options))


def _firsts(alive: list[int], kinds: Mapping[tuple[int, ...], int]) -> tuple[dict[int, int], int]:
    votes, exhausted, still = dict.fromkeys(alive, 0), 0, set(alive)
    for ballot, number in kinds.items():
        first = next((o for o in ballot if o in still), None)
        if first is None:
            exhausted += number
        else:
            votes[first] += number
    return votes, exhausted


def _last(alive: list[int], votes: dict[int, int], rounds: list[Round], named: Mapping[int, int]) -> tuple[int, str]:
    """Who goes out, and what decided when several were last."""
    fewest = min(votes.values())
    last = [o for o in alive if votes[o] == fewest]
    for earlier in reversed(rounds):
        if len(last) == 1:
            break
        fewest = min(earlier.votes[o] for o in last)
        if len(narrower := [o for o in last if earlier.votes[o] == fewest]) < len(last):
            last = narrower
            if len(last) == 1:
                return last[0], "earlier"
    if len(last) == 1:
        return last[0], ""
    fewest = min(named[o] for o in last)
    if len(narrower := [o for o in last if named[o] == fewest]) == 1:
        return narrower[0], "named"
    return max(narrower), "order"


def borda(options: Iterable[int], ballots: Iterable[Ranking]) -> Tally:
    """Borda's count. An option gets two points for each option a ballot ranks below it, and one for each ranked equal.

    Options a ballot does not rank stand together at its end. Points are doubled so that they stay whole: half of them
    is Borda's own number. Duncan Black, "Partial justification of the Borda count", Public Choice 28 (1976). Ties are
    not broken: all that stand highest are named.
    """
    all_options = sorted(set(options))
    points, known = dict.fromkeys(all_options, 0), set(all_options)
    for ballot, number in Counter(_cleaned(ballot, known) for ballot in ballots).items():
        unranked = [o for o in all_options if o not in ballot]
        for place, option in enumerate(ballot):
            points[option] += number * 2 * (len(all_options) - place - 1)
        for option in unranked:
            points[option] += number * (len(unranked) - 1)
    most = max(points.values(), default=0)
    return Tally(points, [o for o, n in points.items() if n == most] if most else [])


def equal_shares(costs: Mapping[int, int], budget: int, ballots: Iterable[Iterable[int]]) -> Shares:
    """Share a budget by the method of equal shares, with approval ballots where a thing is worth what it costs.

    Everyone gets the same share. Again and again the thing is bought that its supporters can pay for together with
    what they have left, where the one who pays most for each krone it is worth pays least. Peters, Pierczyński and
    Skowron, "Proportional participatory budgeting with additive utilities", NeurIPS 34 (2021), section 3, with the
    cost as utility. What is left then goes to the things with most supporters that fit, as the paper's authors
    suggest for a budget that should be used (greedy completion); these are marked `is_filled`.

    Ties: the thing with more supporters, then the cheaper one, then the one higher on the ballot.
    """
    people = [frozenset(o for o in ballot if costs.get(o, 0) > 0) for ballot in ballots]
    share = Fraction(budget, len(people)) if people else Fraction(0)
    backers = {o: [n for n, ballot in enumerate(people) if o in ballot] for o in sorted(costs)}
    money = [share] * len(people)
    bought: list[Purchase] = []
    left, wanted = budget, [o for o in backers if backers[o] and costs[o] <= budget]
    while True:
        offers = [(rate, -len(backers[o]), costs[o], o) for o in wanted if (rate := _rate(costs[o], backers[o], money)) is not None]
        if not offers:
            break
        rate, _supporters, cost, option = min(offers)
        pays = [min(money[n], rate * cost) for n in backers[option]]
        for n, paid in zip(backers[option], pays, strict=True):
            money[n] -= paid
        bought.append(Purchase(option, cost, len(pays), max(pays)))
        wanted.remove(option)
        left -= cost
    for option in sorted(wanted, key=lambda o: (-len(backers[o]), costs[o], o)):
        if costs[option] <= left:
            bought.append(Purchase(option, costs[option], len(backers[option]), Fraction(0), is_filled=True))
            left -= costs[option]
    return Shares(bought, left, share)


def _rate(cost: int, backers: Sequence[int], money: Sequence[Fraction]) -> Fraction | None:
    """The least each backer must pay for every krone of a thing, as far as they can; None when they cannot together."""
    purses = sorted(money[n] for n in backers)
    if sum(purses) < cost:
        return None
    missing = Fraction(cost)
    for number, purse in enumerate(purses):
        each = missing / (len(purses) - number)
        if purse >= each:
            return each / cost
        missing -= purse
    return None
