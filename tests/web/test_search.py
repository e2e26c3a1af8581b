"""Search: the same on both databases, and never a hit from an audience the reader is not of."""

import pytest

from knutepunkt.web.search import PUBLIC, Entry, drop_entries, put_entries, search

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def _entries() -> None:
    put_entries([
        Entry("report", "1", PUBLIC, "/1/", "Å bli møtt", "Mange føler seg ensomme om kvelden."),
        Entry("report", "2", PUBLIC, "/2/", "Mestring i kvardagen", "Eg er ikkje aleine lenger."),
        Entry("turn", "3", "inquiry:7", "/3/", "K1", "Ensom, men ikke alene.", part_of="source:1"),
        Entry("turn", "4", "inquiry:8", "/4/", "K1", "Ensom på et annet sted.", part_of="source:2"),
    ])  # fmt: skip


def keys(query: str, *audiences: str) -> set[str]:
    return {hit.key for hit in search(query, audiences=audiences)}


def test_word_forms_meet() -> None:
    assert keys("ensom", PUBLIC) == {"1"}
    assert keys("meistring", PUBLIC) == {"2"}
    assert keys("ikke", PUBLIC) == {"2"}


def test_only_the_audiences_named_are_searched() -> None:
    assert keys("ensom", "inquiry:7") == {"3"}
    assert keys("ensom", PUBLIC, "inquiry:7") == {"1", "3"}
    assert keys("ensom") == set()


def test_all_words_must_be_there_and_the_last_may_be_begun() -> None:
    assert keys("ensomme kveld", PUBLIC) == {"1"}
    assert keys("ensomme måne", PUBLIC) == set()


@pytest.mark.parametrize("query", ['"', "a OR b", "ensom*", "'; --", "NEAR(", "\\", "-", "", "  ", "AND"])
def test_hostile_queries_do_no_harm(query: str) -> None:
    search(query, audiences=[PUBLIC])


def test_dropped_entries_are_found_no_more() -> None:
    drop_entries(part_of="source:1")

    assert keys("ensom", "inquiry:7") == set()
