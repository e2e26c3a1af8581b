"""What choosing holds of people: what a reader keeps, and what a text means."""

import json
from typing import Any

from knutepunkt.stories.methods.tasting import as_text
from knutepunkt.stories.models import Taste
from knutepunkt.stories.queries.choosing import taste_of
from knutepunkt.web.registers import PERSONAL_DATA, PersonalData


def _export_taste(person: Any) -> list[dict[str, Any]]:
    taste = taste_of(person)
    return [json.loads(as_text(taste))] if taste else []


def _erase_taste(person: Any) -> int:
    return Taste.objects.filter(person=person).delete()[0]


def _nothing(_person: Any) -> list[dict[str, Any]]:
    return []


def _none(_person: Any) -> int:
    return 0


def enter() -> None:
    """Enter its kinds of record."""
    PERSONAL_DATA.add("stories.taste", PersonalData(
        "stories.Taste", "what a reader has chosen and said to themselves about stories, sealed with their own key",
        "so that the next story offered can be their own choice", "as long as the reader wants it",
        {"id": "plain", "person": "personal", "content": "sensitive", "changed_on": "personal"}, _export_taste, _erase_taste))  # fmt: skip
    PERSONAL_DATA.add("stories.meaning", PersonalData(
        "stories.Meaning", "what a published text means, in numbers", "so that what is like it can be found", "as long as the text is shown",
        {"shown": "plain", "vector": "personal"}, _nothing, _none))  # fmt: skip
    PERSONAL_DATA.add("stories.signs", PersonalData(
        "stories.Signs", "the signs of the numbers in meanings, side by side", "so that the nearest are found quickly", "as long as the texts are shown",
        {"number": "plain", "present": "plain", "kept": "personal"}, _nothing, _none))  # fmt: skip
