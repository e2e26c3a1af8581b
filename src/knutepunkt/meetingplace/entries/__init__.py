"""What the room enters in the house's registers."""

from knutepunkt.meetingplace.entries import place, voice


def enter() -> None:
    """Enter everything."""
    place.enter()
    voice.enter()
