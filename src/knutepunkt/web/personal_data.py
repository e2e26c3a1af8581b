"""What the shared tables hold of people: trail, notices, codes and files."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from knutepunkt.web.files import remove_file
from knutepunkt.web.models import Notice, PaperCode, StoredFile, TrailLine
from knutepunkt.web.registers import PERSONAL_DATA, PersonalData
from knutepunkt.web.trail import forget_actor

KEPT = timedelta(days=2 * 365)
TRAIL_KEPT = timedelta(days=5 * 365)


def _subject(person: Any) -> str:
    return f"people.person:{person.pk}"


def _export_trail(person: Any) -> list[dict[str, Any]]:
    rows = TrailLine.objects.filter(actor=str(person.pk)).order_by("pk")
    return [{"at": r.at, "what": r.kind, "about": r.about} for r in rows]


def _trail_due() -> int:
    deleted, _ = TrailLine.objects.filter(at__lt=timezone.now() - TRAIL_KEPT).delete()
    return deleted


def _export_notices(person: Any) -> list[dict[str, Any]]:
    rows = Notice.objects.filter(recipient=person.pk).order_by("pk")
    return [{"at": r.at, "kind": r.kind, "read_at": r.read_at} for r in rows]


def _erase_notices(person: Any) -> int:
    return Notice.objects.filter(recipient=person.pk).delete()[0]


def _notices_due() -> int:
    return Notice.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]


def _export_codes(person: Any) -> list[dict[str, Any]]:
    rows = PaperCode.objects.filter(subject=_subject(person)).order_by("made_at")
    return [{"kind": r.kind, "made_at": r.made_at, "died_at": r.died_at} for r in rows]


def _erase_codes(person: Any) -> int:
    return PaperCode.objects.filter(subject=_subject(person)).delete()[0]


def _codes_due() -> int:
    return PaperCode.objects.filter(died_at__lt=timezone.now() - KEPT).delete()[0]


def _export_files(person: Any) -> list[dict[str, Any]]:
    rows = StoredFile.objects.filter(owner=f"person:{person.pk}").order_by("made_at")
    return [{"kind": r.kind, "made_at": r.made_at, "size": r.size} for r in rows]


def _erase_files(person: Any) -> int:
    rows = list(StoredFile.objects.filter(owner=f"person:{person.pk}"))
    for row in rows:
        remove_file(row)
    return len(rows)


def _files_due() -> int:
    rows = list(StoredFile.objects.filter(until_on__lt=timezone.localdate()))
    for row in rows:
        remove_file(row)
    return len(rows)


def enter() -> None:
    """Enter the shared kinds of record in the register."""
    PERSONAL_DATA.add("web.trailline", PersonalData(
        "web.TrailLine", "what was done, by whom", "so that what happened can be followed", "five years",
        {"id": "plain", "kind": "plain", "at": "plain", "actor": "personal", "actor_name": "personal",
         "about": "plain", "within": "plain", "facts": "plain"},
        _export_trail, lambda person: forget_actor(str(person.pk)), _trail_due))  # fmt: skip
    PERSONAL_DATA.add("web.notice", PersonalData(
        "web.Notice", "what a person has been told", "so that nobody meets silence", "two years",
        {"id": "plain", "recipient": "personal", "kind": "plain", "facts": "plain", "at": "plain",
         "read_at": "plain"}, _export_notices, _erase_notices, _notices_due))  # fmt: skip
    PERSONAL_DATA.add("web.papercode", PersonalData(
        "web.PaperCode", "that a code on paper was handed out, as a digest", "so that paper can be a key",
        "two years after it died",
        {"id": "plain", "kind": "plain", "digest": "personal", "subject": "personal", "made_at": "plain",
         "valid_until": "plain", "uses_left": "plain", "first_used_at": "plain", "died_at": "plain",
         "renews": "plain"}, _export_codes, _erase_codes, _codes_due))  # fmt: skip
    PERSONAL_DATA.add("web.storedfile", PersonalData(
        "web.StoredFile", "that a sealed file exists, and whose key opens it", "so that it can be served",
        "until its end date, or with what points to it",
        {"id": "plain", "owner": "personal", "kind": "plain", "media_type": "plain", "size": "plain",
         "made_at": "plain", "until_on": "plain"}, _export_files, _erase_files, _files_due))  # fmt: skip
