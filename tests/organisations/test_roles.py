"""Roles: who may give them, how they end, and what the data about them is."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone

from knutepunkt.organisations import queries
from knutepunkt.organisations.actions import (
    LastCoordinator,
    delete_ended_roles,
    describe_organisation,
    end_role,
    give_role,
    hand_over,
    invite_new_person,
    issue_role_card,
    renew_card_of_member,
    take_role,
)
from knutepunkt.organisations.choices import Role, about
from knutepunkt.organisations.models import Membership
from knutepunkt.people.actions import redeem_card
from knutepunkt.people.models import Person
from knutepunkt.web.access import may
from knutepunkt.web.models import TrailLine
from knutepunkt.web.papercodes import CodeRefused
from knutepunkt.web.registers import PERSONAL_DATA
from tests.organisations.making import an_organisation, days, someone_with
from tests.people.making import a_person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.mark.parametrize("role", [None, "nobody", *Role.values])
def test_table(role):
    place, elsewhere = an_organisation(), an_organisation("Havna")
    person = (
        AnonymousUser() if role is None else a_person() if role == "nobody" else someone_with(role, place)
    )
    runs = role == "coordinator"

    assert may(person, "organisations.see_place", place)
    assert may(person, "organisations.take_role") is (role is not None)
    assert may(person, "organisations.run_place", place) is runs
    assert not may(person, "organisations.run_place", elsewhere)
    assert not may(person, "organisations.run_place", None)


def test_role_that_has_ended_or_not_begun_opens_nothing():
    place = an_organisation()
    former = someone_with("coordinator", place, from_on=days(-9), until_on=days(-1))
    coming = someone_with("coordinator", place, from_on=days(1))
    last_day = someone_with("coordinator", place, from_on=days(-9), until_on=days(0))

    assert [may(p, "organisations.run_place", place) for p in (former, coming, last_day)] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("role", ["participant", "user_evaluator", "helper"])
def test_only_the_coordinator_acts(role):
    place = an_organisation()
    someone_with("coordinator", place, "Randi")
    person, other = someone_with(role, place), someone_with("host", place, "Halvor")
    membership = other.memberships.get()
    before = (Membership.objects.count(), TrailLine.objects.count(), Person.objects.count())

    for act in (
        lambda: give_role(by=person, person=person, organisation=place, role="coordinator"),
        lambda: invite_new_person(by=person, organisation=place, role="host"),
        lambda: issue_role_card(by=person, organisation=place, role="coordinator"),
        lambda: end_role(by=person, membership=membership),
        lambda: hand_over(by=person, organisation=place, to=person),
        lambda: renew_card_of_member(by=person, membership=membership),
        lambda: describe_organisation(by=person, organisation=place, about="Mitt nå"),
    ):
        with pytest.raises(Http404):
            act()

    assert (Membership.objects.count(), TrailLine.objects.count(), Person.objects.count()) == before


def test_giving_a_role_is_known_at_once_and_stands_in_the_trail():
    place, noise = an_organisation(), an_organisation("Havna")
    boss, person = someone_with("coordinator", place, "Randi"), a_person("Liv")
    assert queries.roles_of(person) == set()

    give_role(by=boss, person=person, organisation=place, role="host")

    assert queries.roles_of(person) == {(place.pk, "host")}
    assert queries.organisations_where(person, "host") == [place.pk]
    assert not queries.holds_role(person, "host", noise.pk)
    line = TrailLine.objects.filter(within=about(place.pk)).order_by("-pk")[0]
    assert (line.kind, line.actor_name) == ("organisations:role:given", "Randi")


def test_invited_person_gets_role_and_card_that_signs_in():
    place = an_organisation()
    boss = someone_with("coordinator", place, "Randi")

    person, printed = invite_new_person(by=boss, organisation=place, role="participant", chosen_name="Liv")

    assert redeem_card(typed=printed, client="c") == person
    assert queries.holds_role(Person.objects.get(pk=person.pk), "participant", place.pk)


def test_role_card_gives_the_role_to_whoever_types_it_once():
    place = an_organisation()
    boss, person = someone_with("coordinator", place, "Randi"), a_person("Liv")
    printed = issue_role_card(by=boss, organisation=place, role="user_evaluator")

    take_role(by=person, typed=printed, client="c")

    assert queries.roles_of(person) == {(place.pk, "user_evaluator")}
    with pytest.raises(CodeRefused):
        take_role(by=a_person("Geir"), typed=printed, client="c")


def test_ending_a_role_works_the_same_day():
    place = an_organisation()
    boss = someone_with("coordinator", place, "Randi")
    today, older = someone_with("host", place), someone_with("host", place, "Geir", from_on=days(-30))

    for person in (today, older):
        end_role(by=boss, membership=person.memberships.get())

    assert not today.memberships.exists()
    assert older.memberships.get().until_on == days(-1)
    assert queries.roles_of(Person.objects.get(pk=older.pk)) == set()


def test_own_role_can_be_laid_down():
    place = an_organisation()
    person = someone_with("host", place, from_on=days(-3))

    end_role(by=person, membership=person.memberships.get())

    assert not queries.holds_role(Person.objects.get(pk=person.pk), "host")


def test_last_coordinator_must_hand_over_first():
    place = an_organisation()
    boss, heir = someone_with("coordinator", place, "Randi", from_on=days(-9)), someone_with("host", place)

    with pytest.raises(LastCoordinator):
        end_role(by=boss, membership=boss.memberships.get())
    hand_over(by=boss, organisation=place, to=heir)

    assert [m.person for m in queries.coordinators_of(place)] == [heir]
    assert not may(Person.objects.get(pk=boss.pk), "organisations.run_place", place)


def test_roles_are_deleted_a_year_after_they_ended():
    place = an_organisation()
    long_gone = someone_with("host", place, from_on=days(-800), until_on=days(-366))
    someone_with("host", place, "Geir", from_on=days(-800), until_on=days(-300))
    someone_with("host", place, "Mona")

    assert delete_ended_roles() == 1

    assert not long_gone.memberships.exists()
    assert Membership.objects.count() == 2


def test_roles_are_exported_and_erased_and_others_stay():
    place = an_organisation()
    person, other = someone_with("host", place), someone_with("host", place, "Geir")
    entry = PERSONAL_DATA["organisations.Membership"]

    exported = entry.export(person)
    erased = entry.erase(person)

    assert [row["organisation"] for row in exported] == ["Lyngheim"]
    assert erased == 1
    assert list(Membership.objects.values_list("person_id", flat=True)) == [other.pk]
    assert set(entry.fields) == {f.name for f in Membership._meta.get_fields()}


def test_public_roles_are_shown_from_five_people_and_never_participants():
    place = an_organisation()
    for number in range(5):
        person = someone_with("peer_worker", place, f"P{number}")
        give_role(by="test", person=person, organisation=place, role="participant")
        if number < 4:
            give_role(by="test", person=person, organisation=place, role="host")

    assert queries.public_roles_in(place) == [Role.PEER_WORKER.label]


def test_one_person_with_five_periods_is_still_one():
    place, person = an_organisation(), a_person()
    for number in range(5):
        give_role(
            by="test", person=person, organisation=place, role="host",
            from_on=timezone.localdate() - timedelta(days=number),
        )  # fmt: skip

    assert queries.public_roles_in(place) == []
