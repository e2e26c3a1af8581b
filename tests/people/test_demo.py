"""The demo's door: open on this machine and in demo mode, otherwise there is nothing here."""

import pytest
from django.test import Client

from knutepunkt.people.demo import PEOPLE, seed
from knutepunkt.people.models import Person
from tests.people.making import a_person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
HERE = {"HTTP_HOST": "localhost:8000", "REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture
def _demo(settings) -> None:
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["*"]
    seed()


@pytest.mark.usefixtures("_demo")
def test_seeding_twice_makes_nobody_twice():
    seed()

    assert Person.objects.filter(is_demo=True).count() == len(PEOPLE) == 12


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]"])
def test_open_from_this_machine(host):
    answer = Client().get("/konto/demo/", HTTP_HOST=host, REMOTE_ADDR="::1")

    assert answer.status_code == 200


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize(
    "asked",
    [
        {"HTTP_HOST": "knutepunkt.example.org", "REMOTE_ADDR": "127.0.0.1"},
        {"HTTP_HOST": "localhost", "REMOTE_ADDR": "10.0.0.4"},
        {"HTTP_HOST": "localhost.example.org", "REMOTE_ADDR": "127.0.0.1"},
        {"HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.0.0.4"},
        {"HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=10.0.0.4"},
    ],
)
def test_not_found_from_anywhere_else(asked):
    assert Client().get("/konto/demo/", **asked).status_code == 404
    assert Client().post("/konto/demo/", {"handle": "demo-vert"}, **asked).status_code == 404


def test_not_found_outside_demo_mode(settings):
    settings.DEMO = False

    assert Client().get("/konto/demo/", **HERE).status_code == 404


@pytest.mark.usefixtures("_demo")
def test_one_click_signs_in():
    client = Client()

    answer = client.post("/konto/demo/", {"handle": "demo-deltaker"}, **HERE)

    assert answer["Location"] == "/min-side/"
    assert Person.objects.get(pk=client.session["_auth_user_id"]).chosen_name == "Tuva"


@pytest.mark.usefixtures("_demo")
def test_nobody_real_can_be_entered_by_the_demos_door():
    person = a_person()

    assert Client().post("/konto/demo/", {"handle": person.handle}, **HERE).status_code == 404
