"""Two things at the very same time, on a database where that can happen."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from knutepunkt.stories.actions import telling as actions
from knutepunkt.stories.actions import telling_leaving, telling_showing
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.models import Item, Published
from tests.stories.telling import Place

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer"),
]
assert connection is not None


def together(*acts: Any) -> list[Exception]:
    gate, faults = threading.Barrier(len(acts)), []

    def run(act: Any) -> None:
        gate.wait()
        try:
            act()
        except Exception as fault:  # noqa: BLE001 (looked at by the test)
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


@pytest.mark.parametrize("time", range(4))
def test_taken_back_while_it_is_being_shown_is_never_left_standing(time: int) -> None:
    place = Place()
    item = telling_showing.accept_item(by=place.editor, item=place.sent())
    Item.objects.update(rests_until=timezone.now() - timedelta(minutes=1))

    faults = together(lambda: telling_showing.publish_one(item.pk), lambda: telling_leaving.take_back(item=item))

    assert faults == []
    assert not Published.objects.exists()
    assert Item.objects.get().state == State.TAKEN_BACK


def test_two_who_save_at_once_lose_nothing_unseen() -> None:
    item = Place().draft()

    faults = together(*[lambda n=n: actions.save_words(item=item, version=1, text=f"Nummer {n}") for n in range(3)])

    assert sorted(type(fault).__name__ for fault in faults) == ["SavedByOther", "SavedByOther"]
    assert Item.objects.get().version == 2
