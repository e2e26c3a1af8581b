"""The tablet at the door: one page, one tap, and nothing about who."""

import json
import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from knutepunkt.meetingplace.actions import door as actions
from knutepunkt.meetingplace.choices.place import How, What
from knutepunkt.meetingplace.holders import COOKIE, Door, door_at, lock, unlock
from knutepunkt.meetingplace.models import Centre
from knutepunkt.meetingplace.views import finding as find
from knutepunkt.web.access import page
from knutepunkt.web.throttle import TooManyTries, count_try

RUN, TAP = "meetingplace.run_place", "meetingplace.tap_at_door"
IS_FIRST = {"ja": True, "nei": False}


@page(RUN, writes=True, of=find.centre)
def start(request: HttpRequest, centre: Centre) -> HttpResponse:
    """Make this device the tablet at the door. The host is signed out here, so that nobody can go on as them."""
    slug = centre.organisation.slug
    if request.method != "POST":
        return render(request, "meetingplace/door_start.html", {"centre": centre})
    if request.POST.get("act") == "stop-all":
        actions.stop_tablets(by=request.user, centre=centre)
        messages.success(request, _("Alle nettbrett er slått av."))
        return redirect("meetingplace:door-start", slug)
    code = actions.start_tablet(by=request.user, centre=centre)
    logout(request)
    answer = redirect("meetingplace:door", slug)
    lock(answer, slug, code, secure=settings.SESSION_COOKIE_SECURE)
    return answer


@page(TAP, of=door_at)
def door(request: HttpRequest, door: Door) -> HttpResponse:
    """A big button, and nothing else. Works without a line when it has been open once."""
    return render(request, "meetingplace/door.html", {
        "centre": door.centre, "key": uuid.uuid4(), "other_key": uuid.uuid4(), "hows": How.choices, "step": "",
        "is_plain": False,
    })  # fmt: skip


@csrf_exempt  # the door's cookie is never sent from another site, and a page kept without a line has no fresh token
@page(TAP, writes=True, of=door_at)
def count(request: HttpRequest, door: Door) -> HttpResponse:
    """Count taps: many at once from the script, or one from a plain form."""
    slug = door.centre.organisation.slug
    if request.method != "POST":
        return redirect("meetingplace:door", slug)
    is_script = request.content_type == "application/json"
    try:
        count_try("meetingplace.door", door.code, limit=1200, per=timedelta(hours=1))
    except TooManyTries as stop:
        answer = HttpResponse(status=429)
        answer["Retry-After"] = str(stop.seconds)
        return answer
    if is_script:
        return JsonResponse({"done": actions.count_taps(centre=door.centre, taps=_sent(request))})
    tap = _typed(request)
    actions.count_taps(centre=door.centre, taps=[tap])
    asks = tap["what"] == What.CAME and tap["is_first"] is None
    return render(request, "meetingplace/door.html", {
        "centre": door.centre, "key": tap["id"] if asks else uuid.uuid4(), "hows": How.choices,
        "step": "came" if asks else "thanks", "is_plain": True,
    })  # fmt: skip


def _sent(request: HttpRequest) -> list[dict[str, Any]]:
    try:
        found = json.loads(request.body)
    except ValueError:
        return []
    taps = found.get("taps") if isinstance(found, dict) else None
    return [one for one in taps if isinstance(one, dict)] if isinstance(taps, list) else []


def _typed(request: HttpRequest) -> dict[str, Any]:
    post = request.POST
    return {"id": post.get("id", ""), "what": post.get("what", ""), "how": post.get("how", ""),
            "is_first": IS_FIRST.get(post.get("is_first", ""))}  # fmt: skip


@page("meetingplace.see_place", of=find.centre)
def worker(_request: HttpRequest, centre: Centre) -> HttpResponse:
    """The service worker, served beside the page so that it rules over that page only."""
    del centre
    path = finders.find("web/build/door-worker.js")
    if not path:
        return HttpResponse(status=404)
    with open(str(path), "rb") as file:  # noqa: PTH123 (thin)
        answer = HttpResponse(file.read(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@page(RUN, writes=True, of=find.centre)
def stop(request: HttpRequest, centre: Centre) -> HttpResponse:
    """A host signs in at the tablet and ends it."""
    slug = centre.organisation.slug
    if request.method != "POST":
        return render(request, "meetingplace/door_stop.html", {"centre": centre})
    actions.stop_tablet(by=request.user, centre=centre, code=request.COOKIES.get(COOKIE, ""))
    messages.success(request, _("Nettbrettet er ikke lenger ved døra."))
    answer = redirect("meetingplace:today", slug)
    unlock(answer, slug)
    return answer
