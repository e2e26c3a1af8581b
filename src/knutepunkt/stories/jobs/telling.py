"""Jobs of telling: show what has rested, remind, let go of what has ended, tell of thanks, ask how it is."""

from knutepunkt.stories.actions import telling_heard, telling_showing
from knutepunkt.web.jobs import job


@job("stories.publish")
def publish(item: str) -> None:
    """Show one story, if it has rested and its teller's yes stands."""
    telling_showing.publish_one(item)


@job("stories.publish_rested", daily=True)
def publish_rested() -> None:
    """Show what was left."""
    telling_showing.publish_rested()


@job("stories.let_go_of_expired", daily=True)
def let_go_of_expired() -> None:
    """Take down what nobody agrees to any more, and ask those whose consent ends soon."""
    telling_showing.let_go_of_expired()
    telling_showing.remind_of_end()


@job("stories.tell_tellers", daily=True)
def tell_tellers() -> None:
    """Gathered thanks, and once: how is it to have it out?"""
    telling_heard.tell_of_thanks()
    telling_heard.ask_how_it_is()
