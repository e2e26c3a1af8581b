"""Reminding of a check-in on the weekday somebody has asked for; never when the journey rests.

Which weekday lies sealed in the person's settings. In the clear stands only that there is something to open
(`Note.wakes`), so the job opens the settings of those who asked, some at a time, and of nobody else.
"""

import json
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from knutepunkt.journey.models import Note
from knutepunkt.people.queries import people_by_key
from knutepunkt.web.jobs import queue_job
from knutepunkt.web.notices import give_notice, told_today
from knutepunkt.web.sealing import unseal_each

KIND = "journey.remind"
AT_ONCE = 500
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def remind_some(*, after: str = "") -> str:
    """Remind those of the next five hundred who want it today and have not written today.

    Four queries however many they are, and one or two for each who is told.

    Args:
        after: the key of the last settings looked at.

    Returns:
        The key to go on from; empty when all are done.
    """
    today = timezone.localdate()
    rows = Note.objects.filter(wakes=True, person__is_active=True, person__erased_at=None).select_related("person")
    some = list((rows.filter(pk__gt=UUID(after)) if after else rows).order_by("pk")[:AT_ONCE])
    opened = unseal_each({(row.person.key_owner, row.field): bytes(row.content) for row in some})
    wanted = [row for row in some if _wants(opened.get((row.person.key_owner, row.field)), WEEKDAYS[today.weekday()])]
    keys = [row.person_id for row in wanted]
    written = set(
        Note.objects.filter(person_id__in=keys, kind="checkin", made_on=today).values_list("person_id", flat=True)
    )
    told = told_today(KIND, keys)
    for row in wanted:
        if row.person_id not in written and row.person_id not in told:
            _tell(row.person)
    return str(some[-1].pk) if len(some) == AT_ONCE else ""


def _wants(settings: bytes | None, weekday: str) -> bool:
    if settings is None:
        return False
    content = json.loads(settings)
    return bool(content["remind_on"] == weekday and not content["is_resting"])


@transaction.atomic
def _tell(person: Any) -> None:
    give_notice(person.pk, KIND)
    if person.email:
        queue_job("journey.send_reminder", person=str(person.pk))


def reminded(person: str) -> Any:
    """The person a reminder goes to, if there is still an address to send it to."""
    row = people_by_key([UUID(person)]).get(UUID(person))
    return row if row is not None and row.is_active and row.email else None
