"""What stands on the pages of the account, and what they cost."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore

from knutepunkt.people import actions
from tests.people.making import a_person, one_who_has_been_here, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PAGES = (
    "/konto/", "/konto/velkommen/", "/konto/navn/", "/konto/e-post/", "/konto/passord/", "/konto/gjenopprettingsark/",
    "/konto/apne/", "/konto/innlogget/", "/konto/slett/", "/konto/innlogging/totrinn/", "/konto/innlogging/nokkel/",
    "/konto/innlogging/utenfra/",
)  # fmt: skip
SET_UP_PAGES = ("/konto/innlogging/nokkel/ny/", "/konto/innlogging/totrinn/app/")
"""The library keeps what it has asked the browser in the session, and so writes while it shows."""
OPEN_PAGES = ("/konto/logg-inn/", "/konto/kort/", "/konto/innlogging/kode/", "/konto/innlogging/stengt/")


@pytest.mark.parametrize("address", PAGES)
def test_own_pages_open_within_the_budget(address, django_assert_max_num_queries):
    client = signed_in(a_person())

    with django_assert_max_num_queries(8):
        answer = client.get(address)

    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize("address", SET_UP_PAGES)
def test_pages_that_set_a_key_up_open(address, django_assert_max_num_queries):
    client = signed_in(a_person())

    with django_assert_max_num_queries(14):
        answer = client.get(address)

    assert answer.status_code == 200


@pytest.mark.parametrize("address", PAGES + SET_UP_PAGES)
def test_own_pages_send_strangers_to_sign_in(address, client):
    assert client.get(address)["Location"].startswith("/konto/logg-inn/?next=")


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_pages_for_signing_in_are_open(address, client):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("extra", [0, 2])
def test_list_of_sessions_costs_the_same_for_one_and_three(extra, django_assert_num_queries):
    person = one_who_has_been_here()
    client = signed_in(person)
    for _ in range(1 + extra):
        store = SessionStore()
        store.create()
        UserSession.objects.create(
            user=person, ip="::1", user_agent="Firefox", session_key=store.session_key or ""
        )

    with django_assert_num_queries(5):
        page = client.get("/konto/innlogget/").content.decode()

    assert page.count("Firefox") == 1 + extra


def test_session_of_another_cannot_be_ended():
    person, other = one_who_has_been_here(), a_person("Geir")
    row = UserSession.objects.create(user=other, ip="::1", user_agent="x", session_key="other")

    answer = signed_in(person).post(f"/konto/innlogget/{row.pk}/avslutt/")

    assert answer.status_code == 404
    assert UserSession.objects.filter(pk=row.pk).exists()


def test_sheet_shows_its_code_once_with_a_qr():
    person = one_who_has_been_here()
    client = signed_in(person)

    page = client.post("/konto/gjenopprettingsark/").content.decode()
    again = client.get("/konto/gjenopprettingsark/").content.decode()

    code = page.partition('kp-codecard-code">')[2].partition("<")[0]
    assert len(code.replace("-", "")) == 24
    assert "<svg" in page.partition("kp-codecard-qr")[2]
    assert code not in again


def test_name_can_be_changed_and_the_handle_stays():
    person = a_person("Liv")

    signed_in(person).post("/konto/navn/", {"chosen_name": "Live", "language": "nn"})

    handle = person.handle
    person.refresh_from_db()
    assert (person.chosen_name, person.language, person.handle) == ("Live", "nn", handle)


def test_first_password_needs_twelve_signs():
    person = a_person()

    page = signed_in(person).post("/konto/passord/", {"password": "kort"})

    person.refresh_from_db()
    assert not person.has_usable_password()
    assert "id_password_error" in page.content.decode()


def test_password_is_changed_on_the_librarys_page_and_what_is_sealed_stays_open():
    from knutepunkt.people import queries
    from knutepunkt.people.models import Person

    person = one_who_has_been_here()
    client = signed_in(person)

    client.post(
        "/konto/innlogging/passord/",
        {
            "oldpassword": "tre ord i skogen",
            "password1": "fire ord ved elva",
            "password2": "fire ord ved elva",
        },
    )

    person = Person.objects.get(pk=person.pk)
    assert person.check_password("fire ord ved elva")
    assert queries.is_open(person)


def test_erasing_needs_a_yes():
    from knutepunkt.people.models import Person

    person = one_who_has_been_here()
    client = signed_in(person)

    client.post("/konto/slett/", {})
    before = Person.objects.get(pk=person.pk).is_active
    page = client.post("/konto/slett/", {"sure": "on"}).content.decode()

    assert before
    assert "Kontoen er slettet" in page
    assert not Person.objects.get(pk=person.pk).is_active


def test_page_says_that_words_are_shut_and_why():
    person = one_who_has_been_here()
    actions.renew_card(by=a_person("Randi"), person=person)
    client = signed_in(person)

    assert "er stengt" in client.get("/konto/").content.decode()
    assert "gjenopprettingsarket" in client.get("/konto/apne/").content.decode()
