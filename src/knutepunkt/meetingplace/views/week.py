"""The week on screen, and as a poster for the wall."""

from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from knutepunkt.meetingplace.methods.pictograms import pictogram
from knutepunkt.meetingplace.models import Centre
from knutepunkt.meetingplace.pdf.week import week_poster
from knutepunkt.meetingplace.queries import place as queries
from knutepunkt.meetingplace.views import finding as find
from knutepunkt.web.access import may, page
from knutepunkt.web.pictures import drawing

SEE = "meetingplace.see_place"
POSTERS = {"a4": "a4", "a3": "a3"}


def monday_asked(request: HttpRequest) -> date:
    """The Monday of the week the address names, else of this week."""
    try:
        day = date.fromisoformat(request.GET.get("uke", ""))
    except ValueError:
        day = timezone.localdate()
    near = abs(day - timezone.localdate()) < timedelta(days=800)
    return queries.monday_of(day if near else timezone.localdate())


@page(SEE, of=find.centre)
def week(request: HttpRequest, centre: Centre) -> HttpResponse:
    """Seven days: when it is open, and what happens."""
    monday = monday_asked(request)
    days = queries.week_of(centre, request.user, monday)
    for day in days:
        for session in day.sessions:
            session.pictogram = drawing("pictograms", pictogram(session.event.title, session.event.kind))
    return render(request, "meetingplace/week.html", {
        "centre": centre, "days": days, "monday": monday, "sunday": monday + timedelta(days=6),
        "number": monday.isocalendar().week, "back_on": (monday - timedelta(days=7)).isoformat(), "next_on": (monday + timedelta(days=7)).isoformat(),
        "monday_on": monday.isoformat(),
        "visits": queries.visits_last_week(centre), "may_run": may(request.user, "meetingplace.run_place", centre),
    })  # fmt: skip


@page(SEE, of=find.centre)
def poster(request: HttpRequest, centre: Centre) -> HttpResponse:
    """The week as a poster, as it is now: what everybody may see."""
    size = POSTERS.get(request.GET.get("ark", "a4"))
    if size is None:
        raise Http404
    monday = monday_asked(request)
    days = queries.week_of(centre, AnonymousUser(), monday)
    answer = HttpResponse(week_poster(centre, days, monday, size), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="uke-{monday.isocalendar().week}-{size}.pdf"'
    return answer
