"""Taking a journey out, and bringing it into another Knutepunkt. What is taken out is everything; nothing is lost."""

import io
import json
import zipfile
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone

from knutepunkt.journey.actions.files import PICTURE, SOUND
from knutepunkt.journey.actions.keeping import MOST_NOTES, TooManyNotes, store_note
from knutepunkt.journey.actions.questionnaires import carry_questionnaires
from knutepunkt.journey.methods.contents import KINDS, SCHEMA, BadContent, clean
from knutepunkt.journey.models import ONE_OF, Note
from knutepunkt.journey.queries.own import notes_of
from knutepunkt.journey.queries.questionnaires import questionnaires_as_data
from knutepunkt.people.queries import open_own_words
from knutepunkt.web.files import FileMissing, FileRefused, keep_picture, keep_sound, read_file
from knutepunkt.web.models import StoredFile
from knutepunkt.web.sound import kind_of

LARGEST_ZIP = 100 * 1024 * 1024
LARGEST_JSON = 60 * 1024 * 1024
MOST_FILES = 500
NOT_CARRIED = ("signal",)
"""A signal that is open here is not opened elsewhere."""
SUFFIX = {"image/webp": "webp", "audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/wav": "wav", "audio/webm": "webm",
          "audio/flac": "flac", "audio/mp4": "m4a"}  # fmt: skip


class NotAJourney(Exception):
    """The file is no exported journey we can read; `why` is `zip`, `large`, `schema` or `note`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass
class Carried:
    """What became of an import: how many notes came in, were there already, or stand beside one that differs."""

    kept: int = 0
    same: int = 0
    beside: list[str] = field(default_factory=list)


def as_data(person: Any) -> dict[str, Any]:
    """The whole journey as plain data, as `methods.contents.as_json_schema` says.

    Raises:
        StillShut: the person's words are shut to whoever has signed in.
    """
    notes = notes_of(person)
    files = _files_of(person, [n.content["file"] for n in notes if n.kind == "matter" and n.content["file"]])
    return {
        "schema": SCHEMA, "made_at": timezone.now().isoformat(),
        "notes": [
            {"id": str(n.id), "kind": n.kind, "made_on": n.made_on.isoformat(), "changed_on": n.changed_on.isoformat(),
             "content": n.content}
            for n in notes
        ],
        "files": [{"id": str(f.pk), "name": _name_of(f), "media_type": f.media_type} for f in files],
        "questionnaires": questionnaires_as_data(person, [n.content["questionnaire"] for n in notes if n.kind == "response"]),
    }  # fmt: skip


def _files_of(person: Any, keys: list[str]) -> list[StoredFile]:
    return list(StoredFile.objects.filter(pk__in=keys, owner=person.key_owner).order_by("made_at", "pk"))


def _name_of(stored: StoredFile) -> str:
    return f"filer/{stored.pk}.{SUFFIX.get(stored.media_type, 'bin')}"


def as_zip(person: Any, *, extra: dict[str, bytes]) -> bytes:
    """The journey as one zip: `min-vei.json`, its pictures and sounds, and what is given beside them by name."""
    data = as_data(person)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("min-vei.json", json.dumps(data, ensure_ascii=False, indent=1))
        for stored in _files_of(person, [f["id"] for f in data["files"]]):
            try:
                archive.writestr(_name_of(stored), read_file(stored))
            except FileMissing:
                continue
        for name, content in extra.items():
            archive.writestr(name, content)
    return out.getvalue()


def bring(*, by: Any, content: bytes) -> Carried:
    """Bring an exported journey into one's own.

    A note that is there already is left as it is; one with the same key and other words stands beside it. All of it
    comes in, or nothing.

    Raises:
        NotAJourney: no zip of ours, too large, of a newer schema, or with a note that does not fit.
        TooManyNotes: there is no room for all of it.
        StillShut: the person's words are shut to whoever has signed in.
    """
    if len(content) > LARGEST_ZIP:
        raise NotAJourney("large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return bring_data(by=by, data=_json_in(archive), archive=archive)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError) as broken:
        raise NotAJourney("zip") from broken


def _json_in(archive: zipfile.ZipFile) -> Any:
    if archive.getinfo("min-vei.json").file_size > LARGEST_JSON:
        raise NotAJourney("large")
    with archive.open("min-vei.json") as file:
        try:
            return json.loads(file.read(LARGEST_JSON + 1))
        except (ValueError, RecursionError) as broken:
            raise NotAJourney("note") from broken


@transaction.atomic
def bring_data(*, by: Any, data: Any, archive: zipfile.ZipFile | None = None) -> Carried:
    """Bring plain data in; see `bring`."""
    owner = open_own_words(by)
    rows = _checked(data)
    answered = carry_questionnaires(by=by, rows=data.get("questionnaires"))
    for row in rows:
        if row["kind"] == "response":
            row["content"]["questionnaire"] = answered.get(row["content"]["questionnaire"], row["content"]["questionnaire"])
    if Note.objects.filter(person=by).count() + len(rows) > MOST_NOTES:
        raise TooManyNotes
    known = {note.id: note for note in notes_of(by)}
    mine_only = {note.kind for note in known.values() if note.kind in ONE_OF}
    carried, moved = Carried(), _keys(rows, known, mine=by.pk)
    files = _bring_files(owner, data.get("files"), archive)
    for row in rows:
        key, content = moved[row["id"]], _with_keys(row, moved, files)
        there = known.get(key)
        if there is not None and there.kind == row["kind"] and _alike(there.content, content):
            carried.same += 1
            continue
        if row["kind"] in mine_only:
            carried.beside.append(row["kind"])
            continue
        if there is not None:
            carried.beside.append(row["kind"])
            key = uuid4()
        store_note(person=by, owner=owner, kind=row["kind"], content=content, note_id=key)
        Note.objects.filter(pk=key).update(made_on=row["made_on"], changed_on=row["changed_on"])
        carried.kept += 1
    return carried


def _checked(data: Any) -> list[dict[str, Any]]:
    """The notes of an export, each cleaned; those that are not carried are left out."""
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("notes"), list):
        raise NotAJourney("schema")
    rows, today = [], timezone.localdate().isoformat()
    if len(data["notes"]) > MOST_NOTES:
        raise NotAJourney("large")
    for note in data["notes"]:
        try:
            if note["kind"] not in KINDS:
                raise NotAJourney("note")
            rows.append({
                "id": UUID(str(note["id"])), "kind": note["kind"], "content": clean(note["kind"], note["content"]),
                "made_on": date.fromisoformat(note.get("made_on") or today),
                "changed_on": date.fromisoformat(note.get("changed_on") or today),
            })  # fmt: skip
        except (BadContent, KeyError, TypeError, ValueError, AttributeError) as broken:
            raise NotAJourney("note") from broken
    return [row for row in rows if row["kind"] not in NOT_CARRIED]


def _keys(rows: list[dict[str, Any]], known: dict[UUID, Any], *, mine: UUID) -> dict[UUID, UUID]:
    """The key each note gets here: its own where it is free or the person's, else one that is the same each time."""
    taken = set(Note.objects.filter(pk__in=[row["id"] for row in rows]).values_list("pk", flat=True)) - set(known)
    return {row["id"]: uuid5(mine, str(row["id"])) if row["id"] in taken else row["id"] for row in rows}


def _alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two contents say the same; the file beside them has a key of its own in each house."""
    return {**one, "file": ""} == {**other, "file": ""}


REFERS = {"step": ("goal", "talk"), "try": ("strategy",), "meeting-note": ("talk",)}


def _with_keys(row: dict[str, Any], moved: dict[UUID, UUID], files: dict[str, str]) -> dict[str, Any]:
    """A content whose references follow the notes and files that got another key."""
    content = dict(row["content"])
    for name in REFERS.get(row["kind"], ()):
        if content[name]:
            content[name] = str(moved.get(UUID(content[name]), content[name]))
    if row["kind"] == "matter" and content["file"]:
        content["file"] = files.get(content["file"], "")
    if row["kind"] == "checkin":
        content["marks"] = {_moved_mark(key, moved): mark for key, mark in content["marks"].items()}
    return content


def _moved_mark(key: str, moved: dict[UUID, UUID]) -> str:
    try:
        return str(moved.get(UUID(key), key))
    except ValueError:
        return key


def _bring_files(owner: str, listed: Any, archive: zipfile.ZipFile | None) -> dict[str, str]:
    """Pictures and sounds of the zip, kept anew with this person's key. Returns the new key by the old."""
    found: dict[str, str] = {}
    if archive is None or not isinstance(listed, list):
        return found
    for one in listed[:MOST_FILES]:
        try:
            old, name = str(UUID(str(one["id"]))), str(one["name"])
            if archive.getinfo(name).file_size > LARGEST_ZIP:
                continue
            content = archive.read(name)
            if kind_of(content):
                kept = keep_sound(owner=owner, kind=SOUND, content=content)
            else:
                kept = keep_picture(owner=owner, kind=PICTURE, content=content)
        except (KeyError, TypeError, ValueError, FileRefused):
            continue
        found[old] = str(kept.pk)
    return found
