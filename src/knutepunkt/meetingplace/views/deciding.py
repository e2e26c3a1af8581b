"""For hosts: what happens to a proposal, what was decided, what is hidden; and for all: the wall and the audit."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from knutepunkt.meetingplace.actions import moderation
from knutepunkt.meetingplace.actions import proposals as actions
from knutepunkt.meetingplace.choices.voice import WAITS
from knutepunkt.meetingplace.forms import proposals as forms
from knutepunkt.meetingplace.models import Proposal
from knutepunkt.meetingplace.queries import voice as queries
from knutepunkt.meetingplace.queries.meetings import meeting_at, meetings_of
from knutepunkt.meetingplace.queries.power import Parted, power_at
from knutepunkt.meetingplace.views import speaking as find
from knutepunkt.web.access import page
from knutepunkt.web.fields import typed_again
from knutepunkt.web.paging import page_by_key

PARTS = ("gjort", "lovet", "venter", "nei")


def _meetings(at: queries.At) -> list[tuple[Any, Any]]:
    rows = meetings_of(at.centre).order_by("-starts_at")[:12]
    return [(row.pk, date_format(localtime(row.starts_at), "WEEKDAY_FORMAT")) for row in rows]


def _to(at: queries.At, proposal: Proposal) -> HttpResponse:
    return redirect("meetingplace:proposal", at.centre.organisation.slug, proposal.number)


@page("meetingplace.answer_voice", writes=True, of=find.proposal)
def move(request: HttpRequest, at: queries.At) -> HttpResponse:
    """Take a proposal into talk or to a house meeting; mark it done; or take a decision up again."""
    row, theirs = at.thing, None
    kind = "move" if not row.is_decided else request.GET.get("hva", "gjort")
    form = _form_for(kind, at, request.POST if request.method == "POST" else None, row.version)
    if request.method == "POST" and form.is_valid():
        try:
            _act(kind, at, request.user, dict(form.cleaned_data))
            messages.success(request, _("Det er lagret. Den som foreslo, får beskjed."))
            return _to(at, row)
        except actions.NotNow:
            form.add_error(None, _("Forslaget står et annet sted nå. Gå tilbake og se."))
        except actions.Stale as other:
            theirs, form = other.now, typed_again(form, other.now.version)
    return render(request, "meetingplace/proposal_move.html", {
        "centre": at.centre, "proposal": row, "form": form, "kind": kind, "theirs": theirs,
    })  # fmt: skip


def _form_for(kind: str, at: queries.At, typed: Any, version: int) -> Any:
    known: dict[str, Any] = {"gjort": forms.DoneForm, "igjen": forms.AgainForm}
    form, more = known.get(kind, forms.MoveForm), dict[str, Any]()
    if form is forms.MoveForm:
        coming = [(m.pk, date_format(localtime(m.starts_at), "WEEKDAY_FORMAT")) for m in queries.coming_meetings(at.centre)]
        more = {"now": at.thing.state, "meetings": coming}
    return form(typed, initial={"version": version}, **more)


def _act(kind: str, at: queries.At, by: Any, data: dict[str, Any]) -> None:
    if kind == "gjort":
        actions.finish_proposal(by=by, proposal=at.thing, **data)
    elif kind == "igjen":
        actions.take_up_again(by=by, proposal=at.thing, **data)
    else:
        meeting = meeting_at(at.centre, data.pop("meeting") or 0)
        actions.move_proposal(by=by, proposal=at.thing, meeting=meeting if data["state"] == "meeting" else None, **data)


@page("meetingplace.answer_voice", writes=True, of=find.proposal)
def decide(request: HttpRequest, at: queries.At) -> HttpResponse:
    """Write what was decided."""
    row, theirs, meetings = at.thing, None, _meetings(at)
    vote = queries.newest_vote(row)
    initial = {"version": row.version, "meeting": request.GET.get("mote", "")}
    form = forms.DecideForm(request.POST or None, initial=initial, meetings=meetings)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        data["meeting"] = meeting_at(at.centre, data["meeting"] or 0)
        try:
            actions.decide_proposal(by=request.user, proposal=row, **data)
            messages.success(request, _("Det som ble bestemt, står nå på veggen. Den som foreslo, får beskjed."))
            return _to(at, row)
        except actions.ConcernNotMet:
            form.add_error("concern_met", _("Noen var bekymret da dere stemte. Skriv den sterkeste bekymringen, og hvordan den ble møtt."))
        except actions.NotNow:
            form.add_error(None, _("Dette er bestemt allerede. Ta det opp igjen først."))
        except actions.Stale as other:
            theirs, form = other.now, typed_again(form, other.now.version)
    return render(request, "meetingplace/proposal_decide.html", {
        "centre": at.centre, "proposal": row, "form": form, "theirs": theirs, "vote": vote, "yours": form["reason"].value() or "",
    })  # fmt: skip


@page("meetingplace.answer_voice", writes=True, of=find.proposal)
def hide(request: HttpRequest, at: queries.At) -> HttpResponse:
    """Hide a proposal."""
    return _hide(request, at, at.thing)


@page("meetingplace.answer_voice", writes=True, of=find.comment)
def hide_comment(request: HttpRequest, at: queries.At) -> HttpResponse:
    """Hide what somebody said about a proposal."""
    return _hide(request, at, at.thing.proposal)


def _hide(request: HttpRequest, at: queries.At, about: Proposal) -> HttpResponse:
    form = forms.HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        moderation.hide(by=request.user, thing=at.thing, **form.cleaned_data)
        messages.success(request, _("Det er skjult. Den som skrev det, ser hvorfor og kan klage."))
        return _to(at, about)
    return render(request, "meetingplace/hide.html", {"centre": at.centre, "proposal": about, "thing": at.thing, "form": form})


@page("meetingplace.answer_voice", of=find.here)
def hidden(request: HttpRequest, at: queries.At) -> HttpResponse:
    """For hosts: what has been hidden, and what somebody has appealed."""
    rows = page_by_key(queries.hidings_of(at.centre), request, order="-pk", size=30)
    return render(request, "meetingplace/hidden.html", {"centre": at.centre, "rows": rows})


@page("meetingplace.judge_appeal", writes=True, of=find.hiding)
def judge(request: HttpRequest, at: queries.At) -> HttpResponse:
    """Another host decides an appeal."""
    form = forms.JudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            moderation.answer_appeal(by=request.user, hiding=at.thing, **form.cleaned_data)
            messages.success(request, _("Det er bestemt. Den som klaget, får beskjed."))
            return redirect("meetingplace:hidden", at.centre.organisation.slug)
        except moderation.NoAppeal:
            form.add_error(None, _("Her er det ingen åpen klage."))
    return render(request, "meetingplace/judge.html", {"centre": at.centre, "hiding": at.thing, "form": form})


@page("meetingplace.see_voice", of=find.here)
def wall(request: HttpRequest, at: queries.At) -> HttpResponse:
    """You said, we did: made from the record, with silence counted in days."""
    counts = queries.how_many_on_the_wall(at.centre)
    part = request.GET.get("vis", "")
    part = part if part in PARTS else next((p for p in PARTS if counts[p]), "gjort")
    order = "pk" if part == "venter" else "-decided_at"
    rows = page_by_key(queries.on_the_wall(at.centre, part), request, order=order, size=20)
    return render(request, "meetingplace/wall.html", {
        "at": at, "centre": at.centre, "rows": rows, "part": part, "counts": counts, "waits": WAITS.days,
    })  # fmt: skip


@page("meetingplace.see_voice", of=find.here)
def power(request: HttpRequest, at: queries.At) -> HttpResponse:
    """Who has power here: an audit anybody can read."""
    found = power_at(at.centre)
    rows = [
        (_("Forslag"), found.made), (_("Fikk ja"), found.yes), (_("Fikk nei"), found.no), (_("Ledet husmøtet"), found.chairs),
        (_("Er verter"), found.hosts),
    ]  # fmt: skip
    table = [[name, _cell(row.participants), _cell(row.staff), _share(row)] for name, row in rows]
    return render(request, "meetingplace/power.html", {"centre": at.centre, "power": found, "table": table,
        "headers": [_("Hva"), _("Deltakere"), _("Ansatte og ledere"), _("Deltakernes del")],
    })  # fmt: skip


def _cell(number: int | None) -> str:
    return _("for få til å vises") if number is None else str(number)


def _share(row: Parted) -> str:
    if row.share is not None:
        return f"{row.share} %"
    return "–" if row.whole is None else _("%(n)s i alt") % {"n": row.whole}
