"""The holder of a registration's code, for as long as the browser session lasts."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from knutepunkt.events.choices import CODE, FEED, HERE
from knutepunkt.events.models import Interest, Registration, Session
from knutepunkt.events.queries import interest_by_key, registration_by_key, session_by_key
from knutepunkt.web.models import PaperCode
from knutepunkt.web.papercodes import CodeKind, add_kind, is_alive

HELD_FOR = timedelta(hours=2)

add_kind(CodeKind(name=CODE, length=16, uses=None, days=420, path="/kalender/kode/"))
add_kind(CodeKind(name=HERE, length=12, uses=None, days=15, path="/kalender/her/"))
add_kind(CodeKind(name=FEED, length=24, uses=None, days=None, path="/kalender/mine/"))


def hold(request: HttpRequest, code: PaperCode) -> None:
    """Remember which code was typed, by its row, so that a renewed code stops working at once."""
    until = (timezone.now() + HELD_FOR).isoformat()
    request.session[code.kind] = {"code": str(code.pk), "until": until}


def subject_held(request: HttpRequest, kind: str) -> str:
    """What the code in hand stands for, if one of this kind is in hand and alive."""
    held = request.session.get(kind)
    if not held or held["until"] < timezone.now().isoformat():
        return ""
    code = PaperCode.objects.filter(pk=held["code"], kind=kind).first()
    return code.subject if code is not None and is_alive(code) else ""


def registration_held(request: HttpRequest, **_: Any) -> Registration | HttpResponse:
    """The registration of the code in hand, or the page where the code is typed."""
    return registration_by_key(subject_held(request, CODE)) or redirect("events:code")


def interest_held(request: HttpRequest, **_: Any) -> Interest | HttpResponse:
    """The interest of the code in hand, or the page where the code is typed."""
    return interest_by_key(subject_held(request, CODE)) or redirect("events:code")


def session_here(request: HttpRequest, **_: Any) -> Session | HttpResponse:
    """The occurrence whose code on the wall is in hand, or the page where it is typed."""
    return session_by_key(subject_held(request, HERE)) or redirect("events:here")
