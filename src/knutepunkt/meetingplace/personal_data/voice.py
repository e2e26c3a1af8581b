"""What co-determination holds of people, how long, and how it is exported and erased."""

from collections.abc import Callable
from typing import Any

from django.apps import apps

from knutepunkt.meetingplace.actions.forgetting import forget_cards, forget_seats
from knutepunkt.meetingplace.actions.moderation import forget_hidden
from knutepunkt.meetingplace.actions.proposals import forget_person
from knutepunkt.meetingplace.models import (
    AgendaItem,
    Comment,
    HandsCount,
    Hiding,
    HouseMeeting,
    Proposal,
    Seat,
    Support,
    Willing,
)
from knutepunkt.web.registers import PERSONAL_DATA, PersonalData

PERSONAL = {
    "person", "card", "author_name", "name", "hidden_by", "decided_by", "chair", "chair_name", "doer", "who", "has_card",
    "picture", "sound", "counts",
}  # fmt: skip
SENSITIVE = {"appeal", "sealed"}
WORDS = {"Proposal": {"title", "text", "sound_says", "picture_says", "n_words"}, "Comment": {"text"}, "AgendaItem": {"title", "text"}}
PLAIN = {"Option": {"name"}}
Export = Callable[[Any], list[dict[str, Any]]]


def _fields(model: str) -> dict[str, str]:
    own = [f.name for f in apps.get_model("meetingplace", model)._meta.get_fields() if f.concrete and not f.many_to_many]
    personal = (PERSONAL | WORDS.get(model, set())) - PLAIN.get(model, set())
    return {name: "sensitive" if name in SENSITIVE else "personal" if name in personal else "plain" for name in own}


def _nothing(_person: Any) -> list[dict[str, Any]]:
    return []


def _none(_person: Any) -> int:
    return 0


def _proposals(person: Any) -> list[dict[str, Any]]:
    rows = Proposal.objects.filter(person=person).select_related("centre__organisation").order_by("pk")
    return [
        {"at": str(r.centre.organisation), "number": r.number, "title": r.title, "text": r.text, "made_at": r.made_at,
         "sound_says": r.sound_says, "has_picture": r.picture_id is not None, "has_sound": r.sound_id is not None,
         "author_name": r.author_name, "shows_name": r.shows_name, "stays": r.stays, "state": r.state, "outcome": r.outcome,
         "reason": r.reason, "doer": r.doer, "do_by": r.do_by, "done": r.done_says}
        for r in rows
    ]  # fmt: skip


def _comments(person: Any) -> list[dict[str, Any]]:
    rows = Comment.objects.filter(person=person).select_related("proposal").order_by("pk")
    return [{"about": r.proposal.name, "kind": r.kind, "text": r.text, "made_at": r.made_at, "hidden": r.is_hidden} for r in rows]


def _supports(person: Any) -> list[dict[str, Any]]:
    return [{"about": r.proposal.name} for r in Support.objects.filter(person=person).select_related("proposal").order_by("pk")]


def _appeals(person: Any) -> list[dict[str, Any]]:
    rows = Hiding.objects.filter(proposal__person=person) | Hiding.objects.filter(comment__person=person)
    return [{"ground": r.ground, "reason": r.reason, "appeal": r.appeal, "stands": r.stands, "answer": r.answer} for r in rows.order_by("pk")]


def _erase_hidings(person: Any) -> int:
    """Who hid something, or decided an appeal, is forgotten; the reason stays with what it is about."""
    by = Hiding.objects.filter(hidden_by=person).update(hidden_by=None)
    return by + Hiding.objects.filter(decided_by=person).update(decided_by=None)


def _seats(person: Any) -> list[dict[str, Any]]:
    rows = Seat.objects.filter(person=person).select_related("vote").order_by("pk")
    return [{"vote": r.vote.question, "on_paper": r.has_card} for r in rows]


def _chaired(person: Any) -> list[dict[str, Any]]:
    return [{"chaired": r.starts_at} for r in HouseMeeting.objects.filter(chair=person).order_by("pk")]


def _erase_chair(person: Any) -> int:
    return HouseMeeting.objects.filter(chair=person).update(chair=None, chair_name="")


def _items(person: Any) -> list[dict[str, Any]]:
    return [{"title": r.title, "text": r.text} for r in AgendaItem.objects.filter(person=person).order_by("pk")]


def _willing(person: Any) -> list[dict[str, Any]]:
    return [{"can_chair_at": r.centre_id} for r in Willing.objects.filter(person=person).order_by("pk")]


HOUSE = "as long as the place keeps its record"
ENTRIES: tuple[tuple[str, str, str, str, Export, Callable[[Any], int], Callable[[], int] | None], ...] = (
    ("Proposal", "what somebody wants changed, and what became of it; picture and sound sealed", "so that everybody is heard and answered",
     "as long as its author wants; when an account is erased it goes, or stays without them, as they wished", _proposals, forget_person, forget_hidden),
    ("Comment", "what somebody says or asks about a proposal", "so that it is talked about", "as long as the proposal, or until its author goes",
     _comments, lambda p: Comment.objects.filter(person=p).delete()[0], None),
    ("Support", "that somebody is for a proposal", "so that what many want is seen", "as long as the proposal, or until they take it back",
     _supports, lambda p: Support.objects.filter(person=p).delete()[0], None),
    ("Step", "when a proposal took a step", "so that nobody meets silence", HOUSE, _nothing, _none, None),
    ("Hiding", "why something was hidden, who did it, and an appeal", "so that hiding is fair", "with what it is about; half a year for what stands hidden",
     _appeals, _erase_hidings, None),
    ("VoiceCard", "that a card was handed out one day, perhaps with a name of choice", "so that nobody needs an account", "400 days",
     _nothing, _none, forget_cards),
    ("Vote", "a question put to the house, and what was counted", "so that the house decides together", HOUSE, _nothing, _none, None),
    ("Option", "something one can vote for", "so that the house decides together", HOUSE, _nothing, _none, None),
    ("Seat", "that somebody may vote; never whether or how they have", "so that each has one vote", "90 days after the count",
     _seats, lambda p: Seat.objects.filter(person=p).delete()[0], forget_seats),
    ("BallotBox", "all ballots of an open vote, sealed together, tied to nobody", "so that a vote is secret", "until it is counted; then box and key are destroyed",
     _nothing, _none, None),
    ("HandsCount", "hands one person counted", "so that two have counted the same", "until the other has counted",
     _nothing, lambda p: HandsCount.objects.filter(person=p).delete()[0], None),
    ("Asked", "a day hosts went round and asked", "so that the quiet are heard", HOUSE, _nothing, _none, None),
    ("HouseMeeting", "a meeting, who chaired, and its minutes", "so that what was decided is known", HOUSE, _chaired, _erase_chair, None),
    ("AgendaItem", "what somebody wants talked about", "so that the agenda is everybody's", HOUSE, _items,
     lambda p: AgendaItem.objects.filter(person=p).update(person=None, author_name=""), None),
    ("Undertaking", "what somebody took on, by the name they wanted on the wall", "so that it gets done", HOUSE, _nothing, _none, None),
    ("Willing", "that somebody can chair", "so that chairing goes round", "until they say otherwise", _willing,
     lambda p: Willing.objects.filter(person=p).delete()[0], None),
)  # fmt: skip


def enter() -> None:
    """Enter co-determination's kinds of record."""
    for model, holds, why, how_long, export, erase, due in ENTRIES:
        entry = PersonalData(f"meetingplace.{model}", holds, why, how_long, _fields(model), export, erase, due)
        PERSONAL_DATA.add(f"meetingplace.{model.lower()}", entry)
