"""Signing up, one's own registrations, and the page a code opens."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.events import forms, queries
from knutepunkt.events.actions import hosting as after
from knutepunkt.events.actions import taking_part as actions
from knutepunkt.events.choices import CODE, LIVING, Place
from knutepunkt.events.holders import hold, registration_held
from knutepunkt.events.models import Registration, Session
from knutepunkt.events.views import finding as find
from knutepunkt.web.access import may, page
from knutepunkt.web.papercodes import CodeRefused, on_paper, redeem_code
from knutepunkt.web.threshold import in_words
from knutepunkt.web.throttle import TooManyTries, client_of, count_try


def wait_text(stop: TooManyTries) -> str:
    """How long to wait, said plainly."""
    return _("Det er prøvd for mange ganger. Vent %(n)s minutter.") % {"n": stop.seconds // 60 + 1}


@page("events.take_part", writes=True, of=find.session)
def register(request: HttpRequest, session: Session) -> HttpResponse:
    """Say that one comes: as somebody with an account, or by a name of choice."""
    is_guest = not request.user.is_authenticated
    form_class = forms.GuestForm if is_guest else forms.RegisterForm
    form = form_class(request.POST or None, room_for_two=session.event.capacity != 1)
    if request.method == "POST" and form.is_valid():
        try:
            if is_guest:
                count_try("events.guest", client_of(request), limit=30, per=timedelta(hours=1))
                if form.cleaned_data["guest_email"]:
                    count_try("events.guest-mail", client_of(request), limit=10, per=timedelta(hours=1))
            made = actions.register(by="guest" if is_guest else request.user, session=session, **form.facts())
        except TooManyTries as stop:
            form.add_error(None, wait_text(stop))
        except (actions.NotOpen, actions.NeverRoom):
            form.add_error(None, _("Det går ikke an å melde seg på dette nå."))
        else:
            if made.state in LIVING:
                return _answer(request, made, is_guest=is_guest)
            messages.warning(request, _("Du har meldt deg av siden du åpnet skjemaet. Meld deg på igjen her."))
            return redirect("events:register", session.event.slug, session.pk)
    return render(request, "events/register.html", {"event": session.event, "session": session, "form": form, "is_guest": is_guest, "is_full": queries.seats_for(request.user, session) == 0})


def _answer(request: HttpRequest, made: Registration, *, is_guest: bool) -> HttpResponse:
    """A guest is shown the slip, once; somebody with an account sees the session again."""
    has_seat = made.state == Place.REGISTERED
    if is_guest:
        printed = actions.issue_slip(by="guest", registration=made)
        return render(request, "events/slip.html", {
            "session": made.session, "event": made.session.event, "has_seat": has_seat, **on_paper(CODE, printed),
        })  # fmt: skip
    said = _("Du er påmeldt. Vi gleder oss til å se deg.") if has_seat else _("Du står på ventelista. Du får beskjed når det blir plass.")
    messages.success(request, said)
    return redirect("events:session", made.session.event.slug, made.session_id)


@page("events.see_own")
def mine(request: HttpRequest) -> HttpResponse:
    """What I have signed up for."""
    rows = queries.registrations_of(request.user)[:100]
    return render(request, "events/mine.html", {"rows": rows})


@page("events.see_own", writes=True)
def feed_address(request: HttpRequest) -> HttpResponse:
    """The secret address of my own calendar: made and renewed by a button, shown once."""
    code = ""
    if request.method == "POST":
        if request.POST.get("act") == "end":
            after.end_feed(by=request.user)
            messages.success(request, _("Lenka er stengt."))
            return redirect("events:mine")
        code = after.renew_feed(by=request.user)
    return render(request, "events/feed_address.html", {"code": code})


@page("events.answer_own", writes=True, of=find.own_registration)
def answer_own(request: HttpRequest, registration: Registration) -> HttpResponse:
    """My own registration, with a button for each thing that can be done."""
    if request.method == "POST" and _act(request, request.user, registration):
        return redirect("events:mine")
    return _show(request, registration)


@page("events.hold_code", writes=True, of=registration_held)
def held(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The registration a code stands for. Opening it does nothing; the buttons do."""
    runs = may(request.user, "events.run_event", registration)
    if request.method == "POST" and runs and request.POST.get("act") == "came":
        if after.note_one(by=request.user, registration=registration):
            messages.success(request, _("Oppmøtet er lagret."))
        return redirect("events:held")
    if request.method == "POST" and _act(request, "code", registration):
        return redirect("events:held")
    return _show(request, registration, may_run=runs)


def _show(request: HttpRequest, registration: Registration, *, may_run: bool = False) -> HttpResponse:
    waiting = registration.state == Place.WAITING
    return render(request, "events/registration.html", {
        "registration": registration, "session": registration.session, "event": registration.session.event,
        "in_front": _in_front(queries.place_in_line(registration)) if waiting else "",
        "is_offered": registration.state == Place.OFFERED, "is_waiting": waiting,
        "is_registered": registration.state == Place.REGISTERED, "may_run": may_run,
        "has_begun": registration.session.starts_at <= timezone.now(),
    })  # fmt: skip


def _in_front(number: int) -> str:
    """How many wait in front, in words: a number of people is not said outside the team."""
    return _("Du er den neste som får plass.") if not number else _("Foran deg står %(n)s.") % {"n": in_words(number)}


def _act(request: HttpRequest, by: Any, registration: Registration) -> bool:
    """Do what the button says. False where there is no such button."""
    act = request.POST.get("act", "")
    try:
        if act == "accept":
            actions.accept_offer(by=by, registration=registration)
            messages.success(request, _("Plassen er din."))
        elif act == "decline":
            actions.decline_offer(by=by, registration=registration)
            messages.success(request, _("Takk for svaret. Plassen går til den neste."))
        elif act == "leave":
            actions.leave(by=by, registration=registration)
            messages.success(request, _("Du er meldt av. Du er velkommen en annen gang."))
        elif act == "apologise":
            actions.apologise(by=by, registration=registration)
            messages.success(request, _("Takk for at du sa fra."))
        else:
            return False
    except actions.TooLate:
        messages.warning(request, _("Tilbudet gjelder ikke lenger."))
    return True


@page("events.see_calendar", writes=True)
def code(request: HttpRequest) -> HttpResponse:
    """Type the code from the slip. Wrong, renewed and unknown codes get one and the same answer."""
    form = forms.CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = redeem_code(kind=CODE, typed=form.cleaned_data["code"], client=client_of(request))
        except CodeRefused:
            form.add_error("code", _("Vi finner ikke denne koden. Se etter om alle tegnene er med."))
        except TooManyTries as stop:
            form.add_error("code", wait_text(stop))
        else:
            hold(request, row)
            return redirect("events:interest-held" if row.subject.startswith("events.interest") else "events:held")
    return render(request, "events/code.html", {"form": form})


@page("events.take_part", writes=True, of=find.session)
def feedback(request: HttpRequest, session: Session) -> HttpResponse:
    """How was it? Nothing is kept of who says so."""
    form = forms.FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count_try("events.feedback", client_of(request), limit=10, per=timedelta(hours=1))
            after.give_feedback(session=session, **form.facts())
        except TooManyTries as stop:
            form.add_error(None, wait_text(stop))
        except after.NotBegun:
            form.add_error(None, _("Det har ikke begynt ennå."))
        else:
            messages.success(request, _("Takk for at du sa fra."))
            return redirect("events:event", session.event.slug)
    return render(request, "events/feedback.html", {"form": form, "session": session, "event": session.event})
