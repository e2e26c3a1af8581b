"""Anchors: how passages follow when the text under them is corrected.

A text is one string; a passage is `text[start:end]` in Unicode code points, end exclusive. A
correction is a list of splices, in order and without overlap, in positions of the text before it.
Words put in at the very edge of a passage stay outside it; words put in strictly inside belong to it;
words taken out shrink it; a passage whose every word is taken out is gone.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, takewhile
from re import compile as pattern

TOKEN = pattern(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, order=True)
class Splice:
    """`text[start:end]` is replaced by `new`."""

    start: int
    end: int
    new: str

    @property
    def shift(self) -> int:
        """How far everything after it moves."""
        return len(self.new) - (self.end - self.start)


def apply_splices(text: str, splices: Sequence[Splice]) -> str:
    """The corrected text. Splices are in order and do not overlap."""
    parts, at = [], 0
    for splice in splices:
        parts += [text[at : splice.start], splice.new]
        at = splice.end
    return "".join([*parts, text[at:]])


def splices_between(old: str, new: str) -> list[Splice]:
    """What to replace, word by word, to make `new` of `old` (difflib, the same ends cut off first)."""
    old_words, new_words = TOKEN.findall(old), TOKEN.findall(new)
    head = _same(zip(old_words, new_words, strict=False))
    room = min(len(old_words), len(new_words)) - head
    tail = min(room, _same(zip(reversed(old_words), reversed(new_words), strict=False)))
    old_words, new_words = old_words[: len(old_words) - tail], new_words[: len(new_words) - tail]
    old_at, new_at = _positions(old_words), _positions(new_words)
    matcher = SequenceMatcher(None, old_words[head:], new_words[head:], autojunk=False)
    return [
        Splice(old_at[head + i1], old_at[head + i2], new[new_at[head + j1] : new_at[head + j2]])
        for verb, i1, i2, j1, j2 in matcher.get_opcodes()
        if verb != "equal"
    ]


def _same(pairs: Iterable[tuple[str, str]]) -> int:
    """How many pairs are the same before the first that is not."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _positions(words: Iterable[str]) -> list[int]:
    """Where each word starts, and where the last one ends."""
    return list(accumulate((len(word) for word in words), initial=0))


class Mover:
    """Moves positions through a correction; each move takes time logarithmic in the number of splices."""

    def __init__(self, splices: Sequence[Splice]) -> None:
        self._splices = list(splices)
        self._starts = [s.start for s in self._splices]
        self._shifts = list(accumulate((s.shift for s in self._splices), initial=0))

    def _edge(self, at: int, *, is_start: bool) -> int:
        index = bisect_left(self._starts, at)
        if index and self._splices[index - 1].end > at:
            splice = self._splices[index - 1]
            begins = splice.start + self._shifts[index - 1]
            return begins + len(splice.new) if is_start else begins
        while is_start and index < len(self._splices) and self._is_put_in(index, at):
            index += 1
        return at + self._shifts[index]

    def _is_put_in(self, index: int, at: int) -> bool:
        """Whether this splice only puts words in, just at this place."""
        return self._splices[index].start == self._splices[index].end == at

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where `text[start:end]` is now, or None when all its words were taken out."""
        new_start, new_end = self._edge(start, is_start=True), self._edge(end, is_start=False)
        return (new_start, new_end) if new_start < new_end else None
