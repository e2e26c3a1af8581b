"""The table on the screen."""

from pathlib import Path
from typing import Any

from bench.measuring import Line, Weighed

_SHAPE = "{:<48} {:>7} {:>9} {:>9} {:>9} {:>9} {:>8} {:>12}  {}"


def print_head() -> None:
    """The names of the columns."""
    print(_SHAPE.format("", "queries", "median ms", "p95 ms", "bare ms", "bytes", "brotli", "budget", ""), flush=True)


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:,.1f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)


def print_line(weighed: Weighed) -> None:
    """One line, as soon as it is known."""
    line = weighed.line
    cells = (line.queries, line.median_ms, line.p95_ms, line.bare_ms, line.bytes, weighed.brotli, line.budget)
    print(_SHAPE.format(line.name[:48], *map(_cell, cells), "" if line.ok else "MISSED"), flush=True)


def print_end(lines: list[Line], file: Path, seconds: float) -> None:
    """What missed its budget, and where the figures are."""
    missed = [line.name for line in lines if not line.ok]
    print(f"\n{len(lines)} lines in {seconds:.0f} s, written to {file}")
    print("All within budget." if not missed else "Missed: " + ", ".join(missed))
