"""Plain rules of telling: pasted text, what is noticed, where versions differ, where a change goes."""

import time

import pytest

from knutepunkt.stories.methods.telling import (
    as_one,
    ease_of,
    longest_sentence,
    notes_noticed,
    others_noticed,
    plain_of,
    put_in,
    where_they_differ,
)
from knutepunkt.web.language import readability


@pytest.mark.parametrize(("pasted", "plain"), [
    ("Helt vanlig.\n\nTo avsnitt.", "Helt vanlig.\n\nTo avsnitt."),
    ("Jeg <3 deg", "Jeg <3 deg"),
    ("5 < 6 og 7 > 2", "5 < 6 og 7 > 2"),
    ("<p>En</p><p>To</p>", "En\n\nTo"),
    ("Linje<br>skift", "Linje\nskift"),
    ("<p>&lt;b&gt; er et merke</p>", "<b> er et merke"),
    ("<script>ond()</script><p>Snill</p>", "Snill"),
    ("<p>Uten slutt <b>feit", "Uten slutt feit"),
    ("a\u000bb\u2028c\u00a0d", "a\nb\nc d"),
    ("<img src=x onerror=alert(1)>Bilde", "Bilde"),
])  # fmt: skip
def test_pasted_markup_becomes_plain_words(pasted: str, plain: str) -> None:
    assert plain_of(pasted) == plain


@pytest.mark.parametrize("hostile", ["<!--", "<p ", "<p>", "<", "</", "<?", "<![CDATA[", "<script>", "&", "&#", "<!", "<p <!--", "<script></script>", "-->", "<w:p"])
def test_a_page_made_to_be_slow_is_read_in_one_pass(hostile: str) -> None:
    started = time.monotonic()

    plain_of("<p>ord</p>" + hostile * (400_000 // len(hostile)))

    assert time.monotonic() - started < 5


@pytest.mark.parametrize(("text", "notes"), [
    ("Jeg satt på stolen og snakket om politikk.", []),
    ("Hun tok selvmord i fjor.", ["death"]),
    ("Eg var innlagd, og dei brukte tvang.", ["mental-health"]),
    ("He was in prison after an overdose.", ["risk", "crime"]),
    ("", []),
    ("Jeg prøvde å ta livet mitt.", ["death"]),
    ("Han tok livet av seg.", ["death"]),
    ("She took her own life.", ["death"]),
    ("Vi tok livet med ro.", []),
])  # fmt: skip
def test_notes_are_proposed_by_words_in_three_languages(text: str, notes: list[str]) -> None:
    assert [one.note for one in notes_noticed(text)] == notes


def test_others_are_named_once_in_their_order() -> None:
    assert others_noticed("Legen ringte mamma. Mamma ringte sjefen min. My boss too.") == ["legen", "mamma", "sjefen", "boss"]


def test_a_long_breath_is_pointed_at_and_a_short_text_is_easy() -> None:
    long = "Og så " + "gikk vi videre og " * 20 + "hjem."

    assert longest_sentence(f"Kort. {long} Slutt.") == long
    assert longest_sentence("Kort. Og godt.") == ""
    assert ease_of(readability("Jeg gikk hjem. Det var sent.")) == "easy"
    assert ease_of(70) == "heavy"


@pytest.mark.parametrize(("mine", "theirs", "left"), [
    ("a\nb\nc", "a\nx\nc", ("b", "x")),
    ("a\nb", "a\nb\nc", ("", "c")),
    ("a", "a", ("", "")),
    ("a\na", "a", ("a", "")),
    ("", "x", ("", "x")),
])  # fmt: skip
def test_only_where_versions_differ_is_shown(mine: str, theirs: str, left: tuple[str, str]) -> None:
    assert where_they_differ(mine, theirs) == left


@pytest.mark.parametrize(("place", "old", "new", "after"), [
    (1, "b", "x", "a\nx\nc"),
    (0, "b", "x", "a\nx\nc"),
    (9, "c", "x", "a\nb\nx"),
    (1, "borte", "x", None),
    (1, "b", "", "a\nc"),
    (None, "a\nb\nc", "alt", "alt"),
    (None, "a", "alt", None),
])  # fmt: skip
def test_a_change_goes_where_its_words_are(place: int | None, old: str, new: str, after: str | None) -> None:
    assert put_in("a\nb\nc", place=place, old=old, new=new) == after


def test_the_same_text_is_the_same_whatever_its_blanks_and_case() -> None:
    assert as_one(["Jeg  gikk\nhjem "]) == as_one(["jeg gikk hjem"])
