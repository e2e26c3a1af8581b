"""The library on a real PostgreSQL. Run by `bench.library` in a process of its own; prints one line of JSON."""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.on_postgres import print_measured


def _measured() -> dict[str, Any]:
    from bench.library import measured  # noqa: PLC0415 (after the settings)

    return measured()


if __name__ == "__main__":
    print_measured(_measured)
