"""OpenID Connect against a real provider in a process of its own; national numbers never reach the database."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.db import connection
from django.test import Client

from knutepunkt.people import queries
from knutepunkt.people.models import Person
from tests.people.making import one_who_has_been_here, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NATIONAL_NUMBER = "01010112345"
CLAIMS = {"sub": "abc-1", "pid": NATIONAL_NUMBER, "name": "Kari Nordmann", "email": "kari@example.org"}


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_args, **_kwargs):
        return None


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = (
        shutil.which("oidc-provider-mock", path=str(Path(sys.executable).parent)) or "oidc-provider-mock"
    )
    process = subprocess.Popen(
        [program, "--port", str(port), "--user-claims", json.dumps(CLAIMS)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(100):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(10)


@pytest.fixture
def _configured(settings, provider: str) -> None:
    app = {
        "provider_id": "proven", "name": "Prøven", "client_id": "knutepunkt", "secret": "x" * 40,
        "settings": {"server_url": f"{provider}/.well-known/openid-configuration", "scope": ["openid", "profile"]},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def walk_through(client: Client, query: str = "") -> object:
    """The whole round: to the provider, its own form, and back to our callback."""
    asked = client.post(f"/konto/oidc/proven/login/{query}")
    opener = build_opener(_Stay)
    form = Request(asked["Location"], data=urlencode({"sub": CLAIMS["sub"]}).encode(), method="POST")
    try:
        answer = opener.open(form)
    except HTTPError as redirected:
        answer = redirected  # urllib raises the redirect it may not follow
    back = urlsplit(answer.headers["Location"])
    answer.close()
    return client.get(f"{back.path}?{back.query}")


def dump() -> str:
    """Every row of every table, as text."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


@pytest.mark.usefixtures("_configured")
def test_first_time_makes_an_account_that_knows_nothing_but_the_subject():
    client = Client()

    answer = walk_through(client)

    person = Person.objects.get()
    account = SocialAccount.objects.get()
    assert answer["Location"] == "/konto/velkommen/"
    assert (account.user, account.uid, account.extra_data) == (person, "abc-1", {})
    assert (person.email, person.chosen_name) == (None, person.handle)
    assert not SocialToken.objects.exists()
    assert queries.is_open(person)


@pytest.mark.usefixtures("_configured")
def test_national_number_and_name_are_in_no_table():
    client = Client()

    walk_through(client)
    walk_through(Client())

    rows = dump()
    assert "abc-1" in rows
    for secret in (NATIONAL_NUMBER, "Nordmann", "kari@example.org"):
        assert secret not in rows
    assert NATIONAL_NUMBER not in json.dumps(dict(client.session.items()), default=str)


@pytest.mark.usefixtures("_configured")
def test_second_time_is_the_same_person():
    walk_through(Client())
    client = Client()

    walk_through(client)

    assert client.session["_auth_user_id"] == str(Person.objects.get().pk)


@pytest.mark.usefixtures("_configured")
def test_who_is_signed_in_can_connect_and_what_is_sealed_stays_open():
    person = one_who_has_been_here()
    client = signed_in(person)

    walk_through(client, "?process=connect")

    assert SocialAccount.objects.get().user == person
    assert queries.is_open(Person.objects.get(pk=person.pk))


@pytest.mark.usefixtures("_configured")
def test_page_lets_its_form_lead_to_the_provider_and_nowhere_else(client, provider):
    policy = client.get("/konto/logg-inn/")["Content-Security-Policy"]

    assert f"form-action 'self' {provider};" in f"{policy};"
    assert "form-action 'self';" in f"{client.get('/om/')['Content-Security-Policy']};"


@pytest.mark.browser
@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
@pytest.mark.usefixtures("_configured")
def test_whole_round_in_a_real_browser(chromium, live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]

    page = chromium.new_page(locale="nb")
    page.goto(f"{live_server.url}/konto/logg-inn/")
    page.get_by_role("button", name="Logg inn med Prøven").click()
    page.locator("input[name=sub]").first.fill("abc-1")
    page.locator("button[type=submit], input[type=submit]").first.click()
    page.wait_for_url("**/konto/velkommen/")
    page.close()

    assert SocialAccount.objects.get().extra_data == {}


@pytest.mark.usefixtures("_configured")
def test_sign_in_page_offers_the_provider(client):
    assert "Logg inn med Prøven" in client.get("/konto/logg-inn/").content.decode()
