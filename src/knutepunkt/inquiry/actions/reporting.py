"""The report: writing, publishing as editions, the PDF; recommendations, promises and follow-up."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from knutepunkt.inquiry.actions.frame import NotYet, save_newest
from knutepunkt.inquiry.choices import FOLLOW_UP_MONTHS
from knutepunkt.inquiry.models import (
    Edition,
    FollowUp,
    Inquiry,
    Noticed,
    Participant,
    PdfFetch,
    Recommendation,
    Report,
    Section,
)
from knutepunkt.inquiry.queries.findings import usable_quotations
from knutepunkt.inquiry.queries.frame import missing_before_publishing
from knutepunkt.inquiry.queries.report import edition_as_text, frozen_content
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import people_with_role
from knutepunkt.web.files import remove_file
from knutepunkt.web.jobs import queue_job
from knutepunkt.web.models import Notice, StoredFile
from knutepunkt.web.notices import give_notice
from knutepunkt.web.search import PUBLIC, Entry, drop_entries, put_entries
from knutepunkt.web.trail import record


@transaction.atomic
def write_report(*, by: Any, report: Report, version: int, title: str, easy_read: str) -> Report:
    """Write the report's title and easy-read summary.

    Raises:
        SomebodyElseSaved: it is of a newer version than the page showed.
    """
    save_newest(report, version, title=title, easy_read=easy_read, changed_at=timezone.now())
    record("inquiry:report:written", by=by, about=report.inquiry.key, within=report.inquiry.key)
    return report


@transaction.atomic
def add_section(*, by: Any, report: Report, heading: str, body: str = "", after_findings: bool = False) -> Section:
    """Add a section of prose, last."""
    last = report.sections.aggregate(last=Max("position"))["last"] or 0
    record("inquiry:report:section-added", by=by, about=report.inquiry.key, within=report.inquiry.key)
    return Section.objects.create(
        report=report, position=last + 1, heading=heading, body=body, after_findings=after_findings
    )


@transaction.atomic
def write_section(
    *, by: Any, section: Section, version: int, heading: str, body: str, after_findings: bool
) -> Section:
    """Write a section.

    Raises:
        SomebodyElseSaved: it is of a newer version than the page showed.
    """
    save_newest(section, version, heading=heading, body=body, after_findings=after_findings)
    record("inquiry:report:section-written", by=by, about=section.report.inquiry.key,
           within=section.report.inquiry.key)  # fmt: skip
    return section


@transaction.atomic
def remove_section(*, by: Any, section: Section) -> None:
    """Take a section away."""
    record("inquiry:report:section-removed", by=by, about=section.report.inquiry.key,
           within=section.report.inquiry.key)  # fmt: skip
    section.delete()


def hold_inquiry(inquiry: Inquiry) -> None:
    """Let one at a time publish or take back in an inquiry, until the transaction ends."""
    Inquiry.objects.select_for_update().filter(pk=inquiry.pk).values_list("pk").get()


@transaction.atomic
def publish_report(*, by: Any, inquiry: Inquiry) -> Edition:
    """Publish the report as a new edition, on the web and as PDF. Where nothing has changed, the current one stays.

    Raises:
        NotYet: participants have not been asked, or something else is missing.
    """
    hold_inquiry(inquiry)
    missing = missing_before_publishing(inquiry)
    if missing:
        raise NotYet(missing)
    content = frozen_content(inquiry)
    same = inquiry.editions.filter(is_current=True, hidden=[], content=content).first()
    if same is not None:
        return same
    is_later = inquiry.editions.exists()  # every later edition says that it is one, whatever the reason
    edition = new_edition(inquiry, content=content, changed_note=is_later)
    record("inquiry:report:published", by=by, about=inquiry.key, within=inquiry.key, edition=edition.number)
    return edition


def new_edition(
    inquiry: Inquiry, *, content: dict[str, Any], changed_note: bool, hidden: list[str] | None = None
) -> Edition:
    """Put a new edition in place of the current one; the old one's PDF refuses from now on."""
    newest = inquiry.editions.aggregate(newest=Max("number"))["newest"] or 0
    for old in inquiry.editions.filter(is_current=True):
        drop_pdf(old)
    inquiry.editions.filter(is_current=True).update(is_current=False, content={})
    edition = Edition.objects.create(
        inquiry=inquiry, number=newest + 1, content=content, hidden=hidden or [],
        published_at=timezone.now(), changed_note=changed_note,
    )  # fmt: skip
    index_edition(edition)
    queue_job("inquiry.make_pdf", edition=str(edition.pk))
    return edition


def renew_edition(inquiry: Inquiry) -> None:
    """Where a report is published: a new edition without the words, with a note that says neither who nor what."""
    edition = inquiry.editions.filter(is_current=True).first()
    if edition is None:
        return
    usable = {str(q.pk) for q in usable_quotations(inquiry)}
    content = {**edition.content, "blocks": [_only(b, usable) for b in edition.content.get("blocks", [])]}
    new_edition(inquiry, content=content, changed_note=True, hidden=edition.hidden)
    tell_fetchers(inquiry)


def _only(block: dict[str, Any], usable: set[str]) -> dict[str, Any]:
    if "quotations" not in block:
        return block
    return {**block, "quotations": [key for key in block["quotations"] if key in usable]}


def drop_lost_quotations(inquiry: Inquiry) -> None:
    """Renew the published edition when it shows a quotation that may be shown no more: page, PDF and search."""
    edition = inquiry.editions.filter(is_current=True).first()
    if edition is None:
        return
    shown = {key for block in edition.content.get("blocks", []) for key in block.get("quotations", [])}
    if shown - {str(q.pk) for q in usable_quotations(inquiry)}:
        renew_edition(inquiry)


def drop_pdf(edition: Edition) -> None:
    """Let the edition's PDF refuse at once: the row that points to it is emptied, the file follows."""
    pdf, edition.pdf = edition.pdf, None
    edition.save(update_fields=["pdf"])
    for stored in StoredFile.objects.filter(pk=pdf) if pdf else ():
        remove_file(stored)


def remake_pdf(inquiry: Inquiry) -> None:
    """Let the published PDF say what the page says now; used when promises change."""
    for edition in inquiry.editions.filter(is_current=True):
        drop_pdf(edition)
        queue_job("inquiry.make_pdf", edition=str(edition.pk))


def index_edition(edition: Edition) -> None:
    """Enter a published edition in the public search index, with the words it may show now."""
    inquiry = edition.inquiry
    title = edition.title_shown or inquiry.title
    drop_entries(kind="inquiry.report", keys=[str(inquiry.pk)])
    put_entries(
        [
            Entry(
                kind="inquiry.report", key=str(inquiry.pk), audience=PUBLIC, part_of=inquiry.key,
                url=reverse("inquiry:public-report", args=[inquiry.slug]),
                title=title, text=edition_as_text(edition),
            )
        ]
    )


@transaction.atomic
def unpublish_report(*, by: Any, inquiry: Inquiry) -> None:
    """Take the report off the web; the working copy stays."""
    for edition in inquiry.editions.filter(is_current=True):
        drop_pdf(edition)
    inquiry.editions.filter(is_current=True).update(is_current=False, content={})
    drop_entries(kind="inquiry.report", keys=[str(inquiry.pk)])
    record("inquiry:report:unpublished", by=by, about=inquiry.key, within=inquiry.key)


def note_pdf_fetch(*, by: Any, edition: Edition) -> None:
    """Remember that a member fetched the PDF, so that she can be told when it has changed."""
    PdfFetch.objects.update_or_create(edition=edition, person=by)


def tell_fetchers(inquiry: Inquiry) -> int:
    """Tell members who fetched an earlier PDF that there is a new edition; not who or what. Returns how many."""
    people = set(PdfFetch.objects.filter(edition__inquiry=inquiry).values_list("person_id", flat=True))
    for person in people:
        give_notice(person, "inquiry.report-changed", inquiry=inquiry.slug)
    return len(people)


@transaction.atomic
def recommend(*, by: Any, inquiry: Inquiry, text: str, owner: Any, finding: Any = None) -> Recommendation:
    """Write what ought to change, and who owns it."""
    last = inquiry.recommendations.aggregate(last=Max("position"))["last"] or 0
    record("inquiry:promise:recommended", by=by, about=inquiry.key, within=inquiry.key)
    return Recommendation.objects.create(
        inquiry=inquiry, position=last + 1, text=text, owner=owner, finding=finding
    )


@transaction.atomic
def change_recommendation(
    *, by: Any, recommendation: Recommendation, text: str, version: int | None = None
) -> Recommendation:
    """Write a recommendation anew; the service's answer stays.

    Raises:
        SomebodyElseSaved: it, or its answer, is of a newer version than the page showed.
    """
    save_newest(recommendation, version, text=text)
    remake_pdf(recommendation.inquiry)
    record("inquiry:promise:changed", by=by, about=recommendation.inquiry.key, within=recommendation.inquiry.key)
    return recommendation


@transaction.atomic
def answer_recommendation(
    *, by: Any, recommendation: Recommendation, answer: str, text: str, due_on: date | None,
    version: int | None = None,
) -> Recommendation:  # fmt: skip
    """The service answers in public: yes, partly or no, why, and by when.

    Raises:
        SomebodyElseSaved: the recommendation, or its answer, is of a newer version than the page showed.
    """
    save_newest(
        recommendation, version, answer=answer, answer_text=text, due_on=due_on, answered_at=timezone.now(),
        answered_by=by.pk, answered_by_name=by.chosen_name,
    )  # fmt: skip
    remake_pdf(recommendation.inquiry)
    record("inquiry:promise:answered", by=by, about=recommendation.inquiry.key,
           within=recommendation.inquiry.key, answer=answer)  # fmt: skip
    return recommendation


@transaction.atomic
def follow_up(
    *, by: Any, recommendation: Recommendation, month: int, progress: str, text: str, version: int | None = None
) -> FollowUp:
    """The service says what it has done, at 3, 6 or 12 months.

    Raises:
        SomebodyElseSaved: a colleague has said it, or changed it, since the page was opened.
    """
    said = {"progress": progress, "text": text, "by": by.pk, "by_name": by.chosen_name}
    line, is_new = FollowUp.objects.get_or_create(recommendation=recommendation, month=month, defaults=said)
    if not is_new:
        save_newest(line, version, **said, at=timezone.now())
    remake_pdf(recommendation.inquiry)
    record("inquiry:promise:followed-up", by=by, about=recommendation.inquiry.key,
           within=recommendation.inquiry.key, month=month)  # fmt: skip
    return line


def remind_of_follow_up() -> int:
    """Ask the service, once at 3, 6 and 12 months after the first edition, to say what it has done.

    Returns how many notices were given.
    """
    given, today = 0, timezone.localdate()
    for first in Edition.objects.filter(number=1).select_related("inquiry"):
        inquiry = first.inquiry
        for month in FOLLOW_UP_MONTHS:
            due = timezone.localdate(first.published_at) + timedelta(days=month * 365 // 12)
            if due <= today and due > today - timedelta(days=31):
                given += _remind(inquiry, month)
    return given


def _remind(inquiry: Inquiry, month: int) -> int:
    facts = {"inquiry": inquiry.slug, "month": month}
    told = Notice.objects.filter(kind="inquiry.follow-up-due", facts=facts)
    people = people_with_role(Role.MUNICIPAL_CONTACT, [inquiry.commissioner_id, inquiry.service_id])
    new = [p for p in people if not told.filter(recipient=p).exists()]
    for person in new:
        give_notice(person, "inquiry.follow-up-due", **facts)
    return len(new)


@transaction.atomic
def say_noticed(
    *, participant: Participant, recommendation: Recommendation, month: int, answer: str
) -> Noticed:
    """A participant says, by receipt code, whether the change is noticed."""
    line, _ = Noticed.objects.update_or_create(
        recommendation=recommendation, participant=participant, month=month, defaults={"answer": answer}
    )
    return line
