"""Wanting to know when, before there is a day: with an account, or with a code."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from knutepunkt.events import forms, queries
from knutepunkt.events.actions import interest as actions
from knutepunkt.events.choices import CODE
from knutepunkt.events.holders import interest_held
from knutepunkt.events.models import Event, Interest
from knutepunkt.events.views import finding as find
from knutepunkt.events.views.taking_part import wait_text
from knutepunkt.web.access import page
from knutepunkt.web.papercodes import on_paper
from knutepunkt.web.throttle import TooManyTries, client_of, count_try


@page("events.take_part", writes=True, of=find.event)
def show(request: HttpRequest, event: Event) -> HttpResponse:
    """Say that one wants to know when, or take it back."""
    own = queries.interest_of(request.user, event)
    if request.method == "POST" and request.POST.get("act") == "end" and own is not None:
        actions.end_interest(by=request.user, interest=own)
        messages.success(request, _("Du får ikke beskjed om dette lenger."))
        return redirect("events:event", event.slug)
    is_guest = not request.user.is_authenticated
    sent = request.POST if request.method == "POST" else None
    form = forms.InterestForm(sent) if is_guest else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            if form is not None:
                count_try("events.guest", client_of(request), limit=30, per=timedelta(hours=1))
                made = actions.show_interest(by="guest", event=event, **form.facts())
            else:
                actions.show_interest(by=request.user, event=event)
        except TooManyTries as stop:
            forms.say(form, wait_text(stop))
        except actions.HasDays:
            messages.warning(request, _("Dagen er satt allerede. Se her når det er."))
            return redirect("events:event", event.slug)
        else:
            if form is None:
                messages.success(request, _("Takk. Du får beskjed når dagen er satt."))
                return redirect("events:event", event.slug)
            printed = actions.interest_slip(by="guest", interest=made)
            return render(request, "events/interest_slip.html", {"event": event, **on_paper(CODE, printed)})
    return render(request, "events/interest.html", {"event": event, "form": form, "own": own})


@page("events.hold_code", writes=True, of=interest_held)
def held(request: HttpRequest, interest: Interest) -> HttpResponse:
    """The interest a code stands for. Opening it does nothing; the button does."""
    if request.method == "POST":
        actions.end_interest(by="code", interest=interest)
        messages.success(request, _("Du får ikke beskjed om dette lenger."))
        return redirect("events:event", interest.event.slug)
    return render(request, "events/interest_held.html", {"event": interest.event, "interest": interest})
