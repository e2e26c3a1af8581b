"""A code on paper in hand: remembered for as long as the browser session lasts, and let go when somebody signs in or out."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from knutepunkt.web.models import PaperCode
from knutepunkt.web.papercodes import is_alive

HELD_FOR = timedelta(hours=2)


def hold(request: HttpRequest, code: PaperCode) -> None:
    """Remember which code was typed, by its row, so that a renewed code stops working at once.

    The session gets a new key, so that nobody who knew the old one holds the code too.
    """
    request.session.cycle_key()
    request.session[_slot(code.kind)] = {
        "code": str(code.pk), "until": (timezone.now() + HELD_FOR).isoformat(), "by": _signed_in(request),
    }  # fmt: skip


def let_go(request: HttpRequest, kind: str) -> None:
    """Forget the code of this kind on this device."""
    request.session.pop(_slot(kind), None)


def subject_held(request: HttpRequest, kind: str) -> str:
    """The subject of the code of this kind in hand, or an empty text. A dead code holds nothing."""
    held = request.session.get(_slot(kind))
    if not held or held["until"] < timezone.now().isoformat() or held["by"] != _signed_in(request):
        return ""
    code = PaperCode.objects.filter(pk=held["code"], kind=kind).first()
    return code.subject if code is not None and is_alive(code) else ""


def _slot(kind: str) -> str:
    return f"held:{kind}"


def _signed_in(request: HttpRequest) -> str:
    return str(request.user.pk) if request.user.is_authenticated else ""
