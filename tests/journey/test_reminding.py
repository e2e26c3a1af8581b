"""A reminder comes on the chosen weekday, to those who asked, and says nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from knutepunkt.journey.actions import keeping, reminding
from knutepunkt.journey.models import Note
from knutepunkt.people.actions import make_person
from knutepunkt.people.actions.shutting import seal_ways
from knutepunkt.web.jobs import queue_job, work_off
from knutepunkt.web.models import Notice
from knutepunkt.web.registers import NOTICES
from knutepunkt.web.sealing import destroy_key
from tests.journey.test_own import keep

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def today() -> str:
    return reminding.WEEKDAYS[timezone.localdate().weekday()]


def other() -> str:
    return reminding.WEEKDAYS[(timezone.localdate() + timedelta(days=1)).weekday()]


def wanting(name: str, *, email: str | None = None, **settings: Any) -> Any:
    person = make_person(by="test", chosen_name=name)
    if email:
        person.email = email
        seal_ways(person, "email")
    keep(person, "settings", **{"remind_on": today(), **settings})
    return person


def told(person: Any) -> int:
    return Notice.objects.filter(recipient=person.pk, kind="journey.remind").count()


def test_only_those_who_want_it_today_are_told_and_only_once() -> None:
    wants = wanting("Tiril")
    others = [wanting("Odd", remind_on=other()), wanting("Bo", remind_on=""), wanting("Kim", is_resting=True)]
    wrote = wanting("Siri")
    keep(wrote, "checkin", on=timezone.localdate().isoformat())
    gone = wanting("Ute")
    destroy_key(gone.key_owner)

    for _ in range(2):
        queue_job("journey.remind_some")
        work_off()

    assert told(wants) == 1
    assert [told(person) for person in (*others, wrote, gone)] == [0, 0, 0, 0, 0]


def test_the_mail_says_nothing_of_what_it_is_about(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    wanting("Tiril", email="tiril@example.org")
    wanting("Odd")

    queue_job("journey.remind_some")
    work_off()

    [letter] = mail.outbox
    whole = (letter.subject + letter.body).lower()
    assert letter.to == ["tiril@example.org"]
    assert not any(word in whole for word in ("min-vei", "tiril", "recovery", "innsjekk", "hvordan"))
    assert NOTICES["journey.remind"].url({}) == "/min-vei/innsjekk/"


def test_the_weekday_is_not_in_the_clear_and_the_mark_follows_the_choice() -> None:
    person = wanting("Tiril")
    note = Note.objects.get(person=person)
    assert note.wakes
    assert today().encode() not in bytes(note.content)

    keeping.put_only_note(by=person, kind="settings", content={"remind_on": today(), "is_resting": True})

    assert not Note.objects.get(person=person).wakes


def test_it_goes_on_where_it_stopped_and_each_turn_is_as_short_as_the_first(
    monkeypatch: Any, django_assert_num_queries: Any
) -> None:
    people = [wanting(f"P{n}", remind_on=other()) for n in range(7)]
    monkeypatch.setattr(reminding, "AT_ONCE", 3)
    with django_assert_num_queries(1), django_assert_num_queries(1, using="keys"):
        last = reminding.remind_some()
    assert last
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(reminding.timezone, "localdate", lambda: date.fromisoformat(tomorrow.isoformat()))

    queue_job("journey.remind_some")
    work_off()

    assert [told(person) for person in people] == [1] * 7


def test_they_are_given_in_the_afternoon() -> None:
    queue_job("journey.remind")
    work_off()

    [waits] = DBTaskResult.objects.all()
    when = timezone.localtime(waits.run_after) if waits.run_after else timezone.localtime()
    assert when.hour == 15 or when <= timezone.localtime()
