"""The front door: what stands there, and what it costs."""

import pytest

from knutepunkt.web.models import Notice
from knutepunkt.web.notices import give_notice
from knutepunkt.web.registers import NOTICES
from knutepunkt.web.search import PUBLIC, Entry, put_entries
from tests.organisations.making import an_organisation, someone_with
from tests.people.making import a_person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
OPEN_PAGES = ("/", "/hjelp-na/", "/tilgjengelighet/", "/personvern/", "/om/", "/trygghet/")


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_open_pages_are_open_and_cheap(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        answer = client.get(address)

    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


def test_front_page_speaks_to_three_kinds_of_visitors(client):
    page = client.get("/").content.decode()

    for words in ("Du er i bedring, eller du er pårørende", "Du er på et senter", "Du er i en kommune"):
        assert words in page


def test_front_page_shows_published_reports_only(client):
    put_entries(
        [
            Entry(
                "inquiry.report",
                "1",
                PUBLIC,
                "/evaluering/a/",
                "Hjelp når det haster",
                part_of="inquiry.inquiry:1",
            ),
            Entry(
                "inquiry.report",
                "2",
                "inquiry:2",
                "/evaluering/b/",
                "Ikke ferdig",
                part_of="inquiry.inquiry:2",
            ),
        ]
    )

    page = client.get("/").content.decode()

    assert "Hjelp når det haster" in page
    assert "Ikke ferdig" not in page


def test_my_page_is_ones_own(client, django_assert_max_num_queries):
    person = someone_with("host", an_organisation(), "Halvor")
    give_notice(person, "people.access_renewed", how="card")
    give_notice(a_person("Geir"), "people.access_renewed", how="outside")
    own = signed_in(person)

    with django_assert_max_num_queries(8):
        page = own.get("/min-side/").content.decode()

    assert "Hei, Halvor" in page
    assert "Noen har laget et nytt kort til kontoen din." in page
    assert "utenfor Knutepunkt" not in page
    assert "Lyngheim" in page
    assert client.get("/min-side/")["Location"].startswith("/konto/logg-inn/")


def test_looking_at_notices_does_not_mark_them_but_the_button_does():
    person, other = a_person(), a_person("Geir")
    for someone in (person, other):
        give_notice(someone, "people.access_renewed", how="card")
    client = signed_in(person)

    client.get("/min-side/")
    before = Notice.objects.filter(read_at=None).count()
    client.post("/min-side/lest/")

    assert before == 2
    assert list(Notice.objects.filter(read_at=None).values_list("recipient", flat=True)) == [other.pk]


def test_notice_of_a_kind_nobody_knows_any_longer_is_left_out():
    person = a_person()
    give_notice(person, "room.that-is-gone")

    assert NOTICES.get("room.that-is-gone") is None
    assert signed_in(person).get("/min-side/").status_code == 200


def test_privacy_page_says_what_is_kept_and_how_long(client):
    page = client.get("/personvern/").content.decode()

    for words in ("tre år etter siste innlogging", "et år etter at rollen er slutt", "Datatilsynet"):
        assert words in page


def test_help_page_shows_only_lines_with_a_day(client):
    from knutepunkt.themes.actions import load_vocabularies

    load_vocabularies()

    page = client.get("/hjelp-na/").content.decode()

    assert page.count("kp-helpline-number") == page.count("Nummeret ble sjekket") > 3
    assert 'href="https://sidetmedord.no"' in page
    assert 'href="tel:113"' in page
