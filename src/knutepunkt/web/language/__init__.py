"""Makes Bokmål, Nynorsk and English words meet: the search normaliser, highlighting, language guess and readability.

Dictionaries are loaded at first use, about 15 MB for Norwegian, and shared by all threads.
"""

from knutepunkt.web.language.lexicon import is_ordinary_word
from knutepunkt.web.language.reading import Language, guess_language, readability
from knutepunkt.web.language.search import (
    excerpt,
    highlight,
    is_empty_word,
    is_hurtful,
    normalise,
    part_stems,
    query_terms,
    stem_of,
    telling_words,
    words_in,
)

__all__ = [
    "Language",
    "excerpt",
    "guess_language",
    "highlight",
    "is_empty_word",
    "is_hurtful",
    "is_ordinary_word",
    "normalise",
    "part_stems",
    "query_terms",
    "readability",
    "stem_of",
    "telling_words",
    "words_in",
]
