r"""Rich Text Format 1.9: text, notes at the end, comments apart, in one pass over the tokens.

Deleted (`\deleted`), hidden (`\v`) and moved-away text is never read; pictures and objects are skipped.
"""

import re
import sys
from dataclasses import dataclass, replace

from knutepunkt.web.documents.model import Document, Kind, Limits, Omission, Reason, UnreadableDocument

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable revtbl rsidtbl generator themedata colorschememapping "
    b"datastore latentstyles xmlnstbl mmathPr pict object objdata header footer headerl headerr headerf footerl "
    b"footerr footerf fldinst filetbl pgptbl nonshppict bkmkstart bkmkend listtext pntext private info".split()
)
_SIGNS = {
    b"par": "\n",
    b"line": "\n",
    b"row": "\n",
    b"sect": "\n",
    b"page": "\n",
    b"tab": "\t",
    b"cell": "\t",
    b"emdash": "\u2014",
    b"endash": "\u2013",
    b"lquote": "\u2018",
    b"rquote": "\u2019",
    b"ldblquote": "\u201c",
    b"rdblquote": "\u201d",
    b"bullet": "\u2022",
    b"~": " ",
    b"_": "-",
    b"\n": "\n",
    b"\r": "\n",
    b"\\": "\\",
    b"{": "{",
    b"}": "}",
}
_ASIDES = {
    b"footnote": "note",
    b"annotation": "comment",
    b"atnauthor": "remarker",
    b"title": "title",
    b"author": "author",
}
_OMISSIONS = {
    b"pict": Omission.PICTURES,
    b"object": Omission.EMBEDDED,
    b"header": Omission.HEADERS,
    b"footer": Omission.HEADERS,
}
_CODE_PAGES = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}
_MAX_DEPTH = 2_000
# Halves of a sign above U+FFFF, as UTF-16 writes it.
_HIGH, _LOW, _AFTER = 0xD800, 0xDC00, 0xE000


@dataclass(slots=True)
class _Group:
    """What holds inside one pair of braces."""

    target: str = "body"
    skipped: bool = False
    hidden: bool = False
    deleted: bool = False
    unicode_skip: int = 1
    optional: bool = False


class _Reader:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.group = _Group()
        self.stack: list[_Group] = []
        self.code_page = "cp1252"
        self.pending = bytearray()
        self.to_skip = 0
        self.high = 0
        self.size = 0
        self.parts: dict[str, list[str]] = {"body": []}
        self.notes: list[str] = []
        self.comments: list[str] = []
        self.dropped: set[Omission] = set()

    def run(self, data: bytes) -> None:
        for token in _TOKEN.finditer(data):
            word, number, byte, sign, brace, plain = token.groups()
            if byte:
                self.add_bytes(bytes.fromhex(byte.decode()))
            elif plain:
                self.add_bytes(plain)
            elif brace == b"{":
                self.flush()
                if len(self.stack) >= _MAX_DEPTH:
                    raise UnreadableDocument(Reason.BOMB, self.limits)
                self.stack.append(self.group)
                self.group = replace(self.group, optional=False)
            elif brace:
                self.close()
            elif word:
                self.flush()
                self.control(word, int(number) if number else None)
            elif sign:
                self.flush()
                self.symbol(sign)
        self.flush()

    def add_bytes(self, data: bytes) -> None:
        if self.to_skip:
            skipped = min(self.to_skip, len(data))
            self.to_skip -= skipped
            data = data[skipped:]
        if not self.group.skipped:
            self.pending += data

    def flush(self) -> None:
        if self.pending:
            data, self.pending = bytes(self.pending), bytearray()
            self.add(data.decode(self.code_page, "replace"))

    def add(self, text: str) -> None:
        group = self.group
        if group.skipped or not text:
            return
        if group.deleted or group.hidden:
            self.dropped.add(Omission.DELETIONS if group.deleted else Omission.HIDDEN_TEXT)
            return
        self.size += len(text)
        if self.size > self.limits.characters:
            raise UnreadableDocument(Reason.TOO_MANY_WORDS, self.limits)
        self.parts.setdefault(group.target, []).append(text)

    def close(self) -> None:
        self.flush()
        ended = self.group
        self.group = self.stack.pop() if self.stack else _Group()
        if ended.target == self.group.target:
            return
        if ended.target == "note":
            self.notes.append("".join(self.parts.pop("note", [])).strip())
            self.add(f"[note {len(self.notes)}]")
        elif ended.target == "comment":
            who = "".join(self.parts.pop("remarker", []))
            self.comments.append(
                f"{who}: {''.join(self.parts.pop('comment', [])).strip()}".removeprefix(": ")
            )

    def symbol(self, sign: bytes) -> None:
        if sign == b"*":
            self.group.optional = True
        else:
            self.add(_SIGNS.get(sign, ""))

    def control(self, word: bytes, number: int | None) -> None:
        group = self.group
        if word == b"u" and number is not None:
            self.unicode(number)
        elif word in _SIGNS:
            self.add(_SIGNS[word])
        elif word == b"uc":
            group.unicode_skip = max(0, min(number or 0, 16))
        elif word == b"v":
            group.hidden = number != 0
        elif word == b"deleted":
            group.deleted = number != 0
        elif word == b"plain":
            group.hidden = group.deleted = False
        elif word == b"ansicpg" or word in _CODE_PAGES:
            self.set_code_page(_CODE_PAGES.get(word, f"cp{number}"))
        else:
            self.destination(word)

    def destination(self, word: bytes) -> None:
        group = self.group
        if word in _ASIDES:
            is_property = word in {b"title", b"author"}
            if is_property == (group.target == "info"):
                group.target, group.skipped = _ASIDES[word], False
        elif word in _SKIPPED or (group.optional and word not in {b"shpinst", b"shptxt", b"shprslt", b"shp"}):
            group.skipped = word != b"info" or group.skipped
            group.target = "info" if word == b"info" else group.target
            if word in _OMISSIONS:
                self.dropped.add(_OMISSIONS[word])
        group.optional = False

    def unicode(self, number: int) -> None:
        code = number + 0x10000 if number < 0 else number
        self.to_skip = self.group.unicode_skip
        if _HIGH <= code < _LOW:
            self.high = code
        elif _LOW <= code < _AFTER:
            self.add(chr(0x10000 + ((self.high - _HIGH) << 10) + code - _LOW) if self.high else "\ufffd")
            self.high = 0
        elif 0 <= code <= sys.maxunicode:
            self.add(chr(code))

    def set_code_page(self, name: str) -> None:
        try:
            "".encode(name)
        except LookupError:
            return
        self.code_page = name


def read_rtf(data: bytes, limits: Limits) -> Document:
    """Return the document. Raises `UnreadableDocument` when it is nested or long beyond reason."""
    reader = _Reader(limits)
    reader.run(data)
    notes = [f"[note {number}] {note}" for number, note in enumerate(reader.notes, 1)]
    dropped = reader.dropped
    dropped |= {Omission.NOTES_AT_END} if notes else set()
    dropped |= {Omission.COMMENTS} if reader.comments else set()
    return Document(
        text="\n".join(["".join(reader.parts["body"]), *notes]),
        kind=Kind.RTF,
        title_hint="".join(reader.parts.get("title", [])).strip(),
        author="".join(reader.parts.get("author", [])).strip(),
        comments=tuple(filter(None, reader.comments)),
        dropped=tuple(item for item in Omission if item in dropped),
    )
