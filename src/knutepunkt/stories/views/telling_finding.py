"""Who stands at the page: finds the story for its teller, by account or code, or for an editor; and asks again who is there, losing nothing."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from knutepunkt.consent.choices import RECEIPT
from knutepunkt.consent.holders import hold, hold_on, subject_held
from knutepunkt.organisations.queries import organisations_where
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.models import Item
from knutepunkt.stories.queries import telling as queries
from knutepunkt.web.papercodes import CodeRefused, redeem_code
from knutepunkt.web.throttle import TooManyTries, client_of, count_try

NOT_TYPED = {"csrfmiddlewaretoken", "again_code"}


def own(request: HttpRequest, handle: str) -> Item | HttpResponse:
    """A story for the one who tells it. Whoever is not known any more is asked, with what they typed kept on the page."""
    found = queries.own_item(request.user, subject_held(request), handle)
    if found is not None:
        hold_on(request)
        return found
    if request.user.is_authenticated:
        raise Http404
    return _ask_again(request, handle)


def _ask_again(request: HttpRequest, handle: str) -> Item | HttpResponse:
    """Ask for the code. What was typed before goes on with it; where nothing was, the page is opened, and nothing is done."""
    problem, typed = "", [(name, value) for name, values in request.POST.lists() if name not in NOT_TYPED for value in values]
    if typed_code := request.POST.get("again_code", ""):
        try:
            hold(request, redeem_code(kind=RECEIPT, typed=typed_code, client=client_of(request)))
        except CodeRefused:
            problem = _("Vi finner ikke denne koden. Se etter om alle tegnene er med.")
        except TooManyTries as stop:
            problem = _("Det er prøvd for mange ganger. Vent %(n)s minutter.") % {"n": stop.seconds // 60 + 1}
        else:
            found = queries.own_item(request.user, subject_held(request), handle)
            if found is not None:
                return found if typed else redirect(request.get_full_path())
            problem = _("Koden hører til noe annet.")
    words = [value for name, value in typed if len(value.split()) > 1]
    response = render(request, "stories/telling/again.html", {"typed": typed, "words": words, "problem": problem})
    response["Cache-Control"] = "no-store, private"
    return response


def edited(request: HttpRequest, handle: str) -> Item | HttpResponse:
    """A story for an editor, or for somebody the teller writes with; its teller is led to their own side of it."""
    found = queries.edited_item(request.user, handle)
    if found is not None:
        return found
    if queries.own_item(request.user, subject_held(request), handle) is not None:
        return redirect("stories:own-changes", handle)
    return _not_here(request)


def said_how(request: HttpRequest, handle: str) -> Item:
    """A story whose teller lets this editor read how it is to have it out."""
    found = queries.said_how(request.user, handle)
    if found is None:
        raise Http404
    return found


def asked(request: HttpRequest, handle: str) -> Item | HttpResponse:
    """A story whose teller wants company, for those who may say yes."""
    return queries.waiting_for_company(request.user, handle) or _not_here(request)


def _not_here(request: HttpRequest) -> HttpResponse:
    """An old notice may lead here: editors and peer workers are told in words, whatever the address; for others there is nothing."""
    if not organisations_where(request.user, *queries.COMPANIONS) or request.method != "GET":
        raise Http404
    messages.info(request, _("Den trenger deg ikke nå. Den er svart på, noen andre er med, eller den er tatt tilbake."))
    return redirect("stories:mine")


def throttled(request: HttpRequest, what: str, *, limit: int, everybody: bool = False) -> str:
    """Count one act from somebody without an account, or from `everybody`. A sentence when it has been too many, else nothing."""
    if request.user.is_authenticated and not everybody:
        return ""
    try:
        count_try(f"stories.{what}", client_of(request), limit=limit, per=timedelta(hours=1))
    except TooManyTries as stop:
        return _("Det er sendt mye på kort tid. Vent %(n)s minutter.") % {"n": stop.seconds // 60 + 1}
    return ""


def saved(item: Item) -> str:
    """That it is saved, and that nobody else sees it where that is so."""
    return _("Det er lagret. Bare du kan se det.") if is_own_alone(item) else _("Det er lagret.")


def is_own_alone(item: Item) -> bool:
    """Nobody but its teller sees the words that are being written."""
    return item.state in (State.DRAFT, State.DECLINED, State.PUBLISHED) and item.telling.partner_id is None


def facts(item: Item, **more: Any) -> dict[str, Any]:
    """What every page of a story shows."""
    return {"item": item, "has_account": item.person_id is not None, "is_alone": is_own_alone(item), **more}
