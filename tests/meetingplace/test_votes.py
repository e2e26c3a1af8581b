"""Votes: one person one vote, a list fixed at opening, receipts, hands counted by two, results that point at nobody."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from knutepunkt.meetingplace.actions import voting
from knutepunkt.meetingplace.models import BallotBox, HandsCount, Seat, Vote
from knutepunkt.meetingplace.queries.votes import seat_by_key
from knutepunkt.web.models import Notice
from knutepunkt.web.papercodes import redeem_code
from knutepunkt.web.sealing import has_key
from tests.meetingplace.making import House, cast, time_is_out

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_everybody_has_one_vote_and_a_leaders_weighs_the_same() -> None:
    house = House(participants=3)
    vote = house.vote()

    for person, answer in zip(house.everybody, (0, 0, 1, 1, 1, 1), strict=True):
        cast(vote, person, answer)

    assert time_is_out(vote).result["votes"] == {"0": 2, "1": 4, "2": 0}
    assert Vote.objects.get().result["outcome"] == "no"


def test_a_seat_votes_once_and_its_receipt_changes_the_ballot() -> None:
    house = House(participants=5)
    vote, first = house.vote(), house.people[0]
    receipt = cast(vote, first, 0)

    with pytest.raises(voting.AlreadyVoted):
        cast(vote, first, 1)
    with pytest.raises(voting.NoSuchReceipt):
        voting.cast(vote=vote, seat=None, receipt=voting.new_receipt(), ballot={"c": [1]})
    voting.cast(vote=vote, seat=None, receipt=receipt.lower(), ballot={"c": [1]})
    for person in house.people[1:]:
        cast(vote, person, 1)

    assert time_is_out(vote).result["votes"] == {"0": 0, "1": 5, "2": 0}


def test_the_same_form_sent_twice_is_one_ballot() -> None:
    house = House(participants=5)
    vote, receipt = house.vote(), voting.new_receipt()

    for _ in range(2):
        cast(vote, house.people[0], 0, receipt=receipt)
    for person in house.people[1:]:
        cast(vote, person, 0)

    assert time_is_out(vote).result["turnout"] == 5


def test_the_list_is_fixed_at_opening() -> None:
    house = House()
    vote = house.vote(people=house.people)
    late, _ = house.card("Sen")

    assert Seat.objects.filter(vote=vote).count() == 2
    assert not Seat.objects.filter(vote=vote, card=late.card).exists()
    with pytest.raises(voting.NotYet):
        voting.open_vote(by=house.host, vote=vote, closes_at=timezone.now() + timedelta(days=1), people=[house.host.pk])
    assert Seat.objects.filter(vote=vote).count() == 2


def test_a_voting_card_is_issued_once_and_shares_its_seat_with_the_account() -> None:
    house = House()
    vote, person = house.vote(), house.people[0]
    seat = vote.seats.get(person=person)

    printed = voting.issue_seat_card(by=house.host, seat=seat)
    with pytest.raises(voting.CardIssued):
        voting.issue_seat_card(by=house.host, seat=seat)
    held = seat_by_key(redeem_code(kind="meetingplace.seat", typed=printed, client="x").subject)
    assert held
    voting.cast(vote=vote, seat=held, receipt=voting.new_receipt(), ballot={"c": [0]})

    with pytest.raises(voting.AlreadyVoted):
        cast(vote, person, 1)


def test_a_card_holder_votes_without_an_account() -> None:
    house = House(participants=4)
    guest, _ = house.card()
    assert guest.card
    vote = house.vote(people=house.people, cards=[guest.card.pk])

    voting.cast(vote=vote, seat=vote.seats.get(card=guest.card), receipt=voting.new_receipt(), ballot={"c": [1]})
    for person in house.people:
        cast(vote, person, 0)

    assert time_is_out(vote).result == {
        "enough": True, "turnout": 5, "seats": 5, "winners": [], "outcome": "yes", "votes": {"0": 4, "1": 1, "2": 0},
    }  # fmt: skip


def test_nobody_votes_after_the_time_or_with_another_votes_seat_or_ballot() -> None:
    house = House()
    vote, other = house.vote(), house.vote()
    with pytest.raises(voting.NotOpen):
        voting.cast(vote=vote, seat=other.seats.first(), receipt=voting.new_receipt(), ballot={"c": [0]})
    for bad in ({"c": [7]}, {"c": [0, 1]}, {"c": []}, {"c": "0"}, {"c": [0, 0]}):
        with pytest.raises(voting.BadBallot):
            voting.cast(vote=vote, seat=vote.seats.first(), receipt=voting.new_receipt(), ballot=bad)
    with pytest.raises(voting.NotYet):
        voting.close_vote(by=house.host, vote=vote)
    Vote.objects.filter(pk=vote.pk).update(closes_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(voting.NotOpen):
        cast(vote, house.host, 0)


def test_under_five_ballots_only_the_outcome_is_kept(django_capture_on_commit_callbacks: Any) -> None:
    house = House()
    for method, options in (("concern", ()), ("ranked", (("A", None), ("B", None))), ("budget", (("A", 10), ("B", 20)))):
        vote = house.vote(method, options=options, budget_kroner=20)
        for person, choice in zip(house.everybody[:4], (2, 0, 1, 1) if method == "concern" else (0, 0, 1, 0), strict=True):
            cast(vote, person, choice, reason="Det er langt å gå")
        with django_capture_on_commit_callbacks(execute=True):
            result = time_is_out(vote).result

        assert set(result) == {"enough", "winners", "outcome"}
        assert "langt" not in str(result)


def test_five_ballots_show_reasons_in_an_order_of_their_own() -> None:
    house = House(participants=3)
    vote = house.vote("concern")

    for n, person in enumerate(house.everybody):
        cast(vote, person, 2, reason=f"Grunn {9 - n}")

    assert time_is_out(vote).result["reasons"] == [f"Grunn {n}" for n in range(4, 10)]


def test_quorum() -> None:
    house = House(participants=4)
    vote = house.vote(quorum=6)

    for person in house.everybody[:5]:
        cast(vote, person, 0)

    assert time_is_out(vote).result == {"enough": True, "turnout": 5, "seats": 7, "winners": [], "outcome": "no_quorum"}


def test_closing_destroys_box_key_and_receipts(django_capture_on_commit_callbacks: Any) -> None:
    house = House()
    vote = house.vote()
    receipt = cast(vote, house.host, 0)
    assert voting.has_ballot(vote=vote, receipt=receipt)
    assert has_key(vote.key_owner)

    with django_capture_on_commit_callbacks(execute=True):
        closed = time_is_out(vote)

    assert not BallotBox.objects.exists()
    assert not has_key(vote.key_owner)
    assert not voting.has_ballot(vote=closed, receipt=receipt)


def test_two_must_count_the_same_hands() -> None:
    house = House(participants=3)
    vote = house.vote("yes_no", hand="hands", people=[])

    assert voting.count_hands(by=house.host, vote=vote, counts=[5, 2, 0], present=8) == "waiting"
    assert voting.count_hands(by=house.host, vote=vote, counts=[5, 2, 1], present=8) == "waiting"  # the same person again
    assert voting.count_hands(by=house.people[0], vote=vote, counts=[4, 3, 1], present=8) == "differ"
    assert not HandsCount.objects.exists()
    with pytest.raises(voting.BadBallot):
        voting.count_hands(by=house.host, vote=vote, counts=[5, 4, 0], present=8)
    voting.count_hands(by=house.host, vote=vote, counts=[5, 2, 1], present=8)
    assert voting.count_hands(by=house.people[0], vote=vote, counts=[5, 2, 1], present=8) == "agreed"

    vote.refresh_from_db()
    assert vote.result["votes"] == {"0": 5, "1": 2, "2": 1}
    with pytest.raises(voting.NotOpen):
        voting.count_hands(by=house.host, vote=vote, counts=[1, 0, 0], present=8)


def test_hands_cannot_count_rankings() -> None:
    with pytest.raises(voting.BadBallot):
        House().vote("ranked", hand="hands", options=[("A", None), ("B", None)])


def test_everybody_on_the_list_is_told_and_the_daily_job_counts_what_is_left() -> None:
    house = House()
    vote = house.vote()
    Vote.objects.filter(pk=vote.pk).update(closes_at=timezone.now() - timedelta(days=1))

    assert voting.close_due() == 1
    assert voting.close_due() == 0
    kinds = list(Notice.objects.filter(recipient=house.people[0].pk).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["meetingplace.vote", "meetingplace.counted"]


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_those_who_vote_at_once_are_all_counted_and_one_who_votes_at_once_is_one() -> None:
    house = House(participants=12)
    vote = house.vote(people=house.people)
    gate = threading.Barrier(4)

    def one(person: Any) -> str:
        try:
            gate.wait(timeout=20)
            cast(vote, person, 0)
        except voting.AlreadyVoted:
            return "again"
        finally:
            connections.close_all()
        return "counted"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(one, [*house.people, *[house.people[0]] * 4]))

    assert answers == ["counted"] * 12 + ["again"] * 4
    assert time_is_out(vote).result["turnout"] == 12
