"""What the room enters in the house's registers, by its parts."""

from knutepunkt.stories.entries import caring, choosing, finding, telling


def enter() -> None:
    """Enter everything."""
    telling.enter()
    caring.enter()
    finding.enter()
    choosing.enter()
