"""The person's pages of sharing: who sees what, who has looked, talks, wishes and the signal."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from knutepunkt.consent.queries import readings_of
from knutepunkt.journey.actions import keeping, sharing
from knutepunkt.journey.choices import FELT, LINK, Part
from knutepunkt.journey.forms import sharing as forms
from knutepunkt.journey.forms.notes import WishForm
from knutepunkt.journey.models import Share
from knutepunkt.journey.queries.own import Opened, shares_of
from knutepunkt.journey.queries.shared import is_open_now, names_of, seen_through
from knutepunkt.journey.views import finding as find
from knutepunkt.journey.views.own import change_step
from knutepunkt.journey.views.seeing import MANY, facts_of, newest_first
from knutepunkt.people.queries import StillShut, open_own_words
from knutepunkt.themes.queries import current_helplines
from knutepunkt.web.access import page
from knutepunkt.web.papercodes import on_paper

LINES, FEW = 30, 5


def own_share(request: HttpRequest, share_id: UUID) -> Share | HttpResponse:
    """One of the person's own shares that has not ended."""
    try:
        open_own_words(request.user)  # type: ignore[arg-type]
    except StillShut:
        return redirect("people:reopen")
    return get_object_or_404(Share.objects.select_related("helper"), pk=share_id, person=request.user, ended_on=None)


@page("journey.have_own", of=find.journey("signal"))
def shares(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """Who sees what, and who has opened it."""
    lines = readings_of(f"people.person:{request.user.pk}").filter(what="journey")[:LINES]
    by_helper = {str(share.helper_id): share for share in journey.shares if share.helper_id}
    by_key = {str(share.pk): share for share in journey.shares}
    return render(request, "journey/shares.html", {
        "journey": journey, "rows": _rows(journey), "parts": dict(Part.choices),
        "lines": [(line, by_helper.get(line.reader) or by_key.get(str(line.facts.get("share", "")))) for line in lines],
    })  # fmt: skip


def _rows(journey: find.Journey) -> list[dict[str, Any]]:
    names = names_of(journey.shares, journey.person)
    labels = dict(Part.choices)
    return [{"share": s, "name": names[s.pk], "parts": [labels[p] for p in s.parts]} for s in journey.shares]


@page("journey.have_own", writes=True, of=find.journey())
def share_new(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """Share parts with somebody; answers once with the link on paper."""
    form = forms.ShareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _share, printed = sharing.share_parts(by=request.user, **form.cleaned_data)
        return render(request, "journey/link.html", {
            "name": form.cleaned_data["name"], "until": form.cleaned_data["until_on"], **on_paper(LINK, printed),
        })  # fmt: skip
    return render(request, "journey/share_new.html", {"journey": journey, "form": form})


@page("journey.change_share", writes=True, of=own_share)
def share(request: HttpRequest, share: Share) -> HttpResponse:
    """What this one sees, and a way to narrow, renew, rest or end it at once."""
    act = request.POST.get("act", "")
    form = forms.PartsForm(request.POST if act == "change" else None, initial={"parts": share.parts, "until_on": share.until_on})
    if request.method == "POST" and act == "end":
        sharing.end_share(by=request.user, share=share)
        messages.success(request, _("Delingen er stoppet. Personen ser ikke noe mer."))
        return redirect("journey:shares")
    if request.method == "POST" and act in {"rest", "wake"}:
        sharing.rest_share(by=request.user, share=share, rests=act == "rest")
        return redirect("journey:share", share.pk)
    if request.method == "POST" and act == "link" and share.helper_id is None:
        printed = sharing.new_link(by=request.user, share=share)
        return render(request, "journey/link.html", {"until": share.until_on, **on_paper(LINK, printed)})
    if request.method == "POST" and act == "change" and form.is_valid():
        sharing.change_share(by=request.user, share=share, **form.cleaned_data)
        messages.success(request, _("Det er lagret."))
        return redirect("journey:share", share.pk)
    share.person = request.user  # type: ignore[assignment]
    return render(request, "journey/share.html", {
        "share": share, "name": names_of([share], request.user)[share.pk], "form": form,
        **facts_of(request, seen_through(share)),
    })  # fmt: skip


@page("journey.have_own", of=find.journey("talk", "pact", "meeting-note", "step"))
def talks(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """Talks with those one shares talks with: the agreement, what to talk about, and how it was felt."""
    names = names_of(journey.shares, request.user)
    rows: list[dict[str, Any]] = []
    for share in journey.shares:
        if Part.TALKS in share.parts:
            own = newest_first(t for t in journey.of("talk") if t.content["share"] == str(share.pk))
            pact = next((p for p in journey.of("pact") if p.content["share"] == str(share.pk)), None)
            rows.append({"share": share, "name": names[share.pk], "talks": own, "pact": pact})
    listed = {talk.id for row in rows for talk in row["talks"]}
    earlier = newest_first(t for t in journey.of("talk") if t.id not in listed)
    return render(request, "journey/talks.html", {
        "journey": journey, "rows": rows, "felt": _felt(journey), "earlier": earlier[:MANY],
    })  # fmt: skip


def _felt(journey: find.Journey) -> list[tuple[Any, list[str]]]:
    """Each question with the places between its two ends over time, in words, for the person alone."""
    notes, found = journey.of("meeting-note"), []
    for key, (question, less, more) in FELT.items():
        words = {"less": less, "more": more}
        told = [_("%(place)s av 5, fra %(less)s til %(more)s") % {"place": n.content["marks"][key], **words}
                for n in notes if key in n.content["marks"]]  # fmt: skip
        if told:
            found.append((question, told[-FEW:]))
    return found


@page("journey.change_share", writes=True, of=own_share)
def pact(request: HttpRequest, share: Share) -> HttpResponse:
    """What I want from my coach."""
    found = find.journey("pact")(request)
    if isinstance(found, HttpResponse):
        return found
    known = next((p for p in found.of("pact") if p.content["share"] == str(share.pk)), None)
    share.person = request.user  # type: ignore[assignment]
    form = forms.PactForm(request.POST or None, initial=known.content if known else {})
    if request.method == "POST" and form.is_valid():
        sharing.write_pact(share=share, known=known, content=form.cleaned_data)
        return redirect("journey:talks")
    return render(request, "journey/pact.html", {"form": form, "pact": known, "share": share})


@page("journey.change_share", writes=True, of=own_share)
def talk_new(request: HttpRequest, share: Share) -> HttpResponse:
    """My agenda first."""
    share.person = request.user  # type: ignore[assignment]
    form = forms.AgendaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agenda = [{"by": request.user.chosen_name, "text": form.cleaned_data["text"]}]  # type: ignore[union-attr]
        on = form.cleaned_data["on"]
        note = sharing.begin_talk(
            side="person", share=share, content={"agenda": agenda, "on": on.isoformat() if on else ""}
        )
        return redirect("journey:talk", note.pk)
    return render(request, "journey/talk_new.html", {"form": form, "helplines": current_helplines()[:2]})


@page("journey.change_own", writes=True, of=find.note_within("talk", "step", "meeting-note"))
def talk(request: HttpRequest, note: Opened) -> HttpResponse:
    """One talk, from the person's side."""
    person = note.note.person
    found: find.Journey = note.journey
    share = next((s for s in found.shares if str(s.pk) == note.content["share"]), None)
    if share is None:
        share = Share.objects.select_related("helper").filter(pk=note.content["share"], person=person).first()
    if share is None:
        raise Http404
    share.person = person
    steps = [s for s in found.of("step") if s.content["talk"] == str(note.id)]
    if request.method == "POST" and request.POST.get("step"):
        change_step(request, steps, request.POST.get("act", ""))
        return redirect("journey:talk", note.id)
    other = share.helper.chosen_name if share.helper else names_of([share], person)[share.pk]
    facts = talk_page(request, note, share, side="person", names=(person.chosen_name, other))
    if isinstance(facts, HttpResponse):
        return facts
    felt = next((n for n in found.of("meeting-note") if n.content["talk"] == str(note.id)), None)
    return render(request, "journey/talk.html", {**facts, "steps": steps, "felt": felt, "is_person": True})


def talk_page(request: HttpRequest, note: Opened, share: Share, *, side: str, names: tuple[str, str]) -> Any:
    """What both sides can do in a talk: add to the agenda, write notes together, approve, set next steps.

    Returns:
        The page's facts, or the answer when something was done.
    """
    act, content, here = request.POST.get("act", ""), dict(note.content), request.path
    me = names[0] if side == "person" else names[1]
    agenda = forms.AgendaForm(request.POST if act == "agenda" else None)
    agenda.fields.pop("on")
    together = forms.NotesForm(request.POST if act == "notes" else None, initial={"notes": content["notes"], "version": note.version})
    whose = [("person", names[0]), ("helper", names[1])]
    step = forms.NextStepForm(request.POST if act == "step" else None, names=whose)
    theirs = None
    try:
        if act == "agenda" and agenda.is_valid():
            content["agenda"] = [*content["agenda"], {"by": me, "text": agenda.cleaned_data["text"]}]
            sharing.write_in_talk(side=side, share=share, note=note.note, content=content, version=None)
            return redirect(here)
        if act == "notes" and together.is_valid():
            content.update(notes=together.cleaned_data["notes"], notes_by=side, approved=[side])
            sharing.write_in_talk(side=side, share=share, note=note.note, content=content, version=together.cleaned_data["version"])
            return redirect(here)
        if act == "approve":
            content["approved"] = sorted({*content["approved"], side})
            sharing.write_in_talk(side=side, share=share, note=note.note, content=content, version=note.version)
            return redirect(here)
        if act == "step" and step.is_valid():
            by_name = dict(whose)[step.cleaned_data["who"]]
            sharing.add_step(
                share=share, by_name=by_name, text=step.cleaned_data["text"], talk=note.id,
                is_by_helper=side == "helper" and step.cleaned_data["who"] == "person",
            )  # fmt: skip
            return redirect(here)
    except keeping.ChangedElsewhere as other:
        theirs = other.now
        together = forms.NotesForm({"notes": request.POST.get("notes", ""), "version": str(other.version)})
    return {
        "note": note, "share": share, "agenda_form": agenda, "notes_form": together, "step_form": step, "theirs": theirs,
        "yours": request.POST.get("notes", ""), "side": side, "names": names, "helplines": current_helplines()[:2],
        "both": set(content["approved"]) == {"person", "helper"}, "have_approved": side in content["approved"],
    }  # fmt: skip


@page("journey.change_own", writes=True, of=find.note("talk"))
def felt(request: HttpRequest, note: Opened) -> HttpResponse:
    """How was this for me? The person sees it first, and decides whether the helper does."""
    form = forms.FeltForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keeping.keep_note(by=request.user, kind="meeting-note", content={
            "talk": str(note.id), "marks": form.marks(), "words": form.cleaned_data["words"]})  # fmt: skip
        messages.success(request, _("Takk. Bare du ser dette."))
        return redirect("journey:talk", note.id)
    return render(request, "journey/felt.html", {"form": form, "note": note})


@page("journey.change_own", writes=True, of=find.note("meeting-note"))
def felt_shown(request: HttpRequest, note: Opened) -> HttpResponse:
    """Let the helper's pattern count this answer, or no more."""
    if request.method == "POST":
        shown = {**note.content, "shown": request.POST.get("shown") == "1"}
        keeping.change_note(by=request.user, note=note.note, content=shown)
    return redirect("journey:talk", note.content["talk"])


@page("journey.have_own", of=find.journey("wish", "signal"))
def signal(request: HttpRequest, journey: find.Journey) -> HttpResponse:
    """My advance wishes, and the signal that opens them."""
    names = names_of(journey.shares, request.user)
    wishes = [(w, [names[s.pk] for s in journey.shares if str(s.pk) in w.content["circle"]]) for w in journey.of("wish")]
    opened = journey.only("signal")
    return render(request, "journey/signal.html", {
        "journey": journey, "wishes": wishes, "form": forms.SignalForm(), "is_open": bool(opened and is_open_now(opened)),
        "opened": opened,
    })  # fmt: skip


@page("journey.have_own", writes=True, of=find.journey())
def signal_give(request: HttpRequest, _journey: find.Journey) -> HttpResponse:
    """Open the wishes for their circles, or close them."""
    form = forms.SignalForm(request.POST or None)
    if request.method == "POST" and request.POST.get("close"):
        sharing.close_signal(by=request.user)
        messages.success(request, _("Signalet er lukket."))
    elif request.method == "POST" and form.is_valid():
        sharing.give_signal(by=request.user, hours=form.cleaned_data["hours"])
        messages.success(request, _("Signalet er gitt. Det lukker seg av seg selv."))
    return redirect("journey:signal")


def _circle(request: HttpRequest) -> list[tuple[str, str]]:
    standing = shares_of(request.user)
    names = names_of(standing, request.user)
    return [(str(s.pk), names[s.pk]) for s in standing]


@page("journey.have_own", writes=True, of=find.journey())
def wish_new(request: HttpRequest, _journey: find.Journey) -> HttpResponse:
    """Write an advance wish, and choose who sees it when the signal is given."""
    form = WishForm(request.POST or None, circle=_circle(request))
    if request.method == "POST" and form.is_valid():
        keeping.keep_note(by=request.user, kind="wish", content=form.content())
        return redirect("journey:signal")
    return render(request, "journey/wish.html", {"form": form})


@page("journey.change_own", writes=True, of=find.note("wish"))
def wish(request: HttpRequest, note: Opened) -> HttpResponse:
    """Change or remove an advance wish."""
    if request.method == "POST" and request.POST.get("remove"):
        keeping.remove_note(by=request.user, note=note.note)
        return redirect("journey:signal")
    form = WishForm(request.POST or None, circle=_circle(request), known=note.content, number=note.version)
    if request.method == "POST" and form.is_valid():
        keeping.change_note(by=request.user, note=note.note, content=form.content())
        return redirect("journey:signal")
    return render(request, "journey/wish.html", {"form": form, "note": note})
