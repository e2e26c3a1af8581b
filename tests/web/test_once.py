"""The same form sent twice, by a double click, the back button or two at once."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knutepunkt.inquiry.models import Inquiry, Participant
from knutepunkt.web import once
from knutepunkt.web.models import SentForm
from tests import factories

TOKEN = "csrfmiddlewaretoken"


def page_of(client: Client, url: str) -> dict[str, str]:
    """What a browser without script would send from this page's first form."""
    client.get(url)
    return {TOKEN: client.get(url).context["csrf_token"].__str__()}


@pytest.fixture
def lead() -> Any:
    return factories.person("Liv")


@pytest.fixture
def inquiry(lead: Any) -> Inquiry:
    return factories.inquiry(lead=lead)


def strict(person: Any) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    return client


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_double_click_makes_one_participant_and_leads_to_the_same_page(lead: Any, inquiry: Inquiry) -> None:
    client, url = strict(lead), reverse("inquiry:participants", args=[inquiry.slug])
    sent = page_of(client, url)

    first, second = client.post(url, sent), client.post(url, sent)

    assert Participant.objects.filter(inquiry=inquiry).count() == 1
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_page_opened_anew_may_send_the_same_again(lead: Any, inquiry: Inquiry) -> None:
    client, url = strict(lead), reverse("inquiry:participants", args=[inquiry.slug])

    for _page in range(3):
        client.post(url, page_of(client, url))

    assert Participant.objects.filter(inquiry=inquiry).count() == 3


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_slip_that_was_shown_once_is_shown_to_the_second_click_too(lead: Any, inquiry: Inquiry) -> None:
    taken_in = factories.participant(inquiry, by=lead, agrees=False)[0]
    client, url = strict(lead), reverse("inquiry:consent-sheet", args=[inquiry.slug, taken_in.code])
    sent = page_of(client, url) | {"purpose_analysis": "on", "purpose_report": "on", "how": "paper"}

    first, second = client.post(url, sent), client.post(url, sent)

    assert first.templates, first.content.decode()[:200]
    assert "inquiry/slip.html" in {template.name for template in first.templates}
    assert first.content == second.content


@pytest.mark.django_db(databases=["default", "keys"])
def test_the_kept_answer_is_unreadable_and_ends_after_two_minutes(
    lead: Any, inquiry: Inquiry, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, url = strict(lead), reverse("inquiry:participants", args=[inquiry.slug])
    sent = page_of(client, url)
    led_to = client.post(url, sent)["Location"]

    assert led_to.encode() not in bytes(SentForm.objects.get().answer)
    monkeypatch.setattr(once, "timezone", Later)
    later = client.post(url, sent)

    assert later.status_code == 409
    assert Participant.objects.filter(inquiry=inquiry).count() == 1
    assert once.forget_old_forms() == 0


class Later:
    """A clock three minutes on."""

    now: Callable[[], Any] = staticmethod(lambda: timezone.now() + timezone.timedelta(minutes=3))


@pytest.mark.django_db(databases=["default", "keys"])
def test_what_was_refused_may_be_sent_again(lead: Any, inquiry: Inquiry) -> None:
    client, url = strict(lead), reverse("inquiry:meetings", args=[inquiry.slug])
    sent = page_of(client, url)

    assert client.post(url, sent).status_code == 200
    assert client.post(url, sent).status_code == 200
    assert SentForm.objects.count() == 0


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_ten_at_the_very_same_time_make_one(lead: Any, inquiry: Inquiry) -> None:
    client, url = strict(lead), reverse("inquiry:participants", args=[inquiry.slug])
    sent, start, answers = page_of(client, url), Barrier(10), []

    def send() -> None:
        again = Client(enforce_csrf_checks=True)
        again.cookies = client.cookies
        start.wait()
        answers.append(again.post(url, sent).status_code)
        connections.close_all()

    threads = [Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Participant.objects.filter(inquiry=inquiry).count() == 1
    assert set(answers) <= {302, 409}
