"""What the room holds of people, how long, and how it is exported and erased.

Participants are codes; whoever holds the receipt code exports and erases through the ledger. Team
members are people with accounts; their place in the team and their own sealed notes are theirs.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db.models import Exists, Q

from knutepunkt.inquiry.jobs import (
    delete_due_drafts,
    delete_due_people,
    delete_due_sources,
    delete_old_invitations,
)
from knutepunkt.inquiry.models import Debrief, Memo, PdfFetch, TeamInvitation, TeamMember
from knutepunkt.inquiry.queries.sources import hidden_rows
from knutepunkt.people.queries import StillShut, open_own_words
from knutepunkt.web.registers import PERSONAL_DATA, PersonalData
from knutepunkt.web.sealing import KeyGone, unseal_text
from knutepunkt.web.trail import FORMER


def _open(person: Any, field: str, sealed: bytes) -> str:
    """A person's own sealed words; empty while they are shut to whoever has signed in."""
    try:
        return unseal_text(open_own_words(person), field, sealed) if sealed else ""
    except (KeyGone, StillShut):
        return ""


def _export_team(person: Any) -> list[dict[str, Any]]:
    rows = TeamMember.objects.filter(person=person).select_related("inquiry")
    return [
        {
            "inquiry": m.inquiry.title, "role": m.role, "trained_on": m.trained_on, "left_on": m.left_on,
            "not_for_me": _open(person, f"not-for-me:{m.pk}", bytes(m.not_for_me)),
        }
        for m in rows
    ]  # fmt: skip


def _export_invitations(person: Any) -> list[dict[str, Any]]:
    rows = TeamInvitation.objects.filter(handle=person.handle.lower()).select_related("inquiry")
    return [{"inquiry": row.inquiry.title, "role": row.role, "at": row.at} for row in rows]


def _erase_invitations(person: Any) -> int:
    return TeamInvitation.objects.filter(Q(handle=person.handle.lower()) | Q(by=person.pk)).delete()[0]


def _export_debriefs(person: Any) -> list[dict[str, Any]]:
    rows = Debrief.objects.filter(person=person).select_related("meeting")
    return [
        {"meeting": d.meeting.label, "at": d.done_at,
         "note": _open(person, f"debrief:{d.meeting_id}", bytes(d.note))}
        for d in rows
    ]  # fmt: skip


def _export_memos(person: Any) -> list[dict[str, Any]]:
    """A person's own memos; one that holds words somebody took back is left out until the lead has answered."""
    rows = Memo.objects.filter(~Exists(hidden_rows("memo")), by=person.pk).order_by("at")
    return [{"at": m.at, "text": m.text} for m in rows]


NAMED = {
    "Guide": "made_by", "Source": "made_by", "Correction": "by", "Passage": "made_by", "Coding": "coder",
    "CodeChange": "by", "Memo": "by", "Finding": "changed_by", "ServiceAnswer": "by",
    "Recommendation": "answered_by", "FollowUp": "by", "FindingResponse": "typed_by",
}  # fmt: skip


def _forget_name(model: str) -> Callable[[Any], int]:
    """What somebody did for the team stays; the name beside it becomes `tidligere deltaker`."""
    field = NAMED[model]

    def forget(person: Any) -> int:
        rows = apps.get_model("inquiry", model).objects.filter(**{field: person.pk})
        return rows.update(**{f"{field}_name": FORMER})

    return forget


def _delete(model: Any) -> Any:
    def erase(person: Any) -> int:
        deleted, _ = model.objects.filter(person=person).delete()
        return deleted

    return erase


def _nothing(_person: Any) -> list[dict[str, Any]]:
    return []


def _none(_person: Any) -> int:
    return 0


ENDS = "with the inquiry, at most five years"
BY_CODE = "whoever holds the receipt code, through the ledger"

HELD = {
    "Inquiry": ("what was asked and agreed", "plain"),
    "ReferenceMember": ("a name of choice and where the seat comes from", "personal"),
    "Guide": ("versions of the guide", "plain"),
    "Meeting": ("that a meeting is held", "plain"),
    "Participant": ("that somebody takes part, as a code", "personal"),
    "Thanks": ("that a fee was given, without a name", "plain"),
    "Draft": ("an uploaded file before it is a source, sealed", "sensitive"),
    "Source": ("what people said, pseudonymised", "sensitive"),
    "Turn": ("where a speaker's words stand", "sensitive"),
    "Correction": ("that a text was corrected", "plain"),
    "PseudonymKey": ("what stands behind placeholders, sealed", "sensitive"),
    "HiddenText": ("what is hidden after a withdrawal", "plain"),
    "Code": ("the codebook", "plain"),
    "Passage": ("where coded words stand", "sensitive"),
    "PassageVoice": ("whose words a passage holds, as a code", "personal"),
    "Coding": ("who put which code where", "personal"),
    "CodeChange": ("changes of the codebook", "plain"),
    "ApartCoder": ("who codes apart", "personal"),
    "Finding": ("statements of the team", "plain"),
    "FindingPassage": ("what a finding stands on", "plain"),
    "Quotation": ("words of a participant, as shown to them", "sensitive"),
    "FindingResponse": ("a participant's answer to a finding", "sensitive"),
    "Missing": ("what a participant misses", "sensitive"),
    "ServiceAnswer": ("what the service says", "plain"),
    "Report": ("the working copy of a report", "plain"),
    "Section": ("prose of a report", "plain"),
    "Edition": ("a published edition, quotations by identifier", "plain"),
    "Recommendation": ("what ought to change, and the answer", "plain"),
    "FollowUp": ("what the service has done", "plain"),
    "Noticed": ("whether a participant notices a change", "personal"),
}


def _fields(model: str, sort: str) -> dict[str, str]:
    found = apps.get_model("inquiry", model)._meta.get_fields()
    own = [f for f in found if f.concrete and not f.many_to_many]
    return {f.name: "plain" if f.primary_key or f.is_relation else sort for f in own}


def enter() -> None:
    """Enter the room's kinds of record in the register."""
    due = {"Draft": delete_due_drafts, "Source": delete_due_sources, "Participant": delete_due_people}
    for model, (holds, sort) in HELD.items():
        PERSONAL_DATA.add(f"inquiry.{model.lower()}", PersonalData(
            f"inquiry.{model}", holds, "so that the inquiry can be done as its participants agreed", ENDS,
            _fields(model, sort), _nothing, _forget_name(model) if model in NAMED else _none, due.get(model)))  # fmt: skip
    PERSONAL_DATA.add("inquiry.teaminvitation", PersonalData(
        "inquiry.TeamInvitation", "that somebody is asked into a team, by handle", "so that they say yes or no themselves",
        "until answered, at most 30 days", _fields("TeamInvitation", "personal"), _export_invitations, _erase_invitations,
        delete_old_invitations))  # fmt: skip
    own = [
        ("TeamMember", "somebody's place in a team", _export_team, _delete(TeamMember)),
        ("Debrief", "that a meeting was talked through, with a sealed note", _export_debriefs, _delete(Debrief)),
        ("Memo", "thoughts of the team", _export_memos, _forget_name("Memo")),
        ("PdfFetch", "that a member fetched a PDF", _nothing, _delete(PdfFetch)),
    ]
    for model, holds, export, erase in own:
        PERSONAL_DATA.add(f"inquiry.{model.lower()}", PersonalData(
            f"inquiry.{model}", holds, "so that the team can work", ENDS, _fields(model, "personal"),
            export, erase))  # fmt: skip
