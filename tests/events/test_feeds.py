"""Feeds and letters, read back by a parser of its own; and the demo."""

import json
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from knutepunkt.events.actions import hosting, planning, taking_part
from knutepunkt.events.choices import OSLO
from knutepunkt.events.demo import EVENTS, seed_events
from knutepunkt.events.methods.reading import read_calendar
from knutepunkt.events.models import Event, Registration, Session
from knutepunkt.web.jobs import work_off
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def events_in(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def get(url: str, **headers: str) -> Any:
    return Client().get(url, headers=headers)


def test_public_feed_has_zone_uid_and_local_time() -> None:
    session = make.session(title="Åpen, kø; og «mer»", text="Linje\nto", place_name="Kaia", address="Kaia 4")
    make.session(title="Kladd", published=False)

    answer = get("/kalender/alt.ics")

    [one] = events_in(answer.content)
    assert answer["Content-Type"].startswith("text/calendar")
    assert str(one["SUMMARY"]) == "Åpen, kø; og «mer»"
    assert str(one["UID"]) == f"{session.uid}@127.0.0.1"
    assert one["DTSTART"].dt == session.starts_at
    assert one["DTSTART"].params["TZID"] == "Europe/Oslo"
    assert one["DTSTART"].dt.astimezone(OSLO).hour == 18
    assert b"BEGIN:VTIMEZONE" in answer.content
    assert [h.starts_at for h in read_calendar(answer.content, after=session.on_date, until=session.on_date).happenings] == [session.starts_at]


def test_feed_of_a_place_and_of_a_kind() -> None:
    session = make.session(kind="course")
    make.session(title="Annet sted")
    slug = session.event.organiser.slug

    assert len(events_in(get(f"/kalender/sted/{slug}.ics").content)) == 1
    assert len(events_in(get(f"/kalender/sted/{slug}/course.ics").content)) == 1
    assert len(events_in(get(f"/kalender/sted/{slug}/open.ics").content)) == 0
    assert get(f"/kalender/sted/{slug}/hei.ics").status_code == 404


@pytest.mark.parametrize("url", ["/kalender/alt.ics", "/kalender/alt.json", "/kalender/alt.atom"])
def test_unchanged_is_304_and_changed_is_not(url: str) -> None:
    session = make.session()
    etag = get(url)["ETag"]

    unchanged = get(url, if_none_match=etag)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    planning.cancel_session(by="test", session=session, reason="Vann.")
    changed = get(url, if_none_match=etag)

    assert changed.status_code == 200
    assert changed["ETag"] != etag


def test_cancelled_and_moved_rise_in_sequence_and_keep_their_uid() -> None:
    session = make.session()
    [before] = events_in(get("/kalender/alt.ics").content)
    new = session.starts_at + timedelta(days=1)
    planning.move_session(by="test", session=session, starts_at=new, ends_at=new + timedelta(hours=1))
    [moved] = events_in(get("/kalender/alt.ics").content)
    planning.cancel_event(by="test", event=session.event, reason="Vann.")
    [after] = events_in(get("/kalender/alt.ics").content)

    assert [int(e["SEQUENCE"]) for e in (before, moved, after)] == [0, 1, 2]
    assert {str(e["UID"]) for e in (before, moved, after)} == {str(before["UID"])}
    assert [str(e["STATUS"]) for e in (before, moved, after)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_own_feed_holds_only_own_and_dies_when_renewed() -> None:
    person, session = make.person(), make.session()
    taking_part.register(by=person, session=session)
    make.session(title="Noe annet")

    old = reverse("events:feed-private", args=[hosting.renew_feed(by=person)])
    assert [str(e["SUMMARY"]) for e in events_in(get(old).content)] == ["Musikkrommet"]
    assert "public" not in get(old)["Cache-Control"]
    new = reverse("events:feed-private", args=[hosting.renew_feed(by=person)])
    assert (get(old).status_code, get(new).status_code) == (404, 200)
    hosting.end_feed(by=person)

    assert get(new).status_code == 404
    assert get("/kalender/min/hei.ics").status_code == 404


def test_address_of_own_feed_is_shown_once() -> None:
    client = Client()
    client.force_login(make.person(), backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("events:feed-address")

    assert ".ics" not in client.get(url).content.decode()
    assert ".ics" in client.post(url).content.decode()
    assert client.post(url, {"act": "end"}).status_code == 302


def test_one_occurrence_json_and_atom() -> None:
    session = make.session()

    assert len(events_in(get(reverse("events:session-ics", args=[session.event.slug, session.pk])).content)) == 1
    assert json.loads(get("/kalender/alt.json").content)["events"][0]["title"] == "Musikkrommet"
    assert len(ET.fromstring(get("/kalender/alt.atom").content).findall("{http://www.w3.org/2005/Atom}entry")) == 1


def letters() -> list[tuple[str, list[str], Any]]:
    found = []
    for one in mail.outbox:
        parts = [p for p in one.message().walk() if p.get_content_type() == "text/calendar"]
        found.append((one.subject, one.to, parts[0] if parts else None))
    return found


def test_guest_with_an_address_gets_request_and_cancel_and_a_code() -> None:
    session = make.session(capacity=3)
    row = taking_part.register(by="guest", session=session, guest_name="Bo", guest_email="bo@example.org")
    taking_part.register(by="guest", session=session, guest_name="Uten")
    work_off()
    planning.cancel_session(by="test", session=session, reason="Vannlekkasje.")
    work_off()

    (first, to, request), (second, _to, cancel) = letters()
    assert to == ["bo@example.org"]
    assert (first, second) == ("Du er påmeldt", "Noe du skulle på, er avlyst")
    assert [p.get_param("method") for p in (request, cancel)] == ["REQUEST", "CANCEL"]
    [asked], [off] = (events_in(p.get_payload(decode=True)) for p in (request, cancel))
    assert str(asked["UID"]) == str(off["UID"])
    assert int(off["SEQUENCE"]) > int(asked["SEQUENCE"])
    assert str(off["STATUS"]) == "CANCELLED"
    assert "Vannlekkasje" not in mail.outbox[1].body
    assert session.event.title not in mail.outbox[0].body
    code = mail.outbox[0].body.split("Kode: ")[1].strip()
    client = Client()
    assert client.post(reverse("events:code"), {"code": code}).status_code == 302
    assert Registration.objects.get(pk=row.pk).state == "registered"


def test_who_waits_is_told_of_a_change_but_gets_no_calendar_that_says_they_come() -> None:
    session = make.session(capacity=1)
    for name in ("bo", "dag"):
        taking_part.register(by="guest", session=session, guest_name=name, guest_email=f"{name}@example.org")
    work_off()
    mail.outbox.clear()

    new = session.starts_at + timedelta(days=1)
    planning.move_session(by="test", session=session, starts_at=new, ends_at=new + timedelta(hours=1))
    work_off()

    found = {to[0]: part for _subject, to, part in letters()}
    assert set(found) == {"bo@example.org", "dag@example.org"}
    assert found["bo@example.org"] is not None
    assert found["dag@example.org"] is None
    assert "Kalenderfila" not in next(one.body for one in mail.outbox if one.to == ["dag@example.org"])


def test_coming_back_after_leaving_is_a_newer_letter_than_the_one_that_called_off() -> None:
    session, person = make.session(), make.person(email="ask@example.org")
    for _ in "ab":
        row = taking_part.register(by=person, session=session)
        work_off()
        taking_part.leave(by=person, registration=row)
        work_off()

    sent = [events_in(part.get_payload(decode=True))[0] for _s, _to, part in letters()]
    stamps = [one["DTSTAMP"].dt for one in sent]
    assert [str(one["STATUS"]) for one in sent] == ["CONFIRMED", "CANCELLED"] * 2
    assert stamps == sorted(stamps)
    assert len({str(one["UID"]) for one in sent}) == 1


def test_feed_changes_with_words_and_new_days_and_not_with_who_comes() -> None:
    session = make.session(rule="FREQ=WEEKLY;COUNT=3")
    etags = [get("/kalender/alt.ics")["ETag"]]
    taking_part.register(by="guest", session=session, guest_name="Bo")
    assert get("/kalender/alt.ics")["ETag"] == etags[0]

    def note() -> None:
        etags.append(get("/kalender/alt.ics")["ETag"])

    planning.change_event(by="t", event=session.event, title="Te")
    note()
    planning.change_event(by="t", event=session.event, when={**planning_when(session), "rule": "FREQ=WEEKLY;COUNT=5"})
    note()
    planning.cancel_session(by="t", session=session, reason="Vann.")
    note()

    assert len(set(etags)) == 4
    body = get("/kalender/alt.ics").content
    assert (body.count(b"BEGIN:VEVENT"), body.count(b"STATUS:CANCELLED"), body.count(b"SUMMARY:Te")) == (5, 1, 5)


def planning_when(session: Session) -> dict[str, Any]:
    session.event.refresh_from_db()
    return {name: getattr(session.event.series, name) for name in planning.WHEN_FIELDS}


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_letter_is_written_in_the_readers_language(language: str) -> None:
    from knutepunkt.events.actions.telling import BY_MAIL
    from knutepunkt.events.jobs import send_letter

    person = make.person(email="ask@example.org", language=language)
    row = taking_part.register(by=person, session=make.session())

    for what in BY_MAIL:
        send_letter(row.pk, what)

    assert len({subject for subject, _to, _part in letters()}) == len(BY_MAIL)
    assert all("/kalender/mine/" in one.body for one in mail.outbox)


def test_demo_is_made_once_and_has_a_full_course() -> None:
    seed_events()
    counts = (Event.objects.count(), Session.objects.count(), Registration.objects.count())
    seed_events()

    assert (Event.objects.count(), Session.objects.count(), Registration.objects.count()) == counts
    assert counts[0] == len(EVENTS) + 1, "one more without a day"
    course = Session.objects.get(event__kind="course")
    assert (course.seats_taken, course.registrations.filter(state="waiting").count()) == (6, 2)
    assert Session.objects.filter(starts_at__gte=timezone.now()).count() > 100
