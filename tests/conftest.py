"""What every test stands on: a throw-away data folder, keys, both databases, only loopback."""

import os
import shutil
import socket
import tempfile
from pathlib import Path

import pytest

SCRATCH = Path(tempfile.mkdtemp(prefix="knutepunkt-test-"))
os.environ.setdefault("KNUTEPUNKT_HOME", str(SCRATCH / "var"))
os.environ["KNUTEPUNKT_SECRET_KEY"] = "only-for-tests"
os.environ["KNUTEPUNKT_INSTALLATION_KEY"] = "1:" + "A" * 43 + "="
os.environ["DEMO"] = "0"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
REAL_FILES = Path(
    os.environ.get("KNUTEPUNKT_REAL_FILES") or Path(__file__).parents[1].parent / "shared" / "data"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("real_files") and not REAL_FILES.exists():
            item.add_marker(pytest.mark.skip(reason="needs the real files (KNUTEPUNKT_REAL_FILES)"))


def pytest_unconfigure() -> None:
    shutil.rmtree(SCRATCH, ignore_errors=True)


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "::1", "localhost")):
            pytest.fail(f"a test reached for {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _files_apart(tmp_path: Path, settings: object) -> None:
    settings.FILES_FOLDER = tmp_path / "files"


@pytest.fixture
def real_files() -> Path:
    return REAL_FILES
