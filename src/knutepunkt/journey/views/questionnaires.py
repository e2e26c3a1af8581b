"""Forms to answer: which there are, what they are and on what terms, answering them, and what one has answered."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from knutepunkt.journey.actions import keeping
from knutepunkt.journey.actions import questionnaires as acts
from knutepunkt.journey.choices import Part
from knutepunkt.journey.forms.questionnaires import AnswerForm, DoneForm, SourceForm, TermsForm
from knutepunkt.journey.methods.contents import BadContent
from knutepunkt.journey.methods.questionnaires.answering import (
    Node,
    Said,
    State,
    TooManyAnswers,
    Tree,
    is_done,
    said_in,
    shown_value,
    state_in,
    title_in,
)
from knutepunkt.journey.methods.questionnaires.form import REFUSED, Form, NotAForm, gaps_in
from knutepunkt.journey.methods.questionnaires.reading import language_of, read_file, read_form
from knutepunkt.journey.methods.questionnaires.scoring import calculated, lines_of
from knutepunkt.journey.models import Questionnaire
from knutepunkt.journey.queries import questionnaires as queries
from knutepunkt.journey.queries.own import Opened
from knutepunkt.journey.views import finding as find
from knutepunkt.organisations.queries import organisation_by_slug, organisations_by_id
from knutepunkt.web import charts
from knutepunkt.web.access import page

END = "slutt"
NAMES = {"nb": gettext_lazy("bokmål"), "nn": gettext_lazy("nynorsk"), "en": gettext_lazy("engelsk"), "se": gettext_lazy("nordsamisk")}


def _names(languages: Any) -> list[str]:
    return [str(NAMES.get(language, language)) for language in languages]


@page("journey.have_own", of=find.journey("response"))
def forms(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """The forms one can answer, those begun, and those answered."""
    offered = queries.offered_to(request.user)
    for one in offered:
        one.said_in = _names(one.languages)  # type: ignore[attr-defined]
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
        return redirect(_page_of(note.pk, "" if request.POST.get("how") == "all" else "start"))
    own = [n for n in journey.of("response") if n.content["questionnaire"] == str(questionnaire.pk)]
    return render(request, "journey/form.html", {
        "journey": journey, "form": questionnaire, "read": read, "spoken": [(x, NAMES.get(x, x)) for x in read.languages],
        "language": language, "title": read.title.read(language) or _("Skjema uten navn"), "description": read.description.read(language),
        "pictures": _pictures(own), "has_sums": read.has_numbers, "seen_by": journey.seen_by(Part.FORMS),
        "is_own": questionnaire.person_id == request.user.pk, "gaps": _gaps([read]) if questionnaire.person_id else [],
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


def _gaps(reads: list[Form]) -> list[tuple[str, list[str]]]:
    """Each language some but not all texts stand in, or none, and the texts that lack it."""
    return [(str(NAMES[language]), texts) for language, texts in gaps_in(reads).items() if texts]


def _page_of(note_id: Any, side: str) -> str:
    return reverse("journey:form-answer", args=[note_id]) + (f"?{urlencode({'side': side})}" if side else "")


@dataclass
class Answering:
    """A response on its way: the note, its form, and the answers as a tree."""

    opened: Opened
    questionnaire: Questionnaire
    form: Form
    state: State
    tree: Tree
    language: str

    @property
    def note(self) -> Any:
        """The row itself."""
        return self.opened.note


def answering(request: HttpRequest, note_id: UUID) -> Answering | HttpResponse:
    """A response of one's own, with its form."""
    note = find.note("response")(request, note_id)
    if isinstance(note, HttpResponse):
        return note
    questionnaire = queries.questionnaire_answered(request.user, note.content["questionnaire"])
    if questionnaire is None:
        return redirect("journey:form-answered", note_id)
    read, answers = read_form(questionnaire.source), note.content["answers"]
    state, language = state_in(read, answers), language_of(answers.get("language"))
    return Answering(note, questionnaire, read, state, calculated(read, state), language)




@page("journey.change_own", writes=True, of=answering)
def answer(request: HttpRequest, at: Answering) -> HttpResponse:
    """Answer: all on one page, or one question a page (`?side=`). Anything can be skipped, and left for later."""
    side = request.GET.get("side", "")
    asked = at.tree.asked()
    if side == "start":
        side = asked[0].name if asked else END
    if side not in {"", END} and side not in {n.name for n in asked}:
        raise Http404
    nodes = asked if not side else [n for n in asked if n.name == side]
    form = AnswerForm(request.POST or None, nodes=nodes, language=at.language)
    done = DoneForm(request.POST or None, initial={"on": at.opened.content["on"]}) if side in {"", END} else None
    theirs: list[Any] = []
    version = at.opened.version
    if request.method == "POST" and form.is_valid() and (done is None or done.is_valid()):
        try:
            return _kept(request, at, form, done, side)
        except keeping.ChangedElsewhere as other:
            theirs, version = _theirs(nodes, at), other.version
        except (BadContent, TooManyAnswers):
            messages.error(request, _("Det ble for mye på én gang. Kort ned noen av svarene, og lagre igjen."))
    rows = _rows(at.tree, form, at.language)
    if side:
        rows = _rows_around(rows, side)
    return render(request, "journey/form_answer.html", {
        "note": at.opened, "form": form, "done": done, "rows": rows, "side": side, "theirs": theirs, "version": version,
        "title": at.form.title.read(at.language), "is_end": side == END, "questionnaire": at.questionnaire,
        "before": _neighbour(asked, side, -1), "number": next((i for i, n in enumerate(asked, 1) if n.name == side), 0),
        "of": len(asked), "is_missing": at.language not in at.form.languages, "first": asked[0].name if asked else END,
    })  # fmt: skip


def _theirs(nodes: list[Node], at: Answering) -> list[Said]:
    """What is stored for the questions of the page, where something else was typed. The tree still holds what is stored."""
    other = [n for n in nodes if n.values and n.values != at.state.values.get(n.name)]
    return [Said(n.item.words.read(at.language), [shown_value(v) for v in n.values], 0) for n in other]


def _neighbour(asked: list[Node], side: str, step: int) -> str:
    names = [n.name for n in asked]
    if side == END:
        return names[-1] if names and step < 0 else ""
    if side not in names:
        return ""
    at = names.index(side) + step
    return names[at] if 0 <= at < len(names) else (END if step > 0 else "")


def _kept(request: HttpRequest, at: Answering, form: AnswerForm, done: Any, side: str) -> HttpResponse:
    """Keep what was typed, and go where the button says."""
    act, where = request.POST.get("act", "next"), request.POST.get("where", "")
    act, _sep, where = act.partition(":") if ":" in act else (act, "", where)
    before = {n.name for n in at.tree.asked()}
    state = form.answered(at.state)
    if act == "add":
        _add_time(at.tree, state, where)
    elif act == "drop":
        _drop_time(at.tree, state, where)
    tree = calculated(at.form, state)
    new = {n.name for n in tree.asked()} - before
    finishes = act == "done" and not new
    version = request.POST.get("version", "")
    on = (done.cleaned_data["on"] if done else None) or date.fromisoformat(at.opened.content["on"])
    acts.keep_answers(
        by=request.user, note=at.note, questionnaire=at.questionnaire, form=at.form, state=state, language=at.language, on=on,
        is_done=finishes, version=int(version) if version.isdigit() else None,
    )  # fmt: skip
    if finishes:
        messages.success(request, _("Svarene er lagret. Bare du ser dem."))
        return redirect("journey:form-answered", at.opened.id)
    if act == "later":
        messages.success(request, _("Det du har svart, er lagret. Du kan fortsette når du vil."))
        return redirect("journey:forms")
    if new and act == "done":
        messages.info(request, _("Svarene dine gjorde at det kom noen spørsmål til. Du kan hoppe over dem."))
    if not side:
        return redirect(_page_of(at.opened.id, "") + ("#ny" if act == "add" else ""))
    if new and act in {"add", "done"}:
        return redirect(_page_of(at.opened.id, next(n.name for n in tree.asked() if n.name in new)))
    after = _neighbour(tree.asked(), side, 1)
    return redirect(_page_of(at.opened.id, side if act == "drop" and side in {n.name for n in tree.asked()} else after or END))


def _add_time(tree: Tree, state: State, group: str) -> None:
    node = next((n for n in tree.nodes if n.group == group and n.item.is_group and n.item.repeats and n.is_last_time), None)
    if node is not None and node.times < node.item.most:
        state.counts[group] = node.times + 1


def _drop_time(tree: Tree, state: State, name: str) -> None:
    """Take one time of a repeating group away; those after it move up."""
    gone = next((n for n in tree.nodes if n.name == name and n.item.is_group and n.item.repeats), None)
    if gone is None or gone.times <= gone.item.least:
        return
    state.counts[gone.group] = gone.times - 1
    state.values = _moved_up(state.values, gone)
    state.counts = _moved_up(state.counts, gone)


def _moved_up(kept: dict[str, Any], gone: Node) -> dict[str, Any]:
    """What is kept by name, without one time of a group, and with those after it moved up."""
    found = {}
    for name, value in kept.items():
        head, _sep, rest = name.removeprefix(f"{gone.group}r").partition("_")
        if not name.startswith(f"{gone.group}r") or not head.isdigit() or int(head) < gone.time:
            found[name] = value
        elif int(head) > gone.time:
            found[f"{gone.group}r{int(head) - 1}_{rest}"] = value
    return found


def _rows(tree: Tree, form: AnswerForm, language: str) -> list[dict[str, Any]]:
    """The page from top to bottom: headings, texts, fields, what is worked out, and the way to one more of a group."""
    shown = {n.name for n in tree.shown()}
    rows: list[dict[str, Any]] = []

    def add(nodes: list[Node], depth: int) -> None:
        for node in nodes:
            if node.name not in shown:
                continue
            item, text = node.item, node.item.words.read(language)
            base = {"node": node, "name": node.name, "text": text, "depth": depth}
            if item.type == "display":
                rows.append({**base, "kind": "text"})
            elif item.is_group:
                helps = [w.read(language) for w in item.help]
                can_drop = item.repeats and node.times > item.least
                rows.append({**base, "kind": "heading", "level": min(depth + 2, 4), "helps": helps, "time": node.time + 1 if item.repeats else 0, "can_drop": can_drop})
            elif item.read_only:
                if told := [shown_value(v) for v in node.values]:
                    rows.append({**base, "kind": "value", "told": told})
            else:
                rows.append({**base, "kind": "field", "fields": [form[name] for name in form.names_of(node)]})
            add(node.children, depth + (1 if item.is_group else 0))
            if item.is_group and item.repeats and node.is_last_time and node.times < item.most:
                rows.append({**base, "kind": "more", "group": node.group, "words": item.more_words})

    add(tree.roots, 0)
    return rows


def _rows_around(rows: list[dict[str, Any]], side: str) -> list[dict[str, Any]]:
    """What belongs to one question: what it stands in, what is said before it, and what comes until the next."""
    at = next((i for i, row in enumerate(rows) if row["kind"] == "field" and row["name"] == side), len(rows))
    start = next((i + 1 for i in range(at - 1, -1, -1) if rows[i]["kind"] == "field"), 0)
    if at == len(rows):
        return [row for row in rows[start:] if row["kind"] in {"text", "value"}]
    stop = next((i for i in range(at + 1, len(rows)) if rows[i]["kind"] in {"field", "heading"}), len(rows))
    above = {n.name for n in rows[at]["node"].above()}
    heads = [row for row in rows[:start] if row["kind"] == "heading" and row["name"] in above]
    return heads + [row for row in rows[start:stop] if row["kind"] != "more" or row["node"].name in above]


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
        one.said_in = _names(one.languages)  # type: ignore[attr-defined]
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
        "place": organisation, "form": form, "versions": _names([v.language for v in versions[1:]]),
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
        "read": read, "title": str(read.title) or _("Skjema uten navn"), "said_in": _names(read.languages),
        "count": len(read.questions), "gaps": _gaps(reads), "is_complete": all(not t for t in gaps_in(reads).values()),
        "remarks": [(rows[0].says, [r for r in rows if r.about or r.link_id]) for rows in grouped.values()],
    }  # fmt: skip
