"""The holder of a door's code: a tablet that a host has put there, which shows that page and no other."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from knutepunkt.meetingplace.choices.place import DOOR
from knutepunkt.meetingplace.models import Centre
from knutepunkt.meetingplace.queries.place import centre_by_slug
from knutepunkt.web.papercodes import CodeKind, add_kind, living_code

COOKIE, PLACE = "dor", "dor-sted"
KEPT = 400 * 24 * 3600
OPEN_TO_TABLET = ("/static/", "/konto/", "/web/oppe/", "/web/sprak/")

add_kind(CodeKind(name=DOOR, length=24, uses=None, days=400, path="/treffsted/"))


@dataclass(frozen=True)
class Door:
    """A tablet that may count at a place."""

    centre: Centre
    code: str


def door_at(request: HttpRequest, slug: str) -> Door | HttpResponse:
    """The door this device stands at, or 404: no code, a dead one, or another place's.

    A tablet that has been switched off from elsewhere shows the way to end it, for a host who signs in.
    """
    code = request.COOKIES.get(COOKIE, "")
    centre = centre_by_slug(slug)
    row = living_code(DOOR, code) if code and centre else None
    if centre is None or row is None or row.subject != centre.key:
        if centre is not None and request.method == "GET" and request.COOKIES.get(PLACE) == slug:
            return redirect("meetingplace:door-stop", slug)
        raise Http404
    return Door(centre, str(row.pk))


def lock(response: HttpResponse, slug: str, code: str, *, secure: bool) -> None:
    """Let a device be the tablet of a place. No page of another site can use the cookie."""
    for name, value, path in ((COOKIE, code, f"/treffsted/{slug}/dor/"), (PLACE, slug, "/")):
        response.set_cookie(name, value, max_age=KEPT, path=path, httponly=True, samesite="Strict", secure=secure)


def unlock(response: HttpResponse, slug: str) -> None:
    """Let the device go."""
    response.delete_cookie(COOKIE, path=f"/treffsted/{slug}/dor/", samesite="Strict")
    response.delete_cookie(PLACE, samesite="Strict")


def keep_at_the_door(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A tablet at the door shows only the door, and the way for a host to sign in and end it."""

    def handle(request: HttpRequest) -> HttpResponse:
        slug = request.COOKIES.get(PLACE, "")
        if slug.replace("-", "").isalnum() and slug.isascii():
            home = f"/treffsted/{slug}/dor/"
            if not request.path.startswith((home, *OPEN_TO_TABLET)) and not request.user.is_authenticated:
                return redirect(home)
        return answer(request)

    return handle
