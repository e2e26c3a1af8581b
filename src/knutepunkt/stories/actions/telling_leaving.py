"""A story is made private, chosen anew for, taken back, thrown away; and what becomes of it when its teller goes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from knutepunkt.consent import actions as consent
from knutepunkt.consent.choices import Leaving, Purpose
from knutepunkt.consent.queries import answers_of, current_consent, history_of
from knutepunkt.stories.actions.publishing import hold_shown, keep_content
from knutepunkt.stories.actions.telling import TELLER, locked, telling_of
from knutepunkt.stories.actions.telling_consent import alone_with_it, empty, make_private
from knutepunkt.stories.choices.item import Kind, State
from knutepunkt.stories.choices.telling import AT_ONCE, DRAFT_KEPT, THROWN_AWAY
from knutepunkt.stories.methods.contents import clean
from knutepunkt.stories.models import Item
from knutepunkt.web.keystore.models import Gone
from knutepunkt.web.sealing import destroy_key, has_key
from knutepunkt.web.trail import record


def pull_back(*, item: Item) -> None:
    """Make it private again, and keep it: out of the desk, the rest and the library. The ledger notes the no, also for a restore."""
    current = current_consent(item.key)
    if current is None:
        with transaction.atomic():
            make_private(locked(item))
            record("stories:item:private", by=TELLER, about=item.key)
        return
    given = {value: yes for value, _label, yes in answers_of(current)}
    consent.change_purposes(by=TELLER, subject=item.key, purposes={**given, Purpose.LIBRARY.value: False})


@transaction.atomic
def choose(*, item: Item, purposes: Mapping[str, bool], until_on: date, stays: bool) -> None:
    """Say anew what it may be used for, and until when.

    Raises:
        NothingToWithdraw: there is no consent in force.
    """
    made = consent.change_purposes(by=TELLER, subject=item.key, purposes=purposes)
    if until_on != made.until_on:
        consent.give_consent(
            by=TELLER, subject=item.key, responsible=made.responsible, purposes=purposes, wording=made.wording, until_on=until_on,
            how=made.how, giver=made.giver, witness_name=made.witness_name,
        )  # fmt: skip
    telling = telling_of(item)
    telling.stays = stays
    telling.save()


def take_back(*, item: Item) -> None:
    """Take a story back for good. What was never agreed to is thrown away without a trace but that it is gone."""
    if _was_withdrawn(item):
        return
    Gone.objects.get_or_create(what=THROWN_AWAY, key=str(item.pk))
    if not _throw_away(item):  # it was sent in this very moment
        _was_withdrawn(item)
    destroy_key(item.key_owner)


def _was_withdrawn(item: Item) -> bool:
    if current_consent(item.key) is None:
        return False
    try:
        consent.withdraw_consent(by=TELLER, subject=item.key, how=Leaving.DELETE)
    except consent.NothingToWithdraw:  # taken back by another hand meanwhile
        return False
    return True


@transaction.atomic
def _throw_away(item: Item) -> bool:
    """Throw away what nobody has agreed to. Says whether it is gone: not where it has been sent meanwhile."""
    consent.hold_consent(item.key)
    row = Item.objects.select_for_update().filter(pk=item.pk).first()
    if row is None:
        return True
    if current_consent(row.key) is not None:
        return False
    empty(row)
    consent.end_uses(row.key)
    if not history_of(row.key).exists():
        consent.end_receipts(row.key)
        row.delete()
    record("stories:item:thrown-away", by=TELLER, about=f"stories.item:{item.pk}")
    return True


def replay_thrown_away() -> int:
    """After a restore: throw away again what the key store knows as thrown away. Returns how many."""
    keys = list(Gone.objects.filter(what=THROWN_AWAY).values_list("key", flat=True))
    rows = list(Item.objects.filter(pk__in=keys).exclude(state=State.TAKEN_BACK))
    for row in rows:
        take_back(item=row)
    return len(rows)


def forget_person(person: Any) -> int:
    """A person is erased: stories stay without them where they said so and the consent holds; all others go."""
    rows = list(Item.objects.filter(person=person, kind=Kind.STORY).select_related("telling"))
    for row in rows:
        stays = row.state == State.PUBLISHED and telling_of(row).stays and current_consent(row.key) is not None
        if stays:
            _let_stay(row)
        elif row.state != State.TAKEN_BACK:
            take_back(item=row)
    return Item.objects.filter(person=person).update(person=None) or len(rows)


@transaction.atomic
def _let_stay(item: Item) -> None:
    """What readers see stays without its teller; what only the teller had beside it goes: later words, changes, private answers."""
    row = locked(item)
    shown = hold_shown(row)
    if shown is None:
        return
    alone_with_it(row)
    row.changes.all().delete()
    telling = telling_of(row)
    telling.sealed, telling.digest, telling.shares_how = b"", "", False
    telling.save()
    names = ("title", "summary", "text", "teller_name", "language", "form", "terms", "notes", "region")
    keep_content(row, clean(row.kind, {name: getattr(shown, name) for name in names} | shown.fields))
    row.version = row.approved_version or row.version
    row.save(update_fields=["content", "version"])


def throw_away_old_drafts() -> int:
    """Throw away drafts nobody has touched for more than a year. Returns how many."""
    before = timezone.localdate() - DRAFT_KEPT
    rows = Item.objects.filter(state=State.DRAFT, kind=Kind.STORY, telling__touched_on__lt=before, is_demo=False)
    old = list(rows.order_by("pk")[:AT_ONCE])
    for row in old:
        if not has_key(row.key_owner) or current_consent(row.key) is None:
            take_back(item=row)
    return len(old)
