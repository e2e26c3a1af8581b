"""What the meeting place keeps: the place itself, and what is decided there."""

from knutepunkt.meetingplace.models.booking import Booking, Guide, Introduction, Resource, Wait
from knutepunkt.meetingplace.models.door import Tap
from knutepunkt.meetingplace.models.meetings import AgendaItem, HouseMeeting, Undertaking, Willing
from knutepunkt.meetingplace.models.place import Centre, Hours, HouseRules, Picture, ShownHost
from knutepunkt.meetingplace.models.proposals import Comment, Hiding, Proposal, Step, Support, VoiceCard
from knutepunkt.meetingplace.models.votes import Asked, BallotBox, HandsCount, Option, Seat, Vote
from knutepunkt.meetingplace.models.work import Handover, Task

__all__ = ["Centre"]
__all__ += ["Hours", "HouseRules", "Picture", "ShownHost"]
__all__ += ["Booking", "Guide", "Introduction", "Resource", "Wait"]
__all__ += ["Handover", "Tap", "Task"]
__all__ += ["AgendaItem", "Asked", "BallotBox", "Comment", "HandsCount", "Hiding", "HouseMeeting", "Option"]
__all__ += ["Proposal", "Seat", "Step", "Support", "Undertaking", "VoiceCard", "Vote", "Willing"]
