"""Pages of the report: the working copy, publishing, the public page and PDF, promises and follow-up."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from knutepunkt.inquiry.actions import reporting as actions
from knutepunkt.inquiry.actions.frame import NotYet
from knutepunkt.inquiry.choices import FOLLOW_UP_MONTHS
from knutepunkt.inquiry.forms import work as forms
from knutepunkt.inquiry.models import Edition, Inquiry, Recommendation, Section
from knutepunkt.inquiry.pdf import report_pdf
from knutepunkt.inquiry.queries import report as queries
from knutepunkt.inquiry.queries.frame import missing_before_publishing, public_editions
from knutepunkt.inquiry.queries.sources import hidden_keys
from knutepunkt.inquiry.views import finding_things as find
from knutepunkt.inquiry.views.saving import try_to_save
from knutepunkt.organisations.queries import organisations_by_id
from knutepunkt.web.access import may, page
from knutepunkt.web.charts import bars
from knutepunkt.web.files import FileMissing, serve_file
from knutepunkt.web.models import StoredFile
from knutepunkt.web.paging import page_by_key


@page("inquiry.work_in_team", writes=True, of=find.inquiry)
def report(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """The working copy: title, easy-read summary, sections; what is missing before publishing."""
    working = inquiry.report
    if find.is_covered(request, inquiry, report=working.pk):
        return find.covered(request, inquiry)
    initial = {"title": working.title, "easy_read": working.easy_read, "version": working.version}
    save = partial(actions.write_report, by=request.user, report=working)
    tried = try_to_save(request, forms.ReportForm, initial, save)
    if tried.is_saved:
        messages.success(request, _("Rapporten er lagret."))
        return redirect("inquiry:report", inquiry.slug)
    hidden, hidden_findings = hidden_keys(inquiry, "section"), hidden_keys(inquiry, "finding")
    sections = [(s, str(s.pk) in hidden) for s in working.sections.order_by("position")]
    return render(request, "inquiry/report.html", {
        "inquiry": inquiry, "form": tried.form, "theirs": tried.theirs, "yours": request.POST.get("easy_read", ""),
        "sections": sections, "missing": missing_before_publishing(inquiry),
        "edition": queries.current_edition(inquiry), "leads": may(request.user, "inquiry.lead_team", inquiry),
        "findings": [(f, str(f.pk) in hidden_findings) for f in inquiry.findings.order_by("number")],
    })  # fmt: skip


@page("inquiry.work_in_team", writes=True, of=find.inquiry)
def section_add(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Add a section of prose."""
    form = forms.SectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.add_section(
            by=request.user, report=inquiry.report, heading=data["heading"], body=data["body"],
            after_findings=data["after_findings"],
        )  # fmt: skip
        return redirect("inquiry:report", inquiry.slug)
    return render(request, "inquiry/section.html", {"inquiry": inquiry, "form": form})


@page("inquiry.work_in_team", writes=True, of=find.section)
def section(request: HttpRequest, section: Section) -> HttpResponse:
    """Write a section; two who save at once both see both versions."""
    inquiry = section.report.inquiry
    if find.is_covered(request, inquiry, section=section.pk):
        return find.covered(request, inquiry)
    initial = {n: getattr(section, n) for n in ("heading", "body", "after_findings", "version")}
    if request.method == "POST" and request.POST.get("remove"):
        actions.remove_section(by=request.user, section=section)
        return redirect("inquiry:report", inquiry.slug)
    save = partial(actions.write_section, by=request.user, section=section)
    tried = try_to_save(request, forms.SectionForm, initial, save)
    if tried.is_saved:
        return redirect("inquiry:report", inquiry.slug)
    return render(request, "inquiry/section.html", {
        "inquiry": inquiry, "section": section, "form": tried.form, "theirs": tried.theirs,
        "yours": request.POST.get("body", ""),
    })  # fmt: skip


@page("inquiry.lead_team", writes=True, of=find.inquiry)
def publish(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Publish, or say plainly why not."""
    if request.method == "POST" and request.POST.get("take_down"):
        actions.unpublish_report(by=request.user, inquiry=inquiry)
        messages.success(request, _("Rapporten er tatt ned."))
    elif request.method == "POST":
        try:
            actions.publish_report(by=request.user, inquiry=inquiry)
        except NotYet as stop:
            messages.warning(request, " ".join(stop.missing))
        else:
            messages.success(request, _("Rapporten er publisert."))
            return redirect("inquiry:public-report", inquiry.slug)
    return redirect("inquiry:report", inquiry.slug)


@page("inquiry.see_public_report")
def reports(request: HttpRequest) -> HttpResponse:
    """Published reports, newest first."""
    shown = page_by_key(public_editions(), request, order="-published_at", size=20)
    return render(request, "inquiry/reports.html", {"rows": shown})


@page("inquiry.see_public_report", of=find.published)
def public_report(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The report as anyone may read it now."""
    shown = queries.edition_shown(edition)
    chart = None
    if any(count for _label, count in shown.bars):
        labels, counts = zip(*shown.bars, strict=True)
        chart = bars(_("Hva dialogen førte til"), labels, counts, value_header=_("Funn"))
    return render(request, "inquiry/public_report.html", {
        "inquiry": edition.inquiry, "report": shown, "chart": chart,
    })  # fmt: skip


@page("inquiry.see_public_report", of=find.published)
def public_pdf(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The PDF: the stored file when it is ready, else made now. Never one that shows more than the page."""
    name = f"{edition.inquiry.slug}.pdf"
    stored = StoredFile.objects.filter(pk=edition.pdf).first() if edition.pdf else None
    if stored is not None:
        try:
            return serve_file(stored, name)
        except FileMissing:
            pass
    response = HttpResponse(report_pdf(queries.edition_shown(edition)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response


@page("inquiry.see_inquiry", writes=True, of=find.inquiry)
def fetch_pdf(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """A member fetches the PDF by a button, and is told if it changes."""
    edition = queries.current_edition(inquiry)
    if edition is None:
        raise Http404
    if request.method == "POST":
        actions.note_pdf_fetch(by=request.user, edition=edition)
    return redirect("inquiry:public-pdf", inquiry.slug)


@page("inquiry.see_inquiry", of=find.inquiry)
def promises(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """The promises ledger: recommendations, answers, follow-up."""
    hidden = hidden_keys(inquiry, "recommendation")
    lines = [x for x in queries.promises_shown(inquiry) if str(x["recommendation"].pk) not in hidden]
    return render(request, "inquiry/promises.html", {
        "inquiry": inquiry, "lines": lines, "months": FOLLOW_UP_MONTHS,
        "may_answer": may(request.user, "inquiry.answer_promises", inquiry),
        "in_team": may(request.user, "inquiry.work_in_team", inquiry),
        "leads": may(request.user, "inquiry.lead_team", inquiry),
    })  # fmt: skip


@page("inquiry.work_in_team", writes=True, of=find.inquiry)
def recommend(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Write what ought to change, and who owns it."""
    owners = {o.pk: o for o in organisations_by_id({inquiry.commissioner_id, inquiry.service_id} - {None})}
    hidden = hidden_keys(inquiry, "finding")
    findings = {f.pk: f for f in inquiry.findings.order_by("number") if str(f.pk) not in hidden}
    form = forms.RecommendationForm(
        request.POST or None,
        owners=[(pk, o.name) for pk, o in owners.items()],
        findings=[(pk, f"{f.number}. {f.statement[:70]}") for pk, f in findings.items()],
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.recommend(
            by=request.user, inquiry=inquiry, text=data["text"], owner=owners[data["owner"]],
            finding=findings.get(data["finding"]),
        )  # fmt: skip
        return redirect("inquiry:promises", inquiry.slug)
    return render(request, "inquiry/recommend.html", {"inquiry": inquiry, "form": form})


@page("inquiry.lead_team", writes=True, of=find.recommendation)
def recommendation(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    """Write a recommendation anew; the service's answer stays."""
    initial = {"text": recommendation.text, "version": recommendation.version}
    save = partial(actions.change_recommendation, by=request.user, recommendation=recommendation)
    tried = try_to_save(request, forms.RecommendationTextForm, initial, save)
    if tried.is_saved:
        return redirect("inquiry:promises", recommendation.inquiry.slug)
    return render(request, "inquiry/recommend.html", {
        "inquiry": recommendation.inquiry, "form": tried.form, "theirs": tried.theirs, "yours": request.POST.get("text", ""),
    })  # fmt: skip


@page("inquiry.answer_promises", writes=True, of=find.recommendation)
def promise_answer(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    """The service answers a recommendation in public."""
    if find.is_covered(request, recommendation.inquiry, recommendation=recommendation.pk):
        return find.covered(request, recommendation.inquiry)
    initial = {n: getattr(recommendation, n) for n in ("answer", "answer_text", "due_on", "version")}

    def save(*, answer_text: str, **said: Any) -> None:
        actions.answer_recommendation(by=request.user, recommendation=recommendation, text=answer_text, **said)

    tried = try_to_save(request, forms.PromiseForm, initial, save)
    if tried.is_saved:
        messages.success(request, _("Svaret er lagret. Det er synlig for alle."))
        return redirect("inquiry:promises", recommendation.inquiry.slug)
    return render(request, "inquiry/promise_answer.html", {
        "inquiry": recommendation.inquiry, "recommendation": recommendation, "form": tried.form, "theirs": tried.theirs,
        "yours": request.POST.get("answer_text", ""),
    })  # fmt: skip


@page("inquiry.answer_promises", writes=True, of=find.recommendation)
def follow_up(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    """The service says what it has done, at 3, 6 or 12 months."""
    if find.is_covered(request, recommendation.inquiry, recommendation=recommendation.pk):
        return find.covered(request, recommendation.inquiry)
    month = request.GET.get("maned", "")
    if month not in {str(m) for m in FOLLOW_UP_MONTHS}:
        raise Http404
    said = recommendation.follow_ups.filter(month=month).first()
    initial = {"progress": said.progress, "text": said.text, "version": said.version} if said else {}
    save = partial(actions.follow_up, by=request.user, recommendation=recommendation, month=int(month))
    tried = try_to_save(request, forms.FollowUpForm, initial, save)
    if tried.is_saved:
        return redirect("inquiry:promises", recommendation.inquiry.slug)
    return render(request, "inquiry/follow_up.html", {
        "inquiry": recommendation.inquiry, "recommendation": recommendation, "form": tried.form, "month": month,
        "theirs": tried.theirs, "yours": request.POST.get("text", ""),
    })  # fmt: skip
