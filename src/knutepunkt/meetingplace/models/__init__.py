"""What the meeting place keeps: the place itself, and what is decided there."""

from knutepunkt.meetingplace.models.booking import Booking, Guide, Introduction, Resource, Wait
from knutepunkt.meetingplace.models.door import Tap
from knutepunkt.meetingplace.models.place import Centre, Hours, HouseRules, Picture, ShownHost
from knutepunkt.meetingplace.models.work import Handover, Task

__all__ = ["Centre"]
__all__ += ["Hours", "HouseRules", "Picture", "ShownHost"]
__all__ += ["Booking", "Guide", "Introduction", "Resource", "Wait"]
__all__ += ["Handover", "Tap", "Task"]
