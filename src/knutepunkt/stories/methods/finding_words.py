"""Words made ready for the index and for `mente du`: how much each counts, how it sounds, which other word was meant."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from knutepunkt.stories.choices.finding import Weight
from knutepunkt.web.language import is_empty_word, is_hurtful, part_stems, stem_of, words_in

STEM_LONGEST, WORD_LONGEST, WORD_SHORTEST = 100, 60, 3
MOST_MEANT = 5
SATURATION, LENGTH_PULL, USUAL_LENGTH, OFTEN = 1.2, 0.75, 400, 0.6
"""As in BM25 (Robertson and Zaragoza, 2009); a word is `often` in a text where its saturated count passes 0.6."""
LETTERS = "abcdefghijklmnopqrstuvwxyzæøåéáčđŋšŧž"
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("aa", "å"), ("æ|é|á", "e"), ("ö|ø", "o"), ("å", "o"), ("skj|sj|kj|tj|sh|ch", "s"), ("ck|c|q|g(?=k)", "k"), ("ph", "f"), ("hv|w", "v"),
        ("hj|gj", "j"), ("x", "ks"), ("z", "s"), ("nd|ld", "n"), ("dt|th|d", "t"), ("b", "p"), ("g", "k"), ("(?<=.)[aeiouyh]", ""),
    )
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


def sound_of(word: str) -> str:
    """What is left of a word when its spelling is made plain: doubled letters, silent ones and vowels but the first go."""
    sound = _DOUBLED.sub(r"\1", word)
    for pattern, plain in _SOUNDS:
        sound = pattern.sub(plain, sound)
    return _DOUBLED.sub(r"\1", sound)[:WORD_LONGEST]


def levels_in(title: str, head: Iterable[str], sorted_by: Iterable[str], text: Iterable[str]) -> dict[str, int]:
    """How much each stem counts (`Weight`): in the title, in the head (summary, name), in the words it is sorted by, in the text."""
    levels = _levels_of_text(text)
    places = ((sorted_by, Weight.OFTEN, Weight.TEXT), (head, Weight.HEAD, Weight.TEXT), ([title], Weight.TITLE, Weight.OFTEN))
    for texts, whole, piece in places:
        for word in {word for one in texts for word in words_in(one)}:
            _raise(levels, stem_of(word)[:STEM_LONGEST], whole)
            for stem in part_stems(word):
                _raise(levels, stem, piece)
    return levels


def _levels_of_text(texts: Iterable[str]) -> dict[str, int]:
    counts = Counter(word for text in texts for word in words_in(text))
    levels: dict[str, int] = {}
    by_stem: dict[str, int] = {}
    for word, count in counts.items():
        stem = stem_of(word)[:STEM_LONGEST]
        by_stem[stem] = by_stem.get(stem, 0) + count
        for part in part_stems(word):
            _raise(levels, part, Weight.TEXT)
    pull = SATURATION * (1 - LENGTH_PULL + LENGTH_PULL * counts.total() / USUAL_LENGTH)
    for stem, count in by_stem.items():
        _raise(levels, stem, Weight.OFTEN if count > 1 and count / (count + pull) > OFTEN else Weight.TEXT)
    return levels


def _raise(levels: dict[str, int], stem: str, level: int) -> None:
    if level > levels.get(stem, 0):
        levels[stem] = level


def suggestable(texts: Iterable[str]) -> set[str]:
    """The words of some texts that may be suggested: letters only, neither short nor endless, telling, and none that hurts."""
    return {
        word for text in texts for word in words_in(text)
        if WORD_SHORTEST <= len(word) <= WORD_LONGEST and word.isalpha() and not is_empty_word(word) and not is_hurtful(word)
    }  # fmt: skip


def one_slip_from(word: str) -> Iterator[str]:
    """Each way to write a word with one slip: a letter too many, too few, another, or two that changed places."""
    halves = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    for left, right in halves:
        if right:
            yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in LETTERS:
            yield left + letter + right
            if right:
                yield left + letter + right[1:]


def distance(one: str, other: str) -> int:
    """How many slips lie between two words (optimal string alignment: Damerau 1964)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one):
        older, before, row = before, row, [i + 1]
        for j, b in enumerate(other):
            cost = min(before[j + 1] + 1, row[j] + 1, before[j] + (a != b))
            if i and j and a == other[j - 1] and b == one[i - 1]:
                cost = min(cost, older[j - 1] + 1)
            row.append(cost)
    return row[-1]


def meant(word: str, known: Mapping[str, int]) -> list[str]:
    """The likeliest words among those known (with how many items have each), likeliest first; those near enough, and few."""
    farthest = 1 if len(word) < 5 else 2 if len(word) < 9 else 3  # noqa: PLR2004 (a long word has room for more slips)
    near = [(distance(word, other), -items, other) for other, items in known.items() if other != word]
    near = [one for one in near if one[0] <= farthest]
    return [other for _slips, _items, other in sorted(near)[:MOST_MEANT]]
