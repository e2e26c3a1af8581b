"""Pages of the frame: list, request, overview, agreement, team, guide, letters, meetings, participants."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.consent.actions import NeedsTwo
from knutepunkt.consent.choices import RECEIPT
from knutepunkt.consent.queries import purposes_by_subject
from knutepunkt.inquiry.actions import frame as actions
from knutepunkt.inquiry.choices import Phase
from knutepunkt.inquiry.forms import frame as forms
from knutepunkt.inquiry.methods.letters import consent_wording
from knutepunkt.inquiry.models import Inquiry, Meeting, Participant, TeamInvitation
from knutepunkt.inquiry.queries import frame as queries
from knutepunkt.inquiry.queries.history import not_for_me_of, what_happened
from knutepunkt.inquiry.queries.sources import hidden_keys
from knutepunkt.inquiry.views import finding_things as find
from knutepunkt.inquiry.views.saving import try_to_save
from knutepunkt.organisations.choices import Kind, Role
from knutepunkt.organisations.queries import coordinated_of_kind, organisations_by_id, organisations_where
from knutepunkt.people.queries import StillShut
from knutepunkt.web.access import may, page
from knutepunkt.web.paging import page_by_key, whole_number
from knutepunkt.web.papercodes import on_paper
from knutepunkt.web.trail import lines_within


@page("inquiry.see_own_inquiries")
def inquiries(request: HttpRequest) -> HttpResponse:
    """The inquiries this person has to do with."""
    rows = queries.inquiries_visible_to(request.user)
    shown = page_by_key(rows, request, order="-made_at", size=20)
    return render(request, "inquiry/inquiries.html", {
        "rows": shown, "invitations": queries.invitations_to(request.user),
        "may_request": may(request.user, "inquiry.request_inquiry"),
    })  # fmt: skip


@page("inquiry.request_inquiry", writes=True)
def request_new(request: HttpRequest) -> HttpResponse:
    """Ask for an inquiry."""
    own = organisations_where(request.user, Role.MUNICIPAL_CONTACT, Role.COORDINATOR)
    askers = {o.pk: o for o in organisations_by_id(own)}
    centres = {o.pk: o for o in coordinated_of_kind(Kind.USER_LED_CENTRE)}
    form = forms.RequestForm(
        request.POST or None,
        askers=[(pk, o.name) for pk, o in askers.items()],
        centres=[(pk, o.name) for pk, o in centres.items()],
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        inquiry = actions.request_inquiry(
            by=request.user, title=data["title"], commissioner=askers[data["commissioner"]],
            responsible=centres[data["responsible"]], request=data["request"],
        )  # fmt: skip
        messages.success(request, _("Forespørselen er sendt. Du får vite det her når senteret har svart."))
        return redirect("inquiry:overview", inquiry.slug)
    return render(request, "inquiry/request.html", {"form": form})


@page("inquiry.see_inquiry", of=find.inquiry)
def overview(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Where the inquiry stands, what comes next, what is missing."""
    in_team = may(request.user, "inquiry.work_in_team", inquiry)
    leads = may(request.user, "inquiry.change_frame", inquiry)
    return render(request, "inquiry/overview.html", {
        "inquiry": inquiry, "steps": steps_of(inquiry), "in_team": in_team, "may_change": leads,
        "missing": queries.what_is_missing(inquiry) if leads or in_team else [],
        "may_see_findings": may(request.user, "inquiry.see_findings", inquiry),
        "is_published": inquiry.editions.filter(is_current=True).exists(),
        "next_phase": Phase(inquiry.phase + 1).label if inquiry.phase < Phase.FOLLOW_UP else "",
    })  # fmt: skip


def steps_of(inquiry: Inquiry) -> list[dict[str, Any]]:
    """The seven phases as the component `steps` wants them."""
    states = ["done" if p < inquiry.phase else "now" if p == inquiry.phase else "next" for p in Phase]
    return [{"label": p.label, "state": state} for p, state in zip(Phase, states, strict=True)]


@page("inquiry.change_frame", writes=True, of=find.inquiry)
def next_step(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Go on to the next phase, when nothing is missing."""
    if request.method == "POST":
        try:
            actions.take_next_step(by=request.user, inquiry=inquiry)
        except actions.NotYet as stop:
            messages.warning(request, " ".join(stop.missing))
        else:
            messages.success(request, _("Nå er dere her: %(phase)s.") % {"phase": inquiry.get_phase_display()})
    return redirect("inquiry:overview", inquiry.slug)


@page("inquiry.change_frame", writes=True, of=find.inquiry)
def frame(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """What was agreed: aim, questions, ownership, letters, dates."""
    initial = {name: getattr(inquiry, name) for name in forms.FrameForm.base_fields}
    save = partial(actions.agree_frame, by=request.user, inquiry=inquiry)
    tried = try_to_save(request, forms.FrameForm, initial, save)
    if tried.is_saved:
        messages.success(request, _("Avtalen er lagret."))
        return redirect("inquiry:overview", inquiry.slug)
    return render(request, "inquiry/frame.html", {"inquiry": inquiry, "form": tried.form, "theirs": tried.theirs})


@page("inquiry.change_frame", writes=True, of=find.inquiry)
def team(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """The team and the reference group."""
    taken_back = whole_number(request.POST.get("take-back", ""))
    form = forms.TeamMemberForm(None if taken_back else request.POST or None)
    if taken_back:
        actions.take_back_invitation(by=request.user, invitation=get_object_or_404(inquiry.invitations, pk=taken_back))
        return redirect("inquiry:team", inquiry.slug)
    if request.method == "POST" and form.is_valid():
        actions.invite_to_team(by=request.user, inquiry=inquiry, **form.cleaned_data)
        messages.success(request, _("Invitasjonen er lagt ut. Den som har kallenavnet, ser den etter innlogging."))
        return redirect("inquiry:team", inquiry.slug)
    members = inquiry.team.filter(left_on=None).select_related("person").order_by("pk")
    return render(request, "inquiry/team.html", {
        "inquiry": inquiry, "form": form, "members": members, "seat_form": forms.ReferenceForm(),
        "invitations": inquiry.invitations.order_by("pk"),
        "reference_group": inquiry.reference_group.order_by("pk"),
    })  # fmt: skip


@page("inquiry.answer_invitation", writes=True, of=find.invitation)
def invitation(request: HttpRequest, invitation: TeamInvitation) -> HttpResponse:
    """I am asked into a team: what it is, and yes or no."""
    if request.method == "POST" and request.POST.get("answer") in {"yes", "no"}:
        yes = request.POST["answer"] == "yes"
        try:
            actions.answer_invitation(by=request.user, invitation=invitation, yes=yes)
        except actions.NotAnEvaluator:
            messages.warning(request, _("Du må være brukerevaluator eller rådgiver først. Be koordinatoren på senteret ditt om rollen."))
            return redirect("inquiry:invitation", invitation.pk)
        except actions.SpeaksForService:
            messages.warning(request, _("Du svarer for dem som har bestilt evalueringen. Da kan du ikke være med i teamet."))
            return redirect("inquiry:invitation", invitation.pk)
        if yes:
            messages.success(request, _("Velkommen i teamet."))
            return redirect("inquiry:overview", invitation.inquiry.slug)
        messages.success(request, _("Du har sagt nei. Den som spurte, får vite det."))
        return redirect("inquiry:inquiries")
    inquiry = invitation.inquiry
    pairs = [
        (_("Hvem spør"), inquiry.commissioner.name), (_("Ansvarlig senter"), inquiry.responsible.name),
        (_("Oppgaven din"), invitation.get_role_display()),
    ]  # fmt: skip
    return render(request, "inquiry/invitation.html", {"invitation": invitation, "pairs": pairs})


@page("inquiry.change_frame", writes=True, of=find.inquiry)
def reference_seat(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Give somebody a seat in the reference group."""
    form = forms.ReferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.seat_reference_member(by=request.user, inquiry=inquiry, **form.cleaned_data)
    return redirect("inquiry:team", inquiry.slug)


@page("inquiry.work_in_team", writes=True, of=find.inquiry)
def my_place(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """My own place in the team: what is not for me, and the way out."""
    member = inquiry.team.get(person__pk=str(request.user.pk))
    form = forms.NotForMeForm(request.POST or None, initial={"text": not_for_me_of(member, request.user)})
    if request.method == "POST" and request.POST.get("leave"):
        try:
            actions.leave_team(by=request.user, member=member)
        except actions.LastLead:
            messages.warning(request, _("Du er den eneste lederen. La en annen ta over først."))
        else:
            messages.success(request, _("Du har gått ut av teamet. Takk for det du har gjort."))
            return redirect("inquiry:inquiries")
    elif request.method == "POST" and form.is_valid():
        try:
            actions.say_not_for_me(by=request.user, member=member, text=form.cleaned_data["text"])
        except StillShut:
            return redirect("people:reopen")
        messages.success(request, _("Notatet ditt er lagret."))
        return redirect("inquiry:my-place", inquiry.slug)
    return render(request, "inquiry/my_place.html", {"inquiry": inquiry, "member": member, "form": form})


@page("inquiry.work_in_team", of=find.inquiry)
def history(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Who did what in the inquiry, without any words."""
    shown = page_by_key(lines_within(inquiry.key), request, order="-pk", size=60)
    return render(request, "inquiry/history.html", {
        "inquiry": inquiry, "lines": [(line, what_happened(line.kind)) for line in shown], "paging": shown,
    })  # fmt: skip


@page("inquiry.change_frame", writes=True, of=find.inquiry)
def guide(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """The guide, its plain variant and its versions."""
    hidden = set() if may(request.user, "inquiry.lead_team", inquiry) else hidden_keys(inquiry, "guide")
    written = list(inquiry.guides.order_by("-number"))
    versions = [one for one in written if str(one.pk) not in hidden]
    newest = versions[0] if versions else None
    initial: dict[str, Any] = {"text": newest.text, "plain_text": newest.plain_text} if newest else {}
    initial["version"] = written[0].number if written else 0
    save = partial(actions.write_guide, by=request.user, inquiry=inquiry)
    tried = try_to_save(request, forms.GuideForm, initial, save)
    if tried.is_saved:
        messages.success(request, _("Ny versjon av guiden er lagret. De gamle versjonene ligger her fortsatt."))
        return redirect("inquiry:guide", inquiry.slug)
    return render(request, "inquiry/guide.html", {
        "inquiry": inquiry, "form": tried.form, "versions": versions, "yours": request.POST.get("text", ""),
        "theirs": tried.theirs if tried.theirs is None or str(tried.theirs.pk) not in hidden else None,
    })  # fmt: skip


@page("inquiry.work_in_team", of=find.inquiry)
def letters(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Invitation letter and consent sheet, for print."""
    wording = consent_wording(inquiry)
    return render(request, "inquiry/letters.html", {"inquiry": inquiry, "wording": wording})


@page("inquiry.work_in_team", writes=True, of=find.inquiry)
def meetings(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Meetings, and whether each has been talked through."""
    form = forms.MeetingFormForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if inquiry.meetings.filter(label=form.cleaned_data["label"]).exists():
            form.add_error("label", _("Det finnes allerede et møte med dette navnet."))
        else:
            actions.plan_meeting(by=request.user, inquiry=inquiry, **form.cleaned_data)
            return redirect("inquiry:meetings", inquiry.slug)
    rows = inquiry.meetings.prefetch_related("debriefs", "participants").order_by("held_on", "pk")
    done = {m.pk: any(d.person_id == request.user.pk for d in m.debriefs.all()) for m in rows}
    return render(request, "inquiry/meetings.html", {
        "inquiry": inquiry, "form": form, "rows": [(m, done[m.pk]) for m in rows], "today": timezone.localdate(),
    })  # fmt: skip


@page("inquiry.work_in_team", writes=True, of=find.meeting)
def debrief(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Tick off that we talked it through; a note to oneself is sealed."""
    form = forms.DebriefForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.debrief_meeting(by=request.user, meeting=meeting, note=form.cleaned_data["note"])
        except StillShut:
            return redirect("people:reopen")
        messages.success(request, _("Fint at dere tok dere tid til det."))
        return redirect("inquiry:meetings", meeting.inquiry.slug)
    return render(request, "inquiry/debrief.html", {"inquiry": meeting.inquiry, "meeting": meeting, "form": form})


@page("inquiry.work_in_team", writes=True, of=find.inquiry)
def participants(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Those who take part, as codes, and whether each has chosen."""
    meeting_rows = [(m.pk, m.label) for m in inquiry.meetings.order_by("pk")]
    form = forms.ParticipantForm(request.POST or None, meetings=meeting_rows)
    if request.method == "POST" and form.is_valid():
        meeting = inquiry.meetings.filter(pk=form.cleaned_data["meeting"]).first()
        participant = actions.add_participant(
            by=request.user, inquiry=inquiry, meeting=meeting, group=form.cleaned_data["group"]
        )
        return redirect("inquiry:consent-sheet", inquiry.slug, participant.code)
    rows = list(queries.by_code(inquiry.participants.select_related("meeting"))[:500])
    agreed = purposes_by_subject([p.key for p in rows])
    lines = [(p, sorted(agreed.get(p.key, set()))) for p in rows]
    return render(request, "inquiry/participants.html", {"inquiry": inquiry, "form": form, "lines": lines})


@page("inquiry.work_in_team", writes=True, of=find.participant)
def consent_sheet(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The participant's own choices; answers once with the slip that has the receipt code."""
    inquiry = participant.inquiry
    wording = consent_wording(inquiry)
    form = forms.ConsentSheetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not any(form.answers().values()):
            form.add_error(None, _("Ingen formål er valgt. Da kan vi ikke bruke det du sier."))
        else:
            try:
                printed = actions.take_consent(
                    by=request.user, participant=participant, purposes=form.answers(), wording=wording,
                    how=form.cleaned_data["how"], witness_name=form.cleaned_data["witness_name"],
                )  # fmt: skip
            except actions.AlreadyChosen:
                messages.warning(request, _("Deltakeren har valgt før. Er lappen borte, må to av dere lage en ny."))
                return redirect("inquiry:participants", inquiry.slug)
            return _slip(request, participant, printed)
    return render(request, "inquiry/consent_sheet.html", {
        "inquiry": inquiry, "participant": participant, "form": form, "wording": wording,
    })  # fmt: skip


def _slip(request: HttpRequest, participant: Participant, printed: str) -> HttpResponse:
    return render(request, "inquiry/slip.html", {
        "inquiry": participant.inquiry, "participant": participant, **on_paper(RECEIPT, printed),
    })  # fmt: skip


@page("inquiry.work_in_team", writes=True, of=find.participant)
def renew_slip(request: HttpRequest, participant: Participant) -> HttpResponse:
    """A lost slip: one of the team asks, another who knows the person agrees and hands out the new one."""
    inquiry, me = participant.inquiry, request.user
    is_asked = participant.slip_asked_by is not None
    if request.method == "POST" and request.POST.get("agree") and is_asked:
        try:
            printed = actions.agree_to_new_slip(by=me, participant=participant)
        except NeedsTwo:
            messages.warning(request, _("En annen i teamet må si ja. Den som ba om lappen, kan ikke gjøre det selv."))
        else:
            return _slip(request, participant, printed)
    elif request.method == "POST" and request.POST.get("ask"):
        actions.ask_for_new_slip(by=me, participant=participant)
        messages.success(request, _("Be en annen i teamet som kjenner deltakeren, om å åpne denne siden og si ja."))
        return redirect("inquiry:renew-slip", inquiry.slug, participant.code)
    return render(request, "inquiry/renew_slip.html", {
        "inquiry": inquiry, "participant": participant, "is_asked": is_asked,
        "asked_by_me": participant.slip_asked_by == me.pk,
    })  # fmt: skip


@page("inquiry.work_in_team", writes=True, of=find.inquiry)
def thanks(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Fees and gifts, receipted without a name."""
    form = forms.ThanksForm(request.POST or None, initial={"given_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        actions.give_thanks(by=request.user, inquiry=inquiry, **form.cleaned_data)
        return redirect("inquiry:thanks", inquiry.slug)
    rows = inquiry.thanks.order_by("-number")
    return render(request, "inquiry/thanks.html", {"inquiry": inquiry, "form": form, "rows": rows})
