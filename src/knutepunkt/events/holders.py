"""The holder of a registration's code, for as long as the browser session lasts."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from knutepunkt.events.choices import CODE, FEED
from knutepunkt.events.models import Registration
from knutepunkt.events.queries import registration_by_key
from knutepunkt.web.models import PaperCode
from knutepunkt.web.papercodes import CodeKind, add_kind, is_alive

HELD = "registration"
HELD_FOR = timedelta(hours=2)

add_kind(CodeKind(name=CODE, length=16, uses=None, days=420, path="/kalender/kode/"))
add_kind(CodeKind(name=FEED, length=24, uses=None, days=None, path="/kalender/mine/"))


def hold(request: HttpRequest, code: PaperCode) -> None:
    """Remember which code was typed, by its row, so that a renewed code stops working at once."""
    request.session[HELD] = {"code": str(code.pk), "until": (timezone.now() + HELD_FOR).isoformat()}


def registration_held(request: HttpRequest, **_: Any) -> Registration | HttpResponse:
    """The registration of the code in hand, or the page where the code is typed."""
    held = request.session.get(HELD)
    if held and held["until"] >= timezone.now().isoformat():
        code = PaperCode.objects.filter(pk=held["code"], kind=CODE).first()
        if code is not None and is_alive(code) and (row := registration_by_key(code.subject)) is not None:
            return row
    return redirect("events:code")
