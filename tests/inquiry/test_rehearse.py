"""The rehearsal: the whole job on files, one withdrawal, and no word left; here on the demo's own transcripts."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from knutepunkt.inquiry.methods.runs import runs_of
from knutepunkt.inquiry.rehearsal.surfaces import look
from knutepunkt.inquiry.rehearsal.words import Seen, Withdrawn, text_of_pdf, texts_of_answer

PROJECT = Path(__file__).parents[2]
FILES = PROJECT / "src" / "knutepunkt" / "inquiry" / "demo" / "files"
RUN = "import sys; sys.argv[0] = 'knutepunkt'; from knutepunkt.config.command import main; main()"
OWN = ("KNUTEPUNKT_DATABASE_URL", "KNUTEPUNKT_KEYS_URL")


def rehearse(folder: Path, *files: Path) -> tuple[int, dict[str, Any], list[Path]]:
    """Run the command; gives its exit code, the result, and what it left in the folder for passing things."""
    passing, out = folder / "passing", folder / "out"
    passing.mkdir(parents=True)
    env = {k: v for k, v in os.environ.items() if k not in OWN}
    env |= {"PYTHONPATH": str(PROJECT / "src"), "TMPDIR": str(passing), "DJANGO_SETTINGS_MODULE": "knutepunkt.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", RUN, "rehearse", *map(str, files), "--out", str(out)],
        env=env, cwd=folder, check=False, capture_output=True, text=True, timeout=500,
    )  # fmt: skip
    path = out / "result.json"
    result = json.loads(path.read_text()) if path.exists() else {"output": done.stderr}
    return done.returncode, result, list(passing.iterdir())


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, dict[str, Any], list[Path]]:
    folder = tmp_path_factory.mktemp("rehearsal")
    empty = folder / "tom.txt"
    empty.write_bytes(b"")
    files = [FILES / name for name in ("dora-gruppe-1.txt", "dora-gruppe-2.vtt", "dora-en-og-en-1.docx")]
    return folder, *rehearse(folder, *files, empty)


def found(result: dict[str, Any], when: str) -> dict[str, int]:
    return {line["surface"]: line["found"] for line in result["surfaces"] if line["when"] == when}


def test_rehearsal_finds_no_withdrawn_word(rehearsed: Any) -> None:
    _folder, code, result, _left = rehearsed

    assert [line for line in result["surfaces"] if line["when"] != "before" and line["found"]] == []
    assert result["faults"] == {}
    assert (code, result["ok"]) == (0, True)


def test_rehearsal_could_have_found_them(rehearsed: Any) -> None:
    *_, result, _left = rehearsed

    before = found(result, "before")

    for surface in ("public page", "PDF", "public search", "team search", "workbench", "CSV export", "code lists",
                    "finding pages", "dialogue", "interim report", "holder pages", "everything about me",
                    "search table", "every table", "every file", "sealed files, opened"):  # fmt: skip
        assert before[surface] > 0, surface


def test_rehearsal_names_the_file_that_failed_and_goes_on(rehearsed: Any) -> None:
    *_, result, _left = rehearsed

    assert [(one["name"], one["ok"]) for one in result["files"]] == [
        ("dora-gruppe-1.txt", True), ("dora-gruppe-2.vtt", True), ("dora-en-og-en-1.docx", True), ("tom.txt", False),
    ]  # fmt: skip
    assert result["files"][0].keys() == {"name", "ok", "reason", "words", "turns", "speakers", "identifiers"}
    assert result["files"][0]["speakers"] == 5
    assert result["files"][3]["reason"]


def test_rehearsal_takes_back_one_voice_of_several(rehearsed: Any) -> None:
    *_, result, _left = rehearsed
    (withdrawn,) = result["withdrawn"]

    assert withdrawn["speakers_in_source"] == 4
    assert withdrawn["participants"] == 9
    assert withdrawn["runs"] > 50
    assert set(withdrawn["quotations"]) < {one["id"] for one in result["quotations_placed"]}
    assert result["others_unchanged"]
    assert result["hidden"] > 5


def test_rehearsal_leaves_two_pdfs_and_no_trace(rehearsed: Any) -> None:
    folder, _code, _result, left = rehearsed

    assert left == []
    before, after = (text_of_pdf((folder / "out" / f"{name}.pdf").read_bytes()) for name in ("before", "after"))
    assert len(before) > len(after) > 500
    assert "Endret utgave" in after
    assert "Endret utgave" not in before


def test_result_holds_none_of_the_words(rehearsed: Any) -> None:
    folder, *_ = rehearsed

    said = runs_of(line for line in (FILES / "dora-gruppe-1.txt").read_text().splitlines())
    told = runs_of([(folder / "out" / "result.json").read_text()])

    assert not said & told


def test_rehearsal_with_nothing_to_import_ends_with_1(tmp_path: Path) -> None:
    picture = tmp_path / "bilde.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))

    code, result, left = rehearse(tmp_path, picture)

    assert (code, result["ok"], result["withdrawn"], left) == (1, False, [], [])


def test_words_others_also_said_are_not_the_speakers_own() -> None:
    words = Withdrawn.of(
        own=["jeg gikk forbi døra fire ganger"], others=["hun gikk forbi døra fire ganger"], quoted=[]
    )

    assert words.runs == {("jeg", "gikk", "forbi", "døra", "fire")}


@pytest.mark.parametrize("text", [
    "<p>Jeg gikk <mark>forbi</mark> døra, fire ganger.</p>",
    "<p>Jeg gikk forbi</p><p>døra fire ganger</p>",
    '<input value="Jeg gikk forbi d&oslash;ra fire">',
])  # fmt: skip
def test_words_are_found_through_markup(text: str) -> None:
    words = Withdrawn.of(own=["jeg gikk forbi døra fire"], others=[], quoted=[])

    readings = texts_of_answer(text.encode(), "text/html; charset=utf-8")

    assert look({"page": lambda: [Seen("here", readings)]}, words, "now") == [
        {"surface": "page", "when": "now", "searched": 1, "found": 1, "where": ["here"]}
    ]


def test_words_are_found_in_escaped_json() -> None:
    words = Withdrawn.of(own=["jeg gikk forbi døra fire"], others=[], quoted=[])

    (reading,) = texts_of_answer(b'{"text": "jeg gikk forbi d\\u00f8ra fire"}', "application/json")

    assert words.found_in(reading) == 1


@pytest.mark.real_files
def test_rehearsal_on_the_real_files(real_files: Path, tmp_path: Path) -> None:
    files = sorted(f for name in ("interviews", "documents") for f in (real_files / name).iterdir())

    code, result, left = rehearse(tmp_path, *files)

    assert [line for line in result["surfaces"] if line["when"] != "before" and line["found"]] == []
    assert [one["name"] for one in result["files"] if not one["ok"]] == [
        "imagemagick-images.pdf", "libreoffice-writer-password.pdf", "mammoth-empty.docx",
    ]  # fmt: skip
    assert result["withdrawn"][0]["speakers_in_source"] > 1
    assert (code, result["ok"], left) == (0, True, [])
