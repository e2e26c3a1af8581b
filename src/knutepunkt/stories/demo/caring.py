"""An invented desk with something on it; good examples, methods and research; a collection. Made by the room's own actions."""

import io
import zipfile
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from knutepunkt.consent.actions import give_consent
from knutepunkt.consent.choices import Purpose
from knutepunkt.organisations.actions import give_role
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import demo_organisation, holds_role
from knutepunkt.people.queries import demo_people
from knutepunkt.stories.actions.caring_collections import begin_collection, write_collection
from knutepunkt.stories.actions.caring_desk import give_training
from knutepunkt.stories.actions.caring_shared import keep_guide, send_example, show_shared, write_new
from knutepunkt.stories.actions.publishing import keep_content
from knutepunkt.stories.choices.item import Kind, State
from knutepunkt.stories.choices.telling import ASKED
from knutepunkt.stories.methods.contents import clean
from knutepunkt.stories.models import Item, Published
from knutepunkt.web.registers import DEMO_SEEDS

ODT = "application/vnd.oasis.opendocument.text"
SHARED: tuple[tuple[str, dict[str, Any]], ...] = (
    (Kind.EXAMPLE, {
        "title": "Kaffe før samtalen", "summary": "I Solvik kan folk komme en halvtime før timen. En erfaringskonsulent har kaffe klar.",
        "need": "Mange kom ikke til den første timen. Noen fortalte at de hadde stått utenfor døra.",
        "did": "Vi satte et bord og to stoler i gangen. En erfaringskonsulent er der hver formiddag. Hun svarer på det folk lurer på, og følger dem inn hvis de vil.",
        "with_whom": "To som selv hadde gått forbi døra, laget det sammen med oss. De valgte også kaffen.",
        "changed": "Flere kommer. Folk sier at de er mindre redde når timen begynner.",
        "not_changed": "De som har timen om kvelden, møter en tom gang. Det har vi ikke råd til ennå.",
        "contact": "Rus- og psykisk helsetjeneste i Solvik, spør etter teamleder",
        "terms": ["chime:connectedness", "library:topic.services"]}),
    (Kind.EXAMPLE, {
        "title": "Ett ark i stedet for fem skjemaer", "summary": "Fjelldal gjorde fem skjemaer om til ett ark som fylles ut sammen.",
        "need": "Folk måtte fortelle det samme fem ganger. Noen ga opp etter det andre skjemaet.",
        "did": "Vi la skjemaene på et bord og strøk det ingen brukte. Det som sto igjen, fikk plass på ett ark.",
        "with_whom": "Tre som får hjelp, to pårørende og fire ansatte. Alle fikk betalt for tida.",
        "changed": "Det første møtet handler nå om hva personen vil, og ikke om skjemaer.",
        "not_changed": "Spesialisthelsetjenesten vil fortsatt ha sitt eget skjema.",
        "contact": "Koordinerende enhet i Fjelldal", "terms": ["chime:empowerment", "library:topic.rights"]}),
    (Kind.EXAMPLE, {
        "title": "Nøkkel til verkstedet", "summary": "Havna ga nøkler til dem som bruker verkstedet mest.",
        "need": "Verkstedet sto tomt etter klokka tre, når mange hadde det tyngst.",
        "did": "Seks stykker fikk nøkkel og lagde husregler. De passer på verktøyet og på hverandre.",
        "with_whom": "Husmøtet bestemte. En vert er på telefon.",
        "changed": "Verkstedet er åpent til ni. To av dem har begynt å lære opp andre.",
        "not_changed": "Et bor ble borte. Vi fant aldri ut hvorfor, og sluttet å lete.",
        "contact": "Verten på Havna", "terms": ["chime:meaning", "chime:empowerment"]}),
    (Kind.METHOD, {
        "title": "En runde der alle kan stå over", "summary": "En enkel måte å la alle få ordet på, også de som vil være stille.",
        "for_whom": "Husmøter, grupper og nettverk der noen snakker mye og noen aldri.",
        "how": "Si hva runden handler om.\n\nGå rundt bordet. Hver sier én ting, eller «jeg står over».\n\nIngen avbryter, og ingen svarer før runden er ferdig.\n\nSpør til slutt dem som sto over, om de vil si noe nå.",
        "needs": "Et bord, en klokke og en som passer på.", "source": "Laget på Lyngheim. Bruk det som dere vil.",
        "terms": ["chime:connectedness", "library:topic.peer-work"]}),
    (Kind.METHOD, {
        "title": "Sammen om det første møtet", "summary": "En sjekkliste for det første møtet, laget av dem som har sittet på begge sider.",
        "for_whom": "Hjelpere og erfaringskonsulenter som møter noen for første gang.",
        "how": "Fortell hvem du er, og hvor lang tid dere har.\n\nSpør hva personen vil snakke om, og hva dere skal la ligge.\n\nAvtal hvem som skriver, og hva som blir skrevet.\n\nSpør til slutt: Hva må jeg ikke glemme?",
        "needs": "En time uten telefon.", "source": "Laget av erfaringskonsulenter på Havna og Lyngheim.", "terms": ["chime:hope", "library:topic.services"]}),
    (Kind.RESEARCH, {
        "title": "Å vente på hjelp: hva ventetida gjør med folk (oppdiktet)", "summary": "Et oppdiktet notat til denne prøven. Det viser hvordan forskning ser ut i biblioteket.",
        "authors": "Lyngmo, Alva\nHavnås, Jon", "year": "2025", "published_in": "Oppdiktet notatserie fra Nordlys", "terms": ["library:topic.services"]}),
    (Kind.RESEARCH, {
        "title": "Erfaringskonsulenter i små kommuner (oppdiktet)", "summary": "En oppdiktet rapport til denne prøven, om å være den eneste erfaringskonsulenten.",
        "authors": "Fjelldal, Mari", "year": "2026", "published_in": "Kompetansesenter Nordlys (demo)", "terms": ["library:topic.peer-work"]}),
)  # fmt: skip
WAITING = (
    (3, "parorende", {
        "title": "Broren min, og meg", "teller_name": "G.", "language": "nb", "notes": [],
        "text": "Jeg har vært bror hele livet. De siste ti årene har jeg også vært vaktmann.\n\nIngen spurte hvordan jeg hadde det, før en på Lyngheim satte fram en stol til.\n\n"
                "Nå går jeg tur på torsdager. Han blir ikke bedre av det. Men det blir jeg.",
        "terms": ["library:topic.next-of-kin", "chime:connectedness"]}),
    (9, "deltaker", {
        "title": "Døra jeg gikk forbi", "teller_name": "Tuva", "language": "nb", "notes": ["mental-health"],
        "text": "Jeg gikk forbi tre ganger før jeg gikk inn. Den fjerde gangen regnet det.\n\nDet var ikke noe stort som skjedde. Noen sa hei, og spurte om jeg ville ha grøt.\n\n"
                "Jeg hadde ikke snakket med noen på elleve dager.", "terms": ["chime:connectedness", "chime:hope"]}),
)  # fmt: skip
WORDING = "Oppdiktet samtykke i en prøve: det du forteller kan stå i biblioteket."


@transaction.atomic
def seed_caring() -> None:
    """Make it once."""
    for floor in ("people", "organisations"):
        if seed := DEMO_SEEDS.get(floor):
            seed()
    house = demo_organisation("lyngheim")
    people = {person.handle.removeprefix("demo-"): person for person in demo_people()}
    if house is None or "redaktor" not in people or Item.objects.filter(is_demo=True, kind=Kind.METHOD).exists():
        return
    editor, peer, coordinator = people["redaktor"], people["erfaringskonsulent"], people["koordinator"]
    if not holds_role(peer, Role.PEER_WORKER, house.pk):
        give_role(by="demo", person=peer, organisation=house, role=Role.PEER_WORKER)
    for person in (editor, peer):
        give_training(by=coordinator, person=person, organisation=house)
    for kind, content in SHARED:
        made = write_new(by=editor, kind=kind, organisation=house, content=content, is_demo=True)
        show_shared(by=editor, item=made, version=made.version)
    _with_guide(editor)
    first = Published.objects.filter(is_demo=True, kind=Kind.METHOD).order_by("pk")[:1].get()
    Published.objects.filter(pk=first.pk).update(checked_on=timezone.localdate() - timedelta(days=400))
    send_example(by=people["kommunekontakt"], organisation=house, content={
        "title": "Turgruppe som møtes på bussen", "summary": "Vi begynner turen på bussholdeplassen, så ingen må komme alene.",
        "need": "Folk ville gå tur, men kom seg ikke til parkeringsplassen.", "did": "Vi møtes på bussen klokka elleve.", "with_whom": "Pårørendegruppa.",
        "changed": "Åtte går fast.", "not_changed": "Bussen går ikke på lørdager.", "contact": "Frisklivssentralen i Solvik",
    })  # fmt: skip
    for days, handle, content in WAITING:
        _send(people[handle], house, days, content)
    _collect(editor, house)


def _with_guide(editor: Any) -> None:
    """The check list as a file to write in, made here as OpenDocument."""
    shown = Published.objects.select_related("item").get(is_demo=True, kind=Kind.METHOD, title="Sammen om det første møtet")
    lines = (shown.title, *shown.fields["how"].split("\n"), "Det jeg ikke må glemme:", "_" * 40)
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines if line)
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text"))
    manifest = "".join(f'<m:file-entry m:full-path="{path}" m:media-type="{kind}"/>' for path, kind in (("/", ODT), ("content.xml", "text/xml")))
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        made.writestr("mimetype", ODT)
        made.writestr("content.xml", f'<office:document-content {spaces} office:version="1.3"><office:body><office:text>{text}</office:text></office:body></office:document-content>')
        made.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" m:version="1.3">{manifest}</m:manifest>')
    keep_guide(by=editor, item=shown.item, name="Sjekkliste å skrive ut", content=kept.getvalue())


def _send(person: Any, house: Any, days: int, content: dict[str, Any]) -> None:
    """As if somebody had told something and sent it some days ago."""
    item = Item(kind=Kind.STORY, organisation=house, person=person, version=1, approved_version=1, state=State.SENT, is_demo=True,
                sent_at=timezone.now() - timedelta(days=days))  # fmt: skip
    keep_content(item, clean(Kind.STORY, content))
    item.save()
    purposes = {purpose.value: purpose in (Purpose.LIBRARY, Purpose.TEACHING) for purpose in ASKED}
    give_consent(by=person, subject=item.key, responsible=house, purposes=purposes, wording=WORDING, giver=person,
                 until_on=timezone.localdate() + timedelta(days=365))  # fmt: skip


def _collect(editor: Any, house: Any) -> None:
    title, why = "Det første møtet", "Det første møtet kan avgjøre om noen kommer igjen. Her er noe å lære av før du åpner døra."
    wanted = ("Kaffe før samtalen", "Sammen om det første møtet", "Å vente på hjelp: hva ventetida gjør med folk (oppdiktet)")
    handles = dict(Published.objects.filter(is_demo=True, title__in=wanted).values_list("title", "handle"))
    made = begin_collection(by=editor, organisation=house, title=title, why=why)
    write_collection(by=editor, collection=made, version=1, title=title, why=why, handles=[handles[name] for name in wanted], is_shown=True)
