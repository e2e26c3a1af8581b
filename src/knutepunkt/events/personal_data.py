"""What the calendar holds of people, how long, and how it is exported and erased."""

from typing import Any

from django.apps import apps

from knutepunkt.events.actions.hosting import forget_what_is_due
from knutepunkt.events.actions.interest import end_interest, forget_interest
from knutepunkt.events.actions.taking_part import forget_registration
from knutepunkt.events.models import Interest, Registration
from knutepunkt.events.queries import needs_of
from knutepunkt.web.registers import PERSONAL_DATA, PersonalData

SENSITIVE = {"needs"}
PERSONAL = {
    "person", "guest_name", "guest_email", "size", "state", "came", "shows_name", "language", "made_at", "contact",
    "door", "told_at", "email", "held",
}  # fmt: skip
WORDS = {"was_welcome": "personal", "was_good": "personal"}


def _fields(model: str) -> dict[str, str]:
    own = [f for f in apps.get_model("events", model)._meta.get_fields() if f.concrete and not f.many_to_many]
    sort = dict.fromkeys(PERSONAL, "personal") | dict.fromkeys(SENSITIVE, "sensitive") | WORDS
    if model == "Feedback":
        sort["text"] = "sensitive"
    return {f.name: sort.get(f.name, "plain") for f in own}


def _export(person: Any) -> list[dict[str, Any]]:
    rows = Registration.objects.filter(person=person).select_related("session__event").order_by("pk")
    return [
        {"event": r.session.event.title, "starts_at": r.session.starts_at, "state": r.state, "size": r.size,
         "came": r.came, "needs": needs_of(r)}
        for r in rows
    ]  # fmt: skip


def _erase(person: Any) -> int:
    rows = list(Registration.objects.filter(person=person).order_by("pk"))
    for row in rows:
        forget_registration(registration=row)
    return len(rows)


def _export_interest(person: Any) -> list[dict[str, Any]]:
    rows = Interest.objects.filter(person=person).select_related("event").order_by("pk")
    return [{"event": r.event.title, "said_at": r.made_at, "told_at": r.told_at} for r in rows]


def _erase_interest(person: Any) -> int:
    rows = list(Interest.objects.filter(person=person).select_related("event").order_by("pk"))
    for row in rows:
        end_interest(by="job", interest=row)
    return len(rows)


def _nothing(_person: Any) -> list[dict[str, Any]]:
    return []


def _none(_person: Any) -> int:
    return 0


HELD = {
    "Event": "what happens, with the name of whoever answers questions",
    "Series": "when it happens",
    "Session": "one occurrence",
    "FeedMark": "a number that rises when a place changes its calendar",
    "HeldSeats": "how many seats an organisation's people take first, as a number",
    "DropIn": "how many came, as a number",
    "Feedback": "how it was, without anything about who says so",
}


def enter() -> None:
    """Enter the room's kinds of record in the register."""
    PERSONAL_DATA.add("events.interest", PersonalData(
        "events.Interest", "that somebody wants to know when something gets its day; a guest's address is sealed",
        "so that they can be told", "until 30 days after they were told, at most a year",
        _fields("Interest"), _export_interest, _erase_interest, forget_interest))  # fmt: skip
    for model, holds in HELD.items():
        PERSONAL_DATA.add(f"events.{model.lower()}", PersonalData(
            f"events.{model}", holds, "so that people know what happens and when", "as long as the place keeps its calendar",
            _fields(model), _nothing, _none))  # fmt: skip
    PERSONAL_DATA.add("events.registration", PersonalData(
        "events.Registration", "that somebody comes or waits, and what they need, sealed",
        "so that there is room for all who come",
        "needs, guest names and addresses until 30 days after; the rest for a year",
        _fields("Registration"), _export, _erase, forget_what_is_due))  # fmt: skip
