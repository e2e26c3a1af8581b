"""Reads of the report: what an edition freezes, and what it may show now.

Everything that shows a report (page, PDF, search, export, feed) goes through `edition_shown`.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists
from django.utils.translation import gettext as _

from knutepunkt.inquiry.choices import Noticing, Outcome
from knutepunkt.inquiry.models import Edition, Inquiry, Noticed, Recommendation
from knutepunkt.inquiry.queries.findings import findings_with_ground, how_many_answered, usable_quotations
from knutepunkt.inquiry.queries.sources import hidden_rows
from knutepunkt.web.threshold import in_words, is_shown


@dataclass(frozen=True)
class Block:
    """A piece of the report as shown: a section of prose or a finding with its quotations."""

    key: str
    kind: str
    heading: str
    body: str
    number: int = 0
    voices: str = ""
    outcome: str = ""
    outcome_note: str = ""
    service_answer: str = ""
    quotations: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportShown:
    """A report as anyone may see it now."""

    title: str
    easy_read: str
    blocks: list[Block]
    asked_sentence: str
    service: str
    responsible: str
    commissioner: str
    number: int
    published_at: Any
    changed_note: bool
    language: str = "nb"
    is_demo: bool = False
    recommendations: list[dict[str, Any]] = field(default_factory=list)
    bars: list[tuple[str, int]] = field(default_factory=list)


def frozen_content(inquiry: Inquiry) -> dict[str, Any]:
    """What an edition freezes: prose, and for each finding its words and the identifiers of its quotations."""
    report = inquiry.report
    sections = list(report.sections.order_by("position"))
    answered = how_many_answered(inquiry)
    placed: dict[int, list[str]] = {}
    for quotation in usable_quotations(inquiry):
        placed.setdefault(quotation.finding_id, []).append(str(quotation.pk))
    blocks = [_prose(s) for s in sections if not s.after_findings]
    blocks += [_frozen_finding(x, placed.get(x.finding.pk, [])) for x in findings_with_ground(inquiry)]
    blocks += [_prose(s) for s in sections if s.after_findings]
    return {
        "title": report.title,
        "easy_read": report.easy_read,
        "blocks": blocks,
        "asked": {
            "asked_five": is_shown(answered.asked),
            "answered_five": is_shown(answered.answered),
            "enough": answered.is_enough,
        },
    }


def _prose(section: Any) -> dict[str, Any]:
    return {"key": f"section:{section.pk}", "kind": "prose", "heading": section.heading, "body": section.body}


def _frozen_finding(line: Any, quotations: list[str]) -> dict[str, Any]:
    finding = line.finding
    answer = getattr(finding, "service_answer", None)
    return {
        "key": f"finding:{finding.pk}",
        "kind": "finding",
        "number": finding.number,
        "heading": finding.statement,
        "body": finding.explanation,
        "five_voices": is_shown(line.voices),
        "outcome": finding.outcome,
        "outcome_note": finding.outcome_note,
        "service_answer": answer.text if answer else "",
        "quotations": quotations,
    }


def current_edition(inquiry: Inquiry) -> Edition | None:
    """The edition that is published now, if any."""
    return inquiry.editions.filter(is_current=True).first()


def edition_shown(edition: Edition) -> ReportShown:
    """An edition with only the words that may be shown at this moment."""
    inquiry, content = edition.inquiry, edition.content
    words = {str(q.pk): q.words for q in usable_quotations(inquiry)}
    blocks = [_shown(b, words) for b in content.get("blocks", []) if b["key"] not in edition.hidden]
    easy_read = "" if "easy_read" in edition.hidden else content.get("easy_read", "")
    return ReportShown(
        title=edition.title_shown or inquiry.title,
        easy_read=easy_read,
        blocks=blocks,
        asked_sentence=_asked_sentence(content.get("asked", {})),
        service=inquiry.service.name if inquiry.service else "",
        responsible=inquiry.responsible.name,
        commissioner=inquiry.commissioner.name,
        number=edition.number,
        published_at=edition.published_at,
        changed_note=edition.changed_note,
        is_demo=inquiry.is_demo,
        recommendations=promises_shown(inquiry),
        bars=_outcome_bars(blocks),
    )


def _shown(block: dict[str, Any], words: dict[str, str]) -> Block:
    outcome = block.get("outcome", "")
    return Block(
        key=block["key"],
        kind=block["kind"],
        heading=block["heading"],
        body=block["body"],
        number=block.get("number", 0),
        voices=in_words(5 if block.get("five_voices") else 0) if block["kind"] == "finding" else "",
        outcome=str(Outcome(outcome).label) if outcome else "",
        outcome_note=block.get("outcome_note", ""),
        service_answer=block.get("service_answer", ""),
        quotations=tuple(words[key] for key in block.get("quotations", []) if key in words),
    )


def _outcome_bars(blocks: list[Block]) -> list[tuple[str, int]]:
    """How many findings ended in agreement, dispute or as new; findings, not people."""
    outcomes = [b.outcome for b in blocks if b.kind == "finding" and b.outcome]
    return [(str(o.label), outcomes.count(str(o.label))) for o in Outcome if o.value]


def _asked_sentence(asked: dict[str, bool]) -> str:
    if not asked:
        return ""
    sentence = _("Funnene er vist til deltakerne før andre fikk se dem. Antall som ble spurt: %(asked)s. "
                 "Antall som svarte: %(answered)s.") % {
        "asked": in_words(5 if asked["asked_five"] else 0),
        "answered": in_words(5 if asked["answered_five"] else 0),
    }  # fmt: skip
    if asked["enough"]:
        return sentence + " " + _("Minst halvparten svarte.")
    return sentence + " " + _("Færre enn halvparten svarte. Les funnene med det i minne.")


def edition_as_text(edition: Edition) -> str:
    """All words of an edition that may be shown now, for the search index."""
    shown = edition_shown(edition)
    parts = [shown.easy_read]
    for block in shown.blocks:
        parts += [block.heading, block.body, *block.quotations, block.outcome_note, block.service_answer]
    return "\n".join(part for part in parts if part)


def promises_shown(inquiry: Inquiry) -> list[dict[str, Any]]:
    """The promises ledger as anyone may see it; what participants noticed only as words above the threshold.

    Lines that hold words taken back are left out until the lead has answered.
    """
    rows = list(
        Recommendation.objects.filter(~Exists(hidden_rows("recommendation")), inquiry=inquiry)
        .select_related("owner", "finding")
        .prefetch_related("follow_ups")
        .order_by("position")
    )
    noticed: dict[tuple[int, int], list[str]] = {}
    lines = Noticed.objects.filter(recommendation__in=rows)
    for recommendation_id, month, answer in lines.values_list("recommendation_id", "month", "answer"):
        noticed.setdefault((recommendation_id, month), []).append(answer)
    return [
        {
            "recommendation": row,
            "follow_ups": [
                {"line": line, "noticed": _noticed_words(noticed.get((row.pk, line.month), []))}
                for line in sorted(row.follow_ups.all(), key=lambda line: line.month)
            ],
        }
        for row in rows
    ]


def _noticed_words(answers: list[str]) -> str:
    if not is_shown(len(answers)):
        return _("Færre enn fem deltakere har svart.")
    most = max(Noticing, key=lambda n: answers.count(n.value))
    return _("De fleste deltakerne svarer: %(answer)s.") % {"answer": most.label}
