"""Handing on what stands in the way, by the person's own yes: as a proposal to a centre, or as input to an inquiry."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from knutepunkt.journey.actions.keeping import change_note
from knutepunkt.web.registers import RECEIVERS, Received


@transaction.atomic
def hand_on(*, by: Any, note: Any, key: str, place: str, words: str) -> Received:
    """Hand words on to a room that takes them, and note on the person's own page where they went.

    Args:
        by: whose note it is.
        note: the opened note.
        key: which receiver in `web.registers.RECEIVERS`.
        place: one of the places it offers this person.
        words: the words as the person wants them there.

    Raises:
        KeyError, LookupError: no such receiver, or a place it does not offer this person.
    """
    receiver = RECEIVERS[key]
    if place not in {offered for offered, _name in receiver.places(by)}:
        raise LookupError(place)
    received = receiver.receive(by=by, place=place, words=words)
    content = {**note.content, "given_to": received.where[:200], "given_on": timezone.localdate().isoformat()}
    change_note(by=by, note=note.note, content=content)
    return received
