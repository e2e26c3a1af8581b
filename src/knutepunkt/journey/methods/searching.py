"""Searching one's own notes: opened in memory, compared word by word, and forgotten again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from knutepunkt.web.language import normalise


@dataclass(frozen=True)
class Hit:
    """A note that has all the words, and the text where the first stands."""

    note: Any
    text: str


def texts_in(content: Any) -> Iterator[str]:
    """Every text in a content, whatever its shape."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from texts_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from texts_in(value)


def found_in(notes: Iterable[Any], words: str) -> list[Hit]:
    """The notes in which every word stands, whole or begun, in any form of it; newest first."""
    wanted = normalise(words).split()
    hits = []
    for note in notes:
        texts = [text for text in texts_in(note.content) if text]
        told = " " + " ".join(normalise(text) for text in texts)
        if wanted and all(f" {word}" in told for word in wanted):
            first = next((t for t in texts if f" {wanted[0]}" in f" {normalise(t)}"), texts[0])
            hits.append(Hit(note, first))
    return sorted(hits, key=lambda hit: (hit.note.changed_on, str(hit.note.id)), reverse=True)
