"""`knutepunkt rebuild-search`: every search index made anew from what it is about; after an upgrade that changed words."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from knutepunkt.web.registers import SEARCHABLES


class Command(BaseCommand):
    """Each kind of searchable thing in turn, with how many there are."""

    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        with translation.override("nb"):
            for name, searchable in SEARCHABLES.items():
                self.stdout.write(f"{name}: {searchable.rebuild()}")
