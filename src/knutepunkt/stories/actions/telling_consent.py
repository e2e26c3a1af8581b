"""What the ledger of consent asks of a story: to be held, to be let be found or not, to be emptied, and what of it is shown where."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.consent.choices import Purpose
from knutepunkt.consent.queries import purposes_given
from knutepunkt.stories.actions.caring_leaving import when_purposes_lost
from knutepunkt.stories.actions.publishing import hold_shown, let_be_found, take_down, words_or_none
from knutepunkt.stories.actions.telling import says_of, telling_of
from knutepunkt.stories.choices.item import State
from knutepunkt.stories.models import Item, Published
from knutepunkt.stories.queries.telling import address_of, item_of
from knutepunkt.web.files import remove_file
from knutepunkt.web.models import StoredFile
from knutepunkt.web.registers import Surface
from knutepunkt.web.sealing import destroy_key
from knutepunkt.web.trail import record


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
        empty(row)
    elif Purpose.LIBRARY in purposes:
        make_private(row)
        record("stories:item:private", by=by, about=row.key)
    else:
        when_purposes_lost(row, purposes)


def make_private(row: Item) -> None:
    take_down(row)
    if row.state != State.TAKEN_BACK:
        row.state, row.approved_version, row.rests_until = State.DRAFT, None, None
        row.save(update_fields=["state", "approved_version", "rests_until"])
    alone_with_it(row)


def alone_with_it(row: Item) -> None:
    """Nobody else sees the working words from now on, whoever wrote along."""
    telling = telling_of(row)
    telling.partner, telling.wants_company = None, False
    telling.save(update_fields=["partner", "wants_company", "touched_on"])


def empty(row: Item) -> None:
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


def export_of(subject: str) -> dict[str, Any]:
    """All of it, as plain data, for its own teller."""
    row = item_of(subject)
    words = words_or_none(row) if row else {}
    if row is None or not words:
        return {}
    files = [{"part": f.part, "says": says_of(f, row.key_owner)} for f in row.attachments.all()]
    return {"handle": row.handle, "state": row.state, "made_on": row.made_on, **words, "files": files}
