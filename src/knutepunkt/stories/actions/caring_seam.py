"""Where the desk hands on to telling: what has been taken in rests before it is shown."""

from typing import Any

from knutepunkt.stories.actions.telling_showing import NoConsent, NotOnDesk, StillOpen, accept_item
from knutepunkt.stories.models import Item


class NotReady(Exception):
    """A proposed change waits for the teller, or the consent has ended."""


def take_into_the_house(*, by: Any, item: Item) -> None:
    """The desk says yes: the item rests. Inside the caller's transaction, with the item's row locked and on the desk.

    Raises:
        NotReady: it cannot rest yet.
    """
    try:
        accept_item(by=by, item=item)
    except (NoConsent, NotOnDesk, StillOpen) as fault:
        raise NotReady from fault
