"""Feeds: iCalendar for everyone, for one place, for one person by a secret address; JSON and Atom."""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from knutepunkt.events import queries
from knutepunkt.events.choices import FEED, Kind
from knutepunkt.events.jobs import host, session_address
from knutepunkt.events.methods.calendar import calendar_of, component_of
from knutepunkt.events.models import Session
from knutepunkt.events.views import finding as find
from knutepunkt.web.access import page
from knutepunkt.web.papercodes import living_code
from knutepunkt.web.sealing import keyed_digest

CALENDAR, ATOM, JSON = "text/calendar; charset=utf-8", "application/atom+xml; charset=utf-8", "application/json"
FOR_ALL, FOR_ONE = "public, max-age=300", "private, no-cache"


def _feed(
    request: HttpRequest, rows: Any, write: Callable[[list[Session]], bytes], media_type: str, cache_for: str
) -> HttpResponse:
    """A feed with its ETag; 304 costs one query. What everyone gets is kept as written until it changes."""
    mark = keyed_digest("events.feed", f"{request.get_full_path()}|{queries.feed_mark(rows)}")[:32]
    etag = f'"{mark}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        name = f"events.feed:{keyed_digest('events.feed', request.path)}"
        known, body = (cache.get(name) if cache_for == FOR_ALL and not request.GET else None) or ("", b"")
        if known != etag:
            body = write(queries.feed_rows(rows))
            if cache_for == FOR_ALL and not request.GET:
                cache.set(name, (etag, body), 3600)
        answer = HttpResponse(body, content_type=media_type)
    answer["ETag"], answer["Cache-Control"] = etag, cache_for
    return answer


def _as_calendar(name: str) -> Callable[[list[Session]], bytes]:
    def write(rows: list[Session]) -> bytes:
        return calendar_of((component_of(s, address=session_address(s), host=host()) for s in rows), name=name)

    return write


@page("events.see_calendar")
def public(request: HttpRequest, place: str = "", kind: str = "") -> HttpResponse:
    """What is published: all of it, at one place, or of one kind."""
    if kind and kind not in Kind.values:
        raise Http404
    name = " ".join(["Knutepunkt", place, str(Kind(kind).label) if kind else ""]).strip()
    return _feed(request, queries.public_feed(place, kind), _as_calendar(name), CALENDAR, FOR_ALL)


@page("events.see_calendar")
def private(request: HttpRequest, code: str) -> HttpResponse:
    """A person's own registrations, for whoever holds the secret address."""
    row = living_code(FEED, code)
    if row is None:
        raise Http404
    key = row.subject.partition(":")[2]
    return _feed(request, queries.private_feed(key), _as_calendar(_("Min kalender")), CALENDAR, FOR_ONE)


@page("events.see_event", of=find.session)
def single(request: HttpRequest, session: Session) -> HttpResponse:
    """One occurrence, to put in one's own calendar."""
    answer = HttpResponse(_as_calendar(session.event.title)([session]), content_type=CALENDAR)
    answer["Content-Disposition"] = 'attachment; filename="kalender.ics"'
    return answer


@page("events.see_calendar")
def as_json(request: HttpRequest) -> HttpResponse:
    """The public calendar as JSON."""

    def write(rows: list[Session]) -> bytes:
        found = [
            {"id": str(s.uid), "title": s.event.title, "kind": s.event.kind, "starts_at": s.starts_at.isoformat(),
             "ends_at": s.ends_at.isoformat(), "is_cancelled": s.is_off, "place": s.event.place_name,
             "url": session_address(s)}
            for s in rows
        ]  # fmt: skip
        return json.dumps({"events": found}, ensure_ascii=False).encode()

    rows = queries.public_feed(request.GET.get("sted", ""), request.GET.get("slag", ""))
    return _feed(request, rows, write, JSON, FOR_ALL)


@page("events.see_calendar")
def as_atom(request: HttpRequest) -> HttpResponse:
    """The public calendar as Atom."""

    def write(rows: list[Session]) -> bytes:
        feed = Atom1Feed(_("Kalender"), f"{settings.ADDRESS}/kalender/", "", language="nb")
        for s in rows[:200]:
            feed.add_item(
                s.event.title, session_address(s), s.event.text[:500], unique_id=f"urn:uuid:{s.uid}",
                updateddate=max(s.changed_at, s.event.changed_at), pubdate=s.event.made_at,
            )  # fmt: skip
        return feed.writeString("utf-8").encode()

    rows = queries.public_feed(request.GET.get("sted", ""), request.GET.get("slag", ""))
    return _feed(request, rows, write, ATOM, FOR_ALL)
