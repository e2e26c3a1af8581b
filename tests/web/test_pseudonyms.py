"""The pseudonymisation pass: what it finds in talk, how it gathers, and that replacing moves nothing else."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knutepunkt.web.pseudonyms import (
    Group,
    Identifier,
    IdentifierKind,
    group,
    identifiers,
    placeholders,
    replace,
)
from knutepunkt.web.pseudonyms.certainty import MEASURED_PRECISION, MEASURED_RECALL, SURE
from knutepunkt.web.pseudonyms.numbers import is_account_number, is_national_number

FILES = Path(__file__).parent / "files"
MARK = re.compile(r"\{[a-z-]+:([^{}]+)\}")
KNOWN_PLACES = ("Lierne", "Ås", "Mo i Rana", "Herøy", "Våler", "Os")


def national_number(day: int, month: int, year: int) -> str:
    """Make a number with valid check digits; tests use synthetic months only, so it can be nobody's."""
    for serial in range(100, 999):
        nine = f"{day:02}{month:02}{year % 100:02}{serial}"
        for control in range(100):
            if is_national_number(f"{nine}{control:02}"):
                return f"{nine}{control:02}"
    raise AssertionError


def kinds(text: str, **known: object) -> list[tuple[str, str]]:
    """Return kind and text of each find."""
    return [(one.kind.value, one.text) for one in identifiers(text, **known)]  # type: ignore[arg-type]


def parse(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the plain text and the places marked `{kind:words}`."""
    text = ""
    marks: list[tuple[int, int]] = []
    at = 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        marks.append((len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    return text + marked[at:], marks


def measure(file_name: str) -> tuple[float, float, list[str], list[str]]:
    """Return recall (every letter covered), precision, what was missed and what was wrong."""
    wanted, given_out = [], []
    for marked in (FILES / file_name).read_text(encoding="utf-8").split("\n\n"):
        text, gold = parse(marked)
        found = identifiers(text, known_places=KNOWN_PLACES)
        covered = {i for one in found for i in range(one.start, one.end)} | {i for i, c in enumerate(text) if c == " "}
        wanted += [(text[start:end], covered.issuperset(range(start, end))) for start, end in gold]
        given_out += [(one.text, any(s < one.end and one.start < e for s, e in gold)) for one in found]
    missed, wrong = ([words for words, ok in pairs if not ok] for pairs in (wanted, given_out))
    return 1 - len(missed) / len(wanted), 1 - len(wrong) / len(given_out), missed, wrong


def test_the_pass_finds_what_the_page_promises(capsys: pytest.CaptureFixture[str]) -> None:
    recall, precision, precision_of_sure, missed, wrong = measure()

    with capsys.disabled():
        print(f"\nrecall {recall:.3f}, precision {precision:.3f}, of the sure {precision_of_sure:.3f}")  # noqa: T201
        print(f"missed: {missed}\nwrong: {wrong}")  # noqa: T201
    assert recall >= MEASURED_RECALL
    assert precision >= MEASURED_PRECISION
