"""The report as an accessible PDF: what stands in `ReportShown`, with the words around it in its language."""

from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from knutepunkt.inquiry.queries.report import Block, ReportShown
from knutepunkt.web.charts import bars


def report_pdf(report: ReportShown) -> bytes:
    """The report as PDF bytes."""
    from knutepunkt.web.pdf import make_pdf  # noqa: PLC0415 (slow)

    with translation.override(report.language):
        return make_pdf("inquiry/report.typ", _data(report))


def _data(report: ReportShown) -> dict[str, Any]:
    """Everything the template prints, as plain texts."""
    return {
        "language": report.language,
        "title": report.title or _("Rapport"),
        "author": report.responsible,
        "made_at": report.published_at,
        "words": _words(),
        "about": _about(report),
        "notes": _notes(report),
        "facts": _facts(report),
        "easy_read": report.easy_read,
        "blocks": [_block(block) for block in report.blocks],
        "asked": report.asked_sentence,
        "chart": _chart(report),
        "promises": [_promise(line) for line in report.recommendations],
        "about_lines": [
            _("Sitatene står her fordi de som sa dem, har sagt ja. De kan ta ordene sine tilbake når som helst."),
            _("Den nyeste utgaven ligger alltid på nettet. Bruk den hvis du skal vise rapporten til noen."),
            _("Antall stemmer bak et funn vises bare som færre enn fem, eller fem eller flere. Da kan ingen kjennes igjen."),
        ],
    }  # fmt: skip


def _words() -> dict[str, str]:
    return {
        "kind": _("Bruker Spør Bruker"),
        "contents": _("Innhold"),
        "easy_read": _("Kort fortalt"),
        "findings": _("Funnene"),
        "answers": _("Tjenesten svarer"),
        "promises": _("Hva skjer nå?"),
        "promises_lead": _("Forslagene fra dem som fortalte, hvem som eier dem, og hva som er svart og gjort."),
        "about": _("Om denne utgaven"),
        "page": _("Side"),
        "foot": _("Laget med Knutepunkt, uavhengig programvare"),
    }


def _about(report: ReportShown) -> str:
    if not report.service:
        return _("En evaluering i %(commissioner)s") % {"commissioner": report.commissioner}
    return _("En evaluering av %(service)s") % {"service": report.service}


def _notes(report: ReportShown) -> list[str]:
    notes = []
    if report.changed_note:
        notes.append(_("Endret utgave. Rapporten er endret etter at den ble publisert. Kast eldre utgaver."))
    if report.is_demo:
        notes.append(_("Dette er et oppdiktet eksempel."))
    return notes


def _facts(report: ReportShown) -> list[str]:
    return [
        _("Laget av %(centre)s") % {"centre": report.responsible},
        _("Bestilt av %(commissioner)s") % {"commissioner": report.commissioner},
        _("Utgave %(number)s, %(day)s")
        % {"number": report.number, "day": date_format(localtime(report.published_at), "DATE_FORMAT")},
    ]


def _block(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "heading": block.heading,
        "body": block.body,
        "number": block.number,
        "voices": _("Antall stemmer bak funnet: %(n)s.") % {"n": block.voices} if block.voices else "",
        "outcome": _("Etter dialogen: %(outcome)s") % {"outcome": block.outcome} if block.outcome else "",
        "outcome_note": block.outcome_note,
        "service_answer": block.service_answer,
        "quotations": list(block.quotations),
    }


def _chart(report: ReportShown) -> dict[str, str] | None:
    if not any(count for _label, count in report.bars):
        return None
    drawn = bars(
        _("Hva dialogen gjorde med funnene"), [label for label, _n in report.bars], [n for _label, n in report.bars],
        value_header=_("Antall funn"),
    )  # fmt: skip
    return {"title": drawn.title, "description": drawn.description, "svg": str(drawn.svg)}


def _promise(line: dict[str, Any]) -> dict[str, Any]:
    row = line["recommendation"]
    answer = _("Svar: %(answer)s") % {"answer": row.get_answer_display()}
    due = _("Frist: %(day)s") % {"day": date_format(row.due_on, "DATE_FORMAT")} if row.due_on else ""
    return {
        "text": row.text,
        "owner": _("Eier: %(owner)s") % {"owner": row.owner.name},
        "answer": answer,
        "answer_text": row.answer_text,
        "due": due,
        "steps": [
            {
                "when": _("Etter %(n)s måneder:") % {"n": step["line"].month},
                "progress": step["line"].get_progress_display(),
                "text": step["line"].text,
                "noticed": step["noticed"],
            }
            for step in line["follow_ups"]
        ],
    }
