"""What the room enters in the house's registers."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from knutepunkt.events.actions.planning import index_event
from knutepunkt.events.choices import EventState
from knutepunkt.events.demo import seed_events
from knutepunkt.events.models import Event
from knutepunkt.web.registers import (
    DEMO_SEEDS,
    NAVIGATION,
    NOTICES,
    SEARCHABLES,
    NavEntry,
    NoticeKind,
    Searchable,
)


def _url(facts: dict[str, Any]) -> str:
    return reverse("events:session", args=[facts["event"], facts["session"]])


def _event_url(facts: dict[str, Any]) -> str:
    return reverse("events:event", args=[facts["event"]])


def _rebuild() -> int:
    return sum(index_event(event) for event in Event.objects.filter(state=EventState.PUBLISHED).iterator())


def _says(text: Any) -> Callable[[dict[str, Any]], str]:
    return lambda _facts: str(text)


def enter() -> None:
    """Enter everything."""
    NAVIGATION.add("events", NavEntry(gettext_lazy("Kalender"), "events:calendar", lambda _p: True, 25))
    mine = lambda _facts: reverse("events:mine")  # noqa: E731 (thin)
    NOTICES.add("events.waiting", NoticeKind(
        _says(gettext_lazy("Du står på en venteliste. Du får beskjed når det blir plass.")), mine))  # fmt: skip
    NOTICES.add("events.offered", NoticeKind(_says(gettext_lazy("Det er blitt en plass til deg. Vil du ha den?")), mine))
    NOTICES.add("events.passed-on", NoticeKind(
        _says(gettext_lazy("Plassen du ble tilbudt, har gått videre. Du kan melde deg på igjen.")), _url))  # fmt: skip
    NOTICES.add("events.changed", NoticeKind(_says(gettext_lazy("Noe du skal på, er endret.")), _url))
    NOTICES.add("events.cancelled", NoticeKind(_says(gettext_lazy("Noe du skulle på, er avlyst.")), _url))
    NOTICES.add("events.soon", NoticeKind(_says(gettext_lazy("Snart skjer noe du er påmeldt til.")), _url))
    NOTICES.add("events.date-set", NoticeKind(_says(gettext_lazy("Det er satt en dag for noe du ville vite om.")), _event_url))
    SEARCHABLES.add("events.event", Searchable(gettext_lazy("Kalender"), _rebuild))
    DEMO_SEEDS.add("events", seed_events)
