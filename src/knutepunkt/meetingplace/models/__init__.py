"""What the meeting place keeps: the place itself, and what is decided there."""

from knutepunkt.meetingplace.models.meetings import AgendaItem, HouseMeeting, Task, Willing
from knutepunkt.meetingplace.models.place import Centre
from knutepunkt.meetingplace.models.proposals import Comment, Hiding, Proposal, Step, Support, VoiceCard
from knutepunkt.meetingplace.models.votes import Asked, BallotBox, HandsCount, Option, Seat, Vote

__all__ = ["Centre"]
__all__ += ["AgendaItem", "Asked", "BallotBox", "Comment", "HandsCount", "Hiding", "HouseMeeting", "Option"]
__all__ += ["Proposal", "Seat", "Step", "Support", "Task", "VoiceCard", "Vote", "Willing"]
