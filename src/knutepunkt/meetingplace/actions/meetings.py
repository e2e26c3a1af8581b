"""House meetings: called, put together by all, chaired in turn, written down in plain words."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from knutepunkt.meetingplace.actions.proposals import SOMEBODY, Stale
from knutepunkt.meetingplace.choices.voice import Way
from knutepunkt.meetingplace.models import AgendaItem, Centre, HouseMeeting, Proposal, Undertaking, Willing
from knutepunkt.meetingplace.queries.voice import Speaker, group_of
from knutepunkt.web.trail import record


@transaction.atomic
def call_meeting(
    *, by: Any, centre: Centre, starts_at: datetime, where: str = "", form_key: UUID | None = None, is_demo: bool = False
) -> HouseMeeting:
    """Call a house meeting. The same form twice gives one."""
    if form_key is not None and (there := HouseMeeting.objects.filter(centre=centre, form_key=form_key).first()):
        return there
    made = HouseMeeting.objects.create(centre=centre, starts_at=starts_at, where=where.strip(), form_key=form_key, is_demo=is_demo)
    record("meetingplace:meeting:called", by=by, about=made.key, within=centre.key)
    return made


@transaction.atomic
def add_item(
    *, by: Any, meeting: HouseMeeting, title: str, text: str = "", proposal: Proposal | None = None, author_name: str = "",
    form_key: UUID | None = None,
) -> AgendaItem:  # fmt: skip
    """Put something on the agenda: by a speaker of the place, or by a host (`by` a person) for somebody who wrote on paper."""
    rows = AgendaItem.objects.filter(meeting=meeting)
    if form_key is not None and (there := rows.filter(form_key=form_key).first()):
        return there
    if proposal is not None and (there := rows.filter(proposal=proposal).first()):
        return there
    speaks = isinstance(by, Speaker)
    own = by.author if speaks else {}
    way = (Way.ACCOUNT if by.person is not None else Way.CARD) if speaks else Way.PAPER
    made = AgendaItem.objects.create(
        meeting=meeting, title=title.strip()[:120], text=text.strip(), proposal=proposal, way=way,
        author_name=author_name.strip()[:80], form_key=form_key, **own,
    )  # fmt: skip
    record("meetingplace:agenda:added", by=SOMEBODY if speaks else by, about=f"meetingplace.item:{made.pk}", within=meeting.key)
    return made


@transaction.atomic
def drop_item(*, by: Any, item: AgendaItem) -> None:
    """Take something off the agenda: by a host, or by who added it."""
    record("meetingplace:agenda:dropped", by=by, about=f"meetingplace.item:{item.pk}", within=item.meeting.key)
    item.delete()


def say_willing(*, by: Any, centre: Centre, yes: bool) -> None:
    """Say that one can chair, or not any more."""
    if yes:
        Willing.objects.get_or_create(centre=centre, person=by)
    else:
        Willing.objects.filter(centre=centre, person=by).delete()


@transaction.atomic
def choose_chair(*, by: Any, meeting: HouseMeeting, person: Any) -> HouseMeeting:
    """Who chairs: one of those who said yes."""
    row = HouseMeeting.objects.select_for_update(of=("self",)).select_related("centre").get(pk=meeting.pk)
    row.chair, row.chair_name, row.chair_group = person, person.chosen_name, group_of(person, row.centre)
    row.save(update_fields=["chair", "chair_name", "chair_group"])
    record("meetingplace:meeting:chair", by=by, about=row.key, within=row.centre.key)
    return row


@transaction.atomic
def write_minutes(*, by: Any, meeting: HouseMeeting, minutes: str, came: int | None, version: int) -> HouseMeeting:
    """Write the minutes.

    Raises:
        Stale: somebody else saved since they were read.
    """
    row = HouseMeeting.objects.select_for_update(of=("self",)).select_related("centre").get(pk=meeting.pk)
    if row.version != version:
        raise Stale(row)
    row.minutes, row.came, row.version = minutes.strip(), came, version + 1
    row.save(update_fields=["minutes", "came", "version"])
    record("meetingplace:meeting:minutes", by=by, about=row.key, within=row.centre.key)
    return row


@transaction.atomic
def write_item(*, by: Any, item: AgendaItem, said: str, decided: str, version: int) -> AgendaItem:
    """Write what was said about one thing, and what came of it.

    Raises:
        Stale: somebody else saved since it was read.
    """
    row = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=item.pk)
    if row.version != version:
        raise Stale(row)
    row.said, row.decided, row.version = said.strip(), decided.strip(), version + 1
    row.save(update_fields=["said", "decided", "version"])
    record("meetingplace:agenda:written", by=by, about=f"meetingplace.item:{row.pk}", within=row.meeting.key)
    return row


@transaction.atomic
def publish_minutes(*, by: Any, meeting: HouseMeeting) -> HouseMeeting:
    """Put the minutes out for all to read. They can be mended afterwards, and then say so by their version."""
    HouseMeeting.objects.filter(pk=meeting.pk, published_at=None).update(published_at=timezone.now())
    meeting.refresh_from_db()
    record("meetingplace:meeting:published", by=by, about=meeting.key, within=meeting.centre.key)
    return meeting


@transaction.atomic
def take_on(
    *, by: Any, meeting: HouseMeeting, what: str, who: str, by_date: date | None = None, form_key: UUID | None = None
) -> Undertaking:
    """Somebody takes something on."""
    if form_key is not None and (there := Undertaking.objects.filter(meeting=meeting, form_key=form_key).first()):
        return there
    made = Undertaking.objects.create(meeting=meeting, what=what.strip(), who=who.strip(), by_date=by_date, form_key=form_key)
    record("meetingplace:undertaking:taken-on", by=by, about=f"meetingplace.undertaking:{made.pk}", within=meeting.key)
    return made


@transaction.atomic
def finish_task(*, by: Any, meeting: HouseMeeting, task_id: int) -> None:
    """It is done; pressing again takes it back."""
    task = Undertaking.objects.select_for_update().get(meeting=meeting, pk=task_id)
    task.done_at = None if task.done_at else timezone.now()
    task.save(update_fields=["done_at"])
    record("meetingplace:undertaking:done", by=by, about=f"meetingplace.undertaking:{task.pk}", within=meeting.key)
