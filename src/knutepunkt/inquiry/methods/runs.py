"""Runs of words: finding where five or more words in a row of a withdrawn text stand in another."""

from collections.abc import Iterable
from re import compile as pattern

from knutepunkt.inquiry.choices import LEAST_RUN

WORD = pattern(r"\w+(?:[-'’]\w+)*")


def words_in(text: str) -> list[str]:
    """The words of a text, in small letters, without punctuation."""
    return [word.casefold() for word in WORD.findall(text)]


def runs_of(texts: Iterable[str], length: int = LEAST_RUN) -> set[tuple[str, ...]]:
    """Every run of `length` words in each of the texts. A text with fewer words has none."""
    found: set[tuple[str, ...]] = set()
    for text in texts:
        words = words_in(text)
        found.update(zip(*(words[i:] for i in range(length)), strict=False))
    return found


def holds_run(text: str, runs: set[tuple[str, ...]], length: int = LEAST_RUN) -> bool:
    """Whether a text holds any of the runs."""
    if not runs:
        return False
    words = words_in(text)
    return any(run in runs for run in zip(*(words[i:] for i in range(length)), strict=False))
