"""`knutepunkt serve`: make ready, seed the demo when asked, and serve with a worker beside; Ctrl-C stops both."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from knutepunkt.config.installation import make_ready, seed_demo
from knutepunkt.organisations.actions import first_coordinator_link
from knutepunkt.people.queries import demo_people


def where_to_listen() -> tuple[str, int]:
    """Host and port of the server."""
    port = os.environ.get("PORT") or urlsplit(settings.ADDRESS).port or 8000
    return os.environ.get("KNUTEPUNKT_LISTEN") or "127.0.0.1", int(port)


def is_taken(host: str, port: int) -> bool:
    """Whether somebody answers there already. The server itself would share the port, and the two houses their visitors."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind((host, port))
        except OSError:
            return True
    return False


class Command(BaseCommand):
    """Serve until stopped."""

    help = __doc__

    def handle(self, *_args: Any, **_options: Any) -> None:
        host, port = where_to_listen()
        if is_taken(host, port):
            raise CommandError(f"Noe annet bruker port {port} på {host}. Stopp det først, eller velg en annen med PORT.")
        make_ready()
        if settings.DEMO and not demo_people().exists():
            self.stdout.write("Fyller demohuset ...")
            seed_demo()
        children = [self._server(host, port), self._worker()]
        self._say_how()
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, lambda *_: self._stop(children))
        connections.close_all()
        while all(child.poll() is None for child in children):
            time.sleep(0.3)
        self._stop(children)

    def _server(self, host: str, port: int) -> "subprocess.Popen[bytes]":
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", os.environ.get("KNUTEPUNKT_WORKERS") or "1", "--blocking-threads", "2",
            "--backpressure", "64", "--no-ws", "--log-level", "warning", "knutepunkt.config.wsgi:application",
        ]  # fmt: skip
        return subprocess.Popen(command, start_new_session=True)  # noqa: S603 (our own words)

    def _worker(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "knutepunkt", "worker"], start_new_session=True
        )

    def _say_how(self) -> None:
        self._wait_until_up()
        self.stdout.write(f"\nKnutepunkt: {settings.ADDRESS}/")
        if settings.DEMO:
            self.stdout.write(f"Logg inn som hvem du vil: {settings.ADDRESS}/konto/demo/")
        elif link := first_coordinator_link():
            self.stdout.write(f"Første koordinator, lenken virker én gang: {link}")
        else:
            self.stdout.write(f"Logg inn: {settings.ADDRESS}/konto/logg-inn/")
        self.stdout.write("Ctrl-C stopper.\n")
        self.stdout.flush()

    def _wait_until_up(self) -> None:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{settings.ADDRESS}/web/oppe/", timeout=2).close()  # noqa: S310
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
            else:
                return

    def _stop(self, children: "list[subprocess.Popen[bytes]]") -> None:
        for child in children:
            if child.poll() is None:
                child.terminate()
        for child in children:
            try:
                child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                child.kill()
        sys.exit(0)
