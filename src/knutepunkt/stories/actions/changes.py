"""Editing together: an editor proposes, the one who tells takes it, writes it another way, or keeps what stood."""

import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from knutepunkt.stories.actions.publishing import content_of, keep_content
from knutepunkt.stories.actions.telling import TELLER, locked, tell
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.choices.telling import MOST_CHANGES, ChangeState, Decision, Field
from knutepunkt.stories.methods.contents import clean, tidy
from knutepunkt.stories.methods.telling import plain_of, put_in
from knutepunkt.stories.models import Change, Item
from knutepunkt.web.notices import give_notice
from knutepunkt.web.sealing import seal, unseal_own
from knutepunkt.web.trail import record


class MovedOn(Exception):
    """The words a change is about are not there any more, or it is decided already."""


class TooManyChanges(Exception):
    """More changes wait than anybody should have to read."""


def words_of(changes: list[Change], key_owner: str) -> list[dict[str, Any]]:
    """What each of some changes of one item says. One look-up of the key."""
    opened = unseal_own(key_owner, {row.field: bytes(row.sealed) for row in changes if row.sealed})
    return [json.loads(opened[row.field]) if row.sealed else {} for row in changes]


@transaction.atomic
def propose_change(*, by: Any, item: Item, field: str, place: int | None, old: str, new: str, why: str = "") -> Change:
    """Propose other words.

    Args:
        by: the editor, or whoever the teller writes with.
        item: a story they may see.
        field: which words (`choices.telling.Field`).
        place: the line in the text, or None for the whole field.
        old: what stands there now.
        new: what might stand there.
        why: a few words to the one who tells.

    Raises:
        MovedOn: the old words do not stand there.
        TooManyChanges: two hundred wait already.
    """
    row = locked(item)
    if row.state not in (State.DRAFT, State.SENT, State.EDITING):
        raise MovedOn
    words = content_of(row).get(Field(field).value, "")
    if put_in(words, place=place, old=old, new=new) is None:
        raise MovedOn
    if row.changes.filter(state=ChangeState.OPEN).count() >= MOST_CHANGES:
        raise TooManyChanges
    made = Change(item=row, by=by)
    said = {"field": field, "place": place, "old": old, "new": tidy(plain_of(new)), "why": tidy(plain_of(why))}
    made.sealed = seal(row.key_owner, made.field, json.dumps(said, ensure_ascii=False).encode())
    made.save()
    is_first = row.changes.filter(state=ChangeState.OPEN).count() == 1
    if row.state == State.SENT:
        row.state = State.EDITING
        row.save(update_fields=["state"])
    if is_first:
        tell(row, "stories.changes")
    record("stories:change:proposed", by=by, about=row.key)
    return made


@transaction.atomic
def take_back_change(*, by: Any, change: Change) -> None:
    """Whoever proposed a change takes it back before it is decided."""
    Change.objects.filter(pk=change.pk, state=ChangeState.OPEN).delete()
    record("stories:change:taken-back", by=by, about=change.item.key)


@transaction.atomic
def decide_change(*, item: Item, change: Change, decision: str, words: str = "") -> Item:
    """The one who tells decides: take it, write it another way, or keep what stood.

    Raises:
        MovedOn: it is decided already, or the old words are not there any more; then nothing is changed.
    """
    row = locked(item)
    mine = Change.objects.select_for_update().filter(pk=change.pk, state=ChangeState.OPEN).first()
    if mine is None:
        raise MovedOn
    said = words_of([mine], row.key_owner)[0]
    if decision == Decision.DECLINE:
        mine.state = ChangeState.DECLINED
    else:
        _put_in(row, said, said["new"] if decision == Decision.TAKE else tidy(plain_of(words)))
        mine.state = ChangeState.TAKEN if decision == Decision.TAKE else ChangeState.OWN
    mine.decided_at = timezone.now()
    mine.save(update_fields=["state", "decided_at"])
    if mine.by_id is not None and not row.changes.filter(state=ChangeState.OPEN).exists():
        give_notice(mine.by_id, "stories.decided", item=row.handle)
    record("stories:change:decided", by=TELLER, about=row.key, how=str(decision))
    return row


def _put_in(row: Item, said: dict[str, Any], new: str) -> None:
    content = content_of(row)
    after = put_in(content.get(said["field"], ""), place=said["place"], old=said["old"], new=new)
    if after is None:
        raise MovedOn
    content[said["field"]] = after
    keep_content(row, clean(row.kind, content))
    row.version, row.is_edited = row.version + 1, True
    row.save(update_fields=["content", "version", "is_edited"])
