"""What the library holds of people, by its parts."""

from knutepunkt.stories.personal_data import caring, choosing, finding, item, telling


def enter() -> None:
    """Enter the room's kinds of record in the register."""
    item.enter()
    telling.enter()
    caring.enter()
    finding.enter()
    choosing.enter()
