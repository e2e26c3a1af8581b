"""Where the desk hands on to telling: what has been taken in rests before it is shown."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from knutepunkt.stories.choices.item import State
from knutepunkt.stories.models import Item

REST = timedelta(days=7)


class NotReady(Exception):
    """A proposed change waits for the teller, or the consent has ended."""


def take_into_the_house(*, by: Any, item: Item) -> None:
    """The desk says yes: the item rests. Inside the caller's transaction, with the item's row locked and on the desk.

    Raises:
        NotReady: it cannot rest yet.
    """
    assert by is not None  # noqa: S101 (who acted stands in the desk's own trail line)
    item.state, item.rests_until = State.RESTING, timezone.now() + REST
    item.save(update_fields=["state", "rests_until"])
