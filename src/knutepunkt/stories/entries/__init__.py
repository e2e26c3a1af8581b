"""What the room enters in the house's registers, by its three parts."""

from knutepunkt.stories.entries import caring, finding, telling


def enter() -> None:
    """Enter everything."""
    telling.enter()
    caring.enter()
    finding.enter()
