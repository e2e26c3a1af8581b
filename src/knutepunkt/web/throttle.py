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
    start, key = _window(what, who, per)
    with transaction.atomic():
        row, _ = ThrottleCount.objects.get_or_create(key=key, window=start)
        ThrottleCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
    if row.count + 1 > limit:
        raise TooManyTries(int((start + per - timezone.now()).total_seconds()) + 1)


def take_back_try(what: str, who: str, *, per: timedelta) -> None:
    """A try that succeeded does not count."""
    start, key = _window(what, who, per)
    ThrottleCount.objects.filter(key=key, window=start, count__gt=0).update(count=F("count") - 1)


def _window(what: str, who: str, per: timedelta) -> tuple[datetime, str]:
    """When the window that is running began, and the digest that counts are kept under."""
    now, seconds = timezone.now(), int(per.total_seconds())
    start = datetime.fromtimestamp(now.timestamp() // seconds * seconds, tz=now.tzinfo)
    return start, keyed_digest("throttle", f"{what}|{who}")


def forget_old_counts() -> int:
    """Delete counts older than a day. Returns how many."""
    deleted, _ = ThrottleCount.objects.filter(window__lt=timezone.now() - timedelta(days=1)).delete()
    return deleted
