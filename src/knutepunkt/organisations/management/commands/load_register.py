"""Load the register of places from the house's own facts."""

from typing import Any

from django.core.management.base import BaseCommand

from knutepunkt.organisations.actions import load_register


class Command(BaseCommand):
    help = "Enter what is missing in the register of places. What is there is left as it is."

    def handle(self, *_: Any, **__: Any) -> None:
        made = load_register(by="operator")
        self.stdout.write(f"{made} places entered.")
