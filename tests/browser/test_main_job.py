"""The whole job in a real browser: from files to a published report, then a participant takes her words back.

The participant's browser has script turned off: an old phone must do.
"""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from knutepunkt.inquiry.models import Inquiry
from knutepunkt.themes.actions import load_vocabularies
from knutepunkt.web.jobs import work_off
from tests import factories as make

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
]
TEXT = """I: Hva skjedde da du kom?
A: Sola sto inn gjennom det store vinduet, og noen sa hei med navnet mitt.
B: Jeg gikk tre runder rundt kvartalet før jeg turte å ringe på.
I: Og etterpå?
A: Da visste jeg at jeg kunne komme tilbake.
B: Jeg fikk en kopp kaffe i hånda."""
HERS = "Sola sto inn gjennom det store vinduet"
HIS = "Jeg gikk tre runder rundt kvartalet"


@pytest.fixture
def lead() -> Any:
    load_vocabularies()
    return make.person("Ingvild")


@pytest.fixture
def inquiry(lead: Any) -> Inquiry:
    return make.inquiry(lead=lead, title="Å komme inn døra")


@pytest.fixture
def browse(chromium: Any, live_server: Any) -> Iterator[Callable[..., Page]]:
    contexts = []

    def new_page(person: Any = None, *, script: bool = True, width: int = 390) -> Page:
        context = chromium.new_context(
            locale="nb-NO", base_url=live_server.url, java_script_enabled=script,
            viewport={"width": width, "height": 844},
        )  # fmt: skip
        contexts.append(context)
        if person is not None:
            client = Client()
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return context.new_page()

    yield new_page
    for context in contexts:
        context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def pdf_text(slug: str) -> str:
    answer = Client().get(f"/evaluering/rapport/{slug}.pdf")
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def bring_source(page: Page, base: str) -> None:
    page.goto(f"{base}/kilder/")
    page.get_by_label("Filer").set_input_files(
        [
            {"name": "samtale.txt", "mimeType": "text/plain", "buffer": TEXT.encode()},
            {"name": "tom.docx", "mimeType": "application/msword", "buffer": b""},
        ]
    )
    press(page, "Les filene")
    assert "Filen er tom." in page.content()
    page.get_by_role("link", name="samtale.txt").click()
    press(page, "Lagre kilden")
    assert "K1 er lagret" in page.content()


def take_consents(page: Page, base: str, codes: list[str]) -> dict[str, str]:
    slips = {}
    for code in codes:
        page.goto(f"{base}/deltakere/{code}/samtykke/")
        for box in ("Analyse", "Rapport"):
            page.get_by_label(box, exact=True).check()
        press(page, "Lagre valgene, og vis lappen")
        slips[code] = page.locator(".kp-codecard-code").first.inner_text()
    return slips


def mark(page: Page, base: str, words: str) -> None:
    """Code by the workbench's own door; choosing with mouse and keyboard is tested on its own."""
    page.goto(f"{base}/kilder/K1/koding/")
    page.wait_for_selector("#arbeidsbenk[data-state=ready]")
    made = page.evaluate(
        """async ([words]) => {
            const bench = document.querySelector('#arbeidsbenk');
            const data = await (await fetch(bench.dataset.url)).json();
            const letters = Array.from(data.text);
            const start = Array.from(data.text.slice(0, data.text.indexOf(words))).length;
            const answer = await fetch(bench.dataset.add, {method: 'POST',
                headers: {'X-CSRFToken': bench.dataset.csrf, 'Content-Type': 'application/json'},
                body: JSON.stringify({start, end: start + Array.from(words).length, version: data.version,
                                      codes: [data.codes[0][0]]})});
            return letters.length && answer.status;
        }""",
        [words],
    )
    assert made == 201


def test_from_files_to_report_and_back(browse: Any, lead: Any, inquiry: Inquiry) -> None:
    base, page = f"/evaluering/{inquiry.slug}", browse(lead, width=1280)
    bring_source(page, base)
    slips = take_consents(page, base, ["D1", "D2"])
    page.goto(f"{base}/koder/")
    press(page, "Ta inn CHIME")
    mark(page, base, HERS)
    mark(page, base, HIS)

    page.goto(f"{base}/funn/")
    page.get_by_label("Funnet, i én setning").fill("Det første møtet avgjør.")
    press(page, "Legg til funnet")
    page.goto(f"{base}/funn/1/grunnlag/?kode={inquiry.codes.order_by('position').first().pk}")
    for box in page.locator("input[name=passage]").all():
        box.check()
    press(page, "De valgte bærer funnet")
    for _ in range(2):
        press(page, "Bruk som sitat")
    page.goto(f"{base}/funn/sporre/")
    page.get_by_label("Svar innen").fill((timezone.localdate() + timedelta(days=14)).isoformat())
    press(page, "Vis funnene til deltakerne")

    phones = {code: browse(script=False) for code in slips}
    for code, phone in phones.items():
        phone.goto("/samtykke/kode/")
        phone.get_by_label("Koden på lappen").fill(slips[code].lower())
        press(phone, "Åpne")
        phone.goto("/evaluering/mitt/sitater/")
        press(phone, "Ja, bruk sitatet")
        phone.goto("/evaluering/mitt/svar/?funn=1")
        phone.get_by_label("kjenner meg igjen", exact=True).check()
        press(phone, "Lagre svaret")
    page.goto(f"{base}/funn/1/utfall/")
    page.get_by_label("enighet", exact=True).check()
    press(page, "Lagre")
    page.goto(f"{base}/rapport/")
    press(page, "Publiser rapporten")
    work_off()

    reader = browse(script=False)
    reader.goto(f"/evaluering/rapport/{inquiry.slug}/")
    assert HERS in reader.content()
    assert HERS in pdf_text(inquiry.slug)

    phone = phones["D1"]
    phone.goto("/samtykke/mitt/trekk/")
    assert "kan ikke kalles tilbake" in phone.content()
    phone.get_by_label("Gå ut, og slett ordene").check()
    press(phone, "Gjør dette")
    assert "Ordene dine er tatt bort." in phone.content()

    reader.reload()
    assert HERS not in reader.content()
    assert HIS in reader.content()
    assert HERS not in pdf_text(inquiry.slug)
    work_off()
    after = pdf_text(inquiry.slug)
    assert HERS not in after
    assert HIS in after
