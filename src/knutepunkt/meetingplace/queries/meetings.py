"""Reads of house meetings."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from knutepunkt.meetingplace.choices.voice import UNDECIDED
from knutepunkt.meetingplace.models import (
    AgendaItem,
    Centre,
    HouseMeeting,
    Proposal,
    Step,
    Undertaking,
    Willing,
)
from knutepunkt.meetingplace.queries.voice import Speaker

MOST_ITEMS = 100


@dataclass(frozen=True)
class CouldChair:
    """Somebody who has said yes to chairing, and when they last did."""

    person: Any
    last_at: Any


def meetings_of(centre: Centre) -> QuerySet[HouseMeeting]:
    """The centre's house meetings."""
    return HouseMeeting.objects.filter(centre=centre)


def meeting_at(centre: Centre, meeting_id: int) -> HouseMeeting | None:
    """One meeting."""
    return HouseMeeting.objects.filter(centre=centre, pk=meeting_id).first()


def agenda_of(meeting: HouseMeeting) -> list[AgendaItem]:
    """What is to be talked about, in the order it was added. One query."""
    return list(AgendaItem.objects.filter(meeting=meeting).select_related("proposal").order_by("pk")[:MOST_ITEMS])


def item_at(meeting: HouseMeeting, item_id: int) -> AgendaItem | None:
    """One thing on the agenda."""
    return AgendaItem.objects.filter(meeting=meeting, pk=item_id).first()


def tasks_of(meeting: HouseMeeting) -> list[Undertaking]:
    """Who took on what. One query."""
    return list(Undertaking.objects.filter(meeting=meeting).order_by("pk")[:MOST_ITEMS])


def decisions_of(meeting: HouseMeeting) -> list[Step]:
    """What was decided about proposals there, hidden ones left out. One query."""
    rows = Step.objects.filter(meeting=meeting, proposal__is_hidden=False).exclude(outcome="")
    return list(rows.select_related("proposal").order_by("pk")[:MOST_ITEMS])


def could_chair(centre: Centre) -> list[CouldChair]:
    """Those who said yes, the one who has not chaired for longest first; who never has comes before all. One query."""
    rows = Willing.objects.filter(centre=centre).select_related("person")
    led = Max("person__meetingplace_chaired__starts_at", filter=Q(person__meetingplace_chaired__centre=centre))
    never = datetime(1970, 1, 1, tzinfo=UTC)
    found = [CouldChair(row.person, row.last_at) for row in rows.annotate(last_at=led)[:200]]
    return sorted(found, key=lambda one: (one.last_at or never, one.person.chosen_name))


def is_willing(speaker: Speaker | None, centre: Centre) -> bool:
    """Whether this speaker has said that they can chair."""
    return bool(speaker and speaker.person) and Willing.objects.filter(centre=centre, person=speaker.person).exists()  # type: ignore[union-attr]


def ready_for_meeting(centre: Centre) -> list[tuple[str, str]]:
    """Proposals one could take up, those sent to the house meeting first; as choices. One query."""
    rows = Proposal.objects.filter(centre=centre, is_hidden=False, state__in=UNDECIDED).order_by("-pk")[:200]
    return [(str(row.pk), f"{row.number}. {row.name}") for row in sorted(rows, key=lambda r: r.state != "meeting")]
