"""Uses outside the library: asking, answering as a peer, holding a package, checking it; and what the teller is told."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.stories.actions import caring_uses as actions
from knutepunkt.stories.choices.caring import MOST_IN_USE, UseState
from knutepunkt.stories.forms import caring as forms
from knutepunkt.stories.models import OutsideUse, Package
from knutepunkt.stories.queries import caring_uses as queries
from knutepunkt.stories.queries.caring import published_by_handle
from knutepunkt.stories.rules.caring import Told
from knutepunkt.stories.views import caring_finding as find
from knutepunkt.web.access import page
from knutepunkt.web.throttle import TooManyTries, client_of, count_try


@page("stories.ask_use", writes=True)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to use one or more things elsewhere; which ones stand in the address."""
    rows = queries.may_be_asked_for(request.GET.getlist("ting")[:MOST_IN_USE])
    actor = request.user if request.user.is_authenticated else None
    initial = {"name": actor.chosen_name if actor else "", "purpose": "teaching", "until_on": timezone.localdate() + timedelta(days=180)}
    form = forms.AskUseForm(request.POST or None, initial=initial, signed_in=actor is not None)
    if request.method == "POST" and rows and form.is_valid() and (made := _ask(request, form, rows, actor)):
        messages.success(request, _("Takk. To likepersoner leser det du spør om. Ta vare på adressen til denne siden."))
        return redirect("stories:use", made.token)
    return render(request, "stories/caring/ask_use.html", {"rows": rows, "form": form})


def _ask(request: HttpRequest, form: Any, rows: list[Any], actor: Any) -> OutsideUse | None:
    try:
        count_try("stories.ask", client_of(request), limit=20, per=timedelta(hours=1))
        return actions.ask_for_use(by=actor, items=[row.item for row in rows], **form.cleaned_data)
    except actions.NotAgreed:
        form.add_error("purpose", _("Den som fortalte, har ikke sagt ja til dette. Da kan den ikke brukes slik."))
    except actions.NotAsked:
        form.add_error(None, _("Be om det som hører til ett sted om gangen, og bare det som står i biblioteket nå."))
    except TooManyTries:
        form.add_error(None, _("Det er spurt om mye herfra nå. Prøv igjen om en time."))
    return None


@page("stories.check_use", writes=True, of=find.use_to_check)
def check(request: HttpRequest, use: OutsideUse) -> HttpResponse:
    """A trained peer answers the questions on misuse. All must be safe; two say yes."""
    _version, questions = queries.questions_now()
    form = forms.CheckForm(request.POST or None, questions=questions)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.check_use(by=request.user, use=use, safe=form.safe())
        except actions.CheckedBefore:
            messages.info(request, _("Du har svart før, eller det er bestemt."))
        except actions.NotAgreed:
            messages.warning(request, _("Den som fortalte, har ombestemt seg. Dette kan ikke brukes slik lenger."))
        else:
            messages.success(request, _("Takk. Du svarte ja.") if made.says_yes else _("Takk. Svaret ble nei, og det er bestemt."))
        return redirect("stories:desk")
    return render(request, "stories/caring/check_use.html", {"use": use, "form": form, "items": queries.standing_of(use), "ready": bool(questions)})


@page("stories.hold_use", writes=True, of=find.use)
def use(request: HttpRequest, use: OutsideUse) -> HttpResponse:
    """How a use stands, for whoever was given its address: fetch the package, tell how it went, end it."""
    items = queries.standing_of(use)
    used = [(one.used.pk, one.shown.title, one.used.times, one.used.gave_hope) for one in items if one.shown is not None]
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = forms.ToldForm(request.POST if act == "tell" else None, used=used)
    if act == "package":
        try:
            package, content = actions.hand_out_package(by=None, use=use)
        except actions.NotGranted:
            messages.warning(request, _("Det er ikke noe å hente. Det er tatt tilbake, eller tiden er ute."))
            return redirect("stories:use", use.token)
        return _zip(package, content)
    if act == "end":
        actions.end_use(by="holder", use=use)
        messages.success(request, _("Bruken er avsluttet. Takk for at du sa fra."))
        return redirect("stories:use", use.token)
    if act == "tell" and form.is_valid():
        actions.tell_afterwards(use=use, told=form.told())
        messages.success(request, _("Takk. De som fortalte, får vite det."))
        return redirect("stories:use", use.token)
    in_force = use.state == UseState.GRANTED and use.until_on >= timezone.localdate()
    return _private(render(request, "stories/caring/use.html", {
        "use": use, "items": items, "form": form if used else None, "in_force": in_force, "any": any(one.may_be_used for one in items),
        "told": use.state in (UseState.GRANTED, UseState.ENDED), "may_end": use.state in (UseState.ASKED, UseState.GRANTED),
        "packages": use.packages.order_by("pk")[:50],
    }))  # fmt: skip


def _zip(package: Package, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="knutepunkt-pakke-{package.made_at:%Y-%m-%d}.zip"'
    response["Cache-Control"] = "no-store, private"
    return response


@page("stories.hold_use", of=find.package)
def package(request: HttpRequest, package: Package) -> HttpResponse:
    """Whether each part of a package still stands; no words of what was in it."""
    lines = queries.parts_standing(package)
    return _private(render(request, "stories/caring/package.html", {"package": package, "lines": lines}))


@page("stories.hold_use", of=find.package)
def package_json(request: HttpRequest, package: Package) -> HttpResponse:
    """The same for machines."""
    lines = [{"number": n, "id": handle, "stands": stands} for n, handle, stands in queries.parts_standing(package)]
    return _private(JsonResponse({"made_on": timezone.localdate(package.made_at).isoformat(), "items": lines}))


def _private(response: HttpResponse) -> HttpResponse:
    """Kept in no cache and by no engine."""
    response["X-Robots-Tag"], response["Cache-Control"] = "noindex", "no-store, private"
    return response


@page("stories.see_uses", of=find.told)
def uses(request: HttpRequest, told: Told) -> HttpResponse:
    """Where something is used and what it led to, for the one who told it."""
    places = queries.places_of(told.item)
    return render(request, "stories/caring/uses.html", {
        "item": told.item, "lines": queries.use_lines(told.item), "now": [p for p in places if p.can_be_called_back],
        "kept": [p for p in places if not p.can_be_called_back], "shown": published_by_handle(told.item.handle),
    })  # fmt: skip
