"""Planted sentences, a picture and a sound: written everywhere through the pages, then looked for everywhere they could lie."""

import base64
import io
import json
import logging
import os
import re
import shutil
import sqlite3
import subprocess
import wave
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, connections, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from knutepunkt.consent.models import AccessLogEntry
from knutepunkt.journey.actions.keeping import keep_note
from knutepunkt.journey.choices import Part
from knutepunkt.journey.methods.contents import KINDS
from knutepunkt.journey.models import Note, Share
from knutepunkt.journey.queries.own import notes_of
from knutepunkt.people.actions import erase_person, make_person
from knutepunkt.web.jobs import work_off
from knutepunkt.web.keystore.models import WrappedKey
from knutepunkt.web.logs import NoPersonalWords
from knutepunkt.web.models import Notice, StoredFile
from knutepunkt.web.registers import PERSONAL_DATA
from knutepunkt.web.sealing import (
    KeyGone,
    NoInstallationKey,
    SealingError,
    has_key,
    new_installation_key_line,
    rotate_installation_key,
    unseal_own,
)
from tests.journey.test_own import client_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
NEEDLE = "kvintilåga"
"""A word nobody has ever written; it stands in every planted sentence, with a letter that each encoding writes its own way."""
ROOT = "kvintil"
"""Its plain beginning, that would also be left in an index of word stems."""
ALL_PARTS = list(Part.values)


def planted(number: int) -> str:
    return f"Bak {NEEDLE} {number} ligger ei bu."


def encodings_of(word: str) -> dict[str, bytes]:
    """The word as it would lie in a file, in every way we know of."""
    plain = word.encode()
    found = {
        "utf-8": plain, "utf-16-le": word.encode("utf-16-le"), "utf-16-be": word.encode("utf-16-be"),
        "latin-1": word.encode("latin-1"), "json": json.dumps(word)[1:-1].encode(), "url": quote(word).encode(),
        "html": word.encode("ascii", "xmlcharrefreplace"), "hex": plain.hex().encode(),
    }  # fmt: skip
    for shift in range(3):  # base64 writes the same word in three ways, by where in the text it stands
        text = base64.b64encode(b"\0" * shift + plain + b"\0" * 3)
        found[f"base64+{shift}"] = text[4 if shift else 0 : 4 * ((shift + len(plain)) // 3)]
    return found


def hits(haystack: bytes, extra: tuple[bytes, ...] = ()) -> list[str]:
    """The ways in which what was planted stands in some bytes."""
    ways = {**encodings_of(NEEDLE), "stem": ROOT.encode()}
    found = [name for name, needle in ways.items() if needle in haystack or needle.upper() in haystack.upper()]
    as_written = [(needle, needle.hex().encode(), base64.b64encode(needle)[:-4]) for needle in extra]
    return found + ["file" for ways in as_written if any(way in haystack for way in ways)]


def picture() -> bytes:
    out = io.BytesIO()
    noise = Image.frombytes("RGB", (64, 64), os.urandom(64 * 64 * 3))
    noise.save(out, "PNG")
    return out.getvalue()


def sound() -> bytes:
    """Larger than what is held in memory while it is uploaded, so that it passes through a file on the way."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 1, 8000, 0, "NONE", "none"))
        file.writeframes(planted(0).encode() * 70_000)
    return out.getvalue()


class Planted:
    """A person who has written a planted sentence in every field of every page, and one who is shared with."""

    def __init__(self) -> None:
        self.her, self.kari = make_person(by="test", chosen_name="Tiril"), make_person(by="test", chosen_name="Kari")
        self.hers, self.karis = client_of(self.her), client_of(self.kari)
        self.hers.raise_request_exception = self.karis.raise_request_exception = False
        self.number = 0
        self.files: list[bytes] = []
        self.begin()
        self.notes()
        self.upload()
        self.share()
        self.signal()
        self.stumble()
        work_off()

    @property
    def word(self) -> str:
        self.number += 1
        return planted(self.number)

    def post(self, name: str, /, *args: Any, by: Client | None = None, query: str = "", **data: Any) -> Any:
        answer = (by or self.hers).post(reverse(f"journey:{name}", args=args) + query, data)
        assert answer.status_code == 302, (name, answer.status_code, answer.context and answer.context.get("form"))
        return answer

    def only(self, kind: str) -> Any:
        return notes_of(self.her, kind)[0]

    def begin(self) -> None:
        self.post("begin", parts=ALL_PARTS)
        self.post("begin", query="?steg=matter", what="hope", text=self.word)
        self.post("begin", query="?steg=helps", text=self.word, how=self.word)
        self.post("settings", parts=ALL_PARTS)

    def notes(self) -> None:
        today = timezone.localdate().isoformat()
        self.post("scale", name=self.word, less=self.word, more=self.word)
        self.post("scale", query="?tema=hope", name=self.word, less=self.word, more=self.word)
        own = str(next(d.id for d in notes_of(self.her, "dimension") if not d.content["theme"]))
        self.post("check-in", words=self.word, mark_hope="4", **{f"mark_{own}": "2"})
        self.post("check-in-again", self.only("checkin").id, words=self.word, mark_hope="3", version="1")
        self.post("part-add", "mal", text=self.word, why=self.word, is_important="on")
        goal = self.only("goal")
        self.post("goal", goal.id, act="step", text=self.word)
        self.post("goal", goal.id, act="view", view=self.word)
        self.post("tried", self.only("strategy").id, went="some", on=today, note=self.word)
        self.post("part-add", "i-veien", what="money", text=self.word)
        self.post("part-add", "folk", name=self.word, near="near", gives=self.word, phone=f"400 {ROOT}")
        self.post("part-add", "hendelser", on=today, text=self.word)
        self.post("plan-write", **dict.fromkeys(("signs", "helps", "helps_not", "call", "others"), self.word))
        self.hers.post(reverse("journey:search"), {"q": NEEDLE})

    def upload(self) -> None:
        for name, file, content in (("a.png", "picture", picture()), (f"{ROOT}.wav", "sound", sound())):
            upload = SimpleUploadedFile(name, content)
            self.post("part-add", "viktig", what="good", text=self.word, file_says=self.word, **{file: upload})
            self.files.append(content[len(content) // 2 :][:48])
        for note in notes_of(self.her, "matter"):
            if note.content["file"]:
                served = self.hers.get(reverse("journey:file", args=[note.id])).content
                assert served[:4] == b"RIFF"
                self.files.append(served[len(served) // 2 :][:48])
        taken_out = self.hers.get(reverse("journey:take-out")).content
        self.post("bring-in", file=SimpleUploadedFile("min-vei.zip", taken_out))

    def share(self) -> None:
        day = (timezone.localdate() + timedelta(days=9)).isoformat()
        page = self.hers.post(reverse("journey:share-new"), {"name": self.word, "parts": ALL_PARTS, "until_on": day})
        self.post("link", by=self.karis, code=page.context["code"])
        self.post("linked", by=self.karis, take="1")
        share = Share.objects.get()
        self.share_id = share.pk
        self.post("shared", share.pk, by=self.karis, text=self.word, why=self.word)
        self.post("pact", share.pk, wants=self.word)
        self.post("promise", share.pk, by=self.karis, promises=self.word)
        self.post("talk-new", share.pk, text=self.word)
        talk = self.only("talk").id
        self.post("helper-talk", share.pk, talk, by=self.karis, act="agenda", text=self.word)
        version = self.karis.get(reverse("journey:helper-talk", args=[share.pk, talk])).context["notes_form"]["version"].value()
        self.post("helper-talk", share.pk, talk, by=self.karis, act="notes", notes=self.word, version=version)
        self.post("talk", talk, act="approve")
        self.post("helper-talk", share.pk, talk, by=self.karis, act="step", text=self.word, who="person")
        self.post("felt", talk, mark_heard="4", words=self.word)
        self.post("felt-shown", self.only("meeting-note").id, shown="1")
        self.post("talk-new", share.pk, text=self.word)

    def signal(self) -> None:
        self.post("wish-new", text=self.word, circle=[str(self.share_id)])
        self.post("signal-give", hours="6")

    def stumble(self) -> None:
        """What goes wrong must not tell either: refused forms, wrong addresses, a fault in the middle of keeping."""
        self.hers.post(reverse("journey:part-add", args=["mal"]), {"text": self.word * 20})
        self.hers.post(reverse("journey:link"), {"code": self.word[:40]})
        self.hers.post(f"/min-vei/del/{quote(NEEDLE)}/", {"text": self.word})
        with without_installation_key():
            assert self.hers.post(reverse("journey:part-add", args=["mal"]), {"text": self.word}).status_code >= 500


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the house writes in its log, through its own filter, down to the finest grain it uses."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(NoPersonalWords())
    loggers = [logging.getLogger(name) for name in ("", "django", "django_tasks", "knutepunkt")]
    for logger in loggers:
        logger.addHandler(handler)
    yield out
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.fixture
def uploads(tmp_path: Path, settings: Any) -> Path:
    folder = tmp_path / "uploads"
    folder.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return folder


def every_place(settings: Any, logged: io.StringIO, uploads: Path) -> dict[str, bytes]:
    """Everything the running house has left anywhere, by place."""
    places = {"log": logged.getvalue().encode(), "mail": repr([m.message().as_bytes() for m in mail.outbox]).encode()}
    places["cache"] = repr(list(getattr(cache, "_cache", {}).items())).encode()
    places["sessions"] = json.dumps([s.get_decoded() for s in Session.objects.all()], ensure_ascii=False, default=str).encode()
    places["tables"] = b"".join(rows_of(model) for model in apps.get_models())
    for folder in (Path(settings.FILES_FOLDER), uploads):
        files = [p for p in folder.rglob("*") if p.is_file()]
        places[folder.name] = b"".join(p.read_bytes() for p in files) + repr(files).encode()
    for alias in ("default", "keys"):
        places |= {f"{alias}: {name}": content for name, content in database_bytes(alias).items()}
    return places


def rows_of(model: type[models.Model]) -> bytes:
    """Every value of a table as Python reads it, whatever shape it is stored in."""
    if model._meta.proxy or not model._meta.managed:
        return b""
    rows = list(model._default_manager.values_list())
    return b"\n".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for row in rows for value in row
    )


def database_bytes(alias: str) -> dict[str, bytes]:
    """SQLite's files and a backup copy of them; or PostgreSQL's dump in both its forms, and its log-structured files."""
    if connections[alias].vendor == "postgresql":
        return {"plain dump": dumped(alias, "p"), "custom dump": dumped(alias, "c")}
    path = Path(str(connections[alias].settings_dict["NAME"]))
    found = {p.name: p.read_bytes() for p in path.parent.glob(f"{path.name}*")}
    connections[alias].ensure_connection()
    copy = path.with_suffix(".copy")
    with sqlite3.connect(copy) as into:
        connections[alias].connection.backup(into)
    into.close()
    found["backup"] = copy.read_bytes()
    found["dump"] = "\n".join(sqlite3.connect(copy).iterdump()).encode()
    copy.unlink()
    return found


def dumped(alias: str, form: str) -> bytes:
    with connections[alias].cursor() as cursor:  # the tools of the very server the tests run on
        cursor.execute("SELECT setting FROM pg_config WHERE name = 'BINDIR'")
        tool = Path(cursor.fetchone()[0]) / "pg_dump"
    told = connections[alias].settings_dict
    words = [str(tool), "-h", told["HOST"], "-U", told["USER"], "-F", form, told["NAME"]]
    done = subprocess.run([*words, *(["-Z", "0"] if form == "c" else [])], check=False, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture
def everywhere(settings: Any, logged: io.StringIO, uploads: Path) -> tuple[Planted, Any]:
    cache.clear()
    return Planted(), lambda: every_place(settings, logged, uploads)


def test_nothing_that_is_written_lies_anywhere_in_any_encoding(everywhere: tuple[Planted, Any]) -> None:
    world, look = everywhere
    kinds = {note.kind for note in notes_of(world.her)}
    assert kinds == set(KINDS) - {"response"}
    untouched = [n.kind for n in notes_of(world.her) if ROOT not in json.dumps(n.content) and n.kind not in {"settings", "signal"}]
    assert untouched == []

    places = look()

    found = {place: ways for place, content in places.items() if (ways := hits(content, tuple(world.files)))}
    assert found == {}
    assert b"fault " in places["log"]
    assert Notice.objects.filter(kind__startswith="journey.").exists()
    assert AccessLogEntry.objects.filter(what="journey").exists()
    assert StoredFile.objects.filter(kind__startswith="journey.").count() >= 2
    assert places["uploads"] == b"[]"


def test_what_was_planted_is_shown_to_its_owner_and_to_whom_it_is_shared(everywhere: tuple[Planted, Any]) -> None:
    world, _look = everywhere

    for name, args in (("way", ()), ("plan", ()), ("shares", ()), ("talks", ()), ("signal", ()), ("part", ("mal",))):
        assert NEEDLE in world.hers.get(reverse(f"journey:{name}", args=args)).content.decode(), name
    assert NEEDLE in world.karis.get(reverse("journey:shared", args=[world.share_id])).content.decode()
    assert NEEDLE in world.karis.get(reverse("journey:helping")).content.decode()


@pytest.mark.parametrize("way", sorted(encodings_of(NEEDLE)))
def test_the_search_itself_finds_what_lies_open(way: str, settings: Any, logged: io.StringIO, uploads: Path) -> None:
    person = make_person(by="test", chosen_name="Tiril")
    text = b"xyz" + b"\0" * 5 + encodings_of(NEEDLE)[way] + b"abc"
    if way == "utf-8":
        person.chosen_name = planted(1)
        person.save()
    Notice.objects.create(recipient=person.pk, kind="x", facts={"x": text.decode("latin-1").replace("\0", "")} if way != "json" else {"x": NEEDLE})
    (Path(settings.FILES_FOLDER)).mkdir(parents=True, exist_ok=True)
    (Path(settings.FILES_FOLDER) / "x").write_bytes(text)

    places = every_place(settings, logged, uploads)

    assert hits(places["files"])
    if way in {"utf-8", "json"}:
        assert hits(places["tables"])
        assert any(hits(content) for place, content in places.items() if place.startswith("default: "))


class BackThen(Exception):
    """The backup is put back."""


def test_erasing_makes_an_older_backup_unreadable_shown_by_restoring_one(
    everywhere: tuple[Planted, Any], tmp_path: Path, settings: Any
) -> None:
    world, _look = everywhere
    files = Path(settings.FILES_FOLDER)
    before, count = tmp_path / "files-before", Note.objects.filter(person=world.her).count()
    shutil.copytree(files, before)
    with suppress(BackThen), transaction.atomic():  # the data goes back to before; the key store does not
        erase_person(by=world.her, person=world.her)
        raise BackThen
    shutil.copytree(before, files, dirs_exist_ok=True)
    world.her.refresh_from_db()
    assert world.her.erased_at is None
    assert Note.objects.filter(person=world.her).count() == count

    hers = client_of(world.her)
    for name, args in (("home", ()), ("way", ()), ("plan", ()), ("mine", ()), ("take-out", ()), ("booklet", ()), ("shares", ()),
                       ("talks", ()), ("signal", ()), ("search", ()), ("part", ("mal",)),
                       ("file", (Note.objects.filter(kind="matter")[0].pk,))):  # fmt: skip
        assert hers.get(reverse(f"journey:{name}", args=args)).status_code == 404, name
    karis = world.karis
    assert karis.get(reverse("journey:shared", args=[world.share_id])).status_code == 404
    assert NEEDLE not in karis.get(reverse("journey:helping")).content.decode()
    assert PERSONAL_DATA["journey.note"].export(world.her) == []
    with pytest.raises(KeyGone):
        keep_note(by=world.her, kind="event", content={"on": "2026-01-02", "text": "Etterpå"})
    assert not has_key(world.her.key_owner)

    call_command("replay_withdrawals")

    world.her.refresh_from_db()
    assert world.her.erased_at is not None
    assert not Note.objects.filter(person=world.her).exists()
    assert not Share.objects.filter(person=world.her).exists()
    assert not StoredFile.objects.filter(owner=world.her.key_owner).exists()
    assert [p for p in files.rglob("*") if p.is_file()] == []


class without_installation_key:  # noqa: N801 (reads as words)
    """The machine has lost the installation's key."""

    def __init__(self, keys: str = "") -> None:
        self.keys = keys

    def __enter__(self) -> None:
        self.before, os.environ["KNUTEPUNKT_INSTALLATION_KEY"] = os.environ["KNUTEPUNKT_INSTALLATION_KEY"], self.keys

    def __exit__(self, *_fault: object) -> None:
        os.environ["KNUTEPUNKT_INSTALLATION_KEY"] = self.before


def test_keys_are_wrapped_anew_and_everything_still_opens(everywhere: tuple[Planted, Any]) -> None:
    world, _look = everywhere
    first = os.environ["KNUTEPUNKT_INSTALLATION_KEY"]

    with without_installation_key(f"{first}\n{new_installation_key_line(2)}"):
        moved = rotate_installation_key()
        assert moved == WrappedKey.objects.count() > 0
        assert set(WrappedKey.objects.values_list("installation_key", flat=True)) == {2}
        assert NEEDLE in client_of(world.her).get(reverse("journey:plan")).content.decode()
        assert NEEDLE in client_of(world.kari).get(reverse("journey:shared", args=[world.share_id])).content.decode()
        assert client_of(world.her).post(reverse("journey:part-add", args=["mal"]), {"text": "Nytt"}).status_code == 302


def test_a_lost_installation_key_opens_nothing_loses_nothing_and_is_said_in_words(everywhere: tuple[Planted, Any], capsys: Any) -> None:
    world, _look = everywhere
    notes = Note.objects.count()

    with without_installation_key("1:" + "B" * 43 + "="):  # another key by the same number
        shut = world.hers.get(reverse("journey:plan"))
        assert shut["Location"] == reverse("people:reopen")
        with pytest.raises(SealingError):
            unseal_own(world.her.key_owner, {"x": b"y"})
    with without_installation_key():
        page = world.hers.get(reverse("journey:plan"))
        with pytest.raises(NoInstallationKey):
            notes_of(world.her)
        with pytest.raises(SystemExit):
            call_command("doctor")
    told = page.content.decode()

    assert page.status_code >= 500
    assert NEEDLE not in told
    assert re.search(r"[0-9A-F]{8}", told)  # the number to give whoever runs the house
    assert "installation key" in capsys.readouterr().out
    assert Note.objects.count() == notes
    assert NEEDLE in world.hers.get(reverse("journey:plan")).content.decode()
    assert connection.vendor in {"sqlite", "postgresql"}
