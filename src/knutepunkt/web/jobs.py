"""Work after the answer: jobs in the database, tried again with back-off, never lost.

Library: django-tasks with its database backend. Here: retries, a sweep for jobs whose worker died,
and a list for the operator. Arguments are identifiers only; a fault's text is never kept.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

log = logging.getLogger(__name__)
TRIES = 6
STUCK_AFTER = timedelta(minutes=15)
WORK: dict[str, Callable[..., None]] = {}
DAILY: list[str] = []


class JobFailed(Exception):
    """A job that failed its last try; carries the job's name and no words."""


def job(name: str, *, daily: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Enter a function as a job under this name; `daily` ones are queued by the worker once a day."""

    def enter(function: Callable[..., None]) -> Callable[..., None]:
        WORK[name] = function
        if daily and name not in DAILY:
            DAILY.append(name)
        return function

    return enter


def queue_job(name: str, *, after: timedelta | None = None, **identifiers: str | int) -> None:
    """Queue a job within the running transaction, so that it exists if and only if the change does."""
    _enqueue(name, 1, after, dict(identifiers))


def _enqueue(name: str, attempt: int, after: timedelta | None, identifiers: dict[str, Any]) -> None:
    run = run_job.using(run_after=timezone.now() + after) if after else run_job
    run.enqueue(name, attempt, identifiers)


@task()
def run_job(name: str, attempt: int, identifiers: dict[str, Any]) -> None:
    """Do one job; on a fault, queue the next try later, and after the last one leave it for the operator."""
    try:
        WORK[name](**identifiers)
    except Exception as fault:  # noqa: BLE001 (whatever it is, the job is not lost)
        log.warning("job %s try %s failed: %s", name, attempt, type(fault).__name__)
        if attempt >= TRIES:
            message = f"{name} after {attempt} tries: {type(fault).__name__}"
            raise JobFailed(message) from None
        with transaction.atomic():
            _enqueue(name, attempt + 1, timedelta(seconds=5 * 4 ** (attempt - 1)), identifiers)


def sweep_stuck_jobs() -> int:
    """Put jobs whose worker died back in the queue. Returns how many."""
    stuck = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - STUCK_AFTER
    )
    return stuck.update(status=TaskResultStatus.READY, started_at=None)


def failed_jobs() -> list[dict[str, Any]]:
    """The jobs that failed their last try, newest first, for the operator: name, identifiers, when."""
    rows = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by("-finished_at")[:100]
    return [
        {"id": str(row.id), "name": row.args_kwargs["args"][0], "identifiers": row.args_kwargs["args"][2],
         "at": row.finished_at}
        for row in rows
    ]  # fmt: skip


def try_failed_job_again(result_id: str) -> None:
    """Queue a failed job anew, from its first try."""
    row = DBTaskResult.objects.get(pk=result_id, status=TaskResultStatus.FAILED)
    name, _, identifiers = row.args_kwargs["args"]
    _enqueue(name, 1, None, identifiers)
    row.delete()


def work_off(limit: int = 500) -> int:
    """Do what is due now, in this process; for tests, `rehearse` and small hosts. Returns how many."""
    done = 0
    while done < limit:
        row = DBTaskResult.objects.ready().first()
        if row is None:
            return done
        row.claim("here")
        try:
            run_job.call(*row.args_kwargs["args"])
        except JobFailed as fault:
            row.set_failed(fault)
        else:
            row.delete()
        done += 1
    return done
