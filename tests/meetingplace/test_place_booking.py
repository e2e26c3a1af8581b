"""Rooms and things: no two get the same time, whatever happens at once; series, waiting, lending, being shown, forgetting."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.urls import reverse
from django.utils import timezone

from knutepunkt.meetingplace.actions import booking as actions
from knutepunkt.meetingplace.actions import keeping, rooms
from knutepunkt.meetingplace.models import Booking, Introduction, Wait
from knutepunkt.meetingplace.queries import booking as queries
from knutepunkt.web.jobs import work_off
from knutepunkt.web.models import Notice, TrailLine
from knutepunkt.web.registers import PERSONAL_DATA
from tests import factories as make
from tests.meetingplace import worlds as world

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def book(by: Any, room: Any, days: int = 1, hour: int = 12, hours: int = 1, **more: Any) -> actions.Series:
    return actions.book(
        by=by, resource=room, starts_at=world.at(days, hour), ends_at=world.at(days, hour + hours), **more
    )


def told(person: Any) -> list[str]:
    rows = Notice.objects.filter(recipient=person.pk).order_by("pk").values_list("kind", flat=True)
    return [kind.partition(".")[2] for kind in rows]


def standing(room: Any) -> list[Any]:
    return list(Booking.objects.filter(resource=room, cancelled_at=None).order_by("starts_at"))


# -- never two at once -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [((12, 0), (13, 0), False), ((11, 0), (14, 0), False), ((12, 30), (12, 45), False), ((12, 59), (15, 0), False),
     ((11, 0), (12, 0), True), ((13, 0), (14, 0), True)],
)  # fmt: skip
def test_the_database_itself_refuses_what_overlaps(start: Any, end: Any, fits: bool) -> None:
    room = world.room(world.centre())
    Booking.objects.create(resource=room, starts_at=world.at(1, 12), ends_at=world.at(1, 13))
    other = world.room(world.centre("Lyngheim"))
    Booking.objects.create(resource=other, starts_at=world.at(1, 12), ends_at=world.at(1, 13))

    if fits:
        Booking.objects.create(resource=room, starts_at=world.at(1, *start), ends_at=world.at(1, *end))
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            Booking.objects.create(resource=room, starts_at=world.at(1, *start), ends_at=world.at(1, *end))
    assert len(standing(room)) == 1 + fits


def test_the_database_refuses_moves_and_cancelled_ones_that_come_back() -> None:
    room = world.room(world.centre())
    first = Booking.objects.create(resource=room, starts_at=world.at(1, 12), ends_at=world.at(1, 13))
    off = Booking.objects.create(
        resource=room, starts_at=world.at(1, 12), ends_at=world.at(1, 13), cancelled_at=timezone.now()
    )
    later = Booking.objects.create(resource=room, starts_at=world.at(1, 14), ends_at=world.at(1, 15))

    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=off.pk).update(cancelled_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=later.pk).update(starts_at=world.at(1, 12, 30))
    Booking.objects.filter(pk=first.pk).update(ends_at=world.at(1, 14))

    assert [b.pk for b in standing(room)] == [first.pk, later.pk]


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
@pytest.mark.parametrize("through", ["action", "database"])
def test_of_fifty_at_once_exactly_one_gets_the_time(through: str) -> None:
    room = world.room(world.centre())
    people = [make.person(f"p{n}") for n in range(50)]

    def try_it(person: Any) -> str:
        try:
            if through == "action":
                book(person, room)
            else:
                Booking.objects.create(resource=room, person=person, starts_at=world.at(1, 12), ends_at=world.at(1, 13))
        except (actions.Taken, IntegrityError) as fault:
            return type(fault).__name__
        except Exception as fault:  # noqa: BLE001 (PostgreSQL may break a tie of two by ending one)
            return "IntegrityError" if "deadlock" in str(fault) and through == "database" else repr(fault)
        else:
            return "won"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(25) as pool:
        answers = sorted(pool.map(try_it, people))

    refused = "Taken" if through == "action" else "IntegrityError"
    assert answers == [refused] * 49 + ["won"]
    assert len(standing(room)) == 1


def test_the_one_who_comes_second_is_told_kindly_and_may_wait() -> None:
    centre = world.centre()
    room, first, second = world.room(centre), world.member(centre), world.member(centre, name="Bo")
    book(first, room)
    client, url = world.client(second), reverse("meetingplace:resource", args=[centre.organisation.slug, room.pk])
    form = {"dag": world.day(1).isoformat(), "fra": "12:00", "til": "13:00", "uker": "1"}

    page = client.post(url, form).content.decode()
    client.post(url, {**form, "act": "wait"})

    assert "Noen andre har den tiden." in page
    assert "Vent på denne tiden" in page
    assert Wait.objects.get().person_id == second.pk


def test_double_click_two_tabs_and_the_back_button_give_one_booking() -> None:
    centre = world.centre()
    room, person = world.room(centre), world.member(centre)
    client, url = world.client(person), reverse("meetingplace:resource", args=[centre.organisation.slug, room.pk])
    form = {"dag": world.day(1).isoformat(), "fra": "12:00", "til": "13:00", "uker": "3", "form_key": str(uuid.uuid4())}

    answers = [client.post(url, form)["Location"] for _ in range(3)]

    assert set(answers) == {reverse("meetingplace:bookings")}
    assert len(standing(room)) == 3


# -- series ------------------------------------------------------------------------------------------
def test_a_series_skips_only_the_days_that_are_taken_and_says_which() -> None:
    centre = world.centre()
    room, person = world.room(centre), world.member(centre)
    book(world.member(centre, name="Bo"), room, days=8)
    client, url = world.client(person), reverse("meetingplace:resource", args=[centre.organisation.slug, room.pk])

    page = client.post(url, {"dag": world.day(1).isoformat(), "fra": "12:30", "til": "13:30", "uker": "4"}, follow=True)

    own = [b for b in standing(room) if b.person_id == person.pk]
    assert [timezone.localdate(b.starts_at) for b in own] == [world.day(1), world.day(15), world.day(22)]
    assert len({b.series for b in own}) == 1
    text = page.content.decode()
    assert "bestilt 3 ganger" in text
    assert f"{world.day(8).day}." in text.partition("hoppet over:")[2][:20]


def test_a_series_keeps_the_clock_on_the_wall_over_summer_time(monkeypatch: Any) -> None:
    now = datetime(2027, 3, 20, 8, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    centre = world.centre()
    room, person = world.room(centre), world.member(centre)

    made = book(person, room, days=4, weeks=2).made

    assert [timezone.localtime(b.starts_at).strftime("%d %H:%M") for b in made] == ["24 12:00", "31 12:00"]
    assert made[1].starts_at - made[0].starts_at == timedelta(days=7) or (
        made[1].starts_at.astimezone(UTC) - made[0].starts_at.astimezone(UTC) == timedelta(days=7, hours=-1)
    )


def test_a_series_where_every_day_is_taken_is_refused() -> None:
    centre = world.centre()
    room = world.room(centre)
    book(world.member(centre), room, weeks=2)

    with pytest.raises(actions.Taken):
        book(world.member(centre, name="Bo"), room, weeks=2)


def test_giving_up_the_rest_of_a_series_leaves_what_was_before() -> None:
    centre = world.centre()
    room, person = world.room(centre), world.member(centre)
    made = book(person, room, weeks=4).made

    number = actions.cancel_rest_of_series(by=person, booking=made[2])

    assert number == 2
    assert [b.pk for b in standing(room)] == [b.pk for b in made[:2]]


# -- what is refused ---------------------------------------------------------------------------------
def test_nobody_books_what_has_been_what_is_too_long_or_when_the_house_is_shut() -> None:
    centre = world.centre(always_open=False)
    keeping.set_week(by="test", centre=centre, version=0, closed_on_holidays=False,
                     week={d: [(world.time(10), world.time(15))] for d in range(7)})  # fmt: skip
    room, person, host = world.room(centre), world.member(centre), world.member(centre, "host")

    for days, hour, hours, why in ((-1, 12, 1, actions.NotThen), (1, 11, 4, actions.NotThen), (300, 12, 1, actions.NotThen),
                                   (1, 14, 2, actions.HouseIsShut), (1, 3, 1, actions.HouseIsShut)):  # fmt: skip
        with pytest.raises(why):
            book(person, room, days=days, hour=hour, hours=hours)
    assert standing(room) == []
    assert len(book(host, room, hour=20, is_host=True).made) == 1


def test_one_person_cannot_take_everything() -> None:
    centre = world.centre()
    room, person = world.room(centre), world.member(centre)
    for hour in range(actions.MOST_TO_COME):
        book(person, room, days=1 + hour // 10, hour=10 + hour % 10)

    with pytest.raises(actions.EnoughNow):
        book(person, room, days=9)


def test_those_without_a_role_at_the_place_cannot_book_there() -> None:
    centre, other = world.centre(), world.centre("Lyngheim")
    room, stranger = world.room(centre), world.member(other)
    url = reverse("meetingplace:resource", args=[centre.organisation.slug, room.pk])

    assert world.client(stranger).get(url).status_code == 403
    assert world.client().get(url).status_code == 302
    foreign = reverse("meetingplace:resource", args=[other.organisation.slug, room.pk])
    assert world.client(stranger).get(foreign).status_code == 404


# -- who sees it -------------------------------------------------------------------------------------
def test_who_booked_is_seen_by_hosts_and_oneself_and_by_others_as_taken() -> None:
    centre = world.centre()
    room = world.room(centre)
    owner, other, host = world.member(centre, name="Hemmelig"), world.member(centre, name="Bo"), world.member(centre, "host")
    made = book(owner, room).made[0]
    url = reverse("meetingplace:resource", args=[centre.organisation.slug, room.pk]) + f"?dag={world.day(1)}"
    search = reverse("meetingplace:rooms", args=[centre.organisation.slug]) + f"?dag={world.day(1)}&fra=12:00&til=13:00"

    seen = {who: world.client(person).get(url).content.decode() for who, person in (("other", other), ("host", host), ("owner", owner))}

    assert "Hemmelig" not in seen["other"]
    assert "opptatt" in seen["other"]
    assert "Hemmelig" in seen["host"]
    assert ">din</a>" in seen["owner"]
    assert "Hemmelig" not in world.client(other).get(search).content.decode()
    assert world.client(other).get(reverse("meetingplace:booking", args=[made.pk])).status_code == 404
    assert world.client(other).post(reverse("meetingplace:host-booking", args=[centre.organisation.slug, made.pk]), {"act": "cancel"}).status_code == 403
    assert len(standing(room)) == 1


def test_the_trail_says_that_somebody_booked_and_not_who() -> None:
    centre = world.centre()
    room, person = world.room(centre), world.member(centre, name="Hemmelig")

    actions.cancel_booking(by=person, booking=book(person, room).made[0])

    lines = TrailLine.objects.filter(kind__startswith="meetingplace:booking")
    assert [(line.actor, line.actor_name) for line in lines] == [("participant", "")] * 2


def test_time_first_shows_what_is_free_then() -> None:
    centre = world.centre()
    room, table = world.room(centre), world.room(centre, "Kunstrommet")
    world.room(world.centre("Lyngheim"), "Et annet hus")
    person, other = world.member(centre), world.member(centre, name="Bo")
    book(other, room, hours=2)

    found = queries.offers(centre, person, world.at(1, 13), world.at(1, 15), kind="room")

    assert {o.resource.name: o.is_free for o in found} == {"Musikkrommet": False, "Kunstrommet": True}
    assert {o.resource.pk for o in queries.offers(centre, person, world.at(1, 14), world.at(1, 15), kind="room") if o.is_free} == {room.pk, table.pk}


# -- waiting -----------------------------------------------------------------------------------------
def test_a_free_time_is_kept_for_the_first_who_waits_and_then_passed_on() -> None:
    centre = world.centre()
    room = world.room(centre)
    owner, first, second = (world.member(centre, name=n) for n in "abc")
    made = book(owner, room, days=5).made[0]
    for person in (first, second):
        actions.wait_for(by=person, resource=room, starts_at=world.at(5, 12), ends_at=world.at(5, 13))

    actions.cancel_booking(by=owner, booking=made)

    held = standing(room)[0]
    assert (held.person_id, told(first), told(second)) == (first.pk, ["free"], [])
    assert held.held_until is not None
    with pytest.raises(actions.Taken):
        book(second, room, days=5)
    Booking.objects.filter(pk=held.pk).update(held_until=timezone.now() - timedelta(minutes=1))
    with pytest.raises(actions.TooLate):
        actions.accept_time(by=first, booking=held)
    actions.pass_on_all()
    mine = standing(room)[0]
    assert (mine.person_id, told(first), told(second)) == (second.pk, ["free", "passed-on"], ["free"])
    actions.accept_time(by=second, booking=mine)
    assert standing(room)[0].held_until is None
    assert Wait.objects.count() == 0


def test_the_waiting_list_through_its_pages() -> None:
    centre = world.centre()
    room, owner, waiting = world.room(centre), world.member(centre), world.member(centre, name="Bo")
    made = book(owner, room, days=5).made[0]
    actions.wait_for(by=waiting, resource=room, starts_at=world.at(5, 12), ends_at=world.at(5, 13))
    world.client(owner).post(reverse("meetingplace:booking", args=[made.pk]), {"act": "cancel"})
    client = world.client(waiting)
    page = client.get(reverse("meetingplace:bookings")).content.decode()
    held = standing(room)[0]

    client.post(reverse("meetingplace:booking", args=[held.pk]), {"act": "accept"})

    assert "En tid er blitt ledig til deg" in page
    assert standing(room)[0].held_until is None


def test_only_a_time_that_is_wholly_free_is_offered() -> None:
    centre = world.centre()
    room = world.room(centre)
    owner, waiting = world.member(centre), world.member(centre, name="Bo")
    first, _second = book(owner, room, days=3).made[0], book(owner, room, days=3, hour=13)
    actions.wait_for(by=waiting, resource=room, starts_at=world.at(3, 12), ends_at=world.at(3, 14))

    actions.cancel_booking(by=owner, booking=first)

    assert Wait.objects.count() == 1
    assert told(waiting) == []


def test_the_job_passes_on_when_the_time_to_answer_is_out() -> None:
    centre = world.centre()
    room = world.room(centre)
    owner, waiting = world.member(centre), world.member(centre, name="Bo")
    made = book(owner, room, days=5).made[0]
    actions.wait_for(by=waiting, resource=room, starts_at=world.at(5, 12), ends_at=world.at(5, 13))
    actions.cancel_booking(by=owner, booking=made)
    Booking.objects.filter(resource=room).update(held_until=timezone.now() - timedelta(seconds=1))

    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))
    work_off()

    assert standing(room) == []


# -- being shown -------------------------------------------------------------------------------------
def test_a_room_is_shown_before_it_is_booked_and_a_participant_may_show_it() -> None:
    centre = world.centre()
    room = world.room(centre, needs_introduction=True)
    host, guide, new = world.member(centre, "host"), world.member(centre, name="Guide"), world.member(centre, name="Ny")
    with pytest.raises(rooms.NotShownYet):
        rooms.offer_to_show(by=guide, resource=room)
    rooms.note_shown(by=host, introduction=rooms.ask_to_be_shown(by=guide, resource=room))
    rooms.offer_to_show(by=guide, resource=room)
    with pytest.raises(actions.MustBeShown):
        book(new, room)

    url = reverse("meetingplace:resource", args=[centre.organisation.slug, room.pk])
    world.client(new).post(url + "bli-vist/", {"act": "ask"})
    row = Introduction.objects.get(person=new)
    assert "asked-to-be-shown" in told(guide)
    assert "asked-to-be-shown" in told(host)
    assert world.client(new).post(url + f"vist/{row.pk}/", {"act": "given"}).status_code == 403
    world.client(guide).post(url + f"vist/{row.pk}/", {"act": "given"})

    assert told(new) == ["shown"]
    row.refresh_from_db()
    assert (row.state, row.answered_by_id) == ("given", guide.pk)
    assert len(book(new, room).made) == 1


def test_withdrawing_calls_off_what_is_booked_ahead_and_says_so() -> None:
    centre = world.centre()
    room = world.room(centre, needs_introduction=True)
    host, person = world.member(centre, "host"), world.member(centre, name="Ny")
    row = rooms.note_shown(by=host, introduction=rooms.ask_to_be_shown(by=person, resource=room))
    book(person, room)

    rooms.withdraw_introduction(by=host, introduction=row)

    assert standing(room) == []
    assert told(person) == ["shown", "booking-cancelled", "introduction-withdrawn"]
    with pytest.raises(actions.MustBeShown):
        book(person, room)
    assert rooms.ask_to_be_shown(by=person, resource=room).state == "asked"


# -- lending -----------------------------------------------------------------------------------------
def lend(by: Any, thing: Any, first: int = 0, last: int = 5) -> Booking:
    return actions.book(by=by, resource=thing, starts_at=world.at(first, 0), ends_at=world.at(last + 1, 0)).made[0]


def test_a_thing_is_fetched_and_comes_back_and_its_days_are_free_again() -> None:
    centre = world.centre()
    thing, one, two = world.room(centre, "Gitar", kind="thing"), world.member(centre), world.member(centre, name="Bo")
    loan = lend(one, thing)
    with pytest.raises(actions.Taken):
        lend(two, thing, 3, 6)

    actions.hand_out(by=one, booking=loan)
    assert [b.pk for b in queries.lending_list(centre)] == [loan.pk]
    actions.take_back(by=one, booking=Booking.objects.get(pk=loan.pk))

    assert queries.lending_list(centre) == []
    assert lend(two, thing, 1, 4).person_id == two.pk


def test_a_thing_that_is_late_is_asked_for_kindly_once_and_is_not_lent_to_others() -> None:
    centre = world.centre()
    thing, one, two = world.room(centre, "Gitar", kind="thing"), world.member(centre), world.member(centre, name="Bo")
    loan = lend(one, thing)
    actions.hand_out(by=one, booking=loan)
    Booking.objects.filter(pk=loan.pk).update(
        starts_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() - timedelta(days=1)
    )

    assert actions.remind_of_loans() == 1
    assert actions.remind_of_loans() == 0
    assert told(one) == ["still-out"]
    with pytest.raises(actions.Taken):
        lend(two, thing, 1, 4)
    page = world.client(one).get(reverse("meetingplace:booking", args=[loan.pk])).content.decode()
    assert "Det går bra." in page


def test_a_word_is_given_the_day_before() -> None:
    centre = world.centre()
    thing, one = world.room(centre, "Gitar", kind="thing"), world.member(centre)
    loan = lend(one, thing)
    actions.hand_out(by=one, booking=loan)
    Booking.objects.filter(pk=loan.pk).update(ends_at=timezone.now() + timedelta(hours=20))

    actions.remind_of_loans()
    actions.remind_of_loans()

    assert told(one) == ["due-soon"]


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_a_thing_is_out_with_one_only() -> None:
    centre = world.centre()
    thing, one = world.room(centre, "Gitar", kind="thing"), world.member(centre)
    actions.hand_out(by=one, booking=lend(one, thing))
    later = lend(one, thing, 10, 12)

    with pytest.raises(actions.Taken):
        actions.hand_out(by=one, booking=later)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=later.pk).update(out_at=timezone.now())


def test_a_host_lends_to_somebody_without_an_account() -> None:
    centre = world.centre()
    thing, host = world.room(centre, "Gitar", kind="thing"), world.member(centre, "host")
    url = reverse("meetingplace:resource", args=[centre.organisation.slug, thing.pk])

    world.client(host).post(url, {"dag": world.day(0).isoformat(), "til_dag": world.day(3).isoformat(), "for_name": "Bjarne"})
    row = Booking.objects.get()
    world.client(host).post(reverse("meetingplace:host-booking", args=[centre.organisation.slug, row.pk]), {"act": "fetched"})
    page = world.client(host).get(reverse("meetingplace:lending", args=[centre.organisation.slug])).content.decode()

    assert (row.person_id, row.for_name) == (None, "Bjarne")
    assert "Bjarne" in page


# -- forgetting --------------------------------------------------------------------------------------
def test_who_booked_is_forgotten_after_as_many_days_as_the_place_has_chosen() -> None:
    centre, other = world.centre(), world.centre("Lyngheim")
    type(centre).objects.filter(pk=centre.pk).update(bookings_kept_days=5)
    for place in (centre, other):
        Booking.objects.create(
            resource=world.room(place), person=world.member(place), for_name="Bjarne", series=uuid.uuid4(),
            starts_at=timezone.now() - timedelta(days=7), ends_at=timezone.now() - timedelta(days=6),
        )  # fmt: skip
    out = Booking.objects.create(
        resource=world.room(centre, "Gitar", kind="thing"), person=world.member(centre, name="Bo"), out_at=timezone.now() - timedelta(days=9),
        starts_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() - timedelta(days=8),
    )  # fmt: skip

    due = PERSONAL_DATA["meetingplace.booking"].due
    assert due is not None
    number = due()

    assert number == 1
    gone = Booking.objects.get(resource__centre=centre, resource__kind="room")
    assert (gone.person_id, gone.for_name, gone.series) == (None, "", None)
    assert Booking.objects.get(resource__centre=other).for_name == "Bjarne"
    assert Booking.objects.get(pk=out.pk).person_id is not None


def test_a_person_can_take_it_out_and_be_erased_and_the_time_goes_on() -> None:
    centre = world.centre()
    room, person, waiting = world.room(centre), world.member(centre), world.member(centre, name="Bo")
    book(person, room, days=5)
    actions.wait_for(by=waiting, resource=room, starts_at=world.at(5, 12), ends_at=world.at(5, 13))
    entry = PERSONAL_DATA["meetingplace.booking"]

    exported = entry.export(person)
    entry.erase(person)

    assert [row["resource__name"] for row in exported] == ["Musikkrommet"]
    assert entry.export(person) == []
    assert [b.person_id for b in standing(room)] == [waiting.pk]


def test_the_guard_is_in_the_database_that_is_tested() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='meetingplace_booking' ORDER BY 1")
            assert [row[0] for row in cursor.fetchall()] == ["booking_taken_ai", "booking_taken_au"]
        else:
            cursor.execute("SELECT contype FROM pg_constraint WHERE conname = 'booking_taken'")
            assert cursor.fetchall() == [("x",)]


def test_notices_and_next_steps_have_words_and_a_way_on() -> None:
    centre = world.centre()
    host, owner, waiting = world.member(centre, "host"), world.member(centre), world.member(centre, name="Bo")
    room = world.room(centre, needs_introduction=True)
    for person in (owner, waiting):
        rooms.note_shown(by=host, introduction=rooms.ask_to_be_shown(by=person, resource=room))
    made = book(owner, room, days=1).made[0]
    actions.wait_for(by=waiting, resource=room, starts_at=world.at(1, 12), ends_at=world.at(1, 13))
    actions.cancel_booking(by=host, booking=made)
    book(owner, room, days=1, hour=15)

    pages = {name: world.client(person).get("/min-side/").content.decode() for name, person in (("host", host), ("owner", owner), ("waiting", waiting))}

    assert "Noen vil gjerne bli vist et rom." in pages["host"]
    assert "En vert måtte avlyse" in pages["owner"]
    assert "Du har bestilt" in pages["owner"]
    assert "Tiden er holdt av til deg. Vil du ha den?" in pages["waiting"]
    links = [url for page in pages.values() for url in re.findall(r'href="(/treffsted/[^"]+)"', page)]
    assert links
    for url in set(links):
        assert any(world.client(person).get(url).status_code in {200, 302} for person in (host, owner, waiting)), url
