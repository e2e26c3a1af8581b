"""Putting something in the library, and taking it out again: the only places where `Published` is made and deleted."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from knutepunkt.stories.actions.caring_leaving import when_put_out, when_taken_down
from knutepunkt.stories.actions.indexing import drop_item, index_item
from knutepunkt.stories.choices.item import State, length_of
from knutepunkt.stories.methods.contents import OF_KIND, count_words
from knutepunkt.stories.models import Item, Published
from knutepunkt.web.sealing import KeyGone, seal, unseal, unseal_each


def keep_content(item: Item, content: dict[str, Any]) -> None:
    """Seal a cleaned content as the item's working words; the caller saves the row."""
    item.content = seal(item.key_owner, item.field, json.dumps(content, ensure_ascii=False).encode())


def content_of(item: Item) -> dict[str, Any]:
    """The item's working words; empty before anything is written.

    Raises:
        KeyGone: the words have been taken back for good.
    """
    return json.loads(unseal(item.key_owner, item.field, bytes(item.content))) if item.content else {}


def words_or_none(item: Item) -> dict[str, Any]:
    """The words, or nothing where they have been taken back."""
    try:
        return content_of(item)
    except KeyGone:
        return {}


def titles_of(items: Iterable[Item]) -> dict[Any, str]:
    """What each of some items is called, by its key; empty where the words are gone. One query, however many."""
    rows = list(items)
    opened = unseal_each({(row.key_owner, row.field): bytes(row.content) for row in rows if row.content})
    return {row.pk: json.loads(opened.get((row.key_owner, row.field), b"{}")).get("title", "") for row in rows}


@transaction.atomic
def put_out(item: Item, *, may_be_found: bool, checked_by: str = "", checked_on: Any = None) -> Published:
    """Show the item's words as they stand now to readers, and let them be found. Inside the caller's transaction.

    The caller has made sure that the one who tells has said yes to exactly this version, or that the item is of a kind no person tells.
    """
    words, now = content_of(item), timezone.now()
    before = hold_shown(item)
    number = count_words(words["text"]) + sum(count_words(words[f.name]) for f in OF_KIND[item.kind])
    shown, _made = Published.objects.update_or_create(
        item=item,
        defaults={
            "handle": item.handle, "kind": item.kind, "title": words["title"], "summary": words["summary"], "text": words["text"],
            "fields": {f.name: words[f.name] for f in OF_KIND[item.kind]} | {k: words[k] for k in ("film_url", "dialect")}
            | {"files": [str(one) for one in item.attachments.values_list("stored_id", flat=True)]},
            "teller_name": words["teller_name"], "told_as": item.told_as, "is_edited": item.is_edited,
            "language": words["language"], "form": words["form"], "words": number, "length": length_of(number),
            "terms": words["terms"], "notes": words["notes"], "region": words["region"], "organisation_id": item.organisation_id,
            "may_be_found": may_be_found, "checked_by": checked_by, "checked_on": checked_on,
            "edition": before.edition + 1 if before else 1, "published_at": before.published_at if before else now, "is_demo": item.is_demo,
        },
    )  # fmt: skip
    item.state, item.published_at = State.PUBLISHED, shown.published_at
    item.save(update_fields=["state", "published_at"])
    index_item(shown)
    when_put_out(shown, was_open=before is not None and before.may_be_found)
    return shown


@transaction.atomic
def let_be_found(item: Item, may_be_found: bool) -> None:
    """Let search engines and open lists have what is shown, or no more, at once. Inside the caller's transaction."""
    shown = hold_shown(item)
    if shown is not None and shown.may_be_found != may_be_found:
        shown.may_be_found = may_be_found
        shown.save(update_fields=["may_be_found", "changed_at"])
        when_put_out(shown, was_open=not may_be_found)


def hold_shown(item: Item) -> Published | None:
    """What is shown of an item, held until the transaction ends; always after the item itself, and before the indexes.

    So whoever hands it out, uses it or works out its meaning is done, and is seen, before it is taken away.
    """
    return Published.objects.select_for_update(of=("self",), no_key=True).filter(item=item).first()


@transaction.atomic
def take_down(item: Item) -> bool:
    """Take the item away from readers and out of every index, at once. Says whether it was there."""
    shown = hold_shown(item)
    if shown is None:
        return False
    drop_item(shown)
    when_taken_down(shown)
    shown.delete()
    return True
