"""Questionnaires: read in bounds, answered at one's own pace, sealed, summed without a word of what it means."""

import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from knutepunkt.journey.actions import carrying, sharing
from knutepunkt.journey.actions import questionnaires as acts
from knutepunkt.journey.methods.contents import as_json_schema, clean
from knutepunkt.journey.methods.fhir import bundle_of
from knutepunkt.journey.methods.questionnaires.answering import said_in, state_in, tree_of
from knutepunkt.journey.methods.questionnaires.form import NotAForm, gaps_in
from knutepunkt.journey.methods.questionnaires.reading import read_file, read_form
from knutepunkt.journey.methods.questionnaires.scoring import calculated, sums_in
from knutepunkt.journey.models import Note, Questionnaire
from knutepunkt.journey.personal_data import enter as _entered  # noqa: F401 (the register is filled when the app is ready)
from knutepunkt.journey.queries.own import notes_of
from knutepunkt.journey.queries.questionnaires import questionnaires_as_data
from knutepunkt.organisations.choices import Role
from knutepunkt.people.actions import make_person
from knutepunkt.web.models import TrailLine
from knutepunkt.web.registers import PERSONAL_DATA
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MARK = "blåklokkestien"
HL7 = "http://hl7.org/fhir/StructureDefinition/"
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
OWN = Path(__file__).parents[2] / "src" / "knutepunkt" / "journey" / "data" / "uka-mi.json"


def extension(name: str, **value: Any) -> dict[str, Any]:
    return {"url": name if ":" in name else HL7 + name, **value}


def item(link: str, kind: str = "string", text: str = "", **more: Any) -> dict[str, Any]:
    return {"linkId": link, "type": kind, "text": text or f"Om {link}", **more}


def coding(code: str, number: float | None = None) -> dict[str, Any]:
    more = {"extension": [extension("ordinalValue", valueDecimal=number)]} if number is not None else {}
    return {"valueCoding": {"system": "urn:x", "code": code, "display": f"svar {code}", **more}}


def source(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"resourceType": "Questionnaire", "status": "active", "language": "nb", "title": "Prøve", "item": list(items), **more}


def as_bytes(data: Any) -> bytes:
    return json.dumps(data).encode()


def read(*items: dict[str, Any], **more: Any) -> Any:
    return read_file(as_bytes(source(*items, **more)))[1]


def is_open(form: Any, link: str, **answers: Any) -> bool:
    """Whether an item is open with these answers at the top of the form."""
    rows = [{"linkId": key.replace("_", "."), "answer": [value]} for key, value in answers.items()]
    tree = tree_of(form, state_in(form, {"item": rows}))
    return any(n.item.link_id == link and n.name in tree.open for n in tree.nodes)


@pytest.fixture
def her() -> Any:
    return make_person(by="test", chosen_name="Tiril")


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def brought(person: Any, *items: dict[str, Any], organisation: Any = None, **more: Any) -> Questionnaire:
    data, form = read_file(as_bytes(source(*items, **more)))
    return acts.bring_questionnaire(by=person, organisation=organisation, data=data, form=form, holder="Eier", licence="Fri")


def begun(person: Any, form: Questionnaire) -> Any:
    return acts.begin_response(by=person, questionnaire=form, form=read_form(form.source), language="nb")


EVERY_TYPE = (
    item("vis", "display", "Les dette først"),
    item("gruppe", "group", "En gruppe", item=[item("b", "boolean"), item("i", "integer"), item("d", "decimal")]),
    item("dag", "date"), item("mnd", "date", extension=[extension("questionnaire-itemControl", valueCodeableConcept={"coding": [{"code": "yearMonth"}]})]),
    item("da", "dateTime"), item("kl", "time"), item("s", "string"), item("t", "text"), item("u", "url"),
    item("c", "choice", answerOption=[coding("a", 1), coding("b", 2)]),
    item("cc", "choice", repeats=True, answerOption=[coding("a"), coding("b"), coding("c")]),
    item("o", "open-choice", answerOption=[coding("a")]),
    item("q", "quantity", extension=[extension("questionnaire-unit", valueCoding={"system": "http://unitsofmeasure.org", "code": "kg", "display": "kg"})]),
    item("mange", "string", repeats=True),
    item("familie", "group", repeats=True, item=[item("navn"), item("alder", "integer")]),
    item("skjult", "string", extension=[extension("questionnaire-hidden", valueBoolean=True)], initial=[{"valueString": "kode 7"}]),
    item("fast", "string", readOnly=True, initial=[{"valueString": "Står fast"}]),
    item("over", "string", item=[item("under", "string")]),
)  # fmt: skip


# --- reading -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("content", "why"), [
    (b"ikke json", "json"), (b"\xff\xfe\x00", "json"), (b"[" * 200_000, "deep"), (b'{"a":' * 100_000, "deep"), (b"[]", "kind"),
    (b"{}", "kind"), (as_bytes({"resourceType": "Patient"}), "kind"), (b" " * (50 * 1024 * 1024), "large"), (b'{"resourceType": NaN}', "json"),
    (as_bytes(source()), "empty"), (as_bytes(source(item("a"), item("a"))), "twice"), (as_bytes(source({"type": "string"})), "item"),
    (as_bytes(source(item("a", ["string"]))), "item"),  # type: ignore[arg-type]
    (as_bytes(source(*(item(str(n)) for n in range(1001)))), "many"), (as_bytes(source(item("a", x=list(range(70_000))))), "many"),
    (as_bytes(source(item("a"), item="noe")), "empty"), (b'{"resourceType":"Questionnaire","item":[{"linkId":"a","type":"string","x":1e999}]}', "json"),
])  # fmt: skip
def test_a_file_that_is_no_form_is_refused_in_words(content: bytes, why: str) -> None:
    began = time.monotonic()
    with pytest.raises(NotAForm) as no:
        read_file(content)

    assert no.value.why == why
    assert time.monotonic() - began < 3


def test_a_form_nested_too_deep_is_refused() -> None:
    inner = item("bunn")
    for n in range(12):
        inner = item(str(n), "group", item=[inner])

    with pytest.raises(NotAForm) as no:
        read(inner)

    assert no.value.why == "deep"


def test_characters_no_database_can_keep_are_left_out(her: Any) -> None:
    raw = b'{"resourceType":"Questionnaire","title":"A\\u0000B","url":"\\ud800","item":[{"linkId":"a","type":"string","text":"Hei\\udfff\\u0007 du"}]}'
    data, form = read_file(raw)

    ours = acts.bring_questionnaire(by=her, data=data, form=form, holder="Eier", licence="Fri")

    ours.refresh_from_db()
    assert (ours.title, ours.source["item"][0]["text"]) == ("AB", "Hei du")


def test_every_type_is_read_and_nothing_is_remarked() -> None:
    form = read(*EVERY_TYPE)

    assert form.remarks == []
    assert {i.type for i in form.items} >= {"display", "group", "boolean", "integer", "decimal", "date", "dateTime", "time", "string",
                                            "text", "url", "choice", "open-choice", "quantity"}  # fmt: skip


def test_what_cannot_be_used_is_said_item_by_item() -> None:
    form = read(
        item("fil", "attachment"), item("ref", "reference"), item("ny", "coding"), item("rar", "hologram"),
        item("liste", "choice", answerValueSet="http://x.example/vs"), item("krav", "string", required=True),
        item("regn", "integer", extension=[extension(CALCULATED, valueExpression={"language": "text/fhirpath", "expression": "a.where(b.matches('(a+)+$'))"})]),
        item("vilkår", "string", enableWhen=[{"question": "finnes ikke", "operator": "=", "answerBoolean": True}]),
        item("r5", "string", disabledDisplay="hidden"), item("ut", "string", extension=[extension("http://x.example/noe", valueString="x")]),
        item("form", "string", extension=[extension("regex", valueString="(a+)+$")]), copyrightLabel="R5",
    )  # fmt: skip

    found = {(r.kind, r.link_id) for r in form.remarks}

    assert found >= {("attachment", "fil"), ("reference", "ref"), ("newer", "ny"), ("type", "rar"), ("choices", "liste"), ("asked", "krav"),
                     ("calculation", "regn"), ("condition", "vilkår"), ("newer", "r5"), ("unused", "ut"), ("asked", "form"), ("newer", "")}  # fmt: skip
    assert all(str(r.says).endswith(".") for r in form.remarks)
    assert {i.link_id for i in form.questions} == {"krav", "regn", "vilkår", "r5", "ut", "form"}


def test_what_stands_under_an_item_that_cannot_be_used_can_still_be_answered() -> None:
    form = read(item("fil", "attachment", item=[item("ved", "string")]))

    assert [n.item.link_id for n in tree_of(form, state_in(form, {})).asked()] == ["ved"]


def test_conditions_in_a_ring_are_opened_and_said() -> None:
    def when(question: str) -> list[dict[str, Any]]:
        return [{"question": question, "operator": "exists", "answerBoolean": True}]

    form = read(item("a", enableWhen=when("b")), item("b", enableWhen=when("a")), item("c", enableWhen=when("a")), item("d", enableWhen=when("d")))

    assert {(r.kind, r.link_id) for r in form.remarks} == {("circle", "a"), ("circle", "b"), ("circle", "d")}
    assert is_open(form, "a")
    assert not is_open(form, "c")
    assert is_open(form, "c", a={"valueString": "x"})


def test_a_long_chain_of_conditions_ends() -> None:
    rows = [item("0", "boolean")]
    rows += [item(str(n), "boolean", enableWhen=[{"question": str(n - 1), "operator": "=", "answerBoolean": True}]) for n in range(1, 1000)]
    form = read(*reversed(rows))

    tree = tree_of(form, state_in(form, {"item": [{"linkId": str(n), "answer": [{"valueBoolean": True}]} for n in range(1000)]}))

    assert len(tree.open) == 1000


@pytest.mark.parametrize(("kind", "operator", "wanted", "given", "holds"), [
    ("boolean", "=", {"answerBoolean": True}, {"valueBoolean": True}, True), ("boolean", "=", {"answerBoolean": True}, {"valueBoolean": False}, False),
    ("boolean", "!=", {"answerBoolean": True}, {"valueBoolean": False}, True), ("integer", ">", {"answerInteger": 3}, {"valueInteger": 4}, True),
    ("integer", ">", {"answerInteger": 3}, {"valueInteger": 3}, False), ("integer", ">=", {"answerInteger": 3}, {"valueInteger": 3}, True),
    ("integer", "<", {"answerInteger": 3}, {"valueInteger": 10}, False), ("decimal", "<=", {"answerDecimal": 2.5}, {"valueDecimal": 2.5}, True),
    ("date", "<", {"answerDate": "2026-02-01"}, {"valueDate": "2026-01-31"}, True), ("time", ">", {"answerTime": "12:00:00"}, {"valueTime": "13:00:00"}, True),
    ("string", "=", {"answerString": "ja"}, {"valueString": "ja"}, True), ("string", "exists", {"answerBoolean": True}, {"valueString": "x"}, True),
    ("string", "exists", {"answerBoolean": False}, {"valueString": "x"}, False),
    ("quantity", ">", {"answerQuantity": {"value": 2}}, {"valueQuantity": {"value": 3}}, True),
])  # fmt: skip
def test_every_operator(kind: str, operator: str, wanted: dict[str, Any], given: dict[str, Any], holds: bool) -> None:
    form = read(item("a", kind), item("b", enableWhen=[{"question": "a", "operator": operator, **wanted}]))

    assert form.remarks == []
    assert is_open(form, "b", a=given) is holds
    assert is_open(form, "b") is (wanted == {"answerBoolean": False} and operator == "exists")


def test_a_coding_is_the_same_by_code_and_by_system_where_both_have_one() -> None:
    def form(**system: str) -> Any:
        when = [{"question": "a", "operator": "=", "answerCoding": {"code": "x", **system}}]
        return read(item("a", "choice", answerOption=[coding("x"), coding("y")]), item("b", enableWhen=when))

    given = {"valueCoding": {"system": "urn:x", "code": "x"}}
    assert is_open(form(), "b", a=given)
    assert is_open(form(system="urn:x"), "b", a=given)
    assert not is_open(form(system="urn:annet"), "b", a=given)


def test_all_and_any() -> None:
    def form(behaviour: str) -> Any:
        when = [{"question": q, "operator": "exists", "answerBoolean": True} for q in ("a", "b")]
        return read(item("a"), item("b"), item("c", enableWhen=when, enableBehavior=behaviour))

    assert is_open(form("any"), "c", a={"valueString": "x"})
    assert not is_open(form("all"), "c", a={"valueString": "x"})
    assert is_open(form("all"), "c", a={"valueString": "x"}, b={"valueString": "x"})


def test_in_a_repeating_group_the_nearest_answer_counts() -> None:
    when = [{"question": "barn", "operator": "=", "answerBoolean": True}]
    form = read(item("folk", "group", repeats=True, item=[item("barn", "boolean"), item("alder", "integer", enableWhen=when)]))
    rows = [{"linkId": "folk", "item": [{"linkId": "barn", "answer": [{"valueBoolean": said}]}]} for said in (True, False)]

    tree = tree_of(form, state_in(form, {"item": rows}))

    assert [n.name for n in tree.asked()] == ["i_0r0_0", "i_0r0_1", "i_0r1_0"]


def test_languages_and_what_they_lack() -> None:
    def both(text: str) -> dict[str, Any]:
        said = [extension("lang", valueCode="nn"), extension("content", valueString=text)]
        return {"extension": [{"url": HL7 + "translation", "extension": [{"url": e["url"].removeprefix(HL7), **{k: v for k, v in e.items() if k != "url"}} for e in said]}]}

    form = read(item("a", text="Hvordan går det?", _text=both("Korleis går det?")), item("b", text="Hva nå?"), _title=both("Prøve"))

    assert form.languages == ["nb", "nn"]
    assert form.item_at("a").words.read("nn") == "Korleis går det?"
    assert form.item_at("b").words.read("nn") == "Hva nå?"
    assert gaps_in([form]) == {"nb": [], "nn": ["Hva nå?"], "en": ["Prøve", "Hvordan går det?", "Hva nå?"]}


def test_another_language_version_fills_the_gaps() -> None:
    norwegian = read(item("a", text="Hei"))
    english = read(item("a", text="Hello"), language="en-GB", title="Test")

    assert gaps_in([norwegian, english])["en"] == []


def test_our_own_form_has_all_three_languages_and_everything_works() -> None:
    _data, form = read_file(OWN.read_bytes())

    assert form.languages == ["nb", "nn", "en"]
    assert gaps_in([form]) == {"nb": [], "nn": [], "en": []}
    assert form.remarks == []
    assert form.holder
    assert form.licence


@pytest.mark.real_files
def test_real_forms_are_read_answered_and_come_out_as_valid_fhir(real_files: Path, her: Any) -> None:
    paths = sorted((real_files / "fhir").glob("*.json"))
    client = client_of(her)
    for path in paths:
        began = time.monotonic()
        data, form = read_file(path.read_bytes())
        seen = client.post(reverse("journey:form-bring"), {"file": SimpleUploadedFile(path.name, path.read_bytes())})
        assert "Dette brukes ikke her" in seen.content.decode()
        ours = acts.bring_questionnaire(by=her, data=data, form=form, holder="Test", licence="Test")
        client.post(reverse("journey:form", args=[ours.pk]), {"how": "all"})
        note = next(n for n in notes_of(her, "response") if n.content["questionnaire"] == str(ours.pk))
        url = reverse("journey:form-answer", args=[note.id])
        page = client.get(url)
        fields = {name: _something(field) for name, field in page.context["form"].fields.items()}
        answer = client.post(url, {**fields, "version": "1", "act": "done", "on": "2026-01-02"})
        if answer.status_code == 302 and answer["Location"] == url:
            answer = client.post(url, {**fields, "version": "2", "act": "done", "on": "2026-01-02"})
        assert answer.status_code == 302, (path.name, dict(answer.context["form"].errors))
        kept = next(n for n in notes_of(her, "response") if n.id == note.id).content["answers"]
        assert QuestionnaireResponse.model_validate(kept).item
        assert client.get(reverse("journey:form-answered", args=[note.id])).status_code == 200
        assert time.monotonic() - began < 15, path.name

    assert len(paths) == 5


def _something(field: Any) -> Any:
    """A small answer that fits a field."""
    low, high = getattr(field, "min_value", None), getattr(field, "max_value", None)
    fitting = {
        "MultipleChoiceField": lambda: [field.choices[0][0]], "ChoiceField": lambda: field.choices[0][0],
        "IntegerField": lambda: str(2000 if high == 9999 else max(low, min(5, high))),
        "NumberField": lambda: str(low if low is not None else min(5, high or 5)).replace(".", ","),
        "BoundedDayField": lambda: field.low or field.high or "2024-03-20", "RegexField": lambda: "2024-05",
        "TimeField": lambda: "08:15", "CharField": lambda: "ord",
    }  # fmt: skip
    return fitting.get(type(field).__name__, str)()


# --- sums ----------------------------------------------------------------------------------------------------------------------------


def calculation(expression: str, kind: str = "decimal") -> Any:
    extra = [extension(CALCULATED, valueExpression={"language": "text/fhirpath", "expression": expression})]
    form = read(
        item("g", "group", item=[item("a", "choice", answerOption=[coding("x", 3), coding("y", 5)]), item("b", "integer")]), item("c", "decimal"),
        item("sum", kind, extension=extra),
    )  # fmt: skip
    if form.remarks:
        return "refused"
    rows = [{"linkId": "g", "item": [{"linkId": "a", "answer": [coding("y")]}, {"linkId": "b", "answer": [{"valueInteger": 4}]}]},
            {"linkId": "c", "answer": [{"valueDecimal": 0.5}]}]  # fmt: skip
    tree = calculated(form, state_in(form, {"item": rows}))
    found = sums_in(tree)
    return found["rows"][0]["value"] if found else None


@pytest.mark.parametrize(("expression", "value"), [
    ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("-2 + 5", 3), ("10 / 4", 2.5), ("1 / 0", None),
    ("%resource.item.where(linkId='g').item.where(linkId='b').answer.value", 4),
    ("%resource.descendants().where(linkId='b').answer.value * 2 + %resource.item.where(linkId = 'c').answer.value", 8.5),
    ("QuestionnaireResponse.descendants().where(linkId='b' or linkId='c').answer.value.sum()", 4.5),
    ("%resource.repeat(item).answer.value.ordinal().sum()", 5), ("%resource.descendants().answer.count()", 3),
    ("%resource.descendants().where(linkId='a').answer.value.extension('http://hl7.org/fhir/StructureDefinition/ordinalValue').value", 5),
    ("%resource.item.where(linkId='finnes ikke').answer.value + 1", None), ("99999999999999 * 99999999999999", None),
    ("%resource.item.where(linkId='x') or 1", "refused"), ("__import__('os')", "refused"), ("1 + ", "refused"), ("", "refused"),
    ("(" * 5000 + "1" + ")" * 5000, "refused"), ("(" * 100 + "1" + ")" * 100, "refused"), ("-" * 500 + "1", "refused"), ("1" * 4000, "refused"),
    ("'" + "a" * 3000, "refused"), ("%resource.item.select(1)", "refused"), ("iif(true, 1, 2)", "refused"),
])  # fmt: skip
def test_sums_of_a_small_part_of_fhirpath(expression: str, value: Any) -> None:
    began = time.monotonic()

    assert calculation(expression) == value
    assert time.monotonic() - began < 1


def test_an_expression_that_asks_for_much_work_gives_nothing_and_ends() -> None:
    much = "%resource.descendants().where(linkId='x').answer.value.count()"
    heavy = [extension(CALCULATED, valueExpression={"language": "text/fhirpath", "expression": " + ".join([much] * 10)})]
    form = read(*(item(f"s{n}", "integer", extension=heavy) for n in range(900)), item("x"))
    began = time.monotonic()

    calculated(form, state_in(form, {}))

    assert time.monotonic() - began < 5


def test_the_sum_of_the_numbers_of_choices_when_the_form_says_no_more() -> None:
    form = read(item("a", "choice", answerOption=[coding("x", 1), coding("y", 4)]), item("b", "choice", repeats=True, answerOption=[coding("x", 2), coding("y", 8)]))
    rows = [{"linkId": "a", "answer": [coding("y")]}, {"linkId": "b", "answer": [coding("x"), coding("y")]}]

    assert sums_in(calculated(form, state_in(form, {"item": rows})))["rows"] == [{"key": "sum", "name": "", "value": 14.0}]
    assert sums_in(calculated(form, state_in(form, {}))) == {}


def test_numbers_of_a_contained_list_count() -> None:
    held = {"resourceType": "ValueSet", "id": "v", "status": "active", "compose": {"include": [{"system": "urn:v", "concept": [
        {"code": "0", "display": "aldri", "extension": [extension("ordinalValue", valueDecimal=0)]},
        {"code": "1", "display": "ofte", "extension": [extension("itemWeight", valueDecimal=3)]}]}]}}  # fmt: skip
    form = read(item("a", "choice", answerValueSet="#v"), contained=[held])
    rows = [{"linkId": "a", "answer": [{"valueCoding": {"system": "urn:v", "code": "1"}}]}]

    assert sums_in(calculated(form, state_in(form, {"item": rows})))["rows"][0]["value"] == 3


# --- answering -----------------------------------------------------------------------------------------------------------------------


def own_response(person: Any) -> Any:
    return notes_of(person, "response")[-1]


FULL = {
    "i_1_0": "ja", "i_1_1": "7", "i_1_2": "2,5", "i_2": "2026-01-31", "i_3": "2026-05", "i_4_0": "2026-01-31", "i_4_1": "13:30", "i_5": "08:15",
    "i_6": MARK, "i_7": f"To linjer\nom {MARK}", "i_8": "https://example.org/a", "i_9": "1", "i_10": ["0", "2"], "i_11__annet": "noe eget",
    "i_12": "70,5", "i_13__0": "en", "i_14r0_0": "Siri", "i_14r0_1": "9", "i_17": "x", "i_17_0": "y",
}  # fmt: skip


def test_every_type_is_answered_on_one_page_sealed_and_valid_fhir(her: Any) -> None:
    form = brought(her, *EVERY_TYPE, url="https://eksempel.example/q", version="2")
    client, note = client_of(her), begun(her, form)
    url = reverse("journey:form-answer", args=[note.pk])
    assert "Les dette først" in client.get(url).content.decode()

    answer = client.post(url, {**FULL, "version": "1", "act": "done", "on": "2026-02-01"})

    assert answer.status_code == 302, answer.context["form"].errors
    kept = own_response(her).content["answers"]
    QuestionnaireResponse.model_validate(kept)
    told = {row["linkId"]: row for row in kept["item"]}
    assert kept["status"] == "completed"
    assert kept["questionnaire"] == "https://eksempel.example/q|2"
    assert told["gruppe"]["item"][2]["answer"] == [{"valueDecimal": 2.5}]
    assert told["da"]["answer"] == [{"valueDateTime": "2026-01-31T13:30:00+01:00"}]
    assert told["kl"]["answer"] == [{"valueTime": "08:15:00"}]
    assert [a["valueCoding"]["code"] for a in told["cc"]["answer"]] == ["a", "c"]
    assert told["o"]["answer"] == [{"valueString": "noe eget"}]
    assert told["q"]["answer"] == [{"valueQuantity": {"value": 70.5, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}}]
    assert told["over"]["answer"] == [{"valueString": "x", "item": [{"linkId": "under", "text": "Om under", "answer": [{"valueString": "y"}]}]}]
    assert told["skjult"]["answer"] == [{"valueString": "kode 7"}]
    assert "vis" not in told
    rows = b"".join(bytes(content) for content in Note.objects.values_list("content", flat=True))
    assert MARK.encode() not in rows
    assert MARK not in str(list(TrailLine.objects.values()))
    page = client.get(reverse("journey:form-answered", args=[note.pk])).content.decode()
    assert MARK in page
    assert "kode 7" in page
    again = client.get(url).content.decode()
    assert 'value="70.5"' in again or 'value="70,5"' in again


def test_everything_can_be_skipped(her: Any) -> None:
    client, note = client_of(her), begun(her, brought(her, item("a", required=True), item("b", "integer", required=True)))

    answer = client.post(reverse("journey:form-answer", args=[note.pk]), {"version": "1", "act": "done"}, follow=True)

    assert "Du hoppet over alt. Det er også greit." in answer.content.decode()
    QuestionnaireResponse.model_validate(own_response(her).content["answers"])


def test_one_question_a_page_forwards_back_and_later(her: Any) -> None:
    when = [{"question": "a", "operator": "=", "answerBoolean": True}]
    form = brought(her, item("a", "boolean"), item("b", "string", text="Hva da?", enableWhen=when), item("c", "integer"))
    client = client_of(her)

    first = client.post(reverse("journey:form", args=[form.pk]), {"how": "one"})
    url = first["Location"].split("?")[0]
    assert "Spørsmål 1 av 2" in client.get(first["Location"]).content.decode()
    second = client.post(f"{url}?side=i_0", {"i_0": "ja", "version": "1", "act": "next"})
    assert second["Location"] == f"{url}?side=i_1"
    page = client.get(second["Location"]).content.decode()
    assert "Hva da?" in page
    assert "Spørsmål 2 av 3" in page
    assert "?side=i_0" in page
    later = client.post(f"{url}?side=i_1", {"i_1": MARK, "version": "2", "act": "later"}, follow=True).content.decode()
    assert "Fortsett der du slapp" in later
    assert MARK in client.get(f"{url}?side=i_1").content.decode()
    assert client.post(f"{url}?side=i_2", {"version": "3", "act": "next"})["Location"] == f"{url}?side=slutt"
    done = client.post(f"{url}?side=slutt", {"version": "4", "act": "done", "on": "2026-03-04"})

    assert done["Location"] == reverse("journey:form-answered", args=[own_response(her).id])
    assert own_response(her).content["on"] == "2026-03-04"
    assert [r["linkId"] for r in own_response(her).content["answers"]["item"]] == ["a", "b"]


def test_answers_that_open_questions_show_them_before_it_is_done(her: Any) -> None:
    when = [{"question": "a", "operator": "=", "answerBoolean": True}]
    note = begun(her, brought(her, item("a", "boolean"), item("b", text="Hva da?", enableWhen=when)))
    client, url = client_of(her), reverse("journey:form-answer", args=[note.pk])
    assert "Hva da?" not in client.get(url).content.decode()

    more = client.post(url, {"i_0": "ja", "version": "1", "act": "done"}, follow=True).content.decode()
    client.post(url, {"i_0": "ja", "i_1": MARK, "version": "2", "act": "done"})
    client.post(url, {"i_0": "nei", "i_1": MARK, "version": "3", "act": "done"})

    assert "Hva da?" in more
    assert [r["linkId"] for r in own_response(her).content["answers"]["item"]] == ["a"]


def test_groups_repeat_within_bounds_and_can_be_taken_away(her: Any) -> None:
    group = item("folk", "group", "Noen", repeats=True, extension=[extension("questionnaire-maxOccurs", valueInteger=3)], item=[item("navn")])
    note = begun(her, brought(her, group))
    client, url = client_of(her), reverse("journey:form-answer", args=[note.pk])

    client.post(url, {"i_0r0_0": "Siri", "version": "1", "act": "add:i_0"})
    client.post(url, {"i_0r0_0": "Siri", "i_0r1_0": "Odd", "version": "2", "act": "add:i_0"})
    client.post(url, {"i_0r0_0": "Siri", "i_0r1_0": "Odd", "i_0r2_0": "Kai", "version": "3", "act": "add:i_0"})
    assert client.get(url).content.decode().count("Om navn") == 3
    client.post(url, {"i_0r0_0": "Siri", "i_0r1_0": "Odd", "i_0r2_0": "Kai", "version": "4", "act": "drop:i_0r1"})
    client.post(url, {"i_0r0_0": "Siri", "i_0r1_0": "Kai", "version": "5", "act": "done"})

    answers = own_response(her).content["answers"]
    QuestionnaireResponse.model_validate(answers)
    assert [row["item"][0]["answer"][0]["valueString"] for row in answers["item"]] == ["Siri", "Kai"]


def test_a_wrong_answer_gets_a_sentence_and_nothing_typed_is_lost(her: Any) -> None:
    limits = [extension("minValue", valueInteger=1), extension("maxValue", valueInteger=5)]
    note = begun(her, brought(her, item("a", "integer", extension=limits), item("b")))

    page = client_of(her).post(reverse("journey:form-answer", args=[note.pk]), {"i_0": "9", "i_1": MARK, "version": "1", "act": "done"})

    assert page.status_code == 200
    assert "Skriv et tall som er 5 eller lavere." in page.content.decode()
    assert MARK in page.content.decode()


def test_two_devices_that_answer_at_once_lose_nothing(her: Any) -> None:
    note = begun(her, brought(her, item("a"), item("b")))
    client, url = client_of(her), reverse("journey:form-answer", args=[note.pk])
    client.post(url, {"i_0": "fra telefonen", "version": "1", "act": "later"})

    page = client.post(url, {"i_0": "fra maskinen", "version": "1", "act": "later"})

    assert "fra telefonen" in page.content.decode()
    assert "fra maskinen" in page.content.decode()
    assert client.post(url, {"i_0": "begge", "version": page.context["version"], "act": "later"}).status_code == 302


def test_words_of_a_form_are_text_and_never_markup(her: Any) -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1)"
    form = brought(her, item("a", text=nasty, prefix="<b>"), item("b", "choice", answerOption=[{"valueString": nasty}]), item("d", "display", nasty),
                   title=nasty, description=nasty, publisher=nasty, copyright=nasty)  # fmt: skip
    client, note = client_of(her), begun(her, form)
    client.post(reverse("journey:form-answer", args=[note.pk]), {"i_1": "0", "version": "1", "act": "done"})

    for url in (reverse("journey:forms"), reverse("journey:form", args=[form.pk]), reverse("journey:form-answer", args=[note.pk]),
                reverse("journey:form-answered", args=[note.pk])):  # fmt: skip
        page = client.get(url).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page


def test_an_address_is_only_taken_when_it_is_one(her: Any) -> None:
    note = begun(her, brought(her, item("a", "url")))

    page = client_of(her).post(reverse("journey:form-answer", args=[note.pk]), {"i_0": "javascript:alert(1)", "version": "1", "act": "done"})

    assert page.status_code == 200
    assert page.context["form"].errors


def test_own_line_over_time_says_numbers_and_no_judgement(her: Any) -> None:
    form = brought(her, item("a", "choice", answerOption=[coding("x", 1), coding("y", 4)]))
    client = client_of(her)
    for days, choice in ((20, "0"), (10, "1"), (0, "0")):
        note = begun(her, form)
        on = (timezone.localdate() - timedelta(days=days)).isoformat()
        client.post(reverse("journey:form-answer", args=[note.pk]), {"i_0": choice, "version": "1", "act": "done", "on": on})

    page = client.get(reverse("journey:form", args=[form.pk]))

    assert [row[1] for row in page.context["pictures"][0].rows] == ["1", "4", "1"]
    words = page.content.decode().lower()
    assert all(word not in words for word in ("alvorlig", "normal", "høy score", "lav score", "grense", "bekymring", 'danger" data'))


@pytest.mark.parametrize("answers", [
    {"item": "x"}, {"item": [1, None, {"linkId": ["x"]}, {"linkId": "i", "answer": "x"}, {"linkId": "i", "answer": [None, {"valueInteger": "x"}]}]},
    {"item": [{"linkId": "gruppe", "item": {"a": 1}}]}, {"status": "completed", "_questionnaire": {"extension": "x"}, "item": [{"text": {"a": 1}}]},
    {"item": [{"linkId": "s", "answer": [{"valueString": ["x"]}, {"valueCoding": "x"}]}], "language": ["nb"]},
])  # fmt: skip
def test_answers_of_unknown_origin_never_break_a_page(her: Any, answers: Any) -> None:
    form = brought(her, *EVERY_TYPE)
    content = clean("response", {"questionnaire": str(form.pk), "on": "2026-01-01", "answers": answers, "scores": {"rows": "x"}})
    from knutepunkt.journey.actions.keeping import keep_note

    note = keep_note(by=her, kind="response", content=content)
    client = client_of(her)

    for name, key in (("forms", None), ("form", form.pk), ("form-answer", note.pk), ("form-answered", note.pk)):
        assert client.get(reverse(f"journey:{name}", args=[key] if key else [])).status_code == 200


# --- who --------------------------------------------------------------------------------------------------------------------------


def test_a_form_is_told_about_before_anything_is_stored_and_keeps_its_terms(her: Any) -> None:
    client, url = client_of(her), reverse("journey:form-bring")
    content = as_bytes(source(item("a"), item("fil", "attachment", text="Last opp her"), publisher="Eieren", copyright="Bare for medlemmer."))

    told = client.post(url, {"file": SimpleUploadedFile("q.json", content)})

    page = told.content.decode()
    assert Questionnaire.objects.count() == 0
    assert "Det går ikke her, så spørsmålet blir borte." in page
    assert "Last opp her" in page
    assert "1 spørsmål kan besvares her." in page
    text = told.context["terms"].initial["source"]
    refused = client.post(url, {"source": text, "holder": "Eieren", "licence": ""})
    assert refused.status_code == 200
    assert Questionnaire.objects.count() == 0
    client.post(url, {"source": text, "holder": "Eieren", "licence": "Bare for medlemmer.", "has_right": "on"})
    made = Questionnaire.objects.get()
    assert (made.person, made.organisation, made.holder, made.licence, made.questions) == (her, None, "Eieren", "Bare for medlemmer.", 1)
    shown = client.get(reverse("journey:form", args=[made.pk])).content.decode()
    assert "Bare for medlemmer." in shown
    again = client.post(url, {"source": text, "holder": "Eieren", "licence": "x", "has_right": "on"}).content.decode()
    assert "Dette skjemaet er her allerede." in again


def test_text_can_be_pasted_and_a_bad_file_says_why(her: Any) -> None:
    client, url = client_of(her), reverse("journey:form-bring")

    assert "1 spørsmål kan besvares her." in client.post(url, {"text": json.dumps(source(item("a")))}).content.decode()
    assert "Fila er ikke JSON." in client.post(url, {"text": "hei"}).content.decode()
    assert "Fila er ikke JSON." in client.post(url, {}).content.decode()
    assert "Fila er ikke JSON." in client.post(url, {"source": "hei", "holder": "a", "licence": "b", "has_right": "on"}).content.decode()
    large = SimpleUploadedFile("q.json", b" " * (2 * 1024 * 1024))
    assert "Fila er for stor." in client.post(url, {"file": large}).content.decode()


def test_a_coordinator_brings_in_for_the_centre_and_sees_no_answer(her: Any) -> None:
    centre, leader, outsider = make.organisation(), make.person("Randi"), make.person("Odd")
    make.role(leader, Role.COORDINATOR, centre)
    make.role(her, Role.PARTICIPANT, centre)
    url = reverse("journey:place-form-bring", args=[centre.slug])
    text = json.dumps(source(item("a")))
    data = {"source": text, "holder": "Eieren", "licence": "Lisens", "has_right": "on"}
    for somebody in (her, outsider):
        assert client_of(somebody).get(url).status_code == 404
        assert client_of(somebody).post(url, data).status_code == 404

    client_of(leader).post(url, data)

    form = Questionnaire.objects.get()
    assert form.organisation == centre
    assert TrailLine.objects.filter(kind="journey:questionnaire:brought-in", about=form.key).count() == 1
    assert "Prøve" in client_of(her).get(reverse("journey:forms")).content.decode()
    assert client_of(outsider).get(reverse("journey:form", args=[form.pk])).status_code == 404
    assert client_of(leader).get(reverse("journey:forms-places"))["Location"] == reverse("journey:place-forms", args=[centre.slug])
    assert client_of(her).get(reverse("journey:forms-places")).status_code == 404
    make.role(leader, Role.COORDINATOR, make.organisation("Havna"))
    assert "Havna" in client_of(leader).get(reverse("journey:forms-places")).content.decode()
    note = begun(her, form)
    client_of(her).post(reverse("journey:form-answer", args=[note.pk]), {"i_0": MARK, "version": "1", "act": "done"})
    place = client_of(leader).get(reverse("journey:place-forms", args=[centre.slug])).content.decode()
    about = client_of(leader).get(reverse("journey:place-form", args=[centre.slug, form.pk])).content.decode()
    assert MARK not in place + about
    assert client_of(leader).get(reverse("journey:form-answered", args=[note.pk])).status_code == 404
    client_of(leader).post(reverse("journey:place-forms", args=[centre.slug]), {"end": str(form.pk)})
    assert client_of(her).get(reverse("journey:form", args=[form.pk])).status_code == 404
    assert MARK in client_of(her).get(reverse("journey:form-answered", args=[note.pk])).content.decode()
    assert MARK in client_of(her).get(reverse("journey:form-answer", args=[note.pk])).content.decode()


def test_nobody_else_sees_answers_or_a_persons_own_form(her: Any) -> None:
    form = brought(her, item("a"))
    note, other = begun(her, form), client_of(make.person("Odd"))

    for name, key in (("form", form.pk), ("form-answer", note.pk), ("form-answered", note.pk)):
        assert other.get(reverse(f"journey:{name}", args=[key])).status_code == 404
        assert Client().get(reverse(f"journey:{name}", args=[key])).status_code == 302
    assert other.post(reverse("journey:form-answered", args=[note.pk]), {"remove": "1"}).status_code == 404


def test_answers_can_be_deleted_and_an_own_form_taken_away(her: Any) -> None:
    form = brought(her, item("a"))
    note, client = begun(her, form), client_of(her)

    client.post(reverse("journey:form", args=[form.pk]), {"end": "1"})
    assert client.get(reverse("journey:form-answer", args=[note.pk])).status_code == 200
    client.post(reverse("journey:form-answered", args=[note.pk]), {"remove": "1"})

    assert notes_of(her, "response") == []
    assert Questionnaire.objects.get().ended_on is not None


def test_what_is_shared_is_read_only_and_only_what_is_done(her: Any) -> None:
    form, helper = brought(her, item("a", text="Hva hjelper?")), make.person("Jo")
    done, begun_only = begun(her, form), begun(her, form)
    client = client_of(her)
    client.post(reverse("journey:form-answer", args=[done.pk]), {"i_0": MARK, "version": "1", "act": "done"})
    client.post(reverse("journey:form-answer", args=[begun_only.pk]), {"i_0": "uferdig ord", "version": "1", "act": "later"})
    share = _shared_with(her, helper, ["forms"])
    without = _shared_with(her, make.person("Per"), ["goals"])

    page = client_of(helper).get(reverse("journey:shared", args=[share.pk])).content.decode()
    other = client_of(without.helper).get(reverse("journey:shared", args=[without.pk])).content.decode()

    assert MARK in page
    assert "Hva hjelper?" in page
    assert "uferdig ord" not in page
    assert MARK not in other
    assert client_of(helper).get(reverse("journey:form-answered", args=[done.pk])).status_code == 404


def _shared_with(person: Any, helper: Any, parts: list[str]) -> Any:
    from knutepunkt.journey.models import Share

    until = timezone.localdate() + timedelta(days=9)
    made = sharing.open_share(by=person, name="En", parts=parts, until_on=until) if hasattr(sharing, "open_share") else None
    made = made or Share.objects.create(person=person, name=b"", parts=parts, until_on=until, made_on=timezone.localdate())
    Share.objects.filter(pk=made.pk).update(helper=helper)
    made.refresh_from_db()
    return made


def test_export_and_erase_of_an_own_form(her: Any) -> None:
    mine, centre = brought(her, item("a")), make.organisation()
    theirs = brought(make.person("Randi"), item("b"), organisation=centre)
    entry = next(e for e in PERSONAL_DATA if e.model == "journey.Questionnaire")

    told = entry.export(her)
    carried = questionnaires_as_data(her, [str(theirs.pk)])
    entry.erase(her)

    assert [row["source"]["item"][0]["linkId"] for row in told] == ["a"]
    assert {row["id"] for row in carried} == {str(mine.pk), str(theirs.pk)}
    assert list(Questionnaire.objects.all()) == [theirs]


def test_questionnaires_come_along_to_another_knutepunkt(her: Any) -> None:
    form = brought(her, item("a"))
    rows = questionnaires_as_data(her, [str(form.pk)])
    other = make.person("Siv")

    moved = acts.carry_questionnaires(by=other, rows=[*rows, {"id": "x"}, 7, {"id": rows[0]["id"], "source": {}, "holder": "", "licence": ""}])
    again = acts.carry_questionnaires(by=other, rows=rows)

    assert moved == again
    copy = Questionnaire.objects.get(person=other)
    assert (str(copy.pk), copy.source, copy.holder, copy.licence) == (moved[str(form.pk)], form.source, "Eier", "Fri")
    assert copy.pk != form.pk


def test_answers_and_their_forms_go_out_in_a_zip_and_in_again_elsewhere(her: Any) -> None:
    form = brought(her, item("a", text="Hva hjelper?"))
    note = begun(her, form)
    client_of(her).post(reverse("journey:form-answer", args=[note.pk]), {"i_0": MARK, "version": "1", "act": "done"})
    packed = carrying.as_zip(her, extra={})
    jsonschema.validate(carrying.as_data(her), as_json_schema())
    answers = own_response(her).content["answers"]
    bundle = bundle_of(notes_of(her), made_at="2026-01-01T00:00:00+01:00")
    other = make.person("Siv")
    Note.objects.all().delete()
    Questionnaire.objects.all().delete()

    first = carrying.bring(by=other, content=packed)
    again = carrying.bring(by=other, content=packed)

    there = notes_of(other, "response")[0]
    assert (first.kept, again.kept) == (1, 0)
    assert there.content["answers"] == answers
    assert there.content["questionnaire"] == str(Questionnaire.objects.get(person=other).pk)
    page = client_of(other).get(reverse("journey:form-answer", args=[there.id])).content.decode()
    assert "Hva hjelper?" in page
    assert MARK in page
    Bundle.model_validate(bundle)
    assert [e["resource"]["resourceType"] for e in bundle["entry"]][-1] == "QuestionnaireResponse"


def test_a_centres_form_is_not_doubled_when_a_journey_comes_back(her: Any) -> None:
    form = brought(make.person("Randi"), item("a"), organisation=make.organisation())
    begun(her, form)

    carrying.bring(by=her, content=carrying.as_zip(her, extra={}))

    assert list(Questionnaire.objects.all()) == [form]


def test_every_page_asks_at_most_eight_queries_however_much_there_is(her: Any, django_assert_max_num_queries: Any) -> None:
    centre = make.organisation()
    make.role(her, Role.COORDINATOR, centre)
    forms = [brought(her, *EVERY_TYPE, url=f"https://x.example/{n}", organisation=centre if n % 2 else None, version=str(n)) for n in range(6)]
    notes = [begun(her, form) for form in forms for _ in range(3)]
    client = client_of(her)
    client.post(reverse("journey:form-answer", args=[notes[0].pk]), {**FULL, "version": "1", "act": "done"})
    ours = next(f for f in forms if f.organisation_id)
    urls = [
        reverse("journey:forms"), reverse("journey:form-bring"), *(reverse("journey:form", args=[f.pk]) for f in forms[:2]),
        *(reverse(f"journey:{name}", args=[n.pk]) for n in notes[:4] for name in ("form-answer", "form-answered")),
        reverse("journey:place-forms", args=[centre.slug]), reverse("journey:place-form-bring", args=[centre.slug]),
        reverse("journey:place-form", args=[centre.slug, ours.pk]), reverse("journey:home"),
    ]  # fmt: skip

    for url in urls:
        with django_assert_max_num_queries(8, info=url):
            assert client.get(url).status_code in {200, 302}, url


def test_the_way_in_stands_on_the_first_page_when_it_is_chosen(her: Any) -> None:
    client = client_of(her)
    client.post(reverse("journey:begin"), {"parts": ["forms"], "enough": "1"})

    assert reverse("journey:forms") in client.get(reverse("journey:home")).content.decode()
    client.post(reverse("journey:settings"), {"parts": ["goals"]})
    assert f'href="{reverse("journey:forms")}"' not in client.get(reverse("journey:home")).content.decode()


def test_a_form_is_answered_in_the_language_that_is_chosen(her: Any) -> None:
    data, form = read_file(OWN.read_bytes())
    ours = acts.bring_questionnaire(by=her, data=data, form=form, holder=form.holder, licence=form.licence)
    client = client_of(her)

    client.post(reverse("journey:form", args=[ours.pk]), {"how": "all", "language": "nn"})
    note = own_response(her)
    with translation.override("nb"):
        page = client.get(reverse("journey:form-answer", args=[note.id])).content.decode()
    client.post(reverse("journey:form-answer", args=[note.id]), {"i_0_0": "3", "i_0_1": "2", "i_1": "2", "version": "1", "act": "done"})

    kept = own_response(her).content
    assert "Kor mange dagar var du ute ein tur?" in page
    assert kept["answers"]["language"] == "nn"
    assert kept["scores"]["rows"] == [{"key": "til-sammen", "name": "Dager ute og dager sammen, lagt sammen", "value": 5.0}]
    assert any("Dagar ute" in row.text for row in said_in(kept["answers"]))
    QuestionnaireResponse.model_validate(kept["answers"])
