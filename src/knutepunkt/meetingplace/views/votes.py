"""Votes: what is asked, casting, changing by receipt, hands, and the count explained."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from knutepunkt.meetingplace.actions import voting as actions
from knutepunkt.meetingplace.choices.voice import SEAT, Hand, VoteState
from knutepunkt.meetingplace.forms import votes as forms
from knutepunkt.meetingplace.queries import votes as queries
from knutepunkt.meetingplace.queries.meetings import ready_for_meeting
from knutepunkt.meetingplace.queries.quiet import quiet_days_of
from knutepunkt.meetingplace.queries.voice import At, proposals_visible_to
from knutepunkt.meetingplace.views import speaking as find
from knutepunkt.meetingplace.views.results import shown
from knutepunkt.web.access import may, page
from knutepunkt.web.paging import page_by_key
from knutepunkt.web.papercodes import on_paper
from knutepunkt.web.throttle import TooManyTries, client_of, count_try, take_back_try

TICKET, TICKET_LIVES = "meetingplace.ticket", 24 * 3600


@page("meetingplace.see_voice", of=find.here)
def votes(request: HttpRequest, at: At) -> HttpResponse:
    """What stands open, and what has been counted."""
    rows = page_by_key(queries.votes_visible_to(request.user, at.centre), request, order="-pk", size=20)
    return render(request, "meetingplace/votes.html", {
        "at": at, "centre": at.centre, "rows": rows, "may_run": may(request.user, "meetingplace.answer_voice", at),
    })  # fmt: skip


@page("meetingplace.answer_voice", writes=True, of=find.here)
def make(request: HttpRequest, at: At) -> HttpResponse:
    """Prepare a vote."""
    initial = {"proposal": request.GET.get("forslag", "")}
    form = forms.VoteForm(request.POST or None, initial=initial, proposals=ready_for_meeting(at.centre))
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        data["proposal"] = proposals_visible_to(request.user, at.centre).filter(pk=data["proposal"] or 0).first()
        data["quorum"] = data["quorum"] or 0
        made = actions.make_vote(by=request.user, centre=at.centre, **data)
        return redirect("meetingplace:vote-open", at.centre.organisation.slug, made.pk)
    return render(request, "meetingplace/vote_form.html", {"centre": at.centre, "form": form})


@page("meetingplace.answer_voice", writes=True, of=find.vote)
def open_it(request: HttpRequest, at: At) -> HttpResponse:
    """Fix the list, and open."""
    vote = at.thing
    if vote.state != VoteState.DRAFT:
        return _to(at)
    people, cards = queries.who_could_vote(at.centre)
    form = forms.OpenVoteForm(request.POST or None, people=people, cards=cards, hands=vote.hand == Hand.HANDS)
    if request.method == "POST" and request.POST.get("act") == "drop":
        actions.drop_vote(by=request.user, vote=vote)
        messages.success(request, _("Avstemningen er kastet. Ingen hadde stemt."))
        return redirect("meetingplace:votes", at.centre.organisation.slug)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.open_vote(by=request.user, vote=vote, closes_at=data["closes_at"], people=data.get("people") or (), cards=data.get("cards") or ())
        messages.success(request, _("Avstemningen er åpen. Lista over hvem som kan stemme, endres ikke mer."))
        return _to(at)
    return render(request, "meetingplace/vote_open.html", {
        "centre": at.centre, "vote": vote, "form": form, "options": queries.options_of(vote),
    })  # fmt: skip


def _to(at: At) -> HttpResponse:
    vote = at.thing.vote if hasattr(at.thing, "vote_id") else at.thing
    return redirect("meetingplace:vote", at.centre.organisation.slug, vote.pk)


@page("meetingplace.see_voice", writes=True, of=find.vote)
def vote(request: HttpRequest, at: At) -> HttpResponse:
    """One vote: what is asked and how to vote, or what was counted and how."""
    row, host = at.thing, may(request.user, "meetingplace.answer_voice", at)
    options = queries.options_of(row)
    if request.method == "POST" and host:
        try:
            actions.close_vote(by=request.user, vote=row)
        except actions.NotYet:
            messages.info(request, _("Avstemningen er ikke over ennå."))
        return _to(at)
    is_secret = row.hand == Hand.SECRET
    return render(request, "meetingplace/vote.html", {
        "at": at, "centre": at.centre, "vote": row, "options": options, "may_run": host, "is_secret": is_secret,
        "result": shown(row, options) if row.result else None,
        "has_seat": row.is_open and is_secret and find.seat_here(request, at) is not None,
        "may_count": row.state == VoteState.OPEN and not is_secret and may(request.user, "meetingplace.count_hands", at),
    })  # fmt: skip


@page("meetingplace.answer_voice", writes=True, of=find.vote)
def asked(request: HttpRequest, at: At) -> HttpResponse:
    """For hosts: which days' regulars have not been asked, and the days somebody went round."""
    form = forms.AskedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.note_asked(by=request.user, vote=at.thing, **form.cleaned_data)
        messages.success(request, _("Dagen er lagt til."))
        return redirect("meetingplace:vote-asked", at.centre.organisation.slug, at.thing.pk)
    quiet = quiet_days_of(at.thing)
    return render(request, "meetingplace/vote_asked.html", {"centre": at.centre, "vote": at.thing, "form": form, "quiet": quiet})


def _ticket(row: Any, receipt: str) -> str:
    """The receipt as it travels in the form: signed, so that it is one we made; kept nowhere."""
    return signing.dumps([row.pk, receipt], salt=TICKET)


def _receipt(row: Any, ticket: str) -> str:
    try:
        vote_id, receipt = signing.loads(ticket, salt=TICKET, max_age=TICKET_LIVES)
    except (signing.BadSignature, ValueError):
        return ""
    return str(receipt) if vote_id == row.pk else ""


def _ballot_form(row: Any, typed: Any, receipt: str) -> forms.BallotForm:
    options = queries.options_of(row)
    more = {"method": row.method, "options": options, "budget": row.budget_kroner or 0}
    return forms.BallotForm(typed, initial={"ticket": _ticket(row, receipt)}, **more)


@page("meetingplace.cast_ballot", writes=True, of=find.seat)
def cast(request: HttpRequest, at: At) -> HttpResponse:
    """Cast a ballot. The answer says that it is counted, and gives the receipt; never what stood on it."""
    seat, row = at.thing, at.thing.vote
    receipt = _receipt(row, request.POST.get("ticket", ""))
    form = _ballot_form(row, request.POST or None, receipt or actions.new_receipt())
    if request.method == "POST" and not receipt:
        form = _with_new_ticket(row, request.POST)
    elif request.method == "POST" and form.is_valid():
        try:
            actions.cast(vote=row, seat=seat, receipt=receipt, ballot=form.ballot())
            return render(request, "meetingplace/ballot_counted.html", {"centre": at.centre, "vote": row, "receipt": receipt})
        except actions.AlreadyVoted:
            form.add_error(None, _("Det er alt lagt en stemme herfra. Har du kvitteringen, kan du endre den."))
        except actions.NotOpen:
            return _to(at)
    return render(request, "meetingplace/ballot.html", {"centre": at.centre, "vote": row, "form": form, "is_change": False})


def _with_new_ticket(row: Any, typed: Any) -> forms.BallotForm:
    """What was chosen, on a form with a new ticket, when the old one has become too old."""
    data = typed.copy()
    data["ticket"] = _ticket(row, actions.new_receipt())
    form = _ballot_form(row, data, "")
    form.add_error(None, _("Siden har stått lenge åpen. Se over, og send en gang til."))
    return form


@page("meetingplace.change_ballot", writes=True, of=find.vote)
def change(request: HttpRequest, at: At) -> HttpResponse:
    """Change a ballot by its receipt, as long as the vote is open."""
    row = at.thing
    if not row.is_open or row.hand != Hand.SECRET:
        return _to(at)
    context = {"centre": at.centre, "vote": row, "is_change": True}
    if request.method == "POST" and (receipt := _receipt(row, request.POST.get("ticket", ""))):
        form = _ballot_form(row, request.POST, receipt)
        if form.is_valid():
            try:
                actions.cast(vote=row, seat=None, receipt=receipt, ballot=form.ballot())
                return render(request, "meetingplace/ballot_counted.html", {**context, "receipt": receipt})
            except (actions.NoSuchReceipt, actions.NotOpen):
                return _to(at)
        return render(request, "meetingplace/ballot.html", {**context, "form": form})
    ask = forms.ReceiptForm(request.POST or None)
    if request.method == "POST" and ask.is_valid():
        try:
            count_try("voice.receipt", client_of(request), limit=10, per=find.HELD_FOR)
            if actions.has_ballot(vote=row, receipt=ask.cleaned_data["receipt"]):
                take_back_try("voice.receipt", client_of(request), per=find.HELD_FOR)
                return render(request, "meetingplace/ballot.html", {**context, "form": _ballot_form(row, None, ask.cleaned_data["receipt"])})
            ask.add_error("receipt", _("Vi finner ingen stemme med denne koden her. Se etter om alle tegnene er med."))
        except TooManyTries as stop:
            ask.add_error("receipt", _("Det er prøvd for mange ganger. Vent %(n)s minutter.") % {"n": stop.seconds // 60 + 1})
    return render(request, "meetingplace/receipt.html", {**context, "form": ask})


@page("meetingplace.answer_voice", writes=True, of=find.vote)
def seats(request: HttpRequest, at: At) -> HttpResponse:
    """The list of those who may vote, and a voting card for each who needs one."""
    rows = queries.seats_of(at.thing)
    if request.method == "POST":
        seat = next((one for one in rows if str(one.pk) == request.POST.get("seat", "")), None)
        if seat is not None:
            seat.vote = at.thing
            try:
                code = actions.issue_seat_card(by=request.user, seat=seat)
                return render(request, "meetingplace/seat_card.html", {"centre": at.centre, "vote": at.thing, **on_paper(SEAT, code)})
            except actions.CardIssued:
                messages.info(request, _("Det er alt gitt ut et stemmekort her. Det gis bare ett."))
            except actions.NotOpen:
                messages.info(request, _("Avstemningen er ikke åpen."))
        return redirect("meetingplace:vote-seats", at.centre.organisation.slug, at.thing.pk)
    return render(request, "meetingplace/seats.html", {"centre": at.centre, "vote": at.thing, "rows": rows})


@page("meetingplace.count_hands", writes=True, of=find.vote)
def hands(request: HttpRequest, at: At) -> HttpResponse:
    """One of two people enters the hands they counted."""
    row, options = at.thing, queries.options_of(at.thing)
    if row.state != VoteState.OPEN or row.hand != Hand.HANDS:
        return _to(at)
    form = forms.HandsForm(request.POST or None, options=options)
    if request.method == "POST" and form.is_valid():
        try:
            how = actions.count_hands(by=request.user, vote=row, counts=form.counts(), present=form.cleaned_data["present"])
        except actions.BadBallot:
            form.add_error(None, _("Det er flere hender enn folk i rommet. Tell en gang til."))
        else:
            said = {
                "waiting": _("Tallene dine er lagret. En til må telle og skrive det samme."),
                "agreed": _("Dere to har telt likt. Resultatet står her."),
                "differ": _("Dere to har telt ulikt. Tell på nytt, begge to."),
            }
            messages.success(request, said[how])
            return _to(at)
    counted = any(one.person_id == request.user.pk for one in queries.hands_of(row))
    return render(request, "meetingplace/hands.html", {"centre": at.centre, "vote": row, "form": form, "counted": counted})
