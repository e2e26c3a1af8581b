"""What this room enters in the registers of the house."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knutepunkt.people import demo, jobs, personal_data
from knutepunkt.people.actions import replay_erasures
from knutepunkt.people.choices import CARD, RENEWED_CARD, SHEET
from knutepunkt.web.papercodes import CodeKind, add_kind
from knutepunkt.web.registers import (
    DEMO_SEEDS,
    NAVIGATION,
    NOTICES,
    PERSONAL_DATA,
    REPLAYS,
    NavEntry,
    NoticeKind,
)

LOADED = (jobs,)


def _renewed_text(facts: dict[str, Any]) -> str:
    if facts.get("how") == "outside":
        return _(
            "En måte å logge inn på er endret utenfor Knutepunkt. Det du har skrevet, er stengt i sju dager."
        )
    if facts.get("how") == "card-used":
        return _("Noen logget inn med et kort en annen har laget. Det du har skrevet, er stengt i sju dager.")
    return _("Noen har laget et nytt kort til kontoen din. Det du har skrevet, er stengt i sju dager.")


def enter() -> None:
    """Called once, when the app is ready."""
    REPLAYS.add("people.erasures", replay_erasures)
    path = "/konto/kort/"
    add_kind(CodeKind(CARD, length=12, uses=1, days=30, path=path))
    add_kind(CodeKind(RENEWED_CARD, length=12, uses=1, days=7, path=path))
    add_kind(CodeKind(SHEET, length=24, uses=1, days=None, path="/konto/apne/"))
    NOTICES.add(
        "people.access_renewed",
        NoticeKind(text=_renewed_text, url=lambda _facts: reverse("people:reopen")),
    )
    NAVIGATION.add(
        "people.account",
        NavEntry(gettext_lazy("Konto"), "people:account", shown=lambda person: person is not None, order=90),
    )
    for entry in personal_data.ENTRIES:
        PERSONAL_DATA.add(entry.model, entry)
    DEMO_SEEDS.add("people", demo.seed)
