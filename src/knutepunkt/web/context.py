"""What every page is given: navigation, actor, languages. At most one query beyond the session's."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from knutepunkt.web.registers import NAVIGATION


def every_page(request: HttpRequest) -> dict[str, Any]:
    """The context every template can count on."""
    person = getattr(request, "user", None)
    actor = person if person is not None and person.is_authenticated else None
    return {
        "nav": navigation(request, actor),
        "actor": actor,
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
        "calm": request.COOKIES.get("ro") == "1",
        "installation_name": settings.INSTALLATION_NAME,
        "address": settings.ADDRESS,
        "reference": getattr(request, "reference", "-"),
    }


def navigation(request: HttpRequest, actor: Any) -> list[dict[str, Any]]:
    """The lines of the menu that this person can use; the one whose page this is, or whose pages it lies under, is marked."""
    entries = [(entry.label, reverse(entry.url_name)) for entry in sorted(NAVIGATION, key=lambda line: line.order) if entry.shown(actor)]
    around = [url for _label, url in entries if request.path == url or (url != "/" and request.path.startswith(url))]
    here = max(around, key=len, default="")
    return [{"label": label, "url": url, "current": url == here} for label, url in entries]
