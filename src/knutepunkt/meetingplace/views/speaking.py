"""Who stands at the page: finds the centre, the thing, and how the visitor speaks there."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.meetingplace.choices.voice import CARD, SEAT, SLIP
from knutepunkt.meetingplace.models import Centre, Seat, VoiceCard
from knutepunkt.meetingplace.queries.voice import (
    At,
    Speaker,
    card_by_key,
    comment_at,
    hiding_at,
    proposal_at,
    proposal_by_key,
    speaker_at,
)
from knutepunkt.meetingplace.queries.votes import seat_by_key, seat_of, vote_at
from knutepunkt.meetingplace.views.finding import centre as centre_at
from knutepunkt.web.models import PaperCode
from knutepunkt.web.papercodes import is_alive
from knutepunkt.web.throttle import TooManyTries, client_of, count_try

HELD = "voice"
HELD_FOR = timedelta(hours=4)
ORDER = (CARD, SLIP, SEAT)


def hold(request: HttpRequest, code: PaperCode) -> None:
    """Remember which code was typed, by its row, so that a renewed code stops working at once."""
    held = request.session.get(HELD, {})
    held[code.kind] = {"code": str(code.pk), "until": (timezone.now() + HELD_FOR).isoformat()}
    request.session[HELD] = held


def let_go(request: HttpRequest) -> None:
    """Forget every code typed here."""
    request.session.pop(HELD, None)


def subject_held(request: HttpRequest, kind: str) -> str:
    """The subject of the living code of a kind in hand; empty when there is none. One query where one was typed."""
    held = request.session.get(HELD, {}).get(kind)
    if not held or held["until"] < timezone.now().isoformat():
        return ""
    code = PaperCode.objects.filter(pk=held["code"], kind=kind).first()
    return code.subject if code is not None and is_alive(code) else ""


def card_held(request: HttpRequest) -> VoiceCard | None:
    """The place's card in hand."""
    subject = subject_held(request, CARD)
    return card_by_key(subject) if subject else None


def speaker_of(request: HttpRequest, centre: Centre) -> Speaker | None:
    """How this visitor speaks here, if they may."""
    return speaker_at(request.user, centre, None if request.user.is_authenticated else card_held(request))


def here(request: HttpRequest, slug: str) -> At:
    """The centre, and how the visitor speaks there."""
    centre = centre_at(request, slug)
    return At(centre, None, speaker_of(request, centre))


def speaking(request: HttpRequest, slug: str) -> At | HttpResponse:
    """The same, for pages where one must be able to speak: others are asked for their card."""
    at = here(request, slug)
    return at if at.speaker is not None else redirect("meetingplace:voice-code")


def proposal(request: HttpRequest, slug: str, number: int) -> At:
    """A proposal this visitor may see, also by the slip in hand."""
    at = here(request, slug)
    found = proposal_at(request.user, at.centre, number, at.speaker)
    if found is None:
        found = proposal_by_key(subject_held(request, SLIP))
        if found is None or found.centre_id != at.centre.pk or found.number != number:
            raise Http404
    found.centre = at.centre
    return At(at.centre, found, at.speaker)


def speaking_of(request: HttpRequest, slug: str, number: int) -> At | HttpResponse:
    """A proposal, for somebody who may speak."""
    at = proposal(request, slug, number)
    return at if at.speaker is not None else redirect("meetingplace:voice-code")


def comment(request: HttpRequest, slug: str, number: int, comment_id: int) -> At:
    """A comment on a proposal."""
    at = proposal(request, slug, number)
    if (found := comment_at(at.thing, comment_id)) is None:
        raise Http404
    found.proposal = at.thing
    return At(at.centre, found, at.speaker)


def hiding(request: HttpRequest, slug: str, hiding_id: int) -> At:
    """Something that was hidden."""
    at = here(request, slug)
    if (found := hiding_at(at.centre, hiding_id)) is None:
        raise Http404
    return At(at.centre, found, at.speaker)


def own_proposal(request: HttpRequest, slug: str, number: int) -> At:
    """A proposal, for its author: by account, card, or the receipt of a slip."""
    at = proposal(request, slug, number)
    return At(at.centre, at.thing, _author(request, at, at.thing.pk))


def own_hiding(request: HttpRequest, slug: str, hiding_id: int) -> At:
    """Something that was hidden, for its author."""
    at = hiding(request, slug, hiding_id)
    return At(at.centre, at.thing, _author(request, at, at.thing.proposal_id or 0))


def _author(request: HttpRequest, at: At, proposal_id: int) -> Speaker | None:
    if at.speaker is not None or not proposal_id:
        return at.speaker
    held = proposal_by_key(subject_held(request, SLIP))
    return Speaker(slip=held.pk) if held is not None and held.pk == proposal_id else None


def slip(request: HttpRequest) -> At | HttpResponse:
    """The proposal of the slip in hand."""
    found = proposal_by_key(subject_held(request, SLIP))
    return At(found.centre, found) if found is not None else redirect("meetingplace:voice-code")


def vote(request: HttpRequest, slug: str, vote_id: int) -> At:
    """A vote this visitor may see."""
    at = here(request, slug)
    if (found := vote_at(request.user, at.centre, vote_id)) is None:
        raise Http404
    found.centre = at.centre
    return At(at.centre, found, at.speaker)


def seat(request: HttpRequest, slug: str, vote_id: int) -> At:
    """The visitor's seat in a vote: by account, by the place's card, or by a voting card."""
    at = vote(request, slug, vote_id)
    return At(at.centre, seat_here(request, at), at.speaker)


def seat_here(request: HttpRequest, at: At) -> Seat | None:
    """The visitor's seat in a vote that has been found. At most two queries."""
    found = seat_of(at.speaker, at.thing)
    if found is None and (subject := subject_held(request, SEAT)):
        found = seat_by_key(subject)
        found = found if found is not None and found.vote_id == at.thing.pk else None
    if found is not None:
        found.vote = at.thing
    return found


def throttled(request: HttpRequest, what: str, *, limit: int, speaker: Any = None) -> str:
    """Count one sending from somebody without an account. A sentence when it has been too many, else nothing."""
    if request.user.is_authenticated:
        return ""
    try:
        count_try(f"voice.{what}", client_of(request), limit=limit, per=timedelta(hours=1))
        if speaker is not None and speaker.card is not None:
            count_try(f"voice.{what}", speaker.card.key, limit=limit, per=timedelta(hours=1))
    except TooManyTries as stop:
        return _("Det er sendt mye på kort tid. Vent %(n)s minutter.") % {"n": stop.seconds // 60 + 1}
    return ""
