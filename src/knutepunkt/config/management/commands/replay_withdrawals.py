"""`knutepunkt replay-withdrawals`: after a restore, withdraw and erase again what the key store remembers."""

from typing import Any

from django.core.management.base import BaseCommand

from knutepunkt.consent.actions import replay_withdrawals
from knutepunkt.people.actions import replay_erasures
from knutepunkt.web.jobs import work_off


class Command(BaseCommand):
    """Replay."""

    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{replay_withdrawals()} withdrawals and {replay_erasures()} erasures replayed.")
        work_off()
