"""The bare view: its session looked up, one query, a loop in a template, and nothing else.

What Django itself takes for as many rows and bytes as a page of ours. The session middleware does nothing
until somebody asks it who is there, so this view asks, as every page of ours does.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.test import Client
from django.test.utils import override_settings
from django.urls import path

from knutepunkt.inquiry.models import Turn

_PAGE = Engine().from_string(
    "<!doctype html><title>Bare</title><table>{% for row in rows %}<tr><td>{{ row.number }}</td><td>{{ row.start }}"
    "</td><td>{{ row.end }}</td><td>{{ row.speaker }}</td><td>{{ filler }}</td></tr>{% endfor %}</table>"
)
_ROW = 60


def bare(request: HttpRequest, rows: int, size: int) -> HttpResponse:
    """As many rows as asked for, filled up to about as many bytes."""
    request.session.get("_auth_user_id")
    filler = "x" * max(size // rows - _ROW, 0)
    return HttpResponse(_PAGE.render(Context({"rows": Turn.objects.order_by("pk")[:rows], "filler": filler})))


urlpatterns = [path("bare/<int:rows>/<int:size>/", bare)]


def to_bare(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let the addresses above be the only ones."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__  # type: ignore[attr-defined]
        return answer(request)

    return handle


def bare_client(like: Client) -> Client:
    """A client of the bare view, with the same cookies, and session middleware only."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies = like.cookies
    with override_settings(
        MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware", f"{__name__}.to_bare"]
    ):
        client.handler.load_middleware()
    return client
