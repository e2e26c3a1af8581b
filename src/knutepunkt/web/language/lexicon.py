"""The word lists of simplemma, read where they lie: a look-up costs some microseconds and hardly any memory."""

import threading
from collections.abc import Mapping
from functools import lru_cache

from knutepunkt.web.language.synonyms import SAME_THING

_lock = threading.Lock()
_PARTS_SHORTEST = 3
_COMPOUND_SHORTEST, _ALONE_SHORTEST = 7, 6
_SHORT_FIRST = frozenset(["bo", "rus", "syk", "sjuk", "dag", "mat", "tur", "hus", "råd", "dør", "lav", "liv", "tro", "uro", "barn"])
_SAY_NOTHING = frozenset(["selv", "sjølv", "over", "under", "etter", "hver", "kvar", "til", "ved", "inn", "opp", "mot", "gjennom", "igjen", "tilbake", "mellom", "etter", "samme"])
"""Beginnings of words that are no compounds to a reader: `overgrep` is not a grip."""
_LONGEST = 60


def _dictionary(language: str) -> Mapping[str, str]:
    with _lock:  # two threads must not both unpack
        return _load(language)


@lru_cache(maxsize=3)
def _load(language: str) -> Mapping[str, str]:
    from simplemma.strategies.dictionaries import StreamDictionaryFactory  # noqa: PLC0415 - slow

    words: Mapping[str, str] = StreamDictionaryFactory().get_dictionary(language)
    return words


def base_form(word: str) -> tuple[str, str]:
    """Return the base form of a lower-case word and the language (`nb`, `nn`, `en`) that knows it; "" if none does."""
    for language in ("nb", "nn", "en"):
        found = _dictionary(language).get(word)
        if found:
            return found, language
    return word, ""


@lru_cache(maxsize=50_000)
def is_ordinary_word(word: str, *, with_english: bool = True) -> bool:
    """Say whether the word stands in lower case in a Norwegian (or English) dictionary, so that it need not be a name."""
    if len(word) > _LONGEST:
        return False
    languages = ("nb", "nn", "en") if with_english else ("nb", "nn")
    return any(_dictionary(language).get(word) for language in languages)


@lru_cache(maxsize=20_000)
def is_compound(word: str) -> bool:
    """Say whether a lower-case word is two ordinary Norwegian words joined, with or without a binding `s` or `e`."""
    if len(word) > _LONGEST:
        return False
    for cut in range(_PARTS_SHORTEST, len(word) - _PARTS_SHORTEST + 1):
        first, last = word[:cut], word[cut:]
        if len(last) > _PARTS_SHORTEST and is_ordinary_word(last, with_english=False):
            bare = first[:-1] if first[-1] in "se" and len(first) > _PARTS_SHORTEST else first
            if is_ordinary_word(first, with_english=False) or is_ordinary_word(bare, with_english=False):
                return True
    return False


@lru_cache(maxsize=200_000)
def compound_parts(word: str) -> tuple[str, ...]:
    """The words a lower-case compound is made of, the last as long as it can be; empty where it is no compound we know.

    A binding `s` or `e` is left out of the first. Where the first is no word we know, a long last one stands alone.
    Only words of seven letters and more are taken apart.
    """
    if not _COMPOUND_SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
        return ()
    cuts = range(2, len(word) - _PARTS_SHORTEST)
    for cut in cuts:
        first, last = word[:cut], word[cut:]
        if _is_known(last):
            for bare in (first, first[:-1] if first[-1] in "se" else ""):
                if bare in _SHORT_FIRST or (len(bare) > _PARTS_SHORTEST and bare not in _SAY_NOTHING and _is_known(bare)):
                    return bare, last
    tail = next((word[cut:] for cut in cuts if cut > _PARTS_SHORTEST and _is_known(word[cut:])), "")
    return (tail,) if len(tail) >= _ALONE_SHORTEST else ()


def _is_known(word: str) -> bool:
    return word in SAME_THING or is_ordinary_word(word, with_english=False)
