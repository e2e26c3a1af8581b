"""Echoes: the withdrawn words in texts of others, put there on purpose, and what is done with them afterwards.

Everywhere the method lets somebody write, somebody has repeated a few of the words. After the withdrawal
each place must be hidden at once; then the lead and the others write anew, as they are asked to.
"""

from dataclasses import dataclass, field
from typing import Any

from knutepunkt.inquiry.actions import coding, findings, reporting, withdrawal
from knutepunkt.inquiry.choices import PromiseAnswer, Recognition
from knutepunkt.inquiry.models import Code, Memo, Participant
from knutepunkt.inquiry.rehearsal.walk import Walk

CLEAN = "Skrevet om."


@dataclass
class Echoes:
    """The words that were repeated, and what was written with them."""

    texts: list[str] = field(default_factory=list)
    code: Code | None = None
    places: int = 0


def repeat(walk: Walk, runs: list[str], other: Participant | None) -> Echoes:
    """Let the team, the service and another participant repeat some words, each in their own place."""
    if not runs:
        return Echoes()
    said = iter((runs * 12)[:12])
    echoes, inquiry = Echoes(texts=list(runs)), walk.inquiry
    coding.write_memo(by=walk.second, inquiry=inquiry, text=f"Merk: {next(said)}.")
    echoes.code = coding.add_code(by=walk.lead, inquiry=inquiry, name=next(said)[:80])
    coding.change_code(by=walk.lead, code=echoes.code, note=next(said))
    first, second, third = (list(inquiry.findings.order_by("number")[:3]) * 3)[:3]  # few words, few findings
    findings.change_finding(
        by=walk.lead, finding=first, version=first.version, statement=first.statement,
        explanation=f"Noen sier: {next(said)}.", plain=f"Noen sier: {next(said)}.",
    )  # fmt: skip
    findings.set_outcome(by=walk.lead, finding=second, outcome=second.outcome, note=f"Fra møtet: {next(said)}.")
    findings.answer_finding(by=walk.service, finding=third, text=f"Vi hørte: {next(said)}.", version=1)
    reporting.add_section(by=walk.lead, report=inquiry.report, heading="Ord", body=f"Ett ord på veien: {next(said)}.")
    line = reporting.recommend(by=walk.lead, inquiry=inquiry, text=f"Husk: {next(said)}.", owner=inquiry.commissioner)
    reporting.follow_up(by=walk.service, recommendation=line, month=3, progress="done", text=f"Gjort: {next(said)}.")
    if other is not None:
        words = f"Jeg hørte også: {next(said)}."
        findings.respond_to_finding(finding=third, participant=other, answer=Recognition.PARTLY, words=words)
        findings.say_missing(inquiry=inquiry, participant=other, words=f"Det mangler: {next(said)}.")
    echoes.places = 12 if other is not None else 10
    return echoes


def write_anew(walk: Walk, other: Participant | None) -> int:
    """The lead answers everything that was hidden: rewrites or removes. Returns how many were hidden."""
    inquiry = walk.inquiry
    hidden = list(inquiry.hidden_texts.filter(answered_at=None))
    for memo in Memo.objects.filter(inquiry=inquiry, pk__in=[h.key for h in hidden if h.what == "memo"]):
        memo.delete()
    for finding in inquiry.findings.all():
        findings.change_finding(
            by=walk.lead, finding=finding, version=finding.version, statement=finding.statement,
            explanation=CLEAN, plain="",
        )  # fmt: skip
        findings.set_outcome(by=walk.lead, finding=finding, outcome=finding.outcome, note=CLEAN)
        known = getattr(finding, "service_answer", None)
        findings.answer_finding(
            by=walk.service, finding=finding, text=CLEAN, version=known.version if known is not None else 1
        )
        findings.keep_finding(by=walk.lead, finding=finding)
    _rewrite_report(walk)
    if other is not None:
        for response in other.responses.all():
            findings.respond_to_finding(
                finding=response.finding, participant=other, answer=response.answer, words=CLEAN
            )
        findings.say_missing(inquiry=inquiry, participant=other, words="")
    for one in hidden:
        withdrawal.answer_hidden(by=walk.lead, hidden=one)
    return len(hidden)


def _rewrite_report(walk: Walk) -> None:
    for section in walk.inquiry.report.sections.all():
        reporting.write_section(
            by=walk.lead, section=section, version=section.version, heading=section.heading, body=CLEAN,
            after_findings=section.after_findings,
        )  # fmt: skip
    lines: Any = walk.inquiry.recommendations.all()
    for line in lines:
        if line.follow_ups.exists():
            reporting.follow_up(by=walk.service, recommendation=line, month=3, progress="done", text=CLEAN)
        reporting.change_recommendation(by=walk.lead, recommendation=line, text=CLEAN)
        reporting.answer_recommendation(
            by=walk.service, recommendation=line, answer=PromiseAnswer.YES, text=CLEAN, due_on=None
        )
