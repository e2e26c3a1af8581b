"""A streaming walk over XML with no entities of its own, bounded depth and bounded text.

Expat is used directly: it is the parser below ElementTree, and without a tree a 64 MB part costs no memory.
"""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from knutepunkt.web.documents.model import Limits, Reason, UnreadableDocument

Starts = dict[str, Callable[[dict[str, str]], None]]
Ends = dict[str, Callable[[], None]]


class XmlWalk:
    """Calls `starts[name]` and `ends[name]` for the elements named; names are `{uri}|local`.

    Setting `muted` to `depth` inside a start action skips that element with all it holds, its end action too.
    """

    def __init__(self, limits: Limits) -> None:
        """Begin with nothing open."""
        self.limits = limits
        self.depth = 0
        self.muted = 0
        self.hearing = False
        self.heard: list[str] = []
        self.characters = 0
        self.starts: Starts = {}
        self.ends: Ends = {}

    def run(self, pieces: Iterable[bytes]) -> None:
        """Walk the XML given in pieces; no pieces, no walk. Raises `UnreadableDocument` for bombs and damage."""
        parser = expat.ParserCreate(namespace_separator="|")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._refuse_entity
        try:
            has_begun = False
            for piece in pieces:
                has_begun = True
                parser.Parse(piece, False)
            if has_begun:
                parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise UnreadableDocument(Reason.BROKEN, self.limits) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.muted:
            if self.depth > self.limits.depth:
                raise UnreadableDocument(Reason.BOMB, self.limits)
            return
        if self.depth > self.limits.depth:
            raise UnreadableDocument(Reason.BOMB, self.limits)
        action = self.starts.get(name)
        if action:
            action(attributes)

    def _end(self, name: str) -> None:
        if not self.muted:
            action = self.ends.get(name)
            if action:
                action()
        elif self.depth == self.muted:
            self.muted = 0
        self.depth -= 1

    def _text(self, data: str) -> None:
        if self.hearing and not self.muted:
            self.characters += len(data)
            if self.characters > self.limits.characters:
                raise UnreadableDocument(Reason.TOO_MANY_WORDS, self.limits)
            self.heard.append(data)

    def _refuse_entity(self, *_declaration: object) -> None:
        raise UnreadableDocument(Reason.BOMB, self.limits)

    def mute(self, _attributes: dict[str, str] | None = None) -> None:
        """Skip the element that has just begun."""
        self.muted = self.depth


class ValueWalk(XmlWalk):
    """Collects the text of a few named elements, such as title and author in a properties part."""

    def __init__(self, limits: Limits, wanted: Iterable[str]) -> None:
        """Listen for elements whose local name is in `wanted`."""
        super().__init__(limits)
        self.values: dict[str, list[str]] = {}
        self._wanted = frozenset(wanted)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        super()._start(name, attributes)
        self.hearing = name.rpartition("|")[2] in self._wanted
        self.heard = []

    def _end(self, name: str) -> None:
        super()._end(name)
        local = name.rpartition("|")[2]
        if self.hearing and local in self._wanted:
            self.values.setdefault(local, []).append("".join(self.heard).strip())
        self.hearing = False

    def first(self, name: str) -> str:
        """Return the first value of the name that is not empty, else an empty string."""
        return next((value for value in self.values.get(name, ()) if value), "")
