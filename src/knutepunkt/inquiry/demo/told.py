"""A story while it is told: the inquiry it has become, who is in it, and its days."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from knutepunkt.inquiry.models import Inquiry, Meeting, Participant

LEAD, SECOND, SERVICE = "demo-brukerevaluator", "demo-brukerevaluator-to", "demo-tjenesteleder"


@dataclass
class Told:
    """A story while it is told: the inquiry it has become, and who and where."""

    story: dict[str, Any]
    people: dict[str, Any]
    inquiry: Inquiry
    meetings: dict[str, Meeting] = field(default_factory=dict)
    participants: dict[str, Participant] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    @property
    def lead(self) -> Any:
        """Who leads the team."""
        return self.people[self.story["team"][0]["handle"]]

    def rows(self, name: str) -> list[dict[str, Any]]:
        """A list in the story, empty where it has none."""
        return list(self.story.get(name, []))


def on_day(days: float) -> date:
    """The date so many days before the real today, whatever day the demo's clock stands on."""
    return datetime.now(tz=timezone.get_default_timezone()).date() - timedelta(days=days)
