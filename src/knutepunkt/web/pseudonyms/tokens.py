"""The words of a text with what stands right before them."""

import re
from dataclasses import dataclass

# A word may hold a hyphen or an apostrophe inside: Anne-Grete, O'Hara; digits part words so that "M1" is no word.
WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011'\u2019][^\W\d_]+)*")
# What ends a sentence, or opens one: after these a capital is grammar and tells nothing.
_SENTENCE_GAP = re.compile(r"[.!?:\u2026\n\"\u201c\u201e\u00ab\u2013\u2014>\u2022\t]|(?:^|\s)-\s?$|''")
_CLOSE_GAPS = {" ", "-", "_", ". ", "\u00a0"}


@dataclass(slots=True)
class Token:
    """A word, where it stands, whether it opens a sentence, and whether only a blank parts it from the word before."""

    text: str
    lower: str
    start: int
    end: int
    opens: bool
    follows_closely: bool
    is_capital: bool


def tokenise(text: str, *, as_label: bool = False) -> list[Token]:
    """Return all words in order; words that touch a digit are left out. With `as_label` no word opens a sentence."""
    tokens: list[Token] = []
    before = 0
    previous = ""
    for match in WORD.finditer(text):
        start, end = match.span()
        if (start and text[start - 1].isdigit()) or (end < len(text) and text[end].isdigit()):
            continue
        gap = text[before:start]
        is_initial = gap.startswith(".") and len(previous) == 1 and previous.isupper()
        opens = not as_label and (not tokens or (bool(_SENTENCE_GAP.search(gap)) and not is_initial))
        word = match[0]
        close = gap in _CLOSE_GAPS and (gap != ". " or is_initial or previous in {"dr", "Dr", "St"})
        tokens.append(Token(word, word.casefold(), start, end, opens, close, word[0].isupper()))
        before, previous = end, word
    return tokens
