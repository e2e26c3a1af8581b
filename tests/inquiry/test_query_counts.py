"""Each list page asks the database the same number of times for one row as for three, and at most eight times."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knutepunkt.inquiry.actions import coding, findings, frame, reporting, sources
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

MOST = 8
TEXT = "I: Hvordan var det?\nA: Jeg var alene lenge, og da kom noen og satte seg ned.\nI: Og så?\nA: Så kom håpet."
WORDS = ("alene lenge", "satte seg ned", "kom håpet")


class World:
    """An inquiry whose lists can grow; `receipt` opens the first participant's pages."""

    def __init__(self) -> None:
        self.lead = make.person("Ask")
        self.inquiry = make.inquiry(lead=self.lead)
        make.role(self.lead, "coordinator", self.inquiry.responsible)
        self.participant, self.receipt = make.participant(self.inquiry, by=self.lead, group="unge")
        self.source = make.source(
            self.inquiry, by=self.lead, text=TEXT, speakers={"I": "interviewer", "A": self.participant}
        )
        self.passages: list[Any] = []
        self.rows = 0

    def grow(self) -> None:
        """One more of everything that is listed."""
        n, by, inquiry = self.rows, self.lead, self.inquiry
        self.rows += 1
        meeting = frame.plan_meeting(
            by=by, inquiry=inquiry, label=f"M{n}", form="group", held_on=timezone.localdate()
        )
        frame.debrief_meeting(by=by, meeting=meeting)
        frame.write_guide(by=by, inquiry=inquiry, text="Hva er viktig?", plain_text="")
        frame.give_thanks(by=by, inquiry=inquiry, what="gave", kroner=300, given_on=timezone.localdate())
        frame.add_team_member(by=by, inquiry=inquiry, person=make.person(f"Team {n}"), role="evaluator")
        other, _code = make.participant(inquiry, by=by, group=f"gruppe {n}")
        make.source(inquiry, by=by, text=TEXT, speakers={"I": "interviewer", "A": other})
        coding.add_code(by=by, inquiry=inquiry, name=f"kode {n}")
        passage = make.passage(self.source, by=by, words=WORDS[n])
        self.passages.append(passage)
        finding = make.finding(inquiry, by=by, on=[passage])
        make.quotation(finding, by=by, of=passage, yes_from=self.participant)
        findings.respond_to_finding(finding=finding, participant=other, answer="partly", words="Ja, noe av det.")
        findings.say_missing(inquiry=inquiry, participant=other, words="De eldre mangler.")
        findings.answer_finding(by=by, finding=finding, text="Vi har hørt det.", version=1)
        reporting.add_section(by=by, report=inquiry.report, heading=f"Del {n}", body="Slik gikk det.")
        promise = reporting.recommend(by=by, inquiry=inquiry, text="Ring tilbake.", owner=inquiry.commissioner)
        reporting.follow_up(by=by, recommendation=promise, month=3, progress="done", text="Gjort.")
        make.inquiry(lead=by, title=f"En annen {n}", responsible=inquiry.responsible)

    def ask_and_publish(self) -> None:
        findings.ask_participants(
            by=self.lead, inquiry=self.inquiry, answers_by=timezone.localdate() + timedelta(days=9)
        )
        for each in self.inquiry.findings.all():
            findings.set_outcome(by=self.lead, finding=each, outcome="agreed", note="")
        self.inquiry.answers_by = timezone.localdate() - timedelta(days=1)
        self.inquiry.save()
        reporting.publish_report(by=self.lead, inquiry=self.inquiry)

    def as_lead(self) -> Client:
        client = Client()
        client.force_login(self.lead, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def as_holder(self) -> Client:
        client = Client()
        client.post(reverse("consent:code"), {"code": self.receipt})
        return client

    @property
    def code(self) -> Any:
        return self.inquiry.codes.get(name="håp")


def of_inquiry(name: str, query: str = "") -> Callable[[World], str]:
    return lambda world: reverse(f"inquiry:{name}", args=[world.inquiry.slug]) + query


def of_source(name: str) -> Callable[[World], str]:
    return lambda world: reverse(f"inquiry:{name}", args=[world.inquiry.slug, world.source.code])


def plain(name: str) -> Callable[[World], str]:
    return lambda _world: reverse(f"inquiry:{name}")


FOR_THE_LEAD: dict[str, tuple[int, Callable[[World], str]]] = {
    "inquiries": (5, plain("inquiries")),
    "overview": (6, of_inquiry("overview")),
    "team": (7, of_inquiry("team")),
    "guide": (5, of_inquiry("guide")),
    "meetings": (7, of_inquiry("meetings")),
    "thanks": (5, of_inquiry("thanks")),
    "participants": (7, of_inquiry("participants")),
    "sources": (6, of_inquiry("sources")),
    "source": (7, of_source("source")),
    "workbench": (5, of_source("workbench")),
    "workbench-data": (8, of_source("workbench-data")),
    "search": (6, of_inquiry("search", "?q=alene")),
    "passages-csv": (6, of_inquiry("passages-csv")),
    "codebook": (8, of_inquiry("codebook")),
    "code": (7, lambda world: reverse("inquiry:code", args=[world.inquiry.slug, world.code.pk])),
    "code-table": (7, of_inquiry("code-table")),
    "findings": (6, of_inquiry("findings")),
    "dialogue": (8, of_inquiry("dialogue")),
    "promises": (7, of_inquiry("promises")),
}
OVER: dict[str, Callable[[World], str]] = {
    "finding": lambda world: reverse("inquiry:finding", args=[world.inquiry.slug, 1]),
    "ground": lambda world: (
        reverse("inquiry:ground", args=[world.inquiry.slug, 1]) + f"?kode={world.code.pk}"
    ),
    "interim": of_inquiry("interim"),
    "report": of_inquiry("report"),
}
FOR_THE_HOLDER: dict[str, tuple[int, Callable[[World], str]]] = {
    "mine": (7, plain("mine")),
    "transcript": (5, plain("my-transcript")),
    "quotations": (4, plain("my-quotations")),
    "findings": (8, plain("my-findings")),
    "promises": (7, plain("my-promises")),
}
FOR_EVERYONE: dict[str, tuple[int, Callable[[World], str]]] = {
    "reports": (1, plain("reports")),
    "public report": (7, of_inquiry("public-report")),
}


def queries_of(client: Client, url: str, count: Any) -> int:
    assert client.get(url).status_code == 200, url
    with count(using="default") as default, count(using="keys") as keys:
        client.get(url)
    return len(default) + len(keys)


@pytest.fixture
def count() -> Any:
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    return lambda using: CaptureQueriesContext(connections[using])


@pytest.fixture
def world() -> World:
    return World()


def one_and_three(world: World, client: Client, url: Callable[[World], str], count: Any) -> list[int]:
    world.grow()
    if world.inquiry.participants_asked_on is None:
        world.ask_and_publish()
    first = queries_of(client, url(world), count)
    world.grow()
    world.grow()
    return [first, queries_of(client, url(world), count)]


@pytest.mark.parametrize("name", FOR_THE_LEAD)
def test_lists_of_the_team(world: World, count: Any, name: str) -> None:
    number, url = FOR_THE_LEAD[name]

    assert one_and_three(world, world.as_lead(), url, count) == [number, number]
    assert number <= MOST


@pytest.mark.parametrize("name", OVER)
def test_heavier_pages_ask_no_more_for_more_rows(world: World, count: Any, name: str) -> None:
    first, last = one_and_three(world, world.as_lead(), OVER[name], count)

    assert first == last


@pytest.mark.parametrize("name", OVER)
def test_heavier_pages_keep_within_eight(world: World, count: Any, name: str) -> None:
    assert max(one_and_three(world, world.as_lead(), OVER[name], count)) <= MOST


def test_files_on_their_way_in_take_no_more_queries_for_more_files(world: World, count: Any) -> None:
    client, url = world.as_lead(), reverse("inquiry:sources", args=[world.inquiry.slug])
    found = []
    for more in (1, 2):
        for _ in range(more):
            sources.write_draft(by=world.lead, inquiry=world.inquiry, name="notat", text="Noe som ble sagt.")
        found.append(queries_of(client, url, count))

    assert found[0] == found[1]


@pytest.mark.parametrize("name", FOR_THE_HOLDER)
def test_lists_of_a_holder(world: World, count: Any, name: str) -> None:
    number, url = FOR_THE_HOLDER[name]

    assert one_and_three(world, world.as_holder(), url, count) == [number, number]
    assert number <= MOST


@pytest.mark.parametrize("name", FOR_EVERYONE)
def test_lists_for_everyone(world: World, count: Any, name: str) -> None:
    number, url = FOR_EVERYONE[name]

    assert one_and_three(world, Client(), url, count) == [number, number]
    assert number <= MOST
