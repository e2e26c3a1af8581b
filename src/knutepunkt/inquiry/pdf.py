"""The report as an accessible PDF (typst, PDF/UA-1)."""

from typing import Any


def report_pdf(report: Any) -> bytes:
    """The report as PDF bytes."""
    from knutepunkt.web.pdf import make_pdf  # noqa: PLC0415 (slow)

    return make_pdf("inquiry/report.typ", report)
