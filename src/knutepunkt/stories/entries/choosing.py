"""What choosing enters in the registers."""

from knutepunkt.stories.jobs import choosing as jobs

LOADED = (jobs,)


def enter() -> None:
    """Its jobs are known when they are imported; its door is shown by the library's front."""
