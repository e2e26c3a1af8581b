"""The centre's own page."""

import pytest
from django.test import Client
from django.urls import reverse

from knutepunkt.meetingplace.demo.place import seed_place
from knutepunkt.organisations.actions import make_organisation
from knutepunkt.organisations.choices import Kind

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_anybody_reads_a_centres_page(client: Client) -> None:
    for slug, name in (("havna", "Havna"), ("lyngheim", "Lyngheim")):
        make_organisation(by="test", slug=slug, name=name, kind=Kind.RECOVERY_CENTRE, is_demo=True)
    seed_place()

    answer = client.get(reverse("meetingplace:home", args=["havna"]))

    assert "Kom som du er" in answer.content.decode()


def test_a_place_without_a_meeting_place_is_not_found(client: Client) -> None:
    assert client.get(reverse("meetingplace:home", args=["finnes-ikke"])).status_code == 404
