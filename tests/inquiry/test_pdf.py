"""The report on paper: tagged, in its language, in our letters, with what people wrote as they wrote it."""

import io
import re
import time
from datetime import UTC, date, datetime
from typing import Any

import pikepdf
import pypdfium2
import pytest

from knutepunkt.inquiry.models import FollowUp, Recommendation
from knutepunkt.inquiry.pdf import report_pdf
from knutepunkt.inquiry.queries.report import Block, ReportShown
from knutepunkt.organisations.models import Organisation
from knutepunkt.web.pdf import PdfFailed, make_pdf

SAID = "Eg gjekk rundt huset to gonger før eg ringde på."
ODD = "Det #read(koster) *ingenting* <takk> $1 @deg og \\ til sist."


def report(**changes: Any) -> ReportShown:
    finding = Block(
        key="finding:1", kind="finding", heading="Døra er tung.", body="Første avsnitt.\n\nAndre avsnitt.",
        number=1, voices="fem eller flere", outcome="enighet", outcome_note="Alle var enige.",
        service_answer="Vi bytter døra.", quotations=(SAID, ODD),
    )  # fmt: skip
    line = Recommendation(
        position=1, text="Bytt døra.", owner=Organisation(name="Solvik kommune"), answer="yes",
        answer_text="Det gjør vi.", due_on=date(2027, 1, 4),
    )  # fmt: skip
    step = FollowUp(month=3, progress="done", text="Døra er ny.")
    facts: dict[str, Any] = {
        "title": "Å bli møtt på døra", "easy_read": "Døra er tung.\nDen skal byttes.",
        "blocks": [Block("section:1", "prose", "Hvorfor vi spurte", "Fordi noen snudde."), finding],
        "asked_sentence": "Funnene er vist til deltakerne.", "service": "Tjenesten", "responsible": "Senteret",
        "commissioner": "Kommunen", "number": 2, "published_at": datetime(2026, 5, 12, 9, 30, tzinfo=UTC),
        "changed_note": False, "bars": [("enighet", 1), ("uenighet", 0), ("nytt fra dialogen", 0)],
        "recommendations": [{"recommendation": line, "follow_ups": [{"line": step, "noticed": "Alle merker det."}]}],
    }  # fmt: skip
    return ReportShown(**(facts | changes))


def text_of(content: bytes) -> str:
    """All words of a PDF, as a reader hears them: lines joined."""
    pages = pypdfium2.PdfDocument(content)
    found = " ".join(page.get_textpage().get_text_range() for page in pages)
    pages.close()
    return re.sub(r"\s+", " ", found)


def tags_of(pdf: pikepdf.Pdf) -> list[str]:
    """The kinds of every element in the structure tree."""
    found, waiting = [], [pdf.Root.StructTreeRoot.K]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting.extend(one)
        elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
            found.append(str(one.S))
            if "/K" in one:
                waiting.append(one.K)
    return found


def test_pdf_is_tagged_titled_and_in_its_language() -> None:
    pdf = pikepdf.open(io.BytesIO(report_pdf(report())))

    assert str(pdf.Root.Lang) == "nb-NO"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo["/Title"]) == "Å bli møtt på døra"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.Root.Metadata.read_bytes()
    tags = tags_of(pdf)
    assert {"/H1", "/H2", "/P", "/TOC", "/BlockQuote", "/Figure"} <= set(tags)
    assert tags.count("/BlockQuote") == 2
    assert {(round(float(p.MediaBox[2])), round(float(p.MediaBox[3]))) for p in pdf.pages} == {(595, 842)}


def test_pdf_has_our_letters_and_no_others() -> None:
    pdf = pikepdf.open(io.BytesIO(report_pdf(report())))

    families = {
        str(font.BaseFont).split("+")[-1].split("-")[0]
        for page in pdf.pages
        for font in page.Resources.get("/Font", {}).values()
    }

    assert families == {"Inter", "Literata"}


def test_pdf_figure_is_told_in_words() -> None:
    pdf = pikepdf.open(io.BytesIO(report_pdf(report())))

    told = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]

    assert told == ["Hva dialogen gjorde med funnene. Høyest: enighet, 1. Lavest: uenighet, 0."]


def test_pdf_prints_what_people_wrote_as_they_wrote_it() -> None:
    text = text_of(report_pdf(report()))

    for words in (SAID, ODD, "Første avsnitt.", "Antall stemmer bak funnet: fem eller flere.",
                  "Tjenesten svarer", "Vi bytter døra.", "Etter dialogen: enighet", "Svar: ja",
                  "Frist: 4. januar 2027", "Etter 3 måneder: gjort", "Alle merker det.",
                  "Laget med Knutepunkt, uavhengig programvare", "Utgave 2, 12. mai 2026"):  # fmt: skip
        assert words in text
    assert "Endret utgave" not in text
    assert "oppdiktet" not in text


def test_pdf_says_that_it_has_changed_but_not_what() -> None:
    text = text_of(report_pdf(report(changed_note=True, is_demo=True)))

    assert "Endret utgave. Rapporten er endret etter at den ble publisert." in text
    assert "Dette er et oppdiktet eksempel." in text


def test_pdf_without_findings_figures_and_promises_is_still_a_report() -> None:
    text = text_of(report_pdf(report(blocks=[], bars=[], recommendations=[], easy_read="", service="")))

    assert "Å bli møtt på døra" in text
    assert "En evaluering i Kommunen" in text


def test_same_report_gives_the_same_bytes() -> None:
    assert report_pdf(report()) == report_pdf(report())


def test_pdf_in_another_language_says_so() -> None:
    pdf = pikepdf.open(io.BytesIO(report_pdf(report(language="nn"))))

    assert str(pdf.Root.Lang) == "nn-NO"


def test_two_hundred_quotations_take_less_than_a_second() -> None:
    long = "Det tok meg lang tid å tørre å gå inn den døra, og så var det bare å gå. " * 4
    findings = [
        Block(f"finding:{n}", "finding", f"Funn nummer {n}", "Noen ord.", number=n,
              quotations=tuple(f"{n}-{m}. {long}" for m in range(20)))
        for n in range(1, 11)
    ]  # fmt: skip
    report_pdf(report())

    begun = time.perf_counter()
    content = report_pdf(report(blocks=findings))

    assert time.perf_counter() - begun < 10  # a guard; the figure is in make bench
    assert "10-19." in text_of(content)


def test_pdf_without_a_title_is_refused_without_saying_words() -> None:
    with pytest.raises(PdfFailed) as fault:
        make_pdf("inquiry/report.typ", {"language": "nb", "title": "", "words": {"hemmelig": SAID}})

    assert SAID not in str(fault.value)
