"""Making an installation ready: folders, keys, databases, vocabularies, places, translations, static files.

Every step looks first and does only what is missing, so that a second start takes seconds.
"""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from knutepunkt.config.catalogues import compile_catalogues
from knutepunkt.organisations.actions import load_register
from knutepunkt.organisations.queries import register_is_loaded
from knutepunkt.themes.actions import VOCABULARIES, load_vocabularies
from knutepunkt.themes.queries import newest_version
from knutepunkt.web.jobs import work_off
from knutepunkt.web.keystore.router import KEYS
from knutepunkt.web.registers import DEMO_SEEDS
from knutepunkt.web.sealing import NoInstallationKey, installation_keys, new_installation_key_line

PRIVATE = 0o600
PRIVATE_FOLDER = 0o700


def make_ready() -> None:
    """Do all that is missing before the house can open."""
    make_folders()
    make_keys()
    migrate()
    if not all(newest_version(key) for key in VOCABULARIES):
        load_vocabularies()
    if not register_is_loaded():
        load_register()
    compile_catalogues()
    collect_static()


def seed_demo() -> None:
    """Let every room put its invented people and what they do in the demo hub, and do the jobs that follow."""
    for seed in DEMO_SEEDS:
        seed()
    work_off()


def make_folders() -> None:
    """The data folder, and the key folders apart from it, readable by their owner only."""
    store = Path(str(settings.DATABASES[KEYS]["NAME"])).parent if _is_file(KEYS) else settings.KEYS_FOLDER
    for folder in (settings.HOME, settings.FILES_FOLDER, store, settings.INSTALLATION_KEY_FILE.parent):
        folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)


def _is_file(alias: str) -> bool:
    return str(settings.DATABASES[alias]["ENGINE"]).endswith("sqlite3")


def make_keys() -> None:
    """The installation's key and the signing key, where neither file nor environment has them."""
    try:
        installation_keys()
    except NoInstallationKey:
        _write_private(settings.INSTALLATION_KEY_FILE, new_installation_key_line(1) + "\n")
    if not os.environ.get("KNUTEPUNKT_SECRET_KEY") and not settings.SECRET_FILE.exists():
        _write_private(settings.SECRET_FILE, secrets.token_urlsafe(48))
    if not os.environ.get("KNUTEPUNKT_SECRET_KEY"):
        settings.SECRET_KEY = settings.SECRET_FILE.read_text().strip()


def _write_private(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "w") as file:
        file.write(text)


def migrate() -> None:
    """Bring both databases up to date, when they are not."""
    for alias in ("default", KEYS):
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", database=alias, verbosity=0, interactive=False)


def collect_static() -> None:
    """Hash and compress what the browser fetches, when it has changed since."""
    if settings.DEBUG:
        return
    newest = max(
        (path.stat().st_mtime for path in settings.PACKAGE.rglob("static/**/*") if path.is_file()), default=0
    )
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
