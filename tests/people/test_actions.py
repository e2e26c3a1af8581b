from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.utils import timezone

from knutepunkt.people import actions, queries
from knutepunkt.people.choices import ACCESS_RENEWED, about
from knutepunkt.people.models import Person
from knutepunkt.web.keystore.models import Gone
from knutepunkt.web.models import Notice, PaperCode, TrailLine
from knutepunkt.web.papercodes import CodeRefused, as_typed
from knutepunkt.web.sealing import KeyGone, has_key, seal_text, unseal_text
from tests.people.making import a_person, one_who_has_been_here, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def lines(person: Person) -> list[str]:
    return list(
        TrailLine.objects.filter(about=about(person.pk)).order_by("pk").values_list("kind", flat=True)
    )


def test_make_person_gives_handle_key_and_no_way_in():
    person = a_person("  Liv ")

    assert person.chosen_name == "Liv"
    assert person.handle.count("-") == 2
    assert has_key(person.key_owner)
    assert not person.has_usable_password()
    assert queries.is_open(person)
    assert lines(person) == ["people:person:made"]


def test_two_people_may_have_the_same_name_but_never_the_same_handle():
    handles = {a_person("Liv").handle for _ in range(5)}

    assert len(handles) == 5


def test_person_without_name_is_called_by_the_handle():
    person = actions.make_person(by="test")

    assert person.chosen_name == person.handle


def test_card_signs_in_once_and_then_never_again():
    person = a_person()
    a_person("noise")
    printed = actions.issue_invitation_card(by="test", person=person)

    assert actions.redeem_card(typed=printed.lower().replace("-", " "), client="c") == person
    with pytest.raises(CodeRefused):
        actions.redeem_card(typed=printed, client="c")


def test_new_card_kills_the_one_before():
    person = a_person()
    old = actions.issue_invitation_card(by="test", person=person)

    actions.issue_invitation_card(by="test", person=person)

    with pytest.raises(CodeRefused):
        actions.redeem_card(typed=old, client="c")


def test_wrong_card_is_counted_though_it_is_refused():
    from knutepunkt.web.models import ThrottleCount

    with pytest.raises(CodeRefused):
        actions.redeem_card(typed="AAAA-CCCC-DDDD", client="c")

    assert ThrottleCount.objects.exists()


def test_first_card_does_not_shut_anything():
    person = a_person()
    printed = actions.issue_invitation_card(by="test", person=person)

    actions.redeem_card(typed=printed, client="c")

    assert queries.is_open(Person.objects.get(pk=person.pk))


def test_own_card_does_not_shut_anything():
    person = one_who_has_been_here()

    actions.redeem_card(typed=actions.issue_own_card(by=person), client="c")

    assert queries.is_open(Person.objects.get(pk=person.pk))


def test_card_renewed_by_another_shuts_and_tells():
    person = one_who_has_been_here()
    other = a_person("Randi")

    actions.renew_card(by=other, person=person)

    assert not queries.is_open(person)
    with pytest.raises(queries.StillShut):
        queries.open_own_words(person)
    assert Notice.objects.filter(recipient=person.pk, kind="people.access_renewed").count() == 1
    line = TrailLine.objects.get(kind=ACCESS_RENEWED)
    assert (line.about, line.actor_name) == (about(person.pk), "Randi")


def test_after_seven_days_it_opens_by_itself():
    person = one_who_has_been_here()
    actions.renew_card(by=a_person("Randi"), person=person)

    person.shut_until = timezone.now() - timedelta(seconds=1)
    from knutepunkt.people.actions.shutting import seal_ways

    seal_ways(person, "shut_until")

    assert queries.is_open(person)


def test_recovery_sheet_opens_at_once_and_a_new_one_comes():
    person = one_who_has_been_here()
    sheet = actions.issue_recovery_sheet(by=person)
    actions.renew_card(by=a_person("Randi"), person=person)

    new = actions.use_recovery_sheet(by=person, typed=sheet, client="c")

    assert queries.is_open(person)
    assert new != sheet
    with pytest.raises(CodeRefused):
        actions.use_recovery_sheet(by=person, typed=sheet, client="c")


def test_recovery_sheet_of_another_opens_nothing():
    person, other = one_who_has_been_here(), one_who_has_been_here("Geir")
    sheet = actions.issue_recovery_sheet(by=other)
    actions.renew_card(by=other, person=person)

    with pytest.raises(CodeRefused):
        actions.use_recovery_sheet(by=person, typed=sheet, client="c")

    assert not queries.is_open(person)


def test_recovery_sheet_is_longer_than_a_card():
    person = a_person()

    assert len(as_typed(actions.issue_recovery_sheet(by=person))) == 24
    assert len(as_typed(actions.issue_invitation_card(by="test", person=a_person("Geir")))) == 12


def test_no_code_is_kept_in_clear():
    person = a_person()
    printed = as_typed(actions.issue_recovery_sheet(by=person))

    row = PaperCode.objects.get(kind="people.recovery")

    assert printed not in f"{row.digest}{row.subject}"


def test_email_of_another_is_refused():
    a_person("Geir", email="geir@example.org")
    person = one_who_has_been_here()

    with pytest.raises(actions.EmailTaken):
        actions.change_email(by=person, email="Geir@example.org")


def test_other_sessions_end_and_own_stays():
    person = one_who_has_been_here()
    here, there = signed_in(person), signed_in(person)
    for client in (here, there):
        UserSession.objects.create(
            user=person, ip="10.0.0.1", user_agent="Mozilla", session_key=client.session.session_key
        )

    actions.end_other_sessions(by=person, but=here.session.session_key or "")

    assert here.get("/konto/").status_code == 200
    assert there.get("/konto/").status_code == 302


def test_session_keeps_neither_address_nor_browser_mark():
    person = a_person()
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"

    row = UserSession.objects.create(user=person, ip="193.156.1.2", user_agent=agent, session_key="x")
    row.refresh_from_db()

    assert (row.ip, row.user_agent) == ("0.0.0.0", "device: Firefox, Linux")


def test_erasing_destroys_the_key_first_and_empties_the_rest():
    person = one_who_has_been_here(email="liv@example.org")
    sealed = seal_text(person.key_owner, "journey", "det jeg skrev")
    client = signed_in(person)

    actions.erase_person(by=person, person=person)

    with pytest.raises(KeyGone):
        unseal_text(person.key_owner, "journey", sealed)
    row = Person.objects.get(pk=person.pk)
    assert (row.chosen_name, row.email, row.is_active) == ("tidligere deltaker", None, False)
    assert client.get("/konto/").status_code == 302
    assert not TrailLine.objects.filter(actor=str(person.pk)).exists()
    assert Gone.objects.filter(what="people.person", key=str(person.pk)).exists()


def test_finishing_an_erasure_asks_every_room():
    from knutepunkt.people.jobs import finish_erasure
    from knutepunkt.web.registers import PERSONAL_DATA

    person = one_who_has_been_here()
    actions.erase_person(by=person, person=person)

    finish_erasure(str(person.pk))
    finish_erasure(str(person.pk))

    assert all(
        not rows or entry.model == "people.Person"
        for entry in PERSONAL_DATA
        for rows in [entry.export(person)]
    )


def test_accounts_out_of_time_are_erased_and_others_stay():
    old, fresh = a_person("Liv"), a_person("Geir")
    Person.objects.filter(pk=old.pk).update(keep_until=timezone.localdate() - timedelta(days=1))

    assert actions.erase_people_due() == 1

    assert Person.objects.get(pk=old.pk).erased_at
    assert Person.objects.get(pk=fresh.pk).erased_at is None
    assert actions.erase_people_due() == 0
