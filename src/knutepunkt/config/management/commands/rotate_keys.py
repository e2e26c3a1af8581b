"""`knutepunkt rotate-keys`: wrap every key anew with the newest installation key."""

from typing import Any

from django.core.management.base import BaseCommand

from knutepunkt.web.sealing import rotate_installation_key


class Command(BaseCommand):
    """Rotate."""

    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{rotate_installation_key()} keys wrapped with the newest installation key.")
