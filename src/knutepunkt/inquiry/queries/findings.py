"""Reads of findings: what each stands on, whose voices, what hinders, what participants said."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.consent.choices import Purpose
from knutepunkt.consent.queries import subjects_agreeing
from knutepunkt.inquiry.choices import QuotationState, Weight
from knutepunkt.inquiry.models import (
    Finding,
    FindingPassage,
    FindingResponse,
    Inquiry,
    Participant,
    Quotation,
)
from knutepunkt.inquiry.queries.sources import PassageShown, with_words


@dataclass
class FindingShown:
    """A finding with what a page says of it. `voices` is exact and for the team only."""

    finding: Finding
    voices: int = 0
    carries: int = 0
    contradicts: int = 0
    groups: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)


def findings_with_ground(inquiry: Inquiry, only: Finding | None = None) -> list[FindingShown]:
    """The findings in their order, with voices, ground and warnings. Two queries, whatever the number.

    With `only` the one finding, which is not fetched again: one query.
    """
    findings = [only] if only is not None else inquiry.findings.order_by("number")
    shown = {f.pk: FindingShown(f) for f in findings}
    ground: dict[int, dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    voices: dict[int, set[Any]] = defaultdict(set)
    asked: set[str] = set()
    for finding_id, weight, passage_id, participant_id, group in _ground_and_groups(inquiry, only):
        if finding_id is None:
            asked.add(group)
        elif finding_id in shown:
            ground[finding_id][weight].add(passage_id)
            if participant_id and weight == Weight.CARRIES:
                voices[finding_id].add(participant_id)
                shown[finding_id].groups.add(group)
    for pk, line in shown.items():
        line.carries = len(ground[pk][Weight.CARRIES])
        line.contradicts = len(ground[pk][Weight.CONTRADICTS])
        line.voices = len(voices[pk])
        line.warnings = _warnings(line, asked)
    return list(shown.values())


@dataclass(frozen=True)
class GroundShown:
    """A passage a finding stands on: its words, its weight, and where its quotation stands, if there is one."""

    words: PassageShown
    weight: str
    quotation: str


def ground_of(finding: Finding) -> list[GroundShown]:
    """What a finding stands on, oldest first. Two queries, whatever the number."""
    placed = Quotation.objects.filter(finding=OuterRef("finding"), passage=OuterRef("passage"))
    rows = list(
        FindingPassage.objects.filter(finding=finding)
        .select_related("passage")
        .annotate(state=Subquery(placed.values("state")[:1]))
        .order_by("pk")
    )
    words = {p.id: p for p in with_words([row.passage for row in rows])}
    return [
        GroundShown(words[row.passage_id], row.weight, str(QuotationState(row.state).label) if row.state else "")
        for row in rows
    ]


def _ground_and_groups(inquiry: Inquiry, only: Finding | None) -> QuerySet[Any, Any]:
    """Each passage under a finding with its voices, and the groups that were asked, as rows without a finding."""
    wanted = Q(finding=only) if only is not None else Q(finding__inquiry=inquiry)
    ground = FindingPassage.objects.filter(wanted).annotate(
        who=F("passage__voices__participant_id"), whence=F("passage__voices__participant__group")
    )
    nothing, nobody = Cast(Value(None), BigIntegerField()), Cast(Value(None), UUIDField())
    groups = inquiry.participants.exclude(group="").order_by()
    return ground.values_list("finding_id", "weight", "passage_id", "who", "whence").union(
        groups.values_list(nothing, Value(""), nothing, nobody, "group").distinct(), all=True
    )


def _warnings(line: FindingShown, asked: set[str]) -> list[str]:
    warnings = []
    if not line.carries:
        warnings.append(_("Ingen ord bærer funnet ennå."))
    elif line.voices == 1:
        warnings.append(_("Bare én stemme bærer dette funnet."))
    silent = sorted(asked - line.groups) if line.carries else []
    if silent:
        warnings.append(_("Ingen ord herfra: %(groups)s.") % {"groups": ", ".join(silent)})
    return warnings


def what_hinders_asking(inquiry: Inquiry, answers_by: date) -> list[str]:
    """Why the participants cannot be asked yet, in sentences."""
    ground = FindingPassage.objects.filter(finding=OuterRef("pk"), weight=Weight.CARRIES)
    hindrances = []
    if not inquiry.findings.exists():
        hindrances.append(_("Skriv minst ett funn først."))
    if inquiry.findings.filter(~Exists(ground)).exists():
        hindrances.append(_("Hvert funn må ha noe som bærer det."))
    if answers_by <= timezone.localdate():
        hindrances.append(_("Fristen må være en dag som kommer."))
    return hindrances


def usable_quotations(inquiry: Inquiry) -> list[Quotation]:
    """The quotations that may be shown now: yes from the owner, and every voice agrees to the report.

    The same reading serves the page, the PDF, the index and every export. Two queries.
    """
    rows = (
        Quotation.objects.filter(inquiry=inquiry, state=QuotationState.APPROVED)
        .annotate(voice=F("passage__voices__participant_id"))
        .order_by("finding__number", "made_at", "pk")
    )
    voices: dict[Any, set[str]] = {}
    first: dict[Any, Quotation] = {}
    for row in rows:
        first.setdefault(row.pk, row)
        if row.voice:
            voices.setdefault(row.pk, set()).add(f"inquiry.participant:{row.voice}")
    agreeing = subjects_agreeing(set().union(*voices.values()) if voices else set(), Purpose.REPORT)
    return [q for pk, q in first.items() if voices.get(pk) and voices[pk] <= agreeing]


def quotations_for_owner(participant: Participant) -> QuerySet[Quotation]:
    """The quotations that hold a participant's words and have been shown to them."""
    return (
        Quotation.objects.filter(passage__voices__participant=participant)
        .exclude(state=QuotationState.PROPOSED)
        .select_related("finding")
        .order_by("finding__number", "made_at", "pk")
    )


@dataclass(frozen=True)
class Recognised:
    """How participants answered a finding; for the team."""

    answers: dict[str, int]
    words: list[FindingResponse]


def responses_by_finding(inquiry: Inquiry) -> dict[int, Recognised]:
    """What participants answered, by finding. One query."""
    found: dict[int, Recognised] = {}
    rows = FindingResponse.objects.filter(finding__inquiry=inquiry).order_by("at", "pk")
    for response in rows:
        line = found.setdefault(response.finding_id, Recognised({}, []))
        line.answers[response.answer] = line.answers.get(response.answer, 0) + 1
        if response.words:
            line.words.append(response)
    return found


@dataclass(frozen=True)
class Asked:
    """How many were asked and how many answered; exact for the team, words for everyone else."""

    asked: int
    answered: int

    @property
    def is_enough(self) -> bool:
        """Whether at least half of those asked have answered."""
        return bool(self.asked) and self.answered * 2 >= self.asked


def how_many_answered(inquiry: Inquiry) -> Asked:
    """How many who hold a slip were asked about the findings, and how many answered something."""
    if inquiry.participants_asked_on is None:
        return Asked(0, 0)
    counts = inquiry.participants.filter(has_slip=True, left_at=None).aggregate(
        asked=Count("pk", distinct=True), answered=Count("responses__participant", distinct=True)
    )
    return Asked(counts["asked"], counts["answered"])
