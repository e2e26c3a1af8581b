"""Being offered a story among 100,000, what is like something, and what meanings cost: with ready vectors, and worked out."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator

from django.test import Client, override_settings
from django.urls import reverse

from bench.measuring import Line, Weighed, middle_and_slow, page, timed
from knutepunkt.stories.actions.choosing import rebuild_signs
from knutepunkt.stories.models import Meaning, Published
from knutepunkt.web import likeness

OFFER_MS, LIKE_MS, WORKER_MB = 20, 30, 400
PACED = int(os.environ.get("BENCH_MEANINGS") or 60)
"""How many texts to work out; 5,000 take half an hour or more."""
MANY = 2_000
_WORKER = """
import django; django.setup()
from pathlib import Path
from knutepunkt.stories.models import Meaning
from knutepunkt.stories.actions.choosing import find_some_meanings
Meaning.objects.filter(pk__in=list(Meaning.objects.order_by("-pk").values_list("pk", flat=True)[:32])).delete()
find_some_meanings(); find_some_meanings()
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
    yield page(client, f"library, {number:,} vectors: search by meaning", reverse("stories:by-meaning") + "?q=et+sted+å+gå+til+om+kvelden", budget=2 * LIKE_MS)
    yield from _paced(client)
    yield _worker()


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


def _paced(client: Client) -> Iterator[Weighed]:
    """How fast meanings are worked out on one core, and what a search takes meanwhile."""
    texts = [f"{one.title}\n{one.text}" for one in Published.objects.order_by("pk")[:PACED]]
    words = sum(len(text.split()) for text in texts) // len(texts)
    times: list[float] = []
    work = threading.Thread(target=lambda: times.append(timed(lambda: [likeness.vector_of_text(text) for text in texts])))
    work.start()
    searches = []
    while work.is_alive() and len(searches) < 200:  # noqa: PLR2004 (enough for a 95th percentile)
        searches.append(timed(lambda: client.get(reverse("stories:library") + "?q=håp+og+angst")))
    work.join()
    median, slow = middle_and_slow([times[0] / PACED])
    yield Weighed(Line(f"library: meaning of a text of {words} words, {PACED} of them, searched meanwhile", median_ms=median, p95_ms=slow))
    median, slow = middle_and_slow(searches)
    yield Weighed(Line("library: search while meanings are worked out", median_ms=median, p95_ms=slow))


def _worker() -> Weighed:
    """The memory of a process that works out meanings."""
    done = subprocess.run([sys.executable, "-c", _WORKER], capture_output=True, text=True, check=True, env=dict(os.environ))
    megabytes = int(json.loads(done.stdout.strip().splitlines()[-1]))
    return Weighed(Line("library: memory of a worker with meanings", bytes=megabytes * 1_000_000, budget=WORKER_MB * 1_000_000, ok=megabytes < WORKER_MB))
