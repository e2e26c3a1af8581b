"""What happens once a story is sent: accepted, resting, shown, thanked, asked about, changed, taken back."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.consent import actions as consent
from knutepunkt.consent.choices import Leaving, Purpose
from knutepunkt.consent.queries import (
    answers_of,
    consents_ending,
    current_consent,
    history_of,
    purposes_given,
    subjects_agreeing,
)
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import people_with_role
from knutepunkt.stories.actions.caring_leaving import when_purposes_lost
from knutepunkt.stories.actions.publishing import (
    content_of,
    hold_shown,
    keep_content,
    let_be_found,
    put_out,
    take_down,
)
from knutepunkt.stories.actions.telling import TELLER, keep_details, locked, says_of, tell, telling_of
from knutepunkt.stories.choices.item import Kind, State
from knutepunkt.stories.choices.telling import (
    ASK_HOW_AFTER,
    DRAFT_KEPT,
    ON_DESK,
    REMIND_BEFORE,
    THROWN_AWAY,
    ChangeState,
    Thanks,
)
from knutepunkt.stories.methods.contents import clean
from knutepunkt.stories.models import Item, Published, ThankYou
from knutepunkt.stories.queries.telling import address_of, item_of
from knutepunkt.web.files import remove_file
from knutepunkt.web.jobs import queue_job
from knutepunkt.web.keystore.models import Gone
from knutepunkt.web.models import StoredFile
from knutepunkt.web.notices import give_notice
from knutepunkt.web.registers import Surface
from knutepunkt.web.sealing import KeyGone, destroy_key, has_key, unseal_each
from knutepunkt.web.trail import record

AT_ONCE = 500


class NotOnDesk(Exception):
    """The story is not with the desk now, so it cannot be taken in."""


class StillOpen(Exception):
    """Changes wait for the one who tells."""


class NoConsent(Exception):
    """There is no consent in force."""


# -- from the desk to the library ---------------------------------------------------------------------
@transaction.atomic
def accept_item(*, by: Any, item: Item) -> Item:
    """The desk takes a story in: it rests for as long as its teller chose, and is then shown if their yes still stands.

    Raises:
        NotOnDesk: it is not with the desk.
        StillOpen: a proposed change waits for an answer.
        NoConsent: its consent has ended, or does not hold for the library.
    """
    row = locked(item)
    if row.state not in ON_DESK:
        raise NotOnDesk
    if row.changes.filter(state=ChangeState.OPEN).exists():
        raise StillOpen
    if Purpose.LIBRARY not in purposes_given(row.key):
        raise NoConsent
    rest = timedelta(days=telling_of(row).rest_days)
    row.state, row.rests_until = State.RESTING, timezone.now() + rest
    row.save(update_fields=["state", "rests_until"])
    queue_job("stories.publish", after=rest + timedelta(minutes=1), item=str(row.pk))
    tell(row, "stories.accepted" if row.approved_version == row.version else "stories.say-yes")
    record("stories:item:accepted", by=by, about=row.key)
    return row


def publish_one(pk: Any) -> bool:
    """Show a story that has rested, if its teller's yes to exactly this version still stands. Says whether it is shown now."""
    with transaction.atomic():
        row = Item.objects.select_for_update().filter(pk=pk, state=State.RESTING).first()
        if row is None or row.rests_until is None or row.rests_until > timezone.now() or row.approved_version != row.version:
            return False
        given = purposes_given(row.key)
        if Purpose.LIBRARY not in given:
            return False
        put_out(row, may_be_found=Purpose.PUBLIC_WEB in given)
        tell(row, "stories.published")
        record("stories:item:published", by="job", about=row.key)
    return True


def publish_rested() -> int:
    """Show every story that has rested. Returns how many."""
    due = Item.objects.filter(state=State.RESTING, rests_until__lte=timezone.now()).order_by("rests_until", "pk")
    return sum(publish_one(pk) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def rest_longer(*, item: Item, days: int) -> Item:
    """Let it rest for so many days more. Only while it rests."""
    row = locked(item)
    if row.state != State.RESTING or row.rests_until is None:
        raise NotOnDesk
    row.rests_until += timedelta(days=days)
    row.save(update_fields=["rests_until"])
    queue_job("stories.publish", after=row.rests_until - timezone.now() + timedelta(minutes=1), item=str(row.pk))
    record("stories:item:rests-longer", by=TELLER, about=row.key, days=days)
    return row


# -- choices, and taking back -------------------------------------------------------------------------
def pull_back(*, item: Item) -> None:
    """Make it private again, and keep it: out of the desk, the rest and the library. The ledger notes the no, also for a restore."""
    current = current_consent(item.key)
    if current is None:
        with transaction.atomic():
            _make_private(locked(item))
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


def hold(subject: str) -> None:
    """Take hold of a story, then of what is shown of it, until the transaction ends."""
    row = Item.objects.select_for_update().filter(pk=subject.partition(":")[2]).first()
    if row is not None:
        hold_shown(row)


def choices_changed(subject: str) -> None:
    """The ledger has new answers: search engines may have it, or may not, from now on. It is held already (`hold`)."""
    row = item_of(subject)
    if row is not None:
        let_be_found(row, Purpose.PUBLIC_WEB in purposes_given(subject))


def refuse_words(subject: str, *, by: Any, purposes: set[str] | None = None) -> None:
    """Within the transaction of a withdrawal: nobody can read it when this returns.

    A no to the library makes the words private again. A no to another purpose ends the uses of that kind, and their holders
    are told. All taken back: words, files, changes and thanks go, and the key.
    """
    row = Item.objects.select_for_update().filter(pk=subject.partition(":")[2]).first()
    if row is None:
        return
    if purposes is None:
        _empty(row)
    elif Purpose.LIBRARY in purposes:
        _make_private(row)
        record("stories:item:private", by=by, about=row.key)
    else:
        when_purposes_lost(row, purposes)


def _make_private(row: Item) -> None:
    take_down(row)
    if row.state != State.TAKEN_BACK:
        row.state, row.approved_version, row.rests_until = State.DRAFT, None, None
        row.save(update_fields=["state", "approved_version", "rests_until"])
    _alone_with_it(row)


def _alone_with_it(row: Item) -> None:
    """Nobody else sees the working words from now on, whoever wrote along."""
    telling = telling_of(row)
    telling.partner, telling.wants_company = None, False
    telling.save(update_fields=["partner", "wants_company", "touched_on"])


def _empty(row: Item) -> None:
    """Take everything away but that there was something."""
    take_down(row)
    row.changes.all().delete()
    row.thanks.all().delete()
    for stored in StoredFile.objects.filter(owner=row.key_owner):
        remove_file(stored)
    telling = telling_of(row)
    telling.sealed, telling.digest, telling.partner, telling.wants_company, telling.other_said = b"", "", None, False, ""
    telling.save()
    row.content, row.state, row.ended_at = b"", State.TAKEN_BACK, row.ended_at or timezone.now()
    row.approved_version, row.rests_until = None, None
    row.save()
    owner = row.key_owner
    transaction.on_commit(lambda: destroy_key(owner))


def clean_up(subject: str) -> None:
    """The job after a withdrawal: the key goes, should it still be there, and what is left on disk."""
    row = item_of(subject)
    if row is None or row.state != State.TAKEN_BACK:
        return
    destroy_key(row.key_owner)
    for stored in StoredFile.objects.filter(owner=row.key_owner):
        remove_file(stored)


def leave(subject: str) -> None:
    """Let the teller go while the story stays: nobody is asked any more, and it ends with its consent."""
    Item.objects.filter(pk=subject.partition(":")[2]).update(person=None)


def surfaces(subject: str) -> list[Surface]:
    """Where the library itself shows it, and what cannot be called back."""
    shown = Published.objects.filter(item_id=subject.partition(":")[2]).first()
    if shown is None:
        return []
    lines = [Surface(_("Erfaringsbiblioteket"), address_of(shown), can_be_called_back=True)]
    if shown.may_be_found:
        note = _("De får vite at siden er borte. Det kan ta noen uker før de glemmer den. Kopier andre har tatt, når vi ikke.")
        lines.append(Surface(_("Søkemotorer"), "", can_be_called_back=False, note=note))
    return lines


def title_of(subject: str) -> str:
    """What it is called, for its own teller."""
    row = item_of(subject)
    return words_or_none(row).get("title", "") if row else ""


def titles_of(items: Iterable[Item]) -> dict[Any, str]:
    """What each of some items is called, by its key; empty where the words are gone. One query, however many."""
    rows = list(items)
    opened = unseal_each({(row.key_owner, row.field): bytes(row.content) for row in rows if row.content})
    return {row.pk: json.loads(opened.get((row.key_owner, row.field), b"{}")).get("title", "") for row in rows}


def words_or_none(item: Item) -> dict[str, Any]:
    """The words, or nothing where they have been taken back."""
    try:
        return content_of(item)
    except KeyGone:
        return {}


def export_of(subject: str) -> dict[str, Any]:
    """All of it, as plain data, for its own teller."""
    row = item_of(subject)
    words = words_or_none(row) if row else {}
    if row is None or not words:
        return {}
    files = [{"part": f.part, "says": says_of(f, row.key_owner)} for f in row.attachments.all()]
    return {"handle": row.handle, "state": row.state, "made_on": row.made_on, **words, "files": files}


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
    _empty(row)
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
    _alone_with_it(row)
    row.changes.all().delete()
    telling = telling_of(row)
    telling.sealed, telling.digest, telling.shares_how = b"", "", False
    telling.save()
    names = ("title", "summary", "text", "teller_name", "language", "form", "terms", "notes", "region")
    keep_content(row, clean(row.kind, {name: getattr(shown, name) for name in names} | shown.fields))
    row.version = row.approved_version or row.version
    row.save(update_fields=["content", "version"])


# -- what comes of it ---------------------------------------------------------------------------------
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


# -- what is due --------------------------------------------------------------------------------------
def remind_of_end() -> int:
    """Ask, a month before a consent ends, whether it shall go on. Once for each end. Returns how many were asked."""
    today, asked = timezone.localdate(), 0
    ends = consents_ending("stories.item", from_on=today, to_on=today + REMIND_BEFORE)
    keys = {subject.partition(":")[2]: until_on for subject, until_on in ends}
    rows = Item.objects.filter(pk__in=list(keys), state=State.PUBLISHED, telling__isnull=False).select_related("telling")
    for row in rows:
        until_on = keys[str(row.pk)]
        if row.telling.reminded_for != until_on:
            row.telling.reminded_for = until_on
            row.telling.save(update_fields=["reminded_for"])
            tell(row, "stories.renew")
            asked += 1
    return asked


def let_go_of_expired() -> int:
    """Take down stories whose consent has ended or no longer holds for the library. Their words are private again. Returns how many."""
    gone, after = 0, None
    while True:
        rows = Published.objects.filter(kind=Kind.STORY).select_related("item").order_by("pk")
        batch = list((rows.filter(pk__gt=after) if after else rows)[:AT_ONCE])
        if not batch:
            return gone
        after = batch[-1].pk
        agreeing = subjects_agreeing([row.item.key for row in batch], Purpose.LIBRARY)
        for shown in batch:
            if shown.item.key not in agreeing:
                gone += _let_go(shown.item)


@transaction.atomic
def _let_go(item: Item) -> int:
    row = locked(item)
    if Purpose.LIBRARY in purposes_given(row.key):
        return 0
    _make_private(row)
    tell(row, "stories.ended")
    record("stories:item:ended", by="job", about=row.key)
    return 1


def throw_away_old_drafts() -> int:
    """Throw away drafts nobody has touched for more than a year. Returns how many."""
    before = timezone.localdate() - DRAFT_KEPT
    rows = Item.objects.filter(state=State.DRAFT, kind=Kind.STORY, telling__touched_on__lt=before, is_demo=False)
    old = list(rows.order_by("pk")[:AT_ONCE])
    for row in old:
        if not has_key(row.key_owner) or current_consent(row.key) is None:
            take_back(item=row)
    return len(old)
