"""Words that were taken back are nowhere: not in drafts, guides, titles, forms, exports, nor back in the search."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from knutepunkt.consent.actions import withdraw_consent
from knutepunkt.consent.choices import Leaving
from knutepunkt.consent.queries import purposes_given
from knutepunkt.inquiry.actions import findings, frame, reporting, sources, withdrawal
from knutepunkt.inquiry.choices import TeamRole
from knutepunkt.inquiry.models import Draft, Edition, Guide, HiddenText
from knutepunkt.inquiry.queries.sources import export_of
from knutepunkt.organisations.choices import Role
from knutepunkt.web.files import FileMissing
from knutepunkt.web.jobs import work_off
from knutepunkt.web.models import SearchEntry, StoredFile
from knutepunkt.web.search import PUBLIC, search
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)

TEXT = """I: Hvordan var det å komme hit?
A: De lot meg sitte ved vinduet og bare puste.
B: Som hun sa, de lot meg sitte ved vinduet og bare puste.
C: Ingen spurte hvorfor jeg var så stille den dagen.
I: Og etterpå?
A: Det tok tre uker."""
HERS = "De lot meg sitte ved vinduet og bare puste"
ECHO = "Noen lot meg sitte ved vinduet og bare puste."
MARK = "ved vinduet"


class World:
    """Three voices of one group, one of them echoed by another; asked, not yet published."""

    def __init__(self) -> None:
        self.lead, self.mate, self.service = make.person("Ask"), make.person("Bo"), make.person("Siri")
        self.inquiry = make.inquiry(lead=self.lead)
        make.role(self.service, Role.MUNICIPAL_CONTACT, self.inquiry.commissioner)
        frame.add_team_member(by=self.lead, inquiry=self.inquiry, person=self.mate, role=TeamRole.EVALUATOR)
        self.her, self.her_code = make.participant(self.inquiry, by=self.lead)
        self.him, self.his_code = make.participant(self.inquiry, by=self.lead)
        self.them, _ = make.participant(self.inquiry, by=self.lead)
        speakers = {"I": "interviewer", "A": self.her, "B": self.him, "C": self.them}
        draft = sources.read_upload(
            by=self.lead, inquiry=self.inquiry, name="gruppe.txt", stream=io.BytesIO(TEXT.encode()), keep_original=True
        )
        self.source = sources.store_source(by=self.lead, draft=draft, speakers=speakers, keep_original=True)
        self.passage = make.passage(self.source, by=self.lead, words="Ingen spurte hvorfor")
        self.finding = make.finding(self.inquiry, by=self.lead, on=[self.passage], statement=ECHO)
        make.asked(self.inquiry, by=self.lead)

    def withdraw(self, who: Any = None) -> None:
        withdraw_consent(by="code", subject=(who or self.her).key, how=Leaving.DELETE)

    def page(self, who: Any, name: str, *args: Any) -> str:
        client = Client()
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(reverse(f"inquiry:{name}", args=[self.inquiry.slug, *args])).content.decode()

    def holder(self, code: str) -> Client:
        client = Client()
        client.post(reverse("consent:code"), {"code": code})
        return client


@pytest.fixture
def world() -> World:
    return World()


def test_a_draft_of_the_same_file_is_thrown_away_and_another_stays(world: World) -> None:
    same = sources.write_draft(by=world.lead, inquiry=world.inquiry, name="igjen", text=TEXT)
    other = sources.write_draft(by=world.lead, inquiry=world.inquiry, name="ny", text="I: Hei?\nD: En helt annen dag.")

    world.withdraw()

    assert list(Draft.objects.all()) == [other]
    assert not StoredFile.objects.filter(owner=same.key_owner).exists()


def test_a_draft_goes_with_somebody_who_said_only_a_few_words(world: World) -> None:
    short, _ = make.participant(world.inquiry, by=world.lead)
    text = "I: Trives du her på senteret nå?\nD: Ja, litt.\nI: Hva kunne vært bedre for deg her?\nE: Vet ikke helt ennå."
    speakers = {"I": "interviewer", "D": short, "E": "new"}
    make.source(world.inquiry, by=world.lead, text=text, speakers=speakers)
    sources.write_draft(by=world.lead, inquiry=world.inquiry, name="igjen", text=text)

    world.withdraw(short)

    assert not Draft.objects.exists()


def test_a_draft_is_stored_once(world: World) -> None:
    draft = sources.write_draft(by=world.lead, inquiry=world.inquiry, name="ny", text="D: En helt annen dag.")
    sources.store_source(by=world.lead, draft=Draft.objects.get(pk=draft.pk), speakers={"D": "new"})

    with pytest.raises(FileMissing):
        sources.store_source(by=world.lead, draft=draft, speakers={"D": "new"})


def test_a_guide_that_repeats_the_words_is_covered_until_the_lead_removes_it(world: World) -> None:
    coordinator = make.person("Randi")
    make.role(coordinator, Role.COORDINATOR, world.inquiry.responsible)
    frame.write_guide(by=world.lead, inquiry=world.inquiry, text="Hva gjør deg trygg?", plain_text="")
    frame.write_guide(by=world.lead, inquiry=world.inquiry, text="Hva gjør deg trygg?", plain_text="", why=ECHO)

    world.withdraw()

    assert MARK not in world.page(coordinator, "guide")
    hidden = HiddenText.objects.get(what="guide")
    withdrawal.remove_hidden(by=world.lead, hidden=hidden)
    assert [g.number for g in Guide.objects.all()] == [1]


def test_a_title_that_repeats_the_words_gives_way_to_the_inquirys_own(world: World) -> None:
    reporting.write_report(
        by=world.lead, report=world.inquiry.report, version=world.inquiry.report.version, title=ECHO, easy_read=""
    )
    reporting.publish_report(by=world.lead, inquiry=world.inquiry)
    work_off()

    world.withdraw()

    pages = [Client().get(reverse("inquiry:public-report", args=[world.inquiry.slug])), Client().get("/")]
    pages.append(Client().get(reverse("inquiry:reports")))
    assert not any(MARK in page.content.decode() for page in pages)
    assert world.inquiry.title in pages[0].content.decode()
    assert not search("vinduet", audiences=[PUBLIC])


@pytest.mark.parametrize("name", ["ground", "outcome", "finding"])
def test_no_page_of_a_finding_shows_a_hidden_statement_to_the_team(world: World, name: str) -> None:
    assert MARK in world.page(world.mate, name, 1)

    world.withdraw()

    assert MARK not in world.page(world.mate, name, 1)
    assert MARK in world.page(world.lead, name, 1)


@pytest.mark.parametrize("name", ["recommend", "report"])
def test_no_list_of_findings_shows_a_hidden_statement_to_the_team(world: World, name: str) -> None:
    reporting.add_section(by=world.lead, report=world.inquiry.report, heading=ECHO)
    assert MARK in world.page(world.mate, name)

    world.withdraw()

    assert MARK not in world.page(world.mate, name)


def test_a_stale_form_does_not_show_a_hidden_statement(world: World) -> None:
    world.withdraw()
    client = Client()
    client.force_login(world.mate, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post(reverse("inquiry:finding", args=[world.inquiry.slug, 1]), {"statement": "x", "version": 99})

    assert MARK not in answer.content.decode()


def test_the_service_sees_no_hidden_statement_or_promise(world: World) -> None:
    line = reporting.recommend(by=world.lead, inquiry=world.inquiry, text=ECHO, owner=world.inquiry.commissioner)
    world.withdraw()
    client = Client()
    client.force_login(world.service, backend="django.contrib.auth.backends.ModelBackend")

    follow_up = client.get(reverse("inquiry:follow-up", args=[world.inquiry.slug, line.position]) + "?maned=3")

    assert MARK not in world.page(world.service, "answer", 1)
    assert MARK not in follow_up.content.decode()


def test_another_participant_sees_no_hidden_statement_and_takes_none_out(world: World) -> None:
    findings.respond_to_finding(finding=world.finding, participant=world.him, answer="partly")
    reporting.recommend(by=world.lead, inquiry=world.inquiry, text=ECHO, owner=world.inquiry.commissioner)
    reporting.say_noticed(
        participant=world.him, recommendation=world.inquiry.recommendations.get(), month=3, answer="yes"
    )

    world.withdraw()

    assert world.holder(world.his_code).get(reverse("inquiry:respond") + "?funn=1").status_code == 404
    told = export_of(world.him.key)
    assert [line["finding"] for line in told["answers"]] == [""]
    assert told["noticed"] == []


def test_a_hidden_turn_stays_out_of_the_index_when_a_neighbour_withdraws(world: World) -> None:
    world.withdraw()
    assert HiddenText.objects.filter(what="turn").count() == 1

    world.withdraw(world.them)

    assert not SearchEntry.objects.filter(text__contains=MARK).exists()


def test_words_struck_out_are_hidden_where_others_repeat_them(world: World) -> None:
    sources.write_draft(by=world.lead, inquiry=world.inquiry, name="igjen", text=TEXT)
    reporting.publish_report(by=world.lead, inquiry=world.inquiry)
    work_off()
    turn = world.source.turns.get(number=2)

    withdrawal.strike_out(turn=turn, words=HERS, version=world.source.version)
    work_off()

    assert MARK not in Client().get(reverse("inquiry:public-report", args=[world.inquiry.slug])).content.decode()
    assert {"finding", "turn"} <= set(HiddenText.objects.values_list("what", flat=True))
    assert not Draft.objects.exists()
    assert not StoredFile.objects.filter(kind="inquiry.original").exists()
    assert purposes_given(world.her.key)


def test_words_struck_out_once_leave_ones_own_other_turns_alone(world: World) -> None:
    turn = world.source.turns.get(number=3)

    withdrawal.strike_out(turn=turn, words="de lot meg sitte ved vinduet", version=world.source.version)

    hidden = HiddenText.objects.filter(what="turn").values_list("key", flat=True)
    assert list(hidden) == [str(world.source.turns.get(number=2).pk)]


def test_what_is_left_of_an_original_goes_with_the_clean_up(world: World) -> None:
    world.withdraw()
    left = sources.keep_file(
        owner=world.source.key_owner, kind="inquiry.original", media_type="text/plain", content=TEXT.encode()
    )

    work_off()

    assert not StoredFile.objects.filter(pk=left.pk).exists()


def test_publishing_twice_without_a_change_is_one_edition(world: World) -> None:
    first = reporting.publish_report(by=world.lead, inquiry=world.inquiry)

    second = reporting.publish_report(by=world.lead, inquiry=world.inquiry)

    assert second == first
    assert Edition.objects.count() == 1
