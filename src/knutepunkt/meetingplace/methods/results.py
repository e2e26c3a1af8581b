"""From ballots to what is shown: the outcome, and the numbers where there are enough ballots to show any.

A ballot is `{"c": [numbers], "r": "reason"}`: what was chosen, in order where order counts. Under five ballots only
the outcome is kept; nothing else leaves this module.
"""

from collections.abc import Sequence
from typing import Any

from knutepunkt.meetingplace.choices.voice import AGREE, BLANK, CONCERN, NO, YES, Method
from knutepunkt.meetingplace.methods.counting import borda, equal_shares, instant_runoff, tally
from knutepunkt.web.threshold import is_shown

Ballot = dict[str, Any]
NUMBERS = ("votes", "rounds", "bought", "left", "share", "reasons", "turnout", "seats")
LOUDEST_REASONS = 60


def is_valid(method: str, options: Sequence[int], ballot: Ballot) -> bool:
    """Whether a ballot is one of this method: known options, each once, and one only where one is asked."""
    chosen = ballot.get("c")
    if not isinstance(chosen, list) or len(set(chosen)) != len(chosen) or not set(chosen) <= set(options):
        return False
    return len(chosen) == 1 if method in (Method.YES_NO, Method.CONCERN) else True


def count(
    method: str, options: Sequence[int], ballots: Sequence[Ballot], *,
    costs: dict[int, int] | None = None, budget: int = 0, quorum: int = 0, seats: int = 0, turnout: int | None = None,
) -> dict[str, Any]:
    """Count and explain.

    Args:
        method: one of `Method`.
        options: the options' numbers.
        ballots: in any order; the result does not depend on it.
        costs: kroner, for a budget.
        quorum: the fewest ballots that can decide.
        seats: how many could vote.
        turnout: how many took part, when that is not the number of ballots (hands).
    """  # fmt: skip
    number = len(ballots) if turnout is None else turnout
    base: dict[str, Any] = {"enough": is_shown(number), "turnout": number, "seats": seats, "winners": []}
    if number < quorum:
        found = {**base, "outcome": "no_quorum"}
    elif not ballots:
        found = {**base, "outcome": "empty"}
    else:
        found = {**base, **_counted(method, options, ballots, costs or {}, budget)}
    return found if found["enough"] else {key: value for key, value in found.items() if key not in NUMBERS}


def _counted(
    method: str, options: Sequence[int], ballots: Sequence[Ballot], costs: dict[int, int], budget: int
) -> dict[str, Any]:
    chosen = [ballot["c"] for ballot in ballots]
    if method == Method.RANKED:
        return _run_off(options, chosen)
    if method == Method.BUDGET:
        return _shared(costs, budget, chosen)
    found = borda(options, chosen) if method == Method.BORDA else tally(options, chosen)
    votes = {str(option): number for option, number in found.votes.items()}
    if method == Method.YES_NO:
        return {"votes": votes, "outcome": _majority(found.votes)}
    if method == Method.CONCERN:
        reasons = sorted({" ".join(b["r"].split()) for b in ballots if b.get("r") and b["c"] == [CONCERN]})
        outcome = "concern" if found.votes[CONCERN] else "agreed" if found.votes[AGREE] else "lived_with"
        return {"votes": votes, "outcome": outcome, "reasons": reasons[:LOUDEST_REASONS]}
    outcome = "none" if not found.winners else "tie" if found.is_tied else "chosen"
    return {"votes": votes, "outcome": outcome, "winners": found.winners}


def _majority(votes: dict[int, int]) -> str:
    """More yes than no; blank ballots are counted as having taken part, and as neither."""
    if votes[YES] == votes[NO]:
        return "none" if votes[BLANK] and not votes[YES] else "tie"
    return "yes" if votes[YES] > votes[NO] else "no"


def _run_off(options: Sequence[int], chosen: Sequence[list[int]]) -> dict[str, Any]:
    found = instant_runoff(options, chosen)
    rounds = [
        {"votes": {str(o): n for o, n in r.votes.items()}, "exhausted": r.exhausted, "out": r.out, "tie": r.tie}
        for r in found.rounds
    ]
    if found.winner is None:
        none = not any(n for r in found.rounds for n in r.votes.values())
        return {"rounds": rounds, "outcome": "none" if none else "tie", "winners": [] if none else found.tied}
    return {"rounds": rounds, "outcome": "chosen", "winners": [found.winner]}


def _shared(costs: dict[int, int], budget: int, chosen: Sequence[list[int]]) -> dict[str, Any]:
    found = equal_shares(costs, budget, chosen)
    bought = [
        {"option": p.option, "cost": p.cost, "supporters": p.supporters, "most_paid": round(float(p.most_paid), 2),
         "is_filled": p.is_filled}
        for p in found.bought
    ]  # fmt: skip
    votes = {str(o): n for o, n in tally(costs, chosen).votes.items()}
    return {
        "bought": bought, "left": found.left, "share": round(float(found.share), 2), "votes": votes,
        "winners": [p.option for p in found.bought], "outcome": "shared" if found.bought else "none",
    }  # fmt: skip
