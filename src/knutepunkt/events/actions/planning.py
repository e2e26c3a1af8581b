"""Planning: make, change, publish and cancel events, and keep their occurrences ready."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from knutepunkt.events.actions.marking import mark_feeds
from knutepunkt.events.actions.taking_part import fill_from_waiting_list
from knutepunkt.events.actions.telling import tell_everybody, tell_interested
from knutepunkt.events.choices import HORIZON, LIVING, MOST_EXCEPTIONS, EventState, Place
from knutepunkt.events.methods.series import BadRule, Plan, check_rule, occurrences
from knutepunkt.events.models import Event, Registration, Series, Session
from knutepunkt.web.search import PUBLIC, Entry, drop_entries, put_entries
from knutepunkt.web.trail import record

EVENT_FIELDS = frozenset({
    "title", "text", "kind", "language", "audience", "price_kroner", "place_name", "address", "directions",
    "accessibility", "video_url", "capacity", "signing", "contact", "noise", "group_size", "may_just_sit", "door",
    "may_bring", "may_leave",
})  # fmt: skip
WHEN_FIELDS = frozenset({"first_on", "clock", "minutes", "rule", "except_on", "not_in_easter", "not_on_holidays"})
WORTH_TELLING = ("title", "place_name", "address", "video_url")
NOT_IN_SERIES = "Tiden er endret."
"""The reason kept on an occurrence that its series no longer has."""


class NeedsReason(Exception):
    """What is cancelled says why."""


class SomebodyElseSaved(Exception):
    """The event was saved by somebody else since the form was opened; `now` is what stands there."""

    def __init__(self, now: Event) -> None:
        super().__init__(now.version)
        self.now = now


class AlreadyCancelled(Exception):
    """What is cancelled stays cancelled: make a new one."""


def plan_of(series: Series) -> Plan:
    """The series as the rules of the calendar want it."""
    return Plan(
        first_on=series.first_on, clock=series.clock, minutes=series.minutes, rule=series.rule,
        except_on=series.except_on, not_in_easter=series.not_in_easter, not_on_holidays=series.not_on_holidays,
    )  # fmt: skip


def _checked(when: dict[str, Any]) -> dict[str, Any]:
    unknown = set(when) - WHEN_FIELDS
    if unknown:
        raise TypeError(unknown)
    if when.get("rule"):
        check_rule(when["rule"])
    when["except_on"] = sorted(set(when.get("except_on") or ()))
    if len(when["except_on"]) > MOST_EXCEPTIONS:
        raise BadRule
    return when


@transaction.atomic
def make_event(
    *, by: Any, organiser: Any, when: dict[str, Any] | None, is_demo: bool = False, **fields: Any
) -> Event:
    """A draft that only hosts and coordinators of the organiser see, with its occurrences ready.

    Without `when` nobody knows the day yet, and people can say that they are interested.

    Raises:
        BadRule: the rule cannot be followed.
    """
    _only_known(fields)
    event = Event.objects.create(
        organiser=organiser, slug=_free_slug(fields["title"]), is_demo=is_demo, has_dates=when is not None, **fields
    )
    if when is not None:
        Series.objects.create(event=event, **_checked(dict(when)))
        expand_series(event=event)
    record("events:event:made", by=by, about=event.key, within=event.key)
    return event


def _only_known(fields: dict[str, Any]) -> None:
    if unknown := set(fields) - EVENT_FIELDS:
        raise TypeError(unknown)


def _free_slug(title: str) -> str:
    base = slugify(title.lower().replace("ø", "o").replace("æ", "ae").replace("å", "a"))[:70] or "arrangement"
    number = 1
    while Event.objects.filter(slug=base if number == 1 else f"{base}-{number}").exists():
        number += 1
    return base if number == 1 else f"{base}-{number}"


@transaction.atomic
def publish_event(*, by: Any, event: Event) -> Event:
    """Let everyone see it.

    Raises:
        AlreadyCancelled: it was cancelled.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.state == EventState.CANCELLED:
        raise AlreadyCancelled
    if event.state == EventState.DRAFT:
        event.state = EventState.PUBLISHED
        event.save(update_fields=["state", "changed_at"])
        index_event(event)
        mark_feeds(event=event)
        if event.has_dates:
            tell_interested(event)
        record("events:event:published", by=by, about=event.key, within=event.key)
    return event


@transaction.atomic
def change_event(
    *, by: Any, event: Event, when: dict[str, Any] | None = None, version: int | None = None, **fields: Any
) -> Event:
    """Change words, place or time. SEQUENCE rises, and those who come are told when it concerns them.

    Where there was no day before, those who are interested are told that there is one.

    Raises:
        AlreadyCancelled: it was cancelled.
        BadRule: the rule cannot be followed.
        SomebodyElseSaved: `version` is not the newest.
    """
    _only_known(fields)
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.state == EventState.CANCELLED:
        raise AlreadyCancelled
    if version is not None and version != event.version:
        raise SomebodyElseSaved(event)
    changed = [name for name, value in fields.items() if getattr(event, name) != value]
    for name in changed:
        setattr(event, name, fields[name])
    event.sequence += bool(changed)
    event.version += bool(changed or when is not None)
    event.save()
    has_first_day = when is not None and _set_series(event, when)
    if event.state == EventState.PUBLISHED:
        index_event(event)
        mark_feeds(event=event)
        if set(changed) & set(WORTH_TELLING):
            tell_everybody(_to_come(event), "changed")
        if has_first_day:
            tell_interested(event)
    if "capacity" in changed:
        for session in _to_come(event).filter(registrations__state=Place.WAITING).distinct():
            fill_from_waiting_list(by=by, session=session)
    record("events:event:changed", by=by, about=event.key, within=event.key, fields=len(changed))
    return event


def _set_series(event: Event, when: dict[str, Any]) -> bool:
    """Set when it happens; true where nobody knew before."""
    facts = _checked(dict(when))
    is_new = not Series.objects.filter(event=event).update(**facts)
    if is_new:
        Series.objects.create(event=event, **facts)
        event.has_dates = True
        event.save(update_fields=["has_dates"])
    expand_series(event=event)
    return is_new


def _to_come(event: Event) -> Any:
    return Session.objects.filter(event=event, ends_at__gte=timezone.now(), cancelled_at=None).order_by("starts_at")


@transaction.atomic
def cancel_event(*, by: Any, event: Event, reason: str) -> Event:
    """Cancel all of it, say why, and tell everybody who comes or waits.

    Raises:
        NeedsReason: no reason was given.
        AlreadyCancelled: it was cancelled before.
    """
    if not reason.strip():
        raise NeedsReason
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.state == EventState.CANCELLED:
        raise AlreadyCancelled
    event.state, event.cancel_reason = EventState.CANCELLED, reason.strip()[:300]
    event.sequence += 1
    event.version += 1
    event.save()
    mark_feeds(event=event)
    drop_entries(kind="events.event", keys=[str(event.pk)])
    told = tell_everybody(_to_come(event), "cancelled")
    record("events:event:cancelled", by=by, about=event.key, within=event.key, told=told)
    return event


@transaction.atomic
def cancel_session(*, by: Any, session: Session, reason: str) -> Session:
    """Cancel one occurrence, say why, and tell everybody who comes or waits.

    Raises:
        NeedsReason: no reason was given.
        AlreadyCancelled: it was cancelled before.
    """
    if not reason.strip():
        raise NeedsReason
    session = _held(session)
    if session.is_off:
        raise AlreadyCancelled
    _call_off(session, reason.strip())
    record("events:session:cancelled", by=by, about=session.key, within=session.event.key)
    return session


def _held(session: Session) -> Session:
    """The occurrence with its event's row locked first and then its own: everybody who plans locks in this order."""
    event = Event.objects.select_for_update().get(pk=session.event_id)
    session = Session.objects.select_for_update().get(pk=session.pk)
    session.event = event
    return session


def _call_off(session: Session, reason: str) -> None:
    session.cancelled_at, session.cancel_reason = timezone.now(), reason[:300]
    session.sequence += 1
    session.save()
    mark_feeds(event=session.event)
    tell_everybody([session], "cancelled")


@transaction.atomic
def move_session(*, by: Any, session: Session, starts_at: datetime, ends_at: datetime) -> Session:
    """Move one occurrence; the series leaves it alone from now on, and those who come are told.

    Raises:
        AlreadyCancelled: it was cancelled.
    """
    session = _held(session)
    if session.is_off:
        raise AlreadyCancelled
    session.starts_at, session.ends_at, session.is_moved = starts_at, ends_at, True
    session.sequence += 1
    session.save()
    _remind_anew(session)
    mark_feeds(event=session.event)
    tell_everybody([session], "changed")
    record("events:session:moved", by=by, about=session.key, within=session.event.key)
    return session


@transaction.atomic
def expand_series(*, event: Event, by: Any = "job") -> int:
    """Keep occurrences ready up to the horizon. Returns how many are new.

    What is past stays. An occurrence the rule no longer has is deleted, or cancelled where somebody comes.
    """
    del by  # nothing is done in anybody's name: the days follow from the rule
    event = Event.objects.select_for_update().get(pk=event.pk)
    series = Series.objects.get(event=event)
    series.event = event
    today = timezone.localdate()
    after = max(today, series.first_on) if series.rule else series.first_on
    until = max(today + HORIZON, series.first_on) if not series.rule else today + HORIZON
    wanted = occurrences(plan_of(series), after=after, until=until)
    there = {s.on_date: s for s in _not_past(series, today)}
    if not series.rule and len(there) == 1 and len(wanted) == 1:
        there = {next(iter(wanted)): next(iter(there.values()))}
    for day, session in there.items():
        if day not in wanted:
            _take_out(session)
        elif not session.is_moved and session.cancelled_at is None:
            _put_right(session, day, *wanted[day])
    fresh = [
        Session(event=event, on_date=day, starts_at=start, ends_at=end)
        for day, (start, end) in wanted.items() if day not in there
    ]  # fmt: skip
    past = set(Session.objects.filter(event=event, on_date__in=[s.on_date for s in fresh]).values_list("on_date", flat=True))
    fresh = [s for s in fresh if s.on_date not in past]
    Session.objects.bulk_create(fresh, batch_size=200)
    Series.objects.filter(pk=series.pk).update(ready_until=until)
    if fresh:
        mark_feeds(event=series.event)
    return len(fresh)


def _not_past(series: Series, today: Any) -> list[Session]:
    rows = Session.objects.filter(event=series.event_id, ends_at__gte=timezone.now())
    if series.rule:
        rows = rows.filter(on_date__gte=today)
    found = list(rows.order_by("on_date"))
    for row in found:
        row.event = series.event
    return found


def _take_out(session: Session) -> None:
    if Registration.objects.filter(session=session, state__in=LIVING).exists():
        if session.cancelled_at is None:
            _call_off(session, NOT_IN_SERIES)
    elif session.cancelled_at is None:
        session.delete()
        mark_feeds(event=session.event)


def _put_right(session: Session, day: Any, start: datetime, end: datetime) -> None:
    if (session.on_date, session.starts_at, session.ends_at) == (day, start, end):
        return
    session.on_date, session.starts_at, session.ends_at = day, start, end
    session.sequence = F("sequence") + 1
    session.save()
    mark_feeds(event=session.event)
    session.refresh_from_db(fields=["sequence"])
    _remind_anew(session)
    tell_everybody([session], "changed")


def _remind_anew(session: Session) -> None:
    """At the new time everybody is reminded again, and no offer stands past the start."""
    rows = Registration.objects.filter(session=session)
    rows.filter(is_reminded=True).update(is_reminded=False)
    rows.filter(state=Place.OFFERED, offered_until__gt=session.starts_at).update(offered_until=session.starts_at)


def expand_all() -> int:
    """Once a day: move the horizon forward for every series that repeats. Returns how many were expanded."""
    limit = timezone.localdate() + HORIZON - timedelta(days=7)
    rows = Series.objects.filter(Q(ready_until=None) | Q(ready_until__lt=limit)).exclude(rule="")
    rows = rows.exclude(event__state=EventState.CANCELLED).select_related("event").order_by("pk")
    done = 0
    for series in rows.iterator(chunk_size=200):
        try:
            expand_series(event=series.event)
        except BadRule:
            continue
        done += 1
    return done


def index_event(event: Event) -> int:
    """Enter a published event in the search index, for everyone."""
    words = f"{event.text} {event.place_name} {event.get_kind_display()}"
    url = reverse("events:event", args=[event.slug])
    return put_entries([Entry("events.event", str(event.pk), PUBLIC, url, event.title, words)])
