"""What the bench looks at: one inquiry of full size among three hundred, made in bulk through models and actions."""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from bench.words import Teller, interview
from knutepunkt.consent.choices import Purpose
from knutepunkt.consent.models import Use
from knutepunkt.inquiry.actions import coding, findings, frame, reporting, sources
from knutepunkt.inquiry.choices import Phase, QuotationState, TeamRole, Weight
from knutepunkt.inquiry.models import (
    Code,
    Coding,
    Edition,
    Finding,
    FindingPassage,
    FindingResponse,
    Inquiry,
    Participant,
    Passage,
    PassageVoice,
    Quotation,
    Source,
    TeamMember,
    Turn,
)
from knutepunkt.organisations.models import Membership, Organisation
from knutepunkt.people.models import Person
from knutepunkt.web.sealing import make_key
from knutepunkt.web.search import PUBLIC, Entry, put_entries

WORDS, PASSAGES, QUOTATIONS, FINDINGS = 100_000, 2_000, 200, 12
OTHER_SOURCES, OTHER_INQUIRIES, ENTRIES, SPEAKERS = 40, 300, 20_000, 8
EVERYTHING = {p.value: True for p in Purpose}


class World:
    """The bench's data, with the few things that pages and actions start from."""

    def __init__(self) -> None:
        self.chance, self.teller = random.Random(2), Teller(3)
        self.lead = _person("Ask")
        self.centre = _organisation("Lyngheim", "user_led_centre")
        self.municipality = _organisation("Solvik kommune", "municipality")
        Membership.objects.create(
            person=self.lead, organisation=self.centre, role="coordinator", from_on=timezone.localdate()
        )
        self.inquiry = self._request("Å bli møtt")
        self.receipts: list[str] = []
        self.people = [self._participant(number) for number in range(SPEAKERS)]
        self.codes = coding.adopt_vocabulary(by=self.lead, inquiry=self.inquiry, vocabulary="chime")
        self.code = coding.add_code(by=self.lead, inquiry=self.inquiry, name="Alt som er sagt")
        self.big = self._source("K1", interview(1, WORDS, SPEAKERS))
        self.passages = self._passages(self.big, PASSAGES)
        for number in range(OTHER_SOURCES):
            self._source(f"K{number + 2}", interview(number + 10, 1_000, SPEAKERS))
        self._findings()
        self._report()
        self._other_inquiries()
        self._entries()

    def _request(self, title: str) -> Inquiry:
        made = frame.request_inquiry(
            by=self.lead, title=title, commissioner=self.municipality, responsible=self.centre,
            service=self.municipality, request="Hvordan er det å komme hit?",
        )  # fmt: skip
        frame.add_team_member(
            by=self.lead, inquiry=made, person=self.lead, role=TeamRole.LEAD, trained_on=timezone.localdate()
        )
        return made

    def _participant(self, number: int) -> Participant:
        made = frame.add_participant(by=self.lead, inquiry=self.inquiry, group=f"gruppe {number % 3 + 1}")
        self.receipts.append(
            frame.take_consent(
                by=self.lead, participant=made, purposes=EVERYTHING, wording="Vi skriver ned det du sier.", how="paper"
            )
        )
        return made

    def _source(self, code: str, told: list[tuple[str, str]]) -> Source:
        text = "\n".join(words for _label, words in told)
        source = Source.objects.create(
            inquiry=self.inquiry, code=code, text=text, words=len(text.split()), length=len(text),
            made_by_name=self.lead.chosen_name,
        )  # fmt: skip
        by_code = {p.code: p for p in self.people}
        rows, at = [], 0
        for number, (label, words) in enumerate(told, 1):
            who = by_code.get(label)
            rows.append(
                Turn(
                    source=source, number=number, start=at, end=at + len(words), participant=who,
                    speaker=label if who else "interviewer",
                )
            )  # fmt: skip
            at += len(words) + 1
        Turn.objects.bulk_create(rows, batch_size=500)
        sources.index_source(source)
        return source

    def _passages(self, source: Source, count: int) -> list[Passage]:
        """Passages of 10 to 40 words in participants' turns, all with one code, every second with another too."""
        turns = list(source.turns.exclude(participant=None).order_by("number"))
        me = {"made_by": self.lead.pk, "made_by_name": self.lead.chosen_name}
        rows, whose = [], []
        for number in range(count):
            turn = turns[number % len(turns)]
            spaces = [i for i in range(turn.start, turn.end) if source.text[i] == " "]
            first = self.chance.randint(0, 40)
            span = spaces[first] + 1, spaces[first + self.chance.randint(10, 40)]
            rows.append(Passage(source=source, start=span[0], end=span[1], **me))
            whose.append(turn.participant_id)
        Passage.objects.bulk_create(rows, batch_size=500)
        PassageVoice.objects.bulk_create(
            (PassageVoice(passage=p, participant_id=w) for p, w in zip(rows, whose, strict=True)), batch_size=500
        )
        self._code(rows, self.code)
        for number, code in enumerate(self.codes):
            self._code(rows[number * 2 :: 2 * len(self.codes)], code)
        return rows

    def _code(self, passages: Sequence[Passage], code: Code) -> None:
        Coding.objects.bulk_create(
            (Coding(passage=p, code=code, coder=self.lead.pk, coder_name=self.lead.chosen_name) for p in passages),
            batch_size=500,
        )

    def _findings(self) -> None:
        for number in range(FINDINGS):
            finding = findings.add_finding(
                by=self.lead, inquiry=self.inquiry, statement=self.teller.tell(20), explanation=self.teller.tell(120)
            )
            ground = self.passages[number::FINDINGS][:25]
            FindingPassage.objects.bulk_create(
                FindingPassage(finding=finding, passage=p, weight=Weight.CARRIES if n < 22 else Weight.CONTRADICTS)  # noqa: PLR2004
                for n, p in enumerate(ground)
            )
            self._quote(finding, ground[: -(-(QUOTATIONS - number) // FINDINGS)])
            findings.set_outcome(by=self.lead, finding=finding, outcome="agreed", note=self.teller.tell(30))
            findings.answer_finding(by=self.lead, finding=finding, text=self.teller.tell(60), version=1)
            FindingResponse.objects.bulk_create(
                FindingResponse(finding=finding, participant=p, answer="recognise", words=self.teller.tell(15))
                for p in self.people
            )

    def _quote(self, finding: Finding, passages: list[Passage]) -> None:
        now = timezone.now()
        rows = [
            Quotation(
                inquiry=self.inquiry, finding=finding, passage=p, words=self.big.text[p.start : p.end],
                state=QuotationState.APPROVED, decided_at=now,
            )
            for p in passages
        ]  # fmt: skip
        Quotation.objects.bulk_create(rows)
        spoken = dict(
            PassageVoice.objects.filter(passage__in=passages).values_list("passage_id", "participant_id")
        )
        Use.objects.bulk_create(
            Use(subject=f"inquiry.participant:{spoken[q.passage_id]}", purpose=Purpose.REPORT,
                place=f"inquiry.quotation:{q.pk}", label=self.inquiry.title)
            for q in rows
        )  # fmt: skip

    def _report(self) -> None:
        today = timezone.localdate()
        report = self.inquiry.report
        reporting.write_report(
            by=self.lead, report=report, version=1, title=self.inquiry.title, easy_read=self.teller.tell(120)
        )
        for number in range(4):
            reporting.add_section(
                by=self.lead, report=report, heading=self.teller.tell(4), body=self.teller.tell(300),
                after_findings=number > 1,
            )  # fmt: skip
        for number in range(8):
            line = reporting.recommend(
                by=self.lead, inquiry=self.inquiry, text=self.teller.tell(25), owner=self.municipality,
                finding=self.inquiry.findings.get(number=number + 1),
            )  # fmt: skip
            reporting.follow_up(by=self.lead, recommendation=line, month=3, progress="done", text=self.teller.tell(20))
        self.inquiry.participants_asked_on = today - timedelta(days=30)
        self.inquiry.answers_by = today - timedelta(days=1)
        self.inquiry.phase = Phase.REPORT
        self.inquiry.save()
        self.edition = reporting.publish_report(by=self.lead, inquiry=self.inquiry)

    def _other_inquiries(self) -> None:
        """Three hundred more that the lead works in, sixty of them published."""
        rows = [
            Inquiry(slug=f"annen-{n}", title=f"{self.teller.tell(4)} {n}", commissioner=self.municipality,
                    responsible=self.centre, service=self.municipality, phase=n % 7)
            for n in range(OTHER_INQUIRIES)
        ]  # fmt: skip
        Inquiry.objects.bulk_create(rows)
        TeamMember.objects.bulk_create(
            TeamMember(inquiry=i, person=self.lead, role=TeamRole.EVALUATOR) for i in rows
        )
        published = rows[:60]
        content = {"title": "Annet", "easy_read": "", "blocks": [], "asked": {}}
        Edition.objects.bulk_create(
            Edition(inquiry=i, number=1, content=content, published_at=timezone.now()) for i in published
        )
        put_entries(
            Entry(kind="inquiry.report", key=str(i.pk), audience=PUBLIC, part_of=i.key, title=i.title,
                  url=f"/evaluering/rapport/{i.slug}/", text=self.teller.tell(40))
            for i in published
        )  # fmt: skip

    def _entries(self) -> None:
        """Turns of other inquiries in the index, so that a search has much to pass over."""
        audiences = [f"inquiry.inquiry:annen-{n}" for n in range(20)]
        put_entries(
            Entry(kind="inquiry.turn", key=f"annen-{n}", audience=audiences[n % 20], part_of=f"annen-{n % 400}",
                  url="/", title=f"K{n % 40}", text=self.teller.tell(25))
            for n in range(ENTRIES - 4_000)
        )  # fmt: skip


def _person(name: str) -> Person:
    made = Person.objects.create(handle=f"lyng-{name.lower()}", chosen_name=name)
    make_key(made.key_owner)
    return made


def _organisation(name: str, kind: str) -> Any:
    return Organisation.objects.create(name=name, sort_name=name.lower(), kind=kind, slug=f"bench-{kind}")
