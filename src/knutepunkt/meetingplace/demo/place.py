"""Two invented meeting places, Havna and Lyngheim, with what a week in them leaves behind."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from knutepunkt.events.queries import midnight
from knutepunkt.meetingplace.actions import booking, keeping, rooms, work
from knutepunkt.meetingplace.choices.place import How, Part, ResourceKind, TaskKind, What
from knutepunkt.meetingplace.demo.pictures import drawn
from knutepunkt.meetingplace.methods.hours import OSLO
from knutepunkt.meetingplace.models import Booking, Centre, Hours, Resource, ShownHost, Tap, Task
from knutepunkt.organisations.queries import demo_organisation
from knutepunkt.people.queries import demo_people
from knutepunkt.web.registers import DEMO_SEEDS

PLACES: dict[str, dict[str, Any]] = {
    "havna": {
        "welcome": "Kom som du er. Kaffen står på, og du trenger ikke si noe for å være her.",
        "about": "Havna er et sted å være på dagtid. Noen kommer for musikken eller malingen, noen for å sitte ved "
        "vinduet og se på båtene. Du trenger ingen henvisning, og ingen skriver ned hvem du er.\n\n"
        "Vi som er her, er deltakere, verter og folk med egen erfaring. Alle vasker kopper.",
        "house": "Innenfor døra er det en gang med knagger og en benk. Til høyre ligger kjøkkenet, og der er det alltid "
        "noen. Til venstre er det en stue der det er stille. Musikkrommet og kunstrommet ligger i andre etasje.",
        "address": "Kaia 4, Solvik",
        "directions": "Gå langs kaia til det røde huset. Inngangen er på sjøsiden. Bussen stopper ved torget, og derfra er "
        "det fem minutter å gå. Det er ingen trapper inn, og det er heis til andre etasje.",
        "contact": "Halvor, som er vert",
    },
    "lyngheim": {
        "welcome": "Et hus som drives av dem som bruker det. Du er med på å bestemme.",
        "about": "Lyngheim er et brukerstyrt senter. Vi lager mat sammen, går tur, holder kurs og sender ut brukerevaluatorer. "
        "Det som skal endres i huset, bestemmes på husmøtet. Der teller alle stemmer likt.",
        "house": "Et gult hus med hage. Først kommer du inn i stua, med langbord og peis. Du kan sette deg hvor du vil.",
        "address": "Skoleveien 12, Solvik",
        "directions": "Ti minutter å gå fra bussen. Følg skiltet med lyng. Det er to trappetrinn foran, og rampe på baksiden.",
        "contact": "Randi, som er koordinator",
    },
}  # fmt: skip
WEEKDAYS = {
    "havna": {day: [(time(10), time(15))] for day in (0, 1, 3, 4)}
    | {2: [(time(10), time(15)), (time(18), time(21))], 5: [(time(12), time(16))], 6: [(time(12), time(16))]},
    "lyngheim": {day: [(time(9), time(16))] for day in (0, 1, 2, 4)}
    | {3: [(time(9), time(20))], 5: [(time(12), time(16))], 6: [(time(12), time(16))]},
}  # fmt: skip
RULES = {
    "havna": "Vi hilser på hverandre.\nDet som blir sagt her, blir her.\nDu er velkommen når du er edru. Har du drukket, "
    "er du velkommen i morgen.\nDen som bruker en kopp, vasker den.\nSpør før du tar bilder.",
    "lyngheim": "Alle bestemmer like mye.\nVi lar folk snakke ferdig.\nRus og vold holder vi ute av huset.\n"
    "Telefonen er på lydløs i stua.\nVi rydder sammen før vi går.",
}  # fmt: skip
RESOURCES: dict[str, tuple[dict[str, Any], ...]] = {
    "havna": (
        {"name": "Musikkrommet", "text": "Trommer, piano, to gitarer og en liten mikser. Plass til seks. Rommet er dempet, så du kan spille så høyt du vil.", "needs_introduction": True},
        {"name": "Kunstrommet", "text": "Maling, leire, papir og godt lys. Rydd bordet når du går. Plass til åtte.", "longest_minutes": 240},
        {"name": "Kjøkkenet", "text": "Stor komfyr og langbord. Skriv på lista det du tømmer.", "longest_minutes": 180},
        {"name": "Stillerommet", "text": "En sofa, et teppe og et vindu mot sjøen.", "longest_minutes": 60},
        {"name": "Gitar med nylonstrenger", "kind": ResourceKind.THING, "text": "I bag, med stemmeapparat i lomma."},
        {"name": "Keyboard", "kind": ResourceKind.THING, "text": "Fem oktaver, med hodetelefoner.", "longest_days": 7},
        {"name": "Staffeli", "kind": ResourceKind.THING, "text": "Sammenleggbart, med en kasse oljefarger.", "longest_days": 21},
    ),
    "lyngheim": (
        {"name": "Lydstudio", "text": "To mikrofoner, en pult og et lite opptaksrom. Noen viser deg det første gang.", "needs_introduction": True},
        {"name": "Møterommet", "text": "Rundt bord til åtte, og en tavle.", "longest_minutes": 240},
        {"name": "Kjøkkenet", "text": "Her lages fellesmiddagen. Ellers er det ditt.", "longest_minutes": 180},
        {"name": "Djembe", "kind": ResourceKind.THING, "text": "En tromme med bag."},
        {"name": "Symaskin", "kind": ResourceKind.THING, "text": "Enkel å tre. Stoffrester ligger i kassen ved siden av."},
        {"name": "Fiskestang", "kind": ResourceKind.THING, "text": "Med snelle og en boks sluk."},
    ),
}  # fmt: skip
TASKS: dict[str, tuple[dict[str, Any], ...]] = {
    "havna": (
        {"title": "Vert ved døra", "kind": TaskKind.HOST, "in": 0, "starts": time(12), "ends": time(15), "who": "demo-vert"},
        {"title": "Koke kaffe og sette fram", "kind": TaskKind.SHIFT, "in": 0, "starts": time(11, 45), "ends": time(13), "who": "demo-erfaringskonsulent"},
        {"title": "Handle melk, brød og frukt", "text": "Kortet ligger i skuffen på kjøkkenet.", "in": 0},
        {"title": "Vanne plantene i stua", "in": 1},
        {"title": "Vert ved døra", "kind": TaskKind.HOST, "in": 1, "starts": time(10), "ends": time(15)},
        {"title": "Rydde i musikkrommet", "text": "Kabler i kassen, trommestikker i glasset.", "in": 2},
    ),
    "lyngheim": (
        {"title": "Vert i stua", "kind": TaskKind.HOST, "in": 0, "starts": time(12), "ends": time(16), "who": "demo-koordinator"},
        {"title": "Lage middag til tolv", "kind": TaskKind.SHIFT, "in": 2, "starts": time(14), "ends": time(18), "text": "Vi er to på kjøkkenet. Fiskesuppe denne gangen.", "who": "demo-deltaker"},
        {"title": "Dekke på til middag", "in": 2},
        {"title": "Bære ved", "text": "Kurven ved peisen er tom.", "in": 0},
        {"title": "Henge opp ukeplakaten", "text": "A3 i gangen, A4 på døra.", "in": 1},
    ),
}  # fmt: skip
NOTES = {
    "havna": "Kaffefilter er tomt, og det er lovet bort suppe til fem i morgen. Vinduet i stillerommet står på gløtt med vilje.",
    "lyngheim": "Nøkkelen til boden ligger hos naboen. Rampa bak huset må strøs hvis det blir kaldt.",
}


def seed_place() -> None:
    """Make the demo hub's meeting places that are missing. Calling it again changes nothing."""
    for floor in ("people", "organisations", "events"):
        if seed := DEMO_SEEDS.get(floor):
            seed()
    people = {person.handle: person for person in demo_people()}
    for slug in PLACES:
        organisation = demo_organisation(slug)
        if organisation is None:
            continue
        centre, is_new = Centre.objects.get_or_create(organisation=organisation, defaults={"is_demo": True})
        if is_new or not Hours.objects.filter(centre=centre).exists():
            _fill(slug, centre, people)


def _fill(slug: str, centre: Centre, people: dict[str, Any]) -> None:
    today = timezone.localdate()
    keeping.write_page(by="demo", centre=centre, version=centre.version, **PLACES[slug])
    keeping.set_week(by="demo", centre=centre, version=centre.version + 1, week=WEEKDAYS[slug], closed_on_holidays=True)
    keeping.set_day(by="demo", centre=centre, day=_next(today + timedelta(days=5), 1), spans=[(time(12), time(15))], reason="Vi åpner sent, etter planleggingsmøte")
    keeping.set_day(by="demo", centre=centre, day=date(today.year, 12, 24), spans=[(time(11), time(18))], reason="Julemiddag klokka 14")
    for number, text in enumerate((RULES[slug].rpartition("\n")[0], RULES[slug])):
        keeping.write_rules(by="demo", centre=centre, text=text, number=number, agreed_on=today - timedelta(days=200 - 170 * number), agreed_where="på husmøtet")
    for name, alt in PICTURES[slug]:
        keeping.add_picture(by="demo", centre=centre, content=drawn(name), alt=alt)
    _hosts(slug, centre, people)
    made = {facts["name"]: rooms.add_resource(by="demo", centre=centre, **facts) for facts in RESOURCES[slug]}
    _bookings(slug, made, people, today)
    _tasks(slug, centre, people, today)
    _taps(slug, centre, today)
    Centre.objects.filter(pk=centre.pk).update(is_demo=True)


PICTURES = {
    "havna": (("table", "Tegning av kjøkkenbordet: to kopper kaffe under en lampe."), ("door", "Tegning av inngangsdøra, som står på gløtt.")),
    "lyngheim": (("chair", "Tegning av en lenestol i stua."), ("birch", "Tegning av bjørkene i hagen.")),
}
SHOWN = {"havna": ("demo-vert", "Kan vise deg rundt, og koker kaffen sterk."), "lyngheim": ("demo-koordinator", "Er her hver dag. Spør om hva som helst.")}


def _hosts(slug: str, centre: Centre, people: dict[str, Any]) -> None:
    handle, words = SHOWN[slug]
    if handle in people:
        ShownHost.objects.get_or_create(centre=centre, person=people[handle], defaults={"words": words})
        work.leave_note(by=people[handle], centre=centre, words=NOTES[slug])


def _next(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, OSLO)


def _bookings(slug: str, made: dict[str, Resource], people: dict[str, Any], today: date) -> None:
    """Rooms booked, one room asked to be shown, one thing out, one that has been out a little long."""
    own, other = ("demo-erfaringskonsulent", "demo-vert") if slug == "havna" else ("demo-deltaker", "demo-parorende")
    host = people.get("demo-vert" if slug == "havna" else "demo-koordinator")
    first, second = people.get(own), people.get(other)
    if first is None or second is None or host is None:
        return
    studio, table, *_others = made.values()
    thing, *_home, away = [r for r in made.values() if r.is_lent]
    rooms.offer_to_show(by=host, resource=studio, is_host=True)
    rooms.note_shown(by=host, introduction=rooms.ask_to_be_shown(by=first, resource=studio))
    if slug == "lyngheim":
        rooms.ask_to_be_shown(by=second, resource=studio)
    day = _next(today + timedelta(days=1), 1)
    booking.book(by=first, resource=studio, starts_at=_at(day, time(11)), ends_at=_at(day, time(13)), weeks=4, is_host=True)
    for start, end, person in ((time(12), time(13, 30), second), (time(13, 30), time(15), first)):
        Booking.objects.create(resource=table, person=person, starts_at=_at(today, start), ends_at=_at(today, end))
    now = timezone.now()
    Booking.objects.create(
        resource=thing, person=first, starts_at=midnight(today - timedelta(days=3)), out_at=now - timedelta(days=3),
        ends_at=midnight(today + timedelta(days=5)),
    )  # fmt: skip
    Booking.objects.create(
        resource=away, person=second, starts_at=midnight(today - timedelta(days=12)), out_at=now - timedelta(days=12),
        ends_at=midnight(today - timedelta(days=2)), reminded=2,
    )  # fmt: skip


def _tasks(slug: str, centre: Centre, people: dict[str, Any], today: date) -> None:
    for facts in TASKS[slug]:
        one = {k: v for k, v in facts.items() if k not in {"in", "who"}}
        task = work.put_up_task(by="demo", centre=centre, on_date=today + timedelta(days=facts["in"]), **one)[0]
        person = people.get(facts.get("who", ""))
        if person is not None:
            Task.objects.filter(pk=task.pk).update(taken_by=person, taken_at=timezone.now())


def _taps(slug: str, centre: Centre, today: date) -> None:
    """Three weeks at the door, the same each time the demo is made."""
    rows = []
    for back in range(21):
        day = today - timedelta(days=back)
        for number in range((back * 5 + len(slug)) % 9 + 4):
            part = (Part.MORNING, Part.AFTERNOON, Part.AFTERNOON)[number % 3]
            name = f"{slug} {back} {number}"
            rows.append(Tap(id=uuid5(NAMESPACE_URL, f"{name} came"), centre=centre, what=What.CAME, on_date=day, part=part, is_first=number == 3 or None))  # noqa: PLR2004
            if number % 3 == 0:
                how = (How.GOOD, How.GOOD, How.SO_SO, How.GOOD, How.NOT_GOOD)[(number + back) % 5]
                rows.append(Tap(id=uuid5(NAMESPACE_URL, f"{name} left"), centre=centre, what=What.LEFT, on_date=day, part=part, how=how))
    Tap.objects.bulk_create(rows, ignore_conflicts=True)
