"""Reads of the calendar. Lists start from what the actor may see."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.utils import timezone

from knutepunkt.events.choices import HOLDING, LIVING, MOST_IN_FEED, OSLO, EventState, Place
from knutepunkt.events.models import Event, Feedback, FeedMark, HeldSeats, Interest, Registration, Session
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import organisations_where, roles_of
from knutepunkt.web.paging import whole_number
from knutepunkt.web.sealing import KeyGone, unseal_text, unseal_texts
from knutepunkt.web.threshold import is_shown

RUNNING = (Role.HOST, Role.COORDINATOR)
OUT = (EventState.PUBLISHED, EventState.CANCELLED)
MOST_ON_PAGE = 400


def run_organisations(actor: Any) -> list[int]:
    """Keys of the organisations whose calendar this person keeps today."""
    return organisations_where(actor, *RUNNING)


def sessions_visible_to(actor: Any) -> QuerySet[Session]:
    """Occurrences of published events, and of drafts where the actor is host or coordinator."""
    seen = Q(event__state__in=OUT)
    if own := run_organisations(actor):
        seen |= Q(event__organiser_id__in=own)
    return Session.objects.filter(seen).select_related("event__organiser")


def events_visible_to(actor: Any) -> QuerySet[Event]:
    """Published events, and drafts where the actor is host or coordinator."""
    seen = Q(state__in=OUT)
    if own := run_organisations(actor):
        seen |= Q(organiser_id__in=own)
    return Event.objects.filter(seen).select_related("organiser", "series")


def drafts_of(actor: Any) -> QuerySet[Event]:
    """What the actor's organisations plan and have not published."""
    rows = Event.objects.filter(state=EventState.DRAFT, organiser_id__in=run_organisations(actor))
    return rows.select_related("organiser", "series")


def without_day(place: str = "", kind: str = "") -> list[Event]:
    """Published events whose day is not set; people can say that they are interested. One query."""
    rows = Event.objects.filter(state=EventState.PUBLISHED, has_dates=False)
    rows = rows.filter(organiser__slug=place) if place else rows
    rows = rows.filter(kind=kind) if kind else rows
    return list(rows.select_related("organiser").order_by("-pk")[:20])


def narrowed(rows: QuerySet[Session], *, place: str = "", kind: str = "", when: str = "") -> QuerySet[Session]:
    """Sessions at one place, of one kind, or in one part of the day or week."""
    if place:
        rows = rows.filter(event__organiser__slug=place)
    if kind:
        rows = rows.filter(event__kind=kind)
    parts = {
        "dag": Q(starts_at__hour__lt=16), "kveld": Q(starts_at__hour__gte=16), "helg": Q(starts_at__week_day__in=(1, 7)),
    }  # fmt: skip
    return rows.filter(parts[when]) if when in parts else rows


def midnight(day: date) -> datetime:
    """When a day begins in Oslo."""
    return datetime.combine(day, time(), OSLO)


def between(rows: QuerySet[Session], first: date, last: date) -> list[Session]:
    """Sessions that start on these days, both ends included, in order of time; bounded. One query."""
    found = rows.filter(starts_at__gte=midnight(first), starts_at__lt=midnight(last + timedelta(days=1)))
    return list(found.order_by("starts_at", "pk")[:MOST_ON_PAGE])


def how_many_by_day(rows: QuerySet[Session], first: date, last: date) -> dict[date, int]:
    """How much happens each day, where there is too much to name. One query."""
    found = rows.filter(starts_at__gte=midnight(first), starts_at__lt=midnight(last + timedelta(days=1)))
    days: dict[date, int] = {}
    for starts_at, number in found.order_by().values_list("starts_at").annotate(number=Count("pk")):
        day = starts_at.astimezone(OSLO).date()
        days[day] = days.get(day, 0) + number
    return days


def upcoming(rows: QuerySet[Session], first: date) -> QuerySet[Session]:
    """Sessions from a day on."""
    return rows.filter(starts_at__gte=midnight(first))


def session_visible_to(actor: Any, slug: str, session_id: int) -> Session | None:
    """One occurrence the actor may see."""
    return sessions_visible_to(actor).filter(event__slug=slug, pk=session_id).first()


def next_sessions(event: Event, limit: int = 8) -> list[Session]:
    """The next occurrences of an event, those cancelled too. One query."""
    rows = Session.objects.filter(event=event, ends_at__gte=timezone.now()).order_by("starts_at", "pk")[:limit]
    found = list(rows)
    for row in found:
        row.event = event
    return found


def registration_of(person: Any, session: Session) -> Registration | None:
    """A person's own registration for a session, if any."""
    if not getattr(person, "is_authenticated", False):
        return None
    return Registration.objects.filter(session=session, person_id=person.pk).first()


def registrations_of(person: Any) -> QuerySet[Registration]:
    """A person's own registrations for what has not ended, in order of time."""
    rows = Registration.objects.filter(person_id=person.pk, session__ends_at__gte=timezone.now(), state__in=LIVING)
    return rows.select_related("session__event__organiser").order_by("session__starts_at", "pk")


def registration_by_key(key: str) -> Registration | None:
    """The registration a code stands for."""
    name, _, number = key.partition(":")
    if name != "events.registration" or not number.isdigit():
        return None
    return Registration.objects.select_related("session__event__organiser", "person").filter(pk=int(number)).first()


def session_by_key(key: str) -> Session | None:
    """The occurrence a code on the wall stands for."""
    name, _, number = key.partition(":")
    if name != "events.session" or not number.isdigit():
        return None
    return Session.objects.select_related("event__organiser").filter(pk=int(number), event__state__in=OUT).first()


def registration_in(session: Session, number: str) -> Registration | None:
    """One registration of an occurrence, by the number a host's button sent."""
    key = whole_number(number)
    return Registration.objects.select_related("person").filter(session=session, pk=key).first() if key else None


def places_on(rows: QuerySet[Session], first: date, last: date) -> list[dict[str, Any]]:
    """Where something happens between two days, with how much, for the map. One query."""
    found = rows.filter(starts_at__gte=midnight(first), starts_at__lt=midnight(last + timedelta(days=1)), cancelled_at=None)
    found = found.exclude(event__state=EventState.CANCELLED).order_by("event__organiser__sort_name")
    columns = ("name", "slug", "latitude", "longitude", "sort_name")
    places = found.values(*(f"event__organiser__{name}" for name in columns)).annotate(number=Count("pk"))
    return [
        {**{name: row[f"event__organiser__{name}"] for name in columns}, "number": row["number"]} for row in places[:500]
    ]  # fmt: skip


PARTS_OF_DAY = {"morgen": (0, 12), "dag": (12, 16), "kveld": (16, 24), "": (0, 24)}
"""Hours in Oslo, the last one left out."""


def free_on(rows: QuerySet[Session], day: date, part: str) -> list[Session]:
    """What one can still come to on a day, or in a part of it: not begun, not cancelled, with a seat. One query."""
    since, until = PARTS_OF_DAY.get(part, PARTS_OF_DAY[""])
    end = midnight(day + timedelta(days=1)) if until == PARTS_OF_DAY[""][1] else datetime.combine(day, time(until), OSLO)
    found = rows.filter(
        starts_at__gte=max(datetime.combine(day, time(since), OSLO), timezone.now()), starts_at__lt=end,
        cancelled_at=None, event__state=EventState.PUBLISHED,
    )  # fmt: skip
    free = Q(event__signing="none") | Q(event__capacity=None) | Q(seats_taken__lt=F("event__capacity"))
    return list(found.filter(free).order_by("starts_at", "pk")[:MOST_ON_PAGE])


def coming_to(session: Session) -> list[Registration]:
    """Who holds a seat, for the host. Those who wait are no participants and are not here. One query."""
    rows = Registration.objects.filter(session=session, state=Place.REGISTERED).select_related("person")
    return list(rows.order_by("pk")[:500])


def on_list(session: Session) -> tuple[list[Registration], list[Registration]]:
    """Who comes, and apart from them who waits or has an offer, first come first, for the host. One query."""
    rows = Registration.objects.filter(session=session, state__in=LIVING).select_related("person").order_by("pk")[:1000]
    found = list(rows)
    coming = [row for row in found if row.state == Place.REGISTERED]
    return coming, [row for row in found if row.state != Place.REGISTERED]


def names_shown_in(session: Session) -> list[str]:
    """Names of those who said others who come may see them. One query."""
    rows = Registration.objects.filter(session=session, state=Place.REGISTERED, shows_name=True)
    return [row.shown_name for row in rows.select_related("person").order_by("pk")[:200]]


def needs_of(registration: Registration) -> str:
    """What somebody needs, opened with the registration's own key; empty when it is gone."""
    if not registration.needs:
        return ""
    try:
        return unseal_text(registration.key_owner, "needs", bytes(registration.needs))
    except KeyGone:
        return ""


def with_needs(rows: list[Registration]) -> list[tuple[Registration, str]]:
    """Registrations with what each needs, for the host. One query in the key store, none when nobody needs anything."""
    sealed = {row.key_owner: bytes(row.needs) for row in rows if row.needs}
    opened = unseal_texts("needs", sealed) if sealed else {}
    return [(row, opened.get(row.key_owner, "")) for row in rows]


def place_in_line(registration: Registration) -> int:
    """How many wait in front."""
    rows = Registration.objects.filter(session_id=registration.session_id, state=Place.WAITING)
    return rows.filter(pk__lt=registration.pk).count()


def feedback_on(event: Event) -> dict[str, Any] | None:
    """What was answered after an event's sessions; nothing until at least five have answered. Two queries."""
    rows = Feedback.objects.filter(session__event=event)
    counts = rows.aggregate(
        people=Count("pk"), welcome=Count("pk", filter=Q(was_welcome="yes")), good=Count("pk", filter=Q(was_good="yes"))
    )
    if not is_shown(counts["people"]):
        return None
    texts = rows.exclude(text="").order_by("pk").values_list("text", flat=True)
    return {**counts, "texts": list(texts[:100])}


def held_now(sessions: Iterable[int]) -> dict[int, int]:
    """Seats not free, by session, counted from registrations and held seats; for checking what is kept. Two queries."""
    wanted, found = list(sessions), dict[int, int]()
    free = Q(held=None) | ~Q(held__let_go_at=None)
    rows = Registration.objects.filter(free, session_id__in=wanted, state__in=HOLDING).values_list("session_id", "size")
    held = HeldSeats.objects.filter(session_id__in=wanted, let_go_at=None).values_list("session_id", "seats")
    for session_id, seats in [*rows, *held]:
        found[session_id] = found.get(session_id, 0) + seats
    return found


def seats_for(person: Any, session: Session) -> int | None:
    """How many seats this person can have: the free ones, and those held for an organisation of theirs; None for no limit."""
    if session.seats_left is None or not getattr(person, "is_authenticated", False):
        return session.seats_left
    own = {organisation for organisation, _role in roles_of(person)}
    rows = HeldSeats.objects.filter(session=session, let_go_at=None, organisation_id__in=own) if own else []
    return max([session.seats_left, *(row.seats - row.taken for row in rows)])


def held_seats_in(session: Session) -> list[HeldSeats]:
    """The seats held for organisations now, for the host. One query."""
    return list(session.held_seats.filter(let_go_at=None).select_related("organisation").order_by("pk"))


def interest_of(person: Any, event: Event) -> Interest | None:
    """That a person has said they are interested, if they have."""
    if not getattr(person, "is_authenticated", False):
        return None
    return Interest.objects.filter(event=event, person_id=person.pk).first()


def interest_by_key(key: str) -> Interest | None:
    """The interest a code stands for."""
    name, _, number = key.partition(":")
    if name != "events.interest" or not number.isdigit():
        return None
    return Interest.objects.select_related("event__organiser").filter(pk=int(number)).first()


def how_many_interested(event: Event) -> int:
    """How many want to know when, for the host."""
    return Interest.objects.filter(event=event).count()


def public_feed(place: str = "", kind: str = "") -> QuerySet[Session]:
    """What a public feed holds: from a month back to the horizon, cancelled ones marked. It is the same all day."""
    since = midnight(timezone.localdate() - timedelta(days=30))
    return narrowed(Session.objects.filter(event__state__in=OUT, starts_at__gte=since), place=place, kind=kind)


def public_mark(place: str = "") -> str:
    """What changes when a public feed does: a number the actions keep, and the day. One query on a small table."""
    rows = FeedMark.objects.filter(organiser__slug=place) if place else FeedMark.objects.all()
    return f"{rows.aggregate(n=Sum('number'))['n'] or 0}|{timezone.localdate()}"


def private_feed(person_key: str) -> QuerySet[Session]:
    """What a person's own feed holds: what they are registered for, and what was cancelled of it."""
    mine = Registration.objects.filter(person_id=person_key, state=Place.REGISTERED).values("session_id")
    return Session.objects.filter(pk__in=mine, starts_at__gte=timezone.now() - timedelta(days=90))


def private_mark(rows: QuerySet[Session]) -> str:
    """What changes when a person's own feed does. One query."""
    facts = rows.aggregate(n=Count("pk"), a=Max("changed_at"), b=Max("event__changed_at"), c=Sum("pk"))
    return "-".join(str(facts[name]) for name in "nabc")


FEED_COLUMNS = (
    "pk", "uid", "starts_at", "ends_at", "cancelled_at", "sequence", "changed_at", "event__slug", "event__title",
    "event__text", "event__kind", "event__state", "event__place_name", "event__address", "event__video_url",
    "event__sequence", "event__changed_at", "event__made_at",
)  # fmt: skip


def feed_facts(rows: QuerySet[Session]) -> list[dict[str, Any]]:
    """The occurrences of a feed as plain columns, in order, bounded. One query."""
    return list(rows.order_by("starts_at", "pk").values(*FEED_COLUMNS)[:MOST_IN_FEED])
