"""`knutepunkt worker`: does the jobs, sweeps stuck ones, and queues the daily broom."""

import threading
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from knutepunkt.web.jobs import DAILY, queue_job, sweep_stuck_jobs

TICK = 60


def tick_for_ever() -> None:
    """Once a minute: sweep stuck jobs; once a day: queue the broom."""
    swept_on = None
    while True:
        try:
            sweep_stuck_jobs()
            if swept_on != timezone.localdate():
                for name in DAILY:
                    queue_job(name)
                swept_on = timezone.localdate()
        finally:
            close_old_connections()
        time.sleep(TICK)


class Command(BaseCommand):
    """Run until stopped."""

    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        threading.Thread(target=tick_for_ever, daemon=True, name="tick").start()
        worker = Worker(
            queue_names=["default"], excluded_queue_names=[], interval=1.0, batch=False,
            backend_name="default", startup_delay=False, max_tasks=None, worker_id="knutepunkt",
        )  # fmt: skip
        worker.configure_signals()
        worker.run()
