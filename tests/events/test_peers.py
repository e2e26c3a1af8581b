"""What we write is read by others: a real CalDAV server (Radicale), ical.js, the icalendar library; and by property tests."""

import base64
import importlib.util
import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from icalendar import Calendar

from knutepunkt.events.actions import planning
from knutepunkt.events.choices import OSLO
from knutepunkt.events.methods.writing import folded, plain, whole_calendar, words_of
from tests import factories as make

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "Kø; «a, b»\\n\\ ende:\r\nBEGIN:VEVENT\x0b 🎈 " + "æøå" * 60


@given(st.text(max_size=300), st.text(max_size=60), st.text(max_size=600))
@limits(max_examples=200, deadline=None)
def test_any_words_come_back_as_they_were(title: str, place: str, text: str) -> None:
    whole = whole_calendar([f"BEGIN:VEVENT\r\nUID:a\r\n{words_of(title, place, text)}END:VEVENT\r\n"], name=title)

    [one] = Calendar.from_ical(whole).walk("VEVENT")

    assert [str(one.get(name, "")) for name in ("SUMMARY", "LOCATION", "DESCRIPTION")] == [
        plain(title).replace("\r", ""), plain(place).replace("\r", ""), plain(text).replace("\r", ""),
    ]  # fmt: skip
    assert max(len(line.encode()) for line in whole.decode().split("\r\n")) <= 75


def test_a_long_line_is_folded_between_letters() -> None:
    assert folded("X:" + "ø" * 80).replace("\r\n ", "") == "X:" + "ø" * 80 + "\r\n"


def feed() -> bytes:
    """Two series over a change of clock, one cancelled, one with hostile words."""
    make.session(title=HOSTILE[:120], text=HOSTILE, place_name="Kaia")
    weekly = make.session(title="Kaffe", rule="FREQ=WEEKLY;COUNT=30")
    planning.cancel_session(by="t", session=weekly, reason="Vann.")
    moved = weekly.event.sessions.order_by("on_date")[3]
    planning.move_session(by="t", session=moved, starts_at=moved.starts_at + timedelta(hours=1), ends_at=moved.ends_at + timedelta(hours=1))
    return bytes(Client().get("/kalender/alt.ics").content)


@pytest.mark.django_db(databases=["default", "keys"])
def test_ical_js_reads_the_same_as_we_wrote() -> None:
    node, library = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node"), ROOT / "frontend/node_modules/ical.js"
    if not node or not library.exists():
        pytest.skip("needs node and ical.js (make setup with frontend/node_modules)")
    content = feed()
    script = """
      import ICAL from "LIBRARY";
      let text = ""; for await (const part of process.stdin) text += part;
      const root = new ICAL.Component(ICAL.parse(text));
      for (const zone of root.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
      console.log(JSON.stringify(root.getAllSubcomponents("vevent").map((one) => { const e = new ICAL.Event(one); return {
        uid: e.uid, summary: e.summary, at: e.startDate.toJSDate().toISOString(), until: e.endDate.toJSDate().toISOString(),
        sequence: e.sequence, status: one.getFirstPropertyValue("status") }; })));
    """.replace("LIBRARY", (library / "dist/ical.js").as_posix())
    read = subprocess.run([node, "--input-type=module", "-e", script], input=content, capture_output=True, check=True, timeout=60,
                          env={"TZ": "UTC", "PATH": "/usr/bin"})  # fmt: skip

    theirs = json.loads(read.stdout)
    ours = Calendar.from_ical(content).walk("VEVENT")
    assert [t["uid"] for t in theirs] == [str(one["UID"]) for one in ours]
    assert [t["summary"] for t in theirs] == [str(one["SUMMARY"]) for one in ours]
    assert [t["at"][:19] for t in theirs] == [one["DTSTART"].dt.astimezone(UTC).isoformat()[:19] for one in ours]
    assert {(t["status"], t["sequence"]) for t in theirs} == {("CONFIRMED", 0), ("CANCELLED", 1), ("CONFIRMED", 1)}
    assert {one["DTSTART"].dt.astimezone(OSLO).hour for one in ours} == {18, 19}


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[str]:
    """A CalDAV server of its own on loopback."""
    if importlib.util.find_spec("radicale") is None:
        pytest.skip("needs radicale (requirements/dev.txt)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "radicale", "--config", "", "--server-hosts", f"127.0.0.1:{port}", "--auth-type", "none",
         "--storage-filesystem-folder", str(tmp_path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(address, timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=10)


def ask(url: str, method: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
    sign = base64.b64encode(b"tester:").decode()
    request = urllib.request.Request(url, data=body, method=method, headers={"Authorization": f"Basic {sign}", **headers})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as fault:
        return fault.code, fault.read().decode()


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_caldav_server_takes_our_feed_and_answers_by_day(radicale: str) -> None:
    content = feed()
    ours: list[Any] = list(Calendar.from_ical(content).walk("VEVENT"))
    kaffe = sorted(one["DTSTART"].dt for one in ours if str(one["SUMMARY"]) == "Kaffe")

    status, said = ask(f"{radicale}/tester/huset/", "PUT", content, **{"Content-Type": "text/calendar; charset=utf-8"})
    assert status == 201, said
    day = kaffe[10].astimezone(OSLO).date()
    query = f"""<?xml version="1.0"?><c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">
      <d:prop><d:getetag/><c:calendar-data/></d:prop><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">
      <c:time-range start="{day:%Y%m%d}T000000Z" end="{day + timedelta(days=1):%Y%m%d}T000000Z"/>
      </c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"""
    status, answer = ask(f"{radicale}/tester/huset/", "REPORT", query.encode(), **{"Content-Type": "application/xml", "Depth": "1"})

    assert status == 207
    assert answer.count("BEGIN:VEVENT") == sum(one["DTSTART"].dt.astimezone(OSLO).date() == day for one in ours)
    assert f"DTSTART;TZID=Europe/Oslo:{day:%Y%m%d}T180000" in answer.replace("\n ", "")
