"""Who may do what in the library."""

from knutepunkt.stories.rules import finding  # noqa: F401 (signs the permissions up)
