"""What the journey holds of people, how long, and how it is exported and erased."""

from typing import Any

from knutepunkt.journey.models import Note, Questionnaire, Share
from knutepunkt.journey.queries.own import notes_of
from knutepunkt.people.queries import StillShut
from knutepunkt.web.registers import PERSONAL_DATA, PersonalData
from knutepunkt.web.sealing import KeyGone


def _export_notes(person: Any) -> list[dict[str, Any]]:
    try:
        notes = notes_of(person)
    except (KeyGone, StillShut):
        return []
    return [
        {"id": n.id, "kind": n.kind, "made_on": n.made_on, "changed_on": n.changed_on, "content": n.content}
        for n in notes
    ]  # fmt: skip


def _export_shares(person: Any) -> list[dict[str, Any]]:
    rows = Share.objects.filter(person=person).order_by("made_on", "pk")
    return [{"parts": s.parts, "made_on": s.made_on, "until_on": s.until_on, "ended_on": s.ended_on} for s in rows]


def _erase_notes(person: Any) -> int:
    return Note.objects.filter(person=person).delete()[0]


def _erase_shares(person: Any) -> int:
    own = Share.objects.filter(person=person).delete()[0]
    return own + Share.objects.filter(helper=person).delete()[0]


def _export_questionnaires(person: Any) -> list[dict[str, Any]]:
    rows = Questionnaire.objects.filter(person=person).order_by("imported_on", "pk")
    return [{"title": q.title, "holder": q.holder, "licence": q.licence, "imported_on": q.imported_on, "source": q.source} for q in rows]


def _erase_questionnaires(person: Any) -> int:
    Questionnaire.objects.filter(imported_by=person).update(imported_by=None)
    return Questionnaire.objects.filter(person=person).delete()[0]


def enter() -> None:
    """Enter the room's kinds of record in the register."""
    PERSONAL_DATA.add("journey.note", PersonalData(
        "journey.Note", "what a person writes for themselves, sealed with their own key",
        "so that the person can see their own way, and show parts of it", "as long as the person wants it",
        {"id": "plain", "person": "personal", "kind": "personal", "content": "sensitive", "version": "plain",
         "made_on": "personal", "changed_on": "personal", "wakes": "personal"}, _export_notes, _erase_notes))  # fmt: skip
    PERSONAL_DATA.add("journey.share", PersonalData(
        "journey.Share", "who may see which part of a journey, and until when", "so that a helper sees what the person wants",
        "until its last day; then as long as the person wants to see that it was",
        {"id": "plain", "person": "personal", "helper": "personal", "name": "sensitive", "parts": "personal",
         "only_by_signal": "personal", "until_on": "personal", "is_muted": "personal", "ended_on": "personal",
         "made_on": "personal"}, _export_shares, _erase_shares))  # fmt: skip
    PERSONAL_DATA.add("journey.questionnaire", PersonalData(
        "journey.Questionnaire", "forms to answer, of a centre or brought in by a person for themselves; never an answer",
        "so that a person can answer a form the centre has a licence for", "a centre's until it is not used and nobody has answers to it; "
        "a person's own as long as the person wants it",
        {"id": "plain", "organisation": "plain", "person": "personal", "url": "plain", "title": "plain", "form_version": "plain",
         "language": "plain", "languages": "plain", "questions": "plain", "holder": "plain", "licence": "plain", "source": "plain",
         "digest": "plain", "imported_on": "plain", "imported_by": "personal", "ended_on": "plain"},
        _export_questionnaires, _erase_questionnaires))  # fmt: skip
