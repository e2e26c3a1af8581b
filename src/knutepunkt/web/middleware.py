"""Small steps around every request: a reference number, no writes while looking, no shared caching."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import add_never_cache_headers

Answer = Callable[[HttpRequest], HttpResponse]
reference: ContextVar[str] = ContextVar("reference", default="-")

LOOKING = {"GET", "HEAD", "OPTIONS"}
MAY_BE_WRITTEN = ("django_session", "usersessions_usersession", "consent_accesslogentry", "socialaccount", "account_")
CALLBACKS = ("/konto/oidc/", "/konto/innlogging/")


class LookingChangedSomething(Exception):
    """A GET tried to change rows: a fault in the code, never shown to a person."""


def reference_number(answer: Answer) -> Answer:
    """Give each request a number that an error page and the log can share."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.reference = secrets.token_hex(4).upper()  # type: ignore[attr-defined]
        reference.set(request.reference)  # type: ignore[attr-defined]
        return answer(request)

    return handle


def no_such_address(answer: Answer) -> Answer:
    """An address with a sign that no text in the database can hold leads nowhere; PostgreSQL would refuse to look for it."""

    def handle(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            raise Http404
        return answer(request)

    return handle


def chosen_language(answer: Answer) -> Answer:
    """Bokmål until somebody chooses otherwise: the device's own choice first, then the person's.

    The browser's language is not asked; many a Norwegian phone speaks English.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or _language_of(request)
        language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = answer(request)
            response.headers.setdefault("Content-Language", language)
        return response

    return handle


def _language_of(request: HttpRequest) -> str:
    """The language a signed-in person has chosen; nobody is looked up for those without a session."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    return str(getattr(request.user, "language", ""))


def looking_changes_nothing(answer: Answer) -> Answer:
    """Refuse in the database layer that a GET writes anything but sessions and the access log."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method not in LOOKING or request.path.startswith(CALLBACKS):
            return answer(request)
        with read_only():
            return answer(request)

    return handle


@contextmanager
def read_only() -> Iterator[None]:
    """Inside, every database refuses to change rows, the few tables above apart."""
    with (
        connections["default"].execute_wrapper(_refuse_writes),
        connections["keys"].execute_wrapper(_refuse_writes),
    ):
        yield


def _refuse_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    verb = sql.lstrip()[:7].upper()
    if verb.startswith(("INSERT", "UPDATE", "DELETE")) and not any(name in sql[:90] for name in MAY_BE_WRITTEN):
        raise LookingChangedSomething(sql[:60])
    return execute(sql, params, many, context)


def private_pages(answer: Answer) -> Answer:
    """What a signed-in person or a code holder saw is kept in no cache, theirs or another's."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return handle
