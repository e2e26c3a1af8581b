"""Update the register of places from a file in Statistics Norway's format."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from knutepunkt.organisations.actions import UnreadableRegister, update_register


class Command(BaseCommand):
    help = (
        "Update the register from FILE: a list of codes (code;parentCode;level;name;...;validFrom;validTo) or a "
        "table of changes (oldCode;...;newCode;...;changeOccurred), semicolons, as Statistics Norway (KLASS) gives them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            message = f"There is no file {path}."
            raise CommandError(message)
        try:
            report = update_register(by="operator", path=path)
        except UnreadableRegister as reason:
            message = f"{path.name} could not be read: {reason}. Nothing was changed."
            raise CommandError(message) from None
        for line in report.lines:
            self.stdout.write(line)
        self.stdout.write(f"{len(report.lines)} changes reported.")
