"""A place with people of each kind, for tests of co-determination."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.test import Client
from django.utils import timezone

from knutepunkt.meetingplace.actions import proposals, voting
from knutepunkt.meetingplace.models import Centre, Proposal, Vote
from knutepunkt.meetingplace.queries.voice import Speaker
from knutepunkt.people.models import Person
from tests import factories as make

NAMES = count(1)


class House:
    """A centre with a coordinator, two hosts and as many participants as wished."""

    def __init__(self, participants: int = 2, name: str = "Havna") -> None:
        self.organisation = make.organisation(name, "recovery_centre")
        self.centre = Centre.objects.create(organisation=self.organisation)
        self.slug = self.organisation.slug
        self.coordinator = self._one("coordinator")
        self.host, self.other_host = self._one("host"), self._one("host")
        self.people = [self._one("participant") for _ in range(participants)]

    def _one(self, role: str) -> Person:
        made = make.person(f"Navn{next(NAMES)}")
        make.role(made, role, self.organisation)
        return made

    @property
    def everybody(self) -> list[Person]:
        return [self.coordinator, self.host, self.other_host, *self.people]

    def speaker(self, number: int = 0) -> Speaker:
        return Speaker(person=self.people[number])

    def card(self, name: str = "") -> tuple[Speaker, str]:
        card, printed = proposals.hand_out_card(by=self.host, centre=self.centre, name=name)
        return Speaker(card=card), printed

    def proposal(self, title: str = "Lengre åpent på torsdager", by: Speaker | None = None, **facts: Any) -> Proposal:
        return proposals.make_proposal(by=by or self.speaker(), centre=self.centre, title=title, **facts)

    def vote(self, method: str = "yes_no", *, opened: bool = True, people: Any = None, cards: Any = (), **facts: Any) -> Vote:
        facts.setdefault("question", "Skal vi ha lengre åpent?")
        made = voting.make_vote(by=self.host, centre=self.centre, method=method, **facts)
        if opened:
            who = [p.pk for p in (self.everybody if people is None else people)]
            voting.open_vote(by=self.host, vote=made, closes_at=timezone.now() + timedelta(days=3), people=who, cards=cards)
            made.refresh_from_db()
        return made


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def time_is_out(vote: Vote) -> Vote:
    """The vote's time is out, and it is counted."""
    Vote.objects.filter(pk=vote.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    return voting.close_vote(by="job", vote=vote)


def cast(vote: Vote, person: Any, *chosen: int, reason: str = "", receipt: str = "") -> str:
    """Cast a ballot as somebody on the list; gives the receipt."""
    receipt = receipt or voting.new_receipt()
    seat = vote.seats.get(person=person)
    voting.cast(vote=vote, seat=seat, receipt=receipt, ballot={"c": list(chosen), "r": reason})
    return receipt
