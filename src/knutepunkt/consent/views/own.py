"""For people with an account: what happened to what I gave, who looked, and everything about me."""

import io
import json
import zipfile
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from knutepunkt.consent import queries
from knutepunkt.web.access import page
from knutepunkt.web.registers import GIVEN, PERSONAL_DATA


@page("consent.see_own")
def given(request: HttpRequest) -> HttpResponse:
    """What happened to what I gave: one page over all rooms."""
    lines = [line for entry in GIVEN for line in entry(request.user)]
    lines.sort(key=lambda line: line.at, reverse=True)
    consents = queries.consents_of_person(request.user)[:50]
    return render(request, "consent/given.html", {"lines": lines[:100], "consents": consents})


@page("consent.see_own")
def readings(request: HttpRequest) -> HttpResponse:
    """Who opened something of mine, and when."""
    about = f"people.person:{request.user.pk}"
    return render(request, "consent/readings.html", {"lines": queries.access_lines_of(about)})


@page("consent.see_own")
def everything(request: HttpRequest) -> HttpResponse:
    """Everything about me, as a zip with JSON for machines and HTML for people."""
    if request.GET.get("hent") != "1":
        return render(request, "consent/everything.html", {"entries": dict(PERSONAL_DATA.items())})
    rows = {key: entry.export(request.user) for key, entry in PERSONAL_DATA.items()}
    return as_zip({key: value for key, value in rows.items() if value})


def as_zip(rows: dict[str, list[dict[str, Any]]]) -> HttpResponse:
    """Everything, as JSON for another Knutepunkt and HTML for people, in one zip that is kept in no cache."""
    facts = {"rows": rows, "at": timezone.now()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(rows, ensure_ascii=False, indent=2, default=str)
        archive.writestr("alt-om-meg.json", text)
        archive.writestr("alt-om-meg.html", render_to_string("consent/everything_file.html", facts))
    response = HttpResponse(buffer.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="alt-om-meg.zip"'
    response["Cache-Control"] = "no-store, private"
    return response
