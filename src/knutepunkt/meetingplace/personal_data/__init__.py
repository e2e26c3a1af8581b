"""What the room holds of people, how long, and how it is exported and erased."""

from knutepunkt.meetingplace.personal_data import place, voice


def enter() -> None:
    """Enter the room's kinds of record in the register."""
    place.enter()
    voice.enter()
