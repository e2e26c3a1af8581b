"""Sources: nothing is stored before it is seen, identities go, texts can be corrected under coded passages."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from knutepunkt.inquiry.actions import sources as actions
from knutepunkt.inquiry.actions import withdrawal
from knutepunkt.inquiry.actions.sources import TextChanged
from knutepunkt.inquiry.models import Draft, Participant, Passage, PseudonymKey, Quotation, Source, Turn
from knutepunkt.inquiry.queries.sources import own_turns
from knutepunkt.web.files import FileMissing
from knutepunkt.web.keystore.models import WrappedKey
from knutepunkt.web.models import SearchEntry, StoredFile
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

TEXT = """Intervjuer: Hvem hjalp deg?
Kari: Det var Torbjørn Haugland på Sjøbakken i Solvik. Ring ham på 918 27 364.
Intervjuer: Og du?
Per: Jeg var alene lenge 😀 og så kom Torbjørn."""


@pytest.fixture
def lead() -> Any:
    return make.person("Ask")


@pytest.fixture
def inquiry(lead: Any) -> Any:
    return make.inquiry(lead=lead)


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def stored(inquiry: Any, lead: Any) -> Source:
    speakers = {"Intervjuer": "interviewer", "Kari": "new", "Per": "new"}
    return make.source(inquiry, by=lead, text=TEXT, speakers=speakers)


def test_source_is_pseudonymised_and_its_turns_tied_to_codes(inquiry: Any, lead: Any) -> None:
    source = stored(inquiry, lead)

    assert source.code == "K1"
    assert "Torbjørn" not in source.text
    assert "918" not in source.text
    assert "[navn 1]" in source.text
    assert [t.speaker for t in source.turns.order_by("number")] == ["interviewer", "D1", "interviewer", "D2"]
    assert {p.code for p in Participant.objects.all()} == {"D1", "D2"}


def test_same_identity_keeps_its_number_in_the_next_source(inquiry: Any, lead: Any) -> None:
    stored(inquiry, lead)

    second = make.source(inquiry, by=lead, text="A: Da ringte Torbjørn Haugland.\nA: Ja.", speakers={"A": "new"})

    assert "[navn 1]" in second.text


def test_what_is_kept_stays(inquiry: Any, lead: Any) -> None:
    draft = actions.write_draft(by=lead, inquiry=inquiry, name="n", text="A: Torbjørn Haugland kom.\nA: Ja.")
    prepared = actions.prepare_draft(draft, labels=["A"])

    source = actions.store_source(
        by=lead, draft=draft, speakers={"A": "new"}, kept=[group.key for group in prepared.groups]
    )

    assert "Torbjørn Haugland kom." in source.text


def test_draft_leaves_nothing_behind(inquiry: Any, lead: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        stored(inquiry, lead)

    assert not Draft.objects.exists()
    assert not StoredFile.objects.exists()
    assert not WrappedKey.objects.filter(owner__startswith="draft:").exists()
    files = [p for p in Path(settings.FILES_FOLDER).rglob("*") if p.is_file()]
    assert files == []


def test_draft_is_sealed_on_disk_and_in_the_database(inquiry: Any, lead: Any) -> None:
    draft = actions.write_draft(by=lead, inquiry=inquiry, name="Kari Nordmoen.txt", text=TEXT)

    on_disk = b"".join(p.read_bytes() for p in Path(settings.FILES_FOLDER).rglob("*") if p.is_file())

    assert b"Torbj" not in on_disk
    assert b"Nordmoen" not in bytes(Draft.objects.get().name)
    assert actions.open_draft(draft).text.startswith("Intervjuer: Hvem")


def test_kept_original_is_sealed_with_the_source(inquiry: Any, lead: Any) -> None:
    stream = io.BytesIO(TEXT.encode())
    draft = actions.read_upload(by=lead, inquiry=inquiry, name="a.txt", stream=stream, keep_original=True)

    source = actions.store_source(by=lead, draft=draft, speakers={"Kari": "new"}, keep_original=True)

    assert StoredFile.objects.get().owner == source.key_owner


def test_pseudonym_key_can_be_destroyed(inquiry: Any, lead: Any) -> None:
    source = stored(inquiry, lead)
    assert any("Torbjørn" in str(v["words"]) for v in actions.open_pseudonyms(source).values())

    actions.destroy_pseudonyms(by=lead, source=source)

    assert actions.open_pseudonyms(source) == {}
    assert not PseudonymKey.objects.exists()


def test_correction_moves_passages_turns_and_index(inquiry: Any, lead: Any) -> None:
    source = stored(inquiry, lead)
    late = make.passage(source, by=lead, words="alene lenge 😀")
    first = source.turns.get(number=2)

    lost = actions.correct_turn(
        by=lead, turn=first, text="Det var alltid nokon der, heldigvis.", version=source.version
    )

    source.refresh_from_db()
    late.refresh_from_db()
    turns = {t.number: source.text[t.start : t.end] for t in source.turns.all()}
    assert lost == 0
    assert turns[2] == "Det var alltid nokon der, heldigvis."
    assert turns[4].startswith("Jeg var alene lenge 😀")
    assert source.text[late.start : late.end] == "alene lenge 😀"
    assert SearchEntry.objects.get(key=str(first.pk)).text == turns[2]


def test_correction_of_an_older_version_saves_nothing(inquiry: Any, lead: Any) -> None:
    source = stored(inquiry, lead)
    turn = source.turns.get(number=2)
    actions.correct_turn(by=lead, turn=turn, text="Nytt.", version=source.version)

    with pytest.raises(TextChanged):
        actions.correct_turn(by=lead, turn=turn, text="Enda nyere.", version=source.version)

    assert "Enda nyere" not in Source.objects.get().text


def test_a_corrected_quotation_must_be_approved_anew(inquiry: Any, lead: Any) -> None:
    person, _code = make.participant(inquiry, by=lead)
    source = make.source(inquiry, by=lead, text="A: jeg kom hit om våren\nA: ja", speakers={"A": person})
    passage = make.passage(source, by=lead, words="jeg kom hit om våren")
    quotation = make.quotation(make.finding(inquiry, by=lead, on=[passage]), by=lead, of=passage, yes_from=person)

    turn = source.turns.get(number=1)
    actions.correct_turn(by=lead, turn=turn, text="jeg kom hit om høsten", version=source.version)

    quotation.refresh_from_db()
    assert (quotation.words, quotation.state) == ("jeg kom hit om høsten", "proposed")


@given(st.data())
@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None
)
def test_turns_and_passages_stay_in_step_through_any_corrections(inquiry: Any, lead: Any, data: Any) -> None:
    words = ["lys", "mørke", "😀", "veien", "hjem", "ikkje"]
    lines = [" ".join(data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=6))) for _ in range(4)]
    source = make.source(
        inquiry, by=lead, text="\n".join(f"A: {line}" for line in lines), speakers={"A": "new"}
    )
    for number in data.draw(st.lists(st.integers(1, 4), max_size=4)):
        new = " ".join(data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=6)))
        source.refresh_from_db()
        actions.correct_turn(by=lead, turn=source.turns.get(number=number), text=new, version=source.version)
        lines[number - 1] = new

    source.refresh_from_db()
    turns = list(source.turns.order_by("number"))

    assert [source.text[t.start : t.end] for t in turns] == lines
    assert source.text == "\n".join(lines)


def test_participant_strikes_out_own_words(inquiry: Any, lead: Any) -> None:
    source = stored(inquiry, lead)
    turn = source.turns.get(number=4)

    withdrawal.strike_out(turn=turn, words="alene lenge ", version=source.version)

    source.refresh_from_db()
    assert "alene lenge" not in source.text


def test_participant_sees_own_turns_with_the_question_never_the_others(inquiry: Any, lead: Any) -> None:
    stored(inquiry, lead)
    shown = own_turns(Participant.objects.get(code="D2"))

    assert [(line["question"], line["words"][:8]) for line in shown] == [("Og du?", "Jeg var ")]


def test_upload_page_names_each_bad_file_and_reads_the_rest(inquiry: Any, lead: Any) -> None:
    files = [
        SimpleUploadedFile("tom.txt", b""),
        SimpleUploadedFile("god.txt", b"A: hei\nB: hei\nA: du\nB: ja"),
        SimpleUploadedFile("rar.docx", b"PK\x03\x04 broken"),
    ]
    client = signed_in(lead)

    page = client.post(reverse("inquiry:sources", args=[inquiry.slug]), {"documents": files}, follow=True)

    text = page.content.decode()
    assert page.status_code == 200
    assert "Filen er tom." in text
    assert Draft.objects.filter(problem="").count() == 1
    assert Draft.objects.exclude(problem="").count() == 2


def test_draft_page_shows_speakers_and_identities_then_stores(inquiry: Any, lead: Any) -> None:
    draft = actions.write_draft(by=lead, inquiry=inquiry, name="n", text=TEXT)
    client, url = signed_in(lead), reverse("inquiry:draft", args=[inquiry.slug, draft.pk])
    shown = client.get(url).content.decode()

    answer = client.post(url, {
        "speaker_0": "interviewer", "speaker_1": "new", "speaker_2": "new", "meeting": "", "extra": "", "store": "1",
    })  # fmt: skip

    assert "Torbjørn Haugland" in shown
    assert "[navn 1]" in shown
    assert answer.status_code == 302
    assert Source.objects.count() == 1


def test_no_url_of_another_inquiry_opens_a_source(inquiry: Any, lead: Any) -> None:
    stored(inquiry, lead)
    other = make.inquiry(lead=make.person("Gry"), title="En annen")

    answer = signed_in(lead).get(reverse("inquiry:source", args=[other.slug, "K1"]))

    assert answer.status_code == 404


def test_opening_what_was_replaced_is_logged_for_the_participant(inquiry: Any, lead: Any) -> None:
    from knutepunkt.consent.queries import readings_of

    stored(inquiry, lead)
    signed_in(lead).get(reverse("inquiry:pseudonyms", args=[inquiry.slug, "K1"]))

    key = Participant.objects.get(code="D1").key
    assert [r.what for r in readings_of(key)] == ["pseudonyms-opened"]


def test_gone_draft_says_so(inquiry: Any, lead: Any) -> None:
    draft = actions.write_draft(by=lead, inquiry=inquiry, name="n", text=TEXT)
    StoredFile.objects.all().delete()

    with pytest.raises(FileMissing):
        actions.open_draft(draft)
    page = signed_in(lead).get(reverse("inquiry:draft", args=[inquiry.slug, draft.pk]), follow=True)
    assert "Utkastet finnes ikke lenger." in page.content.decode()


def test_passage_counts_code_points(inquiry: Any, lead: Any) -> None:
    source = stored(inquiry, lead)
    passage = make.passage(source, by=lead, words="og så kom")

    assert source.text[passage.start : passage.end] == "og så kom"
    assert Passage.objects.count() == 1
    assert Turn.objects.filter(source=source).count() == 4
    assert Quotation.objects.count() == 0
