"""The demo's door: one click signs in as an invented person. Demo mode and this machine only."""

import ipaddress
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from knutepunkt.people import queries
from knutepunkt.people.demo import PEOPLE
from knutepunkt.people.views.sign_in import let_in
from knutepunkt.web.access import page


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def only_from_here(request: HttpRequest) -> Any:
    """The demo's people, if both ends of the connection are this machine; otherwise nothing is here."""
    host = request.get_host()
    name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
    through_proxy = any(
        mark in request.META for mark in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")
    )
    if through_proxy or not (_is_here(name) and _is_here(str(request.META.get("REMOTE_ADDR", "")))):
        raise Http404
    return queries.demo_people()


@page("people.use_demo", writes=True, of=only_from_here)
def demo(request: HttpRequest, people: Any) -> HttpResponse:
    if request.method == "POST":
        person = people.filter(handle=request.POST.get("handle", "")).first()
        if person is None:
            raise Http404
        return let_in(request, person)
    there = set(people.values_list("handle", flat=True))
    shown = [one for one in PEOPLE if one.handle in there]
    return render(request, "people/demo.html", {"people": shown, "codes": demo_codes()})


def demo_codes() -> list[dict[str, str]]:
    """Receipt codes of invented participants to try, written by the demo seed beside the data."""
    path = Path(settings.HOME) / "demo-codes.json"
    return list(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else []
