"""The search normaliser: one stem for the same word in Bokmål, Nynorsk and English, on text and query alike."""

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from knutepunkt.web.language.lexicon import base_form, compound_parts
from knutepunkt.web.language.synonyms import NYNORSK_TO_BOKMAL, OLD, SAME_THING

_WORD = re.compile(r"[^\W_]+")
_STEMMERS = {"nb": "norwegian", "nn": "norwegian", "": "norwegian", "en": "english"}
_LONGEST_WORD = 60
_MOST_QUERY_WORDS = 30
_LONG_ENOUGH = 6
"""Shorter nynorsk stems are bokmål words too often."""
_NYNORSK_ENDING = re.compile(r"(?<=\w{3})(heit|leik|leg)(er|en|a|ene|ane|ar|e|t)?$")
_BOKMAL_ENDINGS = {"heit": "het", "leik": "lek", "leg": "lig"}
_EMPTY_TABLE = (
    "og i jeg eg det den de dei en ei et ein eit at å er var som på til av for med om ikke ikkje har hadde så men du "
    "vi me seg han hun ho fra frå the a an and of to in is was for on it that"
)
_EMPTY_WORDS = frozenset(_EMPTY_TABLE.split())
_ASKING_TABLE = (
    "hva hvem hvor hvordan hvorfor hvilke hvilken når kan kunne skal skulle vil ville må måtte bør blir ble bli noe noen når da nå her der "
    "min mitt mine din ditt dine meg deg seg oss jo vel også bare veldig enn eller hvis om når inn ut opp ned kva kven kvar korleis kvifor "
    "noko nokon eller dersom vert vart mi mitt mine meir berre òg what who where how why which when can could should would must do does did "
    "my your me you we they he she or if up out into about with from at be been are am not no"
)
_ASKING_WORDS = _EMPTY_WORDS | frozenset(_ASKING_TABLE.split())
_local = threading.local()


def normalise(text: str) -> str:
    """Return the stems of all words, joined by single blanks; what goes into the search index."""
    return " ".join(_stem(word[0]) for word in _WORD.finditer(text))


def query_terms(query: str) -> list[str]:
    """Return the stems to look for, each once, in order; words that say nothing are left out if others remain."""
    words = [word[0] for word in _WORD.finditer(query)][:_MOST_QUERY_WORDS]
    telling = [word for word in words if word.casefold() not in _EMPTY_WORDS] or words
    return list(dict.fromkeys(map(_stem, telling)))


def words_in(text: str) -> Iterator[str]:
    """Return each word of a text in small letters, in order."""
    return (word[0].casefold() for word in _WORD.finditer(text))


def telling_words(query: str) -> list[str]:
    """Return the query's words in small letters, each once, without those that say nothing, or only ask, if others remain."""
    words = list(words_in(query))[:_MOST_QUERY_WORDS]
    return list(dict.fromkeys([word for word in words if word not in _ASKING_WORDS] or words))


def is_empty_word(word: str) -> bool:
    """Say whether a word in small letters says nothing by itself."""
    return word in _EMPTY_WORDS


def stem_of(word: str) -> str:
    """Return the stem of a word in small letters."""
    return _stem_lower(word)


def part_stems(word: str) -> tuple[str, ...]:
    """Return the stems of the words a compound in small letters is made of, its own stem apart; empty for others."""
    return _part_stems(word)


@lru_cache(maxsize=200_000)
def _part_stems(word: str) -> tuple[str, ...]:
    if word in SAME_THING or word in NYNORSK_TO_BOKMAL:
        return ()
    whole = _stem_lower(word)
    return tuple(stem for stem in dict.fromkeys(map(_stem_lower, compound_parts(word))) if stem != whole)


@lru_cache(maxsize=50_000)
def is_hurtful(word: str) -> bool:
    """Say whether a word in small letters is, or holds, an old word that hurts: it may find, and is never suggested."""
    if word in OLD or base_form(word)[0].casefold() in OLD or _stemmer("norwegian").stemWord(word) in _old_stems():
        return True
    return any(is_hurtful(part) for part in compound_parts(word))


@lru_cache(maxsize=1)
def _old_stems() -> frozenset[str]:
    return frozenset(_stemmer("norwegian").stemWord(word) for word in OLD)


def highlight(text: str, query: str) -> list[tuple[int, int]]:
    """Return start and end (exclusive), in code points of the original text, of each word the query finds."""
    return [(start, end) for start, end, _term in _hits(text, query)]


def excerpt(text: str, query: str, length: int = 200) -> str:
    """Return about `length` characters around the place where most of the query's words stand, cut between words."""
    if len(text) <= length:
        return text
    hits = list(_hits(text, query))
    start = _best_start(hits, length)
    start = max(0, min(start - length // 5, len(text) - length))
    end = min(len(text), start + length)
    if start:
        start = next((i + 1 for i in range(start, min(start + 40, end)) if text[i].isspace()), start)
    if end < len(text):
        end = next((i for i in range(end, max(end - 40, start), -1) if text[i].isspace()), end)
    return ("…" if start else "") + " ".join(text[start:end].split()) + ("…" if end < len(text) else "")


def _hits(text: str, query: str) -> Iterator[tuple[int, int, str]]:
    terms = frozenset(query_terms(query))
    if terms:
        for word in _WORD.finditer(text):
            term = _stem(word[0])
            if term in terms:
                yield word.start(), word.end(), term


def _best_start(hits: list[tuple[int, int, str]], length: int) -> int:
    """Return where the window with most different terms begins; the first such."""
    best, most, last = 0, 0, 0
    inside: dict[str, int] = {}
    for start, _end, term in hits:
        while last < len(hits) and hits[last][1] <= start + length:
            inside[hits[last][2]] = inside.get(hits[last][2], 0) + 1
            last += 1
        kinds = sum(count > 0 for count in inside.values())
        if kinds > most:
            best, most = start, kinds
        inside[term] = inside.get(term, 1) - 1
    return best


def _stem(word: str) -> str:
    return _stem_lower(word.casefold())


@lru_cache(maxsize=200_000)
def _stem_lower(word: str) -> str:
    if len(word) > _LONGEST_WORD or not word.isalpha():
        return word
    stem = _stem_of_form(word)
    return _joined_stems().get(stem, stem)


def _stem_of_form(word: str) -> str:
    base, language = _base(word)
    stem: str = _stemmer(_STEMMERS[language]).stemWord(SAME_THING.get(base, base))
    return stem


def _base(word: str) -> tuple[str, str]:
    """Return the base form in Bokmål where we know it, and the language that knew it."""
    joined = SAME_THING.get(word) or NYNORSK_TO_BOKMAL.get(word)
    if joined:
        return joined, "nb"
    base, language = base_form(word)
    base = base.casefold()
    if language == "en":
        return base, language
    base = NYNORSK_TO_BOKMAL.get(base, base)
    turned = _NYNORSK_ENDING.sub(lambda found: _BOKMAL_ENDINGS[found[1]] + (found[2] or ""), base)
    return (base, language) if turned == base else (base_form(turned)[0].casefold(), "nb")


@lru_cache(maxsize=1)
def _joined_stems() -> dict[str, str]:
    """Return stem to stem, so that forms no dictionary lists are joined too (`bedringsprosessen` with `bedring`, `einsemda`
    with `ensomhet`).
    """
    long = {nn: nb for nn, nb in NYNORSK_TO_BOKMAL.items() if len(nn) >= _LONG_ENOUGH and nn != nb}
    pairs = {old: _stem_of_form(new) for old, new in {**long, **SAME_THING}.items()}
    stemmer = _stemmer(_STEMMERS["nb"])
    return {stemmer.stemWord(old): new for old, new in pairs.items()}


def _stemmer(name: str) -> Any:
    """Return this thread's own stemmer: a stemmer keeps its work in itself."""
    import snowballstemmer  # noqa: PLC0415 - slow

    mine: dict[str, Any] = _local.__dict__.setdefault("stemmers", {})
    if name not in mine:
        mine[name] = snowballstemmer.stemmer(name)
    return mine[name]
