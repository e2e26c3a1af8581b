"""Telling people: a notice on their own page, with identifiers and no words."""

from typing import Any

from knutepunkt.meetingplace.models import Booking, Centre, Introduction, Task
from knutepunkt.meetingplace.queries.place import hosts_of
from knutepunkt.web.notices import give_notice

SOMEBODY = "participant"
"""The trail says that somebody booked, asked or borrowed, never who."""


def who(by: Any, centre: Centre, person_id: Any = None) -> Any:
    """Whom the trail names: the house's own people when they act for others, else nobody in particular."""
    del centre
    return SOMEBODY if getattr(by, "pk", None) is None or by.pk == person_id else by


def tell_about_booking(booking: Booking, what: str) -> None:
    """Tell the one it belongs to, if it belongs to anybody with an account."""
    if booking.person_id:
        give_notice(booking.person_id, f"meetingplace.{what}", booking=booking.pk)


def tell_hosts(centre: Centre, what: str, *, but: Any = None, **facts: Any) -> None:
    """Tell every host and coordinator of the place, the one who did it apart."""
    for key in hosts_of(centre):
        if key != but:
            give_notice(key, f"meetingplace.{what}", centre=centre.organisation.slug, **facts)


def tell_about_task(task: Task, what: str, *, but: Any) -> None:
    """Tell the hosts what became of a task."""
    tell_hosts(task.centre, what, but=but, task=task.pk)


def tell_about_introduction(row: Introduction, what: str) -> None:
    """Tell the one who asked."""
    resource = row.resource
    give_notice(
        row.person_id, f"meetingplace.{what}", centre=resource.centre.organisation.slug, resource=resource.pk
    )
