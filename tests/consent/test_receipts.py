"""Whoever holds a receipt code sees, changes and withdraws; nobody else, and the old slip dies."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from knutepunkt.consent import actions
from knutepunkt.consent.actions import NeedsTwo
from knutepunkt.consent.choices import How, Leaving
from knutepunkt.consent.models import Consent, Withdrawal
from knutepunkt.consent.queries import history_of, purposes_given, subjects_agreeing
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class World:
    def __init__(self) -> None:
        self.lead = make.person("Ask")
        self.inquiry = make.inquiry(lead=self.lead)
        self.her, self.code = make.participant(self.inquiry, by=self.lead)
        self.other, self.other_code = make.participant(self.inquiry, by=self.lead)


@pytest.fixture
def world() -> World:
    return World()


def holder(code: str) -> Client:
    client = Client()
    client.post(reverse("consent:code"), {"code": code})
    return client


def test_code_opens_what_was_agreed(world: World) -> None:
    page = holder(world.code).get(reverse("consent:held")).content.decode()

    assert world.inquiry.title in page
    assert "Vi skriver ned det du sier." in page


def test_wrong_and_renewed_codes_get_the_same_answer(world: World) -> None:
    second = make.person("Bera")
    actions.renew_receipt(by=world.lead, second=second, subject=world.her.key)

    answers = [
        Client().post(reverse("consent:code"), {"code": code}).content.decode()
        for code in ("AAAA-CCCC-DDDD-EEEE", world.code)
    ]

    assert all("Vi finner ikke denne koden." in text for text in answers)


def test_code_never_stands_in_an_address(world: World) -> None:
    client = Client()

    answer = client.post(reverse("consent:code"), {"code": world.code})

    assert answer.url == reverse("consent:held")


def test_open_session_dies_with_the_slip(world: World) -> None:
    client = holder(world.code)
    actions.renew_receipt(by=world.lead, second=make.person("Bera"), subject=world.her.key)

    assert client.get(reverse("consent:held")).url == reverse("consent:code")


def test_lost_slip_is_renewed_by_two_and_the_holder_sees_it(world: World) -> None:
    with pytest.raises(NeedsTwo):
        actions.renew_receipt(by=world.lead, second=world.lead, subject=world.her.key)

    new = actions.renew_receipt(by=world.lead, second=make.person("Bera"), subject=world.her.key)

    page = holder(new).get(reverse("consent:held")).content.decode()
    assert "Ask" in page
    assert "Bera" in page


def test_changed_purposes_are_a_new_line_in_the_ledger(world: World) -> None:
    client = holder(world.code)

    client.post(reverse("consent:purposes"), {"analysis": "on", "report": "on"})

    assert purposes_given(world.her.key) == {"analysis", "report"}
    lines = list(history_of(world.her.key))
    assert len(lines) == 2
    assert lines[1].replaced_by == lines[0]
    assert lines[1].wording == lines[0].wording


def test_only_own_consent_is_touched(world: World) -> None:
    holder(world.code).post(reverse("consent:withdraw"), {"how": Leaving.DELETE})

    assert subjects_agreeing([world.her.key, world.other.key], "report") == {world.other.key}


def test_consent_ends_by_its_date(world: World) -> None:
    Consent.objects.filter(subject=world.her.key).update(until_on="2020-01-01")

    assert purposes_given(world.her.key) == set()


def test_spoken_consent_needs_a_witness(world: World) -> None:
    client = Client()
    client.force_login(world.lead, backend="django.contrib.auth.backends.ModelBackend")
    third = make.frame.add_participant(by=world.lead, inquiry=world.inquiry)
    url = reverse("inquiry:consent-sheet", args=[world.inquiry.slug, third.code])

    refused = client.post(url, {"purpose_analysis": "on", "how": How.SPOKEN})
    done = client.post(url, {"purpose_analysis": "on", "how": How.SPOKEN, "witness_name": "Bera"})

    assert "Skriv hvem som hørte det." in refused.content.decode()
    assert "Din kode" in done.content.decode() or "kode" in done.content.decode()
    assert Consent.objects.get(subject=third.key).witness_name == "Bera"


def test_everything_given_can_be_taken_out(world: World) -> None:
    answer = holder(world.code).get(reverse("consent:held-everything"))

    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]


def test_pages_are_kept_in_no_cache(world: World) -> None:
    answer = holder(world.code).get(reverse("consent:held"))

    assert "no-store" in answer["Cache-Control"]


def test_withdrawal_needs_a_choice_and_a_press(world: World) -> None:
    client = holder(world.code)

    looked = client.get(reverse("consent:withdraw"))
    empty = client.post(reverse("consent:withdraw"), {})

    assert (looked.status_code, empty.status_code) == (200, 200)
    assert not Withdrawal.objects.exists()


def test_forgetting_the_code_on_a_shared_machine(world: World) -> None:
    client = holder(world.code)

    client.post(reverse("consent:forget"))

    assert client.get(reverse("consent:held")).url == reverse("consent:code")


def test_own_page_tells_who_renewed_my_way_in(world: World) -> None:
    from knutepunkt.web.trail import record

    about: Any = f"people.person:{world.lead.pk}"
    record("people:access:renewed", by=make.person("Dag"), about=about, within=about)
    client = Client()
    client.force_login(world.lead, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get(reverse("consent:readings")).content.decode()

    assert "Noen fornyet innloggingen din" in page
    assert "Dag" in page


def test_code_in_hand_is_let_go_when_somebody_signs_in(world: World) -> None:
    client = holder(world.code)

    client.force_login(world.lead, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(reverse("consent:held")).url == reverse("consent:code")


def test_whoever_leaves_and_keeps_is_not_waited_for(world: World) -> None:
    holder(world.code).post(reverse("consent:withdraw"), {"how": Leaving.KEEP})

    world.her.refresh_from_db()
    assert world.her.left_at is not None
    assert purposes_given(world.her.key) == set(make.EVERYTHING)


def test_right_codes_are_not_held_against_a_shared_address(world: World) -> None:
    for _ in range(15):
        assert Client().post(reverse("consent:code"), {"code": world.code}).status_code == 302
