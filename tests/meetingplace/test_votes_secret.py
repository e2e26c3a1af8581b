"""A ballot is secret: every table of both databases is read, with storage order, times and transactions, and the logs.

The strongest thing that can be said is said: casting a ballot changes one field of one row and nothing else anywhere, that
field keeps its length, and when the vote is counted its key and its row are gone.
"""

import itertools
import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knutepunkt.meetingplace.actions import voting
from knutepunkt.meetingplace.actions.voting import _key_of
from knutepunkt.meetingplace.models import BallotBox, Vote
from knutepunkt.web.papercodes import as_typed
from tests.meetingplace.making import House, cast, signed_in, time_is_out

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
REASON = "Trappa ved inngangen er bratt"
ORDER = {"sqlite": "rowid", "postgresql": "ctid::text, xmin::text, xmax::text"}


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of both databases, with where and by which transaction it is stored."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for alias in ("default", "keys"):
        connection = connections[alias]
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                hidden = "rowid" if "_fts" not in table else "1"
                hidden = ORDER["postgresql"] if connection.vendor == "postgresql" else hidden
                cursor.execute(f'SELECT {hidden}, t.* FROM "{table}" t')
                found[f"{alias}.{table}"] = [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in cursor.fetchall()]
    return found


def stored_bytes() -> bytes:
    """The pages of the database as they lie on disk, free ones too; on PostgreSQL those of the box."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        return bytes(connection.connection.serialize())
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath('meetingplace_ballotbox'))")
        return bytes(cursor.fetchone()[0])


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {table for table in after if before.get(table) != after[table]}


def vote_in_browser(client: Client, house: House, vote: Vote, choice: int) -> str:
    """Cast a ballot through the pages, as a person does; gives the receipt."""
    url = reverse("meetingplace:vote-cast", args=[house.slug, vote.pk])
    ticket = re.search(r'name="ticket" value="([^"]+)"', client.get(url).content.decode())
    assert ticket
    page = client.post(url, {"ticket": ticket[1], "choice": choice, "reason": REASON}).content.decode()
    code = re.search(r'kp-codecard-code">([^<]+)<', page)
    assert code, page
    return code[1]


def test_casting_changes_one_field_of_one_row_and_nothing_else() -> None:
    house = House(participants=4)
    vote = house.vote("concern")
    clients = [signed_in(person) for person in house.people]
    for client in clients:
        client.get(reverse("meetingplace:vote", args=[house.slug, vote.pk]))
    length = len(bytes(BallotBox.objects.get().sealed))

    for client, choice in zip(clients, (0, 1, 2, 0), strict=True):
        before = everything()
        vote_in_browser(client, house, vote, choice)
        after = everything()

        assert changed(before, after) == {"default.meetingplace_ballotbox"}
        assert len(after["default.meetingplace_ballotbox"]) == 1
        assert len(bytes(BallotBox.objects.get().sealed)) == length


def test_changing_a_ballot_looks_as_casting_one() -> None:
    house = House(participants=4)
    vote = house.vote("concern")
    receipt = cast(vote, house.people[0], 0)
    before, length = everything(), len(bytes(BallotBox.objects.get().sealed))

    voting.cast(vote=vote, seat=None, receipt=receipt, ballot={"c": [2], "r": REASON})

    assert changed(before, everything()) == {"default.meetingplace_ballotbox"}
    assert len(bytes(BallotBox.objects.get().sealed)) == length


def test_changing_through_the_page_leaves_a_counted_try_and_no_more() -> None:
    house = House(participants=4)
    vote = house.vote("concern")
    receipt = cast(vote, house.people[0], 0)
    url, client = reverse("meetingplace:vote-change", args=[house.slug, vote.pk]), Client()
    client.post(url, {"receipt": receipt})  # the try of this hour has been counted, and taken back
    before = everything()

    page = client.post(url, {"receipt": receipt}).content.decode()
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)
    assert ticket
    assert "checked" not in page, "it is never shown how one voted"
    answer = client.post(url, {"ticket": ticket[1], "choice": 2, "reason": REASON}).content.decode()

    assert receipt in answer
    assert changed(before, everything()) <= {"default.meetingplace_ballotbox", "default.web_throttlecount"}


def test_nothing_that_is_stored_holds_receipt_choice_reason_or_ballot_key_in_the_open() -> None:
    house = House(participants=5)
    vote = house.vote("concern")
    receipts = [vote_in_browser(signed_in(person), house, vote, 2) for person in house.people]
    secrets = [REASON, *receipts, *map(as_typed, receipts), *(_key_of(vote, receipt) for receipt in receipts)]

    for closed in (False, True):
        if closed:
            Vote.objects.filter(pk=vote.pk).update(result=None)
            time_is_out(vote)
            secrets.remove(REASON)  # shown to all, as its writer was told
        kept = repr(everything()).encode() + stored_bytes()
        assert [secret for secret in secrets if secret.encode() in kept] == []


def test_after_the_count_no_row_of_any_table_joins_a_voter_to_a_ballot() -> None:
    house = House(participants=6)
    vote = house.vote("ranked", options=[("Ovn", None), ("Båt", None), ("Hage", None)])
    orders = list(itertools.permutations(range(3)))
    receipts = {}
    for person, order in zip(house.people, orders, strict=True):
        receipts[person.pk] = cast(vote, person, *order)
    keys = {_key_of(vote, receipt) for receipt in receipts.values()}

    time_is_out(vote)
    rows = everything()

    assert rows["default.meetingplace_ballotbox"] == []
    assert not any(vote.key_owner in row for row in rows["keys.keystore_wrappedkey"])
    seats = rows["default.meetingplace_seat"]
    # any value that differs between two voters' seats, followed through every other table, meets nothing of the ballots
    own = {value for row in seats for value in row if isinstance(value, str) and len(value) > 8}
    for table, found in rows.items():
        for row in found:
            text = repr(row)
            assert not any(key in text for key in keys), table
            if any(value in text for value in own) and table != "default.meetingplace_vote":
                assert "Ovn" not in text, table
                assert '"rounds"' not in text, table
    assert not any(voting.has_ballot(vote=Vote.objects.get(), receipt=receipt) for receipt in receipts.values())


def test_the_order_people_voted_in_leaves_no_trace_in_the_result() -> None:
    house, results = House(participants=6), []
    answers = [[0, 1], [1, 0], [2], [0], [1, 2], [2, 0]]
    for turn in (list(range(6)), [5, 3, 1, 0, 2, 4]):
        vote = house.vote("ranked", options=[("Ovn", None), ("Båt", None), ("Hage", None)], people=house.people)
        for n in turn:
            cast(vote, house.people[n], *answers[n])
        results.append(repr(time_is_out(vote).result))

    assert results[0] == results[1]


def test_inside_the_box_ballots_stand_by_random_keys_apart_from_seats() -> None:
    house = House(participants=6)
    vote = house.vote(people=house.people)
    keys = [_key_of(vote, cast(vote, person, 0)) for person in house.people]

    box = voting._opened(vote, BallotBox.objects.get(vote=vote))

    assert list(box.ballots) == sorted(keys)
    assert all(set(ballot) == {"c", "r"} for ballot in box.ballots.values())
    assert box.voted == set(vote.seats.values_list("pk", flat=True))


def test_nothing_is_logged_of_a_ballot(caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    house = House(participants=2)
    vote = house.vote("concern")

    receipt = vote_in_browser(signed_in(house.people[0]), house, vote, 2)

    written = "\n".join(record.getMessage() for record in caplog.records)
    assert REASON not in written
    assert receipt not in written
    assert as_typed(receipt) not in written


def test_who_has_voted_and_how_many_is_not_seen_while_the_vote_is_open() -> None:
    house = House(participants=6)
    vote = house.vote()
    host = signed_in(house.host)
    addresses = [reverse(f"meetingplace:{name}", args=[house.slug, vote.pk]) for name in ("vote", "vote-seats")]
    plain = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    before = [plain.sub("", host.get(url).content.decode()) for url in addresses]

    for person in house.people:
        cast(vote, person, 0)

    assert [plain.sub("", host.get(url).content.decode()) for url in addresses] == before


def test_times_of_seats_and_cards_are_no_times_of_ballots() -> None:
    house = House(participants=5)
    vote = house.vote()
    seen = {table: rows for table, rows in everything().items() if "ballot" in table}

    cast(vote, house.people[0], 0)

    assert all(not any(hasattr(value, "isoformat") for value in row) for rows in seen.values() for row in rows)
    assert vote.opened_at
    assert vote.opened_at < timezone.now() + timedelta(seconds=1)
