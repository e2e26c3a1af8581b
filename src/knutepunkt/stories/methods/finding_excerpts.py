"""The few lines of a text that show why it was found, in pieces that are marked or not. Looks at a bounded part of it."""

import re
from typing import Any

from knutepunkt.web.language import is_empty_word, part_stems, stem_of, telling_words

LENGTH, LEAD = 220, 50
_WORD = re.compile(r"[^\W_]+")
Pieces = list[tuple[str, bool]]


class Marker:
    """Finds and marks the words of a search, in any of their forms."""

    def __init__(self, *queries: str) -> None:
        words = [word for query in queries for word in telling_words(query)]
        self.stems = {stem for word in words for stem in (stem_of(word), *part_stems(word))}
        self.begun = words[-1] if words and not is_empty_word(words[-1]) else ""

    def is_hit(self, word: str) -> bool:
        """Whether the search found this word."""
        small = word.casefold()
        return stem_of(small) in self.stems or any(stem in self.stems for stem in part_stems(small)) or bool(self.begun and small.startswith(self.begun))

    def pieces(self, text: str) -> Pieces:
        """The text in pieces, those that the search found marked."""
        if not self.stems:
            return [(text, False)]
        found, at = Pieces(), 0
        for word in _WORD.finditer(text):
            if self.is_hit(word[0]):
                found += [(text[at : word.start()], False), (word[0], True)]
                at = word.end()
        return [*found, (text[at:], False)]

    def excerpt(self, row: Any) -> dict[str, Pieces]:
        """Title and an excerpt of a row with `title`, `summary` and `opening`, both marked.

        The summary is shown where the search found something in it, or found nothing in what we look through; and always
        where content notes stand before the words: those are read when the reader wants them.
        """
        text = "" if row.notes else " ".join(str(row.opening).split())
        summary = " ".join(str(row.summary).split())
        start = 0 if any(hit for _piece, hit in self.pieces(summary[: LENGTH * 2])) else self._first_hit(text)
        shown = summary or text if start is None or not self.stems or (start == 0 and summary) else text[max(0, start - LEAD) :]
        cut_before = shown is not summary and bool(start and start > LEAD)
        short = _cut(shown, is_middle=cut_before)
        return {"title": self.pieces(row.title), "text": self.pieces(short)}

    def _first_hit(self, text: str) -> int | None:
        if self.stems:
            for word in _WORD.finditer(text):
                if self.is_hit(word[0]):
                    return word.start()
        return None


def _cut(text: str, *, is_middle: bool) -> str:
    """At most so many signs, cut between words."""
    if is_middle:
        text = "…" + text.partition(" ")[2]
    if len(text) <= LENGTH:
        return text
    return text[:LENGTH].rpartition(" ")[0].rstrip(" ,.;:") + "…"
