"""Jobs of the room: votes are counted when their time is out, and hosts told whom a round has not reached."""

from knutepunkt.meetingplace.actions.proposals import tell_hosts_to_look_again
from knutepunkt.meetingplace.actions.voting import NotYet, close_due, close_vote, tell_hosts_who_is_quiet
from knutepunkt.meetingplace.models import Vote
from knutepunkt.web.jobs import job


@job("meetingplace.close_vote")
def close_one(vote: int) -> None:
    """Count one vote, if its time is out."""
    row = Vote.objects.filter(pk=vote).first()
    if row is not None:
        try:
            close_vote(by="job", vote=row)
        except NotYet:
            return


@job("meetingplace.close_due", daily=True)
def close_all() -> None:
    """Count what was left."""
    close_due()


@job("meetingplace.quiet", daily=True)
def quiet() -> None:
    """Tell hosts."""
    tell_hosts_who_is_quiet()


@job("meetingplace.look_again", daily=True)
def look_again() -> None:
    """Tell hosts."""
    tell_hosts_to_look_again()
