"""The two who might want to read what is not theirs: a coordinator with the house's pages, an operator with the database."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from knutepunkt.organisations.actions import give_role, make_organisation, renew_card_of_member
from knutepunkt.people import actions, queries
from knutepunkt.people.models import Person
from knutepunkt.web.models import Notice, TrailLine
from tests.people.making import a_person, one_who_has_been_here, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WAYS_IN = (
    "/konto/innlogging/passord/", "/konto/innlogging/totrinn/app/", "/konto/innlogging/nokkel/ny/",
    "/konto/innlogging/utenfra/", "/konto/e-post/",
)  # fmt: skip


@pytest.fixture
def victim() -> Person:
    person = one_who_has_been_here("Liv", email="liv@example.org")
    actions.issue_recovery_sheet(by=person)
    return person


@pytest.fixture
def coordinator(victim: Person) -> Person:
    place = make_organisation(by="test", kind="user_led_centre", name="Lyngheim")
    boss = one_who_has_been_here("Randi")
    give_role(by="test", person=boss, organisation=place, role="coordinator")
    give_role(by="test", person=victim, organisation=place, role="participant")
    return boss


def as_coordinator_who_signs_in_with_the_card(coordinator: Person, victim: Person) -> Client:
    printed = renew_card_of_member(by=coordinator, membership=victim.memberships.get())
    client = Client()
    client.post("/konto/kort/", {"code": printed})
    return client


def test_coordinator_gets_in_but_opens_nothing(coordinator, victim):
    client = as_coordinator_who_signs_in_with_the_card(coordinator, victim)

    assert client.get("/konto/").status_code == 200
    with pytest.raises(queries.StillShut):
        queries.open_own_words(Person.objects.get(pk=victim.pk))


def test_coordinator_cannot_add_a_way_in_of_their_own(coordinator, victim):
    client = as_coordinator_who_signs_in_with_the_card(coordinator, victim)

    for address in WAYS_IN:
        assert client.get(address, follow=True).redirect_chain[-1][0] == "/konto/apne/", address
    client.post("/konto/passord/", {"password": "noe helt annet her"})
    assert Person.objects.get(pk=victim.pk).check_password("tre ord i skogen")


def test_coordinator_cannot_make_a_new_sheet_or_erase(coordinator, victim):
    client = as_coordinator_who_signs_in_with_the_card(coordinator, victim)

    sheet = client.post("/konto/gjenopprettingsark/")
    erased = client.post("/konto/slett/", {"sure": "on"})

    assert (sheet["Location"], erased["Location"]) == ("/konto/apne/", "/konto/apne/")
    assert Person.objects.get(pk=victim.pk).is_active


def test_card_kept_in_a_drawer_for_a_week_starts_the_week_anew(coordinator, victim):
    printed = renew_card_of_member(by=coordinator, membership=victim.memberships.get())
    later = timezone.now() + timedelta(days=6, hours=23)
    person = Person.objects.get(pk=victim.pk)
    person.shut_until = timezone.now() + timedelta(hours=1)
    from knutepunkt.people.actions.shutting import seal_ways

    seal_ways(person, "shut_until")

    Client().post("/konto/kort/", {"code": printed})

    shut_until = Person.objects.get(pk=victim.pk).shut_until
    assert shut_until is not None
    assert shut_until > later


def test_own_card_made_while_shut_shuts_again(coordinator, victim):
    client = as_coordinator_who_signs_in_with_the_card(coordinator, victim)

    page = client.post("/konto/eget-kort/").content.decode()
    printed = page.partition('kp-codecard-code">')[2].partition("<")[0]
    Client().post("/konto/kort/", {"code": printed})

    assert TrailLine.objects.filter(kind="people:access:renewed").count() == 3
    assert not queries.is_open(Person.objects.get(pk=victim.pk))


def test_coordinator_cannot_dress_an_old_account_up_as_a_new_one(coordinator, victim):
    printed = actions.issue_invitation_card(by=coordinator, person=victim)

    Client().post("/konto/kort/", {"code": printed})

    assert not queries.is_open(Person.objects.get(pk=victim.pk))


def test_the_person_is_told_and_can_stop_it(coordinator, victim):
    intruder = as_coordinator_who_signs_in_with_the_card(coordinator, victim)
    own = signed_in(victim)

    told = own.get("/min-side/").content.decode()
    own.post("/konto/apne/ikke-meg/")

    assert "stengt i sju dager" in told
    assert intruder.get("/konto/").status_code == 302
    assert own.get("/konto/").status_code == 200


def test_notice_and_access_line_stand_for_each_renewal(coordinator, victim):
    renew_card_of_member(by=coordinator, membership=victim.memberships.get())
    renew_card_of_member(by=coordinator, membership=victim.memberships.get())

    assert Notice.objects.filter(recipient=victim.pk).count() == 2
    names = TrailLine.objects.filter(kind="people:access:renewed").values_list("actor_name", flat=True)
    assert list(names) == ["Randi", "Randi"]


def test_coordinator_of_another_place_cannot_renew(victim, coordinator):
    from django.http import Http404

    stranger = one_who_has_been_here("Per")
    elsewhere = make_organisation(by="test", kind="recovery_centre", name="Havna")
    give_role(by="test", person=stranger, organisation=elsewhere, role="coordinator")

    with pytest.raises(Http404):
        renew_card_of_member(by=stranger, membership=victim.memberships.get())


# -- the operator writes straight into the database ------------------------------------------------


def test_operator_sets_a_password(victim):
    Person.objects.filter(pk=victim.pk).update(password=make_password("operatorens passord"))

    client = Client()
    client.post("/konto/logg-inn/", {"login": victim.handle, "password": "operatorens passord"})

    assert client.get("/konto/").status_code == 200
    person = Person.objects.get(pk=victim.pk)
    assert not queries.is_open(person)
    assert person.shut_until is not None
    assert Notice.objects.filter(recipient=victim.pk).count() == 1


def test_operator_uses_djangos_own_password_command(victim):
    person = Person.objects.get(pk=victim.pk)
    person.set_password("operatorens passord")
    person.save()

    assert not queries.is_open(Person.objects.get(pk=victim.pk))


def test_operator_changes_the_email(victim):
    Person.objects.filter(pk=victim.pk).update(email="operator@example.org")

    assert not queries.is_open(Person.objects.get(pk=victim.pk))


def test_operator_adds_a_passkey(victim):
    Authenticator.objects.create(user=victim, type="webauthn", data={"name": "min", "credential": {}})

    assert not queries.is_open(Person.objects.get(pk=victim.pk))


def test_operator_takes_away_the_seven_days(coordinator, victim):
    renew_card_of_member(by=coordinator, membership=victim.memberships.get())

    Person.objects.filter(pk=victim.pk).update(shut_until=None)

    assert not queries.is_open(Person.objects.get(pk=victim.pk))


def test_operator_copies_the_seal_of_another(coordinator, victim):
    renew_card_of_member(by=coordinator, membership=victim.memberships.get())

    Person.objects.filter(pk=victim.pk).update(shut_until=None, ways_seal=coordinator.ways_seal)

    assert not queries.is_open(Person.objects.get(pk=victim.pk))


def test_using_a_reserve_code_or_renaming_a_key_is_no_attack(victim):
    key = Authenticator.objects.create(
        user=victim, type="webauthn", data={"name": "a", "credential": {"x": 1}}
    )
    actions.note_ways_changed(by=victim, what="key-added")

    key.data["name"] = "telefonen"
    key.save()

    assert queries.is_open(Person.objects.get(pk=victim.pk))


def test_a_quiet_sign_in_shuts_nothing(victim):
    a_person("noise")

    signed_in(victim)

    assert queries.is_open(Person.objects.get(pk=victim.pk))
    assert not Notice.objects.exists()
