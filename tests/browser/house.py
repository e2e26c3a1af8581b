"""A house of its own process, for tests that kill it: real server, real files, a person with a journey."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

SETUP = """
from knutepunkt.people.actions import make_person
from knutepunkt.journey.actions.keeping import keep_note
person = make_person(by="test", chosen_name="Tiril")
keep_note(by=person, kind="settings", content={"parts": ["checkins"]})
"""
SESSION = """
from django.test import Client
from knutepunkt.people.models import Person
client = Client()
client.force_login(Person.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
print(client.cookies["sessionid"].value)
"""
COUNT = """
from knutepunkt.journey.models import Note
print(Note.objects.filter(kind="checkin").count())
"""
SERVER = """
import os, sys, time
from wsgiref.simple_server import WSGIServer, make_server
from socketserver import ThreadingMixIn
import knutepunkt.config.environment
os.environ["DJANGO_SETTINGS_MODULE"] = "knutepunkt.config.settings"
from django.contrib.staticfiles.handlers import StaticFilesHandler
from knutepunkt.config.wsgi import application
house = StaticFilesHandler(application)
slow, stored = sys.argv[2] == "slow", sys.argv[3]

def answer(environ, start):
    body = house(environ, start)
    if slow and environ["PATH_INFO"] == "/min-vei/send/" and b"kept" in b"".join(body):
        open(stored, "w").close()
        time.sleep(60)
    return body

class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True

make_server("127.0.0.1", int(sys.argv[1]), answer, Threads).serve_forever()
"""
SCRIPTS = {"setup": SETUP, "session": SESSION, "count": COUNT}


class House:
    """Starts, is killed in the middle of an answer, and starts again on the same files."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.stored = folder / "stored"
        for name in ("var/files", "var/static", "keys/store", "keys/installation"):
            (folder / name).mkdir(parents=True)
        self.environment = {
            **os.environ, "KNUTEPUNKT_HOME": str(folder / "var"), "KNUTEPUNKT_KEYS_HOME": str(folder / "keys"),
            "KNUTEPUNKT_ADDRESS": self.url, "KNUTEPUNKT_DEBUG": "1",
        }  # fmt: skip
        for name in ("KNUTEPUNKT_DATABASE_URL", "KNUTEPUNKT_KEYS_URL"):
            self.environment.pop(name, None)
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        for database in ("default", "keys"):
            self._manage("migrate", "--database", database)
        self.run("setup")
        self.start(slow=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.kill()

    def _manage(self, *words: str) -> str:
        command = [sys.executable, "-m", "knutepunkt", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.strip()

    def run(self, script: str) -> str:
        """Run one of the small scripts beside the house, and give what it printed."""
        return self._manage("shell", "--no-imports", "-c", SCRIPTS[script])

    def start(self, *, slow: bool) -> None:
        """Start, and wait until it answers. A slow house stores what is sent and then keeps its answer back."""
        command = [sys.executable, "-c", SERVER, str(self.port), "slow" if slow else "quick", str(self.stored)]
        self.process = subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL)
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{self.url}/web/oppe/", timeout=2).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
            else:
                return
        raise AssertionError("the house did not start")

    def wait_until_stored_and_die(self) -> None:
        """Kill it once it has stored what was sent and before it has answered."""
        for _ in range(200):
            if self.stored.exists():
                return self.kill()
            time.sleep(0.1)
        raise AssertionError("nothing was sent")

    def kill(self) -> None:
        """End this very process at once."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
