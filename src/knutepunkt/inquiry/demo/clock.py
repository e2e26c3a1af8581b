"""A clock that can stand on an earlier day, so that invented history gets its dates through the same actions.

Only for seeding a demo, in a process that does nothing else meanwhile.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone


@contextmanager
def days_ago(days: float) -> Iterator[None]:
    """Inside, `timezone.now()` is so many days ago; outside it is as before."""
    real = timezone.now
    timezone.now = lambda: real() - timedelta(days=days)
    try:
        yield
    finally:
        timezone.now = real
