"""Rooms and things: time first, then what is free; one room, who shows it, and the list hosts keep."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knutepunkt.meetingplace.actions import booking as actions
from knutepunkt.meetingplace.actions import rooms as keeping
from knutepunkt.meetingplace.actions.keeping import SomebodyElseSaved
from knutepunkt.meetingplace.choices.place import ResourceKind, Shown
from knutepunkt.meetingplace.forms import booking as forms
from knutepunkt.meetingplace.models import Centre, Resource
from knutepunkt.meetingplace.queries import booking as queries
from knutepunkt.meetingplace.queries.place import calendar_for
from knutepunkt.meetingplace.views import finding as find
from knutepunkt.web.access import may, page
from knutepunkt.web.fields import typed_again
from knutepunkt.web.throttle import TooManyTries, count_try

USE, RUN, SHOW = "meetingplace.use_place", "meetingplace.run_place", "meetingplace.show_room"
REFUSED: tuple[tuple[type[Exception], Any], ...] = (
    (actions.MustBeShown, lambda: _("Du må bli vist dette før du bestiller. Spør om å bli vist det lenger ned.")),
    (actions.HouseIsShut, lambda: _("Huset er stengt da. Velg en tid når huset er åpent, eller spør en vert.")),
    (actions.NotThen, lambda: _("Det går ikke å bestille akkurat den tiden. Se etter om den er for lang, for langt fram eller forbi.")),
    (actions.EnoughNow, lambda: _("Du har bestilt mange ganger framover. Gi slipp på en av dem først, så får flere plass.")),
)


def refused(fault: Exception) -> str:
    """Why a booking could not be made, in kind words."""
    return next((say() for kind, say in REFUSED if isinstance(fault, kind)), "")


def taken_words() -> str:
    """When somebody else has the time."""
    return _("Noen andre har den tiden. Du kan velge en annen, eller vente og få beskjed hvis den blir ledig.")


@page(USE, of=find.centre)
def rooms(request: HttpRequest, centre: Centre) -> HttpResponse:
    """Choose a time, and see which rooms are free then."""
    return _time_first(request, centre, ResourceKind.ROOM, forms.TimeForm(_asked(request, forms.next_times())))


@page(USE, of=find.centre)
def things(request: HttpRequest, centre: Centre) -> HttpResponse:
    """Choose the days, and see what can be borrowed then."""
    return _time_first(request, centre, ResourceKind.THING, forms.DaysForm(_asked(request, forms.next_days())))


def _asked(request: HttpRequest, otherwise: dict[str, Any]) -> dict[str, Any]:
    return {name: request.GET.get(name) or value for name, value in otherwise.items()}


def _time_first(request: HttpRequest, centre: Centre, kind: str, form: Any) -> HttpResponse:
    found, span, is_shut = [], None, False
    if form.is_valid():
        span = form.span()
        found = queries.offers(centre, request.user, *span, kind=kind)
        if kind == ResourceKind.ROOM:
            is_shut = not calendar_for(centre, last=span[1].date()).covers(*span)
    return render(request, "meetingplace/rooms.html", {
        "centre": centre, "form": form, "free": [o for o in found if o.is_free], "is_lent": kind == ResourceKind.THING,
        "taken": [o for o in found if not o.is_free], "span": span, "asked": urlencode(form.data), "is_shut": is_shut,
        "may_run": may(request.user, RUN, centre), "base": reverse("meetingplace:rooms", args=[centre.organisation.slug]),
        "tags": {"mine": _("din"), "taken": _("opptatt"), "show": _("bli vist først"), "free": _("ledig")},
    })  # fmt: skip


@page(USE, writes=True, of=find.resource)
def resource(request: HttpRequest, resource: Resource) -> HttpResponse:
    """One room or thing: what it is, when it is taken, and to book it, wait for it, or be shown it."""
    is_host = may(request.user, RUN, resource)
    form_class: Any = forms.BorrowForm if resource.is_lent else forms.BookForm
    otherwise = forms.next_days() if resource.is_lent else forms.next_times()
    asked = _asked(request, otherwise)
    form = form_class(request.POST or None, initial=asked, is_host=is_host)
    collided = None
    if request.method == "POST" and form.is_valid():
        answer = _act(request, resource, form, is_host=is_host)
        if answer is not None:
            return answer
        collided = form.span() if form.errors and getattr(form, "is_taken", False) else None
    first = _day(request.POST.get("dag") or asked["dag"])
    days = 14 if resource.is_lent else 1
    start = queries.midnight(first)
    rows = queries.bookings_between(resource, start, start + timedelta(days=days))
    intro = queries.introduction_of(request.user, resource) if resource.needs_introduction else None
    guides = queries.guides_of(resource)
    return render(request, "meetingplace/resource.html", {
        "centre": resource.centre, "resource": resource, "form": form, "collided": collided, "rows": rows,
        "day": first, "until": first + timedelta(days=days - 1), "intro": intro.state if intro else "",
        "is_shown": not resource.needs_introduction or (intro is not None and intro.state == Shown.GIVEN),
        "guides": guides, "is_guide": any(g.person_id == request.user.pk for g in guides), "is_host": is_host,
        "back_url": _other_day(asked, first, -days), "on_url": _other_day(asked, first, days),
    })  # fmt: skip


def _other_day(asked: dict[str, Any], first: date, days: int) -> str:
    """The same page some days before or after, with the times one has chosen."""
    moved = {**asked, "dag": (first + timedelta(days=days)).isoformat()}
    if "til_dag" in moved:
        moved["til_dag"] = (_day(asked["til_dag"]) + timedelta(days=days)).isoformat()
    return "?" + urlencode(moved)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
    return day if abs(day - timezone.localdate()) < timedelta(days=800) else timezone.localdate()


def _act(request: HttpRequest, resource: Resource, form: Any, *, is_host: bool) -> HttpResponse | None:
    """Book, or stand in line. None when it could not be; the form says why."""
    start, end = form.span()
    data = form.cleaned_data
    try:
        count_try("meetingplace.book", str(request.user.pk), limit=60, per=timedelta(hours=1))
        if request.POST.get("act") == "wait":
            actions.wait_for(by=request.user, resource=resource, starts_at=start, ends_at=end)
            messages.success(request, _("Du står på ventelista. Du får beskjed hvis det blir ledig, og tid til å svare."))
            return redirect("meetingplace:bookings")
        made = actions.book(
            by=request.user, resource=resource, starts_at=start, ends_at=end, weeks=data.get("uker") or 1,
            for_name=data.get("for_name") or "", is_host=is_host, form_key=data.get("form_key"),
        )  # fmt: skip
    except actions.Taken:
        form.is_taken = True
        form.add_error(None, taken_words())
    except TooManyTries as stop:
        form.add_error(None, _("Det er prøvd for mange ganger. Vent %(n)s minutter.") % {"n": stop.seconds // 60 + 1})
    except (actions.MustBeShown, actions.HouseIsShut, actions.NotThen, actions.EnoughNow) as fault:
        form.add_error(None, refused(fault))
    else:
        messages.success(request, _booked(resource, made))
        return redirect("meetingplace:bookings")
    return None


def _booked(resource: Resource, made: actions.Series) -> str:
    """What was booked, and which days were left out."""
    number = len(made.made)
    said = (
        _("%(name)s er din.") % {"name": resource.name} if number == 1 and not made.skipped
        else ngettext("%(name)s er bestilt %(n)s gang.", "%(name)s er bestilt %(n)s ganger.", number)
        % {"name": resource.name, "n": number}
    )  # fmt: skip
    if made.skipped:
        days = ", ".join(date_format(day, "MONTH_DAY_FORMAT") for day in made.skipped)
        said += " " + _("Disse dagene gikk ikke, så de er hoppet over: %(days)s.") % {"days": days}
    return said


@page(USE, writes=True, of=find.resource)
def being_shown(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Ask to be shown a room; or say that one can show it, or no longer."""
    if request.method == "POST":
        act = request.POST.get("act")
        try:
            count_try("meetingplace.show", str(request.user.pk), limit=30, per=timedelta(hours=1))
            if act == "ask":
                keeping.ask_to_be_shown(by=request.user, resource=resource)
                messages.success(request, _("Vi har sagt fra til dem som kan vise deg det."))
            elif act == "offer":
                keeping.offer_to_show(by=request.user, resource=resource, is_host=may(request.user, RUN, resource))
                messages.success(request, _("Takk. Nå kan andre spørre deg."))
            elif act == "stop":
                keeping.stop_showing(by=request.user, resource=resource)
                messages.success(request, _("Du står ikke lenger på lista."))
        except keeping.NotShownYet:
            messages.warning(request, _("Bli vist det selv først, så kan du vise det til andre."))
        except TooManyTries:
            messages.warning(request, _("Det er prøvd for mange ganger. Vent litt."))
    return redirect("meetingplace:resource", resource.centre.organisation.slug, resource.pk)


@page(SHOW, of=find.resource)
def shown(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Who has asked to be shown it, and who has been; for hosts and those who show it."""
    rows = queries.shown_people(resource)
    return render(request, "meetingplace/shown.html", {
        "centre": resource.centre, "resource": resource,
        "asked": [row for row in rows if row.state == Shown.ASKED],
        "given": [row for row in rows if row.state == Shown.GIVEN],
    })  # fmt: skip


@page(SHOW, writes=True, of=find.introduction)
def shown_answer(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Note that somebody has been shown it, or take it back."""
    row = resource.asked_introduction  # type: ignore[attr-defined]
    if request.method == "POST":
        if request.POST.get("act") == "given":
            keeping.note_shown(by=request.user, introduction=row)
            messages.success(request, _("Det er notert. Nå kan de bestille selv."))
        elif request.POST.get("act") == "withdraw":
            keeping.withdraw_introduction(by=request.user, introduction=row)
            messages.success(request, _("Det er trukket tilbake, og de får beskjed."))
    return redirect("meetingplace:resource-shown", resource.centre.organisation.slug, resource.pk)


@page(RUN, writes=True, of=find.centre)
def add(request: HttpRequest, centre: Centre) -> HttpResponse:
    """A new room or thing."""
    initial = {"kind": "room", "longest_minutes": 180, "longest_days": 14, "is_in_use": True}
    form = forms.ResourceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        del data["version"]
        made = keeping.add_resource(by=request.user, centre=centre, **data)
        messages.success(request, _("Det er lagt til."))
        return redirect("meetingplace:resource", centre.organisation.slug, made.pk)
    return render(request, "meetingplace/resource_edit.html", {"centre": centre, "form": form, "resource": None})


@page(RUN, writes=True, of=find.resource)
def change(request: HttpRequest, resource: Resource) -> HttpResponse:
    """Change what a room or thing is."""
    initial = {name: getattr(resource, name) for name in (*keeping.RESOURCE_FIELDS, "version")}
    form, theirs = forms.ResourceForm(request.POST or None, initial=initial), None
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        version = data.pop("version") or 0
        try:
            keeping.change_resource(by=request.user, resource=resource, version=version, **data)
        except SomebodyElseSaved as other:
            theirs, form = other.now, typed_again(form, other.now.version)
        else:
            messages.success(request, _("Det er lagret."))
            return redirect("meetingplace:resource", resource.centre.organisation.slug, resource.pk)
    return render(request, "meetingplace/resource_edit.html", {
        "centre": resource.centre, "form": form, "resource": resource, "theirs": theirs,
        "yours": request.POST.get("text", ""),
    })  # fmt: skip


