"""The real server: how soon it answers, how much memory it takes, and how heavy a first view is."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import brotli
from django.db import connections
from django.urls import reverse

from bench.browsing import browsing
from bench.measuring import Line, Weighed
from bench.world import World

START_MS, MEMORY = 3_000, 150_000_000
MARKUP_AND_STYLE, SCRIPT, FONTS, REQUESTS = 40_000, 30_000, 70_000, 7
_FETCHED = re.compile(r'<(?:link[^>]*?rel="(?:stylesheet|icon|preload)"[^>]*?href|script[^>]*?src|img[^>]*?src)="([^"]+)"')
_IN_STYLE = re.compile(r'url\(["\']?([^"\')]+)')


def serving(world: World) -> Iterator[Weighed]:
    """Start it twice, and measure the second time."""
    connections.close_all()
    with _server():
        pass
    with _server() as (address, server, seconds):
        ms = round(seconds * 1000, 1)
        yield Weighed(Line("second start to first answer", median_ms=ms, budget=START_MS, ok=ms <= START_MS))
        report = reverse("inquiry:public-report", args=[world.inquiry.slug])
        for _ in range(20):
            for path in ("/", report, reverse("organisations:find"), reverse("inquiry:reports")):
                _fetch(address + path)
        heaviest = max(_memory(pid) for pid in _family(server.pid) if _runs(pid, "granian"))
        yield Weighed(
            Line("server process, resident memory", bytes=heaviest, budget=MEMORY, ok=heaviest <= MEMORY)
        )
        yield from browsing(world, address)
        yield from _first_view("front page", address, "/")
        yield from _first_view("report page", address, report)


@contextmanager
def _server() -> Iterator[tuple[str, "subprocess.Popen[bytes]", float]]:
    """`knutepunkt serve` on a free port, with the seconds until it answered."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "knutepunkt", "serve"],
        env={**os.environ, "PORT": str(port)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        while not _answers(address):
            if server.poll() is not None or time.perf_counter() - start > 60:  # noqa: PLR2004
                raise RuntimeError("the server did not start")
            time.sleep(0.01)
        yield address, server, time.perf_counter() - start
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()


def _answers(address: str) -> bool:
    try:
        _fetch(address + "/")
    except OSError:
        return False
    return True


def _fetch(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return bytes(answer.read())


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(each for child in children for each in _family(int(child)))]


def _runs(pid: int, name: str) -> bool:
    return name in Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")


def _memory(pid: int) -> int:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) * 1024 if found else 0


def _first_view(name: str, address: str, path: str) -> Iterator[Weighed]:
    """What a browser that has been here never before fetches, compressed."""
    page = _fetch(address + path)
    links = {urljoin(path, link) for link in _FETCHED.findall(page.decode()) if not link.startswith("data:")}
    sizes: dict[str, int] = {}
    for link in sorted(links):
        body = _fetch(address + link)
        sizes[link] = len(body) if link.endswith("woff2") else len(brotli.compress(body))
        if link.endswith(".css"):
            inside = {urljoin(link, u) for u in _IN_STYLE.findall(body.decode()) if not u.startswith(("data:", "#"))}
            sizes |= {u: len(_fetch(address + u)) for u in inside if u.endswith("woff2")}
    weights = {
        "HTML and CSS": (len(brotli.compress(page, quality=5)) + _sum(sizes, ".css"), MARKUP_AND_STYLE),
        "script": (_sum(sizes, ".js"), SCRIPT),
        "fonts": (_sum(sizes, ".woff2"), FONTS),
    }
    for what, (weight, limit) in weights.items():
        yield Weighed(Line(f"first view, {name}: {what}, brotli", bytes=weight, budget=limit, ok=weight <= limit))
    count = len(sizes) + 1
    yield Weighed(Line(f"first view, {name}: requests", budget=f"{count} of {REQUESTS}", ok=count <= REQUESTS))


def _sum(sizes: dict[str, int], ending: str) -> int:
    return sum(size for link, size in sizes.items() if link.endswith(ending))
