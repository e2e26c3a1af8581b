"""What the place enters in the house's registers."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knutepunkt.meetingplace.demo.place import seed_place
from knutepunkt.meetingplace.jobs import place as _jobs  # noqa: F401 (signs the jobs up)
from knutepunkt.meetingplace.queries.booking import near_bookings
from knutepunkt.meetingplace.queries.place import centre_of_organisation, visits_between
from knutepunkt.meetingplace.queries.work import done_by
from knutepunkt.web.registers import (
    DEMO_SEEDS,
    FIGURES,
    GIVEN,
    NAVIGATION,
    NEXT_STEPS,
    NOTICES,
    PLACE_LINKS,
    Figure,
    Given,
    NavEntry,
    NoticeKind,
)


def _says(text: Any) -> Callable[[dict[str, Any]], str]:
    return lambda _facts: str(text)


def _to(name: str) -> Callable[[dict[str, Any]], str]:
    return lambda facts: reverse(f"meetingplace:{name}", args=[facts["centre"]])


def _own(_facts: dict[str, Any]) -> str:
    return reverse("meetingplace:bookings")


def _room(facts: dict[str, Any]) -> str:
    return reverse("meetingplace:resource", args=[facts["centre"], facts["resource"]])


def _shown(facts: dict[str, Any]) -> str:
    return reverse("meetingplace:resource-shown", args=[facts["centre"], facts["resource"]])


TOLD: tuple[tuple[str, Any, Callable[[dict[str, Any]], str]], ...] = (
    ("free", gettext_lazy("Tiden du ventet på, er blitt ledig. Vil du ha den?"), _own),
    ("passed-on", gettext_lazy("Tiden vi holdt av til deg, har gått videre. Du kan vente på en ny."), _own),
    ("booking-cancelled", gettext_lazy("En vert måtte avlyse noe du hadde bestilt. Spør gjerne hvorfor."), _own),
    ("due-soon", gettext_lazy("I morgen er dagen for å levere det du har lånt."), _own),
    ("still-out", gettext_lazy("Du har fortsatt noe du lånte. Kom innom når du kan, eller si fra."), _own),
    ("asked-to-be-shown", gettext_lazy("Noen vil gjerne bli vist et rom."), _shown),
    ("shown", gettext_lazy("Nå er du vist rommet, og kan bestille det selv."), _room),
    ("introduction-withdrawn", gettext_lazy("Du må bli vist rommet på nytt før du kan bestille det."), _room),
    ("task-taken", gettext_lazy("Noen har tatt en oppgave."), _to("tasks")),
    ("task-let-go", gettext_lazy("En oppgave er ledig igjen."), _to("tasks")),
    ("task-done", gettext_lazy("En oppgave er gjort."), _to("today")),
    ("task-thanks", gettext_lazy("Takk for oppgaven du gjorde."), _to("tasks")),
    ("task-gone", gettext_lazy("En oppgave du hadde tatt, trengs ikke lenger."), _to("tasks")),
)


def _given(person: Any) -> list[Given]:
    return [
        Given(task.title, _("Gjort på %(place)s.") % {"place": task.centre.organisation.name},
              reverse("meetingplace:tasks", args=[task.centre.organisation.slug]), task.done_at)
        for task in done_by(person)
    ]  # fmt: skip


def _next_steps(person: Any) -> list[Given]:
    """A time that is kept for me, what I have today or tomorrow, and what is to come back."""
    return [
        Given(row.resource.name, _becomes(row), reverse("meetingplace:booking", args=[row.pk]), row.starts_at)
        for row in near_bookings(person)
    ]


def _becomes(row: Any) -> str:
    if row.held_until:
        return _("Tiden er holdt av til deg. Vil du ha den?")
    if row.is_out:
        return _("Lever %(day)s") % {"day": date_format(timezone.localtime(row.last_day), "WEEKDAY_FORMAT")}
    starts = timezone.localtime(row.starts_at)
    return _("Du har bestilt %(day)s klokka %(clock)s.") % {"day": date_format(starts, "WEEKDAY_FORMAT"), "clock": f"{starts:%H:%M}"}


def _links(organisation: Any) -> list[tuple[str, str]]:
    centre = centre_of_organisation(organisation)
    if centre is None:
        return []
    slug = organisation.slug
    return [
        (_("Treffstedet"), reverse("meetingplace:home", args=[slug])),
        (_("Uka på huset"), reverse("meetingplace:week", args=[slug])),
    ]


def _visits(organisation: Any) -> int:
    centre = centre_of_organisation(organisation)
    return visits_between(centre, date(2000, 1, 1), date(2200, 1, 1)) if centre else 0


def enter() -> None:
    """Enter everything about the place."""
    NAVIGATION.add("meetingplace", NavEntry(gettext_lazy("Treffstedet"), "meetingplace:mine", bool, 15))
    for name, text, url in TOLD:
        NOTICES.add(f"meetingplace.{name}", NoticeKind(_says(text), url))
    NEXT_STEPS.add("meetingplace.bookings", _next_steps)
    GIVEN.add("meetingplace.tasks", _given)
    FIGURES.add("meetingplace.visits", Figure(gettext_lazy("Besøk talt ved døra"), _visits))
    PLACE_LINKS.add("meetingplace", _links)
    DEMO_SEEDS.add("meetingplace.place", seed_place)
