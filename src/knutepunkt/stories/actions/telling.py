"""What one who tells does before the story is out: begins, writes, adds sound and pictures, sends, decides on changes."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from knutepunkt.consent import actions as consent
from knutepunkt.consent.choices import How, Purpose
from knutepunkt.consent.queries import current_consent
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import people_with_role
from knutepunkt.stories.actions.publishing import content_of, keep_content
from knutepunkt.stories.choices.item import Form, Kind, Part, State, ToldAs
from knutepunkt.stories.choices.telling import ASKED, EDITABLE, MOST_FILES, OtherSaid
from knutepunkt.stories.methods.contents import clean, count_words
from knutepunkt.stories.methods.telling import as_one, plain_of
from knutepunkt.stories.models import Attachment, Item, Published, Telling
from knutepunkt.stories.queries.caring import trained_people
from knutepunkt.stories.queries.telling import COMPANIONS, sent_before
from knutepunkt.web.files import keep_picture, keep_sound, remove_file
from knutepunkt.web.notices import give_notice
from knutepunkt.web.sealing import keyed_digest, seal, unseal
from knutepunkt.web.trail import record

TELLER = "teller"
"""Who acts, as the trail says it: that a story was told, never by whom."""
PROSE = ("title", "summary", "text", "dialect", "teller_name")
LONG_ENOUGH = 20
"""Words a text must have before the same one sent twice is pointed out."""


class SavedByOther(Exception):
    """The words were saved somewhere else since the page was opened; `item` is as it is now."""

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.item = item


class NotNow(Exception):
    """The story cannot be written on where it is now."""


class NothingToSend(Exception):
    """There is no title, or neither words nor film."""


class NeedsText(Exception):
    """Sound and film are published with their words only."""


class OtherMustAgree(Exception):
    """It is somebody else's, who has not agreed on paper or in front of a witness."""


class SaysNoToLibrary(Exception):
    """Nothing can be shown without a yes to the library."""


class SentAlready(Exception):
    """The same text has been sent before."""


class TooMany(Exception):
    """It has as many files as it may have."""


def locked(item: Item) -> Item:
    """The item's row as it is now, held until the transaction ends."""
    return Item.objects.select_for_update().get(pk=item.pk)


def telling_of(item: Item) -> Telling:
    """The teller's choices; made at need, for items that came another way."""
    return Telling.objects.get_or_create(item=item)[0]


def details_of(telling: Telling, key_owner: str) -> dict[str, Any]:
    """What is sealed of the teller's choices."""
    return json.loads(unseal(key_owner, telling.field, bytes(telling.sealed))) if telling.sealed else {}


def keep_details(telling: Telling, key_owner: str, **facts: Any) -> None:
    """Add to what is sealed; the caller saves."""
    known = details_of(telling, key_owner) | facts
    telling.sealed = seal(key_owner, telling.field, json.dumps(known, ensure_ascii=False).encode())


@transaction.atomic
def start_story(*, person: Any = None, told_as: str = ToldAs.OWN, organisation: Any = None, is_demo: bool = False) -> Item:
    """Begin a story: with an account, or without, and then a receipt is issued for it (`receipt_for`)."""
    item = Item.objects.create(kind=Kind.STORY, person=person, told_as=told_as, organisation=organisation, is_demo=is_demo)
    Telling.objects.create(item=item)
    record("stories:item:begun", by=TELLER, about=item.key)
    return item


def receipt_for(item: Item) -> str:
    """A code that opens a story for whoever holds it, as printed. Shown once."""
    return consent.issue_receipt(by=TELLER, subject=item.key)


@transaction.atomic
def save_words(*, item: Item, version: int, by: Any = TELLER, **words: Any) -> Item:
    """Keep words and choices. What is not named stays as it is.

    Args:
        item: the story.
        version: the version the writer saw.
        by: who writes, as the trail says it.
        words: fields of `methods.contents`; pasted markup in prose becomes plain words.

    Raises:
        NotNow: it is with the desk, resting or taken back.
        SavedByOther: somebody saved in between.
    """
    row = locked(item)
    if row.state not in EDITABLE:
        raise NotNow
    if row.version != version:
        raise SavedByOther(row)
    before = content_of(row)
    plain = {name: plain_of(value) if name in PROSE else value for name, value in words.items()}
    after = clean(row.kind, before | plain)
    if after == before:
        return row
    keep_content(row, after)
    row.version += 1
    row.save(update_fields=["content", "version"])
    telling_of(row).save(update_fields=["touched_on"])
    record("stories:item:written", by=by, about=row.key, version=row.version)
    return row


@transaction.atomic
def add_file(*, item: Item, part: str, content: bytes, says: str = "") -> Attachment:
    """Add a sound or a picture, with what it shows or says, sealed with the story's key.

    Raises:
        NotNow: the story is shown, or with the desk: take it out first, so that nobody sees what no editor has seen.
        TooMany: it has twelve already.
        FileRefused: not a sound or a picture, or too large.
    """
    row = locked(item)
    if row.state not in EDITABLE or Published.objects.filter(item=row).exists():
        raise NotNow
    number = row.attachments.count()
    if number >= MOST_FILES:
        raise TooMany
    keep = keep_sound if part == Part.SOUND else keep_picture
    stored = keep(owner=row.key_owner, kind=f"stories.{part}", content=content)
    made = Attachment(item=row, part=part, stored=stored, position=number)
    made.says = seal(row.key_owner, made.field, plain_of(says).encode())
    made.save()
    _touch(row)
    record("stories:item:file-added", by=TELLER, about=row.key, part=str(part))
    return made


def says_of(row: Attachment, key_owner: str) -> str:
    """What stands in place of a sound or a picture for those who cannot hear or see it."""
    return unseal(key_owner, row.field, bytes(row.says)).decode() if row.says else ""


@transaction.atomic
def remove_attachment(*, item: Item, attachment: Attachment) -> None:
    """Take a sound or a picture away for good, wherever the story is."""
    row = locked(item)
    remove_file(attachment.stored)
    _touch(row)
    record("stories:item:file-removed", by=TELLER, about=row.key)


def _touch(row: Item) -> None:
    """What was changed beside the words also needs a new yes."""
    row.version += 1
    row.save(update_fields=["version"])
    telling_of(row).save(update_fields=["touched_on"])


@transaction.atomic
def ask_company(*, item: Item, organisation: Any, partner: Any = None) -> None:
    """Ask to write together with somebody: one who is named sees the story from now on; else those at a place are asked.

    Raises:
        NotNow: it has been sent; then it stays with the place it was sent to.
    """
    row = locked(item)
    if row.state != State.DRAFT:
        raise NotNow
    telling = telling_of(row)
    telling.wants_company, telling.partner = True, partner
    telling.save()
    row.organisation = organisation
    row.save(update_fields=["organisation"])
    asked = [partner.pk] if partner else [key for role in COMPANIONS for key in people_with_role(role, [organisation.pk])]
    kind = "stories.chosen" if partner else "stories.company"
    for key in dict.fromkeys(asked):
        if key != row.person_id:
            give_notice(key, kind, item=row.handle)
    record("stories:item:company-asked", by=TELLER, about=row.key)


@transaction.atomic
def join_company(*, by: Any, item: Item) -> None:
    """Say yes to write together with the one who tells. The first who says yes is the one."""
    row = locked(item)
    telling = telling_of(row)
    if telling.partner_id is not None or not telling.wants_company:
        return
    telling.partner = by
    telling.save()
    tell(row, "stories.joined")
    record("stories:item:company-joined", by=by, about=row.key)


@transaction.atomic
def end_company(*, item: Item) -> None:
    """Go on alone; whoever wrote along sees it no more."""
    row = locked(item)
    telling = telling_of(row)
    telling.partner, telling.wants_company = None, False
    telling.save()
    record("stories:item:company-ended", by=TELLER, about=row.key)


def tell(item: Item, kind: str, **facts: Any) -> None:
    """Tell the one who tells something, where they have an account."""
    if item.person_id is not None:
        give_notice(item.person_id, kind, item=item.handle, **facts)


@transaction.atomic
def replace_names(*, item: Item, version: int, change: Callable[[str], str], kept: list[str]) -> Item:
    """Put other words in place of what may identify somebody, as the teller decided; what is kept is asked about no more.

    Raises:
        NotNow, SavedByOther: as `save_words`.
    """
    row = locked(item)
    if row.state not in EDITABLE:
        raise NotNow
    words = content_of(row)
    telling = telling_of(row)
    keep_details(telling, item.key_owner, kept=sorted({*details_of(telling, item.key_owner).get("kept", ()), *kept}))
    telling.save(update_fields=["sealed", "touched_on"])
    record("stories:item:names-decided", by=TELLER, about=item.key)
    return save_words(item=item, version=version, **{name: change(words.get(name, "")) for name in ("title", "summary", "text")})


def digest_of(content: Mapping[str, Any]) -> str:
    """A keyed digest of a text as sent; nothing for a short one."""
    whole = as_one((content.get("text", ""),))
    return keyed_digest("stories.text", whole) if count_words(whole) >= LONG_ENOUGH else ""


def ready_to_send(content: Mapping[str, Any], *, has_sound: bool) -> None:
    """Whether there is something to send.

    Raises:
        NothingToSend: no title, or neither words nor film.
        NeedsText: sound or film without its words.
    """
    if not content.get("title"):
        raise NothingToSend
    if not content.get("text"):
        raise NeedsText if has_sound or content.get("film_url") else NothingToSend


def must_be_agreed(item: Item, purposes: Mapping[str, bool], other_said: str, witness: str) -> None:
    """Whether there is a yes to the library, and from the one it is about where somebody else tells.

    Raises:
        SaysNoToLibrary, OtherMustAgree: as they say.
    """
    if not purposes.get(Purpose.LIBRARY):
        raise SaysNoToLibrary
    if item.told_as == ToldAs.FOR_OTHER and (not other_said or (other_said == OtherSaid.SPOKEN and not witness)):
        raise OtherMustAgree


@transaction.atomic
def send_story(
    *, item: Item, version: int, organisation: Any, purposes: Mapping[str, bool], until_on: date, wording: str, rest_days: int,
    stays: bool = False, other_said: str = "", witness: str = "", anyway: bool = False,
) -> Item:  # fmt: skip
    """Send a story to a place's editors, with a yes to exactly this version and a consent by purpose.

    Args:
        item: the story.
        version: the version the teller has read and says yes to.
        organisation: who cares for it, and is responsible for the consent.
        purposes: yes or no to each of `ASKED`.
        until_on: the last day the consent holds.
        wording: exactly what the teller read.
        rest_days: how long it rests after it is taken in.
        stays: it may stay without the teller when their account is erased.
        other_said: how somebody else agreed, when it is told on their behalf.
        witness: who heard it, where they said it.
        anyway: send though the same text has come before.

    Raises:
        NotNow, SavedByOther, NothingToSend, NeedsText, SaysNoToLibrary, OtherMustAgree, SentAlready: as they say.
    """
    consent.hold_consent(item.key)  # the consent first, then the story, as whoever takes it back does
    row = locked(item)
    if row.state not in EDITABLE:
        raise NotNow
    if row.version != version:
        raise SavedByOther(row)
    content, telling = content_of(row), telling_of(row)
    ready_to_send(content, has_sound=row.attachments.filter(part=Part.SOUND).exists())
    must_be_agreed(row, purposes, other_said, witness)
    digest = digest_of(content)
    if not anyway and sent_before(row, digest) is not None:
        raise SentAlready
    telling.digest, telling.rest_days, telling.stays, telling.other_said = digest, rest_days, stays, other_said
    telling.save()
    content["form"] = _form_of(row, content)
    keep_content(row, clean(row.kind, content))
    row.organisation, row.state, row.sent_at = organisation, State.SENT, timezone.now()
    row.approved_version, row.rests_until, row.ended_at = row.version, None, None
    row.save()
    consent.give_consent(
        by=TELLER, subject=row.key, responsible=organisation, purposes={p.value: bool(purposes.get(p)) for p in ASKED}, wording=wording,
        until_on=until_on, how=other_said or How.WEB, giver=row.person if row.told_as == ToldAs.OWN else None, witness_name=witness,
    )  # fmt: skip
    for key in trained_people(organisation.pk) or people_with_role(Role.EDITOR, [organisation.pk]):
        if key != row.person_id:
            give_notice(key, "stories.sent", item=row.handle)
    record("stories:item:sent", by=TELLER, about=row.key, version=row.version)
    return row


def _form_of(item: Item, content: Mapping[str, Any]) -> str:
    if content.get("film_url"):
        return Form.FILM.value
    parts = set(item.attachments.values_list("part", flat=True))
    if Part.SOUND in parts:
        return Form.SOUND.value
    return Form.PICTURE.value if Part.PICTURE in parts and count_words(content["text"]) < LONG_ENOUGH else Form.TEXT.value


@transaction.atomic
def approve_version(*, item: Item, version: int) -> Item:
    """Say yes to exactly this version.

    Raises:
        NotNow: there is no consent in force, or it is not on its way anywhere.
        SavedByOther: the words are another version now.
    """
    row = locked(item)
    if row.state not in (State.SENT, State.EDITING, State.RESTING) or current_consent(row.key) is None:
        raise NotNow
    if row.version != version:
        raise SavedByOther(row)
    row.approved_version = row.version
    row.save(update_fields=["approved_version"])
    record("stories:item:approved", by=TELLER, about=row.key, version=row.version)
    return row

