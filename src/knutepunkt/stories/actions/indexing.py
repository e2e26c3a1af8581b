"""Letting what is published be found, and forgetting it again, in the transaction it is published or taken down in."""

import secrets
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse

from knutepunkt.stories.actions.choosing import forget_meaning, want_meaning
from knutepunkt.stories.choices.finding import EVERYTHING, ITEM, TELLER, VERSION
from knutepunkt.stories.methods.contents import OF_KIND
from knutepunkt.stories.methods.finding_sets import PLACES, pack, pack_sets, unpack_sets, with_level
from knutepunkt.stories.methods.finding_words import STEM_LONGEST, levels_in, sound_of, suggestable
from knutepunkt.stories.models import Block, Entered, Posting, Published, Word
from knutepunkt.stories.queries.finding_names import all_names, teller_of
from knutepunkt.web.databases import alone
from knutepunkt.web.language import stem_of
from knutepunkt.web.search import PUBLIC, Entry, drop_entries, put_entries

SEARCHABLE = "stories.item"
OPENING = 600
"""So much of the text stands in the search over the whole house; the library's own search has all of it."""
STEMS_AT_ONCE = 400
ONLY_ONE = 7_205_759_403
"""The number PostgreSQL locks by, so that only one process changes the index at a time; SQLite has one writer anyway."""


def index_item(shown: Published) -> None:
    """Enter what is shown in every index."""
    with transaction.atomic():
        alone(ONLY_ONE)
        _forget(shown)
        names = all_names()
        block, place = divmod(shown.pk, PLACES)
        levels, words = _words_of(shown, names)
        _change(levels, block, place)
        _change_facets(block, place, facets_of(shown))
        _count(words, 1)
        Entered.objects.create(shown=shown, words=_packed(levels, words))
        put_entries([entry_of(shown)])
        want_meaning(shown)


def drop_item(shown: Published) -> None:
    """Take it out of every index."""
    with transaction.atomic():
        alone(ONLY_ONE)
        _forget(shown)
        drop_entries(kind=SEARCHABLE, keys=[shown.handle])
        forget_meaning(shown)


def facets_of(shown: Published) -> list[str]:
    """The facets an item stands under; a term stands under what it belongs to as well."""
    terms = {str(term) for term in shown.terms}
    terms |= {term.rpartition(".")[0] for term in terms if term.startswith("chime:") and "." in term}
    own = [EVERYTHING, f"kind:{shown.kind}", f"form:{shown.form}", f"language:{shown.language}", f"length:{shown.length}"]
    region = [f"region:{shown.region[:2]}"] if shown.region else []
    return [*own, *region, *(f"content-notes:{note}" for note in shown.notes), *sorted(terms)]


def entry_of(shown: Published) -> Entry:
    """What the search over the whole house has of an item."""
    text = " ".join(filter(None, (shown.summary, shown.text[:OPENING])))
    return Entry(SEARCHABLE, shown.handle, PUBLIC, reverse("stories:item", args=[shown.handle]), shown.title, text)


def rebuild() -> int:
    """Make every index anew from what is published. Returns how many items."""
    with transaction.atomic():
        alone(ONLY_ONE)
        for model in (Posting, Block, Word, Entered):
            model.objects.all().delete()
        rows = Published.objects.select_related("item").order_by("pk")
        return index_many(rows.iterator(chunk_size=500))


def index_many(rows: Iterable[Published]) -> int:
    """Enter many items, in the order of their keys, that stand in no index yet. A block at a time is held in memory."""
    number, counts, names = 0, dict[str, int](), all_names()
    for block, members in _by_block(rows):
        stems: dict[str, dict[int, int]] = {}
        sets: dict[str, int] = {}
        entered, entries = [], []
        for shown in members:
            place = shown.pk % PLACES
            levels, words = _words_of(shown, names)
            for stem, level in levels.items():
                stems.setdefault(stem, {})[place] = level
            for word in words:
                counts[word] = counts.get(word, 0) + 1
            for name in facets_of(shown):
                sets[name] = sets.get(name, 0) | 1 << place
            entered.append(Entered(shown=shown, words=_packed(levels, words)))
            entries.append(entry_of(shown))
        Posting.objects.bulk_create([Posting(stem=s, block=block, items=pack(at)) for s, at in sorted(stems.items())], batch_size=500)
        _keep_facets(block, sets)
        Entered.objects.bulk_create(entered, batch_size=500)
        put_entries(entries)
        number += len(entered)
    Word.objects.bulk_create([_word(word, items) for word, items in sorted(counts.items())], batch_size=500)
    return number


def _by_block(rows: Iterable[Published]) -> Iterator[tuple[int, list[Published]]]:
    block, members = -1, list[Published]()
    for shown in rows:
        if shown.pk // PLACES != block:
            if members:
                yield block, members
            block, members = shown.pk // PLACES, []
        members.append(shown)
    if members:
        yield block, members


def _words_of(shown: Published, names: Mapping[str, str]) -> tuple[dict[str, int], set[str]]:
    """The stems an item is found by with how much each counts, and its words that may be suggested.

    Not by the names of its content notes: they say what stands in it, not what it is about.
    """
    fields: dict[str, Any] = shown.fields
    sorted_by = [names[term] for term in (*shown.terms, f"region:{shown.region[:2]}") if term in names]
    text = [shown.text, *(str(fields.get(f.name, "")) for f in OF_KIND[shown.kind])]
    levels = levels_in(shown.title, [shown.summary, shown.teller_name], sorted_by, text)
    levels[ITEM + shown.handle] = 1
    if teller := teller_of(shown):
        levels[TELLER + teller] = 1
    return levels, suggestable([shown.title, shown.summary, *text, *sorted_by])


def _packed(levels: Mapping[str, int], words: Iterable[str]) -> bytes:
    return zlib.compress((" ".join(sorted(levels)) + "\n" + " ".join(sorted(words))).encode(), 6)


def _forget(shown: Published) -> None:
    """Take an item out of its sets, and what nothing stands under any longer out of the tables."""
    entered = Entered.objects.filter(shown=shown).first()
    if entered is None:
        return
    stems, _, words = zlib.decompress(bytes(entered.words)).decode().partition("\n")
    block, place = divmod(shown.pk, PLACES)
    _change(dict.fromkeys(stems.split(), 0), block, place)
    _change_facets(block, place, [])
    _count(words.split(), -1)
    entered.delete()


def _change(levels: Mapping[str, int], block: int, place: int) -> None:
    """Set the levels of stems at one place; where nothing is left the row goes."""
    stems = sorted(levels)
    for start in range(0, len(stems), STEMS_AT_ONCE):
        some = stems[start : start + STEMS_AT_ONCE]
        there = {row.stem: row for row in Posting.objects.filter(block=block, stem__in=some)}
        made: list[Posting] = []
        changed: list[Posting] = []
        empty: list[Posting] = []
        for stem in some:
            row = there.get(stem)
            kept = with_level(bytes(row.items) if row else b"", place, levels[stem])
            if row is None and kept:
                made.append(Posting(stem=stem, block=block, items=kept))
            elif row is not None:
                row.items = kept
                (changed if kept else empty).append(row)
        Posting.objects.bulk_create(made)
        _update_items(changed)
        if empty:
            Posting.objects.filter(pk__in=[row.pk for row in empty]).delete()


def _update_items(rows: list[Posting]) -> None:
    """One plain statement, many times: quicker than a long CASE."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE stories_posting SET items = %s WHERE id = %s", [(bytes(row.items), row.pk) for row in rows])


def _change_facets(block: int, place: int, names: Iterable[str]) -> None:
    row = Block.objects.filter(number=block).first()
    sets = {n: int.from_bytes(bits, "little") & ~(1 << place) for n, bits in unpack_sets(bytes(row.facets))} if row else {}
    for name in names:
        sets[name] = sets.get(name, 0) | 1 << place
    _keep_facets(block, sets)


def _keep_facets(block: int, sets: Mapping[str, int]) -> None:
    """Keep a block's facets under a new version; nothing where nothing is left in it."""
    rows, versions = Block.objects.filter(number=block), Posting.objects.filter(stem=VERSION, block=block)
    rows.delete()
    versions.delete()
    if any(sets.values()):
        version = secrets.token_bytes(12)
        Block.objects.create(number=block, version=version, facets=pack_sets(sets))
        Posting.objects.create(stem=VERSION, block=block, items=version)


def _word(word: str, items: int) -> Word:
    return Word(word=word, stem=stem_of(word)[:STEM_LONGEST], sound=sound_of(word), items=items)


def _count(words: Iterable[str], step: int) -> None:
    """Count words up or down by one item; a word no item has any longer goes."""
    wanted = sorted(words)
    for start in range(0, len(wanted), STEMS_AT_ONCE):
        some = wanted[start : start + STEMS_AT_ONCE]
        if step > 0:
            there = set(Word.objects.filter(word__in=some).values_list("word", flat=True))
            Word.objects.bulk_create([_word(word, 0) for word in some if word not in there])
        Word.objects.filter(word__in=some).update(items=F("items") + step)
        if step < 0:
            Word.objects.filter(word__in=some, items=0).delete()
