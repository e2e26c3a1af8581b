"""A passkey made and used in a real browser with a virtual authenticator."""

import pytest
from playwright.sync_api import Page

from knutepunkt.people import queries
from knutepunkt.people.models import Person
from tests.people.making import one_who_has_been_here

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
]


def with_authenticator(page: Page) -> None:
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_passkey_is_made_and_signs_in(chromium, live_server, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    settings.ALLOWED_HOSTS = ["*"]
    person = one_who_has_been_here()
    at = live_server.url.replace("127.0.0.1", "localhost")

    page = chromium.new_page(locale="nb")
    with_authenticator(page)
    page.goto(f"{at}/konto/logg-inn/")
    page.get_by_label("Kallenavn eller e-post").fill(person.handle)
    page.get_by_label("Passord").fill("tre ord i skogen")
    page.locator("#innhold").get_by_role("button", name="Logg inn").click()
    page.goto(f"{at}/konto/innlogging/nokkel/ny/")
    if page.get_by_role("heading", name="Er det deg?").count():
        page.get_by_label("Passord").fill("tre ord i skogen")
        page.get_by_role("button", name="Fortsett").click()
    page.get_by_role("button", name="Lag passnøkkelen").click()
    page.get_by_text("Passnøkkelen er lagret.").wait_for()

    page.context.clear_cookies()
    page.goto(f"{at}/konto/logg-inn/")
    page.get_by_role("button", name="Bruk passnøkkel").click()
    page.wait_for_url("**/velkommen/")
    page.close()

    row = Person.objects.get(pk=person.pk)
    assert queries.ways_in_of(row).passkeys == 1
    assert queries.is_open(row)


def test_qr_fills_in_the_code_and_leaves_the_address(chromium, live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]

    page = chromium.new_page(locale="nb")
    page.goto(f"{live_server.url}/konto/kort/#ACDE-FHJK-LMNP")
    value, address = page.get_by_label("Kode").input_value(), page.url
    page.close()

    assert value == "ACDE-FHJK-LMNP"
    assert address == f"{live_server.url}/konto/kort/"
