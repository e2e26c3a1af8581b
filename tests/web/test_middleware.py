"""Language, reference numbers, and that looking changes nothing."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from knutepunkt.web.middleware import LookingChangedSomething, read_only
from knutepunkt.web.models import Notice
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def language_of(answer: Any) -> str:
    return str(answer.headers["Content-Language"])


def test_bokmal_until_somebody_chooses_whatever_the_browser_says() -> None:
    assert language_of(Client(headers={"accept-language": "en-GB"}).get("/")) == "nb"


def test_choice_on_the_device_goes_first() -> None:
    client = Client()
    client.post(reverse("web:language"), {"language": "nn", "next": "/"})

    answer = client.get("/")

    assert language_of(answer) == "nn"
    assert 'lang="nn"' in answer.content.decode()


def test_signed_in_person_meets_own_language() -> None:
    client = Client()
    client.force_login(make.person("Ask", language="en"), backend="django.contrib.auth.backends.ModelBackend")

    assert language_of(client.get("/")) == "en"


def test_language_choice_never_leads_away_from_the_house() -> None:
    answer = Client().post(reverse("web:language"), {"language": "en", "next": "https://evil.example/"})

    assert answer.url == "/"


def test_looking_cannot_write() -> None:
    with read_only(), pytest.raises(LookingChangedSomething):
        Notice.objects.create(recipient="00000000-0000-0000-0000-000000000000", kind="x")


def test_looking_can_read() -> None:
    with read_only(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def test_pages_have_a_strict_policy_and_no_caching() -> None:
    answer = Client().get("/")

    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_missing_page_says_what_to_do() -> None:
    answer = Client().get("/finnes-ikke/")

    assert answer.status_code == 404
    assert "Hjelp" in answer.content.decode()


def test_calm_mode_is_a_switch_on_the_device() -> None:
    client = Client()
    client.post(reverse("web:calm"), {"next": "/"})
    assert "data-calm" in client.get("/").content.decode()

    client.post(reverse("web:calm"), {"next": "/"})
    assert "data-calm" not in client.get("/").content.decode().split("<body")[0]
