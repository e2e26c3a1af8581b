"""Who may do what in the library."""

from knutepunkt.stories.rules import caring

__all__ = ["caring"]
