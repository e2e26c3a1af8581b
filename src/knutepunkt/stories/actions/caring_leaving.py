"""What follows, in the same transaction, when something is shown or taken away: the open lists, collections, uses elsewhere."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils import timezone

from knutepunkt.consent.actions import end_uses
from knutepunkt.stories.choices.caring import UseState
from knutepunkt.stories.models import CollectionPart, Item, OutsideUse, Published, Removed
from knutepunkt.web.jobs import queue_job
from knutepunkt.web.notices import give_notice


def when_put_out(shown: Published, *, was_open: bool) -> None:
    """Something is shown, or shown anew: the open lists hold it, or let it go where search engines may no longer have it."""
    if shown.may_be_found:
        Removed.objects.filter(handle=shown.handle).delete()
    elif was_open:
        note_removed(shown)


def note_removed(shown: Published) -> None:
    """Remember without a word that something lay open and does so no more."""
    Removed.objects.update_or_create(handle=shown.handle, defaults={"kind": shown.kind, "removed_at": timezone.now()})


def when_taken_down(shown: Published) -> None:
    """Something is taken away: out of the open lists and every collection, and all who use it elsewhere are told."""
    if shown.may_be_found:
        note_removed(shown)
    CollectionPart.objects.filter(item=shown.item_id).delete()
    end_uses(f"stories.item:{shown.item_id}")
    _tell_holders(OutsideUse.objects.filter(items__item=shown.item_id))


def when_purposes_lost(item: Item, purposes: Collection[str]) -> None:
    """The teller has said no to some purposes: uses for these end, and all who use it so elsewhere are told."""
    end_uses(item.key, purposes=set(purposes))
    _tell_holders(OutsideUse.objects.filter(items__item=item.pk, purpose__in=list(purposes)))


def _tell_holders(uses: QuerySet[OutsideUse]) -> None:
    told = Q(state=UseState.GRANTED) | Q(state=UseState.ENDED, packages__isnull=False)
    for use in uses.filter(told).distinct().order_by("pk"):
        if use.asker_id:
            give_notice(use.asker_id, "stories.use-taken-back", use=use.token)
        queue_job("stories.tell_holder", use=str(use.pk))
