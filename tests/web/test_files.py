"""The file store: sealed on disk, pictures without place or camera, bounded."""

import io
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from PIL import Image

from knutepunkt.web import files
from knutepunkt.web.files import FileMissing, FileRefused, keep_file, keep_picture, read_file, remove_file
from knutepunkt.web.models import StoredFile
from knutepunkt.web.sealing import destroy_key

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
GPS, MAKER = 0x8825, 0x010F


def photo(side: int = 64) -> bytes:
    exif = Image.Exif()
    exif[MAKER] = "Kamerafabrikken"
    exif.get_ifd(GPS)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", (side, side), "#447766").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_file_is_sealed_on_disk(settings: Any) -> None:
    stored = keep_file(owner="a:1", kind="note", media_type="text/plain", content=b"bare mitt eget")

    on_disk = b"".join(p.read_bytes() for p in Path(settings.FILES_FOLDER).rglob("*") if p.is_file())

    assert b"bare mitt" not in on_disk
    assert read_file(stored) == b"bare mitt eget"


def test_removed_or_keyless_file_is_missing(settings: Any, django_capture_on_commit_callbacks: Any) -> None:
    stored = keep_file(owner="a:1", kind="note", media_type="text/plain", content=b"x")
    destroy_key("a:1")
    with pytest.raises(FileMissing):
        read_file(stored)

    with django_capture_on_commit_callbacks(execute=True):
        remove_file(stored)

    assert not [p for p in Path(settings.FILES_FOLDER).rglob("*") if p.is_file()]


def test_picture_loses_place_and_camera() -> None:
    stored = keep_picture(owner="a:1", kind="picture", content=photo())

    kept = read_file(stored)
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.format == "WEBP"
        assert not dict(picture.getexif())
    assert b"Kamerafabrikken" not in kept


def test_large_picture_is_made_smaller() -> None:
    stored = keep_picture(owner="a:1", kind="picture", content=photo(2600))

    with Image.open(io.BytesIO(read_file(stored))) as picture:
        assert max(picture.size) == 2000


@pytest.mark.parametrize("content", [b"not a picture", b"", b"GIF89a\x00"])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused) as refusal:
        keep_picture(owner="a:1", kind="picture", content=content)

    assert refusal.value.reason == "not-a-picture"


def test_too_large_a_file_is_refused() -> None:
    with pytest.raises(FileRefused):
        keep_file(owner="a:1", kind="x", media_type="x/y", content=b"0" * (25 * 1024 * 1024 + 1))


def test_a_file_without_a_row_is_removed_and_a_new_one_is_left(settings: Any) -> None:
    kept = files.keep_file(owner="person:1", kind="test", media_type="text/plain", content=b"kept")
    new = files.keep_file(owner="person:1", kind="test", media_type="text/plain", content=b"new")
    left = files.keep_file(owner="person:1", kind="test", media_type="text/plain", content=b"left")
    for stored in (kept, left):
        os.utime(files._path(stored), (1, 1))
    StoredFile.objects.filter(pk__in=[new.pk, left.pk]).delete()

    assert files.remove_orphans() == 1

    assert [files._path(stored).exists() for stored in (kept, new, left)] == [True, True, False]


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_a_file_outlives_a_change_that_was_undone() -> None:
    stored = files.keep_file(owner="person:1", kind="test", media_type="text/plain", content=b"kept")

    with suppress(ZeroDivisionError), transaction.atomic():
        files.remove_file(stored)
        raise ZeroDivisionError

    assert files.read_file(StoredFile.objects.get(kind="test")) == b"kept"
