"""Pages for whoever holds a participant's receipt code: own words, quotations, findings, promises."""

from django.contrib import messages
from django.db.models import Exists
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from knutepunkt.inquiry.actions import findings as actions
from knutepunkt.inquiry.actions import reporting, sources, withdrawal
from knutepunkt.inquiry.choices import FOLLOW_UP_MONTHS, Noticing
from knutepunkt.inquiry.forms import work as forms
from knutepunkt.inquiry.models import Finding, Participant, Recommendation, Turn
from knutepunkt.inquiry.queries import findings as queries
from knutepunkt.inquiry.queries import report as report_queries
from knutepunkt.inquiry.queries import sources as source_queries
from knutepunkt.inquiry.views import finding_things as find
from knutepunkt.web.access import page
from knutepunkt.web.paging import whole_number


@page("inquiry.hold_receipt", of=find.held_participant)
def mine(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What I gave, and what became of it."""
    inquiry = participant.inquiry
    missing = inquiry.missing.filter(participant=participant).first()
    is_covered = missing is not None and str(missing.pk) in source_queries.hidden_keys(inquiry, "missing")
    waiting = queries.quotations_for_owner(participant).filter(state="asked").count()
    return render(request, "inquiry/mine.html", {
        "inquiry": inquiry, "participant": participant, "waiting": waiting,
        "has_turns": participant.turns.exists(), "is_asked": inquiry.participants_asked_on is not None,
        "edition": report_queries.current_edition(inquiry), "missing": missing,
        "team_answer": missing.answer if missing and not is_covered else "",
    })  # fmt: skip


@page("inquiry.hold_receipt", of=find.held_participant)
def transcript(request: HttpRequest, participant: Participant) -> HttpResponse:
    """My own turns with the question before each; never anyone else's."""
    lines = source_queries.own_turns(participant)
    return render(request, "inquiry/my_transcript.html", {
        "inquiry": participant.inquiry, "participant": participant, "lines": lines,
    })  # fmt: skip


@page("inquiry.hold_receipt", writes=True, of=find.staying_participant)
def strike(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Strike out words in one of my turns."""
    key = whole_number(request.POST.get("turn") or request.GET.get("tur") or "")
    turn = get_object_or_404(Turn.objects.select_related("source"), pk=key, participant=participant)
    source = turn.source
    words = source.text[turn.start : turn.end]
    is_sent = request.method == "POST" and "words" in request.POST
    form = forms.StrikeForm(request.POST if is_sent else None, initial={"version": source.version, "words": words})
    if is_sent and form.is_valid():
        try:
            withdrawal.strike_out(turn=turn, words=form.cleaned_data["words"], version=form.cleaned_data["version"])
        except sources.TextChanged:
            form.add_error("words", _("Vi fant ikke akkurat disse ordene. Lim dem inn slik de står."))
        else:
            messages.success(request, _("Ordene er strøket. De er borte overalt."))
            return redirect("inquiry:my-transcript")
    return render(request, "inquiry/strike.html", {
        "inquiry": participant.inquiry, "turn": turn, "words": words, "form": form,
    })  # fmt: skip


@page("inquiry.hold_receipt", writes=True, of=find.staying_participant)
def quotations(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Quotations with my words, to say yes or no to; the answer can be changed later."""
    rows = queries.quotations_for_owner(participant)
    if request.method == "POST" and request.POST.get("answer") in {"yes", "no"}:
        quotation = next((row for row in rows if str(row.pk) == request.POST.get("quotation")), None)
        if quotation is None:
            raise Http404
        actions.decide_quotation(
            quotation=quotation, participant=participant, yes=request.POST["answer"] == "yes"
        )
        messages.success(request, _("Svaret ditt er lagret."))
        return redirect("inquiry:my-quotations")
    return render(request, "inquiry/my_quotations.html", {
        "inquiry": participant.inquiry, "participant": participant, "rows": rows,
    })  # fmt: skip


@page("inquiry.hold_receipt", of=find.held_participant)
def findings(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The findings, to say whether I recognise them."""
    inquiry = participant.inquiry
    if inquiry.participants_asked_on is None:
        return redirect("inquiry:mine")
    answered = {r.finding_id: r for r in participant.responses.all()}
    hidden = source_queries.hidden_keys(inquiry, "finding")
    covered = source_queries.hidden_keys(inquiry, "answer")
    rows = [f for f in inquiry.findings.select_related("service_answer").order_by("number") if str(f.pk) not in hidden]
    said = {f.pk: f.service_answer.text for f in rows if hasattr(f, "service_answer") and str(f.pk) not in covered}
    return render(request, "inquiry/my_findings.html", {
        "inquiry": inquiry, "lines": [(f, answered.get(f.pk), said.get(f.pk, "")) for f in rows],
        "missing": inquiry.missing.filter(participant=participant).first(),
    })  # fmt: skip


@page("inquiry.hold_receipt", writes=True, of=find.staying_participant)
def respond(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Say whether I recognise one finding, with words of my own."""
    number = whole_number(request.GET.get("funn", ""))
    finding = get_object_or_404(
        Finding, ~Exists(source_queries.hidden_rows("finding")), inquiry=participant.inquiry,
        number=number, inquiry__participants_asked_on__isnull=False,
    )  # fmt: skip
    known = finding.responses.filter(participant=participant).first()
    initial = {"answer": known.answer, "words": known.words} if known else {}
    form = forms.ResponseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.respond_to_finding(finding=finding, participant=participant, **form.cleaned_data)
        messages.success(request, _("Takk. Svaret ditt er lagret."))
        return redirect("inquiry:my-findings")
    return render(request, "inquiry/respond.html", {
        "inquiry": participant.inquiry, "finding": finding, "form": form,
    })  # fmt: skip


@page("inquiry.hold_receipt", writes=True, of=find.staying_participant)
def missing(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Say what is missing."""
    inquiry = participant.inquiry
    known = inquiry.missing.filter(participant=participant).first()
    form = forms.MissingForm(request.POST or None, initial={"words": known.words if known else ""})
    if request.method == "POST" and form.is_valid():
        actions.say_missing(inquiry=inquiry, participant=participant, words=form.cleaned_data["words"])
        messages.success(request, _("Takk. Teamet leser det, og du finner svaret her."))
        return redirect("inquiry:mine")
    return render(request, "inquiry/missing.html", {"inquiry": inquiry, "form": form})


@page("inquiry.hold_receipt", writes=True, of=find.staying_participant)
def promises(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What was promised, and whether I notice it."""
    inquiry = participant.inquiry
    month, answer = request.POST.get("month", ""), request.POST.get("answer", "")
    if request.method == "POST" and month in {str(m) for m in FOLLOW_UP_MONTHS} and answer in Noticing.values:
        key = whole_number(request.POST.get("recommendation", ""))
        promised = get_object_or_404(Recommendation, pk=key, inquiry=inquiry)
        reporting.say_noticed(participant=participant, recommendation=promised, month=int(month), answer=answer)
        messages.success(request, _("Takk. Svaret ditt er lagret."))
        return redirect("inquiry:my-promises")
    given = {(n.recommendation_id, n.month): n.get_answer_display() for n in participant.noticed.all()}
    lines = report_queries.promises_shown(inquiry)
    for line in lines:
        for row in line["follow_ups"]:
            row["mine"] = given.get((row["line"].recommendation_id, row["line"].month), "")
    return render(request, "inquiry/my_promises.html", {
        "inquiry": inquiry, "lines": lines, "answers": Noticing.choices,
    })  # fmt: skip
