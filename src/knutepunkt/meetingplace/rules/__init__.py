"""Who may do what at the meeting place."""

from knutepunkt.meetingplace.rules import (
    place,  # noqa: F401 (signs the permissions up)
    voice,  # noqa: F401 (signs the permissions up)
)
