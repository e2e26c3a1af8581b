"""What a device needs to work on a bad line, and the pages that live on the device alone."""

import hashlib
import json
from datetime import timedelta
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from knutepunkt.journey.actions.sending import MOST_AT_ONCE, count_sending, take_in
from knutepunkt.journey.demo import example
from knutepunkt.journey.forms import notes as forms
from knutepunkt.journey.methods.scales import scales_in
from knutepunkt.journey.queries.device import kept_on_device, mark_of
from knutepunkt.journey.views import finding as find
from knutepunkt.people.queries import StillShut
from knutepunkt.themes.queries import current_helplines
from knutepunkt.web.access import page
from knutepunkt.web.sealing import KeyGone
from knutepunkt.web.throttle import TooManyTries

LARGEST = 512 * 1024
BUILT = "web/build/"
FILES = ("knutepunkt.css", "journey.css", "knutepunkt.js", "journey.js", "inter.woff2", "literata.woff2")
KEPT_FILES = ("icon.svg", "pictures/lamp.svg")


@page("journey.have_own")
def on_device(request: HttpRequest) -> HttpResponse:
    """The plan, goals, scales and the secret that locks them on this device. Kept in no cache on the way."""
    try:
        known = kept_on_device(request.user)
    except StillShut:
        return JsonResponse({"state": "shut"}, status=HTTPStatus.CONFLICT)
    except KeyGone:
        return JsonResponse({"state": "empty"}, status=HTTPStatus.CONFLICT)
    until = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    answer = JsonResponse({**known, "token": get_token(request), "until": int(until.timestamp() * 1000)})
    answer["Cache-Control"] = "no-store, private"
    return answer


@require_POST
@page("journey.have_own", writes=True)
def send(request: HttpRequest) -> HttpResponse:
    """Take in what was written without a connection: `{"who", "items": [...], "say"}`. An answer for each."""
    try:
        count_sending(request.user)
    except TooManyTries as stop:
        return JsonResponse({"state": "wait", "seconds": stop.seconds}, status=HTTPStatus.TOO_MANY_REQUESTS)
    items = _items_in(request)
    if items is None:
        return JsonResponse({"state": "unreadable"}, status=HTTPStatus.BAD_REQUEST)
    if items["who"] != mark_of(request.user):
        return JsonResponse({"state": "else"}, status=HTTPStatus.CONFLICT)
    try:
        answers = [take_in(by=request.user, item=item) for item in items["items"]]
    except StillShut:
        return JsonResponse({"state": "shut"}, status=HTTPStatus.CONFLICT)
    kept = sum(answer.state == "kept" for answer in answers)
    if kept and items["say"] == "saved":
        is_checkin = any(isinstance(item, dict) and item.get("kind") == "checkin" for item in items["items"])
        messages.success(request, _("Takk for at du tok deg tid.") if is_checkin else _("Det er lagret."))
    elif kept and items["say"] == "sent":
        messages.success(request, ngettext(
            "Det du skrev uten nett, er lagret.", "%(n)s ting du skrev uten nett, er lagret.", kept) % {"n": kept})  # fmt: skip
    return JsonResponse({"state": "read", "answers": [answer.as_data() for answer in answers]})


def _items_in(request: HttpRequest) -> dict[str, Any] | None:
    try:
        if int(request.headers.get("Content-Length") or 0) > LARGEST:
            return None
        data = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list) or len(items) > MOST_AT_ONCE:
        return None
    return {"items": items, "say": data.get("say"), "who": data.get("who")}


@page("journey.see_example")
def shell(request: HttpRequest) -> HttpResponse:
    """The page a device shows without a connection. Made without the request, so it can hold nothing of anybody."""
    return HttpResponse(_impersonal("journey/offline.html", request, _forms()))


@page("journey.see_example")
def without_account(request: HttpRequest) -> HttpResponse:
    """Check-in and plan on this device alone, and the rest as a filled example."""
    facts = {**_forms(), "example": example()}
    if "skall" in request.GET:
        return HttpResponse(_impersonal("journey/without_account.html", request, facts))
    return render(request, "journey/without_account.html", facts)


@page("journey.have_own", of=find.journey("dimension"))
def carry(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """Take what was written on this device without an account into one's own."""
    return render(request, "journey/carry.html", {"journey": journey, **_forms(journey)})


@page("journey.have_own", of=find.journey("dimension"))
def disagree(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """What this device and the account have differently, side by side, until the person has chosen."""
    return render(request, "journey/disagree.html", {"journey": journey, **_forms(journey)})


@page("journey.have_own", of=find.journey("settings"))
def before_sign_out(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """Something is not sent: send it, keep it locked, or delete it."""
    return render(request, "journey/before_sign_out.html", {"journey": journey})


def _forms(journey: find.Journey | None = None) -> dict[str, Any]:
    """The same forms as with a connection. The scales are ours; the device puts the person's own in."""
    scales = journey.scales if journey else scales_in([], hides_chime=False)
    return {
        "checkin_form": forms.CheckinForm(scales=scales, auto_id="innsjekk_%s"),
        "plan_form": forms.PlanForm(auto_id="plan_%s"), "step_form": forms.StepForm(auto_id="steg_%s"),
        "goal_form": forms.GoalForm(auto_id="mal_%s"), "helplines": current_helplines()[:2],
    }  # fmt: skip


def _impersonal(template: str, request: HttpRequest, facts: dict[str, Any]) -> str:
    return render_to_string(template, {
        **facts, "is_shell": True, "installation_name": settings.INSTALLATION_NAME, "demo": settings.DEMO,
        "calm": request.COOKIES.get("ro") == "1",
    })  # fmt: skip


@page("journey.see_example")
def manifest(_request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the journey among its apps."""
    start = reverse("journey:home")
    icons = [
        {"src": static(f"web/app/min-vei-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    return JsonResponse({
        "id": start, "name": _("Min vei"), "short_name": _("Min vei"), "start_url": start, "scope": start,
        "display": "standalone", "lang": translation.get_language() or "nb", "dir": "ltr", "icons": icons,
        "background_color": "#fbf8f2", "theme_color": "#1b5e66",
    }, content_type="application/manifest+json")  # fmt: skip


@page("journey.see_example")
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: our script, with the addresses of what it keeps in front."""
    facts = {
        "home": reverse("journey:home"), "shell": reverse("journey:offline"), "alone": reverse("journey:without-account"),
        "files": [*(static(BUILT + name) for name in FILES), *(static(f"web/{name}") for name in KEPT_FILES)],
    }  # fmt: skip
    script = _worker_script()
    mark = f"{script}{json.dumps(facts)}{translation.get_language()}{request.COOKIES.get('ro')}"
    facts["version"] = hashlib.sha256(mark.encode()).hexdigest()[:16]
    answer = HttpResponse(f"self.KP={json.dumps(facts)};\n{script}", content_type="text/javascript")
    answer["Service-Worker-Allowed"] = reverse("journey:home")
    answer["Cache-Control"] = "no-cache, private"
    return answer


@lru_cache(maxsize=1)
def _worker_script() -> str:
    found = finders.find(f"{BUILT}journey-worker.js")
    with open(str(found), encoding="utf-8") as file:  # noqa: PTH123 (thin)
        return file.read()
