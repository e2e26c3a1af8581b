"""From the desk to the library: taken in, resting, shown; and what is due when a consent ends."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from knutepunkt.consent.choices import Purpose
from knutepunkt.consent.queries import consents_ending, purposes_given, subjects_agreeing
from knutepunkt.stories.actions.publishing import put_out
from knutepunkt.stories.actions.telling import TELLER, locked, tell, telling_of
from knutepunkt.stories.actions.telling_consent import make_private
from knutepunkt.stories.choices.item import Kind, State
from knutepunkt.stories.choices.telling import AT_ONCE, ON_DESK, REMIND_BEFORE, ChangeState
from knutepunkt.stories.models import Item, Published
from knutepunkt.web.jobs import queue_job
from knutepunkt.web.trail import record


class NotOnDesk(Exception):
    """The story is not with the desk now, so it cannot be taken in."""


class StillOpen(Exception):
    """Changes wait for the one who tells."""


class NoConsent(Exception):
    """There is no consent in force."""


@transaction.atomic
def accept_item(*, by: Any, item: Item) -> Item:
    """The desk takes a story in: it rests for as long as its teller chose, and is then shown if their yes still stands.

    Raises:
        NotOnDesk: it is not with the desk.
        StillOpen: a proposed change waits for an answer.
        NoConsent: its consent has ended, or does not hold for the library.
    """
    row = locked(item)
    if row.state not in ON_DESK:
        raise NotOnDesk
    if row.changes.filter(state=ChangeState.OPEN).exists():
        raise StillOpen
    if Purpose.LIBRARY not in purposes_given(row.key):
        raise NoConsent
    rest = timedelta(days=telling_of(row).rest_days)
    row.state, row.rests_until = State.RESTING, timezone.now() + rest
    row.save(update_fields=["state", "rests_until"])
    queue_job("stories.publish", after=rest + timedelta(minutes=1), item=str(row.pk))
    tell(row, "stories.accepted" if row.approved_version == row.version else "stories.say-yes")
    record("stories:item:accepted", by=by, about=row.key)
    return row


def publish_one(pk: Any) -> bool:
    """Show a story that has rested, if its teller's yes to exactly this version still stands. Says whether it is shown now."""
    with transaction.atomic():
        row = Item.objects.select_for_update().filter(pk=pk, state=State.RESTING).first()
        if row is None or row.rests_until is None or row.rests_until > timezone.now() or row.approved_version != row.version:
            return False
        given = purposes_given(row.key)
        if Purpose.LIBRARY not in given:
            return False
        put_out(row, may_be_found=Purpose.PUBLIC_WEB in given)
        tell(row, "stories.published")
        record("stories:item:published", by="job", about=row.key)
    return True


def publish_rested() -> int:
    """Show every story that has rested. Returns how many."""
    due = Item.objects.filter(state=State.RESTING, rests_until__lte=timezone.now()).order_by("rests_until", "pk")
    return sum(publish_one(pk) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def rest_longer(*, item: Item, days: int) -> Item:
    """Let it rest for so many days more. Only while it rests."""
    row = locked(item)
    if row.state != State.RESTING or row.rests_until is None:
        raise NotOnDesk
    row.rests_until += timedelta(days=days)
    row.save(update_fields=["rests_until"])
    queue_job("stories.publish", after=row.rests_until - timezone.now() + timedelta(minutes=1), item=str(row.pk))
    record("stories:item:rests-longer", by=TELLER, about=row.key, days=days)
    return row


def remind_of_end() -> int:
    """Ask, a month before a consent ends, whether it shall go on. Once for each end. Returns how many were asked."""
    today, asked = timezone.localdate(), 0
    ends = consents_ending("stories.item", from_on=today, to_on=today + REMIND_BEFORE)
    keys = {subject.partition(":")[2]: until_on for subject, until_on in ends}
    rows = Item.objects.filter(pk__in=list(keys), state=State.PUBLISHED, telling__isnull=False).select_related("telling")
    for row in rows:
        until_on = keys[str(row.pk)]
        if row.telling.reminded_for != until_on:
            row.telling.reminded_for = until_on
            row.telling.save(update_fields=["reminded_for"])
            tell(row, "stories.renew")
            asked += 1
    return asked


def let_go_of_expired() -> int:
    """Take down stories whose consent has ended or no longer holds for the library. Their words are private again. Returns how many."""
    gone, after = 0, None
    while True:
        rows = Published.objects.filter(kind=Kind.STORY).select_related("item").order_by("pk")
        batch = list((rows.filter(pk__gt=after) if after else rows)[:AT_ONCE])
        if not batch:
            return gone
        after = batch[-1].pk
        agreeing = subjects_agreeing([row.item.key for row in batch], Purpose.LIBRARY)
        for shown in batch:
            if shown.item.key not in agreeing:
                gone += _let_go(shown.item)


@transaction.atomic
def _let_go(item: Item) -> int:
    row = locked(item)
    if Purpose.LIBRARY in purposes_given(row.key):
        return 0
    make_private(row)
    tell(row, "stories.ended")
    record("stories:item:ended", by="job", about=row.key)
    return 1
