"""`knutepunkt setup`: make folders, keys and databases ready; does only what is missing."""

from typing import Any

from django.core.management.base import BaseCommand

from knutepunkt.config.installation import make_ready


class Command(BaseCommand):
    """Make the installation ready."""

    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        make_ready()
