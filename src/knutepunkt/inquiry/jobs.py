"""Jobs of the room: the PDF of an edition; drafts and sources that are due."""

from django.db import transaction
from django.utils import timezone, translation

from knutepunkt.inquiry.actions.reporting import remind_of_follow_up
from knutepunkt.inquiry.actions.sources import DRAFT_KEPT, discard_draft
from knutepunkt.inquiry.models import Draft, Edition, Inquiry, Source
from knutepunkt.inquiry.pdf import report_pdf
from knutepunkt.inquiry.queries.report import edition_shown
from knutepunkt.web.cleaning import sweep_database
from knutepunkt.web.files import keep_file, remove_file
from knutepunkt.web.jobs import job


@job("inquiry.make_pdf")
def make_pdf(edition: str) -> None:
    """Make the PDF of an edition, unless it is current no more; kept only if nothing changed meanwhile."""
    row = Edition.objects.select_related(
        "inquiry__responsible", "inquiry__service", "inquiry__commissioner"
    ).get(pk=edition)
    if not row.is_current or row.pdf is not None:
        return
    with translation.override("nb"):
        before = edition_shown(row)
        content = report_pdf(before)
    stored = keep_file(
        owner=f"inquiry:{row.inquiry_id}", kind="inquiry.pdf", media_type="application/pdf", content=content
    )
    with transaction.atomic(), translation.override("nb"):
        now = Edition.objects.select_for_update().get(pk=edition)
        now.inquiry = row.inquiry
        if now.is_current and edition_shown(now) == before:
            Edition.objects.filter(pk=edition).update(pdf=stored.pk)
            return
    remove_file(stored)


@job("inquiry.sweep")
def sweep() -> None:
    """Leave no struck-out or rewritten word in the database's files."""
    sweep_database()


@job("inquiry.remind", daily=True)
def remind() -> None:
    """Once a day: ask services at 3, 6 and 12 months what they have done."""
    remind_of_follow_up()


def delete_due_drafts() -> int:
    """Delete drafts older than seven days. Returns how many."""
    due = Draft.objects.filter(made_at__lt=timezone.now() - DRAFT_KEPT)
    for draft in due:
        discard_draft(by="job", draft=draft)
    return len(due)


def delete_due_sources() -> int:
    """Delete the sources of inquiries whose end date has passed; the published report stays."""
    due = Inquiry.objects.filter(keep_until__lt=timezone.localdate())
    deleted, _ = Source.objects.filter(inquiry__in=due).delete()
    return deleted
