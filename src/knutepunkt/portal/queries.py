"""What the front door shows, gathered from the registers and from the rooms below."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from knutepunkt.themes.queries import HelplineShown, current_helplines
from knutepunkt.web.models import SearchEntry
from knutepunkt.web.notices import notices_of
from knutepunkt.web.registers import NEXT_STEPS, NOTICES, Given
from knutepunkt.web.search import PUBLIC

SHOWN_NOTICES, READ_NOTICES = 10, 30
SHOWN_REPORTS = 3
REPORTS = ("inquiry.report",)


@dataclass(frozen=True)
class NoticeLine:
    """A notice in words, with where it leads."""

    text: str
    url: str
    at: Any
    is_new: bool


def next_steps_of(person: Any) -> list[Given]:
    """What waits for a person, from all rooms."""
    return [step for steps in NEXT_STEPS for step in steps(person)]


def notice_lines_of(person: Any) -> list[NoticeLine]:
    """A person's latest notices, what says the same about the same once; a kind no room answers for any longer is left out."""
    lines: dict[tuple[str, str], NoticeLine] = {}
    for row in notices_of(person)[:READ_NOTICES]:
        kind = NOTICES.get(row.kind)
        if kind is not None:
            line = NoticeLine(kind.text(row.facts), kind.url(row.facts), row.at, row.read_at is None)
            lines.setdefault((line.text, line.url), line)
    return list(lines.values())[:SHOWN_NOTICES]


def helplines() -> list[HelplineShown]:
    """Helplines with a cited source, in their order."""
    return current_helplines()


def latest_reports() -> list[SearchEntry]:
    """The latest published reports, as the rooms have entered them in the search index for everyone."""
    rows = SearchEntry.objects.filter(kind__in=REPORTS, audience=PUBLIC, part_of__gt="")
    return list(rows.order_by("-pk")[:SHOWN_REPORTS])


def address_or_nothing(name: str) -> str:
    """An address of another room, or nothing while the room has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
