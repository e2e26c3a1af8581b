"""Opens DOCX and ODT packages so that no part can unpack to more than we allow."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from knutepunkt.web.documents.model import Limits, Reason, UnreadableDocument

_CHUNK = 1 << 18
_MAX_PARTS = 20_000
_ALLOWED_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_FLAG_ENCRYPTED = 0x1
# Pictures are never unpacked, so the package as a whole may claim more than the parts we read.
_CLAIM_FACTOR = 8


class Package:
    """A zip file whose parts are read in bounded pieces; names are matched without regard to case."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Check the central directory. Raises `UnreadableDocument` for a broken, locked or exploding package."""
        self.limits = limits
        self._left = limits.unpacked_bytes
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise UnreadableDocument(Reason.BROKEN, limits) from error
        entries = self._zip.infolist()
        if (
            len(entries) > _MAX_PARTS
            or sum(e.file_size for e in entries) > limits.unpacked_bytes * _CLAIM_FACTOR
        ):
            raise UnreadableDocument(Reason.BOMB, limits)
        if any(e.flag_bits & _FLAG_ENCRYPTED for e in entries):
            raise UnreadableDocument(Reason.ENCRYPTED, limits)
        self._entries = {_plain_name(e.filename): e for e in entries}

    def __contains__(self, name: str) -> bool:
        """Say whether the package has a part of this name."""
        return _plain_name(name) in self._entries

    @property
    def names(self) -> list[str]:
        """Return the part names in lower case."""
        return list(self._entries)

    def read(self, name: str) -> Iterator[bytes]:
        """Yield a part in pieces; nothing if there is no such part. All parts together draw on one allowance."""
        entry = self._entries.get(_plain_name(name))
        if entry is None:
            return
        if entry.compress_type not in _ALLOWED_METHODS:
            raise UnreadableDocument(Reason.BROKEN, self.limits)
        if entry.file_size > self._left:
            raise UnreadableDocument(Reason.BOMB, self.limits)
        for piece in self._pieces(entry):
            self._left -= len(piece)
            if self._left < 0:
                raise UnreadableDocument(Reason.BOMB, self.limits)
            yield piece

    def _pieces(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self._zip.open(entry) as part:
                while piece := part.read(_CHUNK):
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise UnreadableDocument(Reason.BROKEN, self.limits) from error


def _plain_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
