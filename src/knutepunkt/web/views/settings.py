"""Language and calm mode: two choices anybody can make, kept in a cookie on their own device."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from knutepunkt.web.access import page

YEAR = 60 * 60 * 24 * 365


def _back(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return redirect(wanted if safe else "/")


@require_POST
@page("web.see_public_pages", writes=True)
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language on this device."""
    response = _back(request)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax")
    return response


@require_POST
@page("web.see_public_pages", writes=True)
def choose_calm(request: HttpRequest) -> HttpResponse:
    """Turn calm mode on or off on this device."""
    response = _back(request)
    if request.COOKIES.get("ro") == "1":
        response.delete_cookie("ro")
    else:
        response.set_cookie("ro", "1", max_age=YEAR, samesite="Lax")
    return response
