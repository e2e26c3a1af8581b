"""Questionnaires for oneself: which there are, what they are and on what terms, and what one has answered."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from knutepunkt.journey.actions import keeping
from knutepunkt.journey.actions import questionnaires as acts
from knutepunkt.journey.choices import Part
from knutepunkt.journey.methods.questionnaires.answering import is_done, said_in, title_in
from knutepunkt.journey.methods.questionnaires.form import Form, gaps_in
from knutepunkt.journey.methods.questionnaires.reading import language_of, read_form
from knutepunkt.journey.methods.questionnaires.scoring import lines_of
from knutepunkt.journey.models import Questionnaire
from knutepunkt.journey.queries import questionnaires as queries
from knutepunkt.journey.queries.own import Opened
from knutepunkt.journey.views import finding as find
from knutepunkt.journey.views.questionnaires_answering import page_of
from knutepunkt.web import charts
from knutepunkt.web.access import page

NAMES = {"nb": gettext_lazy("bokmål"), "nn": gettext_lazy("nynorsk"), "en": gettext_lazy("engelsk"), "se": gettext_lazy("nordsamisk")}


def names_of(languages: Any) -> list[str]:
    """The names of languages, given by their codes."""
    return [str(NAMES.get(language, language)) for language in languages]


@page("journey.have_own", of=find.journey("response"))
def forms(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """The forms one can answer, those begun, and those answered."""
    offered = queries.offered_to(request.user)
    for one in offered:
        one.said_in = names_of(one.languages)  # type: ignore[attr-defined]
    rows = [{"note": n, "title": title_in(n.content["answers"]), "on": date.fromisoformat(n.content["on"]),
             "is_done": is_done(n.content["answers"])} for n in reversed(_by_day(journey.of("response")))]  # fmt: skip
    return render(request, "journey/forms.html", {
        "journey": journey, "offered": offered, "begun": [r for r in rows if not r["is_done"]],
        "answered": [r for r in rows if r["is_done"]][:60], "seen_by": journey.seen_by(Part.FORMS),
        "is_coordinator": bool(queries.coordinated_by(request.user)),
    })  # fmt: skip


def _by_day(notes: list[Opened]) -> list[Opened]:
    return sorted(notes, key=lambda n: (n.content["on"], str(n.id)))


def offered(request: HttpRequest, form_id: UUID) -> Questionnaire:
    """One form the person can begin on, or has answered."""
    found = queries.questionnaire_for(request.user, form_id)
    if found is None:
        raise Http404
    return found


@page("journey.answer_form", writes=True, of=offered)
def form(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """What a form is and on what terms; begin; and one's own line over time."""
    journey = find.journey("response")(request)
    if isinstance(journey, HttpResponse):
        return journey
    read = read_form(questionnaire.source)
    language = _language(request, read)
    if request.method == "POST" and request.POST.get("end") and questionnaire.person_id == request.user.pk:
        acts.end_questionnaire(by=request.user, questionnaire=questionnaire)
        messages.success(request, _("Skjemaet er tatt bort. Svarene dine ligger der fortsatt."))
        return redirect("journey:forms")
    if request.method == "POST":
        note = acts.begin_response(by=request.user, questionnaire=questionnaire, form=read, language=language)
        return redirect(page_of(note.pk, "" if request.POST.get("how") == "all" else "start"))
    own = [n for n in journey.of("response") if n.content["questionnaire"] == str(questionnaire.pk)]
    return render(request, "journey/form.html", {
        "journey": journey, "form": questionnaire, "read": read, "spoken": [(x, NAMES.get(x, x)) for x in read.languages],
        "language": language, "title": read.title.read(language) or _("Skjema uten navn"), "description": read.description.read(language),
        "pictures": _pictures(own), "has_sums": read.has_numbers, "seen_by": journey.seen_by(Part.FORMS),
        "is_own": questionnaire.person_id == request.user.pk, "gaps": gaps_named([read]) if questionnaire.person_id else [],
        "rows": [{"note": n, "on": date.fromisoformat(n.content["on"]), "is_done": is_done(n.content["answers"])} for n in reversed(_by_day(own))][:60],
    })  # fmt: skip


def _language(request: HttpRequest, read: Form) -> str:
    wanted = [request.POST.get("language", ""), language_of(get_language())]
    return next((x for x in wanted if x in read.languages), read.language)


def _pictures(notes: list[Opened]) -> list[charts.Chart]:
    """A person's own lines: days and numbers, nothing about what they mean."""
    found = []
    for line in lines_of(notes):
        if len(line.points) < 2:  # noqa: PLR2004 (one point is no line)
            continue
        labels = [f"{date.fromisoformat(on):%d.%m.%y}" for on, _value in line.points]
        values: list[float | None] = [value for _on, value in line.points]
        numbers = [value for _on, value in line.points]
        low, high = min(0.0, *numbers), max(*numbers, 1.0)
        title = line.name or _("Summen av svarene")
        ends = charts.Scale(low, high, f"{low:g}", f"{high:g}")
        found.append(charts.line(title, labels, [charts.Series(title, values)], height=96, scale=ends))
    return found


def gaps_named(reads: list[Form]) -> list[tuple[str, list[str]]]:
    """Each language some but not all texts stand in, or none, and the texts that lack it."""
    return [(str(NAMES[language]), texts) for language, texts in gaps_in(reads).items() if texts]


@page("journey.change_own", writes=True, of=find.note("response"))
def answered(request: HttpRequest, note: Opened) -> HttpResponse:
    """What one has answered, to be read; change it, or delete it."""
    if request.method == "POST" and request.POST.get("remove"):
        keeping.remove_note(by=request.user, note=note.note)
        messages.success(request, _("Svarene er slettet."))
        return redirect("journey:forms")
    questionnaire = queries.questionnaire_answered(request.user, note.content["questionnaire"])
    return render(request, "journey/form_answered.html", {
        "note": note, "on": date.fromisoformat(note.content["on"]), "said": said_in(note.content["answers"]),
        "title": title_in(note.content["answers"]) or _("Skjema uten navn"), "is_done": is_done(note.content["answers"]),
        "form": questionnaire, "sums": lines_of([note]),
    })  # fmt: skip
