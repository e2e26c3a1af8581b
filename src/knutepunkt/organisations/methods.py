"""Pure computation of the room: sort keys, plain names, slugs, distances, the map's projection."""

import json
import math
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.text import slugify

from knutepunkt.web.databases import ALPHABET, norwegian_key

DATA = Path(__file__).parent / "data"
EARTH_KM = 6371.0
_AFTER_Z = {"æ": "zza", "ø": "zzb", "å": "zzc"}
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t"})


DIGITS = frozenset("0123456789")


def sort_name_of(name: str) -> str:
    """A text in plain letters and digits that every database sorts the Norwegian way: æ, ø and å last."""
    signs = []
    for number in norwegian_key(name):
        if 0 <= number < len(ALPHABET):
            letter = ALPHABET[number]
            signs.append(_AFTER_Z.get(letter, letter))
        elif chr(abs(number)) in DIGITS:
            signs.append(chr(abs(number)))
    return "".join(signs)[:160]


def plain_name_of(name: str) -> str:
    """Small letters without marks, for finding: `Gáivuotna` and `gaivuotna` are the same."""
    parted = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    return " ".join("".join(c for c in parted if not unicodedata.combining(c)).split())


def slug_of(name: str, *, apart: str = "", taken: set[str] | frozenset[str] = frozenset()) -> str:
    """A short address for a name; `apart` (such as the official code) is added where the name is taken."""
    plain = slugify(plain_name_of(name))[:70] or "sted"
    if plain not in taken:
        return plain
    wanted = f"{plain}-{apart}" if apart else plain
    number = 2
    while wanted in taken:
        wanted, number = f"{plain}-{number}", number + 1
    return wanted


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance between two points given as (latitude, longitude); haversine."""
    (a, b), (c, d) = [tuple(math.radians(v) for v in point) for point in (one, other)]
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


@dataclass(frozen=True)
class Outline:
    """Mainland Norway as one path, and how a point in degrees is placed on it."""

    left: int
    top: int
    width: int
    height: int
    path: str

    def place(self, latitude: float, longitude: float) -> tuple[int, int]:
        """Sinusoidal projection around 15 degrees east, as the outline was drawn."""
        x = (longitude - 15) * math.cos(math.radians(latitude)) * 100 - self.left
        return round(x), round((71.5 - latitude) * 100 - self.top)


@cache
def outline() -> Outline:
    """The outline, read once (Natural Earth, public domain)."""
    facts = json.loads((DATA / "norway-outline.json").read_text(encoding="utf-8"))
    return Outline(facts["left"], facts["top"], facts["width"], facts["height"], facts["path"])
