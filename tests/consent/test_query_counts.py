"""Each page of the ledger asks the database as often for one row as for three."""

from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knutepunkt.consent.actions import give_consent, note_reading, note_use
from knutepunkt.consent.choices import Purpose
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

MOST = 8
OWN = {"given": 6, "readings": 5}
HELD = {"code": 1, "purposes": 4, "withdraw": 5, "held": 7}


class Holder:
    """A participant with a receipt, whose words are used and read in more and more places."""

    def __init__(self) -> None:
        self.lead = make.person("Ask")
        self.inquiry = make.inquiry(lead=self.lead)
        self.participant, receipt = make.participant(self.inquiry, by=self.lead)
        self.client = Client()
        self.client.post(reverse("consent:code"), {"code": receipt})

    def grow(self, number: int) -> None:
        subject = self.participant.key
        note_use(subject=subject, purpose=Purpose.REPORT, place=f"place:{number}", label="En rapport")
        note_reading(by=self.lead, about=subject, what=f"opened-{number}")


class Giver:
    """Somebody with an account who has given more and more."""

    def __init__(self) -> None:
        self.person = make.person("Tiril")
        self.inquiry = make.inquiry(lead=make.person("Ask"))
        self.client = Client()
        self.client.force_login(self.person, backend="django.contrib.auth.backends.ModelBackend")

    def grow(self, number: int) -> None:
        participant, _code = make.participant(self.inquiry, by=self.person, agrees=False)
        give_consent(
            by=self.person, giver=self.person, subject=participant.key, responsible=self.inquiry.responsible,
            purposes=make.EVERYTHING, wording="Vi skriver ned det du sier.", until_on=self.inquiry.keep_until,
        )  # fmt: skip
        note_reading(by=make.person("Bera"), about=self.person.key_owner, what=f"opened-{number}")


def one_and_three(who: Any, url: str) -> list[int]:
    found = []
    for numbers in ([1], [2, 3]):
        for number in numbers:
            who.grow(number)
        assert who.client.get(url).status_code == 200
        with (
            CaptureQueriesContext(connections["default"]) as default,
            CaptureQueriesContext(connections["keys"]) as keys,
        ):
            who.client.get(url)
        found.append(len(default) + len(keys))
    return found


@pytest.mark.parametrize("name", HELD)
def test_pages_of_a_holder(name: str) -> None:
    assert one_and_three(Holder(), reverse(f"consent:{name}")) == [HELD[name], HELD[name]]


@pytest.mark.parametrize("name", OWN)
def test_pages_of_a_person(name: str) -> None:
    assert one_and_three(Giver(), reverse(f"consent:{name}")) == [OWN[name], OWN[name]]
    assert OWN[name] <= MOST


def test_pages_keep_within_eight() -> None:
    assert max(HELD.values()) <= MOST
