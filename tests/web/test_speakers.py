"""Who speaks: labels of every shape are proposed, false friends are not, and turns keep every word in order."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knutepunkt.web.documents import Cue, read_document
from knutepunkt.web.speakers import propose_speakers, split_turns


def proposed(text: str) -> list[tuple[str, int, bool]]:
    return [(label.name, label.count, label.is_interviewer) for label in propose_speakers(text).labels]


def spoken(text: str, *labels: str) -> list[tuple[str, str]]:
    clean, turns = split_turns(text, labels or propose_speakers(text).names)
    return [(turn.speaker, clean[turn.start : turn.end]) for turn in turns]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "I: Hva?\nInformant 2: Jo.\nI: Mer?\nInformant 2: Nei.\nInformant 3: Ja.",
            [("I", 2, True), ("Informant 2", 2, False), ("Informant 3", 1, False)],
        ),
        ("[id1] hei\n\n[id2] hallo\n\n[id1] jo\n[id2] nei", [("id1", 2, False), ("id2", 2, False)]),
        ("aal_uio_02: ja .\naal_uio_02: nei .", [("aal_uio_02", 2, False)]),
        (
            "Intervjuer 1 - Hva?\nAne - Jo.\nIntervjuer 1 - Hva?\nAne - Jo.\nIntervjuer 1 - Ja?\nAne - Nei.",
            [("Intervjuer 1", 3, True), ("Ane", 3, False)],
        ),
        (
            "[00:12:03] Kari: Hei\n[00:12:09] Ola: Hallo\n[00:13:00] Kari: Ja",
            [("Kari", 2, False), ("Ola", 1, False)],
        ),
        (
            "00:12 Kari: Hei\n00:15 Ola: nei\n00:18 Kari: jo\n00:20 Ola: ja",
            [("Kari", 2, False), ("Ola", 2, False)],
        ),
        ("KARI\nHei på deg\n\nOLA\nHei du\n\nKARI\nFint\n\nOLA\nJa", [("KARI", 2, False), ("OLA", 2, False)]),
        (
            "Kari Fjellro   0:03\nHei\n\nOla Bo   0:09\nHei du\n\nKari Fjellro   0:12\nFint",
            [("Kari Fjellro", 2, False), ("Ola Bo", 1, False)],
        ),
        (
            "**Moderator:** Hva?\n\n**Ane:** Jo.\n\n**Moderator:** Hva?\n\n**Ane:** Jo.",
            [("Moderator", 2, True), ("Ane", 2, False)],
        ),
        (
            "Kari\tHva?\nOla\tja\nKari\tHva da?\nOla\tnei\nKari\tJa?\nOla\tnei",
            [("Kari", 3, True), ("Ola", 3, False)],
        ),
        ("Sp: Hva?\nSvar: Jo.\nSp: Hva?\nSvar: Nei.", [("Sp", 2, True), ("Svar", 2, False)]),
    ],
)
def test_labels_that_recur_at_line_starts_are_proposed(
    text: str, labels: list[tuple[str, int, bool]]
) -> None:
    assert proposed(text) == labels


@pytest.mark.parametrize(
    "text",
    [
        "Merk: dette\nI går: regn\nNB: husk",
        "NB: a\nNB: b\nDato: 3. mai\nDato: 4. mai",
        "Da klokka var 10: han kom\nklokka 10: hun gikk\nklokka 10: de kom",
        "https://a.no: x\nhttps://a.no: y",
        "10:30 kom han\n9:15 gikk hun",
        "Jeg tenkte slik: det går\nHan sa: nei",
        "[ler] ja\n[ler] nei\n[pause]\n[pause] hm",
        "Vi var i Oslo - og i Bergen\nDet var fint - synes jeg\nVi dro hjem - alle",
        "En vanlig tekst.\n\nUten noen som snakker.",
    ],
)
def test_false_friends_are_not_proposed(text: str) -> None:
    assert proposed(text) == []


def test_a_voice_of_the_subtitles_is_proposed_even_once() -> None:
    cues = (Cue(0, 1, "Kari", "Hei."), Cue(1, 2, "Ola", "Hei."))

    assert propose_speakers("Kari: Hei.\nOla: Hei.", cues).names == ("Kari", "Ola")


def test_the_proposal_shows_examples() -> None:
    label = propose_speakers("I: en\nI: to\nI: tre\nI: fire").labels[0]

    assert label.examples == ("en", "to", "tre")


def test_turns_lose_labels_and_times_and_keep_the_rest() -> None:
    text = "Utskrift\n\n[00:01] Kari: Hei (00:01:05) du\nog du\n\n[00:02] Ola: Merk: ja #00:02:03-4#\nKari:\nOla: klokka 10:30 da"

    clean, turns = split_turns(text, ["kari", "Ola"])

    assert clean == "Utskrift\nHei du\nog du\nMerk: ja\nklokka 10:30 da"
    assert [(t.speaker, clean[t.start : t.end]) for t in turns] == [
        ("", "Utskrift"),
        ("kari", "Hei du\nog du"),
        ("Ola", "Merk: ja"),
        ("Ola", "klokka 10:30 da"),
    ]


def test_a_name_alone_on_a_line_is_an_answer_when_labels_have_colons() -> None:
    assert spoken("I: Hvem?\nAne: Det var\nAne\nI: Ja?\nAne: Ja.") == [
        ("I", "Hvem?"),
        ("Ane", "Det var\nAne"),
        ("I", "Ja?"),
        ("Ane", "Ja."),
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["I", "Ane", "Informant 2", ""]), st.text("abc æ:?-[]#0123\t", max_size=25)
        ),
        max_size=12,
    )
)
def test_turns_cover_the_clean_text_in_order(lines: list[tuple[str, str]]) -> None:
    text = "\n".join(f"{label}: {words}" if label else words for label, words in lines)

    clean, turns = split_turns(text, ["I", "Ane", "Informant 2"])

    assert "\n".join(clean[turn.start : turn.end] for turn in turns) == clean
    ends = 0
    for number, turn in enumerate(turns):
        assert turn.start == (ends + 1 if number else 0)
        assert turn.end > turn.start
        ends = turn.end
    assert ends == len(clean)


def test_a_hundred_thousand_words_take_no_time() -> None:
    text = "\n".join(
        f"{'I' if n % 2 else 'Informant 2'}: {'det var mange som stilte opp ' * 12}" for n in range(1_700)
    )

    started = time.perf_counter()
    split = split_turns(text, propose_speakers(text).names)

    assert time.perf_counter() - started < 10  # a guard against running wild, not a measure
    assert len(split.turns) == 1_700


@pytest.mark.parametrize(
    "nasty",
    [
        "a " * 200_000,
        "[" * 200_000,
        "* " * 100_000,
        "1:" * 100_000,
        "A:" * 100_000,
        "- " * 100_000,
        "A\t" * 100_000,
    ],
)
def test_one_nasty_line_takes_no_time(nasty: str) -> None:
    started = time.perf_counter()
    split_turns(nasty, [*propose_speakers(nasty).names, "A"])

    assert time.perf_counter() - started < 10  # a guard against running wild, not a measure


@pytest.mark.real_files
def test_real_transcripts_give_their_speakers(real_files: Path) -> None:
    folder = real_files / "interviews"

    for name, speakers, turns in (
        ("lia-austevoll.txt", ("austevoll_uib_04", "austevoll_uib_01"), 574),
        ("lia-eidsberg.txt", ("eidsberg_uio_03",), 661),
        ("qualcoder-transcript.txt", ("id1", "id2", "id3"), 7),
        ("qualcoder-ID1.docx", (), 1),
    ):
        document = read_document(name, folder / name)
        proposal = propose_speakers(document.text)
        split = split_turns(document.text, proposal.names)
        assert proposal.names == speakers
        assert len(split.turns) == turns
        assert not any(
            line.startswith(tuple(f"{label}:" for label in speakers or ("?",)))
            for line in split.clean_text.split("\n")
        )
