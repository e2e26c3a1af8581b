"""Feeds: iCalendar for everyone, for one place, for one person by a secret address; JSON and Atom."""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from knutepunkt.events import queries
from knutepunkt.events.choices import FEED, EventState, Kind
from knutepunkt.events.jobs import host, session_address
from knutepunkt.events.methods.calendar import calendar_of, component_of
from knutepunkt.events.methods.writing import occurrence, plain, whole_calendar
from knutepunkt.events.models import Session
from knutepunkt.events.views import finding as find
from knutepunkt.web.access import page
from knutepunkt.web.papercodes import living_code
from knutepunkt.web.sealing import keyed_digest

CALENDAR, ATOM, JSON = "text/calendar; charset=utf-8", "application/atom+xml; charset=utf-8", "application/json"
FOR_ALL, FOR_ONE = "public, max-age=300", "private, no-cache"


Facts = list[dict[str, Any]]


def _feed(
    request: HttpRequest, rows: Any, write: Callable[[Facts], bytes], media_type: str, mark: str, *, is_private: bool = False
) -> HttpResponse:
    """A feed with its ETag; 304 costs one query. What everyone gets is kept as written until it changes."""
    cache_for = FOR_ONE if is_private else FOR_ALL
    mark = keyed_digest("events.feed", f"{request.get_full_path()}|{mark}")[:32]
    etag = f'"{mark}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        name = f"events.feed:{keyed_digest('events.feed', request.path)}"
        known, body = (cache.get(name) if cache_for == FOR_ALL and not request.GET else None) or ("", b"")
        if known != etag:
            body = write(queries.feed_facts(rows))
            if cache_for == FOR_ALL and not request.GET:
                cache.set(name, (etag, body), 3600)
        answer = HttpResponse(body, content_type=media_type)
    answer["ETag"], answer["Cache-Control"] = etag, cache_for
    return answer


def _address(facts: dict[str, Any]) -> str:
    return f"{settings.ADDRESS}/kalender/hva/{facts['event__slug']}/{facts['pk']}/"


def _as_calendar(name: str) -> Callable[[Facts], bytes]:
    def write(rows: Facts) -> bytes:
        at = host()
        return whole_calendar((occurrence(one, address=_address(one), host=at) for one in rows), name=name)

    return write


@page("events.see_calendar")
def public(request: HttpRequest, place: str = "", kind: str = "") -> HttpResponse:
    """What is published: all of it, at one place, or of one kind."""
    if kind and kind not in Kind.values:
        raise Http404
    with translation.override("nb"):  # one text for all, whoever asked first
        name = " ".join(["Knutepunkt", place, str(Kind(kind).label) if kind else ""]).strip()
    mark = queries.public_mark(place)
    return _feed(request, queries.public_feed(place, kind), _as_calendar(name), CALENDAR, mark)


@page("events.see_calendar")
def private(request: HttpRequest, code: str) -> HttpResponse:
    """A person's own registrations, for whoever holds the secret address."""
    row = living_code(FEED, code)
    if row is None:
        raise Http404
    rows = queries.private_feed(row.subject.partition(":")[2])
    mark = queries.private_mark(rows)
    return _feed(request, rows, _as_calendar(_("Min kalender")), CALENDAR, mark, is_private=True)


@page("events.see_event", of=find.session)
def single(request: HttpRequest, session: Session) -> HttpResponse:
    """One occurrence, to put in one's own calendar."""
    one = component_of(session, address=session_address(session), host=host())
    answer = HttpResponse(calendar_of([one], name=session.event.title), content_type=CALENDAR)
    answer["Content-Disposition"] = 'attachment; filename="kalender.ics"'
    return answer


def _is_off(facts: dict[str, Any]) -> bool:
    return facts["cancelled_at"] is not None or facts["event__state"] == EventState.CANCELLED


def _narrowed(request: HttpRequest, write: Callable[[Facts], bytes], media_type: str) -> HttpResponse:
    """A feed of what the address asks for: `sted` and `slag`, as on the calendar page."""
    place, kind = (plain(request.GET.get(name, "")) for name in ("sted", "slag"))
    return _feed(request, queries.public_feed(place, kind), write, media_type, queries.public_mark(place))


@page("events.see_calendar")
def as_json(request: HttpRequest) -> HttpResponse:
    """The public calendar as JSON."""

    def write(rows: Facts) -> bytes:
        found = [
            {"id": str(s["uid"]), "title": s["event__title"], "kind": s["event__kind"],
             "starts_at": s["starts_at"].isoformat(), "ends_at": s["ends_at"].isoformat(), "is_cancelled": _is_off(s),
             "place": s["event__place_name"], "url": _address(s)}
            for s in rows
        ]  # fmt: skip
        return json.dumps({"events": found}, ensure_ascii=False).encode()

    return _narrowed(request, write, JSON)


@page("events.see_calendar")
def as_atom(request: HttpRequest) -> HttpResponse:
    """The public calendar as Atom; what XML cannot hold is left out."""

    def write(rows: Facts) -> bytes:
        feed = Atom1Feed(_("Kalender"), f"{settings.ADDRESS}/kalender/", "", language="nb")
        for s in rows[:200]:
            feed.add_item(
                plain(s["event__title"]), _address(s), plain(s["event__text"][:500]), unique_id=f"urn:uuid:{s['uid']}",
                updateddate=max(s["changed_at"], s["event__changed_at"]), pubdate=s["event__made_at"],
            )  # fmt: skip
        return feed.writeString("utf-8").encode()

    return _narrowed(request, write, ATOM)
