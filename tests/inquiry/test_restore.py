"""After a restore of the data: what was taken away since the backup is taken away again.

A rolled back transaction stands for the restored backup: the data is as before, the key store remembers.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.core.management import call_command
from django.db import transaction

from knutepunkt.inquiry.actions import findings, withdrawal
from knutepunkt.inquiry.choices import QuotationState
from knutepunkt.inquiry.models import Quotation, Source
from knutepunkt.web.keystore.models import Gone
from knutepunkt.web.registers import REPLAYS
from tests.inquiry.test_withdrawal import HERS, World

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
WORDS = "ved vinduet"


class BackThen(Exception):
    """The backup is put back."""


@contextmanager
def restored() -> Iterator[None]:
    """What is done inside is not in the backup."""
    with suppress(BackThen), transaction.atomic():
        yield
        raise BackThen


@pytest.fixture
def world() -> World:
    return World()


def strike(world: World, number: int = 2, words: str = WORDS) -> None:
    turn = world.source.turns.get(number=number)
    withdrawal.strike_out(turn=turn, words=words, version=Source.objects.get().version)


def test_struck_words_are_struck_again_and_stand_nowhere_beside_the_keys(world: World) -> None:
    with restored():
        strike(world)
    assert WORDS in Source.objects.get().text

    call_command("replay_withdrawals")

    assert WORDS not in Source.objects.get().text
    assert "bare puste" in Source.objects.get().text
    assert WORDS not in world.public("public-report")
    assert WORDS not in str(list(Gone.objects.values_list("what", "key", "how")))


def test_several_strikes_in_one_turn_are_struck_again_in_order(world: World) -> None:
    with restored():
        strike(world, words="sette meg ")
        strike(world, words="og bare puste")
        strike(world, number=5, words="tre uker")

    assert REPLAYS["inquiry.strike-outs"]() == 3

    text = Source.objects.get().text
    assert "De sa at jeg kunne ved vinduet ." in text
    assert "Det tok  før jeg turde" in text


def test_what_is_struck_already_is_left_alone_however_often_it_is_replayed(world: World) -> None:
    strike(world, number=3, words="en ")  # the same letters stand elsewhere in the turn too
    text = Source.objects.get().text

    assert [REPLAYS["inquiry.strike-outs"]() for _ in range(2)] == [0, 0]
    assert Source.objects.get().text == text

    with restored():
        strike(world)
    assert [REPLAYS["inquiry.strike-outs"]() for _ in range(2)] == [1, 0]


def test_a_no_to_a_quotation_is_said_again(world: World) -> None:
    hers = Quotation.objects.get(words__contains=HERS)
    with restored():
        findings.decide_quotation(quotation=hers, participant=world.her, yes=False)
    assert HERS in world.public("public-report")

    call_command("replay_withdrawals")

    assert Quotation.objects.get(pk=hers.pk).state == QuotationState.REFUSED
    assert HERS not in world.public("public-report")


def test_a_no_that_became_a_yes_stays_a_yes(world: World) -> None:
    hers = Quotation.objects.get(words__contains=HERS)
    findings.decide_quotation(quotation=hers, participant=world.her, yes=False)
    findings.decide_quotation(quotation=hers, participant=world.her, yes=True)

    assert REPLAYS["inquiry.refusals"]() == 0
