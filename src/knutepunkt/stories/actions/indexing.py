"""Letting what is published be found, and forgetting it again, in the transaction it is published or taken down in."""

from knutepunkt.stories.models import Published


def index_item(shown: Published) -> None:
    """Enter what is shown in every index."""


def drop_item(shown: Published) -> None:
    """Take it out of every index."""
