"""Pages of the front door."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from knutepunkt.organisations.queries import own_memberships
from knutepunkt.people.queries import is_open
from knutepunkt.portal import actions, queries
from knutepunkt.portal.forms import WhereForm
from knutepunkt.web.access import page

PUBLIC = "portal.see_public_pages"


@page(PUBLIC)
def front_page(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/front_page.html", {
        "find_form": WhereForm(),
        "reports": queries.latest_reports(),
        "reports_url": queries.address_or_nothing("inquiry:reports"),
        "consent_code_url": queries.address_or_nothing("consent:code"),
    })  # fmt: skip


@page(PUBLIC)
def robots(_request: HttpRequest) -> HttpResponse:
    """For search engines: they may look at all that is public, each page says whether it may be kept, and here is the map of what may be found."""
    lines = ["User-agent: *", "Disallow:"]
    if sitemap := queries.address_or_nothing("stories:open-sitemap"):
        lines += ["", f"Sitemap: {settings.ADDRESS}{sitemap}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@page("portal.see_own_page")
def my_page(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    memberships = own_memberships(person)  # first: what asks for roles below need not ask again
    notices = queries.notice_lines_of(person)
    return render(request, "portal/my_page.html", {
        "steps": queries.next_steps_of(person),
        "notices": notices,
        "has_new": any(line.is_new for line in notices),
        "memberships": memberships,
        "is_open": is_open(person),
        "given_url": queries.address_or_nothing("consent:given"),
    })  # fmt: skip


@require_POST
@page("portal.see_own_page", writes=True)
def notices_read(request: HttpRequest) -> HttpResponse:
    actions.read_notices(by=request.user)
    return redirect("portal:my-page")


@page(PUBLIC)
def help_now(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/help_now.html", {"helplines": queries.helplines()})


@page(PUBLIC)
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")


@page(PUBLIC)
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html")


@page(PUBLIC)
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about.html")


@page(PUBLIC)
def safety(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/safety.html")
