"""What the operator says through the environment, read in one place.

Every name is documented in `docs/operators.md`; a house test keeps the two in step.
"""

import os
from dataclasses import dataclass
from pathlib import Path


def flag(name: str, *, default: bool) -> bool:
    """Read a yes/no variable; anything but an empty text, 0, no or false is yes."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() not in {"", "0", "no", "false"}


@dataclass(frozen=True)
class Environment:
    """Paths and addresses of one installation."""

    home: Path
    keys_folder: Path
    database_url: str
    keys_url: str
    installation_key_file: Path
    demo: bool
    debug: bool
    likeness: bool
    address: str


def read_environment() -> Environment:
    """Gather the environment; the data folder and the key folder are siblings unless told otherwise."""
    home = Path(os.environ.get("KNUTEPUNKT_HOME") or "var").resolve()
    keys_folder = Path(os.environ.get("KNUTEPUNKT_KEYS_HOME") or f"{home}-keys").resolve()
    port = os.environ.get("PORT") or "8000"
    return Environment(
        home=home,
        keys_folder=keys_folder,
        database_url=os.environ.get("KNUTEPUNKT_DATABASE_URL") or f"sqlite:///{home}/knutepunkt.sqlite3",
        keys_url=os.environ.get("KNUTEPUNKT_KEYS_URL") or f"sqlite:///{keys_folder}/store/keys.sqlite3",
        installation_key_file=Path(
            os.environ.get("KNUTEPUNKT_KEY_FILE") or keys_folder / "installation" / "installation.key"
        ),
        demo=flag("DEMO", default=False),
        debug=flag("KNUTEPUNKT_DEBUG", default=False),
        likeness=flag("KNUTEPUNKT_LIKENESS", default=True),
        address=os.environ.get("KNUTEPUNKT_ADDRESS") or f"http://127.0.0.1:{port}",
    )
