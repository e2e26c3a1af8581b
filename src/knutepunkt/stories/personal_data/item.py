"""What the library holds of people, how long, and how it is exported and erased."""

from typing import Any

from knutepunkt.stories.actions.publishing import content_of
from knutepunkt.stories.actions.telling_leaving import forget_person
from knutepunkt.stories.models import Item
from knutepunkt.web.registers import PERSONAL_DATA, PersonalData
from knutepunkt.web.sealing import KeyGone


def _nothing(_person: Any) -> list[dict[str, Any]]:
    return []


def _none(_person: Any) -> int:
    return 0


def _export_items(person: Any) -> list[dict[str, Any]]:
    found = []
    for item in Item.objects.filter(person=person).order_by("made_on", "pk"):
        try:
            found.append({"handle": item.handle, "kind": item.kind, "state": item.state, "made_on": item.made_on, **content_of(item)})
        except KeyGone:
            continue
    return found


ITEM = {
    "id": "plain", "handle": "plain", "kind": "plain", "state": "plain", "organisation": "plain", "person": "personal",
    "told_as": "personal", "content": "sensitive", "version": "plain", "approved_version": "plain", "is_edited": "plain",
    "made_on": "personal", "sent_at": "personal", "rests_until": "plain", "published_at": "plain", "ended_at": "plain", "is_demo": "plain",
}  # fmt: skip
PUBLISHED = {
    "id": "plain", "item": "plain", "handle": "plain", "kind": "plain", "title": "personal", "summary": "personal", "text": "personal",
    "fields": "personal", "teller_name": "personal", "told_as": "personal", "is_edited": "plain", "language": "plain", "form": "plain",
    "words": "plain", "length": "plain", "terms": "personal", "notes": "personal", "region": "personal", "organisation": "plain",
    "may_be_found": "plain", "checked_on": "plain", "checked_by": "personal", "edition": "plain", "published_at": "plain",
    "changed_at": "plain", "is_demo": "plain",
}  # fmt: skip
ATTACHMENT = {"id": "plain", "item": "plain", "part": "plain", "stored": "sensitive", "name": "personal", "says": "sensitive", "position": "plain"}


def enter() -> None:
    """Enter the room's kinds of record in the register."""
    PERSONAL_DATA.add("stories.item", PersonalData(
        "stories.Item", "what somebody tells, and how far it has come; the words are sealed with the item's own key",
        "so that it can be told, worked with and taken back", "until it is taken back, or its consent has ended", ITEM, _export_items, forget_person))  # fmt: skip
    PERSONAL_DATA.add("stories.published", PersonalData(
        "stories.Published", "what readers see of an item, while they may", "so that it can be read and found", "until it is taken back, or its consent has ended",
        PUBLISHED, _nothing, _none))  # fmt: skip
    PERSONAL_DATA.add("stories.attachment", PersonalData(
        "stories.Attachment", "sound, pictures and files of an item, sealed", "so that it can be told in other ways than writing", "with the item",
        ATTACHMENT, _nothing, _none))  # fmt: skip
