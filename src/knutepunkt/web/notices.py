"""Telling people what became of things: notices on their own page, and a mail without content."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from knutepunkt.web.models import Notice


def give_notice(recipient: UUID | Any, kind: str, **facts: Any) -> Notice:
    """Tell a person something. `facts` are identifiers; the register `NOTICES` makes the words."""
    return Notice.objects.create(recipient=getattr(recipient, "pk", recipient), kind=kind, facts=facts)


def told_today(kind: str, recipients: Iterable[UUID]) -> set[UUID]:
    """Those among some who have been told this today already. One query."""
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Notice.objects.filter(recipient__in=list(recipients), kind=kind, at__gte=since)
    return set(rows.values_list("recipient", flat=True))


def notices_of(person: Any) -> QuerySet[Notice]:
    """A person's own notices, newest first."""
    return Notice.objects.filter(recipient=person.pk).order_by("-id")


def mark_read(person: Any) -> int:
    """Mark all of a person's notices as read. Returns how many were new."""
    return Notice.objects.filter(recipient=person.pk, read_at=None).update(read_at=timezone.now())
