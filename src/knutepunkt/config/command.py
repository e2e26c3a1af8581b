"""The console script `knutepunkt`: our own commands and Django's, through one door."""

import os
import sys


def main() -> None:
    """Run a command with the house's settings; `import-sources` and the like are spelled with hyphens."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knutepunkt.config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (slow)

    name, *rest = sys.argv[1:] or ["help"]
    execute_from_command_line(["knutepunkt", name.replace("-", "_") if name[:1] != "-" else name, *rest])
