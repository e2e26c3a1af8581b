"""Invented events for a demo hub: a week at Havna and at Lyngheim, and a course with a waiting list."""

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from knutepunkt.events.actions.interest import show_interest
from knutepunkt.events.actions.planning import make_event, publish_event
from knutepunkt.events.actions.taking_part import register, register_by_host
from knutepunkt.events.choices import Audience, Kind, Noise, Signing
from knutepunkt.events.models import Event, Session
from knutepunkt.organisations.queries import demo_organisation
from knutepunkt.people.queries import demo_people
from knutepunkt.web.registers import DEMO_SEEDS

HAVEN = {
    "place_name": "Havna", "address": "Kaia 4, Solvik", "door": "Halvor åpner døra",
    "directions": "Gå langs kaia til det røde huset. Inngangen er på sjøsiden.",
    "accessibility": "Ingen trapper. Døra er bred. Toalett med plass til rullestol.", "contact": "Halvor, som er vert",
}  # fmt: skip
LYNGHEIM = {
    "place_name": "Lyngheim", "address": "Skoleveien 12, Solvik", "door": "Randi eller en annen fra huset",
    "directions": "Ti minutter å gå fra bussen. Følg skiltet med lyng.",
    "accessibility": "To trappetrinn, og rampe på baksiden.", "contact": "Randi, som er koordinator",
}  # fmt: skip
WEEKLY = "FREQ=WEEKLY"
EVENTS: tuple[dict[str, Any], ...] = (
    {"at": "havna", "title": "Kaffe ved kaia", "kind": Kind.OPEN, "weekday": 0, "clock": time(10), "minutes": 180,
     "rule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "text": "Kaffen står på. Du trenger ikke si noe for å være her.",
     "noise": Noise.SOME, "group_size": "fem til tolv", "may_bring": True},
    {"at": "havna", "title": "Musikkrommet", "kind": Kind.ACTIVITY, "weekday": 1, "clock": time(13), "minutes": 120,
     "rule": WEEKLY, "text": "Gitarer, trommer og piano. Du kan spille, eller høre på.", "noise": Noise.LOUD,
     "group_size": "fire til åtte", "not_in_easter": True},
    {"at": "havna", "title": "Kunstrommet", "kind": Kind.ACTIVITY, "weekday": 2, "clock": time(12), "minutes": 150,
     "rule": WEEKLY, "text": "Maling, leire og papir. Ingen skal vise fram noe.", "noise": Noise.QUIET,
     "group_size": "tre til seks", "not_on_holidays": True},
    {"at": "lyngheim", "title": "Tur langs fjorden", "kind": Kind.ACTIVITY, "weekday": 3, "clock": time(11), "minutes": 90,
     "rule": WEEKLY, "text": "Vi går i det tempoet den roligste vil ha.", "noise": Noise.QUIET, "may_bring": True,
     "group_size": "fire til ti", "signing": Signing.OPEN},
    {"at": "lyngheim", "title": "Husmøte", "kind": Kind.MEETING, "weekday": 4, "clock": time(12), "minutes": 60,
     "rule": "FREQ=MONTHLY;BYDAY=1FR", "text": "Alle som bruker huset, bestemmer sammen.", "noise": Noise.SOME,
     "group_size": "ti til tjue"},
    {"at": "lyngheim", "title": "Kurskveld: å fortelle sin historie", "kind": Kind.COURSE, "weekday": 2, "clock": time(18),
     "minutes": 150, "rule": "", "text": "Om å velge hva du vil fortelle, og hva du vil ha for deg selv.",
     "noise": Noise.QUIET, "group_size": "seks", "signing": Signing.NEEDED, "capacity": 6, "may_just_sit": True,
     "audience": Audience.EVERYONE},
)  # fmt: skip
COURSE = EVENTS[-1]["title"]
LATER = "Sommertur til setra"
"""Its day is not set; three want to know when."""


def seed_events() -> None:
    """Make the events that are missing. Calling it again changes nothing."""
    for floor in ("people", "organisations"):  # lower floors first, whatever the order of the register
        if seed := DEMO_SEEDS.get(floor):
            seed()
    there = set(Event.objects.filter(is_demo=True).values_list("title", flat=True))
    for facts in EVENTS:
        if facts["title"] not in there:
            _make(dict(facts))
    if LATER not in there and (lyngheim := demo_organisation("lyngheim")) is not None:
        words: dict[str, Any] = {
            "title": LATER, "kind": Kind.GATHERING, "text": "En natt på setra, med bål. Vi bestemmer dagen sammen.",
            "noise": Noise.QUIET, "signing": Signing.OPEN, "contact": LYNGHEIM["contact"],
        }  # fmt: skip
        trip = make_event(by="demo", organiser=lyngheim, when=None, is_demo=True, **words)
        publish_event(by="demo", event=trip)
        for _ in range(3):
            show_interest(by="guest", event=trip)


def _make(facts: dict[str, Any]) -> None:
    at = facts.pop("at")
    organiser = demo_organisation(at)
    if organiser is None:
        return
    first_on = _next(facts.pop("weekday"), timedelta(days=7 if facts["rule"] == "" else -7))
    when = {
        "first_on": first_on, "clock": facts.pop("clock"), "minutes": facts.pop("minutes"), "rule": facts.pop("rule"),
        "not_in_easter": facts.pop("not_in_easter", False), "not_on_holidays": facts.pop("not_on_holidays", False),
    }  # fmt: skip
    place: dict[str, Any] = HAVEN if at == "havna" else LYNGHEIM
    event = make_event(by="demo", organiser=organiser, when=when, is_demo=True, **place, **facts)
    publish_event(by="demo", event=event)
    if event.title == COURSE:
        _fill_course(event)


def _next(weekday: int, away: timedelta) -> date:
    day = timezone.localdate() + away
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _fill_course(event: Event) -> None:
    """Six have signed up, one of them by telephone; two wait."""
    session = Session.objects.select_related("event").get(event=event)
    people = {person.handle: person for person in demo_people()}
    register_by_host(by="demo", session=session, guest_name="Bjarne")
    coming = ("demo-deltaker", "demo-parorende", "demo-erfaringskonsulent", "demo-brukerevaluator", "demo-redaktor")
    for handle in (*coming, "demo-brukerevaluator-to", "demo-radgiver"):
        if handle in people:
            register(by=people[handle], session=session, shows_name=handle in coming[2:4])
