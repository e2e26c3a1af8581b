"""OpenDocument text: paragraphs, tables cell by cell, frames, notes at the end, comments apart.

Tracked deletions are never read. Element names and white-space rules follow ODF 1.3 part 3.
"""

import re

from knutepunkt.web.documents.model import Document, Kind, Limits, Omission, Reason, UnreadableDocument
from knutepunkt.web.documents.packages import Package
from knutepunkt.web.documents.xml_walk import ValueWalk, XmlWalk

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _OFFICE, _DRAW = (f"{_ODF}{name}:1.0|" for name in ("text", "table", "office", "drawing"))
_CREATOR = "http://purl.org/dc/elements/1.1/|creator"
_BLANKS = re.compile(r"[ \t\r\n]+")
_MAX_SPACES = 1000


def read_odt(package: Package, limits: Limits) -> Document:
    """Return the document. Raises `UnreadableDocument` when it is locked, damaged or has no content part."""
    manifest = XmlWalk(limits)
    locked: list[object] = []
    manifest.starts[f"{_ODF}manifest:1.0|encryption-data"] = locked.append
    manifest.run(package.read("META-INF/manifest.xml")) if "META-INF/manifest.xml" in package else None
    if locked:
        raise UnreadableDocument(Reason.ENCRYPTED, limits)
    if "content.xml" not in package:
        raise UnreadableDocument(Reason.BROKEN, limits)
    body = OpenTextWalk(limits)
    body.run(package.read("content.xml"))
    properties = ValueWalk(limits, ("title", "creator", "initial-creator"))
    if "meta.xml" in package:
        properties.run(package.read("meta.xml"))
    authors = [properties.first("initial-creator"), properties.first("creator")]
    dropped = set(body.dropped)
    dropped.update({Omission.NOTES_AT_END} if body.notes else ())
    dropped.update({Omission.COMMENTS} if body.comments else ())
    notes = [f"[note {number}] {note.strip()}" for number, note in enumerate(body.notes, 1)]
    return Document(
        text="\n".join([body.text, *notes]),
        kind=Kind.ODT,
        title_hint=properties.first("title"),
        author=", ".join(dict.fromkeys(filter(None, authors))),
        comments=tuple(body.comments),
        dropped=tuple(item for item in Omission if item in dropped),
    )


class OpenTextWalk(XmlWalk):
    """Turns the content of an OpenDocument text into lines."""

    def __init__(self, limits: Limits) -> None:
        """Tie each element we know to what it does."""
        super().__init__(limits)
        self.dropped: set[Omission] = set()
        self.notes: list[str] = []
        self.comments: list[str] = []
        self._author = ""
        self._kept: list[tuple[list[str], int]] = []
        self._paragraphs = 0
        self._boxes: list[str] = []
        for local in ("p", "h"):
            self.starts[_TEXT + local] = self._paragraph_begins
            self.ends[_TEXT + local] = self._paragraph_ends
        self.starts |= {
            _TEXT + "s": self._spaces,
            _TEXT + "tab": lambda _a: self.heard.append("\t"),
            _TEXT + "line-break": lambda _a: self.heard.append("\n"),
            _TEXT + "tracked-changes": self._deletions,
            _TEXT + "note": lambda _a: self._aside_begins(),
            _TEXT + "note-citation": self.mute,
            _TEXT + "ruby-text": self.mute,
            _TEXT + "hidden-text": self._hidden,
            _OFFICE + "annotation": lambda _a: self._aside_begins(),
            _OFFICE + "forms": self.mute,
            _CREATOR: self._author_begins,
            _DRAW + "text-box": lambda _a: self._aside_begins(),
            _DRAW + "image": lambda _a: self.dropped.add(Omission.PICTURES),
            _DRAW + "object": lambda _a: self.dropped.add(Omission.EMBEDDED),
        }
        self.ends |= {
            _TEXT + "note": self._note_ends,
            _OFFICE + "annotation": self._comment_ends,
            _CREATOR: self._author_ends,
            _DRAW + "text-box": self._box_ends,
            _TABLE + "table-cell": lambda: _trade_last(self.heard, "\n", "\t"),
            _TABLE + "table-row": lambda: _trade_last(self.heard, "\t", "\n"),
        }

    @property
    def text(self) -> str:
        """Return all lines of the body."""
        return "".join(self.heard)

    def _text(self, data: str) -> None:
        before = len(self.heard)
        super()._text(data)
        if len(self.heard) > before:
            self.heard[-1] = _BLANKS.sub(" ", data)

    def _spaces(self, attributes: dict[str, str]) -> None:
        count = attributes.get(_TEXT + "c", "1")
        self.heard.append(" " * min(int(count) if count.isdecimal() else 1, _MAX_SPACES))

    def _deletions(self, _attributes: dict[str, str]) -> None:
        self.dropped.add(Omission.DELETIONS)
        self.mute()

    def _hidden(self, _attributes: dict[str, str]) -> None:
        self.dropped.add(Omission.HIDDEN_TEXT)
        self.mute()

    def _paragraph_begins(self, _attributes: dict[str, str]) -> None:
        self._paragraphs += 1
        self.hearing = True

    def _paragraph_ends(self) -> None:
        self._paragraphs -= 1
        self.hearing = self._paragraphs > 0
        self.heard.append("\n")
        if self._boxes and not self._kept:
            self.heard.extend(self._boxes)
            self._boxes.clear()

    def _aside_begins(self) -> None:
        self._kept.append((self.heard, self._paragraphs))
        self.heard, self._paragraphs, self.hearing = [], 0, False

    def _aside_ends(self) -> str:
        words = "".join(self.heard)
        self.heard, self._paragraphs = self._kept.pop()
        self.hearing = self._paragraphs > 0
        return words

    def _note_ends(self) -> None:
        self.notes.append(self._aside_ends())
        self.heard.append(f"[note {len(self.notes)}]")

    def _comment_ends(self) -> None:
        words = self._aside_ends().strip()
        if words:
            self.comments.append(f"{self._author}: {words}".removeprefix(": "))
        self._author = ""

    def _box_ends(self) -> None:
        self._boxes.append(self._aside_ends())
        if not self._kept and not self._paragraphs:
            self.heard.extend(self._boxes)
            self._boxes.clear()

    def _author_begins(self, _attributes: dict[str, str]) -> None:
        self.hearing = bool(self._kept)
        self._author_from = len(self.heard)

    def _author_ends(self) -> None:
        if self._kept:
            self._author = "".join(self.heard[self._author_from :])
            del self.heard[self._author_from :]
        self.hearing = self._paragraphs > 0


def _trade_last(parts: list[str], old: str, new: str) -> None:
    if parts and parts[-1] == old:
        parts[-1] = new
    else:
        parts.append(new)
