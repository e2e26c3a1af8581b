"""Invented library items by the thousand, the same each time: own sentences put together, so that words fall as in real texts.

A few themes are common and most are rarer, some texts are long and most are short, and every text has a few words that
hardly any other has (places, names and compounds put together from parts).
"""

import math
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bench.sentences import EVERYDAY, FILL, FIRST, LAST, PRACTICE, SYLLABLES, THEMES
from knutepunkt.stories.choices.item import Form, Kind, State, length_of
from knutepunkt.stories.methods.contents import OF_KIND, count_words
from knutepunkt.stories.models import Item, Published

SEED = 20261122
COUNTIES = ("03", "11", "15", "18", "31", "32", "33", "34", "39", "40", "42", "46", "50", "55", "56")
TONES = ("quiet", "hopeful", "angry", "sad", "funny", "matter-of-fact")
SHAPES = ("upward", "up-and-down", "in-the-middle", "standing-still", "circle", "turning-point", "moment", "against")
SITUATIONS = ("young", "parent", "money", "no-work", "studies", "older", "small-place", "new-country", "lgbt", "disability", "sami")
MEDIAN_WORDS, SPREAD, MOST_WORDS = 170, 0.8, 6000
A_WORDS_SENTENCE, A_PARAGRAPH = 9, 6
BATCH = 2000


def items(number: int, seed: int = SEED) -> Iterator[tuple[Item, Published]]:
    """So many items with what readers see of them, not saved."""
    chance = random.Random(seed)
    weights = [1 / (n + 2) for n in range(len(THEMES))]
    start = datetime(2020, 1, 1, tzinfo=UTC)
    for n in range(number):
        kind = chance.choices(Kind.values, (80, 8, 7, 5))[0]
        language = chance.choices(("nb", "nn", "en"), (79, 12, 9))[0]
        themes = list(dict.fromkeys(chance.choices(range(len(THEMES)), weights, k=chance.choice((1, 1, 2)))))
        words = min(MOST_WORDS, int(chance.lognormvariate(math.log(MEDIAN_WORDS), SPREAD)) + 30)
        title, text = _told(chance, kind, language, themes, words)
        yield _rows(
            chance, n, kind=kind, language=language, themes=themes, title=title, text=text, at=start + timedelta(minutes=n * 30)
        )


def _told(chance: random.Random, kind: str, language: str, themes: list[int], words: int) -> tuple[str, str]:
    own = [sentence for at in themes for sentence in THEMES[at][3][language].split("|")]
    titles = [THEMES[at][3][language].split("|")[0] for at in themes]
    everyday = (PRACTICE if kind != Kind.STORY else EVERYDAY)[language].split("|")
    lines = []
    for at in range(max(3, words // A_WORDS_SENTENCE)):
        line = _filled(chance, language, chance.choice(own if _now_and_then(chance, 0.3) else everyday))
        if _now_and_then(chance, 0.07):
            line += " " + _rare(chance, language)
        lines.append(line + (" " if (at + 1) % A_PARAGRAPH else "\n\n"))
    title = chance.choice(titles)
    if _now_and_then(chance, 0.6):
        title = f"{title}: {chance.choice(FIRST)}{chance.choice(LAST)}" if _now_and_then(chance, 0.5) else f"{title}, {_place(chance)}"
    return title, "".join(lines).strip()


def _filled(chance: random.Random, language: str, line: str) -> str:
    while "{" in line:
        slot = line[line.index("{") + 1 : line.index("}")]
        if slot == "n":
            value = str(chance.randint(2, 90))
        elif slot == "place":
            value = _place(chance)
        else:
            value = chance.choice(FILL[language][slot.lower()].split("|"))
        line = line.replace("{" + slot + "}", value.capitalize() if slot[0].isupper() else value, 1)
    return line


def _now_and_then(chance: random.Random, share: float) -> bool:
    return chance.random() < share


def _place(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3)))).capitalize()


def _rare(chance: random.Random, language: str) -> str:
    compound = chance.choice(FIRST) + chance.choice(LAST)
    return {"nb": f"Vi kalte det {compound} i {_place(chance)}.", "nn": f"Vi kalla det {compound} i {_place(chance)}.",
            "en": f"We called it {compound} in {_place(chance)}."}[language]  # fmt: skip


def _rows(
    chance: random.Random, n: int, *, kind: str, language: str, themes: list[int], title: str, text: str, at: datetime
) -> tuple[Item, Published]:
    terms = [term for theme in themes for term in THEMES[theme][1]]
    terms += [f"library:tone.{chance.choice(TONES)}", f"library:shape.{chance.choice(SHAPES)}"] if kind == Kind.STORY else ["library:teller.place"]
    terms += [f"library:situation.{chance.choice(SITUATIONS)}"] if _now_and_then(chance, 0.5) else []
    notes = [note for theme in themes for note in THEMES[theme][2]]
    form = chance.choices((Form.TEXT, Form.SOUND, Form.PICTURE, Form.FILM), (88, 7, 3, 2))[0]
    opening = text[:200].rpartition(".")[0] + "."
    item = Item(kind=kind, state=State.PUBLISHED, version=1, approved_version=1, published_at=at)
    number = count_words(text)
    return item, Published(
        item=item, handle=item.handle, kind=kind, title=title[:160], summary=opening, text=text, fields={f.name: "" for f in OF_KIND[kind]},
        language=language, form=form, words=number, length=length_of(number), terms=list(dict.fromkeys(terms)), notes=list(dict.fromkeys(notes)),
        region=chance.choice(COUNTIES) if _now_and_then(chance, 0.7) else "", may_be_found=n % 3 == 0, published_at=at,
    )  # fmt: skip


def put_many(number: int) -> None:
    """Save so many items, in no index yet."""
    batch: list[tuple[Item, Published]] = []
    for pair in items(number):
        batch.append(pair)
        if len(batch) == BATCH:
            _save(batch)
            batch = []
    _save(batch)


def _save(batch: list[tuple[Item, Published]]) -> None:
    Item.objects.bulk_create([item for item, _shown in batch])
    Published.objects.bulk_create([shown for _item, shown in batch])
