"""Tasks and shifts: what hosts put up, what people take, let go and do; and a note from one host to the next."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from knutepunkt.meetingplace.actions.telling import SOMEBODY, tell_about_task
from knutepunkt.meetingplace.choices.place import HANDOVER_KEPT, MOST_WEEKS, TASKS_KEPT, TaskKind
from knutepunkt.meetingplace.models import Centre, Handover, Task
from knutepunkt.web.notices import give_notice
from knutepunkt.web.sealing import seal_text
from knutepunkt.web.trail import record


class TakenByAnother(Exception):
    """Somebody else took it first."""


class ForHosts(Exception):
    """A host's shift is taken by hosts."""


@transaction.atomic
def put_up_task(
    *, by: Any, centre: Centre, title: str, on_date: date, kind: str = TaskKind.TASK, text: str = "",
    starts: time | None = None, ends: time | None = None, weeks: int = 1, form_key: UUID | None = None,
) -> list[Task]:
    """Put up a task or shift, once or every week. The same form sent twice is one."""
    if form_key and (same := list(Task.objects.filter(form_key=form_key, centre=centre).order_by("on_date"))):
        return same
    made = [
        Task.objects.create(
            centre=centre, kind=kind, title=title.strip(), text=text.strip(), starts=starts, ends=ends,
            on_date=on_date + timedelta(days=7 * n), form_key=form_key,
        )
        for n in range(max(1, min(weeks, MOST_WEEKS)))
    ]  # fmt: skip
    record("meetingplace:task:put-up", by=by, about=centre.key, within=centre.key, number=len(made))
    return made


def _locked(task: Task) -> Task:
    return Task.objects.select_for_update(of=("self",)).select_related("centre__organisation").get(pk=task.pk)


@transaction.atomic
def take_task(*, by: Any, task: Task, is_host: bool = False) -> Task:
    """Take it. Taking what one has changes nothing more; the hosts are told.

    Raises:
        TakenByAnother: somebody else was first, or it is done.
        ForHosts: it is a host's shift.
    """
    row = _locked(task)
    if row.taken_by_id == by.pk and row.done_at is None:
        return row
    if row.taken_by_id is not None or row.done_at is not None:
        raise TakenByAnother
    if row.kind == TaskKind.HOST and not is_host:
        raise ForHosts
    row.taken_by_id, row.taken_at = by.pk, timezone.now()
    row.save(update_fields=["taken_by", "taken_at"])
    tell_about_task(row, "task-taken", but=by.pk)
    record("meetingplace:task:taken", by=SOMEBODY, about=row.key, within=row.centre.key)
    return row


@transaction.atomic
def let_task_go(*, by: Any, task: Task) -> Task:
    """Let it go, so that others may take it; the hosts are told, and nobody is asked why."""
    row = _locked(task)
    if row.taken_by_id == by.pk and row.done_at is None:
        row.taken_by, row.taken_at = None, None
        row.save(update_fields=["taken_by", "taken_at"])
        tell_about_task(row, "task-let-go", but=by.pk)
        record("meetingplace:task:let-go", by=SOMEBODY, about=row.key, within=row.centre.key)
    return row


@transaction.atomic
def finish_task(*, by: Any, task: Task) -> Task:
    """It is done. A host may say so for the one who took it, who is told."""
    row = _locked(task)
    if row.done_at is None:
        row.done_at = timezone.now()
        row.save(update_fields=["done_at"])
        tell_about_task(row, "task-done", but=by.pk)
        if row.taken_by_id and row.taken_by_id != by.pk:
            give_notice(row.taken_by_id, "meetingplace.task-thanks", centre=row.centre.organisation.slug, task=row.pk)
        record("meetingplace:task:done", by=SOMEBODY, about=row.key, within=row.centre.key)
    return row


@transaction.atomic
def remove_task(*, by: Any, task: Task) -> None:
    """Take it down; whoever had taken it is told."""
    row = _locked(task)
    if row.taken_by_id and row.done_at is None and row.taken_by_id != by.pk:
        give_notice(row.taken_by_id, "meetingplace.task-gone", centre=row.centre.organisation.slug)
    record("meetingplace:task:removed", by=by, about=row.key, within=row.centre.key)
    row.delete()


@transaction.atomic
def leave_note(*, by: Any, centre: Centre, words: str) -> Handover:
    """A note for the next host, sealed with the place's key. The newest is shown; all are gone after two weeks."""
    made = Handover.objects.create(
        centre=centre, by_id=by.pk, words=seal_text(centre.key_owner, "handover", words.strip())
    )
    record("meetingplace:handover:left", by=by, about=centre.key, within=centre.key)
    return made


def forget_old_notes() -> int:
    """Delete notes between hosts after two weeks. Returns how many."""
    return int(Handover.objects.filter(made_at__lt=timezone.now() - HANDOVER_KEPT).delete()[0])


def forget_who_did() -> int:
    """After a year it is not known who did what. Returns how many."""
    old = timezone.localdate() - TASKS_KEPT
    return int(Task.objects.filter(on_date__lt=old).exclude(taken_by=None).update(taken_by=None, taken_at=None))
