"""The pages of one who is shared with: who shares with me, and what they want to talk about. Nothing else."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from knutepunkt.consent.actions import note_reading
from knutepunkt.journey.actions import sharing
from knutepunkt.journey.choices import LINK, PROMPTS, Part
from knutepunkt.journey.forms import sharing as forms
from knutepunkt.journey.methods.contents import WORDS
from knutepunkt.journey.models import Share
from knutepunkt.journey.queries.shared import (
    Seen,
    pattern_of,
    seen_through,
    share_by_key,
    share_to,
    sharing_with,
)
from knutepunkt.journey.views.seeing import facts_of, newest_first
from knutepunkt.journey.views.sharing import talk_page
from knutepunkt.themes.queries import current_helplines
from knutepunkt.web.access import page
from knutepunkt.web.holding import hold, let_go, subject_held
from knutepunkt.web.papercodes import CodeRefused, redeem_code
from knutepunkt.web.sealing import KeyGone
from knutepunkt.web.throttle import TooManyTries, client_of


def _seen(share: Share | None) -> Seen:
    if share is None:
        raise Http404
    try:
        return seen_through(share)
    except KeyGone as gone:
        raise Http404 from gone


def taken(request: HttpRequest, share_id: UUID, **_values: Any) -> Seen:
    """What one sees through a share one has taken."""
    return _seen(share_to(request.user, share_id))


def held(request: HttpRequest) -> Seen | HttpResponse:
    """What the holder of a link sees, or the page where the code is typed."""
    key = subject_held(request, LINK)
    share = share_by_key(key) if key else None
    return _seen(share) if share else redirect("journey:link")


@page("journey.see_shared_with_me")
def helping(request: HttpRequest) -> HttpResponse:
    """Those who share with me, and what they want to talk about next."""
    rows = sharing_with(request.user)
    return render(request, "journey/helping.html", {"rows": rows, "pattern": pattern_of(rows)})


@page("journey.see_shared", writes=True, of=taken)
def shared(request: HttpRequest, seen: Seen) -> HttpResponse:
    """What somebody shares with me, and a place to suggest."""
    share = seen.share
    is_view = "view" in request.POST
    form = forms.SuggestForm(None if is_view else request.POST or None)
    if is_view:
        _say_how_i_see_it(request, seen)
        return redirect("journey:shared", share.pk)
    if request.method == "POST" and Part.GOALS in share.parts and form.is_valid():
        sharing.suggest(by=request.user, share=share, kind="goal", content=form.cleaned_data)
        messages.success(request, _("Forslaget er sendt. Personen bestemmer om det blir et mål."))
        return redirect("journey:shared", share.pk)
    _note_reading(request.user, share)
    return render(request, "journey/shared.html", {
        **facts_of(request, seen), "share": share, "form": form if Part.GOALS in share.parts else None,
        "talks": newest_first(seen.of("talk")), "has_talks": Part.TALKS in share.parts,
    })  # fmt: skip


def _say_how_i_see_it(request: HttpRequest, seen: Seen) -> None:
    """Write beside a goal how one sees it; what the person says stays as it is."""
    goal = next((g for g in seen.of("goal") if str(g.id) == request.POST.get("goal")), None)
    text = request.POST.get("view", "").strip()[:WORDS]
    if goal is not None and text:
        sharing.add_view(by=request.user, share=seen.share, goal=goal, text=text)
        messages.success(request, _("Det står nå ved siden av målet. Begge syn får stå."))


def _note_reading(by: Any, share: Share) -> None:
    note_reading(by=by, about=f"people.person:{share.person_id}", what="journey", share=str(share.pk), parts=share.parts)


@page("journey.see_shared", writes=True, of=taken)
def promise(request: HttpRequest, seen: Seen) -> HttpResponse:
    """What the coach promises."""
    known = next(iter(seen.of("pact")), None)
    form = forms.PromiseForm(request.POST or None, initial=known.content if known else {})
    if Part.TALKS not in seen.share.parts:
        raise Http404
    if request.method == "POST" and form.is_valid():
        sharing.write_pact(share=seen.share, known=known, content=form.cleaned_data)
        return redirect("journey:shared", seen.share.pk)
    return render(request, "journey/promise.html", {"form": form, "pact": known, "share": seen.share})


@page("journey.see_shared", writes=True, of=taken)
def talk_begin(request: HttpRequest, seen: Seen) -> HttpResponse:
    """Plan a talk from the helper's side."""
    if Part.TALKS not in seen.share.parts:
        raise Http404
    form = forms.AgendaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        agenda = [{"by": request.user.chosen_name, "text": form.cleaned_data["text"]}]  # type: ignore[union-attr]
        note = sharing.begin_talk(
            side="helper", share=seen.share, content={"agenda": agenda, "on": on.isoformat() if on else ""}
        )
        return redirect("journey:helper-talk", seen.share.pk, note.pk)
    return render(request, "journey/talk_new.html", {
        "form": form, "is_helper": True, "share": seen.share, "helplines": current_helplines()[:2],
    })  # fmt: skip


def taken_talk(request: HttpRequest, share_id: UUID, note_id: UUID) -> Seen:
    """A talk within what one sees."""
    seen = taken(request, share_id)
    found = next((t for t in seen.of("talk") if t.id == note_id), None)
    if found is None:
        raise Http404
    object.__setattr__(seen, "talk", found)
    return seen


@page("journey.see_shared", writes=True, of=taken_talk)
def talk(request: HttpRequest, seen: Any) -> HttpResponse:
    """One talk, from the helper's side."""
    share, note = seen.share, seen.talk
    names = (share.person.chosen_name, request.user.chosen_name)  # type: ignore[union-attr]
    steps = [s for s in seen.of("step") if s.content["talk"] == str(note.id)]
    if request.method == "POST" and request.POST.get("step"):
        own = next((s for s in steps if str(s.id) == request.POST["step"] and s.content["by"] == names[1]), None)
        if own is not None:
            sharing.finish_step(share=share, step=own)
        return redirect("journey:helper-talk", share.pk, note.id)
    facts = talk_page(request, note, share, side="helper", names=names)
    if isinstance(facts, HttpResponse):
        return facts
    _note_reading(request.user, share)
    return render(request, "journey/talk.html", {**facts, "steps": steps, "prompts": PROMPTS, "is_person": False})


@page("journey.hold_link", writes=True)
def link(request: HttpRequest) -> HttpResponse:
    """Type the code of a link. Wrong, ended and unknown codes get one and the same answer."""
    form = forms.CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = redeem_code(kind=LINK, typed=form.cleaned_data["code"], client=client_of(request))
        except CodeRefused:
            form.add_error("code", _("Koden virker ikke. Den kan være skrevet feil, eller delingen er over."))
        except TooManyTries as stop:
            form.add_error("code", _("Det er prøvd for mange ganger. Vent %(n)s minutter.") % {"n": stop.seconds // 60 + 1})
        else:
            hold(request, row)
            return redirect("journey:linked")
    return render(request, "journey/link_code.html", {"form": form})


@page("journey.hold_link", writes=True, of=held)
def linked(request: HttpRequest, seen: Seen) -> HttpResponse:
    """What the link shows; somebody signed in can tie it to their account."""
    share = seen.share
    if request.method == "POST" and request.POST.get("take") and request.user.is_authenticated:
        try:
            sharing.take_share(by=request.user, share=share)
        except sharing.NotYours:
            messages.warning(request, _("Denne delingen kan ikke knyttes til kontoen din."))
            return redirect("journey:linked")
        let_go(request, LINK)
        messages.success(request, _("Delingen ligger nå hos deg, under «De som deler med meg»."))
        return redirect("journey:shared", share.pk)
    _note_reading("link", share)
    return render(request, "journey/shared.html", {
        **facts_of(request, seen), "share": share, "is_link": True, "has_talks": False,
    })  # fmt: skip
