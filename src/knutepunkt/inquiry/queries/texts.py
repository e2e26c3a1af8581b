"""Every text of an inquiry, wherever it stands; and those that are hidden, for the lead to read and answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knutepunkt.inquiry.models import FindingResponse, HiddenText, Inquiry, Recommendation, Turn

LABELS = {
    "memo": _("Et notat"), "turn": _("En replikk"), "finding": _("Et funn"), "outcome": _("Utfallet av et funn"),
    "answer": _("Tjenestens svar på et funn"), "section": _("Et avsnitt i rapporten"),
    "report": _("Tittelen eller det korte i rapporten"), "recommendation": _("En anbefaling"),
    "guide": _("En versjon av guiden"), "response": _("En deltakers svar"), "missing": _("Noe en deltaker savner"), "quotation": _("Et sitat"),
}  # fmt: skip


def texts_in(inquiry: Inquiry) -> Iterable[tuple[str, str, str]]:
    """Every text in an inquiry that somebody else wrote or said: (what, key, text)."""
    for guide in inquiry.guides.all():
        yield "guide", str(guide.pk), f"{guide.text}\n{guide.plain_text}\n{guide.why}"
    for memo in inquiry.memos.all():
        yield "memo", str(memo.pk), memo.text
    for finding in inquiry.findings.select_related("service_answer"):
        yield "finding", str(finding.pk), f"{finding.statement}\n{finding.explanation}\n{finding.plain}"
        yield "outcome", str(finding.pk), finding.outcome_note
        answer = getattr(finding, "service_answer", None)
        if answer is not None:
            yield "answer", str(finding.pk), answer.text
    for section in inquiry.report.sections.all():
        yield "section", str(section.pk), f"{section.heading}\n{section.body}"
    yield "report", str(inquiry.report.pk), f"{inquiry.report.title}\n{inquiry.report.easy_read}"
    for line in inquiry.recommendations.prefetch_related("follow_ups"):
        told = "\n".join(step.text for step in line.follow_ups.all())
        yield "recommendation", str(line.pk), f"{line.text}\n{line.answer_text}\n{told}"
    yield from _others_words(inquiry)


def _others_words(inquiry: Inquiry) -> Iterable[tuple[str, str, str]]:
    """What other participants said: answers, what they miss, quotations, turns."""
    for response in FindingResponse.objects.filter(finding__inquiry=inquiry):
        yield "response", str(response.pk), response.words
    for missing in inquiry.missing.all():
        yield "missing", str(missing.pk), f"{missing.words}\n{missing.answer}"
    for quotation in inquiry.quotations.all():
        yield "quotation", str(quotation.pk), quotation.words
    for source in inquiry.sources.prefetch_related("turns"):
        for turn in source.turns.all():
            yield "turn", str(turn.pk), source.text[turn.start : turn.end]


@dataclass(frozen=True)
class HiddenShown:
    """A hidden text as the lead must see it to answer: what it is, its words, and where it can be written anew."""

    row: HiddenText
    label: str
    text: str
    url: str


def hidden_for_lead(inquiry: Inquiry) -> list[HiddenShown]:
    """What is hidden and waits for the lead, oldest first."""
    words = {(what, key): text for what, key, text in texts_in(inquiry)}
    rows = inquiry.hidden_texts.filter(answered_at=None).order_by("pk")
    return [
        HiddenShown(row, str(LABELS[row.what]), words.get((row.what, row.key), ""), _where(inquiry, row))
        for row in rows
    ]


def _where(inquiry: Inquiry, row: HiddenText) -> str:
    """The page where a hidden text can be written anew; empty where only its owner could."""
    slug = inquiry.slug
    if row.what in {"finding", "outcome"}:
        number = inquiry.findings.filter(pk=row.key).values_list("number", flat=True).first()
        name = "finding" if row.what == "finding" else "outcome"
        return reverse(f"inquiry:{name}", args=[slug, number]) if number else ""
    if row.what == "section":
        return reverse("inquiry:section", args=[slug, row.key])
    if row.what == "report":
        return reverse("inquiry:report", args=[slug])
    if row.what == "recommendation":
        line = Recommendation.objects.filter(pk=row.key).first()
        return reverse("inquiry:recommendation", args=[slug, line.position]) if line else ""
    if row.what == "turn":
        turn = Turn.objects.filter(pk=row.key).select_related("source").first()
        return reverse("inquiry:turn", args=[slug, turn.source.code, turn.number]) if turn else ""
    return ""
