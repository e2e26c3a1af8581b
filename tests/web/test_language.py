"""Bokmål, Nynorsk and English meet in search; highlighting stays on the original letters."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knutepunkt.web.language import excerpt, guess_language, highlight, normalise, query_terms, readability


@pytest.mark.parametrize(
    "words",
    [
        "fot føtter føttene",
        "gutane gutter guttene",
        "heim hjem heime hjemme heimane",
        "ikkje ikke",
        "meistring mestring mestrer mestre coping",
        "ensom ensomme ensomhet einsemd loneliness",
        "rettigheter rettigheiter rettigheten rettigheit",
        "egenmakt egenmakten empowerment myndiggjøring myndiggjering",
        "recovery bedring betring bedringsprosessen",
        "tjenester tenester tenestene",
        "sykehus sjukehus sjukehuset",
        "mulighet muligheter moglegheitene",
        "rusavhengig narkoman narkomane rusmisbruker",
        "brukermedvirkning brukarmedverknad medvirkning",
        "pårørende pårørande",
        "selvmord sjølvmord suicide",
        "forteljingar fortellinger historien",
        "jobb jobber arbeid arbeidet",
    ],
)
def test_forms_of_the_same_word_have_one_stem(words: str) -> None:
    assert len(set(normalise(words).split())) == 1


@pytest.mark.parametrize("pair", ["håp hat", "trygghet trygd", "lege leie"])
def test_different_words_stay_apart(pair: str) -> None:
    first, second = normalise(pair).split()

    assert first != second


def test_query_leaves_out_words_that_say_nothing() -> None:
    assert query_terms("det å være ensom og ensomme") == query_terms("være ensom")
    assert query_terms("og") == ["og"]
    assert query_terms("") == []


def test_highlight_marks_the_letters_of_the_original() -> None:
    text = "Tenestene var gode. Ingen tjeneste nådde heim. Empowerment!"

    marked = [text[start:end] for start, end in highlight(text, "hjemme tjenesten egenmakt")]

    assert marked == ["Tenestene", "tjeneste", "heim", "Empowerment"]


@given(st.text(max_size=200), st.text(max_size=30))
def test_highlights_are_whole_words_in_order(text: str, query: str) -> None:
    spots = highlight(text, query)

    assert all(0 <= start < end <= len(text) for start, end in spots)
    assert all(a[1] <= b[0] for a, b in pairwise(spots))


@given(st.text(max_size=600), st.text(max_size=20))
def test_excerpt_is_about_the_length_asked_for(text: str, query: str) -> None:
    assert len(excerpt(text, query, 100)) <= max(102, min(len(text), 100))


def test_excerpt_shows_where_most_words_stand() -> None:
    text = "Ensom var jeg. " + "Det regnet. " * 60 + "Jeg var ensom, men håpet kom. " + "Slutt. " * 60

    shown = excerpt(text, "ensomhet håp", 120)

    assert "ensom, men håpet" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")


def test_threads_agree() -> None:
    words = [f"mestringen{n} tenestene rettigheiter moglegheitene" for n in range(300)]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(normalise, words))

    assert together == [normalise(text) for text in words]


def test_nothing_heavy_is_loaded_at_import() -> None:
    code = (
        "import sys; import knutepunkt.web.language, knutepunkt.web.pseudonyms, knutepunkt.web.documents, knutepunkt.web.speakers;"
        "print([m for m in ('simplemma', 'snowballstemmer', 'phonenumbers', 'stdnum', 'pypdfium2', 'lxml', 'docx') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jeg vet ikke hva som hjalp, men hun var der hele tiden.", "nb"),
        ("Eg veit ikkje kva som hjelpte, men ho var der heile tida.", "nn"),
        ("I do not know what helped, but she was there all the time.", "en"),
        ("", "nb"),
    ],
)
def test_language_is_guessed(text: str, language: str) -> None:
    assert guess_language(text) == language


def test_readability_is_lix() -> None:
    assert readability("Vi ser en fin hest. Den spiser gresset.") == pytest.approx(8 / 2 + 100 * 1 / 8)
    assert readability("…") == 0


def test_a_hundred_thousand_words_are_normalised_quickly() -> None:
    text = " ".join(f"ordet tenestene vanskeleg mestring{'abcdefghij'[n % 10]}" for n in range(25_000))

    started = time.perf_counter()
    normalise(text)

    assert time.perf_counter() - started < 10
