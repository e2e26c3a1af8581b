"""Good examples, methods, research: written by editors, sent in by municipalities, shown, checked again, with files."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import people_with_role
from knutepunkt.stories.actions.publishing import keep_content, put_out, take_down
from knutepunkt.stories.choices.caring import LARGEST_GUIDE, MEDIA, MOST_GUIDES, Answered
from knutepunkt.stories.choices.item import Kind, Part, State
from knutepunkt.stories.methods.contents import clean, tidy
from knutepunkt.stories.models import AskedToCheck, Attachment, DeskAnswer, Item, Published
from knutepunkt.stories.queries.caring import to_check_again
from knutepunkt.web.files import keep_file, remove_file
from knutepunkt.web.notices import give_notice
from knutepunkt.web.sealing import seal_text
from knutepunkt.web.trail import record


class SomebodyElseSaved(Exception):
    """Somebody saved after the page was opened; `now` is the item as it is."""

    def __init__(self, now: Item) -> None:
        super().__init__()
        self.now = now


class NotThis(Exception):
    """A story is told by a person, never written or shown by an editor; and what is taken back stays so."""


class FileNotTaken(Exception):
    """A file that is not kept; `reason` is `too-large`, `too-many` or `not-a-document`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def write_new(*, by: Any, kind: str, organisation: Any, content: Mapping[str, Any], is_demo: bool = False) -> Item:
    """An editor begins a good example, a method or a piece of research; nobody else sees it yet.

    Raises:
        NotThis: a story.
    """
    if kind == Kind.STORY:
        raise NotThis
    item = Item(kind=kind, organisation=organisation, version=1, is_demo=is_demo)
    keep_content(item, clean(kind, content))
    item.save()
    record("stories:shared:written", by=by, about=item.key, within=f"organisations.organisation:{organisation.pk}")
    return item


@transaction.atomic
def send_example(*, by: Any, organisation: Any, content: Mapping[str, Any]) -> Item:
    """A municipality sends a good example to a house's editors, who take it in or not. The one who sent it is told."""
    item = Item(kind=Kind.EXAMPLE, organisation=organisation, person=by, version=1, state=State.SENT, sent_at=timezone.now())
    keep_content(item, clean(Kind.EXAMPLE, content))
    item.save()
    for editor in people_with_role(Role.EDITOR, [organisation.pk]):
        give_notice(editor, "stories.example-sent", handle=item.handle)
    record("stories:shared:sent-in", by=by, about=item.key)
    return item


def _locked(item: Item) -> Item:
    row = Item.objects.select_for_update().get(pk=item.pk)
    if row.kind == Kind.STORY or row.state == State.TAKEN_BACK:
        raise NotThis
    return row


@transaction.atomic
def write_shared(*, by: Any, item: Item, version: int, content: Mapping[str, Any]) -> Item:
    """Save an editor's words, unless somebody else has saved since the page was opened. Readers see it when it is shown.

    Raises:
        SomebodyElseSaved: it is of a newer version; nothing was saved.
        NotThis: a story, or taken back.
    """
    row = _locked(item)
    if row.version != version:
        raise SomebodyElseSaved(row)
    keep_content(row, clean(row.kind, content))
    Item.objects.filter(pk=row.pk, version=version).update(content=row.content, version=F("version") + 1)
    row.version += 1
    record("stories:shared:written", by=by, about=row.key)
    return row


@transaction.atomic
def show_shared(*, by: Any, item: Item, version: int) -> Published:
    """Let readers see the words as they stand, checked by the editor today.

    Raises:
        SomebodyElseSaved: the words are others than the editor has seen.
        NotThis: a story, or taken back.
    """
    row = _locked(item)
    if row.version != version:
        raise SomebodyElseSaved(row)
    was_sent = row.state == State.SENT
    row.approved_version = row.version
    row.save(update_fields=["approved_version"])
    shown = put_out(row, may_be_found=True, checked_by=by.chosen_name, checked_on=timezone.localdate())
    if was_sent and row.person_id:
        give_notice(row.person_id, "stories.example-taken-in", handle=row.handle)
    record("stories:shared:shown", by=by, about=row.key, edition=shown.edition)
    return shown


@transaction.atomic
def take_away(*, by: Any, item: Item, words: str = "") -> Item:
    """Take it away from readers; it stays with the editors as a draft. What was sent in and not shown is told not to be taken in.

    Args:
        by: the editor.
        item: the item.
        words: why, to whoever sent it in.

    Raises:
        NotThis: a story, or taken back.
    """
    row = _locked(item)
    was_sent = row.state == State.SENT
    take_down(row)
    row.state = State.DECLINED if was_sent else State.DRAFT
    row.save(update_fields=["state"])
    if was_sent:
        _say_no(row, by, words)
    record("stories:shared:taken-away", by=by, about=row.key)
    return row


def _say_no(item: Item, by: Any, words: str) -> None:
    """Answer whoever sent it in; the words are sealed with the item's key."""
    made = DeskAnswer(item=item, outcome=Answered.DECLINED, by=by)
    if words.strip():
        made.words = seal_text(item.key_owner, made.field("words"), words.strip())
    made.save()
    if item.person_id:
        give_notice(item.person_id, "stories.example-declined", handle=item.handle)


@transaction.atomic
def note_checked(*, by: Any, item: Item) -> None:
    """An editor has read it again and says that it still holds, today and by name."""
    row = _locked(item)
    Published.objects.filter(item=row).update(checked_by=by.chosen_name, checked_on=timezone.localdate(), changed_at=timezone.now())
    AskedToCheck.objects.filter(item=row).delete()
    record("stories:shared:checked", by=by, about=row.key)


def ask_to_check_again() -> int:
    """Once a day: ask an organisation's editors about what was last checked more than a year ago, once. Returns how many things."""
    asked = 0
    for shown in to_check_again():
        if shown.checked_on is None or AskedToCheck.objects.filter(item=shown.item, checked_on=shown.checked_on).exists():
            continue
        with transaction.atomic():
            AskedToCheck.objects.update_or_create(item=shown.item, defaults={"checked_on": shown.checked_on})
            for editor in people_with_role(Role.EDITOR, [shown.organisation_id]):
                give_notice(editor, "stories.check-again", handle=shown.handle)
            asked += 1
    return asked


# -- files -----------------------------------------------------------------------------------------


def media_type_of(content: bytes) -> str:
    """What a guide is, by its content: PDF, DOCX without macros, or ODT; else an empty text."""
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if not content.startswith(b"PK"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = {name.lower() for name in packed.namelist()}
            has_type = "mimetype" in names and packed.getinfo("mimetype").file_size < 100  # noqa: PLR2004 (a media type is short)
            kind = packed.read("mimetype").decode("ascii", "replace") if has_type else ""
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError, RuntimeError):
        return ""
    if kind == "application/vnd.oasis.opendocument.text" and "content.xml" in names:
        return kind
    is_word = {"[content_types].xml", "word/document.xml"} <= names and not any(name.endswith("vbaproject.bin") for name in names)
    return "application/vnd.openxmlformats-officedocument.wordprocessingml.document" if is_word else ""


@transaction.atomic
def keep_guide(*, by: Any, item: Item, name: str, content: bytes) -> Attachment:
    """Keep a guide or a template with an item, known by its content and not by its name.

    Raises:
        FileNotTaken: too large, too many, or not a document we take.
        NotThis: a story, or taken back.
    """
    row = _locked(item)
    if len(content) > LARGEST_GUIDE:
        raise FileNotTaken("too-large")
    number = Attachment.objects.filter(item=row, part=Part.FILE).count()
    if number >= MOST_GUIDES:
        raise FileNotTaken("too-many")
    media_type = media_type_of(content)
    if media_type not in MEDIA:
        raise FileNotTaken("not-a-document")
    stored = keep_file(owner=row.key_owner, kind="stories.guide", media_type=media_type, content=content)
    made = Attachment.objects.create(item=row, part=Part.FILE, stored=stored, name=tidy(name)[:120], position=number + 1)
    record("stories:guide:kept", by=by, about=row.key)
    return made


@transaction.atomic
def remove_guide(*, by: Any, guide: Attachment) -> None:
    """Take a file away from an item, for readers and from disk."""
    record("stories:guide:removed", by=by, about=guide.item.key)
    stored = guide.stored
    guide.delete()
    remove_file(stored)
