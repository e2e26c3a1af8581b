"""Finds out how a plain text file is encoded, and says how sure that is."""

import codecs
import re
from dataclasses import dataclass

# Old Norwegian files come from Windows, DOS (code page 865) and the older Mac.
_BY_NORWEGIAN_BYTES = {
    "cp1252": b"\xe6\xf8\xe5\xc6\xd8\xc5\xe9\xf2\xf3\xf4\xe8\xe4\xf6",
    "cp865": b"\x91\x9b\x86\x92\x9d\x8f\x82\x95\xa2\x93\x8a\x84\x94",
    "mac_roman": b"\xbe\xbf\x8c\xae\xaf\x81\x8e\x98\x97\x99\x8f\x8a\x9a",
}
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TWICE = "utf-8-twice"
_TWICE_MARKS = re.compile("\u00c3[\u00a6\u00b8\u00a5\u2020\u02dc\u2026\u00a9\u00b2\u00b4]")
_WHOLE_FOR_EACH_BROKEN = 4
_SHORTEST_WIDE = 4
_FEWEST_TWICE = 2
_HIGH_BYTES = bytes(range(128, 256))
ENCODINGS = ("utf-8", "cp1252", "cp865", "mac_roman", "utf-16-le", "utf-16-be", _TWICE)


@dataclass(frozen=True, slots=True)
class EncodingGuess:
    """How the bytes were read. When not `certain`, show the person a preview in each of `candidates`."""

    name: str
    certain: bool
    candidates: tuple[str, ...] = ()


def guess_encoding(data: bytes) -> EncodingGuess:
    """Return the most likely encoding: byte-order mark, strict UTF-8, UTF-16 by its zeros, then old code pages."""
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return EncodingGuess(name, certain=True)
    wide = _utf16_by_zeros(data)
    if wide:
        return EncodingGuess(wide, certain=False, candidates=("utf-8", "cp1252"))
    if data.isascii():
        return EncodingGuess("utf-8", certain=True)
    broken, whole = _count_utf8(data)
    if not broken:
        return _once_or_twice(data)
    if whole >= _WHOLE_FOR_EACH_BROKEN * broken:
        return EncodingGuess("utf-8", certain=False, candidates=("cp1252", "cp865", "mac_roman"))
    ranked = sorted(_BY_NORWEGIAN_BYTES, key=lambda name: -_letters_in_words(data, _BY_NORWEGIAN_BYTES[name]))
    return EncodingGuess(ranked[0], certain=False, candidates=tuple(ranked[1:]))


def decode_as(data: bytes, encoding: str) -> str:
    """Return the text read with one named encoding; bytes that do not fit show as U+FFFD.

    Raises `LookupError` for an encoding that is not offered.
    """
    if encoding == _TWICE:
        return _undo_twice(data.decode("utf-8", "replace"))
    if encoding not in {*ENCODINGS, "utf-8-sig", "utf-16", "utf-32"}:
        raise LookupError(encoding)
    return data.decode(encoding, "replace")


def _utf16_by_zeros(data: bytes) -> str:
    sample = data[:4000]
    if len(sample) < _SHORTEST_WIDE:
        return ""
    half = len(sample) // 2
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.1 * half else ""


def _count_utf8(data: bytes) -> tuple[int, int]:
    """Count broken and whole sequences of more than one byte; half a sequence at the very end is no sign of trouble."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    whole = len(text) - len(data.translate(None, _HIGH_BYTES)) - broken
    if broken == 1 and whole and text.endswith("\ufffd"):
        broken = 0
    return broken, whole


def _letters_in_words(data: bytes, letters: bytes) -> int:
    pattern = b"(?<=[A-Za-z])[" + re.escape(letters) + b"]|[" + re.escape(letters) + b"](?=[a-z])"
    return len(re.findall(pattern, data))


def _once_or_twice(data: bytes) -> EncodingGuess:
    text = data[:200_000].decode("utf-8", "ignore")
    if len(_TWICE_MARKS.findall(text)) < _FEWEST_TWICE or _undo_twice(text) == text:
        return EncodingGuess("utf-8", certain=True)
    return EncodingGuess(_TWICE, certain=False, candidates=("utf-8",))


def _undo_twice(text: str) -> str:
    """Undo UTF-8 that was once read as Windows letters and saved again; unchanged if that is not what happened."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
