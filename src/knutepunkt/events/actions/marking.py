"""The mark that a place's feeds are known by: raised by whatever changes what the calendar shows."""

from django.db.models import F

from knutepunkt.events.choices import EventState
from knutepunkt.events.models import Event, FeedMark


def mark_feeds(*, event: Event) -> None:
    """Raise the mark of the organiser's feeds, in the transaction of the change; drafts are in no feed."""
    if event.state == EventState.DRAFT:
        return
    if not FeedMark.objects.filter(organiser_id=event.organiser_id).update(number=F("number") + 1):
        FeedMark.objects.get_or_create(organiser_id=event.organiser_id)
        FeedMark.objects.filter(organiser_id=event.organiser_id).update(number=F("number") + 1)
