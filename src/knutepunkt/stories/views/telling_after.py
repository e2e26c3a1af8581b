"""Pages afterwards: one's own list, the choices, how it is to have it out, taking back; and a reader's thanks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.consent.actions import NothingToWithdraw
from knutepunkt.consent.queries import consent_with_answers, surfaces_now, withdrawal_of
from knutepunkt.stories.actions import publishing, telling_heard, telling_leaving, telling_showing
from knutepunkt.stories.actions.telling import details_of
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.choices.telling import ASKED, BECAME, YEAR
from knutepunkt.stories.forms import telling as forms
from knutepunkt.stories.models import Item
from knutepunkt.stories.queries import telling as queries
from knutepunkt.stories.views import telling_finding as find
from knutepunkt.web.access import page
from knutepunkt.web.device import lay_on_device, read_from_device

THANKED, THANKS_PATH = "takket", "/bibliotek/fortell/takk/"
REMEMBERED, MOST_SHOWN = 200, 100


def _became(item: Item) -> str:
    """What became of it, and who sees a draft."""
    if item.state == State.DRAFT and item.telling.partner is not None:
        return _("En kladd. Du og %(name)s kan se den.") % {"name": item.telling.partner.chosen_name}
    return str(BECAME[State(item.state)])


@page("stories.see_own_stories")
def mine(request: HttpRequest) -> HttpResponse:
    """What I have told, where each stands, and who I write with."""
    rows = list(queries.told_by(request.user)[:MOST_SHOWN])
    titles = publishing.titles_of(rows)
    with_others = list(queries.edited_by(request.user).filter(telling__partner=request.user.pk).order_by("-made_on", "-pk")[:20])
    others = publishing.titles_of(with_others)
    return render(request, "stories/telling/mine.html", {
        "list": [(row, titles[row.pk], _became(row)) for row in rows], "with_others": [(row, others[row.pk]) for row in with_others],
    })  # fmt: skip


def _say(request: HttpRequest, is_done: bool, words: str) -> None:
    if words:
        (messages.success if is_done else messages.warning)(request, words)


def _private(item: Item, _given: dict[str, bool]) -> tuple[bool, str]:
    try:
        telling_leaving.pull_back(item=item)
    except NothingToWithdraw:
        return False, _("Den kan ikke vises nå.")
    return True, _("Nå er det bare du som ser den.")


def _longer(item: Item, _given: dict[str, bool]) -> tuple[bool, str]:
    try:
        telling_showing.rest_longer(item=item, days=7)
    except telling_showing.NotOnDesk:
        return False, _("Den hviler ikke nå.")
    return True, ""


def _renewed(item: Item, given: dict[str, bool]) -> tuple[bool, str]:
    """The same yes and no for one more year."""
    until_on, purposes = timezone.localdate() + timedelta(days=YEAR), {p.value: given.get(p.value, False) for p in ASKED}
    try:
        telling_leaving.choose(item=item, purposes=purposes, until_on=until_on, stays=item.telling.stays)
    except NothingToWithdraw:
        return False, _("Den kan ikke vises nå.")
    return True, _("Den blir stående ett år til. Du kan ta den tilbake når du vil.")


ONE_PRESS: dict[str, Callable[[Item, dict[str, bool]], tuple[bool, str]]] = {"private": _private, "longer": _longer, "renew": _renewed}
"""What the teller does by one press; each says whether it was done, and what to tell them."""


@page("stories.keep_own_story", writes=True, of=find.own)
def choices(request: HttpRequest, item: Item) -> HttpResponse:
    """What it may be used for from now on, until when, and how long it rests."""
    consent, answers = consent_with_answers(item.key)
    if consent is None:
        return redirect("stories:telling", item.handle)
    given = {value: yes for value, _label, yes in answers}
    if request.POST.get("act") in ONE_PRESS:
        _say(request, *ONE_PRESS[request.POST["act"]](item, given))
        return redirect("stories:telling", item.handle)
    form = forms.ChoicesForm(request.POST or None, given=given, has_account=item.person_id is not None,
                             initial={"until_on": consent.until_on, "stays": item.telling.stays})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            telling_leaving.choose(item=item, purposes=form.purposes(), until_on=form.cleaned_data["until_on"], stays=form.cleaned_data.get("stays", False))
        except NothingToWithdraw:
            messages.warning(request, _("Den kan ikke vises nå."))
        else:
            messages.success(request, _("Valgene dine er lagret. De gjelder fra nå."))
        return redirect("stories:telling", item.handle)
    return render(request, "stories/telling/choices.html", find.facts(item, form=form, consent=consent))


@page("stories.keep_own_story", writes=True, of=find.own)
def how_is_it(request: HttpRequest, item: Item) -> HttpResponse:
    """How is it to have it out? Asked once, kept for the teller."""
    if item.telling.asked_how_on is None or item.state == State.TAKEN_BACK:
        return redirect("stories:telling", item.handle)
    known = {"words": details_of(item.telling, item.key_owner).get("how", ""), "shares": item.telling.shares_how}
    form = forms.HowForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        telling_heard.answer_how(item=item, words=form.cleaned_data["words"], shares=form.cleaned_data["shares"])
        messages.success(request, _("Takk. Det er lagret."))
        return redirect("stories:telling", item.handle)
    return render(request, "stories/telling/how_is_it.html", find.facts(item, form=form))


@page("stories.hear_how", of=find.said_how)
def said_how(request: HttpRequest, item: Item) -> HttpResponse:
    """How it is to have it out, for the editors its teller lets read it; nothing else of the story."""
    says = details_of(item.telling, item.key_owner).get("how", "")
    return render(request, "stories/telling/said_how.html", {"item": item, "says": says, "shown": getattr(item, "shown", None)})


@page("stories.keep_own_story", writes=True, of=find.own)
def take_back(request: HttpRequest, item: Item) -> HttpResponse:
    """Take it back for good, after a preview of what happens; or see what was done."""
    if item.state == State.TAKEN_BACK:
        done = withdrawal_of(item.key)
        places = done.places if done else []
        return render(request, "stories/telling/taken_back.html", find.facts(
            item, done=done, lost=[p for p in places if p["can_be_called_back"]], kept=[p for p in places if not p["can_be_called_back"]]))  # fmt: skip
    if request.method == "POST":
        telling_leaving.take_back(item=item)
        if not Item.objects.filter(pk=item.pk).exists():
            messages.success(request, _("Kladden er borte for godt."))
            return redirect("stories:mine" if request.user.is_authenticated else "stories:tell")
        return redirect("stories:take-back", item.handle)
    places = surfaces_now(item.key)
    return render(request, "stories/telling/take_back.html", find.facts(
        item, lost=[p for p in places if p.can_be_called_back], kept=[p for p in places if not p.can_be_called_back]))  # fmt: skip


def _shown(_request: HttpRequest, handle: str) -> Any:
    found = queries.published_at(handle)
    if found is None:
        raise Http404
    return found


@page("stories.thank_teller", writes=True, of=_shown)
def thanks(request: HttpRequest, shown: Any) -> HttpResponse:
    """A reader sends one of the ready thanks; once a story on this device, which alone knows it. Nothing of the reader is kept."""
    told = read_from_device(request, THANKED).split()
    form = forms.ThanksForm(request.POST or None)
    has_thanked = shown.handle in told
    if request.method == "POST" and form.is_valid() and not has_thanked:
        if stop := find.throttled(request, "thanks", limit=30, everybody=True):
            form.add_error(None, stop)
        else:
            telling_heard.say_thanks(item=shown.item, which=form.cleaned_data["which"])
            messages.success(request, _("Takk. Det når fram til den som fortalte."))
            answer = redirect(queries.address_of(shown) or "stories:tell")
            lay_on_device(answer, THANKED, " ".join([*told, shown.handle][-REMEMBERED:]), path=THANKS_PATH, stays=True)
            return answer
    return render(request, "stories/telling/thanks.html", {"shown": shown, "form": form, "has_thanked": has_thanked, "back": queries.address_of(shown)})
