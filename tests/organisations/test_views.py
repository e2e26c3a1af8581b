"""Pages of places: what stands on them, who gets in, what they cost."""

import pytest

from knutepunkt.organisations.actions import load_register
from knutepunkt.organisations.models import Membership
from tests.organisations.making import an_organisation, someone_with
from tests.people.making import a_person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_find_shows_the_place_and_the_nearest_centres(client, django_assert_max_num_queries):
    load_register()

    with django_assert_max_num_queries(8):
        page = client.get("/steder/?q=harstad").content.decode()

    assert "Harstad - Hárstták" in page
    assert page.index("Bikuben") < page.index("KBT")
    assert "om lag 19 km unna" in page


def test_find_without_a_word_lists_centres_and_marks_demo(client):
    load_register()
    an_organisation("Havna recoverysenter", kind="recovery_centre", is_demo=True)

    page = client.get("/steder/?q=").content.decode()

    assert "Sagatun" in page
    assert ">Demo<" in page
    assert "Trondheim - Tråante" not in page


def test_find_says_kindly_when_nothing_is_found(client):
    assert "Vi finner ikke dette stedet" in client.get("/steder/?q=xyzzy").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_find_costs_the_same_for_one_and_three(client, django_assert_num_queries, number):
    for n in range(number):
        an_organisation(f"Senter {n}", latitude=60.0, longitude=10.0)

    with django_assert_num_queries(2):
        page = client.get("/steder/").content.decode()

    assert page.count("kp-map-place") == number


def test_list_is_paged_by_key(client):
    for number in range(31):
        an_organisation(f"Senter {number:02}")

    first = client.get("/steder/")
    after = first.context["listed"].next_url
    second = client.get(f"/steder/{after}").content.decode()

    assert "Senter 29" in first.content.decode()
    assert "Senter 30" not in first.content.decode()
    assert "Senter 30" in second
    assert "Senter 29" not in second


def test_page_of_a_municipality_has_names_source_and_date(client, django_assert_max_num_queries):
    load_register()

    with django_assert_max_num_queries(8):
        page = client.get("/steder/porsanger/").content.decode()

    assert '<span lang="se">Porsáŋgu</span>' in page
    assert "Kartverket" in page
    assert "Ikke kontrollert." in page
    assert "5622" in page


def test_page_never_names_people(client):
    place = an_organisation()
    someone_with("coordinator", place, "Randi Lyng")

    assert "Randi Lyng" not in client.get("/steder/lyngheim/").content.decode()


def test_unknown_place_is_not_found(client):
    assert client.get("/steder/ingensteds/").status_code == 404


RUN_PAGES = ("/steder/lyngheim/folk/", "/steder/lyngheim/endre/")


@pytest.mark.parametrize("address", RUN_PAGES)
def test_pages_of_the_coordinator_are_private(client, address):
    place = an_organisation()
    boss, other = someone_with("coordinator", place, "Randi"), someone_with("host", place)

    assert signed_in(boss).get(address).status_code == 200
    assert signed_in(other).get(address).status_code == 404
    assert signed_in(a_person()).get(address).status_code == 404
    assert client.get(address)["Location"].startswith("/konto/logg-inn/")


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_roles_costs_the_same_for_one_and_three(django_assert_num_queries, number):
    place = an_organisation()
    client = signed_in(someone_with("coordinator", place, "Randi"))
    for n in range(number):
        someone_with("host", place, f"Vert {n}")

    with django_assert_num_queries(7):
        page = client.get("/steder/lyngheim/folk/").content.decode()

    assert page.count("Vert ") == number


def test_new_person_is_printed_on_a_card_once():
    place = an_organisation()
    client = signed_in(someone_with("coordinator", place, "Randi"))

    page = client.post(
        "/steder/lyngheim/folk/", {"role": "participant", "chosen_name": "Liv"}
    ).content.decode()

    assert "Til Liv" in page
    assert "kp-codecard-code" in page
    assert Membership.objects.filter(role="participant").count() == 1


def test_role_card_is_typed_on_its_own_page():
    place = an_organisation()
    boss, person = signed_in(someone_with("coordinator", place, "Randi")), a_person("Liv")
    page = boss.post("/steder/lyngheim/folk/", {"role": "host", "has_account": "on"}).content.decode()
    printed = page.partition('kp-codecard-code">')[2].partition("<")[0]

    answer = signed_in(person).post("/steder/invitasjon/", {"code": printed}, follow=True)

    assert "Du er med i Lyngheim." in answer.content.decode()
    assert person.memberships.get().role == "host"


@pytest.mark.parametrize(
    ("act", "status"), [("card", 200), ("hand-over", 302), ("end", 302), ("something-else", 404)]
)
def test_acts_on_one_role(act, status):
    place = an_organisation()
    client = signed_in(someone_with("coordinator", place, "Randi"))
    membership = someone_with("host", place).memberships.get()

    page = f"/steder/lyngheim/folk/{membership.pk}/"

    assert client.get(page).status_code == 200
    assert client.post(page, {"act": act}).status_code == status


def test_role_in_another_place_is_not_reached_through_ones_own():
    place, elsewhere = an_organisation(), an_organisation("Havna")
    client = signed_in(someone_with("coordinator", place, "Randi"))
    membership = someone_with("host", elsewhere).memberships.get()

    for slug in ("lyngheim", "havna"):
        assert client.post(f"/steder/{slug}/folk/{membership.pk}/", {"act": "end"}).status_code == 404
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_wrong_organisation_number_is_said_beside_the_field_and_nothing_is_lost():
    place = an_organisation()
    client = signed_in(someone_with("coordinator", place, "Randi"))

    page = client.post(
        "/steder/lyngheim/endre/", {"organisation_number": "123456789", "about": "Et åpent hus."}
    ).content.decode()

    place.refresh_from_db()
    assert "id_organisation_number_error" in page
    assert "Et åpent hus." in page
    assert place.about == ""


def test_laying_down_ones_own_role_from_my_page():
    place = an_organisation()
    person = someone_with("host", place)
    other = someone_with("host", place, "Geir").memberships.get()
    client = signed_in(person)

    client.post(f"/steder/roller/{person.memberships.get().pk}/legg-ned/")
    stranger = client.post(f"/steder/roller/{other.pk}/legg-ned/")

    assert not person.memberships.exists()
    assert stranger.status_code == 404


def test_demo_organisations_and_roles_are_made_once():
    from knutepunkt.organisations import demo
    from knutepunkt.people.demo import seed as people

    people()
    demo.seed()
    demo.seed()

    assert Membership.objects.count() == len(demo.ROLES)
    assert {m.organisation.is_demo for m in Membership.objects.select_related("organisation")} == {True}
