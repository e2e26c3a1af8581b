"""What the room enters in the house's registers."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knutepunkt.inquiry.actions import findings, withdrawal
from knutepunkt.inquiry.actions.giving import give_input
from knutepunkt.inquiry.actions.reporting import index_edition
from knutepunkt.inquiry.actions.sources import index_source
from knutepunkt.inquiry.choices import Phase
from knutepunkt.inquiry.demo import seed_inquiries
from knutepunkt.inquiry.models import Edition, Source
from knutepunkt.inquiry.queries.frame import inquiries_taking_input, inquiries_visible_to, public_editions
from knutepunkt.inquiry.queries.sources import export_of
from knutepunkt.web.registers import (
    CONSENT_OBJECTS,
    DEMO_SEEDS,
    FIGURES,
    NAVIGATION,
    NEXT_STEPS,
    NOTICES,
    RECEIVERS,
    REPLAYS,
    REPORTS,
    SEARCHABLES,
    ConsentObject,
    Figure,
    Given,
    NavEntry,
    NoticeKind,
    Received,
    Receiver,
    ReportLine,
    Searchable,
)


def _title(subject: str) -> str:
    participant = withdrawal.participant_of(subject)
    return participant.inquiry.title if participant else ""


def _rebuild_turns() -> int:
    return sum(index_source(source) for source in Source.objects.select_related("inquiry"))


def _rebuild_reports() -> int:
    editions = Edition.objects.filter(is_current=True).select_related("inquiry")
    for edition in editions:
        index_edition(edition)
    return len(editions)


def _next_steps(person: Any) -> list[Given]:
    """For each inquiry a person has to do with: the step it stands at. What is missing stands on its own page."""
    return [
        Given(
            inquiry.title,
            _("Nå er dere her: %(phase)s.") % {"phase": inquiry.get_phase_display()},
            reverse("inquiry:overview", args=[inquiry.slug]),
            inquiry.made_at,
        )
        for inquiry in inquiries_visible_to(person)[:5]
    ]


def _published(organisation: Any) -> int:
    return Edition.objects.filter(is_current=True, inquiry__responsible=organisation).count()


def _reports(before: Any, limit: int) -> list[ReportLine]:
    """Current public editions, newest first, for whoever lists what the house has published."""
    rows = public_editions().filter(published_at__lt=before) if before else public_editions()
    return [
        ReportLine(
            row.title_shown or row.inquiry.title, reverse("inquiry:public-report", args=[row.inquiry.slug]),
            row.inquiry.responsible.name, row.published_at, row.number,
        )
        for row in rows.select_related("inquiry__responsible").order_by("-published_at", "-pk")[:limit]
    ]  # fmt: skip


def _overview(facts: dict[str, Any]) -> str:
    return reverse("inquiry:overview", args=[facts["inquiry"]])


def _open_inquiries(person: Any) -> list[tuple[str, str]]:
    return [(row.slug, row.title) for row in inquiries_taking_input(person)]


def _take_in(*, by: Any, place: str, words: str) -> Received:
    inquiry = inquiries_taking_input(by).get(slug=place)
    code = give_input(by=by, inquiry=inquiry, words=words)
    return Received(inquiry.title, reverse("consent:code"), code)


def enter() -> None:
    """Enter everything."""
    CONSENT_OBJECTS.add("inquiry.participant", ConsentObject(
        title=_title, surfaces=withdrawal.surfaces, refuse_words=withdrawal.refuse_words,
        clean_up=withdrawal.clean_up, leave=withdrawal.leave, holder_page=lambda _subject: reverse("inquiry:mine"),
        export=export_of))  # fmt: skip
    NAVIGATION.add("inquiry.reports", NavEntry(gettext_lazy("Rapporter"), "inquiry:reports", lambda _p: True, 30))
    NAVIGATION.add("inquiry", NavEntry(gettext_lazy("Evaluering"), "inquiry:inquiries", bool, 20))
    NOTICES.add("inquiry.words-taken-back", NoticeKind(
        text=lambda _f: _("Noen har tatt ordene sine tilbake. Se om funnene fortsatt står."),
        url=lambda facts: reverse("inquiry:findings", args=[facts["inquiry"]])))  # fmt: skip
    NOTICES.add("inquiry.report-changed", NoticeKind(
        text=lambda _f: _("En rapport du har lastet ned, er endret. Bytt ut din utgave med den nye."),
        url=lambda facts: reverse("inquiry:public-report", args=[facts["inquiry"]])))  # fmt: skip
    NOTICES.add("inquiry.asked", NoticeKind(text=lambda _f: _("Noen har spurt om en evaluering."), url=_overview))
    NOTICES.add("inquiry.invited", NoticeKind(
        text=lambda _f: _("Noen spør om du vil være med i et team."), url=lambda _f: reverse("inquiry:inquiries")))  # fmt: skip
    NOTICES.add("inquiry.invitation-answered", NoticeKind(
        text=lambda facts: _("En du inviterte til teamet, har sagt ja.") if facts["yes"] else _(
            "En du inviterte til teamet, har sagt nei takk."),
        url=lambda facts: reverse("inquiry:team", args=[facts["inquiry"]])))  # fmt: skip
    NOTICES.add("inquiry.next-step", NoticeKind(
        text=lambda facts: _("Evalueringen dere ba om, er kommet til: %(phase)s.") % {
            "phase": Phase(facts["phase"]).label}, url=_overview))  # fmt: skip
    NOTICES.add("inquiry.follow-up-due", NoticeKind(
        text=lambda facts: _("Det er %(n)s måneder siden rapporten. Fortell hva dere har gjort.") % {
            "n": facts["month"]},
        url=lambda facts: reverse("inquiry:promises", args=[facts["inquiry"]])))  # fmt: skip
    SEARCHABLES.add("inquiry.turn", Searchable(gettext_lazy("Kilder"), _rebuild_turns))
    SEARCHABLES.add("inquiry.report", Searchable(gettext_lazy("Rapporter"), _rebuild_reports))
    RECEIVERS.add("inquiry.input", Receiver(
        gettext_lazy("Som innspill til en evaluering"),
        gettext_lazy("Brukerevaluatorene leser det under en kode, uten navnet ditt. Du får en lapp, og kan ta alt tilbake."),
        _open_inquiries, _take_in))  # fmt: skip
    REPLAYS.add("inquiry.strike-outs", withdrawal.replay_strike_outs)
    REPLAYS.add("inquiry.refusals", findings.replay_refusals)
    NEXT_STEPS.add("inquiry", _next_steps)
    FIGURES.add("inquiry.published", Figure(gettext_lazy("Publiserte rapporter"), _published))
    REPORTS.add("inquiry", _reports)
    DEMO_SEEDS.add("inquiry", seed_inquiries)
