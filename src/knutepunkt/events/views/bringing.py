"""Bring a calendar from somewhere else: choose a file, see what it would become, and store drafts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from knutepunkt.events import forms, queries
from knutepunkt.events.actions import bringing as actions
from knutepunkt.events.methods.bringing import Brought, Left
from knutepunkt.events.methods.reading import LARGEST, UnreadableCalendar
from knutepunkt.organisations.queries import organisations_by_id
from knutepunkt.web.access import page


def _why(left: Left | None) -> str:
    """Why an entry is left, in words."""
    return {
        Left.NO_START: _("Det står ikke når dette begynner."),
        Left.BAD_RULE: _("Vi kan ikke følge regelen for når dette skjer igjen."),
        Left.PAST: _("Dette er over."),
        Left.CANCELLED: _("Dette er avlyst."),
        Left.TOO_MANY: _("Fila har flere. Del den opp, og hent resten etterpå."),
        Left.ODD: _("Vi kan ikke lese dette."),
    }[left] if left is not None else ""  # fmt: skip


def _lines(found: list[Brought]) -> list[dict[str, Any]]:
    return [{"number": number, "entry": one, "why": _why(one.left)} for number, one in enumerate(found)]


@page("events.make_event", writes=True)
def bring(request: HttpRequest) -> HttpResponse:
    """Step one: the file. Step two: what stands in it, with a tick for each."""
    runs = queries.run_organisations(request.user)
    organisers = [(o.pk, o.name) for o in organisations_by_id(runs)]
    if request.method == "POST" and request.POST.get("act") == "store":
        return _store(request, runs)
    form = forms.BringForm(request.POST or None, request.FILES or None, organisers=organisers)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["calendar"].read(LARGEST + 1)
        try:
            found = actions.read_brought(content)
        except UnreadableCalendar:
            form.add_error("calendar", _("Vi kan ikke lese fila. Er det en kalenderfil (.ics) på høyst 2 MB?"))
        else:
            actions.keep_brought(by=request.user, content=content)
            return render(request, "events/brought.html", {
                "lines": _lines(found), "organiser": form.cleaned_data["organiser"],
                "can_store": any(one.left is None for one in found),
            })  # fmt: skip
    return render(request, "events/bring.html", {"form": form})


def _store(request: HttpRequest, runs: list[int]) -> HttpResponse:
    chosen = {int(value) for value in request.POST.getlist("entry") if value.isdecimal() and len(value) < 6}  # noqa: PLR2004
    at = request.POST.get("organiser", "")
    organiser = organisations_by_id([o for o in runs if str(o) == at]).first()
    made = actions.store_brought(by=request.user, organiser=organiser, chosen=chosen) if organiser and chosen else []
    if not made:
        messages.warning(request, _("Ingenting ble lagret. Velg fila på nytt."))
        return redirect("events:bring")
    messages.success(request, _("Kladdene er lagret. Bare dere som planlegger, ser dem."))
    return redirect("events:calendar")
