"""Jobs: tried again with back-off, swept when stuck, shown when they fail for good."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from knutepunkt.web import jobs

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
CALLS: list[str] = []


@pytest.fixture(autouse=True)
def _work(monkeypatch: pytest.MonkeyPatch) -> None:
    CALLS.clear()

    def fine(thing: str) -> None:
        CALLS.append(thing)

    def fails(thing: str) -> None:
        CALLS.append(thing)
        message = "the words of a person"
        raise RuntimeError(message)

    monkeypatch.setattr(jobs, "WORK", {"test.fine": fine, "test.fails": fails})


def make_due() -> None:
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now() - timedelta(1))


def test_job_is_done_once() -> None:
    jobs.queue_job("test.fine", thing="7")

    assert jobs.work_off() == 1
    assert jobs.work_off() == 0
    assert CALLS == ["7"]


def test_failing_job_is_tried_again_later_then_left_for_the_operator() -> None:
    jobs.queue_job("test.fails", thing="7")

    for _ in range(jobs.TRIES):
        jobs.work_off()
        make_due()

    assert CALLS == ["7"] * jobs.TRIES
    assert [(j["name"], j["identifiers"]) for j in jobs.failed_jobs()] == [("test.fails", {"thing": "7"})]
    assert "words of a person" not in str(DBTaskResult.objects.values())


def test_failed_job_can_be_queued_anew() -> None:
    jobs.queue_job("test.fails", thing="7")
    for _ in range(jobs.TRIES):
        jobs.work_off()
        make_due()

    jobs.try_failed_job_again(jobs.failed_jobs()[0]["id"])

    assert jobs.failed_jobs() == []
    assert DBTaskResult.objects.ready().count() == 1


def test_stuck_job_is_put_back() -> None:
    jobs.queue_job("test.fine", thing="7")
    long_ago = timezone.now() - timedelta(hours=1)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=long_ago)

    assert jobs.sweep_stuck_jobs() == 1
    assert jobs.work_off() == 1
