"""Questionnaires a place offers: which, and bringing one in, for oneself or for a place."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from knutepunkt.journey.actions import questionnaires as acts
from knutepunkt.journey.forms.questionnaires import SourceForm, TermsForm
from knutepunkt.journey.methods.questionnaires.form import REFUSED, Form, NotAForm, gaps_in
from knutepunkt.journey.methods.questionnaires.reading import read_file, read_form
from knutepunkt.journey.queries import questionnaires as queries
from knutepunkt.journey.views.questionnaires import gaps_named, names_of
from knutepunkt.organisations.queries import organisation_by_slug, organisations_by_id
from knutepunkt.web.access import page


@page("journey.have_own")
def places(request: HttpRequest) -> HttpResponse:
    """The centres whose forms a coordinator takes care of; straight on where there is one."""
    rows = list(organisations_by_id(queries.coordinated_by(request.user)))
    if not rows:
        raise Http404
    if len(rows) == 1:
        return redirect("journey:place-forms", rows[0].slug)
    return render(request, "journey/forms_places.html", {"rows": rows})


def place(request: HttpRequest, slug: str, **_values: Any) -> Any:
    """The organisation of an address."""
    found = organisation_by_slug(slug)
    if found is None:
        raise Http404
    return found


@page("journey.run_forms", writes=True, of=place)
def place_forms(request: HttpRequest, organisation: Any) -> HttpResponse:
    """A centre's forms, for its coordinator: what there is, on what terms, and what lacks a language. Never an answer."""
    if request.method == "POST":
        key = request.POST.get("end", "")
        found = queries.questionnaire_in(organisation, _uuid(key)) if _uuid(key) else None
        if found is None:
            raise Http404
        acts.end_questionnaire(by=request.user, questionnaire=found)
        messages.success(request, _("Skjemaet er tatt ut av bruk. De som har svart, har svarene sine."))
        return redirect("journey:place-forms", organisation.slug)
    rows = list(queries.questionnaires_in(organisation)[:200])
    for one in rows:
        one.said_in = names_of(one.languages)  # type: ignore[attr-defined]
    return render(request, "journey/forms_place.html", {"place": organisation, "rows": rows})


def _uuid(text: str) -> Any:
    try:
        return UUID(text)
    except ValueError:
        return None


def place_form_at(request: HttpRequest, slug: str, form_id: UUID) -> Any:
    """The organisation, carrying the form the address names."""
    organisation = place(request, slug)
    found = queries.questionnaire_in(organisation, form_id)
    if found is None:
        raise Http404
    organisation.asked_form = found
    return organisation


@page("journey.run_forms", of=place_form_at)
def place_form(request: HttpRequest, organisation: Any) -> HttpResponse:
    """One of a centre's forms, for its coordinator: terms, gaps over all its language versions, and what is not used."""
    form = organisation.asked_form
    versions = queries.versions_of(form)
    reads = [read_form(one.source) for one in versions]
    return render(request, "journey/form_place.html", {
        "place": organisation, "form": form, "versions": names_of([v.language for v in versions[1:]]),
        **_about(reads[0], reads),
    })  # fmt: skip


@page("journey.have_own", writes=True)
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a form in for one's own journey."""
    return _bring(request, None)


@page("journey.run_forms", writes=True, of=place)
def place_bring(request: HttpRequest, organisation: Any) -> HttpResponse:
    """Bring a form in for the people of a centre."""
    return _bring(request, organisation)


def _bring(request: HttpRequest, organisation: Any) -> HttpResponse:
    """Two steps on one address: the file is read and told about; only when that is seen is anything stored."""
    is_second = request.method == "POST" and "source" in request.POST
    source = SourceForm(request.POST if request.method == "POST" and not is_second else None, request.FILES or None)
    facts: dict[str, Any] = {"place": organisation, "source": source}
    if is_second:
        answer = _confirmed(request, organisation, facts)
        if answer is not None:
            return answer
    elif source.is_bound and source.is_valid():
        try:
            data, read = read_file(source.content())
        except NotAForm as no:
            source.add_error(None, _refusal(no))
        else:
            text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
            facts |= {"terms": TermsForm(initial={"source": text, "holder": read.holder, "licence": read.licence}), **_about(read, [read])}
    return render(request, "journey/form_bring.html", facts)


def _confirmed(request: HttpRequest, organisation: Any, facts: dict[str, Any]) -> HttpResponse | None:
    terms = TermsForm(request.POST)
    try:
        data, read = read_file(request.POST["source"].encode("utf-8", "replace"))
    except NotAForm as no:
        facts["source"] = SourceForm({}, {})
        facts["source"].is_valid()
        facts["source"].add_error(None, _refusal(no))
        return None
    facts |= {"terms": terms, **_about(read, [read])}
    if not terms.is_valid():
        return None
    try:
        made = acts.bring_questionnaire(
            by=request.user, organisation=organisation, data=data, form=read, holder=terms.cleaned_data["holder"],
            licence=terms.cleaned_data["licence"],
        )  # fmt: skip
    except acts.AlreadyHere:
        terms.add_error(None, _("Dette skjemaet er her allerede."))
    except acts.TooManyForms:
        terms.add_error(None, _("Det er ikke plass til flere skjemaer. Ta noen ut av bruk først."))
    else:
        messages.success(request, _("Skjemaet er tatt inn."))
        return redirect("journey:place-forms", organisation.slug) if organisation else redirect("journey:form", made.pk)
    return None


def _refusal(no: NotAForm) -> str:
    return f"{REFUSED[no.why]} ({no.where})" if no.where else str(REFUSED[no.why])


def _about(read: Form, reads: list[Form]) -> dict[str, Any]:
    """What is said of a form before it is taken in, and afterwards: what it has, what lacks a language, what is not used."""
    grouped: dict[str, list[Any]] = {}
    for remark in read.remarks:
        grouped.setdefault(remark.kind, []).append(remark)
    return {
        "read": read, "title": str(read.title) or _("Skjema uten navn"), "said_in": names_of(read.languages),
        "count": len(read.questions), "gaps": gaps_named(reads), "is_complete": all(not t for t in gaps_in(reads).values()),
        "remarks": [(rows[0].says, [r for r in rows if r.about or r.link_id]) for rows in grouped.values()],
    }  # fmt: skip
