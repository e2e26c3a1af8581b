"""Everything out in open formats, and in again elsewhere without a word lost."""

import io
import json
import zipfile
from datetime import date
from typing import Any
from uuid import uuid4

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from knutepunkt.journey.actions import carrying
from knutepunkt.journey.methods import contents
from knutepunkt.journey.methods.contents import KINDS, as_json_schema, clean
from knutepunkt.journey.models import Note
from knutepunkt.journey.queries.own import notes_of
from knutepunkt.people.actions import make_person
from knutepunkt.web.models import StoredFile
from tests.journey.test_own import MARK, client_of, filled, keep

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=30).map(str.strip)


def content_of(part: Any) -> st.SearchStrategy[Any]:  # noqa: PLR0911 (one line a kind)
    """Anything that fits a part of the table."""
    match part:
        case contents.Text():
            return WORDS.filter(bool) if part.required else WORDS
        case contents.Choice():
            return st.sampled_from(part.of)
        case contents.Day():
            days = st.dates(date(2000, 1, 1), date(2099, 1, 1)).map(str)
            return days if part.required else st.one_of(st.just(""), days)
        case contents.Flag():
            return st.booleans()
        case contents.Ref():
            return st.one_of(st.just(""), st.uuids().map(str))
        case contents.Whole():
            return st.integers(part.low, part.high)
        case contents.Marks():
            return st.dictionaries(WORDS.filter(bool), st.integers(1, 5), max_size=4)
        case contents.Many():
            return st.lists(content_of(part.of).filter(lambda x: x != ""), max_size=min(3, part.most))
        case contents.Parts():
            return st.fixed_dictionaries({name: content_of(one) for name, one in part.fields.items()})
    return st.just({})


NOTES = st.lists(
    st.sampled_from(sorted(set(KINDS) - {"signal", "settings", "plan"})).flatmap(
        lambda kind: st.tuples(st.just(kind), content_of(KINDS[kind].holds))
    ),
    max_size=8,
)


def told(person: Any) -> list[tuple[Any, ...]]:
    return sorted((str(n.id), n.kind, json.dumps(n.content, sort_keys=True), n.made_on) for n in notes_of(person))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(NOTES)
def test_what_is_taken_out_comes_in_elsewhere_unchanged(notes: list[tuple[str, dict[str, Any]]]) -> None:
    person, elsewhere = (make_person(by="test", chosen_name=name) for name in ("Her", "Der"))
    for kind, content in notes:
        keep(person, kind, **content | ({"file": ""} if kind == "matter" else {}))
    data = json.loads(json.dumps(carrying.as_data(person)))
    jsonschema.validate(data, as_json_schema())
    before = told(person)
    Note.objects.filter(person=person).delete()  # another installation has never seen these keys

    carrying.bring_data(by=elsewhere, data=data)

    assert told(elsewhere) == before
    again = carrying.bring_data(by=elsewhere, data=data)
    assert (again.kept, again.same) == (0, len(before))
    Note.objects.all().delete()


def test_within_one_house_keys_are_made_anew_and_references_follow() -> None:
    person, other = (make_person(by="test", chosen_name=name) for name in ("Her", "Der"))
    filled(person)

    done = carrying.bring_data(by=other, data=carrying.as_data(person))

    assert done.beside == []
    goal, step = notes_of(other, "goal")[0], notes_of(other, "step")[0]
    assert step.content["goal"] == str(goal.id)
    assert {n.id for n in notes_of(other)}.isdisjoint({n.id for n in notes_of(person)})
    assert len(notes_of(other)) == len(notes_of(person))


def test_the_zip_has_words_pictures_fhir_page_and_booklet() -> None:
    person = make_person(by="test", chosen_name="Tiril")
    filled(person)
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "#447766").save(out, "JPEG")
    client = client_of(person)
    client.post(reverse("journey:part-add", args=["viktig"]), {
        "what": "good", "text": "Kaia", "file_says": "Kaia i sol", "picture": SimpleUploadedFile("a.jpg", out.getvalue())})  # fmt: skip

    answer = client.get(reverse("journey:take-out"))

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    names = set(archive.namelist())
    assert {"min-vei.json", "min-vei.html", "min-vei.pdf", "fhir-bundle.json", "schema.json"} <= names
    assert any(name.startswith("filer/") and name.endswith(".webp") for name in names)
    assert MARK in archive.read("min-vei.html").decode()
    assert archive.read("min-vei.pdf").startswith(b"%PDF")
    bundle = json.loads(archive.read("fhir-bundle.json"))
    kinds = {entry["resource"]["resourceType"] for entry in bundle["entry"]}
    assert {"Patient", "Goal", "CarePlan"} <= kinds
    assert answer["Cache-Control"] == "no-store, private"

    other = make_person(by="test", chosen_name="Der")
    page = client_of(other).post(
        reverse("journey:bring-in"), {"file": SimpleUploadedFile("min-vei.zip", answer.content)}, follow=True
    )
    assert page.status_code == 200
    kept = next(n for n in notes_of(other, "matter") if n.content["text"] == "Kaia")
    assert StoredFile.objects.get(pk=kept.content["file"]).owner == other.key_owner
    assert client_of(other).get(reverse("journey:file", args=[kept.id]))["Content-Type"] == "image/webp"


ID = str(uuid4())


def zip_with(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("min-vei.json", text)
    return out.getvalue()


BAD = [
    b"", b"PK\x03\x04broken", zip_with("not json"), zip_with("[]"), zip_with('{"schema": 99, "notes": []}'),
    zip_with('{"schema": 1, "notes": [{"id": "x", "kind": "goal", "content": {}}]}'),
    zip_with('{"schema": 1, "notes": [{"id": "' + ID + '", "kind": "goal", "content": {"text": "a", "evil": 1}}]}'),
    zip_with('{"schema": 1, "notes": [{"id": "' + ID + '", "kind": "nothing", "content": {}}]}'),
    zip_with('{"schema": 1, "notes": [7]}'), zip_with("[" * 100_000),
]  # fmt: skip


@pytest.mark.parametrize("content", BAD)
def test_what_is_no_journey_is_refused_in_a_sentence_and_nothing_comes_in(content: bytes) -> None:
    person = make_person(by="test", chosen_name="Tiril")

    page = client_of(person).post(reverse("journey:bring-in"), {"file": SimpleUploadedFile("x.zip", content or b" ")})

    assert page.status_code == 200
    assert page.context["form"].errors
    assert notes_of(person) == []


def test_a_plan_that_is_there_is_not_written_over() -> None:
    person, other = (make_person(by="test", chosen_name=name) for name in ("Her", "Der"))
    keep(person, "plan", helps=["Pust"])
    keep(other, "plan", helps=["Gå"])

    done = carrying.bring_data(by=other, data=carrying.as_data(person))

    assert done.beside == ["plan"]
    assert notes_of(other, "plan")[0].content["helps"] == ["Gå"]


def test_every_kind_is_cleaned_from_nothing_but_its_words() -> None:
    for kind in set(KINDS) - {"matter", "goal", "step", "strategy", "hindrance", "checkin", "event", "contact", "wish",
                              "try", "response"}:  # fmt: skip
        assert clean(kind, {})


@pytest.mark.parametrize(("language", "word", "ends"), [("nn", "Måndag", "Slik les du tala"), ("en", "Monday", "How to read the numbers")])
def test_what_is_taken_out_speaks_the_language_it_was_asked_for_in(language: str, word: str, ends: str, settings: Any) -> None:
    her = make_person(by="test", chosen_name="Tiril")
    keep(her, "checkin", on="2026-01-05", words=word, marks={"hope": 4})
    hers = client_of(her)
    hers.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    with zipfile.ZipFile(io.BytesIO(hers.get(reverse("journey:take-out")).content)) as taken:
        page = taken.read("min-vei.html").decode()

    assert f'<html lang="{language}">' in page
    assert word in page
    assert ends in page
    assert "4/5" not in page
