"""Weighs capitalised words: names, places and organisations by lists, endings and the words around them."""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from knutepunkt.web.language.lexicon import is_compound, is_ordinary_word
from knutepunkt.web.pseudonyms.model import Identifier, IdentifierKind, Why
from knutepunkt.web.pseudonyms.phrases import Match, Phrases
from knutepunkt.web.pseudonyms.tokens import Token, tokenise
from knutepunkt.web.pseudonyms.word_lists import (
    BEFORE_PERSONS,
    COMMON_CAPITALS,
    DIRECTIONS,
    EVERYDAY,
    FIRST_NAMES,
    HOUSE_ENDINGS,
    JOINING,
    NAME_HERALDS,
    NAME_PREPOSITIONS,
    ORGANISATION_ENDINGS,
    ORGANISATION_NOUNS,
    PLACE_ENDINGS,
    PLACE_HERALDS,
    PLACES,
    SPOKEN_WORDS,
    SURNAME_ENDINGS,
    SURNAMES,
    TOLD_NAMES,
)

NAME, PLACE, ORGANISATION = IdentifierKind.NAME, IdentifierKind.PLACE, IdentifierKind.ORGANISATION
_LONGEST_RUN = 5
_LONGEST_ACRONYM = 5
_SHORTEST = 3


class _Verdict(NamedTuple):
    kind: IdentifierKind
    certainty: float
    why: Why


class _Text:
    """The words of one text, and what the whole text tells about each."""

    def __init__(self, text: str, *, as_label: bool) -> None:
        self.text = text
        self.as_label = as_label
        self.tokens = tokenise(text, as_label=as_label)
        self.in_lower_case = {token.lower for token in self.tokens if not token.is_capital}
        self.mid_sentence = Counter(
            token.lower
            for token in self.tokens
            if token.is_capital and not token.opens and not token.text.isupper()
        )

    def before(self, index: int) -> str:
        """Return the word right before, or "" when something parts them."""
        return self.tokens[index - 1].lower if index and self.tokens[index].follows_closely else ""

    def after(self, index: int) -> Token | None:
        """Return the word right after, or None when something parts them."""
        here = self.tokens[index + 1 : index + 2]
        return here[0] if here and here[0].follows_closely else None

    def base(self, token: Token) -> tuple[str, str]:
        """Return the word without its genitive, and the genitive."""
        word = token.text
        for ending in ("'s", "\u2019s"):
            if word.endswith(ending):
                return word[:-2], ending
        lower = token.lower
        if lower.endswith("s") and lower not in FIRST_NAMES and len(word) > _SHORTEST:
            bare = lower[:-1]
            if bare in FIRST_NAMES or bare in SURNAMES or bare in PLACES or bare in self.mid_sentence:
                return word[:-1], word[-1]
        return word, ""


def find_names(text: str, phrases: Phrases, *, as_label: bool = False) -> list[Identifier]:
    """Return names, places and organisations; `phrases` holds what is known beforehand."""
    seen = _Text(text, as_label=as_label)
    found: list[Identifier] = []
    index = 0
    while index < len(seen.tokens):
        one, length = _at(seen, phrases, index)
        if one:
            found.append(one)
        index += length
    return _of_one_kind(found)


def _at(seen: _Text, phrases: Phrases, index: int) -> tuple[Identifier | None, int]:
    """Return the find that begins with this word, if any, and how many words were dealt with."""
    token = seen.tokens[index]
    known = phrases.at(seen.tokens, index)
    if known and known.any_case:
        return _identifier(
            seen, index, known.length, _Verdict(known.kind, 0.95, Why.KNOWN), known.tail
        ), known.length
    if not token.is_capital:
        return _lower_case(seen, index, known), 1
    length = _run_length(seen, index)
    if known and known.length > length:
        length = known.length
    if length == 0:
        return None, 1
    while length < _LONGEST_RUN and _is_organisation_noun(seen.after(index + length - 1)):
        length += 1
    verdict = _known_verdict(seen, index, length, known) or _verdict(seen, index, length)
    return (_identifier(seen, index, length, verdict) if verdict else None), length


def _identifier(
    seen: _Text, index: int, length: int, verdict: _Verdict, tail: str | None = None
) -> Identifier:
    first, last = seen.tokens[index], seen.tokens[index + length - 1]
    words = seen.text[first.start : last.end]
    if tail is None:
        tail = seen.base(last)[1]
    base = words.removesuffix(tail) if tail else words
    return Identifier(verdict.kind, first.start, last.end, words, verdict.certainty, verdict.why, base, tail)


def _run_length(seen: _Text, index: int) -> int:
    """Return how many words from here on belong together by their capitals; 0 when the first only opens a sentence."""
    tokens = seen.tokens
    first = tokens[index]
    end = index + 1
    while (
        end < len(tokens)
        and end - index < _LONGEST_RUN
        and tokens[end].follows_closely
        and not tokens[end].opens
    ):
        if tokens[end].is_capital:
            end += 1
        elif tokens[end].lower in JOINING - {"og", "av"} and _is_capital_at(tokens, end + 1):
            end += 2
        else:
            break
    may_be_name = _is_listed(first.lower) or (len(first.text) == 1 and end > index + 1)
    leads_in = (
        (first.opens or seen.as_label) and not may_be_name and _is_ordinary(first.lower, not seen.as_label)
    )
    if leads_in and end > index + 1:
        return 0
    if seen.as_label and (leads_in or first.lower in COMMON_CAPITALS):
        return 0
    return end - index


def _is_capital_at(tokens: Sequence[Token], index: int) -> bool:
    return index < len(tokens) and tokens[index].is_capital and tokens[index].follows_closely


def _is_organisation_noun(token: Token | None) -> bool:
    if token is None or (len(token.lower) <= _SHORTEST and not token.is_capital):
        return False
    return token.lower in ORGANISATION_NOUNS or (not token.is_capital and token.lower.endswith(HOUSE_ENDINGS))


def _known_verdict(seen: _Text, index: int, length: int, known: Match | None) -> _Verdict | None:
    if not known:
        return None
    token = seen.tokens[index]
    if _is_organisation_noun(seen.tokens[index + length - 1]) and length > known.length:
        return _Verdict(ORGANISATION, 0.95, Why.KNOWN)
    if known.kind is PLACE and (length > known.length or _is_listed_name(token.lower)):
        return None
    if token.opens and known.length == 1 and _is_ordinary(token.lower):
        return _Verdict(known.kind, 0.8 if seen.mid_sentence[token.lower] else 0.35, Why.KNOWN)
    return _Verdict(known.kind, 0.95, Why.KNOWN)


def _verdict(seen: _Text, index: int, length: int) -> _Verdict | None:
    tokens = seen.tokens[index : index + length]
    lowers = [token.lower for token in tokens]
    bases = [seen.base(token)[0].casefold() for token in tokens]
    if all(word in COMMON_CAPITALS or len(word) == 1 for word in bases):
        return None
    if _is_organisation(tokens, lowers):
        return _Verdict(ORGANISATION, 0.85, Why.ENDING)
    if length > 1:
        return _run_verdict(seen, index, bases)
    return (
        _opening_verdict(seen, tokens[0], bases[0])
        if tokens[0].opens
        else _inner_verdict(seen, index, bases[0])
    )


def _is_organisation(tokens: Sequence[Token], lowers: Sequence[str]) -> bool:
    if len(lowers) > 1 and (lowers[-1] in ORGANISATION_NOUNS or lowers[0] in COMMON_CAPITALS):
        return True
    for token, word in zip(tokens, lowers, strict=True):
        has_ending = any(
            word.endswith(ending) and len(word) > len(ending) + 1 for ending in ORGANISATION_ENDINGS
        )
        if has_ending and not (
            token.opens and len(tokens) == 1 and (_is_ordinary(word) or is_compound(word))
        ):
            return not _is_listed(word)
    return False


def _run_verdict(seen: _Text, index: int, bases: Sequence[str]) -> _Verdict:
    is_place = any(base in PLACES for base in bases) or bases[0] in DIRECTIONS
    if any(_is_first_name(base) for base in bases) or (
        any(base in SURNAMES for base in bases) and not is_place
    ):
        return _Verdict(NAME, 0.97, Why.COMMON_NAME)
    if is_place:
        return _Verdict(PLACE, 0.85, Why.KNOWN)
    if seen.before(index) in PLACE_HERALDS:
        return _Verdict(PLACE, 0.85, Why.AFTER_PREPOSITION)
    return _Verdict(NAME, 0.85, Why.CAPITAL)


def _inner_verdict(seen: _Text, index: int, base: str) -> _Verdict | None:  # noqa: PLR0911 - a ladder, one rung a case
    """Weigh a lone capitalised word inside a sentence, where the capital itself tells."""
    token = seen.tokens[index]
    if token.text.isupper() and len(token.text) > 1:
        return _shouted_verdict(token)
    if _is_acronym_compound(token.text):
        return None
    before = seen.before(index)
    is_first_name = _is_first_name(base)
    if is_first_name and not (base in PLACES and before in PLACE_HERALDS):
        return _Verdict(NAME, 0.95, Why.COMMON_NAME)
    if before in NAME_HERALDS:
        return _Verdict(NAME, 0.9 if base not in PLACES else 0.6, Why.INTRODUCED)
    if base in PLACES or base.partition("-")[0] in PLACES:
        return _Verdict(PLACE, 0.95, Why.KNOWN)
    if before in PLACE_HERALDS and not (base in SURNAMES and before in NAME_PREPOSITIONS):
        return _Verdict(PLACE, 0.85, Why.AFTER_PREPOSITION)
    if base in SURNAMES or base.endswith(SURNAME_ENDINGS):
        return _Verdict(NAME, 0.85, Why.ENDING)
    if base.endswith(PLACE_ENDINGS) and before not in BEFORE_PERSONS:
        return _Verdict(PLACE, 0.75, Why.ENDING)
    return _Verdict(NAME, 0.6 if _is_ordinary(base) else 0.8, Why.CAPITAL)


def _is_acronym_compound(word: str) -> bool:
    """Say whether the word is capitals joined to an ordinary word, such as `ABS-bremsene`."""
    first, _hyphen, last = word.rpartition("-")
    return first.isupper() and (is_ordinary_word(last) or is_compound(last))


def _shouted_verdict(token: Token) -> _Verdict | None:
    """Weigh a word in capitals only: a name on a list, an acronym nobody explained, or just emphasis."""
    if _is_first_name(token.lower):
        return _Verdict(NAME, 0.8, Why.COMMON_NAME)
    if token.lower in PLACES:
        return _Verdict(PLACE, 0.8, Why.KNOWN)
    if len(token.text) > _LONGEST_ACRONYM or _is_ordinary(token.lower):
        return None
    return _Verdict(ORGANISATION, 0.35, Why.UNKNOWN_WORD)


def _opening_verdict(seen: _Text, token: Token, base: str) -> _Verdict | None:  # noqa: PLR0911 - a ladder, one rung a case
    """Weigh a lone word that opens a sentence, where the capital is grammar."""
    if token.text.isupper() and len(token.text) > 1:
        return _shouted_verdict(token)
    ordinary = _is_ordinary(token.lower)
    is_elsewhere = seen.mid_sentence[token.lower] > 0 or seen.mid_sentence[base] > 0
    if _is_first_name(base):
        if ordinary and not is_elsewhere:
            return (
                None if base in EVERYDAY or token.lower in EVERYDAY else _Verdict(NAME, 0.45, Why.COMMON_NAME)
            )
        return _Verdict(NAME, 0.85 if ordinary else 0.95, Why.COMMON_NAME)
    if ordinary or token.lower in seen.in_lower_case:
        is_name = is_elsewhere and token.lower not in seen.in_lower_case
        return _Verdict(NAME, 0.5, Why.SEEN_ELSEWHERE) if is_name else None
    if base in PLACES:
        return _Verdict(PLACE, 0.9, Why.KNOWN)
    if base in SURNAMES or base.endswith(("sen", "datter")):
        return _Verdict(NAME, 0.8, Why.ENDING)
    if is_elsewhere:
        return _Verdict(NAME, 0.75, Why.SEEN_ELSEWHERE)
    if len(base) <= _SHORTEST or is_compound(token.lower):
        return None
    return (
        _Verdict(PLACE, 0.4, Why.ENDING)
        if base.endswith(PLACE_ENDINGS)
        else _Verdict(NAME, 0.3, Why.UNKNOWN_WORD)
    )


def _lower_case(seen: _Text, index: int, known: Match | None) -> Identifier | None:
    """Weigh a word without a capital: hasty notes and file names hold names too."""
    token = seen.tokens[index]
    word = seen.base(token)[0].casefold()
    if seen.as_label:
        weighed = _label_verdict(seen, index, word)
        return _identifier(seen, index, 1, weighed) if weighed else None
    if _is_ordinary(token.lower) or len(token.lower) <= _SHORTEST:
        return None
    verdict: _Verdict | None = None
    if known and known.length == 1:
        verdict = _Verdict(known.kind, 0.6, Why.KNOWN)
    elif _is_first_name(word) and word not in EVERYDAY:
        verdict = _Verdict(NAME, 0.4, Why.COMMON_NAME)
    elif word in PLACES:
        verdict = _Verdict(PLACE, 0.4, Why.KNOWN)
    elif seen.before(index) in TOLD_NAMES:
        verdict = _Verdict(NAME, 0.5, Why.INTRODUCED)
    return _identifier(seen, index, 1, verdict) if verdict else None


def _label_verdict(seen: _Text, index: int, word: str) -> _Verdict | None:
    """Weigh a word without a capital in a label or file name, where names often stand so: `intervju_kari_fjellro`."""
    if word in PLACES:
        return _Verdict(PLACE, 0.6, Why.KNOWN)
    if (_is_first_name(word) and word not in EVERYDAY) or (word in SURNAMES and not _is_ordinary(word)):
        return _Verdict(NAME, 0.7, Why.COMMON_NAME)
    follows_name = _is_first_name(seen.before(index)) and not _is_ordinary(word, False)
    is_odd = word not in COMMON_CAPITALS and not _is_ordinary(word, False) and not is_compound(word)
    if len(word) >= _SHORTEST and (follows_name or is_odd):
        return _Verdict(NAME, 0.4, Why.UNKNOWN_WORD)
    return None


def _of_one_kind(found: Sequence[Identifier]) -> list[Identifier]:
    """Give each lone word one kind in the whole text, the one that is surest in sum, so it is decided once."""
    weights: dict[str, dict[IdentifierKind, float]] = defaultdict(lambda: defaultdict(float))
    for one in found:
        weights[one.base.casefold()][one.kind] += one.certainty
    return list(_unified(found, weights))


def _unified(
    found: Sequence[Identifier], weights: dict[str, dict[IdentifierKind, float]]
) -> Iterator[Identifier]:
    for one in found:
        kinds = weights[one.base.casefold()]
        kind = max(kinds, key=lambda each: kinds[each])
        yield one if kind is one.kind else dataclasses.replace(one, kind=kind)


def _is_first_name(word: str) -> bool:
    return word in FIRST_NAMES or ("-" in word and any(part in FIRST_NAMES for part in word.split("-")))


def _is_listed_name(word: str) -> bool:
    return _is_first_name(word) or word in SURNAMES


def _is_listed(word: str) -> bool:
    return _is_listed_name(word) or word in PLACES or word.removesuffix("s") in FIRST_NAMES


def _is_ordinary(word: str, with_english: bool = True) -> bool:
    def is_known(part: str) -> bool:
        return part in SPOKEN_WORDS or is_ordinary_word(part, with_english=with_english)

    if is_known(word):
        return True
    return "-" in word and all(part in COMMON_CAPITALS or is_known(part) for part in word.split("-"))
