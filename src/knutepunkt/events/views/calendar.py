"""The calendar by list, day, week and month, and the pages of an event and of one occurrence."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from knutepunkt.events import queries
from knutepunkt.events.choices import OSLO, EventState, Kind, Signing
from knutepunkt.events.methods.writing import plain
from knutepunkt.events.models import Event, Session
from knutepunkt.events.views import finding as find
from knutepunkt.organisations.choices import CENTRES
from knutepunkt.organisations.queries import map_ground, organisations_of_kind
from knutepunkt.web.access import may, page
from knutepunkt.web.files import FileMissing, serve_file
from knutepunkt.web.paging import page_by_key

LIST, DAY, WEEK, MONTH, MAP = "liste", "dag", "uke", "maned", "kart"
MAP_DAYS = 30
KEPT = ("vis", "dag", "sted", "slag", "tid")


@dataclass(frozen=True)
class Day:
    """One day of a calendar page with what happens on it."""

    on: date
    sessions: list[Session]
    is_today: bool
    is_outside: bool
    number: int = 0
    url: str = ""


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
    return day if date(2000, 1, 1) < day < date(2200, 1, 1) else timezone.localdate()


def _span(view: str, day: date) -> tuple[date, date]:
    """The first and last day a view shows; a month is filled up with whole weeks."""
    if view == DAY:
        return day, day
    if view == MAP:
        return day, day + timedelta(days=MAP_DAYS)
    if view == WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def _steps(view: str, day: date) -> tuple[date, date]:
    """The day that the links back and on lead to."""
    if view == MONTH:
        first = day.replace(day=1)
        return (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=31)).replace(day=1)
    step = timedelta(days=1 if view == DAY else 7)
    return day - step, day + step


def _title(view: str, day: date) -> str:
    if view == MONTH:
        return date_format(day, "F Y").capitalize()
    if view == MAP:
        return _("Fra %(day)s og en måned fram") % {"day": date_format(day, "MONTH_DAY_FORMAT")}
    if view == WEEK:
        return _("Uke %(week)s, %(year)s") % {"week": day.isocalendar().week, "year": day.isocalendar().year}
    return date_format(day, "WEEKDAY_DATE_FORMAT").capitalize() if view == DAY else _("Det som kommer")


@page("events.see_calendar")
def calendar(request: HttpRequest) -> HttpResponse:
    """What happens. What one chose stands in the address."""
    chosen = {name: plain(request.GET[name]) for name in KEPT if request.GET.get(name)}
    view = chosen.get("vis", LIST)
    view = view if view in {LIST, DAY, WEEK, MONTH, MAP} else LIST
    day = _day(chosen.get("dag", ""))
    rows = queries.narrowed(
        queries.sessions_visible_to(request.user), place=chosen.get("sted", ""), kind=chosen.get("slag", ""),
        when=chosen.get("tid", ""),
    )  # fmt: skip
    facts: dict[str, Any] = {
        "view": view, "day": day, "title": _title(view, day), "today": timezone.localdate(), "chosen": chosen,
        "views": _views(chosen, view), "places": organisations_of_kind(*CENTRES).only("slug", "name"), "kinds": Kind.choices,
        "times": [("dag", _("på dagtid")), ("kveld", _("på kvelden")), ("helg", _("i helga"))],
        "may_make": may(request.user, "events.make_event"), "is_list": view == LIST, "is_month": view == MONTH,
        "is_map": view == MAP, **_feed_of(chosen.get("sted", "")),
    }  # fmt: skip
    if view == LIST:
        shown = page_by_key(queries.upcoming(rows, day), request, order="starts_at", size=30)
        facts |= {"days": _by_day(shown.rows, timezone.localdate()), "paging": shown}
        if not request.GET.get("etter"):
            facts["without_day"] = queries.without_day(chosen.get("sted", ""), chosen.get("slag", ""))
    elif view == MAP:
        facts |= _map(queries.places_on(rows, *_span(view, day)), chosen)
    else:
        first, last = _span(view, day)
        back, on = _steps(view, day)
        numbers = queries.how_many_by_day(rows, first, last) if view == MONTH else {}
        is_cut = sum(numbers.values()) > queries.MOST_ON_PAGE
        found = [] if is_cut else queries.between(rows, first, last)
        is_cut = is_cut or (view != MONTH and len(found) == queries.MOST_ON_PAGE)
        days = _every_day(found, first, last, day if view == MONTH else None)
        if is_cut and view == MONTH:
            days = _counted(days, numbers, chosen)
        facts |= {
            "days": days,
            "back": _address(chosen, dag=back.isoformat()), "on": _address(chosen, dag=on.isoformat()),
            "is_cut": is_cut,
        }  # fmt: skip
    return render(request, "events/calendar.html", facts)


def _feed_of(place: str) -> dict[str, str]:
    """The feed of what is shown: to fetch once, and to follow (`webcal` tells a phone to keep it up to date)."""
    known = place if re.fullmatch(r"[-\w]+", place, re.ASCII) else ""
    feed = reverse("events:feed-place", args=[known]) if known else reverse("events:feed")
    return {"feed": feed, "subscribe": f"webcal://{urlsplit(settings.ADDRESS).netloc}{feed}"}


def _map(places: list[dict[str, Any]], chosen: dict[str, str]) -> dict[str, Any]:
    """Norway with a dot for each place that has something, larger the more; and the same as a list."""
    ground = map_ground()
    lines = [{**one, "url": _address(chosen, vis=LIST, sted=one["slug"])} for one in places]
    dots = [
        {**one, "x": x, "y": y, "radius": min(12 + one["number"], 34)}
        for one in lines
        if one["latitude"] is not None and one["longitude"] is not None
        for x, y in [ground.outline.place(one["latitude"], one["longitude"])]
    ]
    return {"ground": ground, "places_on": lines, "dots": sorted(dots, key=lambda dot: -dot["radius"])}


def _address(chosen: dict[str, str], **other: str) -> str:
    return "?" + urlencode({**chosen, **other})


def _views(chosen: dict[str, str], view: str) -> list[tuple[str, str, bool]]:
    named = ((LIST, _("Liste")), (DAY, _("Dag")), (WEEK, _("Uke")), (MONTH, _("Måned")), (MAP, _("Kart")))
    return [(str(label), _address(chosen, vis=name), name == view) for name, label in named]


def _local(session: Session) -> date:
    return session.starts_at.astimezone(OSLO).date()


def _by_day(rows: list[Session], today: date) -> list[Day]:
    days: dict[date, list[Session]] = {}
    for row in rows:
        days.setdefault(_local(row), []).append(row)
    return [Day(on, found, on == today, is_outside=False) for on, found in days.items()]


def _every_day(rows: list[Session], first: date, last: date, month: date | None) -> list[Day]:
    found = {day.on: day.sessions for day in _by_day(rows, first)}
    today = timezone.localdate()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [
        Day(on, found.get(on, []), on == today, is_outside=month is not None and on.month != month.month) for on in days
    ]


def _counted(days: list[Day], numbers: dict[date, int], chosen: dict[str, str]) -> list[Day]:
    """Days with how much happens and a way in, instead of everything by name."""
    return [
        replace(one, sessions=[], number=numbers.get(one.on, 0), url=_address(chosen, vis=DAY, dag=one.on.isoformat()))
        for one in days
    ]  # fmt: skip


@page("events.see_event", of=find.event)
def event(request: HttpRequest, event: Event) -> HttpResponse:
    """What it is, how it is to come, and when it is next."""
    runs = may(request.user, "events.run_event", event)
    waits = not event.has_dates
    return render(request, "events/event.html", {
        "event": event, "sessions": queries.next_sessions(event), "may_run": runs,
        "feedback": queries.feedback_on(event) if runs else None, "waits": waits and event.state == EventState.PUBLISHED,
        "is_interested": waits and queries.interest_of(request.user, event) is not None,
        "interested": queries.how_many_interested(event) if runs and waits else None,
    })  # fmt: skip


@page("events.see_event", of=find.picture)
def picture(request: HttpRequest, event: Event) -> HttpResponse:
    """The picture of an event. Its address changes with the picture, so a device may keep it."""
    if event.picture is None:
        raise Http404
    try:
        answer = serve_file(event.picture, "bilde.webp")
    except FileMissing:
        raise Http404 from None
    answer["Content-Disposition"] = "inline"
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    return answer


@page("events.see_event", of=find.session)
def session(request: HttpRequest, session: Session) -> HttpResponse:
    """One occurrence: come as you are, when and where, and how to sign up."""
    own = queries.registration_of(request.user, session)
    is_coming = own is not None and own.state == "registered"
    now = timezone.now()
    return render(request, "events/session.html", {
        "event": session.event, "session": session, "own": own,
        "names": queries.names_shown_in(session) if is_coming else [],
        "is_open": session.event.signing != Signing.NONE and not session.is_off and session.starts_at > now
        and session.event.state == EventState.PUBLISHED,
        "has_begun": session.starts_at <= now, "is_full": queries.seats_for(request.user, session) == 0,
        "may_run": may(request.user, "events.run_event", session),
    })  # fmt: skip
