"""Word files: paragraphs, tables cell by cell, text boxes, notes at the end, comments apart.

Tracked deletions and moved-away text are never read. Element names follow ECMA-376, both its dialects.
"""

import posixpath
import sys
from dataclasses import dataclass, field

from knutepunkt.web.documents.model import Document, Kind, Limits, Omission, Reason, UnreadableDocument
from knutepunkt.web.documents.packages import Package
from knutepunkt.web.documents.xml_walk import ValueWalk, XmlWalk

_W = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MC = ("http://schemas.openxmlformats.org/markup-compatibility/2006",)
_MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_BLIP = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main",
)
_VML = ("urn:schemas-microsoft-com:vml",)
# Surrogates and private use: signs of a font such as Wingdings, meaningless as text.
_FIRST_PRIVATE, _LAST_PRIVATE = 0xD800, 0xF8FF
_FALSE = {"0", "false", "off", "none"}


def read_docx(package: Package, limits: Limits) -> Document:
    """Return the document. Raises `UnreadableDocument` when the main part is missing or damaged."""
    main = _main_part(package, limits)
    related = _related_parts(package, main, limits)
    body = WordWalk(limits)
    body.run(package.read(main))
    notes = _notes(package, related, body, limits)
    comments = _comments(package, related, limits)
    properties = ValueWalk(limits, ("title", "creator", "lastModifiedBy"))
    if "docProps/core.xml" in package:
        properties.run(package.read("docProps/core.xml"))
    authors = [properties.first("creator"), properties.first("lastModifiedBy")]
    dropped = set(body.dropped)
    dropped.update({Omission.HEADERS} if {"header", "footer"} & related.keys() else ())
    dropped.update({Omission.NOTES_AT_END} if notes else ())
    dropped.update({Omission.COMMENTS} if comments else ())
    return Document(
        text="\n".join([body.text, *notes]),
        kind=Kind.DOCX,
        title_hint=properties.first("title"),
        author=", ".join(dict.fromkeys(filter(None, authors))),
        comments=comments,
        dropped=tuple(item for item in Omission if item in dropped),
    )


class _Relations(XmlWalk):
    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.targets: dict[str, str] = {}

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        super()._start(name, attributes)
        if name.endswith("|Relationship") and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.targets.setdefault(kind, attributes.get("Target", ""))


def _main_part(package: Package, limits: Limits) -> str:
    relations = _Relations(limits)
    if "_rels/.rels" in package:
        relations.run(package.read("_rels/.rels"))
    main = relations.targets.get("officeDocument", "word/document.xml").lstrip("/")
    main = main if main in package else "word/document.xml"
    if main not in package:
        raise UnreadableDocument(Reason.BROKEN, limits)
    return main


def _related_parts(package: Package, main: str, limits: Limits) -> dict[str, str]:
    """Return part name by kind: footnotes, endnotes, comments, header and so on."""
    folder, _slash, file_name = main.rpartition("/")
    relations = _Relations(limits)
    relations_part = posixpath.join(folder, "_rels", file_name + ".rels")
    if relations_part in package:
        relations.run(package.read(relations_part))
    return {
        kind: posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        for kind, target in relations.targets.items()
    }


def _notes(package: Package, related: dict[str, str], body: "WordWalk", limits: Limits) -> list[str]:
    found: dict[tuple[str, str], str] = {}
    for kind in ("footnote", "endnote"):
        walk = WordWalk(limits)
        walk.run(package.read(related.get(kind + "s", "")))
        found.update({(kind, key): text for key, _author, text in walk.items if text.strip()})
    return [
        f"[note {number}] {found[key].strip()}" for key, number in body.note_numbers.items() if key in found
    ]


def _comments(package: Package, related: dict[str, str], limits: Limits) -> tuple[str, ...]:
    walk = WordWalk(limits)
    walk.run(package.read(related.get("comments", "")))
    return tuple(
        f"{author}: {text.strip()}".removeprefix(": ") for _key, author, text in walk.items if text.strip()
    )


@dataclass
class _Flow:
    """One stream of paragraphs: the body, a text box, a note or a comment."""

    parts: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)


class WordWalk(XmlWalk):
    """Turns WordprocessingML into lines."""

    def __init__(self, limits: Limits) -> None:
        """Tie each element we know to what it does."""
        super().__init__(limits)
        self.dropped: set[Omission] = set()
        self.note_numbers: dict[tuple[str, str], int] = {}
        self.items: list[tuple[str, str, str]] = []
        self._flow = _Flow()
        self._flows: list[_Flow] = []
        self._rows: list[int] = []
        self._in_run = self._hidden = self._in_properties = self._keep_line_open = False
        self._item = ("", "")
        self.heard = self._flow.parts
        self._tie()

    @property
    def text(self) -> str:
        """Return all lines of the body."""
        return "".join(self._flow.parts)

    def _tie(self) -> None:
        starts = {
            "t": self._text_begins,
            "p": self._paragraph_begins,
            "r": self._run_begins,
            "pPr": self._properties_begin,
            "trPr": self._properties_begin,
            "tr": lambda _a: self._rows.append(self.depth),
            "del": self._deletion,
            "moveFrom": self._deletion,
            "vanish": self._vanish,
            "tab": lambda _a: self._add("\t"),
            "br": lambda _a: self._add("\n"),
            "cr": lambda _a: self._add("\n"),
            "noBreakHyphen": lambda _a: self._add("-"),
            "sym": self._symbol,
            "footnoteReference": lambda a: self._note_mark("footnote", a),
            "endnoteReference": lambda a: self._note_mark("endnote", a),
            "txbxContent": lambda _a: self._box_begins(),
            "footnote": self._item_begins,
            "endnote": self._item_begins,
            "comment": self._item_begins,
            "altChunk": lambda _a: self.dropped.add(Omission.EMBEDDED),
            "object": lambda _a: self.dropped.add(Omission.EMBEDDED),
            "rPrChange": self.mute,
            "pPrChange": self.mute,
            "rt": self.mute,
        }
        ends = {
            "t": self._text_ends,
            "p": self._paragraph_ends,
            "r": self._run_ends,
            "pPr": self._properties_end,
            "trPr": self._properties_end,
            "tc": self._cell_ends,
            "tr": self._row_ends,
            "txbxContent": self._box_ends,
            "footnote": self._item_ends,
            "endnote": self._item_ends,
            "comment": self._item_ends,
        }
        for uri in _W:
            self.starts.update({f"{uri}|{local}": action for local, action in starts.items()})
            self.ends.update({f"{uri}|{local}": ending for local, ending in ends.items()})
        self.starts.update({f"{uri}|Fallback": self.mute for uri in _MC})
        for uri in _MATH:
            self.starts[f"{uri}|t"] = self._text_begins
            self.ends[f"{uri}|t"] = self._text_ends
        self.starts.update({f"{uri}|blip": self._picture for uri in _BLIP})
        self.starts.update({f"{uri}|imagedata": self._picture for uri in _VML})

    def _add(self, text: str) -> None:
        if self._in_run and not self._in_properties and not self._hidden:
            self.heard.append(text)

    def _text_begins(self, _attributes: dict[str, str]) -> None:
        self.hearing = not self._hidden
        if self._hidden:
            self.dropped.add(Omission.HIDDEN_TEXT)

    def _text_ends(self) -> None:
        self.hearing = False

    def _run_begins(self, _attributes: dict[str, str]) -> None:
        self._in_run, self._hidden = True, False

    def _run_ends(self) -> None:
        self._in_run = self._hidden = False

    def _properties_begin(self, _attributes: dict[str, str]) -> None:
        self._in_properties = True

    def _properties_end(self) -> None:
        self._in_properties = False

    def _vanish(self, attributes: dict[str, str]) -> None:
        if self._in_run and not self._in_properties:
            self._hidden = _value(attributes) not in _FALSE

    def _deletion(self, _attributes: dict[str, str]) -> None:
        self.dropped.add(Omission.DELETIONS)
        if not self._in_properties:
            self.mute()
        elif self._rows and self.depth == self._rows[-1] + 2:
            self.muted, self._in_properties = self._rows.pop(), False
        else:
            self._keep_line_open = True

    def _symbol(self, attributes: dict[str, str]) -> None:
        code = next((v for k, v in attributes.items() if k.endswith("|char")), "")
        try:
            sign = int(code, 16)
        except ValueError:
            return
        if sign < _FIRST_PRIVATE or _LAST_PRIVATE < sign <= sys.maxunicode:
            self._add(chr(sign))

    def _note_mark(self, kind: str, attributes: dict[str, str]) -> None:
        key = next((v for k, v in attributes.items() if k.endswith("|id")), "")
        number = self.note_numbers.setdefault((kind, key), len(self.note_numbers) + 1)
        self._add(f"[note {number}]")

    def _picture(self, _attributes: dict[str, str]) -> None:
        self.dropped.add(Omission.PICTURES)

    def _paragraph_begins(self, _attributes: dict[str, str]) -> None:
        self._keep_line_open = False

    def _paragraph_ends(self) -> None:
        if not self._keep_line_open:
            self.heard.append("\n")
        self._keep_line_open = False
        if self._flow.boxes:
            self.heard.extend(self._flow.boxes)
            self._flow.boxes.clear()

    def _cell_ends(self) -> None:
        _trade_last(self.heard, "\n", "\t")

    def _row_ends(self) -> None:
        self._rows.pop()
        _trade_last(self.heard, "\t", "\n")

    def _box_begins(self) -> None:
        self._flows.append(self._flow)
        self._flow = _Flow()
        self.heard = self._flow.parts

    def _box_ends(self) -> None:
        box, self._flow = self._flow, self._flows.pop()
        self._flow.boxes.extend([*box.parts, "\n"])
        self.heard = self._flow.parts
        self._in_run, self._keep_line_open = True, False

    def _item_begins(self, attributes: dict[str, str]) -> None:
        if next((v for k, v in attributes.items() if k.endswith("|type")), "normal") != "normal":
            self.mute()
            return
        named = {k.rpartition("|")[2]: v for k, v in attributes.items()}
        self._item = (named.get("id", ""), named.get("author", ""))
        self._box_begins()

    def _item_ends(self) -> None:
        self.items.append((*self._item, "".join(self.heard)))
        self._flow = self._flows.pop()
        self.heard = self._flow.parts


def _trade_last(parts: list[str], old: str, new: str) -> None:
    if parts and parts[-1] == old:
        parts[-1] = new
    else:
        parts.append(new)


def _value(attributes: dict[str, str]) -> str:
    return next((v for k, v in attributes.items() if k.endswith("|val")), "true")
