"""A story for me now: asking, being offered, saying to oneself how it was, and letting all of it go."""

import secrets
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from knutepunkt.people.queries import StillShut
from knutepunkt.stories.actions import choosing as actions
from knutepunkt.stories.choices.choosing import OWN_GROUPS, QUESTIONS, Wish
from knutepunkt.stories.choices.finding import GROUPS, LONGEST_QUERY
from knutepunkt.stories.forms.choosing import AnswerForm, WishForm
from knutepunkt.stories.methods.contents import tidy
from knutepunkt.stories.methods.tasting import Taste, as_text, from_text
from knutepunkt.stories.models import Published
from knutepunkt.stories.queries import choosing as queries
from knutepunkt.stories.queries.finding_names import facets, names_of_notes
from knutepunkt.stories.views import finding_asked as ask
from knutepunkt.stories.views.finding_reading import find_item
from knutepunkt.web import likeness
from knutepunkt.web.access import page
from knutepunkt.web.device import TooMuch, lay_on_device, read_from_device

COOKIE, PATH = "for-meg", "/bibliotek/for-meg/"
MOST_TURNS = 10**6


def _taste(request: HttpRequest) -> Taste:
    """What this reader keeps: with the account, else on the device."""
    if request.user.is_authenticated and (kept := queries.taste_of(request.user)) is not None:
        return kept
    return from_text(read_from_device(request, COOKIE) or "{}")


def _keep(request: HttpRequest, answer: HttpResponse, taste: Taste) -> HttpResponse:
    """Keep it with the account where there is one that is open, else on the device: for a year, or while the browser is open."""
    if request.user.is_authenticated:
        try:
            actions.keep_taste(by=request.user, taste=taste)
        except StillShut:
            pass
        else:
            lay_on_device(answer, COOKIE, "", path=PATH, stays=False)
            return answer
    try:
        lay_on_device(answer, COOKIE, as_text(taste), path=PATH, stays=taste.remembers)
    except TooMuch:  # the choices are what matters most
        lay_on_device(answer, COOKIE, as_text(taste.without_history()), path=PATH, stays=taste.remembers)
    return answer


@dataclass(frozen=True)
class Card:
    """A story as it is offered: the row, its content notes in words, and why it is here."""

    shown: Published
    notes: list[str]
    why: str


def _is_blind(taste: Taste) -> bool:
    """Asked for by the reader's own life, of which the reader has said nothing."""
    return not taste.own and (taste.wish == Wish.UNLIKE or (taste.wish == Wish.LIKE and not taste.answers))


def _why(one: queries.Offered) -> str:
    if one.is_drawn:
        return _("Trukket tilfeldig, for at du skal kunne møte noe du ikke ba om.")
    known = facets()
    names = [known[key].name for key in one.by if key in known]
    return _("Fordi den har med: %(names)s.") % {"names": ", ".join(names)} if names else _("Trukket blant dem som passer til det du ba om.")


def _card(shown: Published, why: str = "") -> Card:
    return Card(shown, names_of_notes(shown.notes), why)


@page("stories.choose_story", writes=True)
def for_me(request: HttpRequest) -> HttpResponse:
    """What to meet now. The wish is all that is asked; the rest lies folded."""
    before, labels = _taste(request), dict(GROUPS)
    form = WishForm(request.POST or None, facets=facets(), groups={g: str(labels[g]) for g in OWN_GROUPS}, taste=before)
    if request.method == "POST" and form.is_valid():
        return _keep(request, _to_offer(), form.taste(before))
    return render(request, "stories/choosing/for_me.html", {
        "form": form, "has_history": bool(before.answers or before.met), "is_by_meaning": likeness.is_on(),
        "is_open": bool(before.own or before.notes or before.forms or before.lengths or form.errors) or _is_blind(before),
    })  # fmt: skip


def _to_offer() -> HttpResponse:
    turn = secrets.randbelow(MOST_TURNS)
    return redirect(f"{reverse('stories:offered')}?{urlencode({'nr': turn})}")


@page("stories.choose_story", writes=True)
def offered(request: HttpRequest) -> HttpResponse:
    """One story, two others, and why. Asking for another puts these among what has been met."""
    taste = _taste(request)
    turn = request.GET.get("nr", "")[:12]
    found = queries.offered(taste, spared=ask.spared(request), turn=turn)
    if request.method == "POST":
        return _keep(request, _to_offer(), taste.having_met([one.shown.handle for one in found]))
    is_blind = _is_blind(taste)
    cards = [_card(one.shown, "" if is_blind else _why(one)) for one in found]
    return render(request, "stories/choosing/offered.html", {
        "first": cards[0] if cards else None, "others": cards[1:], "turn": turn, "is_blind": is_blind,
    })  # fmt: skip


@page("stories.choose_story", writes=True, of=find_item)
def answer(request: HttpRequest, shown: Published) -> HttpResponse:
    """Three short questions, answered for oneself alone."""
    taste = _taste(request)
    marks = dict(zip(QUESTIONS, taste.answers.get(shown.handle, ()), strict=False))
    form = AnswerForm(request.POST or None, marks=marks)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("Det er lagret. Bare du ser det.") if taste.remembers else _("Takk. Ingenting er lagret, slik du har valgt."))
        return _keep(request, redirect("stories:for-me"), taste.with_answer(shown.handle, form.marks()))
    return render(request, "stories/choosing/answer.html", {"form": form, "shown": shown, "remembers": taste.remembers})


@page("stories.choose_story", writes=True)
def let_go(request: HttpRequest) -> HttpResponse:
    """Let go of what has been met and answered, or of everything."""
    if request.method != "POST":
        return render(request, "stories/choosing/let_go.html", {})
    if request.POST.get("what") == "history":
        messages.success(request, _("Det du har møtt og svart, er slettet. Valgene dine er som før."))
        return _keep(request, redirect("stories:for-me"), _taste(request).without_history())
    if request.user.is_authenticated:
        actions.forget_taste(by=request.user)
    messages.success(request, _("Alt er slettet."))
    done = redirect("stories:for-me")
    lay_on_device(done, COOKIE, "", path=PATH, stays=False)
    return done


@page("stories.choose_story", of=find_item)
def like(request: HttpRequest, shown: Published) -> HttpResponse:
    """More like this one."""
    found, is_by_meaning = queries.more_like(shown, spared=ask.spared(request))
    return render(request, "stories/choosing/like.html", {
        "shown": shown, "cards": [_card(row) for row in found], "is_by_meaning": is_by_meaning,
    })  # fmt: skip


@page("stories.choose_story", writes=True)
def meaning(request: HttpRequest) -> HttpResponse:
    """Search by what something means. The words are compared on this machine and are sent nowhere; no address shows them."""
    if not likeness.is_on():
        return redirect("stories:library")
    if request.method == "POST":
        words = tidy(request.POST.get("q", ""))[:LONGEST_QUERY]
        return redirect(f"{reverse('stories:by-meaning')}{ask.whole_sentence(words)}")
    words = ask.sentence_in(request.GET)
    found = queries.by_meaning(words, spared=ask.spared(request)) if words else []
    return render(request, "stories/choosing/meaning.html", {"words": words, "cards": [_card(row) for row in found]})
