"""Sound that somebody sends: what it is by its content, and without what it tells of place, title or device.

MP3 (ID3), WAV (RIFF), Ogg, WebM (EBML) and MP4 (ISO 14496-12) are told apart by their first bytes, whatever the file is
called. Notes in ID3, RIFF `LIST` and MP4 `udta`/`meta` are removed or emptied. Ogg and WebM, which browsers
record, carry the name of the program only.
"""

import re

KINDS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("audio/wav", re.compile(rb"RIFF....WAVE", re.DOTALL)),
    ("audio/ogg", re.compile(rb"OggS\x00")),
    ("audio/webm", re.compile(rb"\x1a\x45\xdf\xa3")),
    ("audio/mp4", re.compile(rb"....ftyp", re.DOTALL)),
    ("audio/mpeg", re.compile(rb"ID3|\xff[\xe2-\xf7\xfa-\xfd]")),
)
ID3_HEAD, ID3_TAIL, BOX_HEAD, RIFF_HEAD = 10, 128, 8, 12
HOLDERS = {b"moov", b"trak", b"mdia", b"minf"}
NOTES = {b"udta", b"meta"}


def kind_of(content: bytes) -> str:
    """The media type by content; empty when it is no sound we know."""
    return next((kind for kind, sign in KINDS if sign.match(content)), "")


def without_notes(content: bytes, kind: str) -> bytes:
    """The same sound without place, title and device, as far as the format keeps them in known places."""
    if kind == "audio/mpeg":
        return _mp3(content)
    if kind == "audio/wav":
        return _wav(content)
    return _mp4(content) if kind == "audio/mp4" else content


def _mp3(content: bytes) -> bytes:
    while content[:3] == b"ID3" and len(content) > ID3_HEAD:
        size = 0
        for byte in content[6:ID3_HEAD]:  # seven bits a byte
            size = size << 7 | byte & 0x7F
        content = content[ID3_HEAD + size :]
    return content[:-ID3_TAIL] if content[-ID3_TAIL:][:3] == b"TAG" else content


def _wav(content: bytes) -> bytes:
    out, at = bytearray(content), RIFF_HEAD
    while at + BOX_HEAD <= len(out):
        name, size = bytes(out[at : at + 4]), int.from_bytes(out[at + 4 : at + BOX_HEAD], "little")
        end = min(at + BOX_HEAD + size, len(out))
        if name not in (b"fmt ", b"data", b"fact"):
            out[at : at + 4] = b"JUNK"
            out[at + BOX_HEAD : end] = bytes(end - at - BOX_HEAD)
        at = end + size % 2
    return bytes(out)


def _mp4(content: bytes) -> bytes:
    out = bytearray(content)
    _empty_boxes(out, 0, len(out), depth=0)
    return bytes(out)


def _empty_boxes(out: bytearray, at: int, end: int, *, depth: int) -> None:
    """Turn boxes of notes into free space of the same size, so that every offset still fits."""
    while at + BOX_HEAD <= end:
        size, name = int.from_bytes(out[at : at + 4], "big"), bytes(out[at + 4 : at + BOX_HEAD])
        head = BOX_HEAD
        if size == 1:  # the size stands in the next eight bytes
            size, head = int.from_bytes(out[at + 8 : at + 16], "big"), 16
        stop = min(at + size, end) if size else end
        if stop < at + head:
            return
        if name in NOTES:
            out[at + 4 : at + BOX_HEAD] = b"free"
            out[at + head : stop] = bytes(stop - at - head)
        elif name in HOLDERS and depth < len(HOLDERS):
            _empty_boxes(out, at + head, stop, depth=depth + 1)
        at = stop
