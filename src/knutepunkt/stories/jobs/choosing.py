"""Jobs of choosing: meanings, a few at a time, so that other work comes in between."""

from knutepunkt.stories.actions.choosing import find_some_meanings
from knutepunkt.web import likeness
from knutepunkt.web.jobs import job, queue_job


@job("stories.find_meanings", daily=True)
def find_meanings() -> None:
    """Work out the next few meanings, and queue itself while there are more."""
    if likeness.is_on() and find_some_meanings():
        queue_job("stories.find_meanings")
