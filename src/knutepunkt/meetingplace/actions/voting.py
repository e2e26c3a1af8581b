"""Votes: prepared, opened against a list, cast into a sealed box, counted, and the box destroyed.

Nothing is written about a single ballot: no row, no time, no trail line, no notice, no log line. See docs/codetermination.md.
"""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from knutepunkt.meetingplace.choices.voice import (
    BY_HANDS,
    LONGEST_REASON,
    MOST_SEATS,
    SEAT,
    Hand,
    Method,
    VoteState,
)
from knutepunkt.meetingplace.methods.box import Box, opened, room_for, shut
from knutepunkt.meetingplace.methods.results import count, is_valid
from knutepunkt.meetingplace.models import Asked, BallotBox, Centre, HandsCount, Option, Proposal, Seat, Vote
from knutepunkt.meetingplace.queries.quiet import quiet_days_of, rounds_soon_over
from knutepunkt.meetingplace.queries.votes import options_of
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import people_with_role
from knutepunkt.web.jobs import queue_job
from knutepunkt.web.notices import give_notice
from knutepunkt.web.papercodes import SIGNS, as_printed, as_typed, end_codes, issue_code
from knutepunkt.web.sealing import destroy_key, has_key, keyed_digest, seal, unseal
from knutepunkt.web.trail import record

RECEIPT_SIGNS = 16
FIELD = "box"


class NotOpen(Exception):
    """Nobody can vote: not opened, closed, or counted by hands."""


class AlreadyVoted(Exception):
    """This seat has put a ballot in the box; only the receipt can change it."""


class NoSuchReceipt(Exception):
    """No ballot in the box has this receipt."""


class BadBallot(Exception):
    """The ballot is not one of this vote's."""


class NotYet(Exception):
    """The vote is not over, or not ready to be opened."""


class CardIssued(Exception):
    """A voting card for this seat has been handed out; one a seat, once."""


@transaction.atomic
def make_vote(
    *, by: Any, centre: Centre, question: str, method: str, hand: str = Hand.SECRET, text: str = "",
    options: Sequence[tuple[str, int | None]] = (), budget_kroner: int | None = None, quorum: int = 0,
    proposal: Proposal | None = None, form_key: UUID | None = None, is_demo: bool = False,
) -> Vote:  # fmt: skip
    """Prepare a vote. `options` are names and, for a budget, kroner; methods with answers of their own take none.

    Raises:
        BadBallot: hands cannot count this method.
    """
    if form_key is not None and (there := Vote.objects.filter(centre=centre, form_key=form_key).first()):
        return there
    if hand == Hand.HANDS and method not in BY_HANDS:
        raise BadBallot
    made = Vote.objects.create(
        centre=centre, question=question.strip(), method=method, hand=hand, text=text.strip(), quorum=quorum,
        budget_kroner=budget_kroner if method == Method.BUDGET else None, proposal=proposal, form_key=form_key, is_demo=is_demo,
    )  # fmt: skip
    if made.has_options:
        rows = enumerate(options)
        Option.objects.bulk_create(Option(vote=made, number=n, name=name, cost_kroner=cost) for n, (name, cost) in rows)
    record("meetingplace:vote:made", by=by, about=made.key, within=centre.key)
    return made


@transaction.atomic
def drop_vote(*, by: Any, vote: Vote) -> None:
    """Throw away a vote that was never opened.

    Raises:
        NotYet: it has been opened.
    """
    if not Vote.objects.filter(pk=vote.pk, state=VoteState.DRAFT).delete()[0]:
        raise NotYet
    record("meetingplace:vote:dropped", by=by, about=vote.key, within=vote.centre.key)


@transaction.atomic
def open_vote(*, by: Any, vote: Vote, closes_at: datetime, people: Sequence[Any] = (), cards: Sequence[int] = ()) -> Vote:
    """Open a vote and fix the list of those who may vote. Nobody is added or taken away after this.

    The box gets its length here, from the number of seats, and keeps it.

    Raises:
        NotYet: opened before, or nobody could vote.
    """
    row = _locked(vote)
    listed = len(people) + len(cards)
    if row.state != VoteState.DRAFT or closes_at <= timezone.now() or listed > MOST_SEATS:
        raise NotYet
    if row.hand == Hand.SECRET and not listed:
        raise NotYet
    seats = [Seat(vote=row, person_id=person) for person in dict.fromkeys(people)]
    seats += [Seat(vote=row, card_id=card) for card in dict.fromkeys(cards)]
    Seat.objects.bulk_create(seats)
    row.state, row.opened_at, row.closes_at = VoteState.OPEN, timezone.now(), closes_at
    row.save(update_fields=["state", "opened_at", "closes_at"])
    if row.hand == Hand.SECRET:
        BallotBox.objects.create(vote=row, sealed=_sealed(row, Box(room_for(row.method, len(seats)))))
        queue_job("meetingplace.close_vote", after=closes_at - timezone.now() + timedelta(seconds=1), vote=row.pk)
    for person in dict.fromkeys(people):
        give_notice(person, "meetingplace.vote", slug=row.centre.organisation.slug, vote=row.pk)
    record("meetingplace:vote:opened", by=by, about=row.key, within=row.centre.key, seats=len(seats))
    return row


def _locked(vote: Vote) -> Vote:
    return Vote.objects.select_for_update(of=("self",)).select_related("centre__organisation").get(pk=vote.pk)


def _sealed(vote: Vote, box: Box) -> bytes:
    return seal(vote.key_owner, FIELD, shut(box))


def _opened(vote: Vote, holder: BallotBox) -> Box:
    return opened(unseal(vote.key_owner, FIELD, bytes(holder.sealed)))


def new_receipt() -> str:
    """A receipt no one can guess. It goes into the voter's form and is kept nowhere."""
    return as_printed("".join(secrets.choice(SIGNS) for _ in range(RECEIPT_SIGNS)))


def _key_of(vote: Vote, receipt: str) -> str:
    """A ballot's random key: the keyed digest of a receipt only its voter has."""
    return keyed_digest(f"ballot:{vote.pk}", as_typed(receipt))


@transaction.atomic
def issue_seat_card(*, by: Any, seat: Seat) -> str:
    """A voting card for somebody on the list who votes on paper or a borrowed screen. One a seat, once.

    Raises:
        CardIssued: there has been one.
        NotOpen: the vote is not open.
    """
    row = _locked(seat.vote)
    if not row.is_open:
        raise NotOpen
    if not Seat.objects.filter(pk=seat.pk, has_card=False).update(has_card=True):
        raise CardIssued
    _, printed = issue_code(kind=SEAT, subject=seat.key)
    record("meetingplace:seat:card", by=by, about=row.key, within=row.centre.key)
    return printed


@transaction.atomic
def cast(*, vote: Vote, seat: Seat | None, receipt: str, ballot: dict[str, Any]) -> None:
    """Put a ballot in the box, or change the one this receipt belongs to.

    The whole box is opened, changed and sealed anew at the same length. Which seats have voted is known inside only.
    The same form twice gives one ballot, since it carries its receipt.

    Raises:
        NotOpen: nobody can vote now.
        BadBallot: not a ballot of this vote.
        AlreadyVoted: the seat has a ballot under another receipt.
        NoSuchReceipt: no seat, and no ballot with this receipt.
    """
    # The box itself is locked and no other row: a lock leaves its mark too (`xmax`).
    holder = BallotBox.objects.select_for_update().filter(vote=vote).first()
    row = Vote.objects.get(pk=vote.pk)
    if holder is None or not row.is_open or (seat is not None and seat.vote_id != row.pk):
        raise NotOpen
    if not is_valid(row.method, [number for number, _name, _cost in options_of(row)], ballot):
        raise BadBallot
    clean = {"c": ballot["c"], "r": " ".join(str(ballot.get("r", "")).split())[:LONGEST_REASON]}
    box, key = _opened(row, holder), _key_of(row, receipt)
    if key not in box.ballots:
        if seat is None:
            raise NoSuchReceipt
        if seat.pk in box.voted:
            raise AlreadyVoted
        box.voted.add(seat.pk)
    box.ballots[key] = clean
    holder.sealed = _sealed(row, box)
    holder.save(update_fields=["sealed"])


def has_ballot(*, vote: Vote, receipt: str) -> bool:
    """Whether the box holds a ballot with this receipt. Says nothing of what stands on it."""
    if not vote.is_open or vote.hand != Hand.SECRET:
        return False
    box = _opened(vote, BallotBox.objects.get(vote=vote))
    return _key_of(vote, receipt) in box.ballots


@transaction.atomic
def close_vote(*, by: Any, vote: Vote) -> Vote:
    """Count when the time is out, keep what may be shown, and destroy box and key: receipts lead nowhere after this.

    Raises:
        NotYet: it is still open, or is counted by hands.
    """
    row = _locked(vote)
    if row.state != VoteState.OPEN or row.hand != Hand.SECRET or row.is_open:
        raise NotYet
    box = _opened(row, BallotBox.objects.select_for_update().get(vote=row))
    ballots = [ballot for _key, ballot in sorted(box.ballots.items())]
    _finish(row, by=by, result=_result(row, ballots))
    BallotBox.objects.filter(vote=row).delete()
    transaction.on_commit(lambda: destroy_key(row.key_owner))
    return row


def _result(vote: Vote, ballots: Sequence[dict[str, Any]], turnout: int | None = None) -> dict[str, Any]:
    options = options_of(vote)
    return count(
        vote.method, [number for number, _name, _cost in options], ballots, costs={n: cost or 0 for n, _name, cost in options},
        budget=vote.budget_kroner or 0, quorum=vote.quorum, seats=Seat.objects.filter(vote=vote).count(), turnout=turnout,
    )  # fmt: skip


def _finish(vote: Vote, *, by: Any, result: dict[str, Any]) -> None:
    vote.state, vote.closed_at, vote.result = VoteState.CLOSED, timezone.now(), result
    vote.save(update_fields=["state", "closed_at", "result"])
    for seat in Seat.objects.filter(vote=vote, has_card=True):
        end_codes(kind=SEAT, subject=seat.key)
    for person in Seat.objects.filter(vote=vote, person__isnull=False).order_by("pk").values_list("person_id", flat=True):
        give_notice(person, "meetingplace.counted", slug=vote.centre.organisation.slug, vote=vote.pk)
    record("meetingplace:vote:counted", by=by, about=vote.key, within=vote.centre.key)


@transaction.atomic
def count_hands(*, by: Any, vote: Vote, counts: Sequence[int], present: int) -> str:
    """One of two people enters the hands they counted. Two that agree close the vote; two that differ count again.

    Returns:
        `waiting` for the other, `agreed`, or `differ`, after which both are asked anew.

    Raises:
        NotOpen: not a vote of hands, or over.
        BadBallot: more hands than people.
    """
    row = _locked(vote)
    if row.state != VoteState.OPEN or row.hand != Hand.HANDS:
        raise NotOpen
    numbers = [number for number, _name, _cost in options_of(row)]
    at_once = max(counts, default=0) if row.method == Method.APPROVAL else sum(counts)
    if len(counts) != len(numbers) or min(counts, default=0) < 0 or at_once > present:
        raise BadBallot
    HandsCount.objects.update_or_create(vote=row, person=by, defaults={"counts": list(counts), "present": present})
    record("meetingplace:vote:hands-entered", by=by, about=row.key, within=row.centre.key)
    found = list(HandsCount.objects.filter(vote=row).order_by("pk"))
    if len(found) == 1:
        return "waiting"
    if any((one.counts, one.present) != (found[0].counts, found[0].present) for one in found):
        HandsCount.objects.filter(vote=row).delete()
        return "differ"
    hands = [{"c": [number]} for number, raised in zip(numbers, counts, strict=True) for _ in range(raised)]
    _finish(row, by=by, result=_result(row, hands, turnout=present if row.method == Method.APPROVAL else sum(counts)))
    HandsCount.objects.filter(vote=row).delete()
    return "agreed"


@transaction.atomic
def note_asked(*, by: Any, vote: Vote, on_date: date) -> None:
    """A host went round and asked those who came that day."""
    Asked.objects.get_or_create(vote=vote, on_date=on_date)
    record("meetingplace:vote:asked", by=by, about=vote.key, within=vote.centre.key)


def close_due() -> int:
    """Count votes whose time is out; take away keys whose box is gone. Returns how many were counted."""
    rows = Vote.objects.filter(state=VoteState.OPEN, hand=Hand.SECRET, closes_at__lte=timezone.now()).order_by("pk")
    number = 0
    for row in rows[:200]:
        close_vote(by="job", vote=row)
        number += 1
    for row in Vote.objects.filter(state=VoteState.CLOSED, closed_at__gte=timezone.now() - timedelta(days=7)):
        if has_key(row.key_owner):
            destroy_key(row.key_owner)
    return number


def tell_hosts_who_is_quiet() -> int:
    """Two days before a round closes: tell hosts if a day's regulars have not been asked. Returns how many rounds."""
    told = 0
    for vote in rounds_soon_over(timedelta(days=2)):
        with transaction.atomic():
            if not quiet_days_of(vote) or not Vote.objects.filter(pk=vote.pk, is_told_quiet=False).update(is_told_quiet=True):
                continue
            for role in (Role.HOST, Role.COORDINATOR):
                for person in people_with_role(role, [vote.centre.organisation_id]):
                    give_notice(person, "meetingplace.quiet", slug=vote.centre.organisation.slug, vote=vote.pk)
            told += 1
    return told
