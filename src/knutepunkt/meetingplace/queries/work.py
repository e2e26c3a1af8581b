"""Reads of tasks and shifts."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from knutepunkt.meetingplace.models import Centre, Task


def tasks_to_come(centre: Centre, *, days: int = 14) -> list[Task]:
    """What there is to do from today on, and tasks left from the days before. One query."""
    today = timezone.localdate()
    rows = Task.objects.filter(
        Q(on_date__gte=today) | Q(done_at=None, starts=None, on_date__gte=today - timedelta(days=7)),
        centre=centre, on_date__lte=today + timedelta(days=days),
    )  # fmt: skip
    return list(rows.select_related("taken_by").order_by("on_date", "starts", "pk")[:200])


def tasks_on(centre: Centre, day: date) -> list[Task]:
    """What there is to do on a day, and tasks left from the week before. One query."""
    left = Q(done_at=None, starts=None, on_date__gte=day - timedelta(days=7), on_date__lt=day)
    rows = Task.objects.filter(Q(on_date=day) | left, centre=centre).select_related("taken_by")
    return list(rows.order_by("starts", "on_date", "pk")[:200])


def task_at(slug: str, task_id: int) -> Task | None:
    """One task of the place an address names."""
    rows = Task.objects.filter(centre__organisation__slug=slug, pk=task_id)
    return rows.select_related("centre__organisation", "taken_by").first()


def own_tasks(person: Any) -> list[Task]:
    """What a person has taken and not done, from today on. One query."""
    rows = Task.objects.filter(taken_by_id=person.pk, done_at=None, on_date__gte=timezone.localdate())
    return list(rows.select_related("centre__organisation").order_by("on_date", "starts", "pk")[:50])


def done_by(person: Any) -> list[Task]:
    """What a person has done for a house, newest first. One query."""
    rows = Task.objects.filter(taken_by_id=person.pk, done_at__isnull=False)
    return list(rows.select_related("centre__organisation").order_by("-done_at", "-pk")[:50])
