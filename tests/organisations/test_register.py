"""The register: what is loaded, what may not be mixed up, and how it is updated."""

import csv
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from knutepunkt.organisations import queries
from knutepunkt.organisations.actions import (
    UnknownNumber,
    UnreadableRegister,
    check_organisation_number,
    load_register,
    update_register,
)
from knutepunkt.organisations.models import Organisation
from tests.organisations.making import an_organisation

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LIST = '"code";"parentCode";"level";"name";"shortName";"presentationName";"validFrom";"validTo"\n'


def test_all_municipalities_counties_and_districts_are_there():
    load_register()

    kinds = list(Organisation.objects.values_list("kind", flat=True))
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "municipality": 357, "county": 15, "district": 15, "health_region": 4, "korus_region": 7,
        "user_led_centre": 5, "competence_centre": 2,
    }  # fmt: skip


def test_loading_is_quick_and_the_second_time_changes_nothing():
    start = time.perf_counter()
    first = load_register()
    took = time.perf_counter() - start

    assert took < 2
    assert first == Organisation.objects.count()
    assert load_register() == 0


def test_what_the_operator_has_changed_is_left_alone():
    load_register()
    Organisation.objects.filter(code="5001").update(about="Skrevet her")

    load_register()

    assert Organisation.objects.get(code="5001").about == "Skrevet her"


def test_two_of_the_same_name_keep_apart():
    load_register()

    slugs = {o.code: o.slug for o in Organisation.objects.filter(name__in=["Herøy", "Våler"])}
    assert slugs == {"1515": "heroy-1515", "1818": "heroy-1818", "3114": "valer-3114", "3419": "valer-3419"}
    assert Organisation.objects.values("slug").distinct().count() == Organisation.objects.count()


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("Porsanki", "porsanger"), ("porsangu", "porsanger"), ("Porsáŋgu", "porsanger"), ("tråante", "trondheim"),
        ("kautokeino", "kautokeino"), ("Guovdageaidnu", "kautokeino"), ("sagene", "bydel-sagene"),
    ],
)  # fmt: skip
def test_found_by_any_of_its_names(typed, slug):
    load_register()

    assert [o.slug for o in queries.found_by_name(typed)] == [slug]


def test_codes_keep_their_leading_zero_and_names_their_languages():
    load_register()

    oslo = Organisation.objects.get(kind="municipality", code="0301")
    tana = Organisation.objects.get(code="5628")
    assert oslo.part_of
    assert oslo.part_of.code == "03"
    assert [(n.language, n.name) for n in tana.names.order_by("position")] == [
        ("se", "Deatnu"),
        ("no", "Tana"),
    ]


def test_what_is_common_knowledge_says_so():
    load_register()

    assert not Organisation.objects.exclude(checked_on=None).exists()
    assert not Organisation.objects.exclude(valid_from=None).exists()
    assert Organisation.objects.get(name="Helse Nord").source == ""


def test_municipality_has_its_regions():
    load_register()

    voler = Organisation.objects.get(code="3419")
    assert [r.name for r in voler.regions.order_by("name")] == ["Helse Sør-Øst", "KORUS Øst"]


@pytest.mark.real_files
def test_our_facts_agree_with_the_file_they_were_made_from(real_files: Path):
    load_register()

    with (real_files / "places" / "municipalities-2024.csv").open(encoding="utf-8") as file:
        theirs = {row["number"]: row["names"] for row in csv.DictReader(file)}

    assert dict(Organisation.objects.filter(kind="municipality").values_list("code", "name")) == theirs


def test_list_renames_adds_and_reports_what_is_missing(tmp_path: Path):
    load_register()
    path = tmp_path / "klass131.csv"
    rows = '"0301";"03";"2";"Oslo - Oslove";"";"";"2026-01-01";""\n"0399";"03";"2";"Nyby";"";"";"2026-01-01";""\n'
    path.write_bytes((LIST + rows + '"9999";"99";"2";"Uoppgitt";"";"";"";""\n').encode("latin-1"))

    report = update_register(by="test", path=path)

    oslo, new = (
        Organisation.objects.get(kind="municipality", code="0301"),
        Organisation.objects.get(code="0399"),
    )
    assert report.lines[:2] == ["renamed: 0301 Oslo -> Oslo - Oslove", "new: 0399 Nyby"]
    assert len([line for line in report.lines if line.startswith("not in the file")]) == 356
    assert (oslo.slug, oslo.source, str(oslo.valid_from)) == ("oslo", "SSB KLASS, klass131.csv", "2026-01-01")
    assert oslo.checked_on is not None
    assert [n.name for n in oslo.names.order_by("position")] == ["Oslo", "Oslove"]
    assert new.part_of
    assert new.part_of.code == "03"
    assert not Organisation.objects.filter(code="9999").exists()


def test_same_list_again_reports_only_what_it_does_not_mention(tmp_path: Path):
    load_register()
    path = tmp_path / "list.csv"
    path.write_text(LIST + '"03";"";"1";"Oslo";"";"";"";""\n', encoding="utf-8-sig")

    update_register(by="test", path=path)
    report = update_register(by="test", path=path)

    assert all(line.startswith("not in the file") for line in report.lines)


def test_change_table_closes_the_old_and_says_what_it_became(tmp_path: Path):
    load_register()
    path = tmp_path / "changes.csv"
    path.write_text(
        "oldCode;oldName;oldShortName;newCode;newName;newShortName;changeOccurred\n"
        "1515;Herøy;;1516;Ulstein;;2027-01-01\n0000;Ukjent;;1516;Ulstein;;2027-01-01\n",
        encoding="utf-8",
    )

    report = update_register(by="test", path=path)

    old = Organisation.objects.get(code="1515")
    assert old.became
    assert old.became.code == "1516"
    assert str(old.valid_to) == "2027-01-01"
    assert report.lines[1].startswith("not known here: 0000 -> 1516")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"navn,nummer\nOslo,0301\n",
        b"%PDF-1.7 \xff\xfe",
        (LIST + "0301;03;2;Oslo;;;1.1.2026;\n").encode(),
    ],
)
def test_file_that_cannot_be_read_changes_nothing(tmp_path: Path, content: bytes):
    load_register()
    path = tmp_path / "file.csv"
    path.write_bytes(content)

    with pytest.raises(UnreadableRegister):
        update_register(by="test", path=path)

    assert not Organisation.objects.exclude(checked_on=None).exists()


def test_commands_say_what_they_did(tmp_path: Path, capsys):
    call_command("load_register")
    path = tmp_path / "list.csv"
    path.write_text(LIST + "0301;03;2;Oslo;;;;\n", encoding="utf-8")
    call_command("update_register", str(path))

    said = capsys.readouterr().out
    assert "405 places entered." in said
    assert "356 changes reported." in said
    with pytest.raises(CommandError, match="There is no file"):
        call_command("update_register", str(tmp_path / "nothing.csv"))


@pytest.mark.parametrize("number", ["974 760 673", "974760673", ""])
def test_organisation_number_that_fits(number):
    assert check_organisation_number(number) == number.replace(" ", "")


@pytest.mark.parametrize("number", ["974760674", "12345678", "NO974760673MVX", "abc"])
def test_organisation_number_that_does_not_fit(number):
    with pytest.raises(UnknownNumber):
        check_organisation_number(number)


def test_organisation_is_not_made_with_a_wrong_number():
    with pytest.raises(UnknownNumber):
        an_organisation(organisation_number="974760674")

    assert not Organisation.objects.exists()
