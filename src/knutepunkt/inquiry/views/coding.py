"""The workbench and its small answers as JSON; the codebook; passages of a code; the table; comparison."""

import json
from operator import itemgetter
from typing import Any

from django.contrib import messages
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knutepunkt.inquiry.actions import coding as actions
from knutepunkt.inquiry.choices import CODE_NAME_LIMIT
from knutepunkt.inquiry.forms import work as forms
from knutepunkt.inquiry.models import Code, Inquiry, Passage, Source
from knutepunkt.inquiry.queries import coding as queries
from knutepunkt.inquiry.queries import sources as source_queries
from knutepunkt.inquiry.views import finding_things as find
from knutepunkt.web.access import page
from knutepunkt.web.paging import page_by_key, whole_number

OWN_VOCABULARIES = (("chime", "CHIME"), ("services", "Temaer i tjenester"))


@page("inquiry.work_in_team", of=find.light_source)
def workbench(request: HttpRequest, source: Source) -> HttpResponse:
    """The workbench: the text to code, with the codebook beside it. The text comes with `workbench_data`."""
    return render(request, "inquiry/workbench.html", {"inquiry": source.inquiry, "source": source})


@page("inquiry.work_in_team", of=find.source)
def workbench_data(request: HttpRequest, source: Source) -> HttpResponse:
    """Text, turns, passages and codes in one answer. Positions are Unicode code points, ends exclusive.

    `{version, text, turns: [[number, start, end, speaker]],
    passages: [[id, start, end, by_me, [code ids], [code ids that are one's own]]],
    codes: [[id, name, parent or 0, colour, note]], last, count, new}`; see `changes` for the last three.
    """
    turns = list(source.turns.order_by("number").values_list("number", "start", "end", "speaker"))
    return JsonResponse({
        "version": source.version, "text": source_queries.text_shown(source), "turns": turns,
        "codes": [_code_row(line.code) for line in queries.code_tree(source.inquiry)],
        **_passages(request, source),
    })  # fmt: skip


def _code_row(code: Code) -> list[Any]:
    return [code.pk, code.name, code.parent_id or 0, code.colour, code.note]


def _passages(request: HttpRequest, source: Source, after: int = 0) -> dict[str, Any]:
    """Passages with codings newer than `after`, with all the codes each has for this reader. At most two queries.

    Reads nothing but two numbers where nothing is new, for the workbench asks every now and then.
    """
    me, seen = request.user.pk, source_queries.seen_codings(request.user, source)
    last = count = fresh = 0
    rows = seen
    if after:
        total = seen.order_by().aggregate(last=Max("pk"), count=Count("pk"))
        last, count = total["last"] or 0, total["count"]
        if last <= after:
            return {"passages": [], "last": last, "count": count, "new": 0}
        rows = seen.filter(passage_id__in=seen.order_by().filter(pk__gt=after).values("passage_id"))
    passages: dict[int, list[Any]] = {}
    columns = ("pk", "code_id", "coder", "passage_id", "passage__start", "passage__end", "passage__made_by")
    for pk, code_id, coder, passage_id, start, end, who in rows.values_list(*columns):
        row = passages.setdefault(passage_id, [passage_id, start, end, int(who == me), [], []])
        if code_id not in row[4]:
            row[4].append(code_id)
        if coder == me:
            row[5].append(code_id)
        fresh += pk > after
        if not after:
            last, count = max(last, pk), count + 1
    shown = sorted(passages.values(), key=itemgetter(1, 0))
    return {"passages": shown, "last": last, "count": count, "new": fresh}


def _body(request: HttpRequest) -> dict[str, Any]:
    """The small JSON object that was sent; anything else is an empty one."""
    try:
        data = json.loads(request.body or b"{}")
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _codes(request: HttpRequest, inquiry: Inquiry, data: dict[str, Any]) -> list[Code]:
    """The codes that were asked for, and one more when `new_code` names a code that is not there yet."""
    wanted: Any = data.get("codes")
    codes = list(
        inquiry.codes.filter(
            pk__in=[pk for pk in wanted if _whole(pk) > 0][:20] if isinstance(wanted, list) else [],
            merged_into=None,
        )
    )
    name = str(data.get("new_code") or "").strip()[:CODE_NAME_LIMIT]
    if name:
        there = inquiry.codes.filter(name=name, merged_into=None).first()
        codes.append(there or actions.add_code(by=request.user, inquiry=inquiry, name=name))
    return codes


@page("inquiry.work_in_team", writes=True, of=find.light_source)
def passage_add(request: HttpRequest, source: Source) -> HttpResponse:
    """POST `{start, end, version, codes, new_code}`: mark a passage. 409 when the text has changed since.

    Answers 201 `{id, start, end, codes, new: [rows of codes]}`. `new_code` is the name of a code to make first.
    """
    data = _body(request)
    is_there = source.version == _whole(data.get("version"))  # no code is made for a place that is gone
    codes = _codes(request, source.inquiry, data) if request.method == "POST" and is_there else []
    if is_there and not codes:
        return JsonResponse({"error": _("Velg minst én kode.")}, status=400)
    try:
        passage = actions.mark_passage(
            by=request.user, source=source, start=_whole(data.get("start")), end=_whole(data.get("end")),
            version=_whole(data.get("version")), codes=codes,
        )  # fmt: skip
    except actions.NoSuchPlace:
        return JsonResponse({"error": _("Teksten er endret. Last siden på nytt.")}, status=409)
    return JsonResponse({
        "id": passage.pk, "start": passage.start, "end": passage.end, "codes": [c.pk for c in codes],
        "new": [_code_row(c) for c in codes],
    }, status=201)  # fmt: skip


@page("inquiry.work_in_team", writes=True, of=find.passage)
def passage_code(request: HttpRequest, passage: Passage) -> HttpResponse:
    """POST `{codes, new_code}` puts codes on; `{take_off: id}` takes one's own code off.

    Answers `{id, codes, mine, new}`: what the reader sees on the passage now; `id` is 0 when the passage went.
    """
    data, inquiry, codes = _body(request), passage.source.inquiry, []
    if request.method != "POST":
        return JsonResponse({}, status=405)
    source = passage.source
    if _whole(data.get("take_off")) > 0:
        code = inquiry.codes.filter(pk=data["take_off"]).first()
        if code is not None:
            actions.uncode_passage(by=request.user, passage=passage, code=code)
    else:
        codes = _codes(request, inquiry, data)
        actions.code_passage(by=request.user, passage=passage, codes=codes)
    rows = source_queries.seen_codings(request.user, source).filter(passage_id=passage.pk or 0)
    pairs = list(rows.values_list("code_id", "coder"))
    return JsonResponse({
        "id": passage.pk or 0, "codes": list(dict.fromkeys(pk for pk, _coder in pairs)),
        "mine": [pk for pk, coder in pairs if coder == request.user.pk], "new": [_code_row(c) for c in codes],
    })  # fmt: skip


@page("inquiry.work_in_team", writes=True, of=find.passage)
def passage_memo(request: HttpRequest, passage: Passage) -> HttpResponse:
    """POST `{text}` writes a memo; GET gives the memos of a passage that are not hidden, and who gave which code.

    Answers `{memos: [{text, by, at}], by: [[code id, name]]}`.
    """
    inquiry = passage.source.inquiry
    if request.method == "POST":
        text = str(_body(request).get("text", ""))[:2000].strip()
        if not text:
            return JsonResponse({"error": _("Notatet er tomt.")}, status=400)
        actions.write_memo(by=request.user, inquiry=inquiry, text=text, passage=passage)
    hidden = source_queries.hidden_keys(inquiry.pk, "memo")
    rows = [m for m in passage.memos.order_by("at") if str(m.pk) not in hidden]
    codings = source_queries.seen_codings(request.user, passage.source).filter(passage=passage)
    return JsonResponse({
        "memos": [{"text": m.text, "by": m.by_name, "at": date_format(m.at, "DATE_FORMAT")} for m in rows],
        "by": list(codings.values_list("code_id", "coder_name")),
    })  # fmt: skip


@page("inquiry.work_in_team", of=find.light_source)
def changes(request: HttpRequest, source: Source) -> HttpResponse:
    """What has been coded since coding number `etter`; asked now and then by the workbench.

    `{version, passages, last, count, new}`: passages as in `workbench_data`, the newest coding's number to ask
    from next time, how many codings the reader can see, and how many of them are new. Where that does not add
    up, something was taken off, and the workbench fetches all of it again.
    """
    after = request.GET.get("etter", "0")
    return JsonResponse({
        "version": source.version, **_passages(request, source, whole_number(after))
    })  # fmt: skip


@page("inquiry.work_in_team", writes=True, of=find.inquiry)
def codebook(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """The codebook as a tree, with vocabularies to take in and codes of the team's own."""
    form = forms.CodeForm(request.POST or None, codes=queries.code_choices(inquiry))
    if request.method == "POST" and request.POST.get("adopt") in dict(OWN_VOCABULARIES):
        actions.adopt_vocabulary(by=request.user, inquiry=inquiry, vocabulary=request.POST["adopt"])
        return redirect("inquiry:codebook", inquiry.slug)
    if request.method == "POST" and request.POST.get("undo"):
        undone = actions.undo_code_change(by=request.user, inquiry=inquiry)
        messages.info(
            request, _("Den siste endringen er angret.") if undone else _("Det er ikke noe å angre.")
        )
        return redirect("inquiry:codebook", inquiry.slug)
    if request.method == "POST" and form.is_valid():
        parent = inquiry.codes.filter(pk=form.cleaned_data["parent"]).first()
        actions.add_code(by=request.user, inquiry=inquiry, name=form.cleaned_data["name"], parent=parent)
        return redirect("inquiry:codebook", inquiry.slug)
    taken = set(inquiry.codes.values_list("vocabulary", flat=True))
    return render(request, "inquiry/codebook.html", {
        "inquiry": inquiry, "form": form, "lines": queries.codebook(inquiry),
        "vocabularies": [(key, name) for key, name in OWN_VOCABULARIES if key not in taken],
        "may_undo": inquiry.code_changes.filter(undone_at=None).exists(),
    })  # fmt: skip


@page("inquiry.work_in_team", of=find.code)
def code(request: HttpRequest, code: Code) -> HttpResponse:
    """All passages of a code side by side."""
    shown = page_by_key(queries.passages_of(code), request, order="pk", size=50)
    return render(request, "inquiry/code.html", {
        "inquiry": code.inquiry, "code": code, "passages": source_queries.with_words(shown), "paging": shown,
    })  # fmt: skip


@page("inquiry.work_in_team", writes=True, of=find.code)
def code_change(request: HttpRequest, code: Code) -> HttpResponse:
    """Rename, recolour, move or merge a code."""
    inquiry = code.inquiry
    choices = [c for c in queries.code_choices(inquiry) if c[0] != code.pk]
    initial = {"name": code.name, "colour": code.colour, "parent": code.parent_id}
    is_change, is_merge = "name" in request.POST, "into" in request.POST
    change = forms.CodeChangeForm(request.POST if is_change else None, codes=choices, initial=initial)
    merge = forms.MergeForm(request.POST if is_merge else None, codes=choices)
    try:
        if is_change and change.is_valid():
            _change_code(request, code, change.cleaned_data)
            return redirect("inquiry:code", inquiry.slug, code.pk)
        if is_merge and merge.is_valid():
            into = inquiry.codes.get(pk=merge.cleaned_data["into"])
            actions.merge_codes(by=request.user, code=code, into=into)
            return redirect("inquiry:code", inquiry.slug, into.pk)
    except actions.WouldCircle:
        (change if is_change else merge).add_error(None, _("En kode kan ikke ligge under seg selv."))
    return render(request, "inquiry/code_change.html", {
        "inquiry": inquiry, "code": code, "change": change, "merge": merge, "has_others": bool(choices),
    })  # fmt: skip


def _change_code(request: HttpRequest, code: Code, data: dict[str, Any]) -> None:
    if data["name"] != code.name or data["colour"] != code.colour:
        actions.change_code(by=request.user, code=code, name=data["name"], colour=data["colour"])
    if data["parent"] != code.parent_id:
        parent = code.inquiry.codes.filter(pk=data["parent"]).first()
        actions.move_code(by=request.user, code=code, parent=parent)


@page("inquiry.work_in_team", of=find.inquiry)
def code_table(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Codes against groups."""
    groups, lines = queries.code_table(inquiry)
    rows = [["\u2003" * line.depth + line.code.name, *counts] for line, counts in lines]
    headers = [_("Kode"), *[g or _("uten gruppe") for g in groups]]
    return render(request, "inquiry/code_table.html", {"inquiry": inquiry, "headers": headers, "rows": rows})


@page("inquiry.work_in_team", writes=True, of=find.source)
def apart(request: HttpRequest, source: Source) -> HttpResponse:
    """Code a source apart, say when done, and compare side by side in talk."""
    inquiry, me = source.inquiry, request.user
    team = inquiry.team.filter(left_on=None).select_related("person")
    if request.method == "POST" and request.POST.get("start"):
        chosen = [m.person for m in team if str(m.person_id) in request.POST.getlist("who")]
        if len(chosen) > 1:
            actions.start_coding_apart(by=me, source=source, people=chosen)
        else:
            messages.warning(request, _("Velg minst to."))
        return redirect("inquiry:apart", inquiry.slug, source.code)
    if request.method == "POST" and request.POST.get("done"):
        actions.finish_coding_apart(by=me, source=source)
        return redirect("inquiry:apart", inquiry.slug, source.code)
    coders = list(source.apart_coders.select_related("person"))
    is_open = bool(coders) and not source_queries.is_coding_apart(source)
    names, lines, differing = queries.compared(source) if is_open else ([], [], [])
    mine = next((c for c in coders if c.person_id == me.pk), None)
    return render(request, "inquiry/apart.html", {
        "inquiry": inquiry, "source": source, "team": team, "coders": coders, "is_open": is_open,
        "names": names, "lines": lines, "differing": differing[:100], "mine": mine,
    })  # fmt: skip
