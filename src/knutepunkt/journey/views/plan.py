"""The plan for hard days: to write, to read in a second, to print as a folded card."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knutepunkt.journey.actions import keeping
from knutepunkt.journey.choices import Part
from knutepunkt.journey.forms import notes as forms
from knutepunkt.journey.methods.readable import parts_of_plan
from knutepunkt.journey.views import finding as find
from knutepunkt.themes.queries import current_helplines
from knutepunkt.web.access import page
from knutepunkt.web.pdf import make_pdf


@page("journey.have_own", of=find.journey("plan", "wish", "signal"))
def plan(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """The plan as it stands."""
    return render(request, "journey/plan.html", {
        "journey": journey, "plan": journey.only("plan"), "sections": sections_of(journey.only("plan")),
        "seen_by": journey.seen_by(Part.PLAN), "helplines": current_helplines()[:2],
    })  # fmt: skip


def sections_of(plan: Any) -> list[tuple[str, list[Any]]]:
    """Heading and lines, in the order they are needed; what is empty is left out."""
    return parts_of_plan(plan.content) if plan is not None else []


@page("journey.have_own", writes=True, of=find.journey("plan"))
def write(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """Write the plan. When it was changed elsewhere meanwhile, both stand side by side."""
    known = journey.only("plan")
    content = known.content if known else {}
    form = forms.PlanForm(request.POST or None, known=content, initial={
        **forms.PlanForm.as_initial(forms.PlanForm, content),  # type: ignore[arg-type]
        "version": known.version if known else None,
    })  # fmt: skip
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            keeping.put_only_note(by=request.user, kind="plan", content=form.content(), version=form.cleaned_data["version"])
        except keeping.ChangedElsewhere as other:
            theirs = "\n".join(line for _h, lines in sections_of_content(other.now) for line in lines)
            form = forms.PlanForm({**request.POST.dict(), "version": other.version}, known=other.now)
        else:
            messages.success(request, _("Planen er lagret. Den er ett trykk unna fra alle sidene her."))
            return redirect("journey:plan")
    yours = "\n".join(request.POST.get(name, "") for name in ("signs", "helps", "call", "others", "helps_not"))
    return render(request, "journey/plan_write.html", {
        "journey": journey, "form": form, "theirs": theirs, "yours": yours, "seen_by": journey.seen_by(Part.PLAN),
    })  # fmt: skip


def sections_of_content(content: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """As `sections_of`, with everybody's number beside the name as one text."""
    call = [f"{one['name']} {one['phone']}".strip() for one in content.get("call", [])]
    names = ("signs", "helps", "call", "others", "helps_not")
    return [(name, call if name == "call" else list(content.get(name, []))) for name in names]


@page("journey.have_own", of=find.journey("plan"))
def card(_request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """The plan as an A4 sheet to fold twice into a card for the pocket."""
    sections = [
        {"heading": heading, "lines": [f"{x['name']} {x['phone']}".strip() if isinstance(x, dict) else x for x in lines]}
        for heading, lines in sections_of(journey.only("plan"))
    ]
    content = make_pdf("journey/card.typ", {
        "title": _("Planen min for vanskelige dager"), "language": get_language() or "nb", "sections": sections, "words": {},
        "fold": _("Brett to ganger"), "made_at": timezone.now(), "helplines": [
            f"{line.name} {line.number}" for line in current_helplines()[:3]],
        "helplines_title": _("Når du vil snakke med noen"),
    })  # fmt: skip
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="plan.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response
