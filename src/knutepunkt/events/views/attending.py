"""Being there: a code on the wall opens a page with a button. Opening it does nothing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from knutepunkt.events import forms, queries
from knutepunkt.events.actions import hosting as actions
from knutepunkt.events.choices import CODE, HERE
from knutepunkt.events.holders import hold, session_here, subject_held
from knutepunkt.events.models import Registration, Session
from knutepunkt.events.views import finding as find
from knutepunkt.events.views.taking_part import wait_text
from knutepunkt.web.access import page
from knutepunkt.web.papercodes import CodeRefused, on_paper, redeem_code
from knutepunkt.web.throttle import TooManyTries, client_of

DONE = "events.was-here"


@page("events.run_event", writes=True, of=find.session)
def door(request: HttpRequest, session: Session) -> HttpResponse:
    """A sheet for the wall with the code of this occurrence, made by a button and shown once."""
    facts: dict[str, Any] = {"event": session.event, "session": session}
    if request.method == "POST":
        facts |= on_paper(HERE, actions.open_door(by=request.user, session=session))
    return render(request, "events/door.html", facts)


@page("events.see_calendar", writes=True)
def here(request: HttpRequest) -> HttpResponse:
    """Type the code on the wall."""
    form = forms.CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            hold(request, redeem_code(kind=HERE, typed=form.cleaned_data["code"], client=client_of(request)))
        except CodeRefused:
            form.add_error("code", _("Vi finner ikke denne koden. Se etter om alle tegnene er med."))
        except TooManyTries as stop:
            form.add_error("code", wait_text(stop))
        else:
            return redirect("events:here-now")
    return render(request, "events/here.html", {"form": form})


@page("events.hold_door", writes=True, of=session_here)
def here_now(request: HttpRequest, session: Session) -> HttpResponse:
    """One button: I am here. Somebody registered is marked; anybody else is counted without a name, once a device."""
    own = _own(request, session)
    done = request.session.get(DONE, [])
    if request.method == "POST" and session.pk not in done:
        try:
            actions.say_here(session=session, registration=own)
        except actions.NotBegun:
            messages.warning(request, _("Dette er ikke i gang nå."))
        else:
            request.session[DONE] = [*done[-20:], session.pk]
        return redirect("events:here-now")
    return render(request, "events/here_now.html", {
        "event": session.event, "session": session, "own": own, "is_done": session.pk in done,
    })  # fmt: skip


def _own(request: HttpRequest, session: Session) -> Registration | None:
    """The registration of who is signed in, or of the slip whose code is in hand."""
    own = queries.registration_of(request.user, session)
    if own is None and (key := subject_held(request, CODE)):
        own = queries.registration_by_key(key)
    return own if own is not None and own.session_id == session.pk and own.state == "registered" else None
