"""Signing in and out. No answer here tells whether an account exists."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from knutepunkt.people import queries
from knutepunkt.people.actions import redeem_card
from knutepunkt.people.forms import CodeForm, PasswordSignIn
from knutepunkt.web.access import page
from knutepunkt.web.papercodes import CodeRefused
from knutepunkt.web.throttle import TooManyTries, client_of, count_try

WINDOW = timedelta(minutes=10)


def too_many(tries: TooManyTries) -> str:
    """What to do after too many tries."""
    minutes = tries.seconds // 60 + 1
    return _("Det er prøvd mange ganger på kort tid. Vent %(minutes)s minutter, og prøv igjen.") % {
        "minutes": minutes
    }


def next_address(request: HttpRequest) -> str | None:
    """Where to go afterwards, if it is a page of this house."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else None


def let_in(request: HttpRequest, person: Any) -> HttpResponse:
    """Sign in at once, in the way all kinds of sign-in end."""
    adapter = get_adapter(request)
    adapter.login(request, person)
    return adapter.post_login(
        request, person, email_verification="none", signal_kwargs=None, email=None, signup=False,
        redirect_url=next_address(request),
    )  # fmt: skip


def may_lead_to_providers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page's policy lets its forms lead to the configured providers; browsers check redirects too."""

    @wraps(view)
    def shown(request: HttpRequest, **values: Any) -> HttpResponse:
        response = view(request, **values)
        if origins := queries.provider_origins():
            response._csp_update = {"form-action": origins}  # type: ignore[attr-defined]  # noqa: SLF001
        return response

    return shown


@sensitive_post_parameters("password", "code")
@page("people.sign_in", writes=True)
@may_lead_to_providers
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(next_address(request) or settings.LOGIN_REDIRECT_URL)
    form = PasswordSignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _try_password(request, form)
        if answer is not None:
            return answer
    return render(request, "people/sign_in.html", {
        "form": form,
        "next": next_address(request) or "",
        "providers": queries.providers(),
        "has_mail": bool(settings.EMAIL_HOST) or "SmtpOrNowhere" not in settings.EMAIL_BACKEND,
    })  # fmt: skip


def _try_password(request: HttpRequest, form: PasswordSignIn) -> HttpResponse | None:
    """The answer when it fits; otherwise the form says the same whatever was wrong."""
    name = form.cleaned_data["login"].strip()
    try:
        count_try("people:sign-in", client_of(request), limit=20, per=WINDOW)
        count_try("people:sign-in", name.lower(), limit=10, per=WINDOW)
    except TooManyTries as tries:
        form.add_error(None, too_many(tries))
        return None
    known = queries.person_by_email(name) if "@" in name else None
    handle = known.handle if known else name
    person = authenticate(request, username=handle, password=form.cleaned_data["password"])
    if person is None:
        form.add_error(
            None, _("Kallenavn og passord passer ikke sammen. Prøv igjen, eller logg inn på en annen måte.")
        )
        return None
    login = Login(user=person, redirect_url=next_address(request))
    return perform_password_login(request, {"username": handle}, login)


@page("people.sign_in", writes=True)
def card(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = redeem_card(typed=form.cleaned_data["code"], client=client_of(request))
            return let_in(request, person)
        except CodeRefused:
            form.add_error("code", _("Vi finner ikke et kort med denne koden. Et kort virker bare én gang."))
        except TooManyTries as tries:
            form.add_error(None, too_many(tries))
    return render(request, "people/card.html", {"form": form})


@require_POST
@page("people.sign_in", writes=True)
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("portal:front-page")
