"""What the rehearsal found once: ways around a withdrawal, a no, or words struck out. Each is closed."""

import io
import zipfile
from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from knutepunkt.consent.actions import withdraw_consent
from knutepunkt.consent.choices import Leaving
from knutepunkt.inquiry.actions import coding, findings, reporting, sources, withdrawal
from knutepunkt.inquiry.models import Code, CodeChange, Edition
from knutepunkt.inquiry.queries.sources import own_turns
from knutepunkt.web.jobs import work_off
from knutepunkt.web.search import PUBLIC, search
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)

TEXT = """I: Du sa at de lot deg sitte ved vinduet?
A: Ja, de lot meg sitte ved vinduet og bare puste.
B: Jeg fikk kaffe med en gang, og ingen spurte hvorfor.
I: Lot de meg sitte ved vinduet og bare puste, var det slik du sa det?
B: Nå har jeg min egen kopp i skapet der."""
HERS = "de lot meg sitte ved vinduet og bare puste"
HIS = "Jeg fikk kaffe med en gang"
ECHO = "Noen lot meg sitte ved vinduet og bare puste."


class World:
    """A published report on two voices, before anything is taken back."""

    def __init__(self) -> None:
        self.lead = make.person("Ask")
        self.inquiry = make.inquiry(lead=self.lead)
        self.her, _ = make.participant(self.inquiry, by=self.lead)
        self.him, _ = make.participant(self.inquiry, by=self.lead)
        self.source = make.source(
            self.inquiry, by=self.lead, text=TEXT, speakers={"I": "interviewer", "A": self.her, "B": self.him}
        )
        self.hers = make.passage(self.source, by=self.lead, words=HERS)
        self.his = make.passage(self.source, by=self.lead, words=HIS)
        self.finding = make.finding(self.inquiry, by=self.lead, on=[self.hers, self.his])
        self.quoted_her = make.quotation(self.finding, by=self.lead, of=self.hers, yes_from=self.her)
        self.quoted_him = make.quotation(self.finding, by=self.lead, of=self.his, yes_from=self.him)

    def publish(self) -> None:
        make.asked(self.inquiry, by=self.lead)
        reporting.publish_report(by=self.lead, inquiry=self.inquiry)
        work_off()

    def shown(self, name: str) -> str:
        answer = Client().get(reverse(f"inquiry:{name}", args=[self.inquiry.slug]))
        if name == "public-report":
            return answer.content.decode()
        pages = pypdfium2.PdfDocument(answer.content)
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())

    def withdraw(self) -> None:
        withdraw_consent(by="code", subject=self.her.key, how=Leaving.DELETE)


@pytest.fixture
def world() -> World:
    return World()


def test_a_no_after_publishing_leaves_page_pdf_and_search_at_once(world: World) -> None:
    world.publish()
    assert all(HIS in world.shown(name) for name in ("public-report", "public-pdf"))

    findings.decide_quotation(quotation=world.quoted_him, participant=world.him, yes=False)

    assert not any(HIS in world.shown(name) for name in ("public-report", "public-pdf"))
    assert all(HERS in world.shown(name) for name in ("public-report", "public-pdf"))
    assert not search("kaffe", audiences=[PUBLIC])
    assert Edition.objects.get(is_current=True).changed_note


def test_words_struck_out_leave_a_published_report_at_once(world: World) -> None:
    world.publish()
    turn = world.source.turns.get(participant=world.him, number=3)

    withdrawal.strike_out(turn=turn, words="Jeg fikk kaffe med", version=world.source.version)

    assert not any("kaffe med en gang" in world.shown(name) for name in ("public-report", "public-pdf"))
    assert not search("kaffe", audiences=[PUBLIC])


def test_a_correction_takes_the_quotation_back_to_its_owner(world: World) -> None:
    world.publish()
    turn = world.source.turns.get(participant=world.him, number=3)

    sources.correct_turn(
        by=world.lead, turn=turn, text="Jeg fikk te med en gang, og ingen spurte hvorfor.", version=world.source.version
    )

    assert not any("med en gang" in world.shown(name) for name in ("public-report", "public-pdf"))


def test_a_quotation_holds_one_voice_so_that_nobody_is_shown_anothers_words(world: World) -> None:
    both = make.passage(world.source, by=world.lead, words="bare puste.\nJeg fikk kaffe")

    with pytest.raises(findings.SeveralVoices):
        findings.place_quotation(by=world.lead, finding=world.finding, passage=both)
    client = Client()
    client.force_login(world.lead, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("inquiry:ground-change", args=[world.inquiry.slug, world.finding.number])
    page = client.post(url, {"act": "quote", "passage": both.pk}, follow=True).content.decode()

    assert "ord fra flere" in page
    assert not both.quotations.exists()


def test_promises_that_repeat_the_words_are_left_out_everywhere(world: World) -> None:
    line = reporting.recommend(by=world.lead, inquiry=world.inquiry, text="Flytt stolene.", owner=world.inquiry.commissioner)
    reporting.follow_up(by=world.lead, recommendation=line, month=3, progress="done", text=ECHO)
    world.publish()

    world.withdraw()

    assert not any("ved vinduet" in world.shown(name) for name in ("public-report", "public-pdf"))


def test_codes_named_by_the_words_lose_their_names_and_the_changes_too(world: World) -> None:
    code = coding.add_code(by=world.lead, inquiry=world.inquiry, name=ECHO)
    coding.change_code(by=world.lead, code=code, name="ved vinduet")

    world.withdraw()

    told = " ".join([*Code.objects.values_list("name", flat=True), *map(str, CodeChange.objects.values_list("before"))])
    assert "sitte ved vinduet" not in told


def test_a_memo_that_is_hidden_is_in_no_export(world: World) -> None:
    coding.write_memo(by=world.lead, inquiry=world.inquiry, text=ECHO)
    coding.write_memo(by=world.lead, inquiry=world.inquiry, text="Noe helt annet.")
    client = Client()
    client.force_login(world.lead, backend="django.contrib.auth.backends.ModelBackend")

    world.withdraw()

    answer = client.get(reverse("consent:everything"), {"hent": "1"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        told = archive.read("alt-om-meg.json").decode()
    assert "Noe helt annet." in told
    assert "vinduet" not in told


def test_an_interviewers_echo_is_not_shown_as_anothers_question(world: World) -> None:
    world.withdraw()

    shown: list[dict[str, Any]] = own_turns(world.him)

    assert [line["question"] for line in shown] == ["", ""]


def test_hidden_words_cannot_be_quoted(world: World) -> None:
    echo = make.passage(world.source, by=world.lead, words="slik du sa det?\nNå har jeg")

    world.withdraw()

    with pytest.raises(findings.NotAgreed):
        findings.place_quotation(by=world.lead, finding=world.finding, passage=_fresh(echo))


def _fresh(passage: Any) -> Any:
    return type(passage).objects.select_related("source").get(pk=passage.pk)


def test_every_later_edition_says_that_it_is_changed(world: World) -> None:
    world.publish()
    assert not Edition.objects.get(is_current=True).changed_note
    reporting.add_section(by=world.lead, report=world.inquiry.report, heading="Takk")

    reporting.publish_report(by=world.lead, inquiry=world.inquiry)

    assert Edition.objects.get(is_current=True).changed_note


def test_a_recommendation_is_written_anew(world: World) -> None:
    line = reporting.recommend(by=world.lead, inquiry=world.inquiry, text=ECHO, owner=world.inquiry.commissioner)
    reporting.answer_recommendation(
        by=world.lead, recommendation=line, answer="yes", text="Det gjør vi.", due_on=date(2027, 1, 4)
    )

    reporting.change_recommendation(by=world.lead, recommendation=line, text="Flytt stolene.")

    line.refresh_from_db()
    assert (line.text, line.answer_text) == ("Flytt stolene.", "Det gjør vi.")
