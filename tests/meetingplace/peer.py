"""Counts by independent libraries. Run by the peers' own Python, never imported: one task as JSON in, the answer out."""

import json
import sys
from typing import Any


def runoff(options: list[int], ballots: list[list[int]]) -> dict[str, Any]:
    """Pyrankvote's instant run-off: the winner, and the votes of each round."""
    import pyrankvote

    people = {o: pyrankvote.Candidate(str(o)) for o in options}
    found = pyrankvote.instant_runoff_voting(
        list(people.values()), [pyrankvote.Ballot([people[o] for o in ballot]) for ballot in ballots]
    )
    rounds = [{c.candidate.name: int(c.number_of_votes) for c in r.candidate_results} for r in found.rounds]
    return {"winner": int(found.get_winners()[0].name), "rounds": rounds}


def borda(options: list[int], ballots: list[list[int]]) -> dict[str, Any]:
    """Votekit's Borda, with unranked options sharing the last places."""
    from votekit import RankBallot, RankProfile
    from votekit.utils import borda_scores

    rows = []
    for ballot in ballots:
        rest = {str(o) for o in options if o not in ballot}
        rows.append(RankBallot(ranking=[{str(o)} for o in ballot] + ([rest] if rest else []), weight=1))
    profile = RankProfile(ballots=rows, candidates=[str(o) for o in options], max_ranking_length=len(options))
    scores = borda_scores(profile, borda_max=len(options), tie_convention="average")
    return {"scores": {o: float(n) for o, n in scores.items()}}


def shares(costs: dict[str, int], budget: int, ballots: list[list[int]]) -> dict[str, Any]:
    """Pabutools' method of equal shares with the cost as satisfaction, without completion."""
    from pabutools.election import ApprovalBallot, ApprovalProfile, Cost_Sat, Instance, Project
    from pabutools.rules import method_of_equal_shares

    projects = {o: Project(o, cost) for o, cost in costs.items()}
    profile = ApprovalProfile([ApprovalBallot({projects[str(o)] for o in ballot}) for ballot in ballots])
    found = method_of_equal_shares(Instance(projects.values(), budget), profile, sat_class=Cost_Sat)
    return {"bought": sorted(int(project.name) for project in found)}


if __name__ == "__main__":
    tasks = {"runoff": runoff, "borda": borda, "shares": shares}
    print(json.dumps([tasks[name](**facts) for name, facts in json.load(sys.stdin)]))
