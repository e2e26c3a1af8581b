"""Writing one event as iCalendar (library: icalendar): to keep, and as the attachment of a mail."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as Component

from knutepunkt.events.choices import OSLO
from knutepunkt.events.methods.writing import LONGEST_TEXT, PRODUCT, ZONE, place_of
from knutepunkt.events.models import Session


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
    if where := place_of(event.place_name, event.address, event.video_url):
        one.add("location", where)
    if event.text:
        one.add("description", event.text[:LONGEST_TEXT])
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
    calendar.add_component(Component.from_ical(ZONE))
    for one in components:
        calendar.add_component(one)
    return calendar.to_ical()


def letter_of(component: Component, *, to: str, sender: str, method: str, at: datetime) -> bytes:
    """A calendar to put in a mail: who sends it, who gets it, and what is to be done with it.

    In a letter DTSTAMP is when it was written (RFC 5545, 3.8.7.2), so that whoever leaves and comes back
    gets the newest word although the event itself, and so its SEQUENCE, is as it was.
    """
    organiser: Any = vCalAddress(f"MAILTO:{sender}")
    guest: Any = vCalAddress(f"MAILTO:{to}")
    guest.params["PARTSTAT"] = vText("ACCEPTED")
    guest.params["RSVP"] = vText("FALSE")
    del component["DTSTAMP"]
    component.add("dtstamp", at.astimezone(UTC))
    component.add("organizer", organiser)
    component.add("attendee", guest)
    if method == "CANCEL":
        component["STATUS"] = vText("CANCELLED")
    return calendar_of([component], method=method)
