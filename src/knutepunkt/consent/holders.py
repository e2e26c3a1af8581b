"""The holder of a receipt code, for as long as the browser session lasts. Nothing else is kept of them."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from knutepunkt.consent.choices import RECEIPT
from knutepunkt.web.models import PaperCode
from knutepunkt.web.papercodes import CodeKind, add_kind, is_alive

HELD = "receipt"
HELD_FOR = timedelta(hours=2)

add_kind(CodeKind(name=RECEIPT, length=16, uses=None, days=None, path="/samtykke/kode/"))


def hold(request: HttpRequest, code: PaperCode) -> None:
    """Remember which code was typed, by its row, so that a renewed code stops working at once.

    The session gets a new key, so that nobody who knew the old one holds the code too.
    """
    request.session.cycle_key()
    request.session[HELD] = {"code": str(code.pk), "until": (timezone.now() + HELD_FOR).isoformat(),
                             "by": _signed_in(request)}  # fmt: skip


def _signed_in(request: HttpRequest) -> str:
    """Who is signed in on this device, if anybody: a code in hand is let go when that changes."""
    return str(request.user.pk) if request.user.is_authenticated else ""


def let_go(request: HttpRequest) -> None:
    """Forget the code on this device."""
    request.session.pop(HELD, None)


def subject_held(request: HttpRequest) -> str:
    """The subject of the code in hand, or an empty text. A dead code holds nothing."""
    held = request.session.get(HELD)
    if not held or held["until"] < timezone.now().isoformat() or held["by"] != _signed_in(request):
        return ""
    code = PaperCode.objects.filter(pk=held["code"], kind=RECEIPT).first()
    return code.subject if code is not None and is_alive(code) else ""


def held_or_ask(request: HttpRequest, **_: Any) -> str | HttpResponse:
    """The subject in hand, or the page where the code is typed."""
    return subject_held(request) or redirect("consent:code")


def hold_on(request: HttpRequest) -> None:
    """Hold the code in hand for two hours from now: for whoever sits writing. Written at most once an hour."""
    held = request.session.get(HELD)
    if held and held["until"] < (timezone.now() + HELD_FOR / 2).isoformat():
        request.session[HELD] = {**held, "until": (timezone.now() + HELD_FOR).isoformat()}
