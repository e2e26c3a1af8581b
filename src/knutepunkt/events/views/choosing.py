"""First when, then what is free: a page of steps whose choices stand in the address."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from knutepunkt.events import queries
from knutepunkt.web.access import page

DAYS_OFFERED = 14


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    today = timezone.localdate()
    return day if today <= day <= today + timedelta(days=400) else None


def _parts() -> list[tuple[str, str]]:
    return [("morgen", _("Før klokka 12")), ("dag", _("Mellom 12 og 16")), ("kveld", _("Etter klokka 16")), ("hele", _("Når som helst"))]


@page("events.see_calendar")
def choose(request: HttpRequest) -> HttpResponse:
    """Which day, which part of it, and then what one can come to."""
    day, part = _day(request.GET.get("dag", "")), request.GET.get("tid", "")
    part = part if part in dict(_parts()) else ""
    facts: dict[str, Any] = {"day": day, "part": part, "part_name": dict(_parts()).get(part, ""), "asked": "dag" in request.GET}
    if day is None:
        today = timezone.localdate()
        days = [today + timedelta(days=n) for n in range(DAYS_OFFERED)]
        facts["days"] = [{"on": on, "url": "?" + urlencode({"dag": on.isoformat()}), "is_today": on == today} for on in days]
    elif not part:
        facts["parts"] = [{"label": label, "url": "?" + urlencode({"dag": day.isoformat(), "tid": key})} for key, label in _parts()]
    else:
        rows = queries.sessions_visible_to(request.user)
        facts["sessions"] = queries.free_on(rows, day, "" if part == "hele" else part)
        facts["next_url"] = "?" + urlencode({"dag": (day + timedelta(days=1)).isoformat(), "tid": part})
    return render(request, "events/choose.html", facts)
