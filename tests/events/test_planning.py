"""Planning: drafts, publishing, changing, cancelling, and occurrences kept ready."""

import itertools
from datetime import time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from knutepunkt.events.actions import planning, taking_part
from knutepunkt.events.choices import HORIZON, OSLO
from knutepunkt.events.methods.series import BadRule
from knutepunkt.events.models import Event, Series, Session
from knutepunkt.web.models import Notice, SearchEntry, TrailLine
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def kinds_told(person: Any) -> list[str]:
    return list(Notice.objects.filter(recipient=person.pk).order_by("pk").values_list("kind", flat=True))


def numbers(session: Session) -> int:
    session = Session.objects.select_related("event").get(pk=session.pk)
    return session.sequence + session.event.sequence


def test_weekly_is_ready_to_the_horizon_and_no_farther() -> None:
    event = make.event(rule="FREQ=WEEKLY")
    days = list(Session.objects.filter(event=event).order_by("on_date").values_list("on_date", flat=True))

    assert len(days) in {56, 57}
    assert days[-1] <= timezone.localdate() + HORIZON
    assert {(b - a).days for a, b in itertools.pairwise(days)} == {7}


def test_horizon_moves_on_and_nothing_is_made_twice() -> None:
    event = make.event(rule="FREQ=WEEKLY")
    before = Session.objects.count()
    last = Session.objects.filter(event=event).order_by("-on_date")[0]
    last.delete()
    Series.objects.filter(event=event).update(ready_until=timezone.localdate() + timedelta(days=300))

    assert planning.expand_all() == 1
    assert planning.expand_all() == 0
    assert Session.objects.count() == before


def test_bad_rule_makes_nothing() -> None:
    with pytest.raises(BadRule):
        make.event(rule="FREQ=SECONDLY")

    assert Event.objects.count() == 0


def test_only_published_events_are_found_in_search() -> None:
    event = make.event(published=False)
    assert SearchEntry.objects.filter(kind="events.event").count() == 0

    planning.publish_event(by="test", event=event)
    assert SearchEntry.objects.get(kind="events.event").title == "Musikkrommet"

    planning.cancel_event(by="test", event=event, reason="Ingen vert.")
    assert SearchEntry.objects.filter(kind="events.event").count() == 0


def test_new_place_raises_sequence_and_tells_those_who_come() -> None:
    session, person = make.session(), make.person()
    taking_part.register(by=person, session=session)
    uid = session.uid

    planning.change_event(by="test", event=session.event, address="Ny vei 1")

    assert kinds_told(person) == ["events.changed"]
    assert numbers(session) == 1
    assert Session.objects.get(pk=session.pk).uid == uid


def test_saving_without_a_change_tells_nobody() -> None:
    session, person = make.session(), make.person()
    taking_part.register(by=person, session=session)

    planning.change_event(by="test", event=session.event, title=session.event.title)

    assert kinds_told(person) == []
    assert numbers(session) == 0


def test_new_time_moves_a_single_event_with_those_who_come() -> None:
    session, person = make.session(), make.person()
    taking_part.register(by=person, session=session)
    day = timezone.localdate() + timedelta(days=9)

    planning.change_event(by="test", event=session.event, when={"first_on": day, "clock": time(12), "minutes": 60})

    moved = Session.objects.get(event=session.event)
    assert moved.pk == session.pk
    assert moved.starts_at.astimezone(OSLO).replace(tzinfo=None).isoformat() == f"{day}T12:00:00"
    assert kinds_told(person) == ["events.changed"]
    assert numbers(session) > 0


def test_new_weekday_cancels_what_somebody_comes_to_and_removes_the_rest() -> None:
    event, person = make.event(rule="FREQ=WEEKLY"), make.person()
    sessions = list(Session.objects.filter(event=event).order_by("starts_at"))
    taking_part.register(by=person, session=sessions[1])
    day = sessions[0].on_date + timedelta(days=1)

    planning.change_event(
        by="test", event=event, when={"first_on": day, "clock": time(18), "minutes": 120, "rule": "FREQ=WEEKLY"}
    )

    old = Session.objects.filter(event=event, on_date__in=[s.on_date for s in sessions])
    assert [s.pk for s in old] == [sessions[1].pk]
    assert old[0].is_off
    assert kinds_told(person) == ["events.cancelled"]


def test_what_has_been_is_left_when_a_new_time_is_set() -> None:
    session = make.session()
    then = timezone.now() - timedelta(days=2)
    Session.objects.filter(pk=session.pk).update(on_date=then.date(), starts_at=then, ends_at=then + timedelta(hours=1))
    day = timezone.localdate() + timedelta(days=9)

    planning.change_event(by="test", event=session.event, when={"first_on": day, "clock": time(12), "minutes": 60})

    sessions = Session.objects.filter(event=session.event).order_by("starts_at")
    assert [s.pk == session.pk for s in sessions] == [True, False]
    assert [s.on_date for s in sessions] == [then.date(), day]


def test_moved_occurrence_is_left_alone_by_its_series() -> None:
    event = make.event(rule="FREQ=WEEKLY")
    session = Session.objects.filter(event=event).order_by("starts_at")[1]
    new = session.starts_at + timedelta(hours=3)
    planning.move_session(by="test", session=session, starts_at=new, ends_at=new + timedelta(hours=1))

    planning.expand_series(event=event)

    session.refresh_from_db()
    assert session.starts_at == new
    assert session.sequence == 1


def test_cancelling_needs_a_reason_tells_everybody_and_happens_once() -> None:
    session = make.session(capacity=1)
    people = [make.person(), make.person()]
    for person in people:
        taking_part.register(by=person, session=session)

    with pytest.raises(planning.NeedsReason):
        planning.cancel_session(by="test", session=session, reason="  ")
    planning.cancel_session(by="test", session=session, reason="Vannlekkasje.")
    with pytest.raises(planning.AlreadyCancelled):
        planning.cancel_session(by="test", session=session, reason="Igjen.")

    assert [kinds_told(p)[-1] for p in people] == ["events.cancelled"] * 2
    assert TrailLine.objects.filter(kind="events:session:cancelled").count() == 1


def test_nothing_of_a_cancelled_event_is_changed_or_published() -> None:
    session, person = make.session(), make.person()
    taking_part.register(by=person, session=session)
    event = planning.cancel_event(by="test", event=session.event, reason="Ingen vert.")

    assert kinds_told(person) == ["events.cancelled"]
    for act in (planning.publish_event, planning.change_event):
        with pytest.raises(planning.AlreadyCancelled):
            act(by="test", event=event)


def test_same_title_gets_its_own_address() -> None:
    assert [make.event(title="Åpen kø").slug, make.event(title="Åpen kø").slug] == ["apen-ko", "apen-ko-2"]


def test_search_finds_what_is_published_as_it_stands_now() -> None:
    from knutepunkt.web.search import PUBLIC, search

    def found(words: str) -> list[str]:
        return [hit.title for hit in search(words, audiences=[PUBLIC], kinds=["events.event"])]

    event = make.event(title="Strikkekafé", published=False)
    assert found("strikkekafé") == []
    planning.publish_event(by="t", event=event)
    planning.change_event(by="t", event=event, title="Vevstue", text="Vi vever sammen.")
    assert (found("strikkekafé"), found("vevstue"), found("vever")) == ([], ["Vevstue"], ["Vevstue"])
    planning.cancel_event(by="t", event=event, reason="Ingen vert.")

    assert found("vevstue") == []
