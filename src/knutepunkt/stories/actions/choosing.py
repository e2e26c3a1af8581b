"""Keeping what a reader wants kept, and nothing else; and putting meanings beside texts, in the background."""

from typing import Any

from django.db import transaction

from knutepunkt.people.queries import open_own_words
from knutepunkt.stories.methods.tasting import Taste, as_text
from knutepunkt.stories.models import Meaning, Published, Signs
from knutepunkt.stories.models import Taste as TasteRow
from knutepunkt.web import likeness
from knutepunkt.web.databases import alone
from knutepunkt.web.jobs import queue_job
from knutepunkt.web.once import mark_done
from knutepunkt.web.sealing import seal

PLACES = 512
AT_ONCE = 16
ONLY_ONE = 7_205_759_404
"""The number PostgreSQL locks by while signs are written."""
TEXT_LONGEST = 40_000


@transaction.atomic
def keep_taste(*, by: Any, taste: Taste) -> None:
    """Keep what a person has chosen and answered, sealed with their own key.

    Raises:
        StillShut: the person's words are shut to whoever has signed in.
    """
    owner = open_own_words(by)
    mark_done()
    row = TasteRow.objects.select_for_update().filter(person=by).first() or TasteRow(person=by)
    row.content = seal(owner, row.field, as_text(taste).encode())
    row.save()


@transaction.atomic
def forget_taste(*, by: Any) -> bool:
    """Let all of it go. Says whether there was anything."""
    mark_done()
    return bool(TasteRow.objects.filter(person=by).delete()[0])


def want_meaning(shown: Published) -> None:
    """Have the meaning of what is shown worked out soon, where that is on; called where something is published."""
    forget_meaning(shown)
    if likeness.is_on():
        queue_job("stories.find_meanings")


def forget_meaning(shown: Published) -> None:
    """Take away what is kept of a text's meaning, in the transaction the text goes in."""
    if Meaning.objects.filter(shown=shown).delete()[0]:
        alone(ONLY_ONE)
        _set_signs({shown.pk: None})


def find_some_meanings() -> bool:
    """Work out the meanings of the next few that have none. Says whether there may be more.

    A text that is taken back while it is being worked out gets none: its row is asked for again, and held, when it is kept.
    """
    due = list(Published.objects.filter(meaning=None).order_by("-pk")[:AT_ONCE])
    made = {row.pk: (row.edition, likeness.vector_of_text(_text_of(row))) for row in due}
    with transaction.atomic():
        here = Published.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=made, meaning=None).order_by("pk")
        still = {row.pk: made[row.pk][1] for row in here if row.edition == made[row.pk][0]}
        alone(ONLY_ONE)  # after the texts, as whoever takes one away does
        for pk in Meaning.objects.filter(pk__in=still).values_list("pk", flat=True):  # worked out by another process meanwhile
            del still[pk]
        Meaning.objects.bulk_create(Meaning(shown_id=pk, vector=vector) for pk, vector in still.items())
        _set_signs({pk: likeness.signs_of(vector) for pk, vector in still.items()})
    return len(due) == AT_ONCE


def _text_of(shown: Published) -> str:
    parts = [shown.title, shown.summary, shown.text, *map(str, shown.fields.values())]
    return "\n".join(part for part in parts if part)[:TEXT_LONGEST]


def _set_signs(signs: dict[int, bytes | None]) -> None:
    """Put signs in their places, or empty the places; block by block, each held while it changes."""
    by_block: dict[int, dict[int, bytes | None]] = {}
    for key, value in signs.items():
        by_block.setdefault(key // PLACES, {})[key % PLACES] = value
    for number, places in sorted(by_block.items()):
        Signs.objects.get_or_create(number=number, defaults={"present": bytes(PLACES // 8), "kept": bytes(PLACES * likeness.SIGN_BYTES)})
        row = Signs.objects.select_for_update().get(number=number)
        present, kept = bytearray(row.present), bytearray(row.kept)
        for place, value in places.items():
            bit = 1 << (place & 7)
            present[place >> 3] = present[place >> 3] | bit if value else present[place >> 3] & ~bit & 0xFF
            kept[place * likeness.SIGN_BYTES : (place + 1) * likeness.SIGN_BYTES] = value or bytes(likeness.SIGN_BYTES)
        if any(present):
            Signs.objects.filter(number=number).update(present=bytes(present), kept=bytes(kept))
        else:
            Signs.objects.filter(number=number).delete()


def rebuild_signs() -> int:
    """Make the signs anew from the meanings, where that is on. Returns how many."""
    if not likeness.is_on():
        return 0
    with transaction.atomic():
        alone(ONLY_ONE)
        Signs.objects.all().delete()
        number, some = 0, dict[int, bytes | None]()
        for pk, vector in Meaning.objects.order_by("pk").values_list("pk", "vector").iterator(chunk_size=2000):
            some[pk] = likeness.signs_of(bytes(vector))
            number += 1
            if len(some) == PLACES * 8:
                _set_signs(some)
                some = {}
        _set_signs(some)
    return number
