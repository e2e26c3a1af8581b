"""`knutepunkt replay-withdrawals`: after a restore, take away again what the key store remembers."""

from typing import Any

from django.core.management.base import BaseCommand

from knutepunkt.web.jobs import work_off
from knutepunkt.web.registers import REPLAYS


class Command(BaseCommand):
    """Replay."""

    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        for name, replay in REPLAYS.items():
            self.stdout.write(f"{name}: {replay()} replayed")
        work_off()
