"""The calendar with 20,000 occurrences: its pages, its feeds, and signing up on PostgreSQL as people really do."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from bench.measuring import Line, Weighed, counted_queries, middle_and_slow, page, timed
from bench.pages import signed_in, visitor
from bench.world import World
from knutepunkt.events.actions import planning
from knutepunkt.events.models import Session
from knutepunkt.organisations.models import Organisation
from knutepunkt.web.sealing import keyed_digest

PLACES, SERIES = 40, 370
FEED_MS, UNCHANGED_MS = 200, 5
RUNS = 15
TEXT = "Kaffen står på. Du trenger ikke si noe for å være her, og du kan gå når du vil. " * 3


def fill_calendar() -> Organisation:
    """Forty places with 370 weekly series in all, more than 20,000 occurrences; gives back one of the places."""
    today = timezone.localdate()
    places = [
        Organisation.objects.create(
            name=f"Sted {n}", sort_name=f"sted {n:03}", kind="user_led_centre", slug=f"sted-{n}",
            latitude=58 + n / 4, longitude=6 + n / 4,
        ) for n in range(PLACES)
    ]  # fmt: skip
    for n in range(SERIES):
        when = {
            "first_on": today - timedelta(days=n % 7), "clock": time(9 + n % 11), "minutes": 90, "rule": "FREQ=WEEKLY", "not_on_holidays": True,
        }  # fmt: skip
        event = planning.make_event(
            by="bench", organiser=places[n % PLACES], when=when, title=f"Kaffe og prat nummer {n}", text=TEXT,
            place_name="Storgata 1", signing="open", capacity=20,
        )  # fmt: skip
        planning.publish_event(by="bench", event=event)
    return places[0]


def events(world: World) -> Iterator[Weighed]:
    """Pages, feeds, and signing up."""
    place = fill_calendar()
    anybody, number = visitor(), Session.objects.count()
    yield page(anybody, f"calendar list, {number:,} in all", "/kalender/")
    yield page(anybody, "calendar month, whole country", "/kalender/?vis=maned")
    yield page(anybody, "calendar month, one place", f"/kalender/?vis=maned&sted={place.slug}")
    yield page(anybody, "calendar week, one place", f"/kalender/?vis=uke&sted={place.slug}")
    yield page(anybody, "calendar map", "/kalender/?vis=kart")
    tomorrow = timezone.localdate() + timedelta(days=1)
    yield page(anybody, "what is free tomorrow evening", f"/kalender/nar/?dag={tomorrow}&tid=kveld")
    one = Session.objects.select_related("event").filter(starts_at__gt=timezone.now()).order_by("starts_at")[0]
    yield page(signed_in(world.lead), "one occurrence", f"/kalender/hva/{one.event.slug}/{one.pk}/")
    yield _feed(anybody, "feed of 2,000, after a change", is_first=True)
    yield _feed(anybody, "feed of 2,000, kept", is_first=False)
    yield _unchanged(anybody)
    yield from _signing_up()


def _feed(client: Client, name: str, *, is_first: bool) -> Weighed:
    """The whole country's feed, written anew each time or as kept."""
    kept = f"events.feed:{keyed_digest('events.feed', '/kalender/alt.ics')}"
    times = []
    for _ in range(RUNS):
        if is_first:
            cache.delete(kept)
        times.append(timed(lambda: client.get("/kalender/alt.ics")))
    with counted_queries() as made:
        body = client.get("/kalender/alt.ics").content
    median, slow = middle_and_slow(times)
    if body.count(b"BEGIN:VEVENT") != 2000:  # noqa: PLR2004
        raise RuntimeError("the feed does not hold 2,000")
    return Weighed(Line(name, len(made), median, slow, bytes=len(body), budget=FEED_MS, ok=median <= FEED_MS))


def _unchanged(client: Client) -> Weighed:
    etag = client.get("/kalender/alt.ics")["ETag"]
    asks = [timed(lambda: client.get("/kalender/alt.ics", headers={"if-none-match": etag})) for _ in range(60)]
    with counted_queries() as made:
        answer = client.get("/kalender/alt.ics", headers={"if-none-match": etag})
    if answer.status_code != 304:  # noqa: PLR2004
        raise RuntimeError(answer.status_code)
    median, slow = middle_and_slow(asks)
    return Weighed(Line("feed, unchanged (304)", len(made), median, slow, budget=UNCHANGED_MS, ok=median <= UNCHANGED_MS))


def _signing_up() -> Iterator[Weighed]:
    """In a process of its own, since it wants another database."""
    script = Path(__file__).with_name("registering.py")
    try:
        done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=240, check=True)
        facts = json.loads(done.stdout.strip().splitlines()[-1])
    except (subprocess.SubprocessError, ValueError, IndexError) as fault:
        yield Weighed(Line("signing up on PostgreSQL", budget=f"could not run: {type(fault).__name__}", ok=False))
        return
    yield Weighed(Line(
        f"signing up, {facts['rate']}/s on PostgreSQL ({facts['done']} done)", None, facts["median"], facts["p95"],
        budget=facts["budget"], ok=facts["p95"] <= facts["budget"] and facts["done"] == facts["asked"],
    ))  # fmt: skip
