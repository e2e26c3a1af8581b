"""Makes Bokmål, Nynorsk and English words meet: the search normaliser, highlighting, language guess and readability.

Dictionaries are loaded at first use, about 15 MB for Norwegian, and shared by all threads.
"""

from knutepunkt.web.language.lexicon import is_ordinary_word
from knutepunkt.web.language.reading import Language, guess_language, readability
from knutepunkt.web.language.search import excerpt, highlight, normalise, query_terms

__all__ = [
    "Language",
    "excerpt",
    "guess_language",
    "highlight",
    "is_ordinary_word",
    "normalise",
    "query_terms",
    "readability",
]
