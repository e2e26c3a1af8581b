"""Who may do what in the library."""

from knutepunkt.stories.rules import (
    caring,  # noqa: F401 (signs the permissions up)
    choosing,  # noqa: F401 (signs the permissions up)
    finding,  # noqa: F401 (signs the permissions up)
    telling,  # noqa: F401 (signs the permissions up)
)
