"""axe on every page with real-looking content: 320 px light and 1280 px dark, all four with ALL=1."""

from typing import Any

import pytest
from django.test import Client

from knutepunkt.config.installation import seed_demo
from knutepunkt.consent.choices import RECEIPT
from knutepunkt.inquiry.models import Inquiry, Participant
from knutepunkt.journey.models import Note, Share
from knutepunkt.organisations.actions import load_register
from knutepunkt.themes.actions import load_vocabularies
from knutepunkt.web.papercodes import renew_code
from tests.browser.looking import faults_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(databases=["default", "keys"], transaction=True),
]
I = "/evaluering/a-bli-mott-pa-dora"  # noqa: E741 (the inquiry with most in it)
EMPTY = "/evaluering/hvem-svarer-natt-til-mandag"
PUBLIC = [
    "/", "/hjelp-na/", "/om/", "/trygghet/", "/tilgjengelighet/", "/personvern/", "/steder/",
    "/steder/lyngheim/", "/evaluering/rapporter/", "/evaluering/rapport/a-bli-mott-pa-dora/",
    "/kalender/", "/kalender/?vis=uke", "/kalender/?vis=maned", "/kalender/kode/",
    "/samtykke/kode/", "/konto/logg-inn/", "/konto/kort/", "/konto/demo/", "/web/galleri/", "/finnes-ikke/",
]  # fmt: skip
LEAD = [
    "/min-side/", "/konto/", "/samtykke/gitt/", "/samtykke/apnet/", "/samtykke/alt-om-meg/", "/evaluering/",
    f"{I}/", f"{I}/ramme/", f"{I}/team/", f"{I}/team/meg/", f"{I}/guide/", f"{I}/brev/", f"{I}/moter/",
    f"{I}/takk/", f"{I}/deltakere/", f"{I}/deltakere/D1/ny-lapp/", f"{I}/historie/", f"{I}/kilder/",
    f"{I}/kilder/skriv/", f"{I}/kilder/K1/", f"{I}/kilder/K1/tur/2/", f"{I}/kilder/K1/navn/",
    f"{I}/kilder/K1/hver-for-seg/", f"{I}/kilder/K1/koding/", f"{I}/sok/?q=kaffe", f"{I}/koder/",
    f"{I}/koder/tabell/", f"{I}/funn/", f"{I}/funn/1/", f"{I}/funn/1/grunnlag/", f"{I}/funn/1/utfall/",
    f"{I}/funn/sporre/", f"{I}/funn/skjult/", f"{I}/prosessrapport/", f"{I}/dialog/", f"{I}/rapport/",
    f"{I}/rapport/avsnitt/", f"{I}/lofter/", f"{I}/lofter/ny/", f"{EMPTY}/", f"{EMPTY}/kilder/",
    f"{EMPTY}/deltakere/", f"{EMPTY}/funn/", f"{EMPTY}/koder/", f"{EMPTY}/moter/", f"{EMPTY}/rapport/",
]  # fmt: skip
SERVICE = [
    f"{I}/", f"{I}/dialog/", f"{I}/funn/1/svar/", f"{I}/lofter/", f"{I}/lofter/1/svar/",
    f"{I}/lofter/1/gjort/?maned=12", "/evaluering/ny/", "/min-side/",
]  # fmt: skip
HOLDER = [
    "/samtykke/mitt/", "/samtykke/mitt/formal/", "/samtykke/mitt/trekk/", "/evaluering/mitt/",
    "/evaluering/mitt/utskrift/", "/evaluering/mitt/sitater/", "/evaluering/mitt/funn/",
    "/evaluering/mitt/svar/?funn=1", "/evaluering/mitt/mangler/", "/evaluering/mitt/lofter/",
]  # fmt: skip

MINE = [
    f"/min-vei/{path}" for path in (
        "", "begynn/", "begynn/?steg=matter", "innsjekk/", "veien/", "veien/?hvor-lenge=alt", "akkurat-na/", "plan/", "plan/skriv/",
        "sok/", "valg/", "valg/skala/", "valg/skala/?tema=hope", "mitt/", "deling/", "deling/ny/", "samtaler/", "signal/",
        "signal/onske/", "hos-andre/", *(f"del/{part}/" for part in ("viktig", "mal", "hjelper", "i-veien", "folk", "hendelser")),
        *(f"del/{part}/ny/" for part in ("viktig", "mal", "hjelper", "i-veien", "folk", "hendelser")),
    )
]  # fmt: skip
HELPING = ["/min-vei/hos-andre/", "/min-vei/hos-andre/lenke/", "/min-vei/"]


def keyed() -> tuple[list[str], list[str]]:
    """The addresses of the journey that hold a key: the person's own, and the helper's."""
    share = Share.objects.get(helper__chosen_name="Kari")
    first = {kind: Note.objects.filter(person=share.person, kind=kind).order_by("pk")[0].pk
             for kind in ("goal", "strategy", "checkin", "talk", "wish", "matter")}  # fmt: skip
    own = [
        f"mal/{first['goal']}/", f"hjelper/{first['strategy']}/prov/", f"innsjekk/{first['checkin']}/", f"samtaler/{first['talk']}/",
        f"samtaler/{first['talk']}/for-meg/", f"signal/onske/{first['wish']}/", f"del/viktig/{first['matter']}/",
        f"deling/{share.pk}/", f"deling/{share.pk}/avtale/", f"deling/{share.pk}/samtale/",
    ]  # fmt: skip
    theirs = ["", "?del=goals", "lofte/", "samtale/", f"samtale/{first['talk']}/"]
    return [f"/min-vei/{path}" for path in own], [f"/min-vei/hos-andre/{share.pk}/{path}" for path in theirs]


def session_of_holder() -> str:
    """A session that holds a participant's receipt."""
    client = Client()
    participant = Participant.objects.get(inquiry__slug="a-bli-mott-pa-dora", code="D3")
    _, printed = renew_code(kind=RECEIPT, subject=participant.key)
    client.post("/samtykke/kode/", {"code": printed})
    return client.cookies["sessionid"].value


@pytest.fixture
def house(live_server: Any, settings: Any) -> Any:
    settings.DEMO = True
    load_vocabularies()
    load_register()
    seed_demo()
    assert Inquiry.objects.count() >= 7
    return live_server


def test_every_page_is_accessible(chromium: Any, house: Any) -> None:
    own, theirs = keyed()
    pages = {"": PUBLIC, "Ingvild": LEAD, "Siri": SERVICE, "holder": HOLDER, "Tuva": MINE + own, "Kari": HELPING + theirs}

    assert faults_of(chromium, house.url, pages, cookies={"holder": session_of_holder()}) == []
