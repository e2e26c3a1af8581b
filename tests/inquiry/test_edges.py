"""Edges found by attacking: shut words, codes after leaving, two at once, end dates, and a no after a restore."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knutepunkt.consent import actions as consent
from knutepunkt.consent.choices import Leaving, Purpose
from knutepunkt.consent.jobs import delete_what_is_due
from knutepunkt.consent.models import Consent, PurposeAnswer, Withdrawal
from knutepunkt.consent.queries import purposes_given
from knutepunkt.inquiry.actions import coding, findings, frame, reporting, sources
from knutepunkt.inquiry.choices import TeamRole
from knutepunkt.inquiry.jobs import delete_due_sources, let_go_of_expired
from knutepunkt.inquiry.models import (
    Edition,
    FindingResponse,
    Meeting,
    Memo,
    Missing,
    Participant,
    Passage,
    Source,
    TeamMember,
    Thanks,
)
from knutepunkt.organisations.choices import Role
from knutepunkt.people.actions import make_person, renew_card
from knutepunkt.people.models import Person
from knutepunkt.web.jobs import work_off
from knutepunkt.web.keystore.models import WrappedKey
from knutepunkt.web.models import Notice, SearchEntry, StoredFile
from knutepunkt.web.search import PUBLIC, search
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)

TEXT = "I: Hvordan var det?\nA: Jeg fikk kaffe med en gang, og ingen spurte hvorfor."
WORDS = "Jeg fikk kaffe med en gang"


class World:
    def __init__(self) -> None:
        self.lead = make_person(by="test", chosen_name="Ask")
        self.inquiry = make.inquiry(lead=self.lead)
        self.her, self.code = make.participant(self.inquiry, by=self.lead)
        self.source = make.source(self.inquiry, by=self.lead, text=TEXT, speakers={"I": "interviewer", "A": self.her})
        self.passage = make.passage(self.source, by=self.lead, words=WORDS)
        self.finding = make.finding(self.inquiry, by=self.lead, on=[self.passage])

    def publish(self) -> None:
        make.quotation(self.finding, by=self.lead, of=self.passage, yes_from=self.her)
        make.asked(self.inquiry, by=self.lead)
        reporting.publish_report(by=self.lead, inquiry=self.inquiry)
        work_off()

    def holder(self) -> Client:
        client = Client()
        client.post(reverse("consent:code"), {"code": self.code})
        return client

    def team(self) -> Client:
        client = Client()
        client.force_login(Person.objects.get(pk=self.lead.pk), backend="django.contrib.auth.backends.ModelBackend")
        return client


@pytest.fixture
def world() -> World:
    return World()


def test_what_is_not_for_me_stays_shut_when_another_has_renewed_my_card(world: World) -> None:
    member = TeamMember.objects.get(inquiry=world.inquiry)
    frame.say_not_for_me(by=world.lead, member=member, text="Ikke om barnevern.")
    page = reverse("inquiry:my-place", args=[world.inquiry.slug])
    assert "barnevern" in world.team().get(page).content.decode()

    renew_card(by=make_person(by="test", chosen_name="Randi"), person=world.lead)
    client = world.team()
    client.post(page, {"text": "noe annet"})

    assert "barnevern" not in client.get(page).content.decode()
    everything = client.get(reverse("consent:everything"), {"hent": "1"}).content
    assert b"barnevern" not in everything
    Person.objects.filter(pk=world.lead.pk).update(shut_until=None)
    before = member.not_for_me
    member.refresh_from_db()
    assert bytes(member.not_for_me) == bytes(before)


def test_a_second_tick_leaves_the_note_to_oneself(world: World) -> None:
    meeting = frame.plan_meeting(by=world.lead, inquiry=world.inquiry, label="Gruppe 1", form="group")
    first = frame.debrief_meeting(by=world.lead, meeting=meeting, note="Det var tungt.")

    second = frame.debrief_meeting(by=world.lead, meeting=meeting)

    assert bytes(second.note) == bytes(first.note)


def test_who_answers_for_the_service_has_no_place_in_the_team(world: World) -> None:
    service = make.person("Siri", handle="siri-1")
    make.role(service, Role.MUNICIPAL_CONTACT, world.inquiry.commissioner)

    with pytest.raises(frame.SpeaksForService):
        frame.add_team_member(by=world.lead, inquiry=world.inquiry, person=service, role=TeamRole.EVALUATOR)
    frame.invite_to_team(by=world.lead, inquiry=world.inquiry, handle="siri-1", role=TeamRole.EVALUATOR)
    asked = world.inquiry.invitations.get()
    make.role(service, Role.ADVISER, make.organisation("Nordlys"))
    answer = _as(service).post(reverse("inquiry:invitation", args=[asked.pk]), {"answer": "yes"}, follow=True)

    assert "kan du ikke være med i teamet" in answer.content.decode()
    assert not TeamMember.objects.filter(person=service).exists()


def _as(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_team_page_does_not_tell_whether_a_handle_exists(world: World) -> None:
    make.person("Siri", handle="siri-1")
    url = reverse("inquiry:team", args=[world.inquiry.slug])

    pages = [
        re.sub(r'value="[^"]*"', "", world.team().post(url, {"handle": h, "role": "evaluator"}, follow=True).content.decode())
        for h in ("siri-1", "ingen-1")
    ]  # fmt: skip
    world.inquiry.invitations.first().delete()
    pages[0] = pages[0].replace("siri-1", "ingen-1")
    alone = re.sub(r'value="[^"]*"', "", world.team().get(url).content.decode())

    assert "Invitasjonen er lagt ut" in pages[0]
    assert pages[0].count("ingen-1") == alone.count("ingen-1")
    assert world.inquiry.team.count() == 1


def test_whoever_is_invited_says_yes_or_no_and_the_lead_is_told(world: World) -> None:
    siri, other = make.person("Siri", handle="Siri-1"), make.person("Odd", handle="odd-1")
    for handle in ("siri-1 ", "odd-1"):
        frame.invite_to_team(by=world.lead, inquiry=world.inquiry, handle=handle, role=TeamRole.EVALUATOR)
    hers, his = world.inquiry.invitations.order_by("pk")
    assert "Vil du være med i teamet?" in _as(siri).get(reverse("inquiry:inquiries")).content.decode()
    assert _as(other).get(reverse("inquiry:invitation", args=[hers.pk])).status_code == 404

    refused = _as(siri).post(reverse("inquiry:invitation", args=[hers.pk]), {"answer": "yes"}, follow=True)
    make.role(siri, Role.USER_EVALUATOR, world.inquiry.responsible)
    _as(siri).post(reverse("inquiry:invitation", args=[hers.pk]), {"answer": "yes"})
    _as(other).post(reverse("inquiry:invitation", args=[his.pk]), {"answer": "no"})

    assert "brukerevaluator eller rådgiver først" in refused.content.decode()
    assert set(world.inquiry.team.values_list("person__chosen_name", flat=True)) == {"Ask", "Siri"}
    told = Notice.objects.filter(recipient=world.lead.pk, kind="inquiry.invitation-answered")
    assert sorted(told.values_list("facts__yes", flat=True)) == [False, True]
    assert not world.inquiry.invitations.exists()


def test_my_page_tells_the_service_nothing_of_what_is_missing(world: World) -> None:
    service = make.person("Siri")
    make.role(service, Role.MUNICIPAL_CONTACT, world.inquiry.commissioner)
    world.publish()
    consent.withdraw_consent(by="code", subject=world.her.key, how=Leaving.DELETE)
    world.inquiry.phase = 3
    world.inquiry.save()
    client = Client()
    client.force_login(service, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get(reverse("portal:my-page")).content.decode()

    assert "tatt tilbake" not in page


def test_nothing_is_added_with_a_code_after_the_words_were_taken_back(world: World) -> None:
    world.publish()
    holder = world.holder()
    holder.post(reverse("consent:withdraw"), {"how": Leaving.DELETE})

    holder.post(reverse("inquiry:respond") + "?funn=1", {"answer": "no", "words": "Nye ord."})
    holder.post(reverse("inquiry:missing"), {"words": "Nye ord."})

    assert not FindingResponse.objects.exists()
    assert not Missing.objects.exists()
    assert reverse("inquiry:my-findings") not in holder.get(reverse("inquiry:mine")).content.decode()


def test_a_code_in_hand_gets_a_new_session(world: World) -> None:
    client = Client()
    client.post(reverse("web:language"), {"language": "nn"})
    session = client.session
    session["mark"] = "1"
    session.save()
    client.cookies["sessionid"] = before = session.session_key

    client.post(reverse("consent:code"), {"code": world.code})

    assert client.cookies["sessionid"].value != before


def test_the_same_withdrawal_sent_twice_is_one(world: World) -> None:
    world.publish()

    first = consent.withdraw_consent(by="code", subject=world.her.key, how=Leaving.DELETE)
    second = consent._withdraw(by="code", subject=world.her.key, how=Leaving.DELETE)  # past the first look

    assert second == first
    assert Withdrawal.objects.count() == 1
    assert Edition.objects.count() == 2


def test_leaving_and_keeping_twice_is_one_and_the_words_can_still_be_taken_back(world: World) -> None:
    consent.withdraw_consent(by="code", subject=world.her.key, how=Leaving.KEEP)
    consent.withdraw_consent(by="code", subject=world.her.key, how=Leaving.KEEP)
    assert Withdrawal.objects.count() == 1

    consent.withdraw_consent(by="code", subject=world.her.key, how=Leaving.DELETE)

    assert WORDS not in Source.objects.get().text


def test_a_no_to_one_purpose_is_said_again_after_a_restore(world: World) -> None:
    world.publish()
    yes = {p.value: True for p in Purpose}
    consent.change_purposes(by="code", subject=world.her.key, purposes={**yes, "report": False})
    _restore(world.her.key)
    assert "report" in purposes_given(world.her.key)

    replayed = consent.replay_withdrawals()

    assert replayed == 1
    assert purposes_given(world.her.key) == set(yes) - {"report"}
    assert WORDS not in _public(world)


def test_a_yes_that_was_given_again_is_not_taken_back_by_a_restore(world: World) -> None:
    yes = {p.value: True for p in Purpose}
    consent.change_purposes(by="code", subject=world.her.key, purposes={**yes, "teaching": False})
    consent.change_purposes(by="code", subject=world.her.key, purposes=yes)

    assert consent.replay_withdrawals() == 0
    assert purposes_given(world.her.key) == set(yes)


def _restore(subject: str) -> None:
    """As if the data came from a backup of the day before."""
    PurposeAnswer.objects.filter(consent__subject=subject, consent__is_current=True).update(is_given=True)


def _public(world: World) -> str:
    return Client().get(reverse("inquiry:public-report", args=[world.inquiry.slug])).content.decode()


def test_a_passage_is_not_marked_in_a_text_that_was_corrected_meanwhile(world: World) -> None:
    stale = Source.objects.get(pk=world.source.pk)
    turn = world.source.turns.get(number=2)
    sources.correct_turn(by=world.lead, turn=turn, text="Kaffe. " + WORDS, version=stale.version)

    with pytest.raises(coding.NoSuchPlace):
        coding.mark_passage(by=world.lead, source=stale, start=25, end=30, version=stale.version, codes=[])

    assert Passage.objects.count() == 1


def test_a_consent_that_has_ended_takes_its_quotation_out_of_page_pdf_and_search(world: World) -> None:
    world.publish()
    before = Edition.objects.get(is_current=True)
    Consent.objects.update(until_on=timezone.localdate() - timedelta(days=1))

    let_go_of_expired()
    work_off()

    now = Edition.objects.get(is_current=True)
    assert now.pdf not in (None, before.pdf)
    assert not StoredFile.objects.filter(pk=before.pdf).exists()
    assert not search("kaffe", audiences=[PUBLIC])


def test_what_is_due_leaves_no_words_anywhere(world: World) -> None:
    world.publish()
    findings.respond_to_finding(finding=world.finding, participant=world.her, answer="yes", words="Slik var det.")
    findings.say_missing(inquiry=world.inquiry, participant=world.her, words="Natten.")
    coding.write_memo(by=world.lead, inquiry=world.inquiry, text="Et notat.")
    world.inquiry.keep_until = timezone.localdate() - timedelta(days=1)
    world.inquiry.save()

    delete_due_sources()
    work_off()

    held = (Source, FindingResponse, Missing, Memo)
    assert not any(model.objects.exists() for model in held)
    assert not SearchEntry.objects.filter(text__contains="kaffe").exists()
    assert not WrappedKey.objects.filter(owner__contains=str(world.source.pk)).exists()
    assert WORDS not in _public(world)
    delete_what_is_due()


def test_who_took_part_is_forgotten_on_the_end_date_and_the_report_stays(world: World) -> None:
    world.publish()
    frame.give_thanks(by=world.lead, inquiry=world.inquiry, what="gavekort", kroner=300, given_on=timezone.localdate())
    longer, code = make.participant(world.inquiry, by=world.lead)
    yesterday = timezone.localdate() - timedelta(days=1)
    Consent.objects.exclude(subject=longer.key).update(until_on=yesterday)
    world.inquiry.keep_until = yesterday
    world.inquiry.save()

    delete_what_is_due()
    work_off()

    assert list(Participant.objects.all()) == [longer]
    assert not TeamMember.objects.exists()
    assert not Thanks.objects.exists()
    assert not Meeting.objects.exists()
    page = Client().get(reverse("inquiry:public-report", args=[world.inquiry.slug]))
    assert page.status_code == 200
    assert WORDS not in page.content.decode()
    assert _open(code).status_code == 302
    assert Client().get(reverse("inquiry:promises", args=[world.inquiry.slug])).status_code in {302, 404}


def _open(code: str) -> Any:
    return Client().post(reverse("consent:code"), {"code": code})


def test_codes_in_the_csv_are_no_formulas(world: World) -> None:
    make.passage(world.source, by=world.lead, words="ingen spurte", name="=HYPERLINK(1)")

    answer = world.team().get(reverse("inquiry:passages-csv", args=[world.inquiry.slug]))

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert not any(cell[:1] in {"=", "+", "@"} for row in rows for cell in row)


def test_sending_no_file_says_so(world: World) -> None:
    page = world.team().post(reverse("inquiry:sources", args=[world.inquiry.slug]), {"keep_original": "on"})

    assert page.status_code == 200
    assert page.context["form"].errors


def test_more_than_fifty_files_get_a_page_that_says_what_to_do(world: World) -> None:
    client = world.team()
    client.raise_request_exception = False
    many = [SimpleUploadedFile(f"{n}.txt", b"hei") for n in range(51)]

    answer: Any = client.post(reverse("inquiry:sources", args=[world.inquiry.slug]), {"documents": many})

    assert answer.status_code == 400
    assert "høyst 50 filer" in answer.content.decode()


def test_another_host_finds_nothing_here() -> None:
    client = Client(raise_request_exception=False)

    answer = client.get(reverse("people:demo"), headers={"host": "evil.example"})

    assert answer.status_code == 404
    assert "Det ble for mye" not in answer.content.decode()


def test_what_was_said_after_three_months_stands_in_its_form(world: World) -> None:
    service = make.person("Siri")
    make.role(service, Role.MUNICIPAL_CONTACT, world.inquiry.commissioner)
    line = reporting.recommend(by=world.lead, inquiry=world.inquiry, text="Kaffe.", owner=world.inquiry.commissioner)
    reporting.follow_up(by=service, recommendation=line, month=3, progress="done", text="Trakteren er kjøpt.")
    client = Client()
    client.force_login(service, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("inquiry:follow-up", args=[world.inquiry.slug, line.position])

    assert "Trakteren er kjøpt." in client.get(url + "?maned=3").content.decode()
    assert "Trakteren er kjøpt." not in client.get(url + "?maned=6").content.decode()


def test_a_page_for_paper_has_a_quick_exit(world: World) -> None:
    page = world.team().get(reverse("inquiry:letters", args=[world.inquiry.slug])).content.decode()

    assert "data-quick-exit" in page


ODD = ("²", "9" * 30, "-1", "x")


@pytest.mark.parametrize("odd", ODD)
def test_odd_numbers_in_addresses_and_forms_are_no_fault(world: World, odd: str) -> None:
    make.asked(world.inquiry, by=world.lead)
    slug, team, holder = world.inquiry.slug, world.team(), world.holder()
    looks = [
        team.get(reverse("inquiry:source", args=[slug, "K1"]), {"fra": odd}),
        team.get(reverse("inquiry:search", args=[slug]), {"q": "kaffe", "fra": odd}),
        team.get(reverse("inquiry:workbench-changes", args=[slug, "K1"]), {"etter": odd}),
        team.post(reverse("inquiry:ground", args=[slug, 1]), {"weight": "carries", "passage": odd}),
    ]
    nothing = [
        team.post(reverse("inquiry:ground-change", args=[slug, 1]), {"passage": odd}),
        team.post(reverse("inquiry:missing-answer", args=[slug]), {"missing": odd, "answer": "Takk."}),
        holder.get(reverse("inquiry:strike"), {"tur": odd}),
        holder.get(reverse("inquiry:respond"), {"funn": odd}),
        holder.post(reverse("inquiry:my-quotations"), {"quotation": odd, "answer": "no"}),
        holder.post(reverse("inquiry:my-promises"), {"recommendation": odd, "month": "3", "answer": "yes"}),
    ]

    assert {answer.status_code for answer in looks} <= {200, 302}
    assert {answer.status_code for answer in nothing} == {404}
