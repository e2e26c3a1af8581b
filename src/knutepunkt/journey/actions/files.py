"""A picture or a sound of one's own beside a note: sealed with the person's key, served only through the note."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knutepunkt.journey.actions.keeping import change_note, keep_note
from knutepunkt.journey.models import Note
from knutepunkt.people.queries import open_own_words
from knutepunkt.web.files import FileRefused, keep_picture, keep_sound, remove_file
from knutepunkt.web.models import StoredFile

PICTURE, SOUND = "journey.picture", "journey.sound"
class NotThatFile(Exception):
    """A file that cannot be kept: in which field, and what to do, in a sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(field)
        self.field, self.sentence = field, sentence


@transaction.atomic
def keep_with_file(*, by: Any, kind: str, form: Any, note: Note | None = None) -> Note:
    """Keep or change the note of a valid form, with the file that came with it, if any.

    Raises:
        NotThatFile: the file cannot be kept; nothing was saved.
        ChangedElsewhere: as `change_note`.
    """
    content, files = form.content(), form.files
    if kept := _kept(by, files):
        _let_go(by, content.get("file", ""))
        content["file"] = str(kept.pk)
    if note is None:
        return keep_note(by=by, kind=kind, content=content)
    return change_note(by=by, note=note, content=content, version=form.cleaned_data.get("version"))


def _kept(by: Any, files: Any) -> StoredFile | None:
    owner = open_own_words(by)
    if upload := files.get("picture"):
        try:
            return keep_picture(owner=owner, kind=PICTURE, content=upload.read())
        except FileRefused as refused:
            if refused.reason == "too-large":
                raise NotThatFile("picture", _("Bildet er for stort. Velg et som er under 12 MB.")) from refused
            raise NotThatFile("picture", _("Vi kan ikke lese dette som et bilde. Prøv JPEG eller PNG.")) from refused
    if upload := files.get("sound"):
        try:
            return keep_sound(owner=owner, kind=SOUND, content=upload.read())
        except FileRefused as refused:
            if refused.reason == "too-large":
                raise NotThatFile("sound", _("Opptaket er for stort. Velg et som er under 20 MB.")) from refused
            raise NotThatFile("sound", _("Vi kan ikke spille denne filen. Prøv et opptak fra telefonen.")) from refused
    return None


def _let_go(by: Any, key: str) -> None:
    if key:
        for stored in StoredFile.objects.filter(pk=UUID(key), owner=by.key_owner):
            remove_file(stored)
