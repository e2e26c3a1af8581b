"""Pages of findings, the interim report and the dialogue."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from knutepunkt.inquiry.actions import findings as actions
from knutepunkt.inquiry.actions import withdrawal
from knutepunkt.inquiry.actions.frame import NotYet
from knutepunkt.inquiry.choices import Weight
from knutepunkt.inquiry.forms import work as forms
from knutepunkt.inquiry.models import (
    Finding,
    FindingResponse,
    HiddenText,
    Inquiry,
    Missing,
    Participant,
    Passage,
)
from knutepunkt.inquiry.queries import coding as coding_queries
from knutepunkt.inquiry.queries import findings as queries
from knutepunkt.inquiry.queries import sources as source_queries
from knutepunkt.inquiry.queries.frame import by_code
from knutepunkt.inquiry.queries.texts import hidden_for_lead
from knutepunkt.inquiry.views import finding_things as find
from knutepunkt.inquiry.views.saving import try_to_save
from knutepunkt.web.access import may, page
from knutepunkt.web.paging import page_by_key, whole_number


@page("inquiry.work_in_team", writes=True, of=find.inquiry)
def findings(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """The findings, what each stands on, and a place to write a new one."""
    form = forms.FindingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        finding = actions.add_finding(
            by=request.user, inquiry=inquiry, statement=data["statement"], explanation=data["explanation"],
            plain=data["plain"],
        )  # fmt: skip
        return redirect("inquiry:finding", inquiry.slug, finding.number)
    hidden = source_queries.hidden_keys(inquiry, "finding")
    lines = [(line, str(line.finding.pk) in hidden) for line in queries.findings_with_ground(inquiry)]
    return render(request, "inquiry/findings.html", {"inquiry": inquiry, "form": form, "lines": lines})


@page("inquiry.work_in_team", writes=True, of=find.finding)
def finding(request: HttpRequest, finding: Finding) -> HttpResponse:
    """One finding: its words, the passages that carry and contradict it, its quotations."""
    inquiry = finding.inquiry
    if request.method == "POST" and find.is_covered(request, inquiry, finding=finding.pk):
        return find.covered(request, inquiry)
    initial = {name: getattr(finding, name) for name in ("statement", "explanation", "plain", "version")}
    save = partial(actions.change_finding, by=request.user, finding=finding)
    tried = try_to_save(request, forms.FindingForm, initial, save)
    if tried.is_saved:
        messages.success(request, _("Funnet er lagret."))
        return redirect("inquiry:finding", inquiry.slug, finding.number)
    return render(request, "inquiry/finding.html", {
        **_finding_shown(finding), "form": tried.form, "theirs": tried.theirs, "yours": request.POST.get("statement", ""),
        "leads": may(request.user, "inquiry.lead_team", inquiry),
    })  # fmt: skip


def _finding_shown(finding: Finding) -> dict[str, Any]:
    inquiry = finding.inquiry
    lines = queries.ground_of(finding)
    return {
        "inquiry": inquiry, "finding": finding, "shown": queries.findings_with_ground(inquiry, finding)[0],
        "hidden": str(finding.pk) in source_queries.hidden_keys(inquiry, "finding"),
        "carrying": [x for x in lines if x.weight == Weight.CARRIES],
        "contradicting": [x for x in lines if x.weight == Weight.CONTRADICTS],
    }  # fmt: skip


@page("inquiry.work_in_team", writes=True, of=find.finding)
def ground(request: HttpRequest, finding: Finding) -> HttpResponse:
    """Choose passages of a code, and say whether they carry or contradict the finding."""
    inquiry = finding.inquiry
    if find.is_covered(request, inquiry, finding=finding.pk):
        return find.covered(request, inquiry)
    tree = coding_queries.codebook(inquiry)
    choices = [(line.code.pk, "\u2003" * line.depth + line.code.name) for line in tree]
    wanted = request.GET.get("kode", "")
    code = next((line.code for line in tree if str(line.code.pk) == wanted), None)
    if request.method == "POST" and request.POST.get("weight") in Weight.values:
        keys = [whole_number(pk) for pk in request.POST.getlist("passage")][:200]
        passages = Passage.objects.filter(pk__in=keys, source__inquiry=inquiry)
        actions.ground_finding(by=request.user, finding=finding, passages=passages, weight=request.POST["weight"])
        return redirect("inquiry:finding", inquiry.slug, finding.number)
    rows = coding_queries.passages_of(code) if code else Passage.objects.none()
    shown = page_by_key(rows, request, order="pk", size=50)
    return render(request, "inquiry/ground.html", {
        "inquiry": inquiry, "finding": finding, "choices": choices, "code": code,
        "passages": source_queries.with_words(shown), "paging": shown,
    })  # fmt: skip


@page("inquiry.work_in_team", writes=True, of=find.finding)
def ground_change(request: HttpRequest, finding: Finding) -> HttpResponse:
    """Place or remove a quotation, or let a passage go."""
    inquiry, act = finding.inquiry, request.POST.get("act", "")
    key = whole_number(request.POST.get("passage", ""))
    passage = get_object_or_404(Passage, pk=key, source__inquiry=inquiry)
    if act == "quote":
        try:
            actions.place_quotation(by=request.user, finding=finding, passage=passage)
        except actions.NotAgreed:
            messages.warning(request, _("Eieren av ordene har ikke sagt ja til sitater i rapporten."))
        except actions.SeveralVoices:
            messages.warning(request, _("Her er det ord fra flere. Marker det én person sa, og bruk det som sitat."))
    elif act == "unquote":
        for quotation in finding.quotations.filter(passage=passage):
            actions.remove_quotation(by=request.user, quotation=quotation)
    elif act == "let-go":
        actions.unground_finding(by=request.user, finding=finding, passage=passage)
    return redirect("inquiry:finding", inquiry.slug, finding.number)


@page("inquiry.lead_team", writes=True, of=find.finding)
def still_stands(request: HttpRequest, finding: Finding) -> HttpResponse:
    """The lead says whether a finding still stands after words were taken back."""
    if request.method == "POST" and request.POST.get("answer") == "keep":
        actions.keep_finding(by=request.user, finding=finding)
    elif request.method == "POST" and request.POST.get("answer") == "remove":
        inquiry = finding.inquiry
        actions.remove_finding(by=request.user, finding=finding)
        return redirect("inquiry:findings", inquiry.slug)
    return redirect("inquiry:finding", finding.inquiry.slug, finding.number)


@page("inquiry.lead_team", of=find.inquiry)
def hidden_texts(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """What is hidden because it holds words that were taken back, for the lead to answer."""
    return render(request, "inquiry/hidden_texts.html", {"inquiry": inquiry, "lines": hidden_for_lead(inquiry)})


@page("inquiry.lead_team", writes=True, of=find.hidden)
def hidden_answer(request: HttpRequest, hidden: HiddenText) -> HttpResponse:
    """The lead has read it: it may stand, or (a memo, a version of the guide) it goes."""
    if request.method == "POST" and request.POST.get("answer") == "remove":
        withdrawal.remove_hidden(by=request.user, hidden=hidden)
    elif request.method == "POST":
        withdrawal.answer_hidden(by=request.user, hidden=hidden)
    return redirect("inquiry:hidden-texts", hidden.inquiry.slug)


@page("inquiry.lead_team", writes=True, of=find.inquiry)
def ask(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Ask the participants: show findings and quotations to them, until a date."""
    form = forms.AskForm(request.POST or None, initial={"answers_by": inquiry.answers_by})
    if request.method == "POST" and form.is_valid():
        try:
            shown = actions.ask_participants(
                by=request.user, inquiry=inquiry, answers_by=form.cleaned_data["answers_by"]
            )
        except NotYet as stop:
            for sentence in stop.missing:
                form.add_error(None, sentence)
        else:
            messages.success(request, _("Deltakerne kan svare nå. %(n)s sitater er vist til eierne.") % {"n": shown})
            return redirect("inquiry:dialogue", inquiry.slug)
    lines = queries.findings_with_ground(inquiry)
    return render(request, "inquiry/ask.html", {"inquiry": inquiry, "form": form, "lines": lines})


@page("inquiry.see_findings", of=find.inquiry)
def dialogue(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """The dialogue: each finding, what participants said (for the team), the service's answer, the outcome."""
    in_team = may(request.user, "inquiry.work_in_team", inquiry)
    responses = queries.responses_by_finding(inquiry) if in_team else {}
    kinds = ("finding", "response", "missing", "answer", "outcome")
    covered = {what: source_queries.hidden_keys(inquiry, what) for what in kinds}
    findings = inquiry.findings.select_related("service_answer").order_by("number")
    lines = [
        {"finding": f, "responses": responses.get(f.pk),
         "words": [r for r in responses[f.pk].words if str(r.pk) not in covered["response"]]
         if f.pk in responses else [],
         "answer": None if str(f.pk) in covered["answer"] else getattr(f, "service_answer", None),
         "is_covered": str(f.pk) in covered["answer"],
         "note": "" if str(f.pk) in covered["outcome"] else f.outcome_note}
        for f in findings
        if str(f.pk) not in covered["finding"]
    ]  # fmt: skip
    missing = [m for m in inquiry.missing.order_by("at") if str(m.pk) not in covered["missing"]] if in_team else []
    return render(request, "inquiry/dialogue.html", {
        "inquiry": inquiry, "lines": lines, "missing": missing, "in_team": in_team,
        "may_answer": may(request.user, "inquiry.answer_findings", inquiry),
        "asked": queries.how_many_answered(inquiry) if in_team else None,
    })  # fmt: skip


@page("inquiry.work_in_team", of=find.asked_inquiry)
def write_down_for(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Whose answers to write down: those who take part, as codes."""
    rows = by_code(inquiry.participants.filter(has_slip=True, left_at=None))[:500]
    return render(request, "inquiry/write_down_for.html", {"inquiry": inquiry, "participants": rows})


@page("inquiry.work_in_team", writes=True, of=find.asked_participant)
def write_down(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Write down what somebody without a device says about each finding."""
    inquiry = participant.inquiry
    hidden = source_queries.hidden_keys(inquiry, "finding")
    covered = source_queries.hidden_keys(inquiry, "response")
    known = {r.finding_id: r for r in participant.responses.all()}
    rows = [f for f in inquiry.findings.order_by("number") if str(f.pk) not in hidden]
    own = [f for f in rows if f.pk in known and known[f.pk].typed_by is None]

    def shown_of(response: FindingResponse | None) -> FindingResponse | None:
        return None if response is None or str(response.pk) in covered else response

    open_ones = [(f.number, f.plain or f.statement, shown_of(known.get(f.pk))) for f in rows if f not in own]
    form = forms.WriteDownForm(request.POST or None, findings=open_ones)
    if request.method == "POST" and form.is_valid():
        actions.write_down(by=request.user, participant=participant, answers=form.answers())
        messages.success(request, _("Svarene er skrevet inn. Deltakeren kan se og endre dem med lappen sin."))
        return redirect("inquiry:write-down-for", inquiry.slug)
    return render(request, "inquiry/write_down.html", {
        "inquiry": inquiry, "participant": participant, "form": form, "own": own, "has_open": bool(open_ones),
    })  # fmt: skip


@page("inquiry.work_in_team", writes=True, of=find.finding)
def outcome(request: HttpRequest, finding: Finding) -> HttpResponse:
    """Write what the dialogue made of a finding."""
    if find.is_covered(request, finding.inquiry, finding=finding.pk, outcome=finding.pk):
        return find.covered(request, finding.inquiry)
    initial = {"outcome": finding.outcome, "note": finding.outcome_note, "version": finding.version}
    save = partial(actions.set_outcome, by=request.user, finding=finding)
    tried = try_to_save(request, forms.OutcomeForm, initial, save)
    if tried.is_saved:
        return redirect("inquiry:dialogue", finding.inquiry.slug)
    return render(request, "inquiry/outcome.html", {
        "inquiry": finding.inquiry, "finding": finding, "form": tried.form, "theirs": tried.theirs,
        "yours": request.POST.get("note", ""),
    })  # fmt: skip


@page("inquiry.answer_findings", writes=True, of=find.finding)
def answer(request: HttpRequest, finding: Finding) -> HttpResponse:
    """The service answers a finding."""
    if find.is_covered(request, finding.inquiry, finding=finding.pk, answer=finding.pk):
        return find.covered(request, finding.inquiry)
    known = getattr(finding, "service_answer", None)
    initial = {"text": known.text, "version": known.version} if known else {"version": 1}
    save = partial(actions.answer_finding, by=request.user, finding=finding)
    tried = try_to_save(request, forms.AnswerForm, initial, save)
    if tried.is_saved:
        messages.success(request, _("Svaret er lagret. Teamet ser det nå."))
        return redirect("inquiry:dialogue", finding.inquiry.slug)
    return render(request, "inquiry/answer.html", {
        "inquiry": finding.inquiry, "finding": finding, "form": tried.form, "theirs": tried.theirs,
        "yours": request.POST.get("text", ""),
    })  # fmt: skip


@page("inquiry.work_in_team", writes=True, of=find.inquiry)
def missing_answer(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Tell a participant what became of what was missing."""
    key = whole_number(request.POST.get("missing", ""))
    missing = get_object_or_404(Missing, pk=key, inquiry=inquiry)
    text = request.POST.get("answer", "")[:2000].strip()
    if text:
        actions.answer_missing(by=request.user, missing=missing, answer=text)
    return redirect("inquiry:dialogue", inquiry.slug)


@page("inquiry.work_in_team", of=find.inquiry)
def interim(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """The interim report (prosessrapport): the findings as they stand, for the dialogue; for print."""
    hidden = source_queries.hidden_keys(inquiry, "finding")
    lines = [x for x in queries.findings_with_ground(inquiry) if str(x.finding.pk) not in hidden]
    placed: dict[int, list[str]] = {}
    for quotation in queries.usable_quotations(inquiry):
        placed.setdefault(quotation.finding_id, []).append(quotation.words)
    return render(request, "inquiry/interim.html", {
        "inquiry": inquiry, "lines": [(line, placed.get(line.finding.pk, [])) for line in lines],
    })  # fmt: skip
