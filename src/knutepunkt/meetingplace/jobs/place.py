"""Jobs of the place: times passed on, things reminded of."""

from knutepunkt.meetingplace.actions import booking
from knutepunkt.meetingplace.models import Resource
from knutepunkt.web.jobs import job


@job("meetingplace.pass_on")
def pass_on(resource: int) -> None:
    """Pass on what nobody answered for."""
    row = Resource.objects.filter(pk=resource).first()
    if row is not None:
        booking.pass_on(resource=row)


@job("meetingplace.pass_on_all", daily=True)
def pass_on_daily() -> None:
    """Pass on everything nobody answered for."""
    booking.pass_on_all()


@job("meetingplace.remind_of_loans", daily=True)
def remind_daily() -> None:
    """A word about things that are to come back."""
    booking.remind_of_loans()
