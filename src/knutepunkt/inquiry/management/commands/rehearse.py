"""`knutepunkt rehearse FILE... --out DIR`: files through the whole job, one withdrawal, and a search for the words."""

import os
import subprocess
import sys
import tempfile
from argparse import SUPPRESS, ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

# What would lead the rehearsal into the installation's own data.
OWN = (
    "KNUTEPUNKT_HOME", "KNUTEPUNKT_KEYS_HOME", "KNUTEPUNKT_DATABASE_URL", "KNUTEPUNKT_KEYS_URL", "KNUTEPUNKT_KEY_FILE",
    "KNUTEPUNKT_INSTALLATION_KEY", "KNUTEPUNKT_SECRET_KEY", "KNUTEPUNKT_ADDRESS", "KNUTEPUNKT_SMTP_HOST",
    "KNUTEPUNKT_DEBUG", "DEMO",
)  # fmt: skip
NOT_WELL = 3
AGAIN = "import sys; from knutepunkt.config.command import main; sys.argv[0] = 'knutepunkt'; main()"


class Command(BaseCommand):
    """Rehearse the main job in a throw-away folder. Ends with 1 if a withdrawn word is found anywhere."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--out", required=True, type=Path, metavar="DIR")
        parser.add_argument("--log", type=Path, help=SUPPRESS)

    def handle(self, *_args: Any, **options: Any) -> None:
        files, out = [path.resolve() for path in options["files"]], options["out"].resolve()
        if options["log"] is None:
            self._apart(files, out)
        else:
            self._here(files, out, options["log"])

    def _apart(self, files: list[Path], out: Path) -> None:
        """Run again in a process of its own, with a data folder that is gone afterwards."""
        with tempfile.TemporaryDirectory(prefix="knutepunkt-rehearsal-") as folder:
            home, log = Path(folder) / "var", Path(folder) / "log.txt"
            place = {k: v for k, v in os.environ.items() if k not in OWN}
            place |= {"KNUTEPUNKT_HOME": str(home), "KNUTEPUNKT_KEYS_HOME": str(Path(folder) / "keys"), "DEMO": "0"}
            place["KNUTEPUNKT_DEBUG"] = "1"  # no style sheets needed: nobody looks, the pages are read
            command = [sys.executable, "-c", AGAIN, "rehearse", *map(str, files), "--out", str(out), "--log", str(log)]
            with log.open("w", encoding="utf-8") as errors:
                done = subprocess.run(command, env=place, stderr=errors, check=False)  # noqa: S603 (ourselves)
            if done.returncode not in {0, NOT_WELL}:
                raise CommandError(_("Prøven stoppet. Siste linje: %s") % _last_line(log))
        if done.returncode:
            raise SystemExit(1)

    def _here(self, files: list[Path], out: Path, log: Path) -> None:
        from knutepunkt.inquiry.rehearsal.run import rehearse  # noqa: PLC0415 (slow)

        call_command("setup")
        result = rehearse(files, out, log)
        for line in result["surfaces"]:
            self.stdout.write(f"{line['when']:24} {line['surface']:26} {line['searched']:7} {line['found']:7}")
        for one in result["files"]:
            self.stdout.write(f"{'✓' if one['ok'] else '✗'} {one['name']}{': ' + one['reason'] if one['reason'] else ''}")
        self.stdout.write(_("Alt er borte.") if result["ok"] else _("Prøven gikk ikke. Se result.json."))
        if not result["ok"]:
            raise SystemExit(NOT_WELL)


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else ""
