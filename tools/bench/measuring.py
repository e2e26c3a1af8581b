"""Timing a page or an action, counting its queries, and holding it against its budget."""

import gc
import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import brotli
from django.db import connections
from django.test import Client

from bench.bare import bare_client

RUNS, WARM_UP = 31, 3
MOST_QUERIES, TIMES_BARE = 8, 3
_THINGS = re.compile(rb"<(?:tr|li|dt|blockquote|article|figure|option|textarea|select|input|button)\b")


@dataclass
class Line:
    """One line of the table. `budget` is milliseconds, or bytes where only bytes are measured, or a sentence."""

    name: str
    queries: int | None = None
    median_ms: float | None = None
    p95_ms: float | None = None
    bare_ms: float | None = None
    bytes: int | None = None
    budget: float | str | None = None
    ok: bool = True

    def as_json(self) -> dict[str, Any]:
        """The line as it stands in `bench.json`."""
        return asdict(self)


@dataclass
class Weighed:
    """A line, and how heavy its answer is when compressed; for the table only."""

    line: Line
    brotli: int | None = None


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The queries made inside, in either database."""
    made: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        made.append(sql)
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for alias in ("default", "keys"):
            stack.enter_context(connections[alias].execute_wrapper(count))
        yield made


def middle_and_slow(times: list[float]) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds."""
    ordered = sorted(times)
    slow = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    return round(statistics.median(ordered) * 1000, 2), round(slow * 1000, 2)


def timed(work: Callable[[], Any]) -> float:
    """Seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def rows_of(body: bytes) -> int:
    """How many rows a page has: lines of lists and tables, quotations, cards, and fields of forms."""
    return max(len(_THINGS.findall(body)), 1)


def page(client: Client, name: str, url: str, *, budget: float | None = None, rows: int = 0) -> Weighed:
    """Measure one page, in turns with the bare view of the same size. Opened by a signed-in person or anybody.

    Args:
        client: who opens it.
        name: what it is called in the table.
        url: its address.
        budget: milliseconds where the page has a number of its own; else three times the bare view.
        rows: how many rows the answer has, where they cannot be counted in its HTML.
    """
    first = client.get(url)
    body = first.content
    if first.status_code != 200:  # noqa: PLR2004
        message = f"{name}: {url} answered {first.status_code}"
        raise RuntimeError(message)
    plain = bare_client(client)
    bare_url = f"/bare/{rows or rows_of(body)}/{len(body)}/"
    for _ in range(WARM_UP):
        client.get(url)
        plain.get(bare_url)
    with counted_queries() as made:
        client.get(url)
    gc.collect()
    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(timed(lambda: client.get(url)))
        theirs.append(timed(lambda: plain.get(bare_url)))
    median, slow = middle_and_slow(ours)
    bare, _ = middle_and_slow(theirs)
    limit = round(TIMES_BARE * bare, 2) if budget is None else budget
    line = Line(
        name, len(made), median, slow, bare, len(body), limit, median <= limit and len(made) <= MOST_QUERIES
    )
    return Weighed(line, len(brotli.compress(body, quality=5)))


def action(name: str, works: list[Callable[[], Any]], *, budget: float | None = None, by_slow: bool = False) -> Weighed:
    """Measure an action, once for each of the works; the first is the warm-up where there are several."""
    if len(works) > 1:
        works.pop(0)()
    with counted_queries() as made:
        times = [timed(works.pop(0))]
    times += [timed(work) for work in works]
    median, slow = middle_and_slow(times)
    ok = budget is None or (slow if by_slow else median) <= budget
    return Weighed(Line(name, len(made), median, slow, budget=budget, ok=ok))
