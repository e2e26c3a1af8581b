"""The second half of a story: asking, dialogue, report, and what came of the promises."""

from typing import Any

from knutepunkt.inquiry.actions import findings, reporting
from knutepunkt.inquiry.actions import frame as framing
from knutepunkt.inquiry.choices import Noticing, Outcome, Progress, PromiseAnswer, QuotationState, Recognition
from knutepunkt.inquiry.demo.clock import days_ago
from knutepunkt.inquiry.demo.stories import marked_in
from knutepunkt.inquiry.demo.told import SERVICE, Told, on_day
from knutepunkt.inquiry.models import Finding, Quotation
from knutepunkt.organisations.queries import demo_organisation


def ask(told: Told) -> None:
    """The participants are shown findings and quotations, answer by their slips, and the service answers."""
    days = told.story["days"]
    findings.ask_participants(by=told.lead, inquiry=told.inquiry, answers_by=on_day(days["answers_by"]))
    with days_ago(days["respond"]):
        _decide_quotations(told)
        _respond(told)
        for row in told.rows("missing"):
            said = findings.say_missing(
                inquiry=told.inquiry, participant=told.participants[row["who"]], words=row["words"]
            )
            if said is not None:
                findings.answer_missing(by=told.lead, missing=said, answer=row["answer"])
    framing.take_next_step(by=told.lead, inquiry=told.inquiry)
    with days_ago(days["dialogue"]):
        for finding, row in _written(told):
            if "answer" in row:
                findings.answer_finding(by=told.people[SERVICE], finding=finding, text=row["answer"], version=1)


def _written(told: Told) -> list[tuple[Finding, dict[str, Any]]]:
    return list(zip(told.inquiry.findings.order_by("number"), told.rows("findings"), strict=True))


def _decide_quotations(told: Told) -> None:
    """Each owner says what the story says; some are still thinking."""
    said = {
        (source.pk, one.place_in(source.text)): one.quotation
        for row in told.rows("meetings")
        for source in told.inquiry.sources.filter(meeting=told.meetings[row["label"]])
        for one in marked_in(row["file"])
    }
    asked = Quotation.objects.filter(inquiry=told.inquiry, state=QuotationState.ASKED)
    for quotation in asked.select_related("passage", "inquiry"):
        passage = quotation.passage
        answer = said[passage.source_id, (passage.start, passage.end)]
        owner = passage.voices.select_related("participant").get().participant
        if answer != QuotationState.ASKED:
            findings.decide_quotation(
                quotation=quotation, participant=owner, yes=answer == QuotationState.APPROVED
            )


def _respond(told: Told) -> None:
    """Those who answered, recognise what they did not say otherwise about."""
    for row in told.rows("responses"):
        answers, words = row.get("answers", {}), row.get("words", {})
        for finding, _ in _written(told):
            number = str(finding.number)
            findings.respond_to_finding(
                finding=finding, participant=told.participants[row["who"]], words=words.get(number, ""),
                answer=Recognition(answers.get(number, Recognition.RECOGNISE)),
            )  # fmt: skip


def close_dialogue(told: Told) -> None:
    """What the dialogue made of each finding; the report is begun."""
    for finding, row in _written(told):
        findings.set_outcome(
            by=told.lead, finding=finding, outcome=Outcome(row["outcome"]), note=row["outcome_note"]
        )
    framing.take_next_step(by=told.lead, inquiry=told.inquiry)
    words, report = told.story["report"], told.inquiry.report
    reporting.write_report(
        by=told.lead, report=report, version=report.version, title=words["title"], easy_read=words["easy_read"]
    )
    for row in told.rows("sections"):
        reporting.add_section(
            by=told.lead, report=report, heading=row["heading"], body=row["body"],
            after_findings=row.get("after", False),
        )  # fmt: skip
    for row in told.rows("recommendations"):
        reporting.recommend(
            by=told.lead, inquiry=told.inquiry, text=row["text"], owner=demo_organisation(row["owner"]),
            finding=told.inquiry.findings.get(number=row["finding"]),
        )  # fmt: skip


def publish(told: Told) -> None:
    """The report is published, and the service answers in public."""
    reporting.publish_report(by=told.lead, inquiry=told.inquiry)
    framing.take_next_step(by=told.lead, inquiry=told.inquiry)
    for line, row in _promised(told):
        if "answer" in row:
            reporting.answer_recommendation(
                by=told.people[SERVICE], recommendation=line, answer=PromiseAnswer(row["answer"]),
                text=row["answer_text"], due_on=on_day(row["due"]) if "due" in row else None,
            )  # fmt: skip


def _promised(told: Told) -> list[tuple[Any, dict[str, Any]]]:
    lines = told.inquiry.recommendations.order_by("position").select_related("inquiry")
    return list(zip(lines, told.rows("recommendations"), strict=True))


def follow_up(told: Told) -> None:
    """At 3 and 6 months: what the service did, and whether anybody notices."""
    published, people = told.story["days"]["publish"], list(told.participants.values())
    for line, row in _promised(told):
        for step in row.get("follow_ups", []):
            day = published - 30 * step["month"]
            with days_ago(day):
                reporting.follow_up(
                    by=told.people[SERVICE], recommendation=line, month=step["month"],
                    progress=Progress(step["progress"]), text=step["text"],
                )  # fmt: skip
                answers = row.get("noticed", {}).get(str(step["month"]), "").split()
                for one, answer in zip(people, answers, strict=False):
                    reporting.say_noticed(
                        participant=one, recommendation=line, month=step["month"], answer=Noticing(answer)
                    )
