"""Being offered a story among 100,000, what is like something, and what meanings cost: with ready vectors, and worked out."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

from django.test import Client, override_settings
from django.urls import reverse

from bench.measuring import Line, Weighed, middle_and_slow, page, timed
from knutepunkt.stories.actions.choosing import rebuild_signs
from knutepunkt.stories.models import Meaning, Published
from knutepunkt.stories.views.finding_asked import whole_sentence
from knutepunkt.web import likeness

OFFER_MS, LIKE_MS, WORKER_MB = 20, 30, 400
PACED = int(os.environ.get("BENCH_MEANINGS") or 64)
"""How many texts to work out; 5,000 take the better part of an hour."""
MANY = 2_000
BETWEEN_SECONDS = 0.2
_WORKER = """
import sys, time
import django; django.setup()
from pathlib import Path
from knutepunkt.stories.actions.choosing import find_some_meanings
start = time.monotonic()
while find_some_meanings(): pass
print(time.monotonic() - start)
print(next(int(line.split()[1]) // 1024 for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""


def choosing() -> Iterator[Weighed]:
    """Everything, on the library that is there."""
    number = Published.objects.count()
    shown = Published.objects.filter(kind="story").order_by("pk")[number // 3]
    client = Client(SERVER_NAME="127.0.0.1")
    wish = {"wish": "like", "remembers": "on", "own_helped": ["library:helped.nature", "library:helped.peers"], "own_situation": ["library:situation.small-place"]}
    for name, asked in (("like me", wish), ("hopeful", {"wish": "hopeful", "remembers": "on"}), ("surprise", {"wish": "surprise", "remembers": "on"})):
        where = client.post(reverse("stories:for-me"), asked).headers["Location"]
        yield page(client, f"library, {number:,} items: a story for me, {name}", where, budget=OFFER_MS)
    with override_settings(LIKENESS=False):
        yield page(client, f"library, {number:,} items: more like this, by facets", reverse("stories:like", args=[shown.handle]), budget=LIKE_MS)
    if not likeness.is_on():
        return
    yield _ready_vectors(number)
    yield page(client, f"library, {number:,} vectors: more like this, by meaning", reverse("stories:like", args=[shown.handle]), budget=LIKE_MS)
    yield page(client, f"library, {number:,} vectors: search by meaning", reverse("stories:by-meaning") + whole_sentence("et sted å gå til om kvelden"), budget=2 * LIKE_MS)
    yield from _worked_out(client)


def _ready_vectors(number: int) -> Weighed:
    """Vectors of chance for everything, as large as real ones."""
    import numpy as np  # noqa: PLC0415 (comes with the extra)

    chance = np.random.default_rng(1)
    keys = list(Published.objects.order_by("pk").values_list("pk", flat=True))
    Meaning.objects.all().delete()
    for start in range(0, len(keys), MANY):
        some = keys[start : start + MANY]
        rows = chance.standard_normal((len(some), likeness.SIZE))
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        Meaning.objects.bulk_create(Meaning(shown_id=pk, vector=row.astype("<f2").tobytes()) for pk, row in zip(some, rows, strict=True))
    seconds = timed(rebuild_signs)
    return Weighed(Line(f"library: signs of {number:,} vectors made", median_ms=round(seconds * 1000, 1)))


def _worked_out(client: Client) -> Iterator[Weighed]:
    """How fast a worker works out meanings on its one core, the memory it takes, and what a search takes meanwhile."""
    newest = Published.objects.order_by("-pk")[:PACED]
    words = sum(newest.values_list("words", flat=True)) // len(newest)
    Meaning.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).delete()
    searches = []
    worker = subprocess.Popen([sys.executable, "-c", _WORKER], stdout=subprocess.PIPE, text=True)
    while worker.poll() is None:
        searches.append(timed(lambda: client.get(reverse("stories:library") + "?q=håp+og+angst")))
        time.sleep(BETWEEN_SECONDS)
    seconds, megabytes = (worker.stdout or sys.stdin).read().split()
    if worker.returncode:
        raise RuntimeError("the worker stopped")
    median, slow = middle_and_slow([float(seconds) / PACED])
    yield Weighed(Line(f"library: meaning of a text of {words} words, {PACED:,} worked out", median_ms=median, p95_ms=slow))
    median, slow = middle_and_slow(searches)
    yield Weighed(Line(f"library: search while meanings are worked out, {len(searches):,} times", median_ms=median, p95_ms=slow, budget=LIKE_MS, ok=slow <= LIKE_MS))
    yield Weighed(Line("library: memory of a worker with meanings", bytes=int(megabytes) * 1_000_000, budget=WORKER_MB * 1_000_000, ok=int(megabytes) < WORKER_MB))
