"""The host's day, tasks and shifts, notes between hosts, and how many came."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knutepunkt.events.queries import between
from knutepunkt.meetingplace.actions import work as actions
from knutepunkt.meetingplace.choices.place import How, TaskKind
from knutepunkt.meetingplace.forms.work import NoteForm, TaskForm
from knutepunkt.meetingplace.models import Centre, Task
from knutepunkt.meetingplace.queries import booking as bookings
from knutepunkt.meetingplace.queries import place as places
from knutepunkt.meetingplace.queries import work as queries
from knutepunkt.meetingplace.views import finding as find
from knutepunkt.web.access import may, page

USE, RUN = "meetingplace.use_place", "meetingplace.run_place"
COUNTED = ("people", "morning", "afternoon", "evening", "first")


@page(RUN, writes=True, of=find.centre_today)
def today(request: HttpRequest, centre: Any) -> HttpResponse:
    """What is on, who hosts, what is booked, what needs doing, and the note from the last host."""
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.leave_note(by=request.user, centre=centre, words=form.cleaned_data["words"])
        messages.success(request, _("Beskjeden ligger klar til neste vert."))
        return redirect("meetingplace:today", centre.organisation.slug)
    day = timezone.localdate()
    tasks = queries.tasks_on(centre, day)
    rows = places.sessions_at(centre, request.user)
    return render(request, "meetingplace/today.html", {
        "centre": centre, "day": day, "sessions": between(rows, day, day), "bookings": bookings.bookings_of_day(centre, day),
        "hosts": [t for t in tasks if t.kind == TaskKind.HOST], "tasks": [t for t in tasks if t.kind != TaskKind.HOST],
        "note": places.note_of(centre), "form": form, "words": {"off": _("avlyst"), "draft": _("kladd")},
    })  # fmt: skip


@page(USE, of=find.centre)
def tasks(request: HttpRequest, centre: Centre) -> HttpResponse:
    """What there is to do, and what I have taken."""
    rows = queries.tasks_to_come(centre)
    own = [r for r in rows if r.taken_by_id == request.user.pk and r.done_at is None]
    return render(request, "meetingplace/tasks.html", {
        "centre": centre, "own": own, "free": [r for r in rows if r.taken_by_id is None and r.done_at is None],
        "others": [r for r in rows if r.taken_by_id not in {None, request.user.pk} and r.done_at is None],
        "may_run": may(request.user, RUN, centre),
    })  # fmt: skip


@page(USE, writes=True, of=find.task)
def task_act(request: HttpRequest, task: Task) -> HttpResponse:
    """Take it, let it go, or say that it is done."""
    is_host = may(request.user, RUN, task)
    act, is_own = request.POST.get("act", ""), task.taken_by_id == request.user.pk
    if request.method == "POST":
        try:
            if act == "take":
                actions.take_task(by=request.user, task=task, is_host=is_host)
                messages.success(request, _("Den er din. Du kan gi den fra deg når du vil."))
            elif act == "let-go" and is_own:
                actions.let_task_go(by=request.user, task=task)
                messages.success(request, _("Det er helt i orden. Oppgaven er ledig igjen."))
            elif act == "done" and (is_own or is_host):
                actions.finish_task(by=request.user, task=task)
                messages.success(request, _("Takk. Det er notert."))
            elif act == "remove" and is_host:
                actions.remove_task(by=request.user, task=task)
                messages.success(request, _("Oppgaven er tatt bort."))
        except actions.TakenByAnother:
            messages.warning(request, _("En annen var rett før deg. Se om det er noe annet du har lyst til."))
        except actions.ForHosts:
            messages.warning(request, _("Vertsvakter er for verter. Snakk med koordinatoren hvis du vil bli vert."))
    to = "today" if request.POST.get("to") == "today" and is_host else "tasks"
    return redirect(f"meetingplace:{to}", task.centre.organisation.slug)


@page(RUN, writes=True, of=find.centre)
def task_add(request: HttpRequest, centre: Centre) -> HttpResponse:
    """Put up a task or a shift."""
    form = TaskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        actions.put_up_task(by=request.user, centre=centre, **{**data, "weeks": data["weeks"] or 1})
        messages.success(request, _("Det er lagt ut."))
        return redirect("meetingplace:tasks", centre.organisation.slug)
    return render(request, "meetingplace/task_add.html", {"centre": centre, "form": form})


@page(RUN, of=find.centre)
def visits(request: HttpRequest, centre: Centre) -> HttpResponse:
    """How many came, by day and part of the day; for hosts."""
    last = timezone.localdate()
    first = places.monday_of(last) - timedelta(days=21)
    rows = places.visits_by_day(centre, first, last)
    people = sum(r["people"] for r in rows)
    return render(request, "meetingplace/visits.html", {
        "centre": centre, "first": first, "last": last, "how": {name: sum(r[name] for r in rows) for name in How.values},
        "caption": ngettext("%(n)s besøk i alt", "%(n)s besøk i alt", people) % {"n": people},
        "headers": [_("Dag"), _("Besøk"), _("Formiddag"), _("Ettermiddag"), _("Kveld"), _("Første gang")],
        "rows": [[date_format(r["on_date"], "SHORT_WEEKDAY_FORMAT").capitalize(), *(r[name] for name in COUNTED)] for r in rows if r["people"]],
    })  # fmt: skip
