"""Signing up at 50 requests a second on a real PostgreSQL, against the real server, one person a request.

Run by `bench.events` in a process of its own; prints one line of JSON.
"""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import time as clock
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.on_postgres import print_measured

RATE, SECONDS, WARM_UP, BUDGET_MS = 50, 10, 20, 30
TOKEN = "b" * 32


def measured() -> dict[str, float | int]:
    """Start the server, sign people up, and say how long it took."""
    from django.test import Client  # noqa: PLC0415 (after the settings)

    from bench.events import fill_calendar  # noqa: PLC0415 (after the settings)
    from knutepunkt.events.actions import planning  # noqa: PLC0415 (after the settings)
    from knutepunkt.events.models import Session  # noqa: PLC0415 (after the settings)
    from knutepunkt.people.models import Person  # noqa: PLC0415 (after the settings)
    from knutepunkt.web.sealing import make_key  # noqa: PLC0415 (after the settings)

    place = fill_calendar()
    when = {"first_on": place_day(), "clock": clock(18), "minutes": 90}
    event = planning.make_event(by="bench", organiser=place, when=when, title="Kurs", signing="needed", capacity=200)
    planning.publish_event(by="bench", event=event)
    session = Session.objects.get(event=event)
    cookies = []
    for number in range(RATE * SECONDS + WARM_UP):
        person, client = Person.objects.create(handle=f"lyng-{number}", chosen_name=f"P{number}"), Client()
        make_key(person.key_owner)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        cookies.append(client.cookies["sessionid"].value)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PORT": str(port)}
    house = subprocess.Popen(
        [sys.executable, "-m", "knutepunkt", "serve"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        times, ok = _sign_up(port, f"/kalender/hva/{event.slug}/{session.pk}/meld-pa/", cookies)
    finally:
        house.terminate()
        house.wait(timeout=30)
    session.refresh_from_db()
    ordered = sorted(times)
    return {
        "rate": RATE, "asked": len(times), "done": ok, "median": round(ordered[len(ordered) // 2] * 1000, 1), "budget": BUDGET_MS,
        "p95": round(ordered[int(len(ordered) * 0.95)] * 1000, 1), "seats": session.seats_taken,
    }  # fmt: skip


def place_day() -> object:
    """A day next week."""
    from django.utils import timezone  # noqa: PLC0415 (after the settings)

    return timezone.localdate() + timedelta(days=7)


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def _sign_up(port: int, path: str, cookies: list[str]) -> tuple[list[float], int]:
    """Send each person's form at its moment, whether or not those before are answered."""
    local, times, answers = threading.local(), [], []
    body = urlencode({"csrfmiddlewaretoken": TOKEN, "size": 1, "needs": "Teleslynge"})

    def send(cookie: str, at: float, *, counts: bool) -> None:
        if not hasattr(local, "line"):
            local.line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        time.sleep(max(0.0, at - time.perf_counter()))
        start = time.perf_counter()
        local.line.request("POST", path, body, {
            "Cookie": f"sessionid={cookie}; csrftoken={TOKEN}", "Content-Type": "application/x-www-form-urlencoded",
            "Host": f"127.0.0.1:{port}", "Origin": f"http://127.0.0.1:{port}",
        })  # fmt: skip
        answer = local.line.getresponse()
        answer.read()
        if counts:
            times.append(time.perf_counter() - start)
            answers.append(answer.status)

    with ThreadPoolExecutor(16) as pool:
        start = time.perf_counter()
        list(pool.map(lambda n: send(cookies[n], start + n / 10, counts=False), range(WARM_UP)))
        start = time.perf_counter() + 0.2
        rest = cookies[WARM_UP:]
        list(pool.map(lambda n: send(rest[n], start + n / RATE, counts=True), range(len(rest))))
    return times, answers.count(302)


if __name__ == "__main__":
    print_measured(measured)
