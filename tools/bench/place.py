"""The meeting place: a house with sixty rooms and things, 20,000 bookings, 20,000 taps and a full week; its pages and booking."""

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from bench.measuring import Line, Weighed, action, counted_queries, middle_and_slow, page, timed
from bench.pages import signed_in, visitor
from bench.world import World
from knutepunkt.events.actions.planning import make_event, publish_event
from knutepunkt.meetingplace.actions import booking, door, keeping, rooms, work
from knutepunkt.meetingplace.methods.hours import OSLO
from knutepunkt.meetingplace.models import Booking, Centre, Resource, Tap, Task
from knutepunkt.people.models import Person

ROOMS, THINGS, OLD_DAYS, TAPS, TASKS, EVENTS = 40, 20, 60, 20_000, 60, 14
BOOK_MS, TAPS_MS, POSTER_MS = 30, 60, 300


def place(world: World) -> Iterator[Weighed]:
    """Make a busy house, open its pages, book in it, and send a day's taps."""
    centre, host = _house(world), world.lead
    client, slug = signed_in(host), centre.organisation.slug
    yield page(visitor(), "meeting place", reverse("meetingplace:home", args=[slug]))
    yield page(visitor(), "meeting place: the week", reverse("meetingplace:week", args=[slug]))
    for name in ("home", "week", "rooms", "things", "lending", "tasks", "today", "visits", "hours"):
        yield page(client, f"meeting place, host: {name}", reverse(f"meetingplace:{name}", args=[slug]))
    room = Resource.objects.filter(centre=centre, kind="room").order_by("pk")[0]
    yield page(client, "meeting place: one room", reverse("meetingplace:resource", args=[slug, room.pk]))
    yield page(client, "meeting place: my bookings", reverse("meetingplace:bookings"))
    yield _poster(visitor(), reverse("meetingplace:poster", args=[slug]))
    works = [partial(_book, host, room, number) for number in range(31)]
    yield action("booking a room", works, budget=BOOK_MS)
    yield action("a booking every week, 12 times", [partial(_book, host, room, n, weeks=12) for n in range(40, 46)])
    yield action("200 taps in one batch", [partial(_send, centre, 200) for _ in range(11)], budget=TAPS_MS)


def _book(by: Person, room: Resource, number: int, weeks: int = 1) -> None:
    start = _at(90 + number, 12)
    booking.book(by=by, resource=room, starts_at=start, ends_at=start + timedelta(hours=1), weeks=weeks, is_host=True)


def _send(centre: Centre, number: int) -> None:
    today = timezone.localdate().isoformat()
    door.count_taps(centre=centre, taps=[{"id": str(uuid4()), "what": "came", "on": today} for _ in range(number)])


def _poster(client: Any, url: str) -> Weighed:
    """Set each time anew; the first is the warm-up."""
    client.get(url)
    with counted_queries() as made:
        times = [timed(lambda: client.get(url)) for _ in range(7)]
    median, slow = middle_and_slow(times)
    queries = len(made) // 7
    return Weighed(Line("meeting place: the week's poster, PDF", queries, median, slow, budget=POSTER_MS, ok=median <= POSTER_MS))


def _at(days: int, hour: int) -> datetime:
    return datetime.combine(timezone.localdate() + timedelta(days=days), time(hour), OSLO)


def _house(world: World) -> Centre:
    """Made in bulk where it is much, by actions where it is little."""
    chance, tell = random.Random(5), world.teller.tell
    centre = keeping.open_place(by=world.lead, organisation=world.centre)
    keeping.write_page(by=world.lead, centre=centre, version=0, about=tell(120), house=tell(60), directions=tell(60))
    keeping.set_week(by=world.lead, centre=centre, version=1, closed_on_holidays=False,
                     week={d: [(time(8), time(21))] for d in range(7)})  # fmt: skip
    keeping.write_rules(by=world.lead, centre=centre, text="\n".join(tell(8) for _ in range(8)),
                        agreed_on=timezone.localdate(), number=0)  # fmt: skip
    keeping.show_me(by=world.lead, centre=centre, words=tell(6))
    rows = [
        rooms.add_resource(by=world.lead, centre=centre, name=f"{tell(2)} {n}", text=tell(15),
                           kind="room" if n < ROOMS else "thing")
        for n in range(ROOMS + THINGS)
    ]  # fmt: skip
    made = [
        Booking(resource=row, person=world.lead if chance.random() < 0.01 else None, for_name="Bo",  # noqa: PLR2004
                starts_at=_at(day, hour), ends_at=_at(day, hour + 1))
        for row in rows[:ROOMS] for day in range(-OLD_DAYS, 4) for hour in range(9, 17)
    ]  # fmt: skip
    Booking.objects.bulk_create(made, batch_size=500)
    for row in rows[ROOMS:]:
        Booking.objects.create(resource=row, for_name="Bo", starts_at=_at(-3, 0), ends_at=_at(chance.randint(-1, 9), 0), out_at=_at(-3, 9))
    today = timezone.localdate()
    Tap.objects.bulk_create(
        (Tap(centre=centre, what="came", on_date=today - timedelta(days=n % 400), part="morning") for n in range(TAPS)),
        batch_size=500,
    )
    Task.objects.bulk_create(
        Task(centre=centre, title=tell(4), on_date=today + timedelta(days=n % 14), taken_by=world.lead if n % 3 == 0 else None)
        for n in range(TASKS)
    )
    work.leave_note(by=world.lead, centre=centre, words=tell(40))
    for number in range(EVENTS):
        when = {"first_on": today, "clock": time(9 + number % 8), "minutes": 60, "rule": "FREQ=DAILY"}
        publish_event(by=world.lead, event=make_event(by=world.lead, organiser=world.centre, when=when, title=tell(3)))
    return Centre.objects.select_related("organisation").get(pk=centre.pk)
