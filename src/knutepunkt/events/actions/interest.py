"""Interest before there is a day: say so, and take it back. Who it is stays with the person, or sealed."""

from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from knutepunkt.events.choices import CODE, INTEREST_KEPT, NEEDS_KEPT, EventState
from knutepunkt.events.models import Event, Interest
from knutepunkt.web.papercodes import end_codes, renew_code
from knutepunkt.web.sealing import KeyGone, destroy_key, seal_text, unseal_text
from knutepunkt.web.trail import record


class HasDays(Exception):
    """There is a day already, or it is not out, or cancelled: there is nothing to wait for."""


@transaction.atomic
def show_interest(*, by: Any, event: Event, email: str = "") -> Interest:
    """Say that one wants to know when. A person who says it twice is there once.

    Args:
        by: a person with an account, or `guest`.
        email: where a guest wants to be told; sealed. Without it the guest is counted, and has a code.

    Raises:
        HasDays: there is nothing to wait for.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    person = None if isinstance(by, str) else by
    if person is not None and (there := Interest.objects.filter(event=event, person_id=person.pk).first()):
        return there
    if event.state != EventState.PUBLISHED or event.has_dates:
        raise HasDays
    made = Interest.objects.create(
        event=event, person=person,
        language=(person.language if person else translation.get_language() or "nb")[:2],
    )  # fmt: skip
    if email and person is None:
        made.email = seal_text(made.key_owner, "email", email)
        made.save(update_fields=["email"])
    record("events:interest:shown", by="participant", about=event.key, within=event.key)
    return made


@transaction.atomic
def end_interest(*, by: Any, interest: Interest) -> None:
    """Take it back: row, key and code go."""
    del by  # the trail says that somebody did, never who
    destroy_key(interest.key_owner)
    end_codes(kind=CODE, subject=interest.key)
    Interest.objects.filter(pk=interest.pk).delete()
    record("events:interest:ended", by="participant", about=interest.event.key, within=interest.event.key)


def interest_slip(*, by: Any, interest: Interest) -> str:
    """A code on paper with which a guest can take it back. Shown once."""
    del by
    return renew_code(kind=CODE, subject=interest.key)[1]


def address_of_interest(interest: Interest) -> str:
    """Where to send word, if anywhere."""
    if interest.person is not None:
        return interest.person.email or ""
    try:
        return unseal_text(interest.key_owner, "email", bytes(interest.email)) if interest.email else ""
    except KeyGone:
        return ""


def forget_interest() -> int:
    """Delete interest 30 days after people were told, or a year after they said so. Returns how many."""
    now = timezone.now()
    told = Interest.objects.filter(told_at__lt=now - NEEDS_KEPT)
    old = Interest.objects.filter(told_at=None, made_at__lt=now - INTEREST_KEPT)
    rows = [*told.order_by("pk")[:5000], *old.order_by("pk")[:5000]]
    for row in rows:
        destroy_key(row.key_owner)
        end_codes(kind=CODE, subject=row.key)
    Interest.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
