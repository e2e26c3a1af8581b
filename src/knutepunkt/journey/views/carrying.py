"""Mine to take: everything out in open formats, and in again elsewhere."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from knutepunkt.journey.actions import carrying
from knutepunkt.journey.actions.keeping import TooManyNotes
from knutepunkt.journey.forms.carrying import BringForm
from knutepunkt.journey.methods.contents import as_json_schema
from knutepunkt.journey.methods.fhir import bundle_of
from knutepunkt.journey.methods.readable import chapters_of
from knutepunkt.journey.views import finding as find
from knutepunkt.web.access import page
from knutepunkt.web.pdf import make_pdf

WHY = {
    "zip": gettext_lazy("Dette er ikke en fil fra Knutepunkt. Velg zip-filen du lastet ned."),
    "large": gettext_lazy("Filen er for stor."),
    "schema": gettext_lazy("Filen er laget av et nyere Knutepunkt. Dette kan ikke lese den ennå."),
    "note": gettext_lazy("Noe i filen er ødelagt. Ingenting er hentet inn."),
}


@page("journey.have_own", of=find.journey())
def mine(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """Everything out, everything in, everything gone."""
    return render(request, "journey/mine.html", {"journey": journey, "form": BringForm(), "count": len(journey.notes)})


@page("journey.have_own", of=find.journey())
def take_out(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """One zip: JSON with its schema, FHIR, a page to read and a booklet."""
    now, chapters = timezone.now(), chapters_of(journey.notes)
    extra = {
        "min-vei.html": render_to_string("journey/export.html", {"chapters": chapters, "at": now}).encode(),
        "min-vei.pdf": _booklet(journey), "schema.json": json.dumps(as_json_schema(), indent=1).encode(),
        "fhir-bundle.json": json.dumps(bundle_of(journey.notes, made_at=now.isoformat()), ensure_ascii=False, indent=1).encode(),
    }  # fmt: skip
    response = HttpResponse(carrying.as_zip(request.user, extra=extra), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="min-vei.zip"'
    response["Cache-Control"] = "no-store, private"
    return response


@page("journey.have_own", of=find.journey())
def booklet(_request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """The journey as a booklet to print."""
    response = HttpResponse(_booklet(journey), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="min-vei.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response


def _booklet(journey: find.Journey) -> bytes:
    chapters = [{"heading": c.heading, "entries": c.entries} for c in chapters_of(journey.notes)]
    return make_pdf("journey/booklet.typ", {
        "title": _("Min vei"), "language": get_language() or "nb", "made_at": timezone.now(), "chapters": chapters,
        "about": _("Skrevet av meg, for meg."), "nothing": _("Her står det ingenting ennå."),
        "words": {"foot": _("Min vei"), "page": _("side")},
    })  # fmt: skip


@page("journey.have_own", writes=True, of=find.journey())
def bring_in(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """Bring in a journey that was taken out of another Knutepunkt."""
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = carrying.bring(by=request.user, content=form.cleaned_data["file"].read())
        except carrying.NotAJourney as fault:
            form.add_error("file", str(WHY[fault.why]))
        except TooManyNotes:
            form.add_error("file", _("Det er ikke plass til alt dette. Ingenting er hentet inn."))
        else:
            messages.success(request, ngettext("%(n)s notat er hentet inn.", "%(n)s notater er hentet inn.", done.kept) % {"n": done.kept})
            if done.beside:
                messages.info(request, _("Noe var her fra før, men skrevet annerledes. Begge er tatt vare på. Planen og valgene dine er som før."))
            return redirect("journey:home")
    return render(request, "journey/mine.html", {"journey": journey, "form": form, "count": len(journey.notes)})
