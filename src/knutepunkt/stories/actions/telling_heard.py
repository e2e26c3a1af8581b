"""What comes of a story that is shown: thanks that reach the teller, and how it is to have it there."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import people_with_role
from knutepunkt.stories.actions.telling import TELLER, keep_details, locked, tell, telling_of
from knutepunkt.stories.choices.item import Kind, State
from knutepunkt.stories.choices.telling import ASK_HOW_AFTER, AT_ONCE, Thanks
from knutepunkt.stories.models import Item, Published, ThankYou
from knutepunkt.web.notices import give_notice
from knutepunkt.web.trail import record


@transaction.atomic
def say_thanks(*, item: Item, which: str) -> None:
    """A reader says one of the ready thanks. Nothing of the reader is kept."""
    if not Published.objects.filter(item=locked(item)).exists():  # taken back in this very moment
        return
    row, _made = ThankYou.objects.get_or_create(item=item, which=Thanks(which).value)
    ThankYou.objects.filter(pk=row.pk).update(many=F("many") + 1)
    record("stories:item:thanked", by="reader", about=item.key)


def tell_of_thanks() -> int:
    """Tell those who told that readers have thanked them, gathered, so that no notice points at a reader. Returns how many."""
    told = 0
    new = ThankYou.objects.filter(many__gt=F("told")).select_related("item").order_by("item_id", "pk")
    by_item: dict[Any, list[ThankYou]] = {}
    for row in new[: AT_ONCE * 5]:
        by_item.setdefault(row.item_id, []).append(row)
    for rows in by_item.values():
        with transaction.atomic():
            ThankYou.objects.filter(pk__in=[row.pk for row in rows]).update(told=F("many"))
            tell(rows[0].item, "stories.thanks")
        told += 1
    return told


def ask_how_it_is() -> int:
    """Ask once, some weeks after a story came out, how it is to have it there. Returns how many were asked."""
    since = timezone.now() - ASK_HOW_AFTER
    rows = Item.objects.filter(state=State.PUBLISHED, kind=Kind.STORY, published_at__lte=since, telling__asked_how_on=None)
    asked = list(rows.select_related("telling").order_by("published_at")[:AT_ONCE])
    for row in asked:
        row.telling.asked_how_on = timezone.localdate()
        row.telling.save(update_fields=["asked_how_on"])
        tell(row, "stories.how-is-it")
    return len(asked)


@transaction.atomic
def answer_how(*, item: Item, words: str, shares: bool) -> None:
    """Keep how it is to have it out, for the teller alone, or also for the place's editors."""
    row = locked(item)
    telling = telling_of(row)
    keep_details(telling, row.key_owner, how=words)
    telling.answered_how_on, telling.shares_how = timezone.localdate(), shares
    telling.save()
    if shares and row.organisation_id is not None:
        for key in people_with_role(Role.EDITOR, [row.organisation_id]):
            if key != row.person_id:
                give_notice(key, "stories.how-answered", item=row.handle)
    record("stories:item:how-answered", by=TELLER, about=row.key)
