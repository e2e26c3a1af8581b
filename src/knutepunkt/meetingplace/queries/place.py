"""Reads of the place itself: its page, its hours, its rules, who hosts, the week, how many came."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import get_language

from knutepunkt.events.queries import between, narrowed, sessions_visible_to
from knutepunkt.meetingplace.choices.place import HANDOVER_KEPT, Shown, What
from knutepunkt.meetingplace.methods.hours import Calendar, Day, calendar_of
from knutepunkt.meetingplace.models import (
    Centre,
    Handover,
    Hours,
    HouseRules,
    Introduction,
    Picture,
    ShownHost,
    Tap,
)
from knutepunkt.organisations.choices import CENTRES, Role
from knutepunkt.organisations.queries import (
    coordinators_of,
    organisations_where,
    people_with_any_role,
    run_by,
)
from knutepunkt.web.sealing import KeyGone, unseal_text
from knutepunkt.web.threshold import shown

HOSTS = (Role.HOST, Role.COORDINATOR)
ODD_DAYS_SHOWN = 90
ON_POSTER = (
    "starts_at", "ends_at", "cancelled_at", "cancel_reason", "event__title", "event__slug", "event__kind", "event__state",
    "event__cancel_reason",
)  # fmt: skip


def centre_by_slug(slug: str) -> Centre | None:
    """A centre's meeting place with the rules that hold, by the organisation's slug; None if there is none."""
    return Centre.objects.select_related("organisation", "current_rules").filter(organisation__slug=slug).first()


def centre_today(slug: str) -> Centre | None:
    """The same for the host's day: with the last note between hosts, and small numbers of today. One query."""
    today = timezone.localdate()
    notes = Handover.objects.filter(centre=OuterRef("pk"), made_at__gte=timezone.now() - HANDOVER_KEPT).order_by("-pk")
    came = Tap.objects.filter(centre=OuterRef("pk"), what=What.CAME, on_date=today).order_by().values("centre")
    asked = Introduction.objects.filter(resource__centre=OuterRef("pk"), state=Shown.ASKED).order_by()
    return (
        Centre.objects.select_related("organisation").filter(organisation__slug=slug)
        .annotate(
            note=Subquery(notes.values("words")[:1]), note_at=Subquery(notes.values("made_at")[:1]),
            note_by=Subquery(notes.values("by__chosen_name")[:1]),
            came_today=Coalesce(Subquery(came.annotate(n=Count("pk")).values("n")), 0),
            asked=Coalesce(Subquery(asked.values("resource__centre").annotate(n=Count("pk")).values("n")), 0),
        )
        .first()
    )  # fmt: skip


def note_of(centre: Any) -> str:
    """The words of the last note between hosts, opened. One query in the key store, none when there is no note."""
    return words_of(centre, centre.note) if centre.note else ""


def words_of(centre: Centre, sealed: bytes) -> str:
    """What a note between hosts says, or nothing when the key is gone."""
    try:
        return unseal_text(centre.key_owner, "handover", bytes(sealed))
    except KeyGone:
        return ""


def centres() -> QuerySet[Centre]:
    """All meeting places, in the Norwegian order of their names."""
    rows = Centre.objects.filter(organisation__valid_to=None).select_related("organisation")
    return rows.order_by("organisation__sort_name", "pk")


def centre_of_organisation(organisation: Any) -> Centre | None:
    """An organisation's meeting place, if it keeps one here."""
    return Centre.objects.select_related("organisation").filter(organisation_id=organisation.pk).first()


def own_organisations(person: Any) -> list[int]:
    """Ids of the organisations where this person holds any role today."""
    return organisations_where(person, *Role)


def run_organisations(person: Any) -> list[int]:
    """Ids of the organisations where this person is host or coordinator today."""
    return organisations_where(person, *HOSTS)


def organisations_to_open(person: Any) -> list[Any]:
    """Centres this person coordinates that have no meeting place here yet."""
    rows = run_by(person).filter(kind__in=CENTRES, meetingplace=None)
    return list(rows[:20])


def hosts_of(centre: Centre) -> list[Any]:
    """Keys of the hosts and coordinators of a place today, each once. One query."""
    return people_with_any_role(HOSTS, centre.organisation_id)


def calendar_for(centre: Centre, first: date | None = None, last: date | None = None) -> Calendar:
    """A place's hours, with the dates of their own around the days asked about. One query."""
    today = timezone.localdate()
    first, last = min(first or today, today), max(last or today, today) + timedelta(days=ODD_DAYS_SHOWN)
    rows = Hours.objects.filter(Q(on_date=None) | Q(on_date__gte=first, on_date__lte=last), centre=centre)
    return calendar_of(
        rows.order_by("weekday", "on_date", "opens"), closed_on_holidays=centre.closed_on_holidays,
        language=get_language() or "nb",
    )  # fmt: skip


def hours_of(centre: Centre) -> tuple[list[Hours], list[Hours]]:
    """The ordinary week's hours, and dates to come that are not as usual. One query."""
    rows = Hours.objects.filter(Q(on_date=None) | Q(on_date__gte=timezone.localdate()), centre=centre)
    found = list(rows.order_by("weekday", "on_date", "opens")[:200])
    return [row for row in found if row.on_date is None], [row for row in found if row.on_date is not None]


def rules_before(centre: Centre) -> list[HouseRules]:
    """All editions, newest first, bounded. One query."""
    return list(HouseRules.objects.filter(centre=centre).order_by("-number")[:30])


def pictures_of(centre: Centre) -> list[Picture]:
    """Pictures of the house. One query."""
    return list(Picture.objects.filter(centre=centre).select_related("file").order_by("pk"))


def picture_at(slug: str, picture_id: int) -> Picture | None:
    """One picture of the place an address names."""
    rows = Picture.objects.filter(centre__organisation__slug=slug, pk=picture_id)
    return rows.select_related("file", "centre__organisation").first()


def shown_hosts(centre: Centre) -> list[ShownHost]:
    """Hosts and coordinators of today who have said yes to standing here. Two queries."""
    rows = list(ShownHost.objects.filter(centre=centre).select_related("person").order_by("pk")[:40])
    still = set(hosts_of(centre)) if rows else set()
    return [row for row in rows if row.person_id in still and row.person.is_active]


def shown_host(centre: Centre, person: Any) -> ShownHost | None:
    """A host's own line on the page, if they have said yes."""
    return ShownHost.objects.filter(centre=centre, person_id=person.pk).first()


@dataclass(frozen=True)
class WeekDay:
    """One day of the week's page and poster."""

    day: Day
    sessions: list[Any]
    is_today: bool
    is_past: bool = False

    @property
    def on(self) -> date:
        """The date."""
        return self.day.on


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def sessions_at(centre: Centre, actor: Any) -> Any:
    """What happens at the place that the actor may see, with only what the week, the poster and the host's day show."""
    seen = narrowed(sessions_visible_to(actor), place=centre.organisation.slug)
    return seen.select_related(None).select_related("event").only(*ON_POSTER)


def week_of(centre: Centre, actor: Any, monday: date) -> list[WeekDay]:
    """Seven days with hours and what happens, cancelled ones too. Two queries."""
    last = monday + timedelta(days=6)
    hours = calendar_for(centre, monday, last)
    rows = between(sessions_at(centre, actor), monday, last)
    days: dict[date, list[Any]] = {}
    for row in rows:
        days.setdefault(timezone.localdate(row.starts_at), []).append(row)
    today = timezone.localdate()
    dates = [monday + timedelta(days=n) for n in range(7)]
    return [WeekDay(hours.on(on), days.get(on, []), on == today, on < today) for on in dates]


def visits_on(centre: Centre, day: date) -> int:
    """How many came on one day; for hosts."""
    return Tap.objects.filter(centre=centre, what=What.CAME, on_date=day).count()


def visits_between(centre: Any, first: date, last: date) -> int:
    """How many visits between two days, both included."""
    return Tap.objects.filter(centre=centre, what=What.CAME, on_date__gte=first, on_date__lte=last).count()


def visits_last_week(centre: Centre) -> int | None:
    """Visits in the last whole week, for everybody: nothing below the threshold, and never a day for itself."""
    monday = monday_of(timezone.localdate()) - timedelta(days=7)
    return shown(visits_between(centre, monday, monday + timedelta(days=6)))


def visits_by_day(centre: Centre, first: date, last: date) -> list[dict[str, Any]]:
    """For hosts: each day's visits by part of the day, how many were new, and how it was. One query."""
    rows = Tap.objects.filter(centre=centre, on_date__gte=first, on_date__lte=last)
    came = Q(what=What.CAME)
    counts = rows.values("on_date").annotate(
        people=Count("pk", filter=came), first=Count("pk", filter=came & Q(is_first=True)),
        morning=Count("pk", filter=came & Q(part="morning")), afternoon=Count("pk", filter=came & Q(part="afternoon")),
        evening=Count("pk", filter=came & Q(part="evening")), good=Count("pk", filter=Q(how="good")),
        so_so=Count("pk", filter=Q(how="so_so")), not_good=Count("pk", filter=Q(how="not_good")),
    )  # fmt: skip
    return [dict(row) for row in counts.order_by("on_date")]


def coordinator_names(centre: Centre) -> list[str]:
    """The names of those who run the place, for telling a person whom to ask."""
    return [row.person.chosen_name for row in coordinators_of(centre.organisation)]
