"""The door: takes any file, finds out what it is by its content, and gives a clean document or a reason."""

import dataclasses
from pathlib import Path
from typing import BinaryIO

from knutepunkt.web.documents.captions import looks_like_srt, read_captions
from knutepunkt.web.documents.cleaning import clean_text
from knutepunkt.web.documents.docx import read_docx
from knutepunkt.web.documents.encodings import EncodingGuess, decode_as, guess_encoding
from knutepunkt.web.documents.model import Document, Kind, Limits, Omission, Reason, UnreadableDocument
from knutepunkt.web.documents.odt import read_odt
from knutepunkt.web.documents.packages import Package
from knutepunkt.web.documents.pdf import read_pdf
from knutepunkt.web.documents.rtf import read_rtf

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_OLD_WORD_PART = "WordDocument".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_RECORDINGS = (b"ID3", b"fLaC", b"OggS", b"\x1a\x45\xdf\xa3", b"\xff\xfb", b"\xff\xf3", b"#!AMR", b"FORM")
_MARKUP = (b"<?xml", b"<!doctype", b"<html", b"<svg")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x1b"))
_MOST_CONTROLS = 0.02
_FIRST = 1024


def read_document(name: str, stream: BinaryIO | Path, *, limits: Limits | None = None) -> Document:
    """Read a file of any kind we know; what it is is decided by its content, not by its name.

    `name` is only used as a title when the file has none. A file above `limits.file_bytes` is not read to its end.
    Raises `UnreadableDocument` with a `reason`.
    """
    limits = limits or Limits()
    data = _read_bounded(stream, limits)
    document = _read(data, limits)
    return _finish(document, name, limits)


def read_text(data: bytes, encoding: str, *, name: str = "", limits: Limits | None = None) -> Document:
    """Read plain text or subtitles again in an encoding the person chose from `EncodingGuess.candidates`."""
    limits = limits or Limits()
    document = _as_text(data, EncodingGuess(encoding, certain=True), limits)
    return _finish(document, name, limits)


def _read_bounded(stream: BinaryIO | Path, limits: Limits) -> bytes:
    if isinstance(stream, Path):
        if stream.stat().st_size > limits.file_bytes:
            raise UnreadableDocument(Reason.TOO_LARGE, limits)
        with stream.open("rb") as opened:
            return _read_bounded(opened, limits)
    data = stream.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise UnreadableDocument(Reason.TOO_LARGE, limits)
    if not data:
        raise UnreadableDocument(Reason.EMPTY, limits)
    return data


def _read(data: bytes, limits: Limits) -> Document:
    if data.startswith(_ZIP):
        return _read_package(data, limits)
    if data.startswith(_OLE):
        raise UnreadableDocument(_reason_for_ole(data), limits)
    if b"%PDF-" in data[:_FIRST]:
        return read_pdf(data, limits)
    if data.lstrip()[:5] == b"{\\rtf":
        return read_rtf(data.lstrip(), limits)
    _refuse_what_is_not_text(data, limits)
    return _as_text(data, guess_encoding(data), limits)


def _read_package(data: bytes, limits: Limits) -> Document:
    package = Package(data, limits)
    if "content.xml" in package and _mimetype(package).startswith("application/vnd.oasis.opendocument.text"):
        return read_odt(package, limits)
    if "word/document.xml" in package or any(name.startswith("word/") for name in package.names):
        return read_docx(package, limits)
    raise UnreadableDocument(Reason.WRONG_KIND, limits)


def _mimetype(package: Package) -> str:
    said = b"".join(package.read("mimetype")).decode("ascii", "replace").strip()
    return said or "application/vnd.oasis.opendocument.text"


def _reason_for_ole(data: bytes) -> Reason:
    if _ENCRYPTED_PART in data:
        return Reason.ENCRYPTED
    return Reason.OLD_WORD if _OLD_WORD_PART in data else Reason.WRONG_KIND


def _refuse_what_is_not_text(data: bytes, limits: Limits) -> None:
    head = data[:_FIRST]
    if (
        head.startswith(_RECORDINGS)
        or head[4:8] == b"ftyp"
        or (head[:4] == b"RIFF" and head[8:12] in {b"WAVE", b"AVI "})
    ):
        raise UnreadableDocument(Reason.RECORDING, limits)
    if (head.startswith(_PICTURES) and head.translate(None, _CONTROLS) != head) or head[8:12] == b"WEBP":
        raise UnreadableDocument(Reason.PICTURE, limits)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_MARKUP):
        raise UnreadableDocument(Reason.WRONG_KIND, limits)


def _as_text(data: bytes, guess: EncodingGuess, limits: Limits) -> Document:
    text = decode_as(data, guess.name)
    controls = sum(1 for sign in text[:100_000] if sign < " " and sign not in "\t\n\r\f\x1a\x1b")
    if controls > _MOST_CONTROLS * len(text[:100_000]) + 2:
        raise UnreadableDocument(Reason.WRONG_KIND, limits)
    text = clean_text(text.removeprefix("\ufeff"))
    if text.startswith("WEBVTT"):
        document = read_captions(text, Kind.VTT)
    elif looks_like_srt(text):
        document = read_captions(text, Kind.SRT)
    else:
        document = Document(text=text, kind=Kind.TEXT)
    dropped = document.dropped
    if "\ufffd" in text:
        dropped += (Omission.UNREADABLE_CHARACTERS,)
    return dataclasses.replace(document, encoding=guess, dropped=dropped)


def _finish(document: Document, name: str, limits: Limits) -> Document:
    text = clean_text(document.text)
    if not any(map(str.isalnum, text)):
        raise UnreadableDocument(Reason.NO_TEXT, limits)
    document = dataclasses.replace(
        document,
        text=text,
        title_hint=_one_line(document.title_hint) or _one_line(Path(name.replace("\\", "/")).stem),
        author=_one_line(document.author),
        comments=tuple(clean_text(comment) for comment in document.comments),
    )
    if len(text) > limits.characters or document.words > limits.words:
        raise UnreadableDocument(Reason.TOO_MANY_WORDS, limits)
    return document


def _one_line(text: str) -> str:
    return " ".join(clean_text(text).split())[:200]
