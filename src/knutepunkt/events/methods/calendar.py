"""Writing iCalendar (library: icalendar): feeds, single events, and the attachment of a mail."""

from collections.abc import Iterable
from datetime import UTC
from typing import Any

from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as Component

from knutepunkt.events.choices import OSLO
from knutepunkt.events.models import Session

PRODUCT = "-//Knutepunkt//Kalender//NO"


def component_of(session: Session, *, address: str, host: str) -> Component:
    """One session as a VEVENT: a UID that never changes, a SEQUENCE that only rises."""
    event, one = session.event, Component()
    one.add("uid", f"{session.uid}@{host}")
    one.add("summary", event.title)
    one.add("dtstamp", max(session.changed_at, event.changed_at).astimezone(UTC))
    one.add("dtstart", session.starts_at.astimezone(OSLO))
    one.add("dtend", session.ends_at.astimezone(OSLO))
    one.add("sequence", event.sequence + session.sequence)
    one.add("status", "CANCELLED" if session.is_off else "CONFIRMED")
    one.add("url", address)
    if where := ", ".join(part for part in (event.place_name, event.address, event.video_url) if part):
        one.add("location", where)
    if event.text:
        one.add("description", event.text[:2000])
    return one


def calendar_of(components: Iterable[Component], *, name: str = "", method: str = "") -> bytes:
    """A whole calendar with its time zone, as bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
    for one in components:
        calendar.add_component(one)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def letter_of(component: Component, *, to: str, sender: str, method: str) -> bytes:
    """A calendar to put in a mail: who sends it, who gets it, and what is to be done with it."""
    organiser: Any = vCalAddress(f"MAILTO:{sender}")
    guest: Any = vCalAddress(f"MAILTO:{to}")
    guest.params["PARTSTAT"] = vText("ACCEPTED")
    guest.params["RSVP"] = vText("FALSE")
    component.add("organizer", organiser)
    component.add("attendee", guest)
    if method == "CANCEL":
        component["STATUS"] = vText("CANCELLED")
    return calendar_of([component], method=method)
