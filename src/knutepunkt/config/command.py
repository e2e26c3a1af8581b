"""The console script `knutepunkt`: our own commands and Django's, through one door."""

import os
import sys


def main() -> None:
    """Run a command with the house's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knutepunkt.config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (slow)

    execute_from_command_line([os.path.basename(sys.argv[0]) or "knutepunkt", *sys.argv[1:]])  # noqa: PTH119
