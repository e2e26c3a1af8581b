"""What the meeting place keeps: the place itself, and what is decided there."""

from knutepunkt.meetingplace.models.place import Centre

__all__ = ["Centre"]
