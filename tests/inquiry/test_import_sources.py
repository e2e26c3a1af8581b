"""Many files at once: each by the road of the upload, a fault is one file's alone, nothing is half-saved."""

import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from knutepunkt.inquiry.models import Draft, Inquiry, Participant, Source
from knutepunkt.web.keystore.models import WrappedKey
from knutepunkt.web.models import SearchEntry, StoredFile
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

GROUP = """I: Hvordan var det å komme?
Marit: Jeg traff han Bernt Bråten i døra, han er snill.
Oddvar: Ho Marit sa det samme på bussen til Steinkjer.
I: Og siden?
Marit: Siden har jeg kommet hver torsdag.
Oddvar: Jeg også."""
KEYS = {"name", "ok", "reason", "words", "turns", "speakers", "identifiers"}


@pytest.fixture
def lead() -> Any:
    return make.person("Ask", handle="lyng-lead")


@pytest.fixture
def inquiry(lead: Any) -> Inquiry:
    return make.inquiry(lead=lead)


def files(folder: Path, **content: bytes) -> list[Path]:
    paths = []
    for name, data in content.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(data)
        paths.append(path)
    return paths


def run(inquiry: Inquiry, paths: list[Path], *, by: str = "Ask", **options: Any) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("import_sources", inquiry.slug, *map(str, paths), by=by, stdout=out, **options)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def test_import_parts_by_speaker_and_replaces_identities(inquiry: Inquiry, tmp_path: Path) -> None:
    code, out = run(inquiry, files(tmp_path, gruppe_txt=GROUP.encode()), json=True)

    (told,) = json.loads(out)
    source = Source.objects.get()
    assert (code, told.keys()) == (0, KEYS)
    assert told == {
        "name": "gruppe.txt", "ok": True, "reason": "", "words": source.words, "turns": 6, "speakers": 3,
        "identifiers": told["identifiers"],
    }  # fmt: skip
    assert told["identifiers"] >= 3
    assert [p.code for p in Participant.objects.order_by("code")] == ["D1", "D2"]
    assert [t.participant.code if t.participant else "-" for t in source.turns.order_by("number")] == [
        "-", "D1", "D2", "-", "D1", "D2",
    ]  # fmt: skip
    for name in ("Bernt", "Bråten", "Steinkjer", "Marit", "Oddvar"):
        assert name not in source.text
        assert not SearchEntry.objects.filter(text__contains=name).exists()


def test_text_without_labels_is_one_persons_words(inquiry: Inquiry, tmp_path: Path) -> None:
    run(inquiry, files(tmp_path, notat_txt="Jeg satt lenge i gangen.\nSå kom det noen.".encode()))

    participant = Participant.objects.get()
    assert {t.participant for t in Source.objects.get().turns.all()} == {participant}


def test_faults_are_named_and_the_rest_is_stored(inquiry: Inquiry, tmp_path: Path) -> None:
    paths = files(
        tmp_path, tom_txt=b"", bilde_docx=b"\x89PNG\r\n\x1a\n" + bytes(300), gruppe_txt=GROUP.encode(),
        lyd_vtt=b"ID3" + bytes(300),
    )  # fmt: skip

    code, out = run(inquiry, [*paths, tmp_path / "borte.txt"], json=True)

    told = {one["name"]: one for one in json.loads(out)}
    assert code == 1
    assert {name: one["ok"] for name, one in told.items()} == {
        "tom.txt": False, "bilde.docx": False, "gruppe.txt": True, "lyd.vtt": False, "borte.txt": False,
    }  # fmt: skip
    assert all(one["reason"].endswith(".") for one in told.values() if not one["ok"])
    assert told["tom.txt"]["reason"] == "Filen er tom. Se etter at du valgte riktig fil."
    assert Source.objects.count() == 1


def test_nothing_is_left_of_a_file_that_failed(inquiry: Inquiry, tmp_path: Path) -> None:
    keys = set(WrappedKey.objects.values_list("owner", flat=True))

    run(inquiry, files(tmp_path, tom_txt=b"", bilde_txt=b"\x89PNG\r\n\x1a\n" + bytes(300)))

    assert Draft.objects.count() == StoredFile.objects.count() == Source.objects.count() == 0
    assert set(WrappedKey.objects.values_list("owner", flat=True)) == keys


def test_a_fault_in_the_midst_leaves_nothing(
    inquiry: Inquiry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: Any, **__: Any) -> None:
        raise RuntimeError("Marit sa noe")

    monkeypatch.setattr("knutepunkt.inquiry.actions.sources.index_source", stumble)

    code, out = run(inquiry, files(tmp_path, gruppe_txt=GROUP.encode()), json=True)

    assert code == 1
    assert json.loads(out)[0]["reason"] == "Noe gikk galt med denne filen. Ingenting av den er lagret."
    assert Draft.objects.count() == StoredFile.objects.count() == Source.objects.count() == 0
    assert Participant.objects.count() == 0


def test_a_huge_file_is_refused_without_being_read(inquiry: Inquiry, tmp_path: Path) -> None:
    huge = tmp_path / "stor.txt"
    with huge.open("wb") as file:
        file.truncate(200_000_000)

    tracemalloc.start()
    code, out = run(inquiry, [huge], json=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert code == 1
    assert json.loads(out)[0]["reason"].startswith("Filen er for stor.")
    assert peak < 120_000_000


def test_lines_for_people(inquiry: Inquiry, tmp_path: Path) -> None:
    _, out = run(inquiry, files(tmp_path, gruppe_txt=GROUP.encode(), tom_txt=b""))

    assert "✓ gruppe.txt: " in out
    assert "6 turer, 3 som snakker" in out
    assert "✗ tom.txt: Filen er tom." in out


@pytest.mark.parametrize("name", ["Ask", "ask", "lyng-lead"])
def test_by_is_a_name_or_a_handle(inquiry: Inquiry, tmp_path: Path, name: str) -> None:
    assert run(inquiry, files(tmp_path, a_txt=GROUP.encode()), by=name)[0] == 0


def test_only_the_team_imports(inquiry: Inquiry, tmp_path: Path) -> None:
    make.person("Fremmed")

    with pytest.raises(CommandError, match="Ingen i teamet heter «Fremmed»"):
        run(inquiry, files(tmp_path, a_txt=GROUP.encode()), by="Fremmed")

    assert Source.objects.count() == Draft.objects.count() == 0


def test_unknown_inquiry_is_said(inquiry: Inquiry, tmp_path: Path) -> None:
    inquiry.slug = "finnes-ikke"

    with pytest.raises(CommandError, match="finnes-ikke"):
        run(inquiry, files(tmp_path, a_txt=GROUP.encode()))


@pytest.mark.real_files
def test_real_files_go_the_same_road(inquiry: Inquiry, real_files: Path) -> None:
    paths = sorted((real_files / "interviews").glob("lia-*.txt"))

    code, out = run(inquiry, paths, json=True)

    told = json.loads(out)
    assert code == 0
    assert sum(one["words"] for one in told) > 25_000
    assert {one["name"]: one["speakers"] for one in told}["lia-austevoll.txt"] == 2
