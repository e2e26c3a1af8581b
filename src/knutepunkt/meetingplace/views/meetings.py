"""House meetings: when, what about, who chairs, what was said, and paper for the wall."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from knutepunkt.meetingplace.actions import meetings as actions
from knutepunkt.meetingplace.actions.proposals import Stale
from knutepunkt.meetingplace.forms import meetings as forms
from knutepunkt.meetingplace.pdf.meetings import minutes_pdf
from knutepunkt.meetingplace.queries import meetings as queries
from knutepunkt.meetingplace.queries.voice import At, is_by, proposals_visible_to
from knutepunkt.meetingplace.views import speaking as find
from knutepunkt.web.access import may, page
from knutepunkt.web.fields import typed_again
from knutepunkt.web.paging import page_by_key


def meeting_at(request: HttpRequest, slug: str, meeting_id: int) -> At:
    """One house meeting."""
    at = find.here(request, slug)
    if (found := queries.meeting_at(at.centre, meeting_id)) is None:
        raise Http404
    found.centre = at.centre
    return At(at.centre, found, at.speaker)


def speaking_at(request: HttpRequest, slug: str, meeting_id: int) -> At | HttpResponse:
    """The same, for somebody who may speak."""
    at = meeting_at(request, slug, meeting_id)
    return at if at.speaker is not None else redirect("meetingplace:voice-code")


def item_at(request: HttpRequest, slug: str, meeting_id: int, item_id: int) -> At:
    """One thing on the agenda."""
    at = meeting_at(request, slug, meeting_id)
    if (found := queries.item_at(at.thing, item_id)) is None:
        raise Http404
    found.meeting = at.thing
    return At(at.centre, found, at.speaker)


def _to(at: At, meeting: Any) -> HttpResponse:
    return redirect("meetingplace:meeting", at.centre.organisation.slug, meeting.pk)


@page("meetingplace.see_voice", writes=True, of=find.here)
def meetings(request: HttpRequest, at: At) -> HttpResponse:
    """House meetings, newest first; say that one can chair."""
    if request.method == "POST" and at.speaker is not None and at.speaker.person is not None:
        actions.say_willing(by=at.speaker.person, centre=at.centre, yes=request.POST.get("act") == "willing")
        return redirect("meetingplace:meetings", at.centre.organisation.slug)
    rows = page_by_key(queries.meetings_of(at.centre), request, order="-starts_at", size=20)
    return render(request, "meetingplace/meetings.html", {
        "at": at, "centre": at.centre, "rows": rows, "willing": queries.is_willing(at.speaker, at.centre),
        "may_run": may(request.user, "meetingplace.answer_voice", at), "may_chair": at.speaker is not None and at.speaker.person is not None,
    })  # fmt: skip


@page("meetingplace.answer_voice", writes=True, of=find.here)
def call(request: HttpRequest, at: At) -> HttpResponse:
    """Call a house meeting."""
    form = forms.MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = actions.call_meeting(by=request.user, centre=at.centre, starts_at=form.starts_at(), where=data["where"], form_key=data["form_key"])
        return _to(at, made)
    return render(request, "meetingplace/meeting_form.html", {"centre": at.centre, "form": form})


@page("meetingplace.see_voice", of=meeting_at)
def meeting(request: HttpRequest, at: At) -> HttpResponse:
    """One house meeting: the agenda before, the minutes after."""
    row, host = at.thing, may(request.user, "meetingplace.answer_voice", at)
    agenda, is_out = queries.agenda_of(row), row.published_at is not None
    return render(request, "meetingplace/meeting.html", {
        "at": at, "centre": at.centre, "meeting": row, "agenda": [(item, is_by(at.speaker, item)) for item in agenda],
        "tasks": queries.tasks_of(row), "decisions": queries.decisions_of(row), "may_run": host, "is_out": is_out,
        "shows_minutes": is_out or host,
    })  # fmt: skip


@page("meetingplace.speak", writes=True, of=speaking_at)
def add_item(request: HttpRequest, at: At) -> HttpResponse:
    """Anybody at the place puts something on the agenda; a host also a proposal, or what came on paper."""
    host = may(request.user, "meetingplace.answer_voice", at)
    form: Any
    if host:
        form = forms.PaperItemForm(request.POST or None, proposals=queries.ready_for_meeting(at.centre))
    else:
        form = forms.ItemForm(request.POST or None, guest=not request.user.is_authenticated)
    if request.method == "POST" and form.is_valid():
        if stop := find.throttled(request, "item", limit=20, speaker=at.speaker):
            form.add_error(None, stop)
        else:
            _add(request, at, form.cleaned_data, host=host)
            messages.success(request, _("Saken står på lista."))
            return _to(at, at.thing)
    return render(request, "meetingplace/item_form.html", {"centre": at.centre, "meeting": at.thing, "form": form})


def _add(request: HttpRequest, at: At, data: dict[str, Any], *, host: bool) -> None:
    if not host:
        actions.add_item(by=at.speaker, meeting=at.thing, title=data["title"], text=data["text"], form_key=data["form_key"])
        return
    found = proposals_visible_to(request.user, at.centre).filter(pk=data["proposal"] or 0).first()
    title = data["title"] or (found.name if found else "")
    facts = {"author_name": data["author_name"], "form_key": data["form_key"]}
    actions.add_item(by=request.user, meeting=at.thing, title=title, proposal=found, **facts)


@page("meetingplace.answer_voice", writes=True, of=meeting_at)
def run(request: HttpRequest, at: At) -> HttpResponse:
    """For hosts: who chairs, what came on paper, who took on what, and putting the minutes out."""
    row, act = at.thing, request.POST.get("act", "")
    turn = queries.could_chair(at.centre)
    chair = forms.ChairForm(request.POST if act == "chair" else None, people=[(str(c.person.pk), c.person.chosen_name) for c in turn],
                            initial={"person": str(turn[0].person.pk) if turn else ""})  # fmt: skip
    task = forms.TaskForm(request.POST if act == "task" else None)
    if request.method == "POST" and _ran(request, at, act, {"chair": chair, "task": task}, turn):
        return redirect("meetingplace:meeting-run", at.centre.organisation.slug, row.pk)
    return render(request, "meetingplace/meeting_run.html", {
        "centre": at.centre, "meeting": row, "chair": chair, "task": task, "turn": turn,
        "agenda": queries.agenda_of(row), "tasks": queries.tasks_of(row),
    })  # fmt: skip


def _ran(request: HttpRequest, at: At, act: str, typed: dict[str, Any], turn: list[queries.CouldChair]) -> bool:
    row, form = at.thing, typed.get(act)
    if act == "publish":
        actions.publish_minutes(by=request.user, meeting=row)
        messages.success(request, _("Referatet er ute. Heng det gjerne på veggen."))
        return True
    if act == "done" and request.POST.get("task", "").isdecimal():
        if any(str(one.pk) == request.POST["task"] for one in queries.tasks_of(row)):
            actions.finish_task(by=request.user, meeting=row, task_id=int(request.POST["task"]))
        return True
    if act == "drop" and request.POST.get("item", "").isdecimal():
        if (item := queries.item_at(row, int(request.POST["item"]))) is not None:
            item.meeting = row
            actions.drop_item(by=request.user, item=item)
        return True
    if form is None or not form.is_valid():
        return False
    data = dict(form.cleaned_data)
    if act == "chair":
        actions.choose_chair(by=request.user, meeting=row, person=next(c.person for c in turn if str(c.person.pk) == data["person"]))
    else:
        actions.take_on(by=request.user, meeting=row, **data)
    return True


@page("meetingplace.answer_voice", writes=True, of=meeting_at)
def minutes(request: HttpRequest, at: At) -> HttpResponse:
    """Write the minutes."""
    row, theirs = at.thing, None
    form = forms.MinutesForm(request.POST or None, initial={"version": row.version, "came": row.came, "minutes": row.minutes})
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_minutes(by=request.user, meeting=row, **form.cleaned_data)
            messages.success(request, _("Referatet er lagret."))
            return _to(at, row)
        except Stale as other:
            theirs, form = other.now, typed_again(form, other.now.version)
    return render(request, "meetingplace/minutes_form.html", {
        "centre": at.centre, "meeting": row, "form": form, "theirs": theirs.minutes if theirs else "", "yours": form["minutes"].value() or "",
        "is_stale": theirs is not None,
    })  # fmt: skip


@page("meetingplace.answer_voice", writes=True, of=item_at)
def item(request: HttpRequest, at: At) -> HttpResponse:
    """Write what was said about one thing."""
    row, theirs = at.thing, None
    form = forms.ItemMinutesForm(request.POST or None, initial={"version": row.version, "said": row.said, "decided": row.decided})
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_item(by=request.user, item=row, **form.cleaned_data)
            return _to(at, row.meeting)
        except Stale as other:
            theirs, form = other.now, typed_again(form, other.now.version)
    return render(request, "meetingplace/minutes_form.html", {
        "centre": at.centre, "meeting": row.meeting, "item": row, "form": form, "theirs": theirs.said if theirs else "",
        "yours": form["said"].value() or "", "is_stale": theirs is not None,
    })  # fmt: skip


@page("meetingplace.see_voice", of=meeting_at)
def for_the_wall(request: HttpRequest, at: At) -> HttpResponse:
    """The agenda, or the minutes once they are out, as a PDF for the wall."""
    response = HttpResponse(minutes_pdf(at.thing), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="husmote.pdf"'
    return response
