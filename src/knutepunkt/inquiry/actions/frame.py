"""The frame: asking for an inquiry, agreeing on it, the team, meetings, and participants as codes."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.text import slugify

from knutepunkt.consent import actions as consent
from knutepunkt.consent.queries import history_of
from knutepunkt.inquiry.choices import Phase, TeamRole
from knutepunkt.inquiry.models import (
    Debrief,
    Guide,
    Inquiry,
    Meeting,
    Participant,
    ReferenceMember,
    Report,
    TeamInvitation,
    TeamMember,
    Thanks,
)
from knutepunkt.inquiry.queries.frame import what_is_missing
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import holds_role, organisations_where, people_with_role
from knutepunkt.people.queries import open_own_words, person_by_handle
from knutepunkt.web.notices import give_notice
from knutepunkt.web.sealing import seal_text
from knutepunkt.web.trail import record

FRAME_FIELDS = (
    "aim", "questions", "ownership", "invitation", "invitation_plain", "duty_told_on", "listening_on",
    "dialogue_on", "report_on", "service",
)  # fmt: skip
KEPT_FOR = timedelta(days=5 * 365)


class SomebodyElseSaved(Exception):
    """The thing was changed by somebody else since the page was opened; `now` is how it stands."""

    def __init__(self, now: Any) -> None:
        super().__init__()
        self.now = now


def save_newest(row: Any, version: int | None, **changes: Any) -> None:
    """Save changes to a row that has a `version`, unless somebody else has saved since the page was opened.

    Args:
        row: the row; it holds what is stored afterwards.
        version: the version the page showed; None where no page did.
        changes: new values of fields.

    Raises:
        SomebodyElseSaved: it is of a newer version; nothing was saved.
    """
    rows = type(row).objects.filter(pk=row.pk)
    if version is not None:
        rows = rows.filter(version=version)
    saved = rows.update(**changes, version=F("version") + 1)
    row.refresh_from_db()
    if not saved:
        raise SomebodyElseSaved(row)


class NotYet(Exception):
    """The step cannot be taken yet; `missing` says what is missing, in sentences."""

    def __init__(self, missing: Iterable[str]) -> None:
        super().__init__()
        self.missing = list(missing)


@transaction.atomic
def request_inquiry(
    *, by: Any, title: str, commissioner: Any, responsible: Any, request: str, service: Any = None
) -> Inquiry:
    """A service or municipality asks a user-led centre for an inquiry."""
    inquiry = Inquiry.objects.create(
        slug=_free_slug(title), title=title, commissioner=commissioner, responsible=responsible,
        service=service, request=request, keep_until=timezone.localdate() + KEPT_FOR,
    )  # fmt: skip
    Report.objects.create(inquiry=inquiry, title=title)
    for person in people_with_role(Role.COORDINATOR, [responsible.pk]):
        give_notice(person, "inquiry.asked", inquiry=inquiry.slug)
    record("inquiry:inquiry:requested", by=by, about=inquiry.key, within=inquiry.key)
    return inquiry


def _free_slug(title: str) -> str:
    base = slugify(title.replace("ø", "o").replace("Ø", "o").replace("æ", "ae").replace("Æ", "ae"))[:60]
    base, number = base or "undersokelse", 1
    while Inquiry.objects.filter(slug=base if number == 1 else f"{base}-{number}").exists():
        number += 1
    return base if number == 1 else f"{base}-{number}"


@transaction.atomic
def agree_frame(*, by: Any, inquiry: Inquiry, version: int, **fields: Any) -> Inquiry:
    """Write down what was worked out together: aim, questions, who owns what, letters, dates.

    Raises:
        SomebodyElseSaved: `version` is not the newest; nothing was saved.
    """
    changes = {name: value for name, value in fields.items() if name in FRAME_FIELDS}
    save_newest(inquiry, version, **changes)
    record("inquiry:frame:changed", by=by, about=inquiry.key, within=inquiry.key)
    return inquiry


@transaction.atomic
def take_next_step(*, by: Any, inquiry: Inquiry) -> Inquiry:
    """Go on to the next phase.

    Raises:
        NotYet: something is missing; the sentences say what.
    """
    missing = what_is_missing(inquiry)
    if missing:
        raise NotYet(missing)
    if inquiry.phase < Phase.FOLLOW_UP:
        inquiry.phase += 1
        inquiry.save(update_fields=["phase"])
        for person in people_with_role(Role.MUNICIPAL_CONTACT, [inquiry.commissioner_id, inquiry.service_id]):
            give_notice(person, "inquiry.next-step", inquiry=inquiry.slug, phase=inquiry.phase)
        record("inquiry:phase:next", by=by, about=inquiry.key, within=inquiry.key, phase=inquiry.phase)
    return inquiry


class SpeaksForService(Exception):
    """Somebody who answers for the service or the municipality that asked has no place in the team."""


@transaction.atomic
def add_team_member(
    *, by: Any, inquiry: Inquiry, person: Any, role: str, trained_on: date | None = None,
    meetings_at_most: int | None = None,
) -> TeamMember:  # fmt: skip
    """Take somebody into the team, or change what she does there.

    Raises:
        SpeaksForService: she answers for those who asked, and they never see what people say.
    """
    asked = {inquiry.commissioner_id, inquiry.service_id} - {None}
    if asked & set(organisations_where(person, Role.MUNICIPAL_CONTACT)):
        raise SpeaksForService
    member, _ = TeamMember.objects.update_or_create(
        inquiry=inquiry, person=person,
        defaults={"role": role, "trained_on": trained_on, "meetings_at_most": meetings_at_most, "left_on": None},
    )  # fmt: skip
    record("inquiry:team:joined", by=by, about=inquiry.key, within=inquiry.key, role=role)
    return member


class NotAnEvaluator(Exception):
    """A team is made of user-evaluators, and of advisers who support them; a coordinator gives the role first."""


@transaction.atomic
def invite_to_team(
    *, by: Any, inquiry: Inquiry, handle: str, role: str, trained_on: date | None = None,
    meetings_at_most: int | None = None,
) -> TeamInvitation:  # fmt: skip
    """Ask whoever has this handle into the team. The same is done, and shown, whether anybody has it or not."""
    said = {"role": role, "trained_on": trained_on, "meetings_at_most": meetings_at_most}
    invitation, is_new = TeamInvitation.objects.update_or_create(
        inquiry=inquiry, handle=handle.strip().lower(), defaults={**said, "by": by.pk, "by_name": by.chosen_name}
    )
    record("inquiry:team:invited", by=by, about=inquiry.key, within=inquiry.key, role=role)
    person = person_by_handle(handle)
    if is_new and person is not None:
        give_notice(person, "inquiry.invited")
    return invitation


@transaction.atomic
def answer_invitation(*, by: Any, invitation: TeamInvitation, yes: bool) -> None:
    """Say yes or no to a place in the team; whoever asked is told.

    Raises:
        NotAnEvaluator: she is neither user-evaluator nor adviser anywhere; the invitation stays until she is.
        SpeaksForService: she answers for those who asked; the invitation stays until she says no.
    """
    inquiry = invitation.inquiry
    if yes and not any(holds_role(by, role) for role in (Role.USER_EVALUATOR, Role.ADVISER)):
        raise NotAnEvaluator
    if yes:
        add_team_member(
            by=by, inquiry=inquiry, person=by, role=invitation.role, trained_on=invitation.trained_on,
            meetings_at_most=invitation.meetings_at_most,
        )  # fmt: skip
    else:
        record("inquiry:team:declined", by=by, about=inquiry.key, within=inquiry.key)
    give_notice(invitation.by, "inquiry.invitation-answered", inquiry=inquiry.slug, yes=yes)
    invitation.delete()


@transaction.atomic
def take_back_invitation(*, by: Any, invitation: TeamInvitation) -> None:
    """Ask no more."""
    record("inquiry:team:uninvited", by=by, about=invitation.inquiry.key, within=invitation.inquiry.key)
    invitation.delete()


class LastLead(Exception):
    """An inquiry always has a lead; somebody else must take over first."""


@transaction.atomic
def leave_team(*, by: Any, member: TeamMember) -> None:
    """End somebody's place in the team today.

    Raises:
        LastLead: she is the only lead.
    """
    others = TeamMember.objects.filter(inquiry=member.inquiry, role=TeamRole.LEAD, left_on=None)
    if member.role == TeamRole.LEAD and not others.exclude(pk=member.pk).exists():
        raise LastLead
    member.left_on = timezone.localdate()
    member.save(update_fields=["left_on"])
    record("inquiry:team:left", by=by, about=member.inquiry.key, within=member.inquiry.key)


def say_not_for_me(*, by: Any, member: TeamMember, text: str) -> None:
    """Write what is not for me; sealed with my own key, and shown to nobody else.

    Raises:
        StillShut: somebody else has renewed a way in, so what stands there is neither read nor written over.
    """
    member.not_for_me = seal_text(open_own_words(by), f"not-for-me:{member.pk}", text) if text else b""
    member.save(update_fields=["not_for_me"])


@transaction.atomic
def seat_reference_member(*, by: Any, inquiry: Inquiry, name: str, comes_from: str) -> ReferenceMember:
    """Give somebody a seat in the reference group."""
    record("inquiry:reference:seated", by=by, about=inquiry.key, within=inquiry.key)
    return ReferenceMember.objects.create(inquiry=inquiry, name=name, comes_from=comes_from)


@transaction.atomic
def write_guide(
    *, by: Any, inquiry: Inquiry, text: str, plain_text: str, why: str = "", version: int | None = None
) -> Guide:
    """Write a new version of the guide; earlier versions stay.

    Raises:
        SomebodyElseSaved: `version` is not the newest; the newest version of the guide comes with it.
    """
    last = inquiry.guides.select_for_update().order_by("-number").first()
    newest = last.number if last else 0
    if version is not None and version != newest:
        raise SomebodyElseSaved(last)
    record("inquiry:guide:written", by=by, about=inquiry.key, within=inquiry.key, number=newest + 1)
    return Guide.objects.create(
        inquiry=inquiry, number=newest + 1, text=text, plain_text=plain_text, why=why,
        made_by=by.pk, made_by_name=by.chosen_name,
    )  # fmt: skip


@transaction.atomic
def plan_meeting(
    *, by: Any, inquiry: Inquiry, label: str, form: str, group: str = "", held_on: date | None = None
) -> Meeting:
    """Plan or enter a group or individual interview."""
    meeting = Meeting.objects.create(inquiry=inquiry, label=label, form=form, group=group, held_on=held_on)
    record("inquiry:meeting:planned", by=by, about=inquiry.key, within=inquiry.key, form=form)
    return meeting


@transaction.atomic
def debrief_meeting(*, by: Any, meeting: Meeting, note: str = "") -> Debrief:
    """Tick off that the meeting has been talked through; a note to oneself is sealed with one's own key.

    A tick without a note leaves an earlier note as it is.

    Raises:
        StillShut: somebody else has renewed a way in, so no note is written over.
    """
    facts: dict[str, Any] = {"done_at": timezone.now()}
    if note:
        facts["note"] = seal_text(open_own_words(by), f"debrief:{meeting.pk}", note)
    debrief, _ = Debrief.objects.update_or_create(meeting=meeting, person=by, defaults=facts)
    return debrief


@transaction.atomic
def add_participant(
    *, by: Any, inquiry: Inquiry, group: str = "", meeting: Meeting | None = None, code: str = ""
) -> Participant:
    """Add somebody who takes part, as the next free code (D1, D2 ...)."""
    taken = set(inquiry.participants.values_list("code", flat=True))
    number = len(taken) + 1
    while not code or code in taken:
        code, number = f"D{number}", number + 1
    participant = Participant.objects.create(
        inquiry=inquiry, code=code, group=group or (meeting.group if meeting else ""), meeting=meeting
    )
    record("inquiry:participant:added", by=by, about=participant.key, within=inquiry.key)
    return participant


@transaction.atomic
def take_consent(
    *, by: Any, participant: Participant, purposes: Mapping[str, bool], wording: str, how: str,
    until_on: date | None = None, witness_name: str = "",
) -> str:  # fmt: skip
    """Enter a participant's own choices, and hand out the receipt code. Returns it as printed, once.

    Raises:
        AlreadyChosen: there is a choice already, taken back or not.
    """
    inquiry = participant.inquiry
    if history_of(participant.key).exists():
        raise AlreadyChosen
    consent.give_consent(
        by=by, subject=participant.key, responsible=inquiry.responsible, purposes=purposes, wording=wording,
        until_on=until_on or inquiry.keep_until or timezone.localdate() + KEPT_FOR, how=how,
        witness_name=witness_name,
    )  # fmt: skip
    participant.has_slip = True
    participant.save(update_fields=["has_slip"])
    return consent.issue_receipt(by=by, subject=participant.key)


class AlreadyChosen(Exception):
    """The participant has chosen already; a lost slip is renewed by two, never by filling the sheet in again."""


@transaction.atomic
def ask_for_new_slip(*, by: Any, participant: Participant) -> None:
    """The first of two says that a participant's slip is lost. Nothing changes until a second agrees."""
    participant.slip_asked_by, participant.slip_asked_at = by.pk, timezone.now()
    participant.save(update_fields=["slip_asked_by", "slip_asked_at"])
    record("inquiry:slip:asked", by=by, about=participant.key, within=participant.inquiry.key)


@transaction.atomic
def agree_to_new_slip(*, by: Any, participant: Participant) -> str:
    """The second, who knows the participant too, agrees; the old code dies. Returns the new one as printed, once.

    Raises:
        NeedsTwo: nobody has asked within a week, the asker has left the team, or the asker agrees with herself.
    """
    week = timezone.now() - timedelta(days=7)
    asked_by, asked_at = participant.slip_asked_by, participant.slip_asked_at
    team = TeamMember.objects.filter(inquiry=participant.inquiry, left_on=None)
    member = team.filter(person_id=asked_by).first() if asked_by and asked_at and asked_at > week else None
    first = member.person if member is not None else None
    printed = consent.renew_receipt(by=by, second=first, subject=participant.key)
    participant.slip_asked_by = participant.slip_asked_at = None
    participant.save(update_fields=["slip_asked_by", "slip_asked_at"])
    return printed


@transaction.atomic
def give_thanks(*, by: Any, inquiry: Inquiry, what: str, kroner: int, given_on: date) -> Thanks:
    """Receipt a fee or gift without a name, by a running number."""
    newest = inquiry.thanks.aggregate(newest=Max("number"))["newest"] or 0
    record("inquiry:thanks:given", by=by, about=inquiry.key, within=inquiry.key, number=newest + 1)
    return Thanks.objects.create(
        inquiry=inquiry, number=newest + 1, what=what, kroner=kroner, given_on=given_on
    )
