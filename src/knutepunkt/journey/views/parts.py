"""The parts of a journey that are lists of notes: one page to see, one to add to, one to change or remove."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knutepunkt.journey.actions import keeping
from knutepunkt.journey.actions.files import NotThatFile, keep_with_file
from knutepunkt.journey.choices import Part
from knutepunkt.journey.forms import notes as forms
from knutepunkt.journey.queries.own import Opened
from knutepunkt.journey.views import finding as find
from knutepunkt.journey.views.seeing import stretch
from knutepunkt.web.access import page


@dataclass(frozen=True)
class Page:
    """One such part: its kind of note, its form, and its words."""

    kind: str
    part: str
    form: type[forms.NoteForm]
    title: Any
    lead: Any
    add: Any
    empty: Any
    picture: str
    also: tuple[str, ...] = ()
    list_name: str = ""


PAGES = {
    "viktig": Page(
        "matter", Part.MATTERS, forms.MatterForm, gettext_lazy("Det som betyr noe"),
        gettext_lazy("Det du står for, håper på og er god på. Det og dem som gjør deg godt."),
        gettext_lazy("Skriv noe som betyr noe"), gettext_lazy("Her kan det stå noe som er viktig for deg."), "lamp",
    ),
    "mal": Page(
        "goal", Part.GOALS, forms.GoalForm, gettext_lazy("Mål og steg"),
        gettext_lazy("Det du vil, med dine ord. Du kan legge bort et mål, og ta det fram igjen."),
        gettext_lazy("Skriv et mål"), gettext_lazy("Hva vil du? Det kan være lite."), "path", ("step",),
    ),
    "hjelper": Page(
        "strategy", Part.HELPS, forms.StrategyForm, gettext_lazy("Det som hjelper"),
        gettext_lazy("Det du har funnet ut at hjelper, og hvordan det gikk sist."),
        gettext_lazy("Skriv noe som hjelper"), gettext_lazy("Hva pleier å hjelpe litt?"), "hands", ("try",),
    ),
    "i-veien": Page(
        "hindrance", Part.HINDERS, forms.HindranceForm, gettext_lazy("Det som står i veien"),
        gettext_lazy("Ikke alt ligger hos deg. Her er det plass til det som er vanskelig rundt deg også."),
        gettext_lazy("Skriv hva som står i veien"), gettext_lazy("Er det noe som gjør det vanskelig å komme videre?"), "weather",
    ),
    "folk": Page(
        "contact", Part.PEOPLE, forms.ContactForm, gettext_lazy("Mine folk og steder"),
        gettext_lazy("De som er nær, de som er lenger ute, og stedene du liker."),
        gettext_lazy("Legg til noen, eller et sted"), gettext_lazy("Hvem er rundt deg? Det kan være ett sted, eller en hund."), "table",
    ),
    "hendelser": Page(
        "event", Part.CHECKINS, forms.EventForm, gettext_lazy("Hendelser på veien"),
        gettext_lazy("Noe som skjedde, som du vil se sammen med innsjekkene."),
        gettext_lazy("Skriv en hendelse"), gettext_lazy("Her kan det stå at du flyttet, begynte på noe eller mistet noen."), "birch",
    ),
}  # fmt: skip


def _page_at(name: str) -> Page:
    if name not in PAGES:
        raise Http404
    return PAGES[name]


def _journey(request: HttpRequest, name: str) -> Any:
    at = _page_at(name)
    found = find.journey(at.kind, *at.also)(request)
    if isinstance(found, find.Journey):
        found.at = at  # type: ignore[attr-defined]
        found.name = name  # type: ignore[attr-defined]
    return found


def _note(request: HttpRequest, name: str, note_id: Any) -> Any:
    found = find.note(_page_at(name).kind)(request, note_id)
    if isinstance(found, Opened):
        object.__setattr__(found, "name", name)
    return found


@page("journey.have_own", of=_journey)
def show(request: HttpRequest, journey: Any) -> HttpResponse:
    """All notes of a part, with what hangs on them."""
    at = journey.at
    hanging: dict[str, list[Opened]] = {}
    for kind, field in (("step", "goal"), ("try", "strategy")):
        for one in journey.of(kind):
            hanging.setdefault(one.content[field], []).append(one)
    page_of = stretch(list(reversed(journey.of(at.kind))), request.GET.get("etter", ""))
    rows = [(note, hanging.get(str(note.id), [])) for note in page_of.rows]
    return render(request, f"journey/part_{at.kind}.html", {
        "journey": journey, "at": at, "name": journey.name, "rows": rows, "seen_by": journey.seen_by(at.part),
        "rest": page_of.rest, "is_first": page_of.is_first,
    })  # fmt: skip


@page("journey.have_own", writes=True, of=_journey)
def add(request: HttpRequest, journey: Any) -> HttpResponse:
    """Write something new in a part."""
    at = journey.at
    form = at.form(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_with_file(by=request.user, kind=at.kind, form=form)
        except NotThatFile as fault:
            form.add_error(fault.field, fault.sentence)
        else:
            messages.success(request, _("Det er lagret."))
            return redirect(_where(journey.name, kept))
    return render(request, "journey/note.html", {
        "journey": journey, "at": at, "name": journey.name, "form": form, "seen_by": journey.seen_by(at.part),
    })  # fmt: skip


def _where(name: str, note: Any) -> str:
    if name == "mal":
        return reverse("journey:goal", args=[note.pk])
    return reverse("journey:part", args=[name])


@page("journey.change_own", writes=True, of=_note)
def change(request: HttpRequest, note: Any) -> HttpResponse:
    """Change or remove a note. When it was changed elsewhere meanwhile, both stand side by side."""
    at, theirs = PAGES[note.name], None
    if request.method == "POST" and request.POST.get("remove"):
        keeping.remove_note(by=request.user, note=note.note)
        messages.success(request, _("Det er slettet."))
        return redirect("journey:part", note.name)
    form = at.form(request.POST or None, request.FILES or None, known=note.content, number=note.version)
    if request.method == "POST" and form.is_valid():
        try:
            keep_with_file(by=request.user, kind=at.kind, form=form, note=note.note)
        except keeping.ChangedElsewhere as other:
            theirs = other.now
            form = at.form({**request.POST.dict(), "version": other.version}, known=note.content)
        except NotThatFile as fault:
            form.add_error(fault.field, fault.sentence)
        else:
            messages.success(request, _("Det er lagret."))
            return redirect(_where(note.name, note.note))
    return render(request, "journey/note.html", {
        "at": at, "name": note.name, "form": form, "note": note, "theirs": theirs,
        "yours": request.POST.get("text", ""),
    })  # fmt: skip
