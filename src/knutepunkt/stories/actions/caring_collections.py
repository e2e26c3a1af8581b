"""Collections: made, ordered and shown by editors; each story in one is a use its teller can see."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from knutepunkt.consent.actions import end_uses, note_use
from knutepunkt.consent.choices import Purpose
from knutepunkt.stories.choices.caring import MOST_IN_COLLECTION
from knutepunkt.stories.choices.item import Kind
from knutepunkt.stories.methods.contents import tidy
from knutepunkt.stories.models import Collection, CollectionPart, Item, Published
from knutepunkt.web.trail import record


class CollectionStale(Exception):
    """Somebody saved after the page was opened; `now` is the collection as it is."""

    def __init__(self, now: Collection) -> None:
        super().__init__()
        self.now = now


@transaction.atomic
def begin_collection(*, by: Any, organisation: Any, title: str, why: str = "") -> Collection:
    """Begin a collection; it is shown when its editor says so."""
    made = Collection.objects.create(organisation=organisation, title=tidy(title)[:120], why=tidy(why)[:2000])
    record("stories:collection:begun", by=by, about=made.key)
    return made


@transaction.atomic
def write_collection(
    *, by: Any, collection: Collection, version: int, title: str, why: str, handles: list[str], is_shown: bool
) -> Collection:
    """Say anew what a collection is called, why, what stands in it in which order, and whether it is shown.

    Only what readers may see now is taken in; each story taken in or out is told in the ledger of uses.

    Raises:
        CollectionStale: it is of a newer version; nothing was saved.
    """
    row = Collection.objects.select_for_update(of=("self",)).get(pk=collection.pk)
    if row.version != version:
        raise CollectionStale(row)
    wanted = list(dict.fromkeys(handles))[:MOST_IN_COLLECTION]
    before = _held(row, wanted)
    shown = {one.handle: one for one in Published.objects.select_for_update(of=("self",)).filter(handle__in=wanted).select_related("item").order_by("pk")}
    CollectionPart.objects.filter(collection=row).delete()
    kept = [shown[handle] for handle in wanted if handle in shown]
    CollectionPart.objects.bulk_create(CollectionPart(collection=row, item_id=one.item_id, position=n) for n, one in enumerate(kept, 1))
    row.title, row.why, row.is_shown, row.version = tidy(title)[:120], tidy(why)[:2000], is_shown, row.version + 1
    row.save(update_fields=["title", "why", "is_shown", "version", "changed_at"])
    _tell_ledger(row, kept, before)
    record("stories:collection:written", by=by, about=row.key, items=len(kept))
    return row


def _held(row: Collection, wanted: list[str]) -> dict[Any, Any]:
    """What stands in a collection, by key, with all it concerns held: items first, as whoever takes one away does."""
    there = Q(handle__in=wanted) | Q(collected__collection=row.pk)
    keys = list(Item.objects.filter(there).values_list("pk", flat=True))
    held = {item.pk: item for item in Item.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    parts = CollectionPart.objects.filter(collection=row).order_by("pk").values_list("item_id", flat=True)
    return {pk: held[pk] for pk in parts if pk in held}


def _tell_ledger(row: Collection, kept: list[Published], before: dict[Any, Any]) -> None:
    """Enter stories that stand in a shown collection as uses, and end those that stand there no more."""
    there = {one.item_id for one in kept} if row.is_shown else set()
    for item_id, item in before.items():
        if item_id not in there and item.kind == Kind.STORY:
            end_uses(item.key, place=row.place_key)
    for one in kept:
        if one.item_id in there and one.kind == Kind.STORY:
            note_use(subject=one.item.key, purpose=Purpose.LIBRARY, place=row.place_key, label=row.title,
                     url=reverse("stories:collection", args=[row.handle]))  # fmt: skip


@transaction.atomic
def delete_collection(*, by: Any, collection: Collection) -> None:
    """Take a collection away for good; what stood in it stays in the library."""
    Collection.objects.select_for_update(of=("self",)).get(pk=collection.pk)
    before = _held(collection, [])
    collection.is_shown = False
    _tell_ledger(collection, [], before)
    record("stories:collection:deleted", by=by, about=collection.key)
    collection.delete()
