"""The room's jobs, by its parts."""

from knutepunkt.stories.jobs import caring

__all__ = ["caring"]
