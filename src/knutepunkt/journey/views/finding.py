"""How the pages find their object: always among the person's own; what is shut leads to where it is opened."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from knutepunkt.journey.methods.scales import Scale, scales_in
from knutepunkt.journey.models import Share
from knutepunkt.journey.queries.own import Opened, has_begun, note_of, notes_of, settings_in, shares_of
from knutepunkt.people.queries import StillShut
from knutepunkt.web.sealing import KeyGone

ALWAYS = ("settings",)


@dataclass
class Journey:
    """A person's journey as a page needs it: the notes it asked for, what was chosen, and who sees what."""

    person: Any
    notes: list[Opened]
    shares: list[Share]

    def of(self, kind: str) -> list[Opened]:
        """The notes of one kind, oldest first."""
        return [note for note in self.notes if note.kind == kind]

    def only(self, kind: str) -> Opened | None:
        """The one note of a kind a person has one of."""
        return next(iter(self.of(kind)), None)

    @cached_property
    def settings(self) -> dict[str, Any]:
        """What the person has chosen."""
        return settings_in(self.notes)

    @property
    def has_begun(self) -> bool:
        """Whether the person has chosen what the journey has."""
        return has_begun(self.notes)

    @property
    def scales(self) -> list[Scale]:
        """The scales a check-in asks."""
        return scales_in(self.notes, hides_chime=self.settings["hides_chime"])

    def seen_by(self, part: str) -> list[Share]:
        """Those who see a part today."""
        return [share for share in self.shares if part in share.parts and not share.only_by_signal]


def journey(
    *kinds: str, made_today: str = "", checkins_since: Callable[[HttpRequest], date | None] | None = None
) -> Callable[..., Journey | HttpResponse]:
    """Find the person's journey with notes of these kinds, or all; and those of one more kind that were made today.

    `checkins_since` tells from the address how far back check-ins are asked for; None is all the way.
    """

    def find(request: HttpRequest, **_values: Any) -> Journey | HttpResponse:
        since = checkins_since(request) if checkins_since else None
        try:
            notes = notes_of(
                request.user, *kinds, *(ALWAYS if kinds else ()), made_today=made_today, checkins_since=since
            )
        except StillShut:
            return redirect("people:reopen")
        except KeyGone as gone:  # erased, and the data put back from a backup: nothing opens any more
            raise Http404 from gone
        return Journey(request.user, notes, shares_of(request.user))

    return find


def note(*kinds: str) -> Callable[..., Opened | HttpResponse]:
    """Find one of the person's own notes, of one of these kinds."""

    def find(request: HttpRequest, note_id: UUID, **_values: Any) -> Opened | HttpResponse:
        try:
            found = note_of(request.user, note_id, *kinds)
        except StillShut:
            return redirect("people:reopen")
        except KeyGone as gone:
            raise Http404 from gone
        if found is None:
            raise Http404
        return found

    return find


def note_within(kind: str, *also: str) -> Callable[..., Opened | HttpResponse]:
    """Find one of the person's own notes together with the journey around it, as `.journey`, in one go."""

    def find(request: HttpRequest, note_id: UUID, **_values: Any) -> Opened | HttpResponse:
        try:
            notes = notes_of(request.user, *also, *ALWAYS, beside=note_id)
        except StillShut:
            return redirect("people:reopen")
        except KeyGone as gone:
            raise Http404 from gone
        found = next((one for one in notes if one.id == note_id and one.kind == kind), None)
        if found is None:
            raise Http404
        object.__setattr__(found, "journey", Journey(request.user, notes, shares_of(request.user)))
        return found

    return find
