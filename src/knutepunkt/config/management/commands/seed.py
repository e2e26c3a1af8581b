"""`knutepunkt seed`: the demo hub, or `--coordinator NAME` for the first coordinator of an empty house."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from knutepunkt.config.installation import make_ready
from knutepunkt.web.jobs import work_off
from knutepunkt.web.registers import DEMO_SEEDS


class Command(BaseCommand):
    """Fill the demo hub with invented people and what they do."""

    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            message = "Set DEMO=1 to seed the demo hub: its people can sign in without a password."
            raise CommandError(message)
        make_ready()
        for _key, seed in DEMO_SEEDS.items():
            seed()
        work_off()
