"""Answering a questionnaire, a page at a time; what is typed is kept between the pages."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from knutepunkt.journey.actions import keeping
from knutepunkt.journey.actions import questionnaires as acts
from knutepunkt.journey.forms.questionnaires import AnswerForm, DoneForm
from knutepunkt.journey.methods.contents import BadContent
from knutepunkt.journey.methods.questionnaires.answering import (
    Node,
    Said,
    State,
    TooManyAnswers,
    Tree,
    shown_value,
    state_in,
)
from knutepunkt.journey.methods.questionnaires.form import Form
from knutepunkt.journey.methods.questionnaires.reading import language_of, read_form
from knutepunkt.journey.methods.questionnaires.scoring import calculated
from knutepunkt.journey.models import Questionnaire
from knutepunkt.journey.queries import questionnaires as queries
from knutepunkt.journey.queries.own import Opened
from knutepunkt.journey.views import finding as find
from knutepunkt.web.access import page

END = "slutt"


def page_of(note_id: Any, side: str) -> str:
    """The address of one page of an answer; without a side, all of it."""
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
        return redirect(page_of(at.opened.id, "") + ("#ny" if act == "add" else ""))
    if new and act in {"add", "done"}:
        return redirect(page_of(at.opened.id, next(n.name for n in tree.asked() if n.name in new)))
    after = _neighbour(tree.asked(), side, 1)
    return redirect(page_of(at.opened.id, side if act == "drop" and side in {n.name for n in tree.asked()} else after or END))


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
