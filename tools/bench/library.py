"""The library with 100,000 items on both databases: building the index, searching with facets, publishing and taking back, reading.

`BENCH_LIBRARY` names another number of items. PostgreSQL is measured in a process of its own, since it wants other settings.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.measuring import Line, Weighed, counted_queries, middle_and_slow, page, timed

NUMBER = int(os.environ.get("BENCH_LIBRARY", "100000"))
SEARCH_MS, FOUND_MS, BUILD_MS, ROUNDS, PUBLISHED = 30, 1000, 600_000, 5, 15
ASKED_MOST = 8
AT = "/bibliotek/"


def library() -> Iterator[Weighed]:
    """Both databases."""
    yield from _lines("SQLite", measured())
    from bench.pages import visitor  # noqa: PLC0415 (after the settings)

    for name, address in (("list, newest first", AT), ("list, one word found", f"{AT}?q=ensomhet"), ("voices that are missing", f"{AT}mangler/"), ("item to read", _an_item())):
        yield page(visitor(), f"library: {name}", address, budget=SEARCH_MS if name.startswith("list") else None)
    try:
        script = Path(__file__).with_name("library_postgres.py")
        done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=1800, check=True)
        facts = json.loads(next(row for row in done.stdout.splitlines() if row.startswith("{")))
    except (subprocess.SubprocessError, ValueError, StopIteration) as fault:
        yield Weighed(Line("library on PostgreSQL", budget=f"could not run: {type(fault).__name__}", ok=False))
        return
    yield from _lines("PostgreSQL", facts)


def _an_item() -> str:
    from knutepunkt.stories.models import Published  # noqa: PLC0415 (after the settings)

    return f"{AT}les/{Published.objects.order_by('-words').first().handle}/?apne=1"


def _lines(name: str, facts: dict[str, Any]) -> Iterator[Weighed]:
    def line(what: str, times: list[float], budget: float, queries: int | None = None, *, by_slow: bool = True) -> Weighed:
        median, slow = middle_and_slow(times)
        ok = (slow if by_slow else median) <= budget and (queries or 0) <= ASKED_MOST
        return Weighed(Line(f"library, {name}: {what}", queries, median, slow, budget=budget, ok=ok))

    yield line(f"index of {facts['number']:,} built", [facts["build"]], BUILD_MS)
    yield line("search with facets, the mix", facts["search"], SEARCH_MS, facts["queries"])
    yield line("published and found", facts["found"], FOUND_MS)
    yield line("taken back and gone", facts["gone"], FOUND_MS)


def measured() -> dict[str, Any]:
    """Make the items and measure; times in seconds."""
    from bench.library_items import put_many  # noqa: PLC0415 (after the settings)
    from bench.library_queries import QUERIES  # noqa: PLC0415 (after the settings)
    from bench.pages import visitor  # noqa: PLC0415 (after the settings)
    from knutepunkt.stories.actions.indexing import rebuild  # noqa: PLC0415 (after the settings)

    put_many(NUMBER)
    facts: dict[str, Any] = {"number": NUMBER, "build": timed(rebuild), "search": [], "queries": 0}
    client = visitor()
    for query in QUERIES:
        client.get(AT + query)
    for _ in range(ROUNDS):
        facts["search"] += [timed(lambda query=query: client.get(AT + query)) for query in QUERIES]
    for query in QUERIES:
        with counted_queries() as made:
            client.get(AT + query)
        facts["queries"] = max(facts["queries"], len(made))
    facts["found"], facts["gone"] = _published_and_taken_back(client)
    return facts


def _published_and_taken_back(client: Any) -> tuple[list[float], list[float]]:
    """From the button to the hit, and from the button to the miss; a text of 600 words."""
    from django.db import transaction  # noqa: PLC0415 (after the settings)

    from bench.library_items import items  # noqa: PLC0415 (after the settings)
    from knutepunkt.stories.actions.publishing import keep_content, put_out, take_down  # noqa: PLC0415 (after the settings)
    from knutepunkt.stories.methods.contents import clean  # noqa: PLC0415 (after the settings)

    found, gone = [], []
    texts = " ".join(shown.text for _item, shown in items(200, seed=7)).split()
    for n in range(PUBLISHED):
        word = "kvistlyng" + "abcdefghijklmnop"[n]
        item, shown = next(items(1, seed=n))
        item.save()
        words = " ".join(texts[n * 600 : (n + 1) * 600])
        keep_content(item, clean(item.kind, {"title": word, "text": words, "terms": shown.terms, "language": shown.language}))
        start = time.perf_counter()
        with transaction.atomic():
            put_out(item, may_be_found=False)
        if item.handle not in client.get(f"{AT}?q={word}").content.decode():
            raise RuntimeError("not found")
        found.append(time.perf_counter() - start)
        start = time.perf_counter()
        with transaction.atomic():
            take_down(item)
        if item.handle in client.get(f"{AT}?q={word}").content.decode():
            raise RuntimeError("still there")
        gone.append(time.perf_counter() - start)
    return found, gone
