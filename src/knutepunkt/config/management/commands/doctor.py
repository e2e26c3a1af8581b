"""`knutepunkt doctor`: checks the configuration and says what to mend; exit 1 when something must be."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from knutepunkt.web.jobs import failed_jobs
from knutepunkt.web.keystore.models import WrappedKey
from knutepunkt.web.keystore.router import KEYS
from knutepunkt.web.sealing import NoInstallationKey, installation_keys

LEAST_FREE = 500 * 1024 * 1024


def _file_of(alias: str) -> Path | None:
    database = settings.DATABASES[alias]
    is_file = str(database["ENGINE"]).endswith("sqlite3")
    return Path(str(database["NAME"])).resolve() if is_file else None


def is_within(path: Path, folder: Path) -> bool:
    """Whether a path lies in a folder or below it, links followed."""
    return path.resolve().is_relative_to(folder.resolve())


def keys_apart() -> Iterator[str]:
    """What is wrong with where keys lie: they share no folder with the data, nor with each other."""
    home, store = Path(settings.HOME), _file_of(KEYS)
    key_file = Path(settings.INSTALLATION_KEY_FILE)
    data = _file_of("default")
    if store is not None and (is_within(store, home) or (data is not None and store.parent == data.parent)):
        yield "The key store lies in the data folder. Set KNUTEPUNKT_KEYS_URL to a place of its own."
    if key_file.exists() and is_within(key_file, home):
        yield "The installation key lies in the data folder. Set KNUTEPUNKT_KEY_FILE to a place of its own."
    if store is not None and key_file.exists() and key_file.parent.resolve() == store.parent:
        yield "The installation key lies beside the key store. Set KNUTEPUNKT_KEY_FILE to another folder."
    if key_file.exists() and key_file.stat().st_mode & 0o077:
        yield f"Others on this machine can read {key_file.name}. Run: chmod 600 on it."


def keys_missing() -> Iterator[str]:
    """Installation keys that something is still wrapped with, and that are not here."""
    try:
        here = installation_keys()
        used = WrappedKey.objects.values_list("installation_key", flat=True).distinct()
        missing = sorted(set(used) - set(here))
    except (NoInstallationKey, DatabaseError):
        return  # told of elsewhere
    if missing:
        numbers = ", ".join(map(str, missing))
        yield f"Installation key {numbers} is missing, and something is sealed with it. Put its line back in the key file."


def problems() -> Iterator[str]:
    """Everything that must be mended, as sentences that say how."""
    yield from keys_apart()
    try:
        installation_keys()
    except NoInstallationKey:
        yield "There is no installation key. Run `knutepunkt setup`, or set KNUTEPUNKT_INSTALLATION_KEY."
    yield from keys_missing()
    for alias in ("default", KEYS):
        try:
            executor = MigrationExecutor(connections[alias])
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                yield f"The database `{alias}` is not up to date. Run `knutepunkt setup`."
        except Exception as fault:  # noqa: BLE001 (whatever hinders the connection)
            yield f"The database `{alias}` cannot be reached ({type(fault).__name__})."
    if settings.DEMO and not settings.ADDRESS.startswith(("http://127.", "http://localhost", "http://[::1]")):
        yield "DEMO is on, but the address is not this machine. Turn DEMO off before anyone else can reach it."
    if settings.DEBUG and not settings.ADDRESS.startswith(("http://127.", "http://localhost")):
        yield "KNUTEPUNKT_DEBUG is on, but the address is not this machine."
    home = Path(settings.HOME)
    if home.exists() and shutil.disk_usage(home).free < LEAST_FREE:
        yield "Less than 500 MB is free where the data lies."


def remarks() -> Iterator[str]:
    """What works, but is worth knowing."""
    if not settings.EMAIL_HOST:
        yield "No mail server is set (KNUTEPUNKT_SMTP_HOST), so codes by e-mail are not sent."
    if settings.ADDRESS.startswith("http://") and not settings.DEMO:
        yield "The address is not https. Passkeys need https anywhere but on this machine."
    failed = failed_jobs()
    if failed:
        yield f"{len(failed)} jobs failed their last try: " + ", ".join(sorted({j["name"] for j in failed}))


class Command(BaseCommand):
    """Check and say."""

    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = list(problems())
        for sentence in found:
            self.stdout.write(f"MEND  {sentence}")
        if not found:
            for sentence in remarks():
                self.stdout.write(f"note  {sentence}")
            self.stdout.write("All is well.")
        else:
            raise SystemExit(1)
