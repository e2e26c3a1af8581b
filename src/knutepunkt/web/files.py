"""The store for files and pictures: sealed with their owner's key, bounded, without place or camera data."""

import io
import time
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from PIL import Image, ImageOps, UnidentifiedImageError

from knutepunkt.web.models import StoredFile
from knutepunkt.web.sealing import KeyGone, seal, unseal
from knutepunkt.web.sound import kind_of, without_notes

LARGEST_FILE = 25 * 1024 * 1024
LARGEST_PICTURE = 12 * 1024 * 1024
LARGEST_SOUND = 20 * 1024 * 1024
PICTURE_PIXELS = 40_000_000
PICTURE_SIDE = 2000
BEFORE_ITS_ROW = timedelta(minutes=10)


class FileRefused(Exception):
    """A file that is not kept; `reason` is `too-large`, `not-a-picture` or `not-a-sound`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class FileMissing(Exception):
    """The file is gone, or its key is."""


def _path(stored: StoredFile) -> Path:
    name = stored.id.hex
    return Path(settings.FILES_FOLDER) / name[:2] / name


def keep_file(
    *, owner: str, kind: str, media_type: str, content: bytes, until_on: date | None = None
) -> StoredFile:
    """Seal and keep a file.

    Raises:
        FileRefused: larger than 25 MB.
    """
    if len(content) > LARGEST_FILE:
        raise FileRefused("too-large")
    stored = StoredFile(owner=owner, kind=kind, media_type=media_type, size=len(content), until_on=until_on)
    path = _path(stored)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(seal(owner, f"file:{stored.id}", content))
    stored.save()
    return stored


def keep_picture(*, owner: str, kind: str, content: bytes, until_on: date | None = None) -> StoredFile:
    """Re-encode a picture as WebP without place, time or camera, at most 2000 pixels a side, and keep it.

    Raises:
        FileRefused: not a picture we read, or larger than 12 MB or 40 million pixels.
    """
    if len(content) > LARGEST_PICTURE:
        raise FileRefused("too-large")
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP", "GIF"]) as picture:
            if picture.width * picture.height > PICTURE_PIXELS:
                raise FileRefused("too-large")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise FileRefused("not-a-picture") from error
    upright.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
    clean, out = Image.new("RGB", upright.size), io.BytesIO()
    clean.paste(upright)
    clean.save(out, "WEBP", quality=82)
    return keep_file(owner=owner, kind=kind, media_type="image/webp", content=out.getvalue(), until_on=until_on)


def keep_sound(*, owner: str, kind: str, content: bytes, until_on: date | None = None) -> StoredFile:
    """Keep a sound, known by its content and without notes of place and device.

    Raises:
        FileRefused: not a sound we know, or larger than 20 MB.
    """
    if len(content) > LARGEST_SOUND:
        raise FileRefused("too-large")
    if not (media_type := kind_of(content)):
        raise FileRefused("not-a-sound")
    clean = without_notes(content, media_type)
    return keep_file(owner=owner, kind=kind, media_type=media_type, content=clean, until_on=until_on)


def read_file(stored: StoredFile) -> bytes:
    """The file's content.

    Raises:
        FileMissing: removed from disk, or its owner's key destroyed.
    """
    try:
        return unseal(stored.owner, f"file:{stored.id}", _path(stored).read_bytes())
    except (FileNotFoundError, KeyGone) as error:
        raise FileMissing from error


def remove_file(stored: StoredFile) -> None:
    """Delete row and file; inside a transaction the file follows when it commits."""
    path = _path(stored)
    stored.delete()
    transaction.on_commit(partial(path.unlink, missing_ok=True))


def remove_orphans() -> int:
    """Remove files no row points to, left by a process that died on the way. Returns how many.

    A file is written a moment before its row, so the newest are left alone.
    """
    old = time.time() - BEFORE_ITS_ROW.total_seconds()
    removed = 0
    for folder in sorted(Path(settings.FILES_FOLDER).glob("??")):
        found = {path.name: path for path in folder.iterdir() if path.stat().st_mtime < old}
        known = StoredFile.objects.filter(pk__in=[UUID(name) for name in found]).values_list("pk", flat=True)
        for name in found.keys() - {pk.hex for pk in known}:
            found[name].unlink(missing_ok=True)
            removed += 1
    return removed


def serve_file(stored: StoredFile, filename: str) -> HttpResponse:
    """An answer with the file, kept in no cache.

    Raises:
        FileMissing: as `read_file`.
    """
    response = HttpResponse(read_file(stored), content_type=stored.media_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "no-store, private"
    return response
