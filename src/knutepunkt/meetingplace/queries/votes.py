"""Reads of votes: what stands open, who has a seat, what was counted."""

from typing import Any

from django.db.models import QuerySet

from knutepunkt.meetingplace.choices.voice import FIXED_OPTIONS, MOST_SEATS, VoteState
from knutepunkt.meetingplace.models import Centre, HandsCount, Option, Seat, VoiceCard, Vote
from knutepunkt.meetingplace.queries.voice import Speaker, runs_place
from knutepunkt.organisations.queries import members_of


def votes_visible_to(person: Any, centre: Centre) -> QuerySet[Vote]:
    """Votes that are open or over; hosts see those that are being prepared too. Newest first."""
    rows = Vote.objects.filter(centre=centre).order_by("-pk")
    return rows if runs_place(person, centre) else rows.exclude(state=VoteState.DRAFT)


def vote_at(person: Any, centre: Centre, vote_id: int) -> Vote | None:
    """One vote this visitor may see. One query."""
    return votes_visible_to(person, centre).select_related("proposal").filter(pk=vote_id).first()


def options_of(vote: Vote) -> list[tuple[int, str, int | None]]:
    """Number, name and cost of each option, in order. No query where the method has its own."""
    if not vote.has_options:
        return [(number, str(name), None) for number, name in enumerate(FIXED_OPTIONS[vote.method])]  # type: ignore[index]
    rows = Option.objects.filter(vote=vote).order_by("number")
    return [(row.number, row.name, row.cost_kroner) for row in rows]


def seat_of(speaker: Speaker | None, vote: Vote) -> Seat | None:
    """A speaker's seat, if they stand on the list."""
    return Seat.objects.filter(vote=vote, **speaker.own).first() if speaker is not None else None


def seat_by_key(key: str) -> Seat | None:
    """The seat a voting card stands for."""
    name, _, number = key.partition(":")
    if name != "meetingplace.seat" or not number.isdigit():
        return None
    return Seat.objects.select_related("vote__centre__organisation").filter(pk=int(number)).first()


def seats_of(vote: Vote) -> list[Seat]:
    """The list of those who may vote, for hosts. Never says who has voted: that is known to the sealed box only."""
    rows = Seat.objects.filter(vote=vote).select_related("person", "card")
    return sorted(rows[:MOST_SEATS], key=lambda s: (s.person is None, s.person.chosen_name if s.person else ""))


def who_could_vote(centre: Centre) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """People with a role at the centre today, and living cards, as choices for the list. Leaders stand as all others."""
    people: dict[str, str] = {}
    for row in members_of(centre.organisation).order_by("person__chosen_name", "pk")[:MOST_SEATS]:
        people[str(row.person_id)] = row.person.chosen_name
    cards = VoiceCard.objects.filter(centre=centre, ended_at=None).order_by("number")[:MOST_SEATS]
    return list(people.items()), [(str(card.pk), _card_name(card)) for card in cards]


def _card_name(card: VoiceCard) -> str:
    return f"{card.number}: {card.name}" if card.name else str(card.number)


def hands_of(vote: Vote) -> list[HandsCount]:
    """Who has counted hands, and what they counted. At most two."""
    return list(HandsCount.objects.filter(vote=vote).order_by("pk")[:2])
