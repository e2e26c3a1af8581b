"""Reads of what is published: a page of a list, one item, its files, what a reader is spared, which voices are missing."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.db.models.functions import Substr
from django.urls import NoReverseMatch, reverse

from knutepunkt.people.queries import StillShut, open_own_words
from knutepunkt.stories.choices.finding import EVERYTHING
from knutepunkt.stories.choices.item import Kind, Part
from knutepunkt.stories.methods.finding_spared import Choices, from_json
from knutepunkt.stories.models import Attachment, Published, Spared
from knutepunkt.stories.queries.finding_names import Facet, facets
from knutepunkt.stories.queries.finding_search import look
from knutepunkt.web.registers import COPING
from knutepunkt.web.sealing import KeyGone, SealingError, unseal, unseal_own
from knutepunkt.web.threshold import LEAST_SHOWN

OPENING = 3000
"""So much of a text is looked through for an excerpt."""
VOICE_GROUPS = ("situation", "region", "shape", "tone", "helped", "topic", "language", "form")
"""What stories say of themselves; who tells is not asked."""
SCARCE = 0.15


def published() -> Any:
    """What everybody may read. Every read of the library starts here."""
    return Published.objects.all()


def shown_in_list(keys: list[int]) -> list[Published]:
    """Rows for a list, in the order of the keys; `opening` is the first part of the text. What is gone is not there. One query."""
    rows = published().filter(pk__in=keys).defer("text").annotate(opening=Substr("text", 1, OPENING), place=F("organisation__name"))
    by_key = {row.pk: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]


def item_by_handle(handle: str, reader: Any = None) -> Published | None:
    """One thing readers may see, with item and organisation; for a signed-in `reader` with what they spare themselves, still sealed. One query."""
    rows = published().select_related("item", "organisation").filter(handle=handle)
    return (rows if reader is None else rows.annotate(spared=Spared.objects.filter(person=reader.pk).values("content")[:1])).first()


@dataclass(frozen=True)
class PartShown:
    """A file of an item, with the words that stand in its place."""

    part: str
    name: str
    says: str
    url: str
    media_type: str

    @property
    def is_sound(self) -> bool:
        """To be heard."""
        return self.part == Part.SOUND

    @property
    def is_picture(self) -> bool:
        """To be looked at."""
        return self.part == Part.PICTURE


def files_of(shown: Published) -> Any:
    """The files that were there when it was published: what is added to the item later waits for the teller's next yes."""
    return Attachment.objects.select_related("stored").filter(item=shown.item, stored_id__in=shown.fields.get("files") or [])


def parts_of(shown: Published) -> list[PartShown]:
    """The files of an item as a page shows them. Two queries where it has any."""
    rows = list(files_of(shown)) if shown.fields.get("files") else []
    try:
        says = unseal_own(shown.item.key_owner, {row.field: bytes(row.says) for row in rows if row.says})
    except (KeyGone, SealingError):
        return []
    return [
        PartShown(
            row.part, row.name, says.get(row.field, b"").decode(), reverse("stories:item-file", args=[shown.handle, row.stored_id]), row.stored.media_type
        ) for row in rows
    ]  # fmt: skip


def spared_with_account(person: Any) -> Choices:
    """What a signed-in person has said they do not want to meet; nothing while their words are shut. Two queries."""
    return _opened(person, Spared.objects.filter(person_id=person.pk).first())


def spared_as_read(shown: Published, reader: Any) -> Choices:
    """The same for the reader `shown` was asked for. One query, none where nothing is kept."""
    content = getattr(shown, "spared", None)
    return _opened(reader, Spared(person=reader, content=content) if content else None)


def _opened(person: Any, row: Spared | None) -> Choices:
    if row is None:
        return Choices()
    try:
        return from_json(unseal(open_own_words(person), row.field, bytes(row.content)))
    except (StillShut, SealingError):
        return Choices()


def coping_of(person: Any) -> list[str]:
    """The reader's own words on what helps, from the rooms that keep them; only the one who is signed in."""
    return [line for lines in COPING for line in lines(person)] if getattr(person, "is_authenticated", False) else []


def way_to(name: str, *args: Any) -> str:
    """An address of another part, or nothing while there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Missing:
    """A group of things stories say, and those that hardly any story says."""

    group: str
    none: list[Facet]
    few: list[Facet]


def missing_voices() -> list[Missing]:
    """What the stories lack, by group: what no story or fewer than five tell of, and what few do beside the rest. One query.

    Fewer than five and none are one group, so that a single story never shows.
    """
    here, _none = look([])
    stories = here.facet(f"kind:{Kind.STORY}") & here.facet(EVERYTHING)
    by_group: dict[str, list[tuple[Facet, int]]] = {group: [] for group in VOICE_GROUPS}
    for key, facet in facets().items():
        if facet.group in by_group:
            by_group[facet.group].append((facet, (here.facet(key) & stories).bit_count()))
    found = []
    for group, counted in by_group.items():
        average = sum(number for _facet, number in counted) / max(len(counted), 1)
        lacking = [facet for facet, number in counted if number < LEAST_SHOWN]
        few = [facet for facet, number in counted if LEAST_SHOWN <= number < SCARCE * average]
        if lacking or few:
            found.append(Missing(group, lacking, few))
    return found
