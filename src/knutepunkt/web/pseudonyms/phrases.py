"""Finds known phrases of one or more words in a row of words, by a dictionary on the first word."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from knutepunkt.web.pseudonyms.model import IdentifierKind
from knutepunkt.web.pseudonyms.tokens import WORD, Token


class Match(NamedTuple):
    """A known phrase at hand: its kind, how many words it takes, whether any case will do, and a genitive taken off."""

    kind: IdentifierKind
    length: int
    any_case: bool
    tail: str


class Phrases:
    """A set of phrases, each of one kind."""

    def __init__(self) -> None:
        """Begin empty."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], IdentifierKind, bool]]] = defaultdict(list)

    def add(self, kind: IdentifierKind, phrases: Collection[str], *, any_case: bool = False) -> None:
        """Add phrases of a kind; of a name its single words are known too."""
        for phrase in phrases:
            words = tuple(word[0].casefold() for word in WORD.finditer(phrase))
            if not words:
                continue
            self._by_first[words[0]].append((words, kind, any_case))
            if kind is IdentifierKind.NAME and len(words) > 1:
                for word in words:
                    if len(word) > 1:
                        self._by_first[word].append(((word,), kind, any_case))

    def at(self, tokens: Sequence[Token], index: int) -> Match | None:
        """Return the longest phrase that begins with this word, also with a genitive `s` on its last word."""
        best: Match | None = None
        lower = tokens[index].lower
        for key in (lower, lower.removesuffix("s")):
            for words, kind, any_case in self._by_first.get(key, ()):
                tail = _tail(tokens, index, words)
                if tail is not None and (best is None or len(words) > best.length):
                    best = Match(kind, len(words), any_case, tail)
        return best


def _tail(tokens: Sequence[Token], index: int, words: tuple[str, ...]) -> str | None:
    here = tokens[index : index + len(words)]
    if len(here) < len(words) or any(a.lower != b for a, b in zip(here, words[:-1], strict=False)):
        return None
    if any(not token.follows_closely for token in here[1:]):
        return None
    last = here[-1].lower
    if last == words[-1]:
        return ""
    return here[-1].text[-1] if last == words[-1] + "s" else None
