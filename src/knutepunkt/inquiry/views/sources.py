"""Pages of sources: upload, drafts with speakers and identifiers, reading, correcting, search, export."""

import csv
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knutepunkt.consent.actions import note_reading
from knutepunkt.inquiry.actions import sources as actions
from knutepunkt.inquiry.forms import work as forms
from knutepunkt.inquiry.models import Draft, Inquiry, Source, Turn
from knutepunkt.inquiry.queries import sources as queries
from knutepunkt.inquiry.queries.coding import coded_rows
from knutepunkt.inquiry.queries.frame import by_code
from knutepunkt.inquiry.views import finding_things as find
from knutepunkt.organisations.queries import known_place_names
from knutepunkt.web.access import may, page
from knutepunkt.web.documents import Omission, Reason, UnreadableDocument
from knutepunkt.web.fields import typed_again
from knutepunkt.web.files import FileMissing
from knutepunkt.web.paging import whole_number
from knutepunkt.web.pseudonyms import certainty_of_pass
from knutepunkt.web.search import search
from knutepunkt.web.speakers import propose_speakers

NO_LABEL = ""


@page("inquiry.work_in_team", writes=True, of=find.inquiry)
def sources(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """The sources, files on their way in, and a place to bring more."""
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        for file in form.cleaned_data["documents"]:
            actions.read_upload(
                by=request.user, inquiry=inquiry, name=file.name, stream=file,
                keep_original=form.cleaned_data["keep_original"],
            )  # fmt: skip
        return redirect("inquiry:sources", inquiry.slug)
    waiting = list(queries.drafts_in(inquiry)[:60])
    drafts = [
        {"draft": draft, "name": name, "problem": sentence_of(draft.problem)}
        for draft, name in zip(waiting, actions.draft_names(waiting), strict=True)
    ]
    rows = queries.sources_in(inquiry)[:200]
    return render(request, "inquiry/sources.html", {
        "inquiry": inquiry, "form": form, "drafts": drafts, "rows": rows,
    })  # fmt: skip


def sentence_of(problem: str) -> str:
    """What is wrong with a file, and what to do, in the reader's language."""
    return UnreadableDocument(Reason(problem)).sentence if problem else ""


@page("inquiry.work_in_team", writes=True, of=find.inquiry)
def type_in(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Type or paste a text."""
    form = forms.TypedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = actions.write_draft(
            by=request.user, inquiry=inquiry, name=_("Skrevet inn"), text=form.cleaned_data["text"]
        )
        return redirect("inquiry:draft", inquiry.slug, draft.pk)
    return render(request, "inquiry/type_in.html", {"inquiry": inquiry, "form": form})


@page("inquiry.work_in_team", writes=True, of=find.draft)
def draft(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Say who speaks, decide on each identifier, and store. Nothing is stored before this."""
    inquiry = draft.inquiry
    try:
        content = actions.open_draft(draft)
    except FileMissing:
        messages.warning(request, _("Utkastet finnes ikke lenger."))
        return redirect("inquiry:sources", inquiry.slug)
    proposal = propose_speakers(content.text)
    form = _draft_form(request, inquiry, proposal)
    is_checked = request.method == "POST" and form.is_valid()
    labels = [label.name for label in proposal.labels] or [NO_LABEL]
    speakers = _speakers(form, labels, inquiry) if is_checked else dict.fromkeys(labels, "")
    places, extra = known_place_names(), form.extra_words() if is_checked else []
    if is_checked and request.POST.get("store"):
        source = actions.store_source(
            by=request.user, draft=draft, speakers=speakers, kept=request.POST.getlist("keep"), extra=extra,
            places=places, meeting=inquiry.meetings.filter(pk=form.cleaned_data["meeting"]).first(),
            keep_original=form.cleaned_data["keep_original"],
        )  # fmt: skip
        messages.success(request, _("%(code)s er lagret. Filen er slettet herfra.") % {"code": source.code})
        return redirect("inquiry:source", inquiry.slug, source.code)
    prepared = actions.prepare_draft(draft, labels=list(speakers), extra=extra, places=places)
    kept = set(request.POST.getlist("keep"))
    return render(request, "inquiry/draft.html", {
        "inquiry": inquiry, "draft": draft, "form": form, "content": content,
        "groups": _groups_shown(prepared, kept), "certainty": certainty_of_pass(prepared.groups),
        "dropped": [Omission(value).sentence for value in content.dropped],
        "beginning": prepared.replaced(kept).text[:3000], "turns": len(prepared.split.turns),
    })  # fmt: skip


def _draft_form(request: HttpRequest, inquiry: Inquiry, proposal: Any) -> forms.DraftForm:
    meetings = [(m.pk, m.label) for m in inquiry.meetings.order_by("pk")]
    people = [(f"p:{p.pk}", p.code) for p in by_code(inquiry.participants.filter(left_at=None))]
    speakers = [("new", _("en ny deltaker")), (actions.INTERVIEWER, _("intervjuer")), *people]
    labels = [(label.name, " … ".join(label.examples[:2])[:160]) for label in proposal.labels]
    labels = labels or [(NO_LABEL, _("Vi fant ingen navn først på linjene. Da er alt én persons ord."))]
    initial = {
        f"speaker_{n}": actions.INTERVIEWER if label.is_interviewer else "new"
        for n, label in enumerate(proposal.labels)
    } or {"speaker_0": "new"}
    return forms.DraftForm(
        request.POST or None, meetings=meetings, labels=labels, speakers=speakers, initial=initial
    )


def _speakers(form: forms.DraftForm, labels: list[str], inquiry: Inquiry) -> dict[str, Any]:
    """For each label a participant, `interviewer`, or `new` for one who gets a code when it is stored."""
    chosen = {label: form.cleaned_data[f"speaker_{n}"] for n, label in enumerate(labels)}
    by_key = {f"p:{p.pk}": p for p in inquiry.participants.all()}
    return {label: by_key.get(value, value) for label, value in chosen.items()}


def _groups_shown(prepared: Any, kept: set[str]) -> list[dict[str, Any]]:
    """Each identity in context, with what it becomes; a hundred at a time is enough for one look."""
    text = prepared.split.clean_text
    shown = []
    for one in prepared.groups[:300]:
        first = one.occurrences[0]
        before = text[max(0, first.start - 50) : first.start]
        shown.append({
            "key": one.key, "kind": one.kind.label, "label": one.label, "count": len(one.occurrences),
            "becomes": prepared.placeholders[one.key], "before": before, "words": first.text,
            "after": text[first.end : first.end + 50], "is_kept": one.key in kept,
            "is_sure": one.certainty >= 0.8, "why": first.why.sentence,  # noqa: PLR2004 (as in certainty)
        })  # fmt: skip
    return shown


@page("inquiry.work_in_team", writes=True, of=find.draft)
def draft_discard(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Throw a draft away."""
    if request.method == "POST":
        actions.discard_draft(by=request.user, draft=draft)
        messages.success(request, _("Filen er slettet."))
    return redirect("inquiry:sources", draft.inquiry.slug)


@page("inquiry.work_in_team", of=find.source)
def source(request: HttpRequest, source: Source) -> HttpResponse:
    """A source turn by turn, to read and correct."""
    start = max(whole_number(request.GET.get("fra", "")), 1)
    size = 200
    turns = list(source.turns.filter(number__gte=start).order_by("number")[: size + 1])
    hidden = queries.hidden_keys(source.inquiry_id, "turn")
    lines = [
        {"turn": t, "words": "" if str(t.pk) in hidden else source.text[t.start : t.end],
         "is_hidden": str(t.pk) in hidden}
        for t in turns[:size]
    ]  # fmt: skip
    next_url = f"?fra={turns[size].number}" if len(turns) > size else ""
    previous_url = f"?fra={max(start - size, 1)}" if start > 1 else ""
    return render(request, "inquiry/source.html", {
        "inquiry": source.inquiry, "source": source, "lines": lines,
        "next_url": next_url, "previous_url": previous_url,
    })  # fmt: skip


@page("inquiry.work_in_team", writes=True, of=find.turn)
def turn(request: HttpRequest, turn: Turn) -> HttpResponse:
    """Correct the words of a turn; what is coded follows."""
    source = turn.source
    leads = may(request.user, "inquiry.lead_team", source)
    if not leads and str(turn.pk) in queries.hidden_keys(source.inquiry, "turn"):
        return render(request, "inquiry/covered.html", {"inquiry": source.inquiry})
    words = source.text[turn.start : turn.end]
    form = forms.TurnForm(request.POST or None, initial={"text": words, "version": source.version})
    if request.method == "POST" and form.is_valid():
        try:
            lost = actions.correct_turn(
                by=request.user, turn=turn, text=form.cleaned_data["text"], version=form.cleaned_data["version"]
            )
        except actions.TextChanged:
            form = typed_again(form, Source.objects.get(pk=source.pk).version)
            form.add_error(None, _("Noen andre rettet teksten mens du skrev. Se over, og lagre igjen."))
        else:
            _tell_lost(request, lost)
            back = reverse("inquiry:source", args=[source.inquiry.slug, source.code])
            return redirect(f"{back}?fra={max(turn.number - 3, 1)}#t{turn.number}")
    return render(request, "inquiry/turn.html", {
        "inquiry": source.inquiry, "source": source, "turn": turn, "form": form, "saved": words,
    })  # fmt: skip


def _tell_lost(request: HttpRequest, lost: int) -> None:
    if not lost:
        messages.success(request, _("Teksten er rettet. Det dere har markert, har fulgt med."))
        return
    messages.warning(request, ngettext(
        "Teksten er rettet. %(n)s markering mistet alle ordene sine og er borte.",
        "Teksten er rettet. %(n)s markeringer mistet alle ordene sine og er borte.", lost,
    ) % {"n": lost})  # fmt: skip


@page("inquiry.work_in_team", of=find.source)
def pseudonyms(request: HttpRequest, source: Source) -> HttpResponse:
    """What stands behind the placeholders, until the key is destroyed. Each look is logged for those it is about."""
    for participant_id in set(source.turns.exclude(participant=None).values_list("participant_id", flat=True)):
        note_reading(by=request.user, about=f"inquiry.participant:{participant_id}", what="pseudonyms-opened")
    rows = [(placeholder, ", ".join(stood["words"])) for placeholder, stood in actions.open_pseudonyms(source).items()]
    return render(request, "inquiry/pseudonyms.html", {"inquiry": source.inquiry, "source": source, "rows": rows})


@page("inquiry.lead_team", writes=True, of=find.source)
def pseudonyms_destroy(request: HttpRequest, source: Source) -> HttpResponse:
    """Destroy the key to the placeholders, for good."""
    if request.method == "POST":
        actions.destroy_pseudonyms(by=request.user, source=source)
        messages.success(request, _("Nøkkelen er ødelagt. Ingen kan lenger se hvem det var."))
    return redirect("inquiry:source", source.inquiry.slug, source.code)


@page("inquiry.work_in_team", of=find.inquiry)
def search_sources(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """Search in all sources of the inquiry, and nowhere else."""
    form = forms.SearchForm(request.GET or None)
    query = request.GET.get("q", "")[:120]
    after = min(whole_number(request.GET.get("fra", "")), 2000)
    hits = search(query, audiences=[inquiry.key], kinds=["inquiry.turn"], after=after, limit=21) if query else []
    return render(request, "inquiry/search.html", {
        "inquiry": inquiry, "form": form, "query": query, "hits": hits[:20],
        "next_from": after + 20 if len(hits) > 20 else 0,  # noqa: PLR2004 (a page)
    })  # fmt: skip


@page("inquiry.work_in_team", of=find.inquiry)
def passages_csv(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """All passages as CSV, for the team's own machine; kept in no cache."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{inquiry.slug}-passasjer.csv"'
    response["Cache-Control"] = "no-store, private"
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow([_("kilde"), _("fra"), _("til"), _("deltakere"), _("koder"), _("ord")])
    writer.writerows(coded_rows(inquiry))
    return response
