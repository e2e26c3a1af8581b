"""A journey of ten years: 520 check-ins and 200 goals; its pages, what opening it costs, and whether others' growth is felt."""

import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import brotli
from django.contrib.staticfiles import finders
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from bench.measuring import RUNS, Line, Weighed, counted_queries, middle_and_slow, page, timed
from bench.pages import signed_in
from bench.words import Teller
from knutepunkt.journey.actions import sharing
from knutepunkt.journey.choices import DIMENSIONS, Part
from knutepunkt.journey.methods.contents import clean
from knutepunkt.journey.models import Note
from knutepunkt.journey.queries.own import notes_of, opened
from knutepunkt.people.actions import make_person
from knutepunkt.people.models import Person
from knutepunkt.web.sealing import make_key, seal

CHECKINS, GOALS, STRATEGIES, TRIES = 520, 200, 30, 120
OTHERS, NOTES_EACH = (1_000, 10_000, 50_000), 20
OPENING_MS, FIRST_VIEW = 20, 40_000
_STYLE = re.compile(r'<link[^>]*rel="stylesheet"[^>]*href="/static/([^"]+)"')


def journey() -> Iterator[Weighed]:
    """Write ten years, open every page, and open the first again while others write a million notes."""
    person = make_person(by="bench", chosen_name="Tiril")
    _write(person)
    client = signed_in(person)
    for name, args in (("home", ()), ("way", ()), ("plan", ()), ("part", ("mal",)), ("part", ("hjelper",)), ("check-in", ()),
                       ("hard-moment", ()), ("shares", ()), ("talks", ())):  # fmt: skip
        yield page(client, f"journey, ten years: {' '.join((name, *args))}", reverse(f"journey:{name}", args=args))
    yield page(client, "journey, ten years: all of the way", reverse("journey:way") + "?hvor-lenge=alt")
    goal = Note.objects.filter(person=person, kind="goal").first()
    yield page(client, "journey, ten years: one goal", reverse("journey:goal", args=[goal.pk if goal else None]))
    yield page(*_helped(person))
    yield _opening(person)
    yield _first_view(client)
    for number in OTHERS:
        _others(number)
        yield page(client, f"journey: home, {number:,} others", reverse("journey:home"))
        yield page(client, f"journey: way, {number:,} others", reverse("journey:way"))


def _write(person: Person) -> None:
    """Ten years, sealed as the room seals."""
    chance, tell, today = random.Random(7), Teller(4).tell, timezone.localdate()
    make_key(person.key_owner)
    rows: list[tuple[str, dict[str, Any]]] = [("settings", {"parts": list(Part.values)})]
    for week in range(CHECKINS):
        marks = {key: chance.randint(1, 5) for key in DIMENSIONS}
        on = (today - timedelta(weeks=week)).isoformat()
        rows.append(("checkin", {"on": on, "words": tell(25), "marks": marks}))
    rows += [("goal", {"text": tell(6), "why": tell(20), "is_important": n % 9 == 0}) for n in range(GOALS)]
    rows += [("plan", {"signs": [tell(5)] * 4, "helps": [tell(4)] * 4, "call": [{"name": "Siri", "phone": "400 00 000"}]})]
    made = [_sealed(person, kind, content) for kind, content in rows]
    goals = [note for note in made if note.kind == "goal"]
    made += [_sealed(person, "step", {"goal": str(g.pk), "text": tell(5)}) for g in goals for _ in range(2)]
    strategies = [_sealed(person, "strategy", {"text": tell(4), "in_hard_moments": n < 3}) for n in range(STRATEGIES)]  # noqa: PLR2004
    tries = [
        _sealed(person, "try", {"strategy": str(strategies[n % STRATEGIES].pk), "on": today.isoformat(), "went": "yes"})
        for n in range(TRIES)
    ]
    Note.objects.bulk_create([*made, *strategies, *tries], batch_size=500)


def _sealed(person: Person, kind: str, content: dict[str, Any]) -> Note:
    today = timezone.localdate()
    on = date.fromisoformat(content.get("on") or today.isoformat())  # a check-in was written the day it speaks of
    note = Note(person=person, kind=kind, made_on=on, changed_on=on)
    note.content = seal(person.key_owner, note.field, json.dumps(clean(kind, content), ensure_ascii=False).encode())
    return note


def _helped(person: Person) -> tuple[Any, str, str]:
    """Somebody sees all of it through a share."""
    helper = make_person(by="bench", chosen_name="Kari")
    until = timezone.localdate() + timedelta(days=9)
    share, _code = sharing.share_parts(by=person, name="Kari", parts=list(Part.values), until_on=until)
    sharing.take_share(by=helper, share=share)
    return signed_in(helper), "journey, ten years: seen by a helper", reverse("journey:shared", args=[share.pk])


def _opening(person: Person) -> Weighed:
    """Read every row of the ten years, unwrap the key and open them."""
    rows = Note.objects.filter(person=person)
    opened(rows, person, person.key_owner)
    with counted_queries() as made:
        notes_of(person)
    median, slow = middle_and_slow([timed(lambda: opened(rows, person, person.key_owner)) for _ in range(RUNS)])
    name = f"journey, ten years: reading and opening {rows.count()} notes"
    return Weighed(Line(name, len(made), median, slow, budget=OPENING_MS, ok=median <= OPENING_MS))


def _first_view(client: Any) -> Weighed:
    """HTML and style sheets of the first page, compressed."""
    body = client.get(reverse("journey:home")).content
    size = len(brotli.compress(body, quality=5))
    for name in _STYLE.findall(body.decode()):
        path = finders.find(re.sub(r"\.[0-9a-f]{12}\.css$", ".css", name))
        with open(str(path), "rb") as file:  # noqa: PTH123 (thin)
            size += len(brotli.compress(file.read()))
    return Weighed(Line("journey: first view, HTML and CSS, brotli", bytes=size, budget=FIRST_VIEW, ok=size <= FIRST_VIEW))


def _others(number: int) -> None:
    """So many others with twenty notes each, as raw rows; their words cannot be opened, and nobody tries."""
    today, there = timezone.localdate(), Person.objects.filter(handle__startswith="mange-").count()
    people = [Person(handle=f"mange-{n}", chosen_name="Noen") for n in range(there, number)]
    Person.objects.bulk_create(people, batch_size=500)
    filler = bytes(300)
    rows = ((uuid4().hex, p.pk.hex, "checkin", filler, 1, today, today, False) for p in people for _ in range(NOTES_EACH))
    columns = "id, person_id, kind, content, version, made_on, changed_on, wakes"
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO journey_note ({columns}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", rows)
