"""Invented stories by invented people, of many shapes and in many states, made by the room's own actions."""

import io
import math
import wave
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from knutepunkt.consent.choices import Purpose
from knutepunkt.organisations.queries import demo_organisation
from knutepunkt.people.queries import demo_people
from knutepunkt.stories.actions import changes as edits
from knutepunkt.stories.actions import telling as actions
from knutepunkt.stories.actions import telling_heard, telling_showing
from knutepunkt.stories.choices.item import Kind, Part, State
from knutepunkt.stories.choices.telling import ASKED
from knutepunkt.stories.models import Item, Published
from knutepunkt.web.registers import DEMO_SEEDS

RATE = 8000
# whose, how many days ago it was sent, how far it has come, what it may be used for beside the library, and its words
STORIES: tuple[dict[str, Any], ...] = (
    {"by": "deltaker", "ago": 70, "state": State.PUBLISHED, "also": (Purpose.PUBLIC_WEB, Purpose.TEACHING), "thanks": ("hope", "alone"),
     "title": "Tre ganger forbi døra", "teller_name": "Tuva", "summary": "Om å gå forbi et sted mange ganger før man går inn.",
     "text": "Jeg gikk forbi tre ganger. Den første gangen var det fordi jeg så lys i vinduet. Den andre gangen fordi jeg hadde bestemt meg. "
             "Den tredje gangen sto det en dame og feide trappa.\n\nHun sa ikke noe om at jeg måtte komme inn. Hun sa at kaffen var ferdig om ti minutter. "
             "Jeg sto der i ti minutter.\n\nDet er to år siden. Jeg feier trappa nå, på tirsdager. Av og til ser jeg noen gå forbi en gang for mye. Da sier jeg at kaffen snart er ferdig.",
     "terms": ["library:topic.stigma", "library:situation.alone", "library:helped.place", "library:helped.peers", "library:teller.self", "library:tone.quiet",
               "library:shape.turning-point", "chime:connectedness"]},
    {"by": "parorende", "ago": 55, "state": State.PUBLISHED, "also": (Purpose.TEACHING, Purpose.RESEARCH),
     "title": "Søndagsmiddag", "teller_name": "", "summary": "En bror forteller om å dekke på til en som ikke alltid kommer.",
     "text": "Vi dekker på til fem. Det er vi fire som kommer. Den femte tallerkenen er til broren min.\n\nI vinter kom han to ganger. Den ene gangen sovnet han på sofaen før "
             "vi hadde spist. Den andre gangen spiste han tre porsjoner og lo av noe ungene sa.\n\nFolk spør om det blir bedre. Jeg vet ikke. Jeg har sluttet å vite. "
             "Men jeg dekker på, og når han ikke kommer, setter jeg maten i boks og henger den på døra hans.\n\nBoksen kommer tilbake vasket. Det er noe.",
     "terms": ["library:topic.next-of-kin", "library:topic.substances", "library:helped.family", "library:helped.nothing-yet", "library:teller.next-of-kin",
               "library:tone.sad", "library:shape.standing-still", "chime:hope"], "notes": ["risk"]},
    {"by": "erfaringskonsulent", "ago": 48, "state": State.PUBLISHED, "also": (Purpose.PUBLIC_WEB, Purpose.TEACHING, Purpose.REPORT, Purpose.RESEARCH), "language": "nn",
     "title": "Det går i ring", "teller_name": "Mona", "dialect": "frå indre fjordane", "summary": "Om å bli sjuk att, og om kva som er ulikt for kvar gong.",
     "text": "Folk likar soger som går oppover. Mi går i ring. Kvar haust kjem det att: eg søv ikkje, eg snakkar for fort, og så ligg eg.\n\nSkilnaden er at no kjenner eg svingen. "
             "Fyrste gongen låg eg i elleve veker. No seier eg frå til grannen når eg har vaska golvet to gonger på ei natt. Ho tek bilnøklane og kokar suppe.\n\n"
             "Eg vil ikkje kalle det betring. Eg kallar det å ha gått vegen før. Og når våren kjem, går eg ved sida av andre som er i svingen for fyrste gong.",
     "terms": ["library:topic.mental-health", "library:topic.peer-work", "library:helped.own", "library:helped.peers", "library:teller.peer-worker", "library:situation.small-place",
               "library:tone.matter-of-fact", "library:shape.circle", "chime:identity", "chime:empowerment"], "notes": ["mental-health"]},
    {"by": "brukerevaluator-to", "ago": 40, "state": State.PUBLISHED, "also": (Purpose.PUBLIC_WEB,), "language": "en",
     "title": "The bus driver", "teller_name": "Oskar", "summary": "Five stops, one winter, nobody who asked too much.",
     "text": "I came here with one bag and a diagnosis in a language nobody at the office could read. For a whole winter I spoke to one person: the driver of the 7.40 bus.\n\n"
             "He said good morning. I said good morning. In February he said it was slippery by the third step. In March he asked if I was the one who whistled.\n\n"
             "I am not well. I sleep on a friend's floor and the letters keep coming. But I whistle, and somebody noticed.",
     "terms": ["library:topic.services", "library:situation.new-country", "library:situation.housing", "library:situation.money", "library:tone.funny", "library:teller.self",
               "library:shape.in-the-middle", "chime:connectedness", "chime:difficulties"]},
    {"by": "brukerevaluator", "ago": 33, "state": State.PUBLISHED, "also": (), "sound": True,
     "title": "Stemmen min før og nå", "teller_name": "Ingvild", "summary": "En kort lyd, og ordene til den.",
     "text": "Dette er en tone jeg spilte inn på lydstudioet. Det var den første lyden jeg lagde på fire år som ikke var gråt.\n\n"
             "Jeg er sint for at det tok så lang tid før noen spurte hva jeg ville. De spurte hva som feilte meg. Det var ikke det samme.\n\nNå har jeg en nøkkel til studioet. Tonen er ikke fin. Men den er min.",
     "terms": ["library:topic.services", "library:topic.rights", "library:helped.art", "library:tone.angry", "library:teller.self", "library:shape.up-and-down", "chime:empowerment"]},
    {"by": "vert", "ago": 9, "state": State.RESTING, "also": (Purpose.TEACHING,),
     "title": "Nøkkelen", "teller_name": "Halvor", "summary": "Om å få ansvar før man føler seg klar.",
     "text": "De ga meg nøkkelen en onsdag. Jeg hadde vært rusfri i fire måneder og sa at det var for tidlig. Koordinatoren sa at hun ikke spurte om jeg var rusfri. "
             "Hun spurte om jeg kunne åpne klokka ni.\n\nJeg var der kvart på åtte. Jeg sto utenfor og så på nøkkelen i en time. Så åpnet jeg.",
     "terms": ["library:topic.substances", "library:helped.work", "library:helped.place", "library:tone.hopeful", "library:shape.moment", "chime:meaning"]},
    {"by": "hjelper", "ago": 4, "state": State.EDITING, "also": (),
     "title": "Det jeg skulle ha spurt om", "teller_name": "", "summary": "",
     "text": "Jeg hadde vært hjelper i tolv år da jeg selv satt på den andre stolen. Ingen spurte hva jeg var god til.\n\nJeg hadde selv aldri spurt om det.",
     "terms": ["library:topic.services", "library:teller.helper", "library:tone.quiet"]},
    {"by": "deltaker", "ago": 0, "state": State.DRAFT, "also": (), "title": "Det jeg ikke sa i møtet", "teller_name": "",
     "summary": "", "text": "Jeg begynte på dette i går. Jeg vet ikke helt hvor det skal.\n\nDe spurte om jeg hadde noe å tilføye. Jeg sa nei.", "terms": []},
)  # fmt: skip


def tone() -> bytes:
    """Two seconds of a tone that comes and goes, made here; nobody's voice."""
    out, signs = io.BytesIO(), bytearray()
    for n in range(2 * RATE):
        swell = math.sin(math.pi * n / (2 * RATE))
        signs += int(9000 * swell * math.sin(2 * math.pi * 220 * n / RATE)).to_bytes(2, "little", signed=True)
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", "none"))
        file.writeframes(bytes(signs))
    return out.getvalue()


def seed_stories() -> None:
    """Make what is missing. Calling it again changes nothing."""
    for floor in ("people", "organisations"):  # lower floors first, whatever the order of the register
        if seed := DEMO_SEEDS.get(floor):
            seed()
    centre = demo_organisation("lyngheim")
    if centre is None or Item.objects.filter(is_demo=True, kind=Kind.STORY).exists():
        return
    people = {person.handle.removeprefix("demo-"): person for person in demo_people()}
    for facts in STORIES:
        with transaction.atomic():
            _tell(people[facts["by"]], facts, centre, editor=people["redaktor"])


def _tell(person: Any, facts: dict[str, Any], centre: Any, *, editor: Any) -> None:
    words = {name: facts[name] for name in ("title", "summary", "text", "teller_name", "terms", "notes", "language", "dialect") if name in facts}
    item = actions.save_words(item=actions.start_story(person=person, is_demo=True), version=0, **words)
    if facts.get("sound"):
        actions.add_file(item=item, part=Part.SOUND, content=tone())
        item.refresh_from_db()
    if facts["state"] == State.DRAFT:
        return
    item = actions.send_story(
        item=item, version=item.version, organisation=centre, rest_days=7, wording=facts["title"], anyway=True,
        purposes={p.value: p is Purpose.LIBRARY or p in facts["also"] for p in ASKED}, until_on=timezone.localdate() + timedelta(days=365 - facts["ago"]),
    )  # fmt: skip
    sent_at = timezone.now() - timedelta(days=facts["ago"])
    Item.objects.filter(pk=item.pk).update(sent_at=sent_at, made_on=sent_at.date() - timedelta(days=6))
    if facts["state"] == State.EDITING:
        line = facts["text"].split("\n")[0]
        edits.propose_change(by=editor, item=item, field="text", place=0, old=line, new=line.replace("den andre stolen", "den andre sida av bordet"),
                             why="Jeg tenkte på bordet fra det du sa i går. Bare et forslag.")  # fmt: skip
        return
    telling_showing.accept_item(by=editor, item=item)
    if facts["state"] == State.PUBLISHED:
        out_at = sent_at + timedelta(days=12)
        Item.objects.filter(pk=item.pk).update(rests_until=out_at)
        telling_showing.publish_one(item.pk)
        Item.objects.filter(pk=item.pk).update(published_at=out_at)
        Published.objects.filter(item=item).update(published_at=out_at)
        for which in facts.get("thanks", ()):
            telling_heard.say_thanks(item=item, which=which)
