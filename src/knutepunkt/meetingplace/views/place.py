"""The centre's own page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from knutepunkt.meetingplace.models import Centre
from knutepunkt.meetingplace.queries.place import centre_by_slug
from knutepunkt.web.access import page


def centre_at(_request: HttpRequest, slug: str) -> Centre:
    """The centre an address names, or 404."""
    if (centre := centre_by_slug(slug)) is None:
        raise Http404
    return centre


@page("meetingplace.see_place", of=centre_at)
def home(request: HttpRequest, centre: Centre) -> HttpResponse:
    """Who we are."""
    return render(request, "meetingplace/home.html", {"centre": centre})
