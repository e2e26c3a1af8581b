"""One form for all text that comes in: NFC, plain line breaks, nothing invisible."""

import re
import unicodedata

_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
_ODD_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Controls, soft hyphen, bidi marks and overrides, zero-width signs, variation tags, non-characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)
# A joiner is kept only after a sign it can join: an emoji or its variation mark.
_LOOSE_JOINER = re.compile("(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d+|\u200d+$|\u200d(?=\u200d)")
# Windows punctuation that was read as if it were Latin-1, as browsers mend it too (HTML, "numeric character reference end").
_MENDED = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_HALF_MENDED = re.compile("[\x80-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BLANKS_AT_LINE_END = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)
_MANY_EMPTY_LINES = re.compile(r"\n{3,}")
# More marks than this on one letter is decoration that hides the words.
_PILED_MARKS = re.compile("([\u0300-\u036f]{4})[\u0300-\u036f]+")


def clean_text(text: str) -> str:
    r"""Return the text in the one form we keep.

    Only `\n` breaks lines; tabs stay; odd spaces become plain; control, bidi and zero-width characters are gone;
    half surrogates show as U+FFFD; composed (NFC); no blanks at line ends; at most one empty line in a row.
    Cleaning twice gives the same text.
    """
    text = _LINE_BREAKS.sub("\n", text)
    if not text.isascii():
        text = _SURROGATES.sub("\ufffd", text)
        text = _ODD_SPACES.sub(" ", text)
        text = text.translate(_MENDED) if _HALF_MENDED.search(text) else text
    text = _INVISIBLE.sub("", text)
    if not text.isascii():
        if "\u200d" in text:
            text = _LOOSE_JOINER.sub("", text)
        text = _PILED_MARKS.sub(r"\1", unicodedata.normalize("NFD", text)) if _has_piles(text) else text
        text = unicodedata.normalize("NFC", text)
    text = _BLANKS_AT_LINE_END.sub("", text)
    return _MANY_EMPTY_LINES.sub("\n\n", text).strip("\n")


def _has_piles(text: str) -> bool:
    return _PILED_MARKS.search(text) is not None
