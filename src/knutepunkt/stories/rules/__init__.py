"""Who may do what in the library."""

from knutepunkt.stories.rules import telling

__all__ = ["telling"]
