"""Proposals: the list, a new one, one of them, and what those who speak may do with it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from knutepunkt.meetingplace.actions import moderation
from knutepunkt.meetingplace.actions import proposals as actions
from knutepunkt.meetingplace.choices.voice import CARD, SEAT, SLIP, Ground, State, VoteState
from knutepunkt.meetingplace.forms import proposals as forms
from knutepunkt.meetingplace.queries import voice as queries
from knutepunkt.meetingplace.queries.votes import seat_by_key
from knutepunkt.meetingplace.views import speaking as find
from knutepunkt.web.access import may, page
from knutepunkt.web.files import FileMissing, FileRefused, serve_file
from knutepunkt.web.paging import page_by_key
from knutepunkt.web.papercodes import CodeRefused, living_code, on_paper, redeem_code
from knutepunkt.web.threshold import is_shown
from knutepunkt.web.throttle import TooManyTries, client_of


def refused(fault: FileRefused) -> tuple[str, str]:
    """The field a file stands in, and what is wrong with it."""
    words = {
        "too-large": _("Filen er for stor. Prøv med en som er kortere eller mindre."),
        "not-a-picture": _("Vi kan ikke lese dette som et bilde. Prøv JPEG, PNG eller WebP."),
        "not-a-sound": _("Vi kan ikke lese dette som lyd. Prøv MP3, WAV, M4A eller OGG."),
    }
    return ("sound" if fault.reason == "not-a-sound" else "picture"), words[fault.reason]


def with_counts(rows: Any) -> Any:
    """Say how many are for each, as a number where it may be shown."""
    for row in rows:
        row.many = row.supporters if is_shown(row.supporters) else None
    return rows


@page("meetingplace.see_voice", of=find.here)
def proposals(request: HttpRequest, at: queries.At) -> HttpResponse:
    """Everything that has been proposed, newest first, perhaps in one state."""
    rows = queries.proposals_visible_to(request.user, at.centre)
    if (state := request.GET.get("hvor", "")) in State.values:
        rows = rows.filter(state=state)
    shown = page_by_key(queries.with_support(rows), request, order="-pk", size=20)
    return render(request, "meetingplace/proposals.html", {
        "at": at, "centre": at.centre, "rows": shown, "list": with_counts(shown.rows), "state": state, "states": State.choices,
        "may_run": may(request.user, "meetingplace.answer_voice", at),
    })  # fmt: skip


@page("meetingplace.speak", writes=True, of=find.speaking)
def propose(request: HttpRequest, at: queries.At) -> HttpResponse:
    """A new proposal: first a few words, then like ones are shown, then the whole form."""
    assert at.speaker is not None  # noqa: S101 (asked by the rule)
    guest = not request.user.is_authenticated
    is_first = request.method != "POST"
    context: dict[str, Any] = {"at": at, "centre": at.centre, "guest": guest}
    if is_first or request.POST.get("act") == "look":
        first = forms.FirstWordsForm(request.POST or None)
        if is_first or not first.is_valid():
            return render(request, "meetingplace/propose_first.html", {**context, "form": first})
        title = first.cleaned_data["title"]
        form = forms.ProposalForm(guest=guest, initial={"title": title, "author_name": at.speaker.name})
        return render(request, "meetingplace/propose.html", {**context, "form": form, "alike": queries.alike(at.centre, title)})
    form = forms.ProposalForm(request.POST, request.FILES, guest=guest)
    if form.is_valid() and _was_kept(request, at, form):
        return redirect("meetingplace:proposals-own", at.centre.organisation.slug)
    words = f"{request.POST.get('title', '')} {request.POST.get('text', '')}"
    return render(request, "meetingplace/propose.html", {**context, "form": form, "alike": queries.alike(at.centre, words)})


def _was_kept(request: HttpRequest, at: queries.At, form: forms.ProposalForm) -> bool:
    assert at.speaker is not None  # noqa: S101 (asked by the rule)
    if stop := find.throttled(request, "propose", limit=12, speaker=at.speaker):
        form.add_error(None, stop)
        return False
    data: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if name not in {"mark", "website", "picture", "sound"}}
    for name in ("picture", "sound"):
        data[name] = form.cleaned_data[name].read() if form.cleaned_data[name] else b""
    try:
        actions.make_proposal(by=at.speaker, centre=at.centre, **data)
    except FileRefused as fault:
        form.add_error(*refused(fault))
        return False
    messages.success(request, _("Takk. Forslaget er kommet inn. Her ser du hva som skjer med det."))
    return True


@page("meetingplace.answer_voice", writes=True, of=find.here)
def type_in_slip(request: HttpRequest, at: queries.At) -> HttpResponse:
    """A host types in a slip from the box, and gets a receipt for whoever wrote it."""
    form = forms.SlipForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        data["picture"] = data["picture"].read() if data["picture"] else b""
        try:
            made = actions.type_in_slip(by=request.user, centre=at.centre, **data)
        except FileRefused as fault:
            form.add_error(*refused(fault))
        else:
            code = actions.issue_slip(by=request.user, proposal=made)
            return render(request, "meetingplace/slip.html", {"centre": at.centre, "proposal": made, **on_paper(SLIP, code)})
    return render(request, "meetingplace/slip_form.html", {"centre": at.centre, "form": form})


@page("meetingplace.answer_voice", writes=True, of=find.here)
def cards(request: HttpRequest, at: queries.At) -> HttpResponse:
    """Cards for those without an account: hand out, renew, end."""
    form = forms.CardForm(request.POST if request.POST.get("act") == "give" else None)
    if request.method == "POST":
        act, number = request.POST.get("act", ""), request.POST.get("card", "")
        if act == "give" and form.is_valid():
            card, code = actions.hand_out_card(by=request.user, centre=at.centre, **form.cleaned_data)
            return render(request, "meetingplace/card.html", {"centre": at.centre, "card": card, **on_paper(CARD, code)})
        if act in {"renew", "end"}:
            held = queries.cards_of(at.centre).select_related("centre").filter(pk=int(number) if number.isdecimal() else 0).first()
            if held is None:
                raise Http404
            if act == "renew":
                code = actions.renew_card(by=request.user, card=held)
                return render(request, "meetingplace/card.html", {"centre": at.centre, "card": held, **on_paper(CARD, code)})
            actions.end_card(by=request.user, card=held)
            messages.success(request, _("Kortet virker ikke lenger."))
            return redirect("meetingplace:voice-cards", at.centre.organisation.slug)
    rows = page_by_key(queries.cards_of(at.centre), request, order="-pk", size=50)
    return render(request, "meetingplace/cards.html", {"centre": at.centre, "form": form, "rows": rows})


@page("meetingplace.see_voice", writes=True)
def code(request: HttpRequest) -> HttpResponse:
    """Types the code of a card, a slip or a voting card; each leads to its own page."""
    form = forms.CodeForm(request.POST or None)
    if request.method == "POST" and request.POST.get("act") == "let-go":
        find.let_go(request)
        messages.success(request, _("Kortet er lagt bort på denne skjermen."))
        return redirect("meetingplace:voice-code")
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        kind = next((one for one in find.ORDER if living_code(one, typed)), CARD)
        try:
            found = redeem_code(kind=kind, typed=typed, client=client_of(request))
        except CodeRefused:
            form.add_error("code", _("Denne koden kjenner vi ikke. Se etter om alle tegnene er med."))
        except TooManyTries as stop:
            form.add_error("code", _("Det er prøvd for mange ganger. Vent %(n)s minutter.") % {"n": stop.seconds // 60 + 1})
        else:
            find.hold(request, found)
            return _to_its_page(found.kind, found.subject)
    return render(request, "meetingplace/code.html", {"form": form, "card": find.card_held(request)})


def _to_its_page(kind: str, subject: str) -> HttpResponse:
    if kind == SLIP:
        return redirect("meetingplace:slip")
    if kind == SEAT and (seat := seat_by_key(subject)) is not None:
        return redirect("meetingplace:vote-cast", seat.vote.centre.organisation.slug, seat.vote_id)
    card = queries.card_by_key(subject)
    return redirect("meetingplace:proposals", card.centre.organisation.slug) if card else redirect("meetingplace:voice-code")


@page("meetingplace.hold_slip", of=find.slip)
def slip(request: HttpRequest, at: queries.At) -> HttpResponse:
    """What became of the proposal on my slip."""
    return render(request, "meetingplace/slip_held.html", {
        "centre": at.centre, "proposal": at.thing, "steps": queries.steps_of(at.thing), "hidings": queries.hidings_for(at.thing),
    })  # fmt: skip


@page("meetingplace.speak", of=find.speaking)
def own(request: HttpRequest, at: queries.At) -> HttpResponse:
    """What I have proposed, and what became of it."""
    assert at.speaker is not None  # noqa: S101 (asked by the rule)
    rows = page_by_key(queries.proposals_of(at.speaker, at.centre), request, order="-pk", size=20)
    return render(request, "meetingplace/proposals_own.html", {"at": at, "centre": at.centre, "rows": rows})


@page("meetingplace.see_voice", writes=True, of=find.proposal)
def proposal(request: HttpRequest, at: queries.At) -> HttpResponse:
    """One proposal: what it says, where it has come to, what is said about it."""
    row, host = at.thing, may(request.user, "meetingplace.answer_voice", at)
    guest = not request.user.is_authenticated
    form = forms.RemarkForm(request.POST if request.POST.get("act") == "say" else None, guest=guest)
    if request.method == "POST":
        if at.speaker is None or row.is_hidden:
            return redirect("meetingplace:voice-code")
        if _answered(request, at, form, host=host):
            return redirect("meetingplace:proposal", at.centre.organisation.slug, row.number)
    said = queries.comments_on(row, speaker=at.speaker, host=host)
    hidings = queries.hidings_for(row, said) if row.is_hidden or any(c.is_hidden for c in said) else []
    by_comment = {h.comment_id: h for h in reversed(hidings) if h.comment_id}
    return render(request, "meetingplace/proposal.html", {
        "at": at, "centre": at.centre, "proposal": row, "steps": queries.steps_of(row), "form": form, "may_run": host,
        "comments": [(c, by_comment.get(c.pk) if c.is_hidden else None, queries.is_by(at.speaker, c)) for c in said],
        "hiding": next((h for h in hidings if h.proposal_id and h.stands is not False), None), "is_own": queries.is_by(at.speaker, row),
        "supports": getattr(row, "is_supported", False), "many": row.supporters if is_shown(getattr(row, "supporters", 0)) else None,
        "some": getattr(row, "supporters", 0) > 0, "vote_id": getattr(row, "vote_id", None),
        "is_voted_on": getattr(row, "vote_state", "") == VoteState.OPEN,
    })  # fmt: skip


def _answered(request: HttpRequest, at: queries.At, form: forms.RemarkForm, *, host: bool) -> bool:
    """Do what was asked for; False when the form must be shown again."""
    assert at.speaker is not None  # noqa: S101 (seen by the caller)
    act = request.POST.get("act")
    if act == "support":
        actions.support(by=at.speaker, proposal=at.thing)
        return True
    if act == "unsupport":
        actions.stop_supporting(by=at.speaker, proposal=at.thing)
        return True
    if act != "say" or not form.is_valid():
        return False
    if stop := find.throttled(request, "say", limit=40, speaker=at.speaker):
        form.add_error(None, stop)
        return False
    data = {name: value for name, value in form.cleaned_data.items() if name in {"kind", "text", "form_key"}}
    actions.say(by=at.speaker, proposal=at.thing, is_from_host=host, **data)
    messages.success(request, _("Det du sa, står her nå."))
    return True


@page("meetingplace.see_voice", of=find.proposal)
def picture(request: HttpRequest, at: queries.At) -> HttpResponse:
    """The picture of a proposal this visitor may see."""
    return _file(at.thing.picture, "bilde.webp")


@page("meetingplace.see_voice", of=find.proposal)
def sound(request: HttpRequest, at: queries.At) -> HttpResponse:
    """The sound of a proposal this visitor may see."""
    return _file(at.thing.sound, "lyd")


def _file(stored: Any, name: str) -> HttpResponse:
    if stored is None:
        raise Http404
    try:
        return serve_file(stored, name)
    except FileMissing:
        raise Http404 from None


@page("meetingplace.keep_own_words", writes=True, of=find.own_proposal)
def leave(request: HttpRequest, at: queries.At) -> HttpResponse:
    """My proposal: change my wishes, let it stand without me, or delete it."""
    form = forms.OwnForm(request.POST if request.POST.get("act") == "wish" else None,
                         initial={"shows_name": at.thing.shows_name, "stays": at.thing.stays})  # fmt: skip
    if request.method == "POST" and at.speaker is not None:
        act = request.POST.get("act")
        if act in {"keep", "delete"}:
            actions.leave_proposal(by=at.speaker, proposal=at.thing, keep=act == "keep")
            messages.success(request, _("Forslaget står uten deg nå.") if act == "keep" else _("Forslaget er slettet."))
            return redirect("meetingplace:proposals" if at.speaker.slip else "meetingplace:proposals-own", at.centre.organisation.slug)
        if act == "wish" and form.is_valid():
            actions.wish_for_own(by=at.speaker, proposal=at.thing, **form.cleaned_data)
            messages.success(request, _("Ønskene dine er lagret."))
            return redirect("meetingplace:proposal", at.centre.organisation.slug, at.thing.number)
    return render(request, "meetingplace/proposal_leave.html", {"centre": at.centre, "proposal": at.thing, "form": form})


@page("meetingplace.keep_own_words", writes=True, of=find.own_hiding)
def appeal(request: HttpRequest, at: queries.At) -> HttpResponse:
    """Something of mine was hidden: why, and how somebody else can look at it."""
    form = forms.AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and at.speaker is not None:
        try:
            moderation.appeal(by=at.speaker, hiding=at.thing, **form.cleaned_data)
            messages.success(request, _("En annen vert ser på det. Du får beskjed."))
        except moderation.NoAppeal:
            messages.info(request, _("Du har bedt om dette før. En annen vert ser på det."))
        return redirect("meetingplace:appeal", at.centre.organisation.slug, at.thing.pk)
    return render(request, "meetingplace/appeal.html", {"centre": at.centre, "hiding": at.thing, "form": form})


@page("meetingplace.see_voice", of=find.here)
def rules(request: HttpRequest, at: queries.At) -> HttpResponse:
    """The rules for what is hidden, and how to appeal."""
    return render(request, "meetingplace/voice_rules.html", {"centre": at.centre, "grounds": Ground.choices})
