"""Passages follow their words through any correction, and never move to other words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knutepunkt.inquiry.methods.anchors import Mover, Splice, apply_splices, splices_between

WORDS = st.lists(st.sampled_from(["jeg", "håper", "😀", "ikkje", "du", "kom", "att", "."]), min_size=1, max_size=14)


def moved(text: str, new: str, words: str) -> str | None:
    start = text.index(words)
    span = Mover(splices_between(text, new)).span(start, start + len(words))
    return None if span is None else new[span[0] : span[1]]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("Ja. Jeg kom hit om våren.", "kom hit"),
        ("Jeg kom endelig hit om våren.", "kom endelig hit"),
        ("Jeg kom hitt om våren.", "kom hitt"),
        ("Jeg kom om våren.", "kom "),
        ("Jeg om våren.", None),
        ("Jeg så kom hit om våren.", "kom hit"),
        ("Jeg kom hit bare om våren.", "kom hit"),
    ],
)
def test_passage_follows_a_correction(new: str, expected: str | None) -> None:
    found = moved("Jeg kom hit om våren.", new, "kom hit")

    assert (found or "").strip() == (expected or "").strip()


@given(WORDS, WORDS)
def test_splices_make_the_new_text(old_words: list[str], new_words: list[str]) -> None:
    old, new = " ".join(old_words), " ".join(new_words)

    assert apply_splices(old, splices_between(old, new)) == new


@given(st.data())
def test_no_passage_moves_to_other_words(data: st.DataObject) -> None:
    """Each letter is unique, so every old letter in a moved passage must have been in it before."""
    text = "".join(chr(0x1F600 + i) if i % 5 == 0 else chr(0x4E00 + i) for i in range(40))
    cuts = sorted(data.draw(st.sets(st.integers(0, 40), max_size=8)))
    splices = [
        Splice(a, b, data.draw(st.sampled_from(["", "x", "nye ord"])))
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    start = data.draw(st.integers(0, 39))
    end = data.draw(st.integers(start + 1, 40))

    span = Mover(splices).span(start, end)

    kept = [c for i, c in enumerate(text) if start <= i < end and not any(s.start <= i < s.end for s in splices)]
    new = apply_splices(text, splices)
    if span is None:
        assert not kept
    else:
        inside = new[span[0] : span[1]]
        assert [c for c in inside if c in text] == kept
        assert all(c in "xnye ord" or c in text[start:end] for c in inside)
