"""Jobs of the room: the PDF of an edition; drafts and sources that are due."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from knutepunkt.consent.queries import subjects_in_force
from knutepunkt.inquiry.actions.reporting import drop_lost_quotations, remind_of_follow_up
from knutepunkt.inquiry.actions.sources import DRAFT_KEPT, delete_source, discard_draft
from knutepunkt.inquiry.models import (
    CodeChange,
    Debrief,
    Draft,
    Edition,
    FindingResponse,
    Inquiry,
    Meeting,
    Memo,
    Missing,
    Participant,
    PdfFetch,
    ReferenceMember,
    Source,
    TeamInvitation,
    TeamMember,
    Thanks,
)
from knutepunkt.inquiry.pdf import report_pdf
from knutepunkt.inquiry.queries.report import edition_shown
from knutepunkt.web.cleaning import sweep_database
from knutepunkt.web.files import keep_file, remove_file
from knutepunkt.web.jobs import job, queue_job

INVITED_FOR = timedelta(days=30)


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


@job("inquiry.let_go_of_expired", daily=True)
def let_go_of_expired() -> None:
    """Once a day: a consent whose last day has passed takes its quotations out of page, PDF and search."""
    for edition in Edition.objects.filter(is_current=True).select_related("inquiry"):
        with transaction.atomic():
            drop_lost_quotations(edition.inquiry)


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


def delete_old_invitations() -> int:
    """Delete invitations nobody has answered for 30 days. Returns how many."""
    return TeamInvitation.objects.filter(at__lt=timezone.now() - INVITED_FOR).delete()[0]


def delete_due_people() -> int:
    """Delete what tells who took part in inquiries whose end date has passed; the published report stays.

    A participant whose own consent lasts longer is kept until that ends, so that the receipt code works.
    Returns how many rows were deleted.
    """
    due = Inquiry.objects.filter(keep_until__lt=timezone.localdate())
    keys = {p.key: p.pk for p in Participant.objects.filter(inquiry__in=due)}
    in_force = subjects_in_force(keys)
    ended = [pk for subject, pk in keys.items() if subject not in in_force]
    rows: tuple[QuerySet[Any], ...] = (
        Participant.objects.filter(pk__in=ended), TeamMember.objects.filter(inquiry__in=due),
        ReferenceMember.objects.filter(inquiry__in=due), Debrief.objects.filter(meeting__inquiry__in=due),
        Thanks.objects.filter(inquiry__in=due), CodeChange.objects.filter(inquiry__in=due),
        PdfFetch.objects.filter(edition__inquiry__in=due), Meeting.objects.filter(inquiry__in=due),
    )  # fmt: skip
    return sum(found.delete()[0] for found in rows)


def delete_due_sources() -> int:
    """Delete what people said in inquiries whose end date has passed, wherever it lies; the published report stays."""
    due = Inquiry.objects.filter(keep_until__lt=timezone.localdate())
    deleted = 0
    for model in (FindingResponse.objects.filter(finding__inquiry__in=due), Missing.objects.filter(inquiry__in=due),
                  Memo.objects.filter(inquiry__in=due)):  # fmt: skip
        deleted += model.delete()[0]
    for source in Source.objects.filter(inquiry__in=due).defer("text"):
        deleted += delete_source(by="job", source=source)
    if deleted:
        queue_job("inquiry.sweep")
    return deleted
