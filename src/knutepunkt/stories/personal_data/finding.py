"""What finding and reading holds of people beside the items themselves."""

from typing import Any

from knutepunkt.stories.models import Spared
from knutepunkt.stories.queries.finding import spared_with_account
from knutepunkt.web.registers import PERSONAL_DATA, PersonalData

WHY = "so that what is published can be found"
HOW_LONG = "exactly as long as the item is published"


def _nothing(_person: Any) -> list[dict[str, Any]]:
    return []


def _none(_person: Any) -> int:
    return 0


def _export_spared(person: Any) -> list[dict[str, Any]]:
    choices = spared_with_account(person)
    return [choices.as_data()] if choices else []


def _erase_spared(person: Any) -> int:
    return Spared.objects.filter(person_id=person.pk).delete()[0]


def enter() -> None:
    """Enter its kinds of record."""
    PERSONAL_DATA.add("stories.spared", PersonalData(
        "stories.Spared", "what a reader does not want to meet, sealed with their own key", "so that nobody meets it unasked", "until the person changes it",
        {"id": "plain", "person": "personal", "content": "sensitive"}, _export_spared, _erase_spared))  # fmt: skip
    PERSONAL_DATA.add("stories.posting", PersonalData(
        "stories.Posting", "in which published items a word stands", WHY, HOW_LONG,
        {"id": "plain", "stem": "personal", "block": "plain", "items": "plain"}, _nothing, _none))  # fmt: skip
    PERSONAL_DATA.add("stories.block", PersonalData(
        "stories.Block", "what published items are sorted by, as sets", WHY, HOW_LONG, {"number": "plain", "version": "plain", "facets": "personal"}, _nothing, _none))  # fmt: skip
    PERSONAL_DATA.add("stories.word", PersonalData(
        "stories.Word", "words that stand in published items, and in how many", WHY, HOW_LONG,
        {"word": "personal", "stem": "personal", "sound": "personal", "items": "plain"}, _nothing, _none))  # fmt: skip
    PERSONAL_DATA.add("stories.entered", PersonalData(
        "stories.Entered", "the words a published item is entered under", WHY, HOW_LONG, {"shown": "plain", "words": "personal"}, _nothing, _none))  # fmt: skip
