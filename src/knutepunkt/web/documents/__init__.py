"""Reads what people bring: Word, OpenDocument, PDF, RTF, plain text and subtitles become clean text.

Nothing here stores anything. A file that cannot be read raises `UnreadableDocument` with a sentence for the person.
"""

from knutepunkt.web.documents.cleaning import clean_text
from knutepunkt.web.documents.encodings import EncodingGuess, decode_as
from knutepunkt.web.documents.model import (
    Cue,
    Document,
    Kind,
    Limits,
    Omission,
    Reason,
    UnreadableDocument,
)
from knutepunkt.web.documents.reading import read_document, read_text

__all__ = [
    "Cue",
    "Document",
    "EncodingGuess",
    "Kind",
    "Limits",
    "Omission",
    "Reason",
    "UnreadableDocument",
    "clean_text",
    "decode_as",
    "read_document",
    "read_text",
]
