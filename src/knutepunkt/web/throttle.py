"""Slowing down whoever tries too often. Counts live in the database, so all processes share them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from knutepunkt.web.models import ThrottleCount
from knutepunkt.web.sealing import keyed_digest


class TooManyTries(Exception):
    """Somebody has tried too often; `seconds` until the next window."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def client_of(request: HttpRequest) -> str:
    """Who asks, for counting only: the address of the connection. It is digested before it is stored."""
    return str(request.META.get("REMOTE_ADDR", ""))


def count_try(what: str, who: str, *, limit: int, per: timedelta) -> None:
    """Count one try, in a transaction of its own.

    Raises:
        TooManyTries: more than `limit` tries within the window `per`.
    """
    now = timezone.now()
    seconds = int(per.total_seconds())
    start = datetime.fromtimestamp(now.timestamp() // seconds * seconds, tz=now.tzinfo)
    key = keyed_digest("throttle", f"{what}|{who}")
    with transaction.atomic():
        row, _ = ThrottleCount.objects.get_or_create(key=key, window=start)
        ThrottleCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
    if row.count + 1 > limit:
        raise TooManyTries(int((start + per - now).total_seconds()) + 1)


def forget_old_counts() -> int:
    """Delete counts older than a day. Returns how many."""
    deleted, _ = ThrottleCount.objects.filter(window__lt=timezone.now() - timedelta(days=1)).delete()
    return deleted
