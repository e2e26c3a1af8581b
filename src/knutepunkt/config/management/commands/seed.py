"""`knutepunkt seed`: fill the demo hub, once; a second time changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from knutepunkt.config.installation import make_ready, seed_demo


class Command(BaseCommand):
    """Fill the demo hub with invented people and what they do."""

    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            message = "Set DEMO=1 to seed the demo hub: its people can sign in without a password."
            raise CommandError(message)
        make_ready()
        seed_demo()
