"""The pages: what a participant, a guest and a host meet; and that lists ask no more for more rows."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from knutepunkt.events.actions import planning, taking_part
from knutepunkt.events.models import Event, Registration, Session
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MOST = 8


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def of(name: str, session: Session) -> str:
    return reverse(f"events:{name}", args=[session.event.slug, session.pk])


def read(client: Client, url: str, **data: Any) -> str:
    answer = client.get(url, data)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_come_as_you_are_stands_before_place_and_price() -> None:
    session = make.session(door="Halvor", noise="quiet", place_name="Kaia")

    page = read(Client(), of("session", session))

    assert page.index("Kom som du er") < page.index("Du kan bare sitte der") < page.index("Halvor") < page.index("Kaia")


def test_guest_signs_up_gets_a_slip_and_leaves_with_its_code() -> None:
    session, client = make.session(capacity=5), Client()

    page = client.post(of("register", session), {"guest_name": "Bo", "size": 1, "needs": "Tolk"}).content.decode()
    code = re.search(r'kp-codecard-code">([A-Z0-9-]+)<', page)
    assert code
    other = Client()
    assert other.post(reverse("events:code"), {"code": code[1]}).status_code == 302
    assert "Meld meg av" in read(other, reverse("events:held"))
    assert Registration.objects.get().state == "registered"
    other.post(reverse("events:held"), {"act": "leave"})

    assert Registration.objects.get().state == "cancelled"
    assert other.post(reverse("events:code"), {"code": "FEIL"}).status_code == 200


def test_guest_form_sent_twice_gives_one() -> None:
    session, client = make.session(capacity=5), Client()
    key = re.search(r'name="form_key" value="([^"]+)"', read(client, of("register", session)))
    assert key

    for _ in range(2):
        client.post(of("register", session), {"guest_name": "Bo", "size": 1, "form_key": key[1]})

    assert Registration.objects.count() == 1


def test_a_form_sent_again_after_leaving_asks_anew_and_says_so() -> None:
    session, client = make.session(capacity=5), Client()
    key = "7f0c8a52-9c0d-4a0e-9a6e-0f4b6a1f2c3d"
    client.post(of("register", session), {"guest_name": "Bo", "size": 1, "form_key": key})
    taking_part.leave(by="code", registration=Registration.objects.get())

    answer = client.post(of("register", session), {"guest_name": "Bo", "size": 1, "form_key": key}, follow=True)

    assert "Du har meldt deg av siden du åpnet skjemaet." in answer.content.decode()
    assert Registration.objects.get().state == "cancelled"


def test_a_guest_form_sends_mail_to_no_crowd() -> None:
    session = make.session()

    answers = [
        Client().post(of("register", session), {"guest_name": "Bo", "size": 1, "guest_email": f"{n}@example.org"}).content.decode()
        for n in range(11)
    ]  # fmt: skip

    assert Registration.objects.count() == 10
    assert "prøvd for mange ganger" in answers[-1]


def test_account_signs_up_sees_it_and_answers_an_offer() -> None:
    session, person = make.session(capacity=1), make.person("Ask")
    seated = taking_part.register(by="guest", session=session, guest_name="Bo")
    client = signed_in(person)

    assert "Skriv deg på ventelista" in read(client, of("session", session))
    client.post(of("register", session), {"size": 1})
    row = Registration.objects.get(person=person)
    mine = reverse("events:answer-own", args=[row.pk])
    assert "Du er den neste som får plass" in read(client, mine)
    taking_part.leave(by="code", registration=seated)
    assert "Ja, jeg vil ha plassen" in read(client, mine)
    client.post(mine, {"act": "accept"})

    row.refresh_from_db()
    assert row.state == "registered"
    assert session.event.title in read(client, reverse("events:mine"))


def test_looking_at_a_page_with_buttons_does_nothing() -> None:
    session, person = make.session(), make.person()
    row = taking_part.register(by=person, session=session)

    signed_in(person).get(reverse("events:answer-own", args=[row.pk]), {"act": "leave"})

    row.refresh_from_db()
    assert row.state == "registered"


def test_every_field_of_a_plan_stands_in_one_part_and_ids_are_unique() -> None:
    from knutepunkt.events import forms

    for form in (forms.EventForm(organisers=[], has_picture=True), forms.WhenForm()):
        named = [name for _title, names in form.groups for name in names]
        assert sorted(named) == sorted(field.name for field in form.visible_fields())
    host = make.person()
    make.role(host, "host", make.organisation())
    ids = re.findall(r' id="([^"]+)"', signed_in(host).post(reverse("events:make"), {"title": ""}).content.decode())
    assert sorted(set(ids)) == sorted(ids)


def host_of(session: Session) -> Client:
    host = make.person("Halvor")
    make.role(host, "host", session.event.organiser)
    return signed_in(host)


PLAN = {
    "title": "Kaffe", "kind": "open", "audience": "everyone", "language": "nb", "price_kroner": 0, "signing": "none",
    "clock": "10:00", "minutes": 60, "repeats": "FREQ=WEEKLY", "not_in_easter": "on",
}  # fmt: skip


def test_host_plans_publishes_changes_and_cancels() -> None:
    place, host = make.organisation(), make.person()
    make.role(host, "host", place)
    client, day = signed_in(host), timezone.localdate() + timedelta(days=3)
    assert read(client, reverse("events:make"))

    client.post(reverse("events:make"), {**PLAN, "organiser": place.pk, "first_on": day.isoformat()})
    event = Event.objects.get()
    assert (event.state, event.series.rule) == ("draft", "FREQ=WEEKLY")
    client.post(reverse("events:publish", args=[event.slug]))
    url = reverse("events:change", args=[event.slug])
    assert 'value="Kaffe"' in read(client, url)
    client.post(url, {**PLAN, "organiser": place.pk, "first_on": day.isoformat(), "title": "Te", "repeats": "", "minutes": 90})
    event.refresh_from_db()
    assert (event.title, event.sequence, event.sessions.count()) == ("Te", 1, 1)
    client.post(reverse("events:cancel", args=[event.slug]), {"reason": "Ingen vert."})

    assert "Ingen vert." in read(Client(), reverse("events:event", args=[event.slug]))


@pytest.mark.parametrize(
    ("field", "value"),
    [("rule", "FREQ=SECONDLY"), ("except_on", "hei"), ("first_on", "2999-01-01"), ("minutes", "0"), ("organiser", "0")],
)
def test_bad_plans_are_said_beside_the_field(field: str, value: str) -> None:
    place, host = make.organisation(), make.person()
    make.role(host, "host", place)
    data = {**PLAN, "organiser": place.pk, "first_on": timezone.localdate().isoformat(), "repeats": "own", "rule": "FREQ=DAILY"}

    page = signed_in(host).post(reverse("events:make"), {**data, field: value}).content.decode()

    assert 'value="Kaffe"' in page
    assert "aria-invalid" in page
    assert Event.objects.count() == 0


def test_host_enters_counts_notes_and_moves() -> None:
    session = make.session(capacity=4)
    client, url = host_of(session), of("host", session)

    client.post(url, {"act": "enter", "guest_name": "Bjarne", "size": 2})
    row = Registration.objects.get()
    client.post(url, {"act": "attendance", "came": [row.pk, "x"]})
    client.post(url, {"act": "count"})
    day = timezone.localdate() + timedelta(days=20)
    client.post(of("move", session), {"day": day.isoformat(), "clock": "09:30"})

    page = read(client, url)
    assert "Bjarne" in page
    assert "Talt uten navn: 1" in page
    row.refresh_from_db()
    session.refresh_from_db()
    assert row.came
    assert session.is_moved
    client.post(of("cancel-one", session), {"reason": "Strømbrudd."})
    assert "Strømbrudd." in read(Client(), of("session", session))


def test_feedback_is_shown_from_five_and_only_to_those_who_run_it() -> None:
    session = make.begun(make.session(signing="none"))
    event = reverse("events:event", args=[session.event.slug])
    host, client = host_of(session), Client()
    assert read(client, of("feedback", session))

    for n in range(5):
        assert ("Stille" in read(host, event)) is False
        client.post(of("feedback", session), {"was_welcome": "yes", "text": f"Stille {n}"})

    assert "Stille 3" in read(host, event)
    assert "Stille 3" not in read(client, event)


@pytest.mark.parametrize("view", ["liste", "dag", "uke", "maned"])
def test_every_view_shows_the_same_and_follows_its_filters(view: str) -> None:
    session = make.session(title="Musikkrommet", kind="activity")
    make.session(title="Annet sted")
    make.session(title="Kladden", published=False)
    day = session.starts_at.date().isoformat()

    page = read(Client(), reverse("events:calendar"), vis=view, dag=day, sted=session.event.organiser.slug)
    other = read(Client(), reverse("events:calendar"), vis=view, dag=day, slag="course")

    assert "Musikkrommet" in page
    assert "Annet sted" not in page
    assert "Kladden" not in page
    assert "Musikkrommet" not in other


def test_a_month_with_too_much_counts_instead_of_leaving_days_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knutepunkt.events.queries.MOST_ON_PAGE", 2)
    session = make.session(title="Musikkrommet", rule="FREQ=DAILY;COUNT=3")
    day = session.starts_at.date().isoformat()

    page = read(Client(), reverse("events:calendar"), vis="maned", dag=day)

    assert "Musikkrommet" not in page
    assert f"vis=dag&amp;dag={day}" in page
    assert "1 ting" in page
    assert "Velg et sted" in page


@pytest.mark.parametrize("text", ["hei", "0001-01-01", "9999-12-31", "2027-02-30", "\x00"])
@pytest.mark.parametrize("view", ["liste", "dag", "uke", "maned", "kart", "hva"])
def test_strange_addresses_give_a_page(view: str, text: str) -> None:
    assert read(Client(), reverse("events:calendar"), vis=view, dag=text, tid="aldri", etter="tull", sted=text, slag=text)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2027-02-30", "hei"])
def test_days_far_off_are_refused_in_words_everywhere(day: str) -> None:
    session = make.session(capacity=4)
    host, place = host_of(session), make.organisation()
    sent = [
        (of("move", session), {"day": day, "clock": "23:59"}),
        (of("seats", session), {"organisation": place.pk, "seats": 1, "until_on": day}),
        (reverse("events:make"), {**PLAN, "organiser": session.event.organiser_id, "first_on": day}),
        (reverse("events:make"), {**PLAN, "organiser": session.event.organiser_id, "first_on": timezone.localdate().isoformat(), "last_on": day}),
    ]  # fmt: skip

    answers = [host.post(url, data).status_code for url, data in sent]

    assert set(answers[:3]) == {200}
    assert answers[3] in {200, 302}


def test_the_calendar_offers_the_feed_of_what_is_shown_to_follow_and_to_fetch() -> None:
    place = make.session().event.organiser.slug
    whole, one = read(Client(), "/kalender/"), read(Client(), "/kalender/", sted=place)

    assert re.search(r'href="webcal://[^/"]+/kalender/alt.ics"', whole)
    assert re.search(rf'href="webcal://[^/"]+/kalender/sted/{place}.ics"', one)
    assert f'href="/kalender/sted/{place}.ics"' in one
    assert "alt.ics" in read(Client(), "/kalender/", sted="hei/../<b>")


def grow(session: Session, person: Any, host: Client) -> None:
    del host
    other = make.session(at=session.event.organiser, title="Kunst", rule="FREQ=DAILY;COUNT=2", signing="open")
    make.session(at=session.event.organiser, published=False)
    planning.publish_event(by="test", event=planning.make_event(by="test", organiser=session.event.organiser, when=None, title="Senere"))
    for one in (session, other):
        taking_part.register(by=person if one is other else make.person(), session=one, needs="Tolk", shows_name=True)
        taking_part.register(by="guest", session=one, guest_name="Bo", needs="Mat")


PAGES: dict[str, tuple[str, str]] = {
    "list": ("guest", "/kalender/"), "month": ("guest", "/kalender/?vis=maned"), "week": ("person", "/kalender/?vis=uke"),
    "mine": ("person", "/kalender/mine/"), "session": ("person", "session"), "event": ("host", "event"), "host": ("host", "host"),
    "map": ("guest", "/kalender/?vis=kart"), "choose": ("person", "choose"), "seats": ("host", "seats"),
    "door": ("host", "door"), "drafts": ("host", "/kalender/kladder/"), "change": ("host", "change"), "make": ("host", "/kalender/ny/"),
    "bring": ("host", "/kalender/hent/"), "register": ("other", "register"),
    "ics": ("guest", "/kalender/alt.ics"), "json": ("guest", "/kalender/alt.json"), "atom": ("guest", "/kalender/alt.atom"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_pages_ask_no_more_for_more_rows(name: str) -> None:
    who, url = PAGES[name]
    session, person = make.session(signing="needed", capacity=40), make.person()
    taking_part.hold_seats(by="t", session=session, organisation=make.organisation(), seats=2, until_at=session.starts_at)
    clients = {"guest": Client(), "other": signed_in(make.person()), "person": signed_in(person), "host": host_of(session)}
    taking_part.register(by=person, session=session, needs="Tolk")
    if url in {"event", "change"}:
        url = reverse(f"events:{url}", args=[session.event.slug])
    elif url == "choose":
        url = reverse("events:choose") + f"?dag={session.starts_at.date()}&tid=hele"
    elif not url.startswith("/"):
        url = of(url, session)
    found = []
    for more in (1, 2):
        for _ in range(more):
            grow(session, person, clients["host"])
        read(clients[who], url)
        with CaptureQueriesContext(connections["default"]) as a, CaptureQueriesContext(connections["keys"]) as b:
            read(clients[who], url)
        found.append(len(a) + len(b))

    assert found[0] == found[1]
    assert found[0] <= MOST
