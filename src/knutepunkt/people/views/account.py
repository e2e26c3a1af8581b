"""A person's own account: welcome, settings, sheet, card, sessions, erasing."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from knutepunkt.people import actions, queries
from knutepunkt.people.actions.accounts import EmailTaken
from knutepunkt.people.choices import CARD, CONFIRM_EMAIL_WITHIN, SHEET
from knutepunkt.people.forms import CodeForm, EmailForm, EraseForm, NameForm, PasswordForm
from knutepunkt.people.queries import StillShut
from knutepunkt.people.views.sign_in import too_many
from knutepunkt.web.access import page
from knutepunkt.web.mail import send_mail_from
from knutepunkt.web.papercodes import CodeRefused, on_paper
from knutepunkt.web.throttle import TooManyTries, client_of, count_try

OWN = "people.use_own_account"
EMAIL_SALT = "people.email"


def paper(request: HttpRequest, template: str, kind: str, printed: str, **more: Any) -> HttpResponse:
    """A page for the printer with a code on it; the code is shown this once."""
    return render(request, template, {**on_paper(kind, printed), **more})


def _person(request: HttpRequest) -> Any:
    return request.user


def _key(request: HttpRequest) -> str:
    return request.session.session_key or ""


@page(OWN)
def account(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    return render(request, "people/account.html", {
        "person": person,
        "ways": queries.ways_in_of(person),
        "is_open": queries.is_open(person),
        "providers": queries.providers(),
        "language_name": dict(settings.LANGUAGES).get(person.language, ""),
    })  # fmt: skip


@page(OWN)
def welcome(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    return render(request, "people/welcome.html", {"person": person})


@page(OWN, writes=True)
def name(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    form = NameForm(
        request.POST or None, initial={"chosen_name": person.chosen_name, "language": person.language}
    )
    if request.method == "POST" and form.is_valid():
        actions.rename(by=person, person=person, **form.cleaned_data)
        messages.success(request, _("Lagret. Nå heter du %(name)s her.") % {"name": person.chosen_name})
        response = redirect("people:account")
        response.set_cookie("sprak", person.language, max_age=31536000, samesite="Lax")
        return response
    return render(request, "people/name.html", {"form": form})


@page(OWN, writes=True)
def email(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    if not queries.is_open(person):
        return redirect("people:reopen")
    form = EmailForm(request.POST or None, initial={"email": person.email})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["email"]
        if not wanted:
            actions.change_email(by=person, email=None)
            messages.success(request, _("E-postadressen er fjernet."))
            return redirect("people:account")
        if _send_confirmation(request, form, wanted):
            return render(request, "people/email_sent.html", {"email": wanted})
    return render(request, "people/email.html", {"form": form, "person": person})


def _send_confirmation(request: HttpRequest, form: EmailForm, wanted: str) -> bool:
    """Send the same mail whether or not the address is in use; only its reader learns which."""
    person = _person(request)
    try:
        count_try("people:email", str(person.pk), limit=5, per=CONFIRM_EMAIL_WITHIN)
    except TooManyTries:
        form.add_error(None, _("Du har bytt adresse mange ganger i dag. Prøv igjen i morgen."))
        return False
    token = signing.dumps([str(person.pk), person.email, wanted], salt=EMAIL_SALT)
    send_mail_from("people/mail/confirm_email", to=wanted, language=person.language, token=token)
    return True


@page(OWN, writes=True)
def email_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opened from the mail: shows a button. Only the button changes anything."""
    person = _person(request)
    try:
        key, before, wanted = signing.loads(token, salt=EMAIL_SALT, max_age=CONFIRM_EMAIL_WITHIN)
    except signing.BadSignature:
        raise Http404 from None
    if key != str(person.pk) or before != person.email:
        raise Http404
    if request.method == "POST":
        try:
            actions.change_email(by=person, email=wanted)
            messages.success(request, _("E-postadressen er lagret."))
        except EmailTaken:
            messages.error(
                request, _("Denne adressen hører til en annen konto. Logg inn med den, eller velg en annen.")
            )
        except StillShut:
            return redirect("people:reopen")
        return redirect("people:account")
    return render(request, "people/email_confirm.html", {"email": wanted})


@sensitive_post_parameters()
@page(OWN, writes=True)
def first_password(request: HttpRequest) -> HttpResponse:
    """A password for somebody who has none; who has one changes it on allauth's page."""
    person = _person(request)
    if person.has_usable_password():
        return redirect("account_change_password")
    form = PasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_password(by=person, password=form.cleaned_data["password"])
        except StillShut:
            return redirect("people:reopen")
        update_session_auth_hash(request, person)
        messages.success(
            request,
            _("Passordet er lagret. Neste gang logger du inn med %(handle)s.") % {"handle": person.handle},
        )
        return redirect("people:account" if person.recovery_sheet_at else "people:welcome")
    return render(request, "people/first_password.html", {"form": form, "person": person})


@page(OWN, writes=True)
def sheet(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    if request.method == "POST":
        try:
            printed = actions.issue_recovery_sheet(by=person)
        except StillShut:
            return redirect("people:reopen")
        return paper(request, "people/sheet_print.html", SHEET, printed, person=person)
    return render(request, "people/sheet.html", {"person": person})


@page(OWN, writes=True)
def reopen(request: HttpRequest) -> HttpResponse:
    """What has happened, and the two ways to open again."""
    person = _person(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            printed = actions.use_recovery_sheet(
                by=person,
                typed=form.cleaned_data["code"],
                client=client_of(request),
                session_key=_key(request),
            )
            return paper(request, "people/sheet_print.html", SHEET, printed, person=person, opened=True)
        except CodeRefused:
            form.add_error("code", _("Koden passer ikke til kontoen din. Se om det finnes et nyere ark."))
        except TooManyTries as tries:
            form.add_error(None, too_many(tries))
    is_open = queries.is_open(person)
    return render(request, "people/reopen.html", {"form": form, "person": person, "is_open": is_open})


@require_POST
@page(OWN, writes=True)
def not_me(request: HttpRequest) -> HttpResponse:
    actions.refuse_renewal(by=_person(request), session_key=_key(request))
    messages.success(request, _("Kortet virker ikke lenger, og alle andre er logget ut."))
    return redirect("people:reopen")


@require_POST
@page(OWN, writes=True)
def own_card(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    printed = actions.issue_own_card(by=person)
    return paper(request, "people/card_print.html", CARD, printed, person=person, own=True)


@page(OWN)
def sessions(request: HttpRequest) -> HttpResponse:
    rows = [
        {"id": row.pk, "device": row.user_agent.partition(": ")[2], "since": row.created_at,
         "here": row.session_key == _key(request)}
        for row in queries.sessions_of(_person(request))
    ]  # fmt: skip
    return render(
        request, "people/sessions.html", {"sessions": rows, "others": any(not r["here"] for r in rows)}
    )


@require_POST
@page(OWN, writes=True)
def session_end(request: HttpRequest, session_id: int) -> HttpResponse:
    person = _person(request)
    row = queries.session_of(person, session_id)
    if row is None:
        raise Http404
    actions.end_session(by=person, session=row)
    messages.success(request, _("Logget ut på den enheten."))
    return redirect("people:sessions")


@require_POST
@page(OWN, writes=True)
def sessions_end_others(request: HttpRequest) -> HttpResponse:
    actions.end_other_sessions(by=_person(request), but=_key(request))
    messages.success(request, _("Logget ut på alle andre enheter."))
    return redirect("people:sessions")


@page(OWN, writes=True)
def erase(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase_person(by=person, person=person)
        except StillShut:
            return redirect("people:reopen")
        logout(request)
        return render(request, "people/erased.html")
    return render(request, "people/erase.html", {"form": form, "is_open": queries.is_open(person)})
