"""When a participant takes words back they are gone from every surface, and others' words stay."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from knutepunkt.consent.actions import (
    NothingToWithdraw,
    change_purposes,
    replay_withdrawals,
    withdraw_consent,
)
from knutepunkt.consent.choices import Leaving
from knutepunkt.consent.models import Consent, Withdrawal
from knutepunkt.inquiry.actions import coding, reporting
from knutepunkt.inquiry.models import Edition, HiddenText, Memo, Passage, Quotation, Source
from knutepunkt.inquiry.queries.report import edition_shown
from knutepunkt.web.jobs import work_off
from knutepunkt.web.models import TrailLine
from knutepunkt.web.search import PUBLIC, search
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)

TEXT = """I: Hvordan var det å komme hit?
A: De sa at jeg kunne sette meg ved vinduet og bare puste.
B: Jeg fikk kaffe med en gang, og ingen spurte hvorfor.
I: Og etterpå?
A: Det tok tre uker før jeg turde å snakke."""
HERS = "sette meg ved vinduet og bare puste"
HIS = "Jeg fikk kaffe med en gang"


class World:
    """A published report on two voices of one group."""

    def __init__(self) -> None:
        self.lead = make.person("Ask")
        self.inquiry = make.inquiry(lead=self.lead)
        self.her, self.her_code = make.participant(self.inquiry, by=self.lead, group="nye")
        self.him, self.his_code = make.participant(self.inquiry, by=self.lead, group="nye")
        self.source = make.source(
            self.inquiry, by=self.lead, text=TEXT, speakers={"I": "interviewer", "A": self.her, "B": self.him}
        )
        hers = make.passage(self.source, by=self.lead, words=HERS)
        his = make.passage(self.source, by=self.lead, words=HIS)
        self.finding = make.finding(self.inquiry, by=self.lead, on=[hers, his])
        make.quotation(self.finding, by=self.lead, of=hers, yes_from=self.her)
        make.quotation(self.finding, by=self.lead, of=his, yes_from=self.him)
        make.asked(self.inquiry, by=self.lead)
        reporting.publish_report(by=self.lead, inquiry=self.inquiry)
        work_off()

    def holder(self, code: str) -> Client:
        client = Client()
        client.post(reverse("consent:code"), {"code": code})
        return client

    def team(self) -> Client:
        client = Client()
        client.force_login(self.lead, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def public(self, name: str) -> str:
        answer = Client().get(reverse(f"inquiry:{name}", args=[self.inquiry.slug]))
        text = answer.content.decode(errors="replace")
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)  # chance letters


@pytest.fixture
def world() -> World:
    return World()


def test_words_stand_in_the_report_before(world: World) -> None:
    assert HERS in world.public("public-report")
    assert search("vinduet puste", audiences=[PUBLIC])
    assert Edition.objects.get(is_current=True).pdf is not None


def test_withdrawal_by_code_takes_only_the_speakers_words(world: World) -> None:
    holder = world.holder(world.her_code)
    preview = holder.get(reverse("consent:withdraw")).content.decode()

    answer = holder.post(reverse("consent:withdraw"), {"how": Leaving.DELETE}, follow=True)

    assert "PDF-er og utskrifter" in preview
    assert answer.status_code == 200
    assert HERS not in world.public("public-report")
    assert HIS in world.public("public-report")
    assert not search("vinduet puste", audiences=[PUBLIC, world.inquiry.key])
    assert search("kaffe", audiences=[world.inquiry.key])
    world.source.refresh_from_db()
    assert "tre uker" not in world.source.text
    assert "Hvordan var det å komme hit?" in world.source.text


def test_no_team_page_shows_withdrawn_words(world: World) -> None:
    withdraw_consent(by="code", subject=world.her.key, how=Leaving.DELETE)
    team, slug = world.team(), world.inquiry.slug
    pages = [
        reverse("inquiry:source", args=[slug, "K1"]),
        reverse("inquiry:workbench-data", args=[slug, "K1"]),
        reverse("inquiry:passages-csv", args=[slug]),
        reverse("inquiry:finding", args=[slug, 1]),
        reverse("inquiry:findings", args=[slug]),
        reverse("inquiry:dialogue", args=[slug]),
        reverse("inquiry:interim", args=[slug]),
        reverse("inquiry:code", args=[slug, world.inquiry.codes.get().pk]),
        reverse("inquiry:search", args=[slug]) + "?q=vinduet",
    ]

    for page in pages:
        answer = team.get(page)
        assert answer.status_code == 200, page
        assert HERS not in answer.content.decode(), page


def test_withdrawn_words_are_in_no_file_of_the_data_folder(world: World) -> None:
    withdraw_consent(by="code", subject=world.her.key, how=Leaving.DELETE)
    work_off()

    folders = [Path(settings.HOME), Path(settings.FILES_FOLDER)]
    for path in (p for folder in folders for p in folder.rglob("*") if p.is_file()):
        assert HERS.encode() not in path.read_bytes(), path
        assert b"tre uker f" not in path.read_bytes(), path
    assert Withdrawal.objects.get().cleaned_at is not None


def test_others_passages_follow_their_words(world: World) -> None:
    withdraw_consent(by="code", subject=world.her.key, how=Leaving.DELETE)

    source = Source.objects.get(pk=world.source.pk)
    assert [source.text[p.start : p.end] for p in Passage.objects.all()] == [HIS]
    assert [q.words for q in Quotation.objects.all()] == [HIS]


def test_lead_is_asked_whether_the_finding_stands(world: World) -> None:
    withdraw_consent(by="code", subject=world.her.key, how=Leaving.DELETE)

    world.finding.refresh_from_db()
    assert world.finding.asks_lead_at is not None


def test_new_edition_has_a_note_that_says_neither_who_nor_how_many(world: World) -> None:
    withdraw_consent(by="code", subject=world.her.key, how=Leaving.DELETE)
    work_off()

    edition = Edition.objects.get(is_current=True)
    assert (edition.number, edition.changed_note) == (2, True)
    assert edition.pdf is not None
    assert world.her.code not in world.public("public-report")
    assert HERS not in str(Edition.objects.values_list("content", flat=True))


def test_a_run_of_five_words_in_a_memo_is_hidden_until_the_lead_answers(world: World) -> None:
    passage = Passage.objects.latest("pk")
    coding.write_memo(by=world.lead, inquiry=world.inquiry, passage=passage, text=f"Hun sier: {HERS}. Viktig.")
    coding.write_memo(by=world.lead, inquiry=world.inquiry, passage=passage, text="Ved vinduet igjen.")

    withdraw_consent(by="code", subject=world.her.key, how=Leaving.DELETE)

    hit = Memo.objects.get(text__contains=HERS)
    assert list(HiddenText.objects.values_list("what", "key")) == [("memo", str(hit.pk))]
    shown = world.team().get(reverse("inquiry:passage-memo", args=[world.inquiry.slug, passage.pk]))
    assert [m["text"] for m in shown.json()["memos"]] == ["Ved vinduet igjen."]


def test_a_run_in_published_prose_is_hidden_at_once(world: World) -> None:
    reporting.add_section(by=world.lead, report=world.inquiry.report, heading="Om rommet", body=f"Én sa: {HERS}.")
    reporting.publish_report(by=world.lead, inquiry=world.inquiry)
    assert "Om rommet" in world.public("public-report")

    withdraw_consent(by="code", subject=world.her.key, how=Leaving.DELETE)

    assert "Om rommet" not in world.public("public-report")
    assert not search("puste", audiences=[PUBLIC])


def test_leaving_and_keeping_changes_nothing_that_is_shown(world: World) -> None:
    withdraw_consent(by="code", subject=world.her.key, how=Leaving.KEEP)

    assert HERS in world.public("public-report")
    assert Consent.objects.filter(subject=world.her.key, is_current=True).exists()


def test_taking_back_only_the_report_empties_the_report(world: World) -> None:
    purposes = {**make.EVERYTHING, "report": False}

    change_purposes(by="code", subject=world.her.key, purposes=purposes)

    assert HERS not in world.public("public-report")
    assert HIS in world.public("public-report")
    world.source.refresh_from_db()
    assert HERS in world.source.text


def test_withdrawing_twice_is_refused(world: World) -> None:
    withdraw_consent(by="code", subject=world.her.key, how=Leaving.DELETE)

    with pytest.raises(NothingToWithdraw):
        withdraw_consent(by="code", subject=world.her.key, how=Leaving.DELETE)


def test_a_restored_backup_is_told_again(world: World) -> None:
    from knutepunkt.web.keystore.models import Gone

    Gone.objects.create(what="consent.withdrawal", key=world.her.key, how="delete")

    replayed = replay_withdrawals()

    assert replayed == 1
    assert HERS not in world.public("public-report")


def test_trail_holds_no_words(world: World) -> None:
    withdraw_consent(by="code", subject=world.her.key, how=Leaving.DELETE)

    assert "vinduet" not in str(list(TrailLine.objects.values_list("facts", "about", "actor_name")))


def test_pdf_is_refused_in_the_transaction_not_after_it(world: World) -> None:
    before = Edition.objects.get(is_current=True)

    withdraw_consent(by="code", subject=world.her.key, how=Leaving.DELETE)

    now = Edition.objects.get(is_current=True)
    assert now.pk != before.pk
    assert now.pdf is None
    assert HERS not in str(edition_shown(now))


def test_holder_sees_the_receipt(world: World) -> None:
    holder = world.holder(world.her_code)
    holder.post(reverse("consent:withdraw"), {"how": Leaving.DELETE})

    receipt: Any = holder.get(reverse("consent:done")).content.decode()

    assert "Ordene dine er tatt bort." in receipt
    assert "Dette kan ikke kalles tilbake" in receipt


def test_lead_reads_what_is_hidden_and_lets_it_stand(world: World) -> None:
    passage = Passage.objects.latest("pk")
    coding.write_memo(by=world.lead, inquiry=world.inquiry, passage=passage, text=f"Hun sier: {HERS}.")
    reporting.add_section(by=world.lead, report=world.inquiry.report, heading="Om rommet", body=f"Én sa: {HERS}.")
    withdraw_consent(by="code", subject=world.her.key, how=Leaving.DELETE)
    team, url = world.team(), reverse("inquiry:hidden-texts", args=[world.inquiry.slug])

    page = team.get(url).content.decode()
    for hidden in HiddenText.objects.all():
        team.post(reverse("inquiry:hidden-answer", args=[world.inquiry.slug, hidden.pk]), {"answer": "keep"})

    assert "Et notat" in page
    assert "Et avsnitt i rapporten" in page
    assert HERS in page
    assert HERS not in team.get(url).content.decode()
