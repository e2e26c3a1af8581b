"""The few things the front door changes."""

from typing import Any

from knutepunkt.web.notices import mark_read


def read_notices(*, by: Any) -> int:
    """A person has read their notices. Returns how many were new."""
    return mark_read(by)
