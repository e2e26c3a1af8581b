"""Seats held for an organisation, and interest before there is a day."""

import contextlib
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knutepunkt.events.actions import interest, planning, taking_part
from knutepunkt.events.models import Event, HeldSeats, Interest, Registration, Session
from knutepunkt.events.queries import held_now, seats_for
from knutepunkt.web.jobs import work_off
from knutepunkt.web.models import Notice, TrailLine
from knutepunkt.web.registers import PERSONAL_DATA
from knutepunkt.web.sealing import has_key
from tests import factories as make
from tests.events.test_pages import host_of, of, read, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def member_of(where: Any) -> Any:
    person = make.person()
    make.role(person, "participant", where)
    return person


def held(session: Session, organisation: Any, seats: int = 1) -> HeldSeats:
    return taking_part.hold_seats(
        by="test", session=session, organisation=organisation, seats=seats, until_at=session.starts_at - timedelta(days=1)
    )


def right(session: Session) -> int:
    """Seats taken, which must be what rows add up to."""
    session.refresh_from_db()
    assert session.seats_taken == held_now([session.pk]).get(session.pk, 0)
    return session.seats_taken


def test_members_take_held_seats_first_and_others_do_not_get_them() -> None:
    session, ours = make.session(capacity=3), make.organisation("Havna")
    row = held(session, ours, 2)
    assert right(session) == 2

    stranger, waits = (taking_part.register(by=make.person(), session=session) for _ in "ab")
    members = [taking_part.register(by=member_of(ours), session=session) for _ in "abc"]

    row.refresh_from_db()
    assert [r.state for r in (stranger, waits, *members)] == ["registered", "waiting", "registered", "registered", "waiting"]
    assert (row.taken, right(session)) == (2, 3)


def test_a_member_who_leaves_gives_the_seat_to_the_next_member_not_to_the_first_in_line() -> None:
    session, ours = make.session(capacity=2), make.organisation("Havna")
    held(session, ours, 1)
    taking_part.register(by=make.person(), session=session)
    first = taking_part.register(by=member_of(ours), session=session)
    stranger = taking_part.register(by=make.person(), session=session)
    member = taking_part.register(by=member_of(ours), session=session)

    taking_part.leave(by="x", registration=first)

    assert [Registration.objects.get(pk=r.pk).state for r in (stranger, member)] == ["waiting", "offered"]
    assert right(session) == 2
    taking_part.decline_offer(by="x", registration=member)
    assert right(session) == 2
    assert HeldSeats.objects.get().taken == 0


def test_on_the_day_what_nobody_took_is_offered_to_all_and_leaving_later_frees_one() -> None:
    session, ours = make.session(capacity=3), make.organisation("Havna")
    held(session, ours, 3)
    member = taking_part.register(by=member_of(ours), session=session)
    strangers = [taking_part.register(by=make.person(), session=session) for _ in "ab"]
    assert [r.state for r in strangers] == ["waiting", "waiting"]
    HeldSeats.objects.update(until_at=timezone.now() - timedelta(minutes=1))

    assert taking_part.let_go_everywhere() == 1
    assert taking_part.let_go_everywhere() == 0

    assert [Registration.objects.get(pk=r.pk).state for r in strangers] == ["offered", "offered"]
    assert right(session) == 3
    taking_part.leave(by="x", registration=member)
    assert right(session) == 2


def test_no_more_is_held_than_is_free_and_never_twice_for_the_same() -> None:
    session, ours = make.session(capacity=3), make.organisation()
    taking_part.register(by=make.person(), session=session)

    with pytest.raises(taking_part.NeverRoom):
        held(session, ours, 3)
    held(session, ours, 1)
    with pytest.raises(taking_part.NeverRoom):
        held(session, ours, 1)
    with pytest.raises(taking_part.NotOpen):
        held(make.session(), ours, 1)

    assert right(session) == 2


def test_the_page_says_a_member_has_a_seat_where_others_meet_the_waiting_list() -> None:
    session, ours = make.session(capacity=1), make.organisation("Havna")
    host = host_of(session)
    day = (session.starts_at - timedelta(days=2)).date().isoformat()
    assert host.post(of("seats", session), {"organisation": ours.pk, "seats": 1, "until_on": day}).status_code == 302
    assert "0 av 1 er tatt" in read(host, of("seats", session))
    assert host.post(of("seats", session), {"organisation": ours.pk, "seats": 9, "until_on": day}).status_code == 200

    member = member_of(ours)
    session.refresh_from_db()
    assert (seats_for(member, session), seats_for(make.person(), session)) == (1, 0)
    assert "Skriv deg på ventelista" in read(Client(), of("session", session))
    assert "Skriv deg på ventelista" not in read(signed_in(member), of("session", session))
    host.post(of("seats", session), {"act": "let-go", "held": HeldSeats.objects.get().pk})
    assert right(session) == 0


def test_a_host_lets_somebody_without_an_account_into_a_held_seat() -> None:
    session, ours = make.session(capacity=1), make.organisation("Havna")
    row, other = held(session, ours, 1), held(make.session(capacity=1), ours, 1)
    host = host_of(session)
    assert "Plass som er holdt av" in read(host, of("host", session))

    for number in (other.pk, row.pk):
        host.post(of("host", session), {"act": "enter", "guest_name": "Bjarne", "size": 1, "held": number})

    row.refresh_from_db()
    assert [r.state for r in Registration.objects.order_by("pk")] == ["registered"]
    assert (row.taken, right(session)) == (1, 1)


def waiting_event(**facts: Any) -> Event:
    event = planning.make_event(by="test", organiser=make.organisation(), when=None, title="Sommertur", signing="open", **facts)
    return planning.publish_event(by="test", event=event)


def when() -> dict[str, Any]:
    from datetime import time

    return {"first_on": timezone.localdate() + timedelta(days=9), "clock": time(12), "minutes": 60, "rule": ""}


def test_those_interested_are_told_once_when_the_day_comes() -> None:
    event, person = waiting_event(), make.person(email="ask@example.org")
    interest.show_interest(by=person, event=event)
    interest.show_interest(by=person, event=event)
    guest = interest.show_interest(by="guest", event=event, email="bo@example.org")
    interest.show_interest(by="guest", event=event)
    assert b"bo@" not in bytes(guest.email)
    assert Interest.objects.count() == 3

    planning.change_event(by="test", event=event, when=when())
    planning.change_event(by="test", event=event, title="Sommertur til fjells")
    work_off()

    assert list(Notice.objects.filter(kind="events.date-set").values_list("recipient", flat=True)) == [person.pk]
    told = [one for one in mail.outbox if one.subject == "Nå er det satt en dag"]
    assert sorted(one.to[0] for one in told) == ["ask@example.org", "bo@example.org"]
    assert "Sommertur" not in told[0].body.replace("sommertur", "")
    with pytest.raises(interest.HasDays):
        interest.show_interest(by=make.person(), event=event)
    assert {line.actor for line in TrailLine.objects.filter(kind="events:interest:shown")} == {"participant"}


def test_interest_by_guest_and_account_through_the_pages_and_back_with_the_code() -> None:
    event = waiting_event()
    url, client = reverse("events:interest", args=[event.slug]), Client()
    assert "Dagen er ikke satt ennå" in read(client, reverse("events:calendar"))
    assert "Jeg vil vite når" in read(client, reverse("events:event", args=[event.slug]))

    page = client.post(url).content.decode()
    assert Interest.objects.count() == 1
    code = page.split('kp-codecard-code">')[1].split("<")[0]
    assert "Koden vises bare nå" in page

    account = signed_in(make.person())
    account.post(url)
    assert "Du får beskjed når dagen er satt." in read(account, url)
    account.post(url, {"act": "end"})
    assert Interest.objects.count() == 1

    fresh = interest.interest_slip(by="guest", interest=Interest.objects.get())
    assert Client().post(reverse("events:code"), {"code": code}).status_code == 200, "the one before is dead"
    other = Client()
    assert other.post(reverse("events:code"), {"code": fresh})["Location"] == reverse("events:interest-held")
    assert Interest.objects.count() == 1, "looking does nothing"
    read(other, reverse("events:interest-held"))
    other.post(reverse("events:interest-held"))
    assert Interest.objects.count() == 0


def test_the_host_sees_how_many_and_nobody_else_does() -> None:
    event = waiting_event()
    for _ in range(3):
        interest.show_interest(by="guest", event=event)
    host = make.person()
    make.role(host, "host", event.organiser)
    url = reverse("events:event", args=[event.slug])

    assert "3 vil vite når dagen er satt." in read(signed_in(host), url)
    assert "vil vite når dagen er satt" not in read(Client(), url)


def test_interest_is_forgotten_exported_and_erased() -> None:
    event, person = waiting_event(), make.person()
    own = interest.show_interest(by=person, event=event)
    guest = interest.show_interest(by="guest", event=event, email="bo@example.org")
    data = PERSONAL_DATA["events.interest"]
    assert [row["event"] for row in data.export(person)] == ["Sommertur"]

    assert data.erase(person) == 1
    assert not Interest.objects.filter(pk=own.pk).exists()
    Interest.objects.filter(pk=guest.pk).update(told_at=timezone.now() - timedelta(days=31))
    assert interest.forget_interest() == 1

    assert not has_key(guest.key_owner)
    assert Interest.objects.count() == 0


def test_the_day_can_be_left_open_in_the_form_and_set_later() -> None:
    place, host = make.organisation(), make.person()
    make.role(host, "host", place)
    client = signed_in(host)
    words = {
        "organiser": place.pk, "title": "Kurs", "kind": "course", "audience": "everyone", "language": "nb", "price_kroner": 0,
        "signing": "open",
    }  # fmt: skip

    client.post(reverse("events:make"), {**words, "no_day": "on"})
    event = Event.objects.get()
    assert not event.has_dates
    assert "Kurs" in read(client, reverse("events:drafts"))
    change = reverse("events:change", args=[event.slug])
    read(client, change)
    day = (timezone.localdate() + timedelta(days=4)).isoformat()
    answer = client.post(change, {**words, "version": event.version, "first_on": day, "clock": "10:00", "minutes": 60})

    assert answer.status_code == 302
    assert Session.objects.get().on_date.isoformat() == day
    assert client.post(change, {**words, "version": 1, "first_on": "", "clock": "", "minutes": ""}).status_code == 200


def test_a_double_click_without_script_makes_one_event_and_one_interest() -> None:
    place, host = make.organisation(), make.person()
    make.role(host, "host", place)
    client = Client(enforce_csrf_checks=True)
    client.force_login(host, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("events:make")
    sent = {
        "csrfmiddlewaretoken": str(client.get(url).context["csrf_token"]), "organiser": place.pk, "title": "Kurs", "kind": "course",
        "audience": "everyone", "language": "nb", "price_kroner": 0, "signing": "open", "no_day": "on",
    }  # fmt: skip
    guest = Client(enforce_csrf_checks=True)

    for _ in "ab":
        client.post(url, sent)
    event = planning.publish_event(by="test", event=Event.objects.get())
    wants = reverse("events:interest", args=[event.slug])
    sent = {"csrfmiddlewaretoken": str(guest.get(wants).context["csrf_token"])}
    for _ in "ab":
        guest.post(wants, sent)

    assert Interest.objects.count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_seats_add_up_whatever_people_do_at_once() -> None:
    """Forty people, some of Havna, sign up, leave, accept and decline while seats are held and let go of."""
    session, ours = make.session(capacity=8), make.organisation("Havna")
    held(session, ours, 3)
    people = [member_of(ours) if n % 3 == 0 else make.person() for n in range(40)]
    chance = random.Random(7)
    plans = [[chance.choice(["register", "leave", "accept", "decline"]) for _ in range(4)] for _ in people]

    def act(n: int) -> None:
        try:
            row = taking_part.register(by=people[n], session=session, size=1 + n % 2)
            for what in plans[n]:
                with contextlib.suppress(taking_part.TooLate, taking_part.NeverRoom, Registration.DoesNotExist):
                    if what == "register":
                        row = taking_part.register(by=people[n], session=session, size=1 + n % 2)
                    else:
                        act = {"leave": taking_part.leave, "accept": taking_part.accept_offer, "decline": taking_part.decline_offer}
                        act[what](by=people[n], registration=row)
                if n == 20:
                    taking_part.let_go_of_held(by="t", session=session, row=HeldSeats.objects.get().pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(len(people))))

    taken = right(session)
    assert taken <= 8
    waiting = Registration.objects.filter(session=session, state="waiting").values_list("size", flat=True)
    assert not any(size <= 8 - taken for size in waiting), "nobody waits for a seat that is free"
