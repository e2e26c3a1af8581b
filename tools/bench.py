"""`make bench`: what each main page and action costs, held against its budget.

Makes a throw-away installation with its own keys and data, measures in process and against the real
server, prints a table, and writes `bench.json` into the data folder (KNUTEPUNKT_HOME, else `var/`).
"""

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path


def own_installation(folder: Path) -> None:
    """Point the settings at folders of our own, whatever the environment says."""
    for name in [name for name in os.environ if name.startswith("KNUTEPUNKT_")]:
        del os.environ[name]
    os.environ.update(
        KNUTEPUNKT_HOME=str(folder / "var"),
        KNUTEPUNKT_KEYS_HOME=str(folder / "keys"),
        DJANGO_SETTINGS_MODULE="knutepunkt.config.settings",
        DEMO="0",
    )


def main() -> int:
    """Measure everything; with `--strict` the answer is 1 when something misses its budget."""
    home = Path(os.environ.get("KNUTEPUNKT_HOME") or "var").resolve()
    folder = Path(tempfile.mkdtemp(prefix="knutepunkt-bench-"))
    own_installation(folder)
    try:
        import django  # noqa: PLC0415 (after the environment)

        django.setup()
        from bench.all import everything  # noqa: PLC0415 (after the settings)
        from bench.showing import print_end, print_head, print_line  # noqa: PLC0415 (after the settings)

        start = time.monotonic()
        lines = []
        print_head()
        for weighed in everything():
            print_line(weighed)
            lines.append(weighed.line)
        home.mkdir(parents=True, exist_ok=True)
        (home / "bench.json").write_text(json.dumps([line.as_json() for line in lines], indent=1) + "\n")
        print_end(lines, home / "bench.json", time.monotonic() - start)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return int("--strict" in sys.argv and not all(line.ok for line in lines))


if __name__ == "__main__":
    sys.exit(main())
