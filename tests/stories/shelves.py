"""Published things for tests of finding, made by the room's own way of publishing."""

from typing import Any

from knutepunkt.stories.actions.publishing import keep_content, put_out
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.methods.contents import clean
from knutepunkt.stories.models import Item, Published
from knutepunkt.themes.actions import load_vocabularies
from tests.stories.collection import TEXTS

KINDS = {"s": "story", "e": "example", "m": "method", "r": "research"}


def put(title: str, text: str = "", *, kind: str = "story", may_be_found: bool = False, **facts: Any) -> Published:
    """Publish something."""
    item = Item(kind=kind, state=State.SENT, **{k: facts.pop(k) for k in ("person", "organisation", "told_as", "is_edited") if k in facts})
    item.save()
    keep_content(item, clean(kind, {"title": title, "text": text, **facts}))
    item.save()
    return put_out(item, may_be_found=may_be_found)


def whole_collection() -> dict[str, Published]:
    """All texts of the written collection, by their key, sorted by the library's own words."""
    load_vocabularies()
    found = {}
    for line in TEXTS.split("\n"):
        key, kind, language, sorting, title, text = line.split("|")
        terms, _, notes = sorting.partition(";")
        found[key] = put(
            title, text, kind=KINDS[kind], language=language, terms=[f"library:{term}" for term in terms.split(",")],
            notes=notes.split(",") if notes else [],
        )  # fmt: skip
    return found
