"""Findings, asking, dialogue, report and promises: nothing about us without us, kept by refusal."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knutepunkt.inquiry.actions import findings as actions
from knutepunkt.inquiry.actions import frame, reporting
from knutepunkt.inquiry.actions.findings import NotAgreed
from knutepunkt.inquiry.actions.frame import LastLead, NotYet, SomebodyElseSaved
from knutepunkt.inquiry.models import Edition, Finding, FindingResponse, Inquiry, Missing, TeamMember
from knutepunkt.inquiry.queries.findings import findings_with_ground, usable_quotations
from knutepunkt.inquiry.queries.frame import what_is_missing
from knutepunkt.web.models import Notice, TrailLine
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TEXT = "A: jeg ble sett da jeg kom\nB: ingen spurte meg\nA: det hjalp"


class World:
    def __init__(self) -> None:
        self.lead, self.contact = make.person("Ask"), make.person("Eli")
        self.inquiry = make.inquiry(lead=self.lead)
        make.role(self.contact, "municipal_contact", self.inquiry.commissioner)
        self.her, self.code = make.participant(self.inquiry, by=self.lead, group="nye")
        self.him, _ = make.participant(self.inquiry, by=self.lead, group="gamle", agrees=False)
        self.source = make.source(
            self.inquiry, by=self.lead, text=TEXT, speakers={"A": self.her, "B": self.him}
        )
        self.hers = make.passage(self.source, by=self.lead, words="jeg ble sett")
        self.his = make.passage(self.source, by=self.lead, words="ingen spurte meg")
        self.finding = make.finding(self.inquiry, by=self.lead, on=[self.hers])

    def client(self, person: Any) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def holder(self) -> Client:
        client = Client()
        client.post(reverse("consent:code"), {"code": self.code})
        return client

    def url(self, name: str, *more: Any) -> str:
        return reverse(f"inquiry:{name}", args=[self.inquiry.slug, *more])


@pytest.fixture
def world() -> World:
    return World()


def test_one_voice_and_a_silent_group_are_warned_about(world: World) -> None:
    line = findings_with_ground(world.inquiry)[0]

    assert line.voices == 1
    assert line.warnings == ["Bare én stemme bærer dette funnet.", "Ingen ord herfra: gamle."]


def test_words_without_consent_cannot_be_quoted(world: World) -> None:
    with pytest.raises(NotAgreed):
        actions.place_quotation(by=world.lead, finding=world.finding, passage=world.his)


def test_quotation_is_used_only_after_the_owners_yes(world: World) -> None:
    quotation = actions.place_quotation(by=world.lead, finding=world.finding, passage=world.hers)
    assert usable_quotations(world.inquiry) == []

    actions.decide_quotation(quotation=quotation, participant=world.her, yes=True)
    assert usable_quotations(world.inquiry) == [quotation]

    actions.decide_quotation(quotation=quotation, participant=world.her, yes=False)
    assert usable_quotations(world.inquiry) == []


def test_publishing_is_refused_until_participants_were_asked(world: World) -> None:
    with pytest.raises(NotYet) as refusal:
        reporting.publish_report(by=world.lead, inquiry=world.inquiry)

    assert "Deltakerne er ikke spurt om funnene ennå." in refusal.value.missing
    assert not Edition.objects.exists()


def test_publishing_waits_while_participants_may_answer(world: World) -> None:
    actions.ask_participants(
        by=world.lead, inquiry=world.inquiry, answers_by=timezone.localdate() + timedelta(days=9)
    )

    with pytest.raises(NotYet):
        reporting.publish_report(by=world.lead, inquiry=world.inquiry)


def test_participant_walks_by_code_from_slip_to_answer(world: World) -> None:
    actions.place_quotation(by=world.lead, finding=world.finding, passage=world.hers)
    actions.ask_participants(
        by=world.lead, inquiry=world.inquiry, answers_by=timezone.localdate() + timedelta(days=9)
    )
    holder = world.holder()

    mine = holder.get(reverse("inquiry:mine")).content.decode()
    words = holder.get(reverse("inquiry:my-transcript")).content.decode()
    quotes = holder.get(reverse("inquiry:my-quotations"))
    quotation = world.inquiry.quotations.get()
    holder.post(reverse("inquiry:my-quotations"), {"quotation": str(quotation.pk), "answer": "yes"})
    holder.post(reverse("inquiry:respond") + "?funn=1", {"answer": "partly", "words": "Nesten."})
    holder.post(reverse("inquiry:missing"), {"words": "Ventetiden."})

    assert world.inquiry.title in mine
    assert "jeg ble sett" in words
    assert "ingen spurte meg" not in words
    assert "jeg ble sett" in quotes.content.decode()
    assert usable_quotations(world.inquiry) == [quotation]
    assert FindingResponse.objects.get().words == "Nesten."
    assert Missing.objects.get().words == "Ventetiden."


def test_without_a_code_nothing_opens(world: World) -> None:
    for name in ("mine", "my-transcript", "my-quotations", "my-findings", "missing", "my-promises"):
        answer = Client().get(reverse(f"inquiry:{name}"))
        assert (answer.status_code, answer.url) == (302, reverse("consent:code"))


def test_no_quotation_of_another_can_be_decided(world: World) -> None:
    _other, other_code = make.participant(world.inquiry, by=world.lead)
    quotation = actions.place_quotation(by=world.lead, finding=world.finding, passage=world.hers)
    client = Client()
    client.post(reverse("consent:code"), {"code": other_code})

    answer = client.post(reverse("inquiry:my-quotations"), {"quotation": str(quotation.pk), "answer": "yes"})

    assert answer.status_code == 404


def test_two_who_save_the_same_finding_both_keep_their_words(world: World) -> None:
    page = {"statement": "Min utgave", "explanation": "", "plain": "", "version": "1"}
    world.client(world.lead).post(world.url("finding", 1), {**page, "statement": "Deres utgave"})

    answer = world.client(world.lead).post(world.url("finding", 1), page)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Min utgave" in text or "Min" in text
    assert "Deres" in text
    assert Finding.objects.get().statement == "Deres utgave"
    with pytest.raises(SomebodyElseSaved):
        actions.change_finding(
            by=world.lead, finding=world.finding, version=1, statement="x", explanation="", plain=""
        )


def test_service_sees_findings_and_answers_after_participants_were_asked(world: World) -> None:
    client = world.client(world.contact)
    before = client.get(world.url("dialogue")).status_code
    make.asked(world.inquiry, by=world.lead)

    page = client.get(world.url("dialogue")).content.decode()
    client.post(world.url("answer", 1), {"text": "Vi vil hilse på alle.", "version": "1"})

    assert before == 404
    assert "Folk vil bli sett." in page
    assert "D1" not in page
    assert "jeg ble sett" not in page
    assert Finding.objects.get().service_answer.text == "Vi vil hilse på alle."


def test_whole_way_to_a_published_report_and_its_promises(world: World) -> None:
    make.quotation(world.finding, by=world.lead, of=world.hers, yes_from=world.her)
    make.asked(world.inquiry, by=world.lead)
    reporting.add_section(by=world.lead, report=world.inquiry.report, heading="Slik gjorde vi det", body="Vi satt.")

    answer = world.client(world.lead).post(world.url("publish"), follow=True)
    line = reporting.recommend(
        by=world.lead, inquiry=world.inquiry, text="Hils på alle.", owner=world.inquiry.commissioner
    )
    service = world.client(world.contact)
    service.post(world.url("promise-answer", 1), {"answer": "yes", "answer_text": "Vi gjør det.", "due_on": "", "version": "1"})
    service.post(world.url("follow-up", 1) + "?maned=3", {"progress": "done", "text": "Hver morgen.", "version": "0"})
    world.holder().post(
        reverse("inquiry:my-promises"), {"recommendation": line.pk, "month": "3", "answer": "yes"}
    )

    public = Client().get(world.url("public-report")).content.decode()
    assert answer.redirect_chain[-1][0] == world.url("public-report")
    for words in ("jeg ble sett", "Slik gjorde vi det", "Vi gjør det.", "Hver morgen.", "færre enn fem"):
        assert words in public, words
    assert "Færre enn fem deltakere har svart." in public
    assert "D1" not in re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", public)  # chance letters


def test_report_is_in_the_public_list_and_can_be_taken_down(world: World) -> None:
    make.asked(world.inquiry, by=world.lead)
    reporting.publish_report(by=world.lead, inquiry=world.inquiry)
    assert world.inquiry.title in Client().get(reverse("inquiry:reports")).content.decode()

    reporting.unpublish_report(by=world.lead, inquiry=world.inquiry)

    assert world.inquiry.title not in Client().get(reverse("inquiry:reports")).content.decode()
    assert Client().get(world.url("public-report")).status_code == 404


def test_next_step_is_refused_with_what_is_missing(world: World) -> None:
    inquiry = Inquiry.objects.get()
    frame.take_next_step(by=world.lead, inquiry=inquiry)

    with pytest.raises(NotYet) as refusal:
        frame.take_next_step(by=world.lead, inquiry=inquiry)

    assert refusal.value.missing == what_is_missing(inquiry)
    assert "Skriv en intervjuguide." in refusal.value.missing
    assert Inquiry.objects.get().phase == 1
    assert [n.kind for n in Notice.objects.filter(recipient=world.contact.pk)] == ["inquiry.next-step"]


def test_last_lead_cannot_leave(world: World) -> None:
    with pytest.raises(LastLead):
        frame.leave_team(by=world.lead, member=TeamMember.objects.get())


def test_own_note_is_sealed_and_read_by_its_writer_only(world: World) -> None:
    world.client(world.lead).post(world.url("my-place"), {"text": "Ikke om barn."})

    page = world.client(world.lead).get(world.url("my-place")).content.decode()

    assert "Ikke om barn." in page
    assert b"barn" not in bytes(TeamMember.objects.get().not_for_me)


def test_trail_tells_who_did_what_without_words(world: World) -> None:
    kinds = list(TrailLine.objects.filter(within=world.inquiry.key).values_list("kind", flat=True))

    assert "inquiry:finding:added" in kinds
    assert "Folk vil bli sett" not in str(list(TrailLine.objects.values()))


def test_reminder_is_given_once_at_three_months(world: World) -> None:
    make.asked(world.inquiry, by=world.lead)
    reporting.publish_report(by=world.lead, inquiry=world.inquiry)
    Edition.objects.update(published_at=timezone.now() - timedelta(days=95))

    assert reporting.remind_of_follow_up() == 1
    assert reporting.remind_of_follow_up() == 0


def test_asked_centre_is_told(world: World) -> None:
    coordinator = make.person("Dag")
    centre = make.organisation("Havna")
    make.role(coordinator, "coordinator", centre)

    frame.request_inquiry(
        by=world.contact, title="Ny", commissioner=world.inquiry.commissioner, responsible=centre, request="Hva?"
    )

    assert [n.kind for n in Notice.objects.filter(recipient=coordinator.pk)] == ["inquiry.asked"]


def test_a_lost_slip_takes_two_who_both_act(world: World) -> None:
    second = make.person("Bera")
    frame.add_team_member(by=world.lead, inquiry=world.inquiry, person=second, role="evaluator")
    url = world.url("renew-slip", "D1")

    world.client(world.lead).post(url, {"ask": "1"})
    alone = world.client(world.lead).post(url, {"agree": "1"})
    assert Client().post(reverse("consent:code"), {"code": world.code}).status_code == 302
    done = world.client(second).post(url, {"agree": "1"})

    assert "En annen i teamet må si ja." in alone.content.decode()
    assert "kp-codecard" in done.content.decode()
    assert "Vi finner ikke denne koden." in Client().post(
        reverse("consent:code"), {"code": world.code}
    ).content.decode()


def test_filling_the_sheet_in_again_gives_no_second_code(world: World) -> None:
    url = world.url("consent-sheet", "D1")

    answer = world.client(world.lead).post(url, {"purpose_analysis": "on", "how": "paper"}, follow=True)

    assert "Deltakeren har valgt før." in answer.content.decode()
    with pytest.raises(frame.AlreadyChosen):
        frame.take_consent(by=world.lead, participant=world.her, purposes={"report": True}, wording="x", how="web")


def test_hidden_section_is_covered_for_all_but_the_lead(world: World) -> None:
    from knutepunkt.inquiry.models import HiddenText

    second = make.person("Bera")
    frame.add_team_member(by=world.lead, inquiry=world.inquiry, person=second, role="evaluator")
    section = reporting.add_section(by=world.lead, report=world.inquiry.report, heading="Om", body="ordene hennes")
    HiddenText.objects.create(inquiry=world.inquiry, what="section", key=str(section.pk))
    url = world.url("section", section.pk)

    assert "ordene hennes" in world.client(world.lead).get(url).content.decode()
    assert "ordene hennes" not in world.client(second).get(url).content.decode()


def test_hidden_answer_of_the_service_is_covered_for_everyone(world: World) -> None:
    from knutepunkt.inquiry.models import HiddenText

    make.asked(world.inquiry, by=world.lead)
    actions.answer_finding(by=world.contact, finding=world.finding, text="jeg ble sett, sa hun", version=1)
    HiddenText.objects.create(inquiry=world.inquiry, what="answer", key=str(world.finding.pk))

    for client, url in (
        (world.client(world.lead), world.url("dialogue")),
        (world.client(world.contact), world.url("dialogue")),
        (world.holder(), reverse("inquiry:my-findings")),
    ):
        assert "jeg ble sett, sa hun" not in client.get(url).content.decode()


def test_the_team_writes_down_for_whoever_has_no_device_and_never_over_an_own_answer(world: World) -> None:
    client, url = world.client(world.lead), world.url("write-down", world.her.code)
    assert client.get(url).status_code == 404
    make.asked(world.inquiry, by=world.lead)

    client.post(url, {"answer_1": "partly", "words_1": "Ikke om vinteren."})
    page = world.holder().get(reverse("inquiry:my-findings")).content.decode()
    world.holder().post(reverse("inquiry:respond") + "?funn=1", {"answer": "no", "words": "Nei."})
    after = client.get(url).content.decode()
    client.post(url, {"answer_1": "recognise", "words_1": "Ja."})

    assert "skrevet inn av Ask" in page
    said = FindingResponse.objects.get(participant=world.her)
    assert (said.answer, said.words, said.typed_by) == ("no", "Nei.", None)
    assert "Personen har svart selv" in after
    assert "Nei." not in after
    assert world.client(world.contact).get(url).status_code == 404
    assert TrailLine.objects.filter(kind="inquiry:finding:answered", actor=str(world.lead.pk)).count() == 1
