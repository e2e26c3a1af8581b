"""Signing up, waiting, answering, leaving: seats change hands and are never lost or given twice."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from knutepunkt.events.actions import hosting, planning, taking_part
from knutepunkt.events.models import DropIn, Feedback, Registration, Session
from knutepunkt.events.queries import coming_to, held_now, needs_of
from knutepunkt.web.jobs import work_off
from knutepunkt.web.models import Notice, TrailLine
from knutepunkt.web.sealing import has_key
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def state(row: Registration) -> str:
    return Registration.objects.get(pk=row.pk).state


def kinds_told(person: Any) -> list[str]:
    return list(Notice.objects.filter(recipient=person.pk).order_by("pk").values_list("kind", flat=True))


def guest(session: Session, name: str = "Bo", **more: Any) -> Registration:
    return taking_part.register(by="guest", session=session, guest_name=name, **more)


def taken(session: Session) -> int:
    session.refresh_from_db()
    assert session.seats_taken == held_now([session.pk]).get(session.pk, 0)
    return session.seats_taken


def test_double_click_gives_one() -> None:
    session, person, form = make.session(capacity=5), make.person(), uuid.uuid4()

    first = taking_part.register(by=person, session=session)
    again = taking_part.register(by=person, session=session)
    one, two = guest(session, form_key=form), guest(session, form_key=form)

    assert first.pk == again.pk
    assert one.pk == two.pk
    assert taken(session) == 2


def test_trail_says_that_somebody_came_but_not_who() -> None:
    session, person = make.session(), make.person("Ask")

    taking_part.register(by=person, session=session)

    lines = TrailLine.objects.filter(kind="events:registration:made")
    assert [(line.actor, line.actor_name) for line in lines] == [("participant", "")]


def test_full_means_waiting_and_a_free_seat_is_offered_in_order() -> None:
    session = make.session(capacity=1)
    people = [make.person(name) for name in ("Ask", "Bera", "Dag")]
    rows = [taking_part.register(by=p, session=session) for p in people]

    taking_part.leave(by=people[0], registration=rows[0])

    assert [state(r) for r in rows] == ["cancelled", "offered", "waiting"]
    assert taken(session) == 1
    assert kinds_told(people[1]) == ["events.waiting", "events.offered"]
    assert kinds_told(people[2]) == ["events.waiting"]


def test_declined_offer_passes_on_and_accepted_one_stays() -> None:
    session = make.session(capacity=1)
    rows = [guest(session, name) for name in "abc"]
    taking_part.leave(by="code", registration=rows[0])

    taking_part.decline_offer(by="code", registration=rows[1])
    taking_part.accept_offer(by="code", registration=rows[2])

    assert [state(r) for r in rows] == ["cancelled", "declined", "registered"]
    assert taken(session) == 1


def test_offer_without_answer_passes_on() -> None:
    session = make.session(capacity=1)
    rows = [guest(session, name) for name in "abc"]
    taking_part.apologise(by="code", registration=rows[0])
    Registration.objects.filter(pk=rows[1].pk).update(offered_until=timezone.now() - timedelta(minutes=1))

    with pytest.raises(taking_part.TooLate):
        taking_part.accept_offer(by="code", registration=rows[1])
    taking_part.pass_on_all()

    assert [state(r) for r in rows] == ["apologised", "declined", "offered"]
    assert taken(session) == 1


def test_two_come_together_or_not_at_all() -> None:
    session = make.session(capacity=3)
    seated = [guest(session, "a"), guest(session, "b"), guest(session, "c")]
    pair, single = guest(session, "par", size=2), guest(session, "en")

    taking_part.leave(by="code", registration=seated[0])

    assert (state(pair), state(single)) == ("waiting", "offered")
    taking_part.decline_offer(by="code", registration=single)
    taking_part.leave(by="code", registration=seated[1])
    assert state(pair) == "offered"
    assert taken(session) == 3
    with pytest.raises(taking_part.NeverRoom):
        guest(make.session(capacity=1), size=2)


def test_time_to_answer_is_shorter_when_it_is_soon() -> None:
    session, now = make.session(), timezone.now()

    session.starts_at = now + timedelta(days=5)
    assert taking_part.answer_by(session, now) == now + timedelta(hours=24)
    session.starts_at = now + timedelta(hours=30)
    assert taking_part.answer_by(session, now) == now + timedelta(hours=2)
    session.starts_at = now + timedelta(hours=1)
    assert taking_part.answer_by(session, now) == session.starts_at


def test_nobody_signs_up_for_drafts_drop_in_begun_or_cancelled() -> None:
    draft, drop_in = make.session(published=False), make.session(signing="none")
    begun, off = make.begun(make.session()), make.session()
    planning.cancel_session(by="test", session=off, reason="Vannlekkasje.")

    for session in (draft, drop_in, begun, off):
        with pytest.raises(taking_part.NotOpen):
            guest(session)
    assert Registration.objects.count() == 0


def test_coming_back_stands_last_in_line() -> None:
    session, person = make.session(capacity=1), make.person()
    first = taking_part.register(by=person, session=session)
    other = guest(session)
    taking_part.leave(by=person, registration=first)

    again = taking_part.register(by=person, session=session)

    assert again.pk > other.pk
    assert state(again) == "waiting"


def test_leaving_twice_frees_one_seat() -> None:
    session = make.session(capacity=2)
    row, _other = guest(session), guest(session, "to")

    taking_part.leave(by="code", registration=row)
    taking_part.leave(by="code", registration=row)

    assert taken(session) == 1


def test_more_room_is_offered_to_those_who_wait() -> None:
    session = make.session(capacity=1)
    _seated, waiting = guest(session), guest(session, "to")

    planning.change_event(by="test", event=session.event, capacity=2)

    assert state(waiting) == "offered"


def test_host_enters_somebody_and_sees_no_one_who_waits_as_coming() -> None:
    session, host = make.session(capacity=1), make.person()

    row = taking_part.register_by_host(by=host, session=session, guest_name="Bjarne")
    guest(session, "venter")

    assert row.person is None
    assert [r.shown_name for r in coming_to(session)] == ["Bjarne"]


def test_needs_are_sealed_and_forgotten_with_guest_names_after_thirty_days() -> None:
    session = make.session()
    row = guest(session, "Bo", needs="Tolk", guest_email="bo@example.org")
    assert b"Tolk" not in bytes(row.needs)
    assert needs_of(Registration.objects.get(pk=row.pk)) == "Tolk"
    old = timezone.now() - timedelta(days=31)
    Session.objects.filter(pk=session.pk).update(starts_at=old - timedelta(hours=2), ends_at=old)

    assert hosting.forget_needs() == 1

    row.refresh_from_db()
    assert (bytes(row.needs), row.guest_name, row.guest_email) == (b"", "", "")
    assert not has_key(row.key_owner)
    assert hosting.forget_needs() == 0


def test_who_came_is_forgotten_after_a_year_and_numbers_stay() -> None:
    session = make.session()
    taking_part.register(by=make.person(), session=session)
    new = taking_part.register(by=make.person(), session=make.session())
    hosting.count_drop_in(by="test", session=session, people=3)
    old = timezone.now() - timedelta(days=366)
    Session.objects.filter(pk=session.pk).update(starts_at=old - timedelta(hours=2), ends_at=old)

    hosting.forget_what_is_due()

    assert [r.pk for r in Registration.objects.all()] == [new.pk]
    assert DropIn.objects.get().people == 3


def test_attendance_count_and_feedback() -> None:
    session = make.begun(make.session(signing="open"))
    rows = [Registration.objects.create(session=session, guest_name=n, state="registered") for n in "ab"]

    assert hosting.note_attendance(by="test", session=session, came={rows[0].pk}) == 1
    for step in (1, 1, -1, -1, -1):
        hosting.count_drop_in(by="test", session=session, people=step)
    hosting.count_drop_in(by="test", session=session, people=1)
    hosting.give_feedback(session=session, was_welcome="yes", text="Fint.")

    assert [Registration.objects.get(pk=r.pk).came for r in rows] == [True, False]
    assert DropIn.objects.get().people == 1
    assert {f.name for f in Feedback._meta.get_fields()} == {"id", "session", "was_welcome", "was_good", "text"}
    with pytest.raises(hosting.NotBegun):
        hosting.give_feedback(session=make.session(), text="Før.")


def test_erasing_a_person_lets_the_seat_go_on() -> None:
    from knutepunkt.web.registers import PERSONAL_DATA

    session, person = make.session(capacity=1), make.person()
    row = taking_part.register(by=person, session=session, needs="Tolk")
    waiting = guest(session)

    assert PERSONAL_DATA["events.registration"].export(person)[0]["needs"] == "Tolk"
    assert PERSONAL_DATA["events.registration"].erase(person) == 1

    assert not has_key(row.key_owner)
    assert state(waiting) == "offered"
    assert taken(session) == 1


def test_reminder_the_day_before_and_only_once() -> None:
    session, person = make.session(), make.person()
    taking_part.register(by=person, session=session)
    start = timezone.now() + timedelta(hours=20)
    Session.objects.filter(pk=session.pk).update(starts_at=start, ends_at=start + timedelta(hours=1))

    later = make.session()
    taking_part.register(by=person, session=later)

    assert (hosting.remind(), hosting.remind()) == (1, 0)
    assert kinds_told(person) == ["events.soon"]


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_a_hundred_at_once_for_ten_seats_gives_exactly_ten_and_keeps_order() -> None:
    session = make.session(capacity=10)
    people = [make.person(f"P{n}") for n in range(100)]
    gate = threading.Barrier(20)

    def sign_up(n: int) -> None:
        try:
            if n < 20:
                gate.wait(timeout=20)
            taking_part.register(by=people[n], session=session)
            taking_part.register(by=people[n], session=session)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(sign_up, range(100)))

    rows = list(Registration.objects.filter(session=session).order_by("pk").values_list("state", flat=True))
    assert rows == ["registered"] * 10 + ["waiting"] * 90
    assert taken(session) == 10


def test_jobs_of_offers_do_their_work() -> None:
    session = make.session(capacity=1)
    seated, waiting = guest(session), guest(session, "to")
    taking_part.leave(by="code", registration=seated)

    work_off()

    assert state(waiting) == "offered"
