"""For hosts and coordinators: plan, publish, change, cancel; who comes, who came."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.events import forms, queries
from knutepunkt.events.actions import hosting, planning, taking_part
from knutepunkt.events.choices import OSLO
from knutepunkt.events.models import DropIn, Event, Session
from knutepunkt.events.views import finding as find
from knutepunkt.organisations.queries import organisations_by_id
from knutepunkt.web.access import page


def _organisers(request: HttpRequest) -> list[tuple[int, str]]:
    return [(o.pk, o.name) for o in organisations_by_id(queries.run_organisations(request.user))]


@page("events.make_event", writes=True)
def make(request: HttpRequest) -> HttpResponse:
    """Plan something new, as a draft."""
    form = forms.EventForm(request.POST or None, organisers=_organisers(request), initial={"may_just_sit": True, "may_leave": True, "price_kroner": 0})
    when = forms.WhenForm(request.POST or None, initial={"first_on": timezone.localdate(), "minutes": 120})
    if request.method == "POST" and form.is_valid() and when.is_valid():
        data = dict(form.cleaned_data)
        organiser = organisations_by_id([data.pop("organiser")]).get()
        event = planning.make_event(by=request.user, organiser=organiser, when=when.when(), **data)
        messages.success(request, _("Kladden er lagret. Bare dere som planlegger, ser den."))
        return redirect("events:event", event.slug)
    return render(request, "events/plan.html", {"form": form, "when": when, "event": None})


@page("events.run_event", writes=True, of=find.event)
def change(request: HttpRequest, event: Event) -> HttpResponse:
    """Change words, place and time."""
    initial = {name: getattr(event, name) for name in planning.EVENT_FIELDS}
    form = forms.EventForm(request.POST or None, initial=initial | {"organiser": event.organiser_id}, organisers=_organisers(request))
    when = forms.WhenForm(request.POST or None, initial=_when_of(event))
    if request.method == "POST" and form.is_valid() and when.is_valid():
        data = dict(form.cleaned_data)
        del data["organiser"]  # an event stays with the place it was made for
        moved = when.when() != _as_planned(event)
        try:
            planning.change_event(by=request.user, event=event, when=when.when() if moved else None, **data)
        except planning.AlreadyCancelled:
            form.add_error(None, _("Dette er avlyst. Lag et nytt i stedet."))
        else:
            messages.success(request, _("Endringene er lagret. De som kommer, får beskjed."))
            return redirect("events:event", event.slug)
    return render(request, "events/plan.html", {"form": form, "when": when, "event": event})


def _as_planned(event: Event) -> dict[str, Any]:
    return {name: getattr(event.series, name) for name in planning.WHEN_FIELDS}


def _when_of(event: Event) -> dict[str, Any]:
    facts = _as_planned(event)
    common = {value for value, _label in forms.REPEATS}
    facts["repeats"] = facts["rule"] if facts["rule"] in common else forms.OWN
    facts["except_on"] = "\n".join(facts["except_on"])
    return facts


@page("events.run_event", writes=True, of=find.event)
def publish(request: HttpRequest, event: Event) -> HttpResponse:
    """Let everyone see it."""
    if request.method == "POST":
        try:
            planning.publish_event(by=request.user, event=event)
            messages.success(request, _("Nå kan alle se dette i kalenderen."))
        except planning.AlreadyCancelled:
            messages.warning(request, _("Dette er avlyst. Lag et nytt i stedet."))
    return redirect("events:event", event.slug)


@page("events.run_event", writes=True, of=find.event)
def cancel(request: HttpRequest, event: Event) -> HttpResponse:
    """Cancel all of it."""
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            planning.cancel_event(by=request.user, event=event, reason=form.cleaned_data["reason"])
        except planning.AlreadyCancelled:
            messages.warning(request, _("Dette er avlyst fra før."))
        else:
            messages.success(request, _("Det er avlyst. Alle som skulle komme, får beskjed."))
        return redirect("events:event", event.slug)
    return render(request, "events/cancel.html", {"form": form, "event": event, "session": None})


@page("events.run_event", writes=True, of=find.session)
def cancel_one(request: HttpRequest, session: Session) -> HttpResponse:
    """Cancel one occurrence."""
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            planning.cancel_session(by=request.user, session=session, reason=form.cleaned_data["reason"])
        except planning.AlreadyCancelled:
            messages.warning(request, _("Dette er avlyst fra før."))
        else:
            messages.success(request, _("Det er avlyst. Alle som skulle komme, får beskjed."))
        return redirect("events:session", session.event.slug, session.pk)
    return render(request, "events/cancel.html", {"form": form, "event": session.event, "session": session})


@page("events.run_event", writes=True, of=find.session)
def move(request: HttpRequest, session: Session) -> HttpResponse:
    """Move one occurrence."""
    local = session.starts_at.astimezone(OSLO)
    form = forms.MoveForm(request.POST or None, initial={"day": local.date(), "clock": local.time()})
    if request.method == "POST" and form.is_valid():
        starts_at = form.starts_at()
        lasts = session.ends_at - session.starts_at
        try:
            planning.move_session(by=request.user, session=session, starts_at=starts_at, ends_at=starts_at + lasts)
        except planning.AlreadyCancelled:
            messages.warning(request, _("Dette er avlyst fra før."))
        else:
            messages.success(request, _("Tiden er endret. Alle som kommer, får beskjed."))
        return redirect("events:session", session.event.slug, session.pk)
    return render(request, "events/move.html", {"form": form, "event": session.event, "session": session})


@page("events.run_event", writes=True, of=find.session)
def host(request: HttpRequest, session: Session) -> HttpResponse:
    """Who comes, who waits, who came, and how many came unasked."""
    form = forms.ByHostForm(request.POST if request.POST.get("act") == "enter" else None)
    if request.method == "POST" and _host_act(request, session, form):
        return redirect("events:host", session.event.slug, session.pk)
    coming = queries.coming_to(session)
    counted = DropIn.objects.filter(session=session).values_list("people", flat=True).first()
    return render(request, "events/host.html", {
        "event": session.event, "session": session, "form": form, "waiting": queries.waiting_for(session),
        "coming": queries.with_needs(coming), "counted": counted or 0,
        "has_begun": session.starts_at - timedelta(hours=1) <= timezone.now(),
    })  # fmt: skip


def _host_act(request: HttpRequest, session: Session, form: forms.ByHostForm) -> bool:
    act = request.POST.get("act", "")
    if act == "enter" and form.is_valid():
        try:
            taking_part.register_by_host(by=request.user, session=session, **form.cleaned_data)
        except (taking_part.NotOpen, taking_part.NeverRoom):
            form.add_error(None, _("Det går ikke an å melde seg på dette nå."))
            return False
        messages.success(request, _("Påmeldingen er lagret."))
        return True
    if act == "attendance":
        came = {int(value) for value in request.POST.getlist("came") if value.isdecimal()}
        hosting.note_attendance(by=request.user, session=session, came=came)
        messages.success(request, _("Oppmøtet er lagret."))
        return True
    if act in {"count", "uncount"}:
        hosting.count_drop_in(by=request.user, session=session, people=1 if act == "count" else -1)
        return True
    return False
