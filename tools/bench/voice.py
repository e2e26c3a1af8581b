"""What co-determination costs: counting, casting into a full box, and its pages with 400 proposals."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from bench.measuring import Line, Weighed, page
from bench.pages import signed_in, visitor
from bench.world import World
from knutepunkt.meetingplace.actions import meetings, proposals, voting
from knutepunkt.meetingplace.methods.counting import equal_shares, instant_runoff
from knutepunkt.meetingplace.models import Centre, VoiceCard, Vote
from knutepunkt.meetingplace.queries.voice import Speaker
from knutepunkt.organisations.actions import give_role
from knutepunkt.organisations.choices import Role

RUN_OFF_MS, CAST_MS, CLOSE_MS = 1000, 150, 1000
PROPOSALS, SEATS = 400, 500


def voice(world: World) -> Iterator[Weighed]:
    """Everything about proposals and votes."""
    yield from _counting()
    house = _House(world)
    yield from _voting(house)
    yield from _pages(house)


class _House:
    """A centre with many proposals and a vote that many have cast in."""

    def __init__(self, world: World) -> None:
        self.host = world.lead
        self.centre, _ = Centre.objects.get_or_create(organisation=world.inquiry.responsible)
        give_role(by="bench", person=self.host, organisation=self.centre.organisation, role=Role.HOST)
        self.slug, words = self.centre.organisation.slug, ["åpent", "lenger", "frokost", "tur", "gitar", "stille", "krok", "te", "kaffe", "skilt", "buss"]
        rng, me = random.Random(4), Speaker(person=self.host)
        for n in range(PROPOSALS):
            row = proposals.make_proposal(by=me, centre=self.centre, title=f"{' '.join(rng.sample(words, 3))} {n}", text="Noen ord om det. " * 20)
            if n % 3 == 0:
                proposals.decide_proposal(by=self.host, proposal=row, outcome="no", reason="Ikke nå")
        self.proposal = row
        cards = VoiceCard.objects.bulk_create(VoiceCard(centre=self.centre, number=n) for n in range(10_000, 10_000 + SEATS))
        options = [(f"Valg {n}", None) for n in range(8)]
        self.vote = voting.make_vote(by=self.host, centre=self.centre, question="Hva vil vi?", method="ranked", options=options)
        voting.open_vote(by=self.host, vote=self.vote, closes_at=timezone.now() + timedelta(days=1), people=[self.host.pk], cards=[c.pk for c in cards])
        self.meeting = meetings.call_meeting(by=self.host, centre=self.centre, starts_at=timezone.now())


def _timed(name: str, act: Callable[[], Any], *, most_ms: float, times: int = 3) -> Weighed:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    median = taken[len(taken) // 2]
    return Weighed(Line(name, None, round(median, 2), round(taken[-1], 2), None, None, most_ms, median <= most_ms))


def _counting() -> Iterator[Weighed]:
    rng = random.Random(5)
    ranked = [rng.sample(range(12), rng.randint(1, 12)) for _ in range(10_000)]
    yield _timed("instant run-off, 10,000 ballots", lambda: instant_runoff(range(12), ranked), most_ms=RUN_OFF_MS)
    costs = {o: rng.randint(500, 9000) for o in range(12)}
    yield _timed("equal shares, 1,000 ballots", lambda: equal_shares(costs, 30_000, ranked[:1000]), most_ms=RUN_OFF_MS)


def _voting(house: _House) -> Iterator[Weighed]:
    seats = list(house.vote.seats.order_by("pk"))
    rng = random.Random(6)
    for seat in seats[: SEATS - 50]:
        _cast(house, seat, rng)
    rest = iter(seats[SEATS - 50 : -1])
    yield _timed("cast a ballot, 450 in the box", lambda: _cast(house, next(rest), rng), most_ms=CAST_MS, times=20)


def _cast(house: _House, seat: Any, rng: random.Random) -> None:
    ballot = {"c": rng.sample(range(8), rng.randint(1, 8))}
    voting.cast(vote=house.vote, seat=seat, receipt=voting.new_receipt(), ballot=ballot)


def _pages(house: _House) -> Iterator[Weighed]:
    host, at = signed_in(house.host), [house.slug]
    for name in ("proposals", "wall", "power", "votes", "meetings"):
        yield page(visitor(), f"meeting place: {name}", reverse(f"meetingplace:{name}", args=at))
    yield page(host, "meeting place: proposal", reverse("meetingplace:proposal", args=[*at, house.proposal.number]))
    yield page(host, "meeting place: open vote", reverse("meetingplace:vote", args=[*at, house.vote.pk]))
    yield page(host, "meeting place: ballot", reverse("meetingplace:vote-cast", args=[*at, house.vote.pk]))
    yield page(host, "meeting place: run a meeting", reverse("meetingplace:meeting-run", args=[*at, house.meeting.pk]))
    Vote.objects.filter(pk=house.vote.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    yield _timed("count and close, 470 ballots", lambda: voting.close_vote(by="bench", vote=house.vote), most_ms=CLOSE_MS, times=1)
    yield page(host, "meeting place: counted vote", reverse("meetingplace:vote", args=[*at, house.vote.pk]))
