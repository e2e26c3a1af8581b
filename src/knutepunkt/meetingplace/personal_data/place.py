"""What the place holds of people, how long, and how it is exported and erased."""

from collections.abc import Callable
from typing import Any

from django.apps import apps

from knutepunkt.meetingplace.actions.booking import forget_person, forget_who_booked
from knutepunkt.meetingplace.actions.work import forget_old_notes, forget_who_did
from knutepunkt.meetingplace.models import Booking, Guide, Handover, Introduction, ShownHost, Task, Wait
from knutepunkt.meetingplace.queries.place import words_of
from knutepunkt.web.registers import PERSONAL_DATA, PersonalData

PERSONAL = {"person", "for_name", "taken_by", "taken_at", "done_at", "answered_by", "answered_at", "asked_at", "by",
            "state", "starts_at", "ends_at", "contact"}  # fmt: skip
PLAIN_MODELS = {
    "Centre": "a centre's own page, with whom to ask",
    "Hours": "when the house is open",
    "HouseRules": "the rules of the house, by edition",
    "Picture": "pictures of the house",
    "Resource": "rooms to book and things to lend",
    "Tap": "that somebody came, by day and part of day, without anything about who",
}


def fields_of(model: str) -> dict[str, str]:
    """Every field of a model, sorted."""
    own = [f for f in apps.get_model("meetingplace", model)._meta.get_fields() if f.concrete and not f.many_to_many]
    sort = {"words": "sensitive"} if model == "Handover" else {"words": "personal"}
    return {f.name: sort.get(f.name, "personal" if f.name in PERSONAL else "plain") for f in own}


def _none(_person: Any) -> int:
    return 0


def _nothing(_person: Any) -> list[dict[str, Any]]:
    return []


def _exporter(model: Any, owner: str, *names: str) -> Callable[[Any], list[dict[str, Any]]]:
    return lambda person: list(model.objects.filter(**{owner: person}).order_by("pk").values(*names))


def _deleter(model: Any, owner: str = "person") -> Callable[[Any], int]:
    return lambda person: int(model.objects.filter(**{owner: person}).delete()[0])


def _export_notes(person: Any) -> list[dict[str, Any]]:
    rows = Handover.objects.filter(by=person).select_related("centre").order_by("pk")
    return [{"made_at": row.made_at, "words": words_of(row.centre, bytes(row.words))} for row in rows]


def _forget_tasks(person: Any) -> int:
    open_ones = Task.objects.filter(taken_by=person, done_at=None)
    return int(open_ones.update(taken_by=None, taken_at=None)) + int(
        Task.objects.filter(taken_by=person).update(taken_by=None, taken_at=None)
    )


def enter() -> None:
    """Enter the place's kinds of record."""
    for model, holds in PLAIN_MODELS.items():
        fields = {name: ("personal" if name == "contact" else "plain") for name in fields_of(model)}
        PERSONAL_DATA.add(f"meetingplace.{model.lower()}", PersonalData(
            f"meetingplace.{model}", holds, "so that people find the way in", "as long as the centre is here",
            fields, _nothing, _none))  # fmt: skip
    PERSONAL_DATA.add("meetingplace.shownhost", PersonalData(
        "meetingplace.ShownHost", "that a host stands on the page, by their own yes", "so that people know who is there",
        "until the host says no, and never shown after the role has ended", fields_of("ShownHost"),
        _exporter(ShownHost, "person", "centre__organisation__name", "words"), _deleter(ShownHost)))  # fmt: skip
    PERSONAL_DATA.add("meetingplace.booking", PersonalData(
        "meetingplace.Booking", "that somebody has booked a room or borrowed a thing", "so that two do not get the same time",
        "who it was is forgotten some days after, as the place has chosen: 1 to 365, at first 30",
        fields_of("Booking"),
        _exporter(Booking, "person", "resource__name", "starts_at", "ends_at", "cancelled_at", "out_at", "returned_at"),
        lambda person: forget_person(person=person), forget_who_booked))  # fmt: skip
    PERSONAL_DATA.add("meetingplace.wait", PersonalData(
        "meetingplace.Wait", "that somebody waits for a taken time", "so that the first who waits is asked first",
        "until it is offered, or the time has begun", fields_of("Wait"),
        _exporter(Wait, "person", "resource__name", "starts_at", "ends_at"), _deleter(Wait)))  # fmt: skip
    PERSONAL_DATA.add("meetingplace.introduction", PersonalData(
        "meetingplace.Introduction", "that somebody has asked to be shown a room, or has been",
        "so that they can use it alone", "as long as the room is there", fields_of("Introduction"),
        _exporter(Introduction, "person", "resource__name", "state", "asked_at", "answered_at"),
        _deleter(Introduction)))  # fmt: skip
    PERSONAL_DATA.add("meetingplace.guide", PersonalData(
        "meetingplace.Guide", "that somebody can show others a room", "so that those who ask know whom to ask",
        "until they say no", fields_of("Guide"), _exporter(Guide, "person", "resource__name"), _deleter(Guide)))  # fmt: skip
    PERSONAL_DATA.add("meetingplace.task", PersonalData(
        "meetingplace.Task", "a task or shift, and who took it", "so that the house gets done what it needs",
        "who did it is forgotten after a year", fields_of("Task"),
        _exporter(Task, "taken_by", "title", "on_date", "taken_at", "done_at"), _forget_tasks, forget_who_did))  # fmt: skip
    PERSONAL_DATA.add("meetingplace.handover", PersonalData(
        "meetingplace.Handover", "what one host tells the next, sealed", "so that the next host knows",
        "two weeks", fields_of("Handover"), _export_notes, _deleter(Handover, "by"),
        forget_old_notes))  # fmt: skip
