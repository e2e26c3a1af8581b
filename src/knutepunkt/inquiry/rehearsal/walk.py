"""From request to published report with the files given, by the same actions as the pages use."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.utils import timezone

from knutepunkt.consent.choices import How, Purpose
from knutepunkt.inquiry.actions import coding, findings, reporting
from knutepunkt.inquiry.actions import frame as framing
from knutepunkt.inquiry.choices import Outcome, PromiseAnswer, QuotationState, Recognition, TeamRole, Weight
from knutepunkt.inquiry.importing import Imported, import_file
from knutepunkt.inquiry.methods.letters import consent_wording
from knutepunkt.inquiry.models import Finding, Inquiry, Participant, Passage, Quotation, Source
from knutepunkt.inquiry.queries.findings import findings_with_ground
from knutepunkt.organisations.actions import give_role, make_organisation
from knutepunkt.organisations.choices import Kind, Role
from knutepunkt.people.actions import make_person
from knutepunkt.themes.actions import load_vocabularies

ACTOR = "rehearsal"
PASSAGES_EACH, QUOTATIONS_EACH = 40, 3
LONGEST, SHORTEST = 60, 6
STATEMENTS = (
    "Noe av det folk forteller, går igjen.",
    "Noe av det folk forteller, spriker.",
    "Noe kan gjøres med en gang.",
)


@dataclass
class Walk:
    """An inquiry on its way, and who takes part."""

    lead: Any = None
    second: Any = None
    service: Any = None
    inquiry: Inquiry = field(default_factory=Inquiry)
    files: list[Imported] = field(default_factory=list)
    slips: dict[str, str] = field(default_factory=dict)

    def participants(self) -> list[Participant]:
        """Those whose words are in a source, in their order."""
        rows = self.inquiry.participants.filter(turns__isnull=False, left_at=None).distinct()
        return list(rows.order_by("meeting_id", "code"))


def begin(paths: list[Path]) -> Walk:
    """Ask, agree, listen: everything until the files are sources and everybody has agreed."""
    load_vocabularies()
    walk = Walk()
    centre = make_organisation(by=ACTOR, slug="rehearsal-centre", kind=Kind.USER_LED_CENTRE, name="Prøvesenteret")
    town = make_organisation(by=ACTOR, slug="rehearsal-town", kind=Kind.MUNICIPALITY, name="Prøvekommunen")
    walk.lead, walk.second, walk.service = (
        make_person(by=ACTOR, chosen_name=name, handle=handle)
        for name, handle in (("Prøveleder", "prove-1"), ("Prøvehjelp", "prove-2"), ("Prøvetjeneste", "prove-3"))
    )
    give_role(by=ACTOR, person=walk.lead, organisation=centre, role=Role.USER_EVALUATOR)
    give_role(by=ACTOR, person=walk.service, organisation=town, role=Role.MUNICIPAL_CONTACT)
    walk.inquiry = framing.request_inquiry(
        by=walk.service, title="Prøve", commissioner=town, responsible=centre, request="Hvordan er det?"
    )
    _agree(walk)
    for number, path in enumerate(paths, 1):
        _take_in(walk, path, number)
    return walk


def _agree(walk: Walk) -> None:
    today = timezone.localdate()
    for person, role in ((walk.lead, TeamRole.LEAD), (walk.second, TeamRole.EVALUATOR)):
        framing.add_team_member(by=walk.lead, inquiry=walk.inquiry, person=person, role=role, trained_on=today)
    framing.take_next_step(by=walk.lead, inquiry=walk.inquiry)
    framing.agree_frame(
        by=walk.lead, inquiry=walk.inquiry, version=walk.inquiry.version, aim="hvordan det er",
        questions="Hvordan er det?", ownership="Ordene eies av den som sa dem.", invitation="Kom, om du vil.",
        duty_told_on=today, dialogue_on=today,
    )  # fmt: skip
    framing.write_guide(by=walk.lead, inquiry=walk.inquiry, text="Hvordan er det?", plain_text="Hvordan er det?")
    framing.take_next_step(by=walk.lead, inquiry=walk.inquiry)


def _take_in(walk: Walk, path: Path, number: int) -> None:
    """One file, one meeting; whoever speaks in it agrees to everything and gets a slip."""
    meeting = framing.plan_meeting(
        by=walk.lead, inquiry=walk.inquiry, label=f"Møte {number}", form="group", group=f"Gruppe {number}",
        held_on=timezone.localdate(),
    )  # fmt: skip
    told, source = import_file(by=walk.lead, inquiry=walk.inquiry, path=path, meeting=meeting)
    walk.files.append(told)
    framing.debrief_meeting(by=walk.lead, meeting=meeting)
    for one in source.turns.exclude(participant=None).values_list("participant", flat=True).distinct() if source else ():
        participant = walk.inquiry.participants.get(pk=one)
        walk.slips[participant.key] = framing.take_consent(
            by=walk.lead, participant=participant, purposes={p.value: True for p in Purpose},
            wording=consent_wording(walk.inquiry), how=How.PAPER,
        )  # fmt: skip


def analyse(walk: Walk) -> None:
    """CHIME, passages in each one's turns, and findings that stand on several voices."""
    framing.take_next_step(by=walk.lead, inquiry=walk.inquiry)
    codes = coding.adopt_vocabulary(by=walk.lead, inquiry=walk.inquiry, vocabulary="chime")
    written = [findings.add_finding(by=walk.lead, inquiry=walk.inquiry, statement=s) for s in STATEMENTS]
    for participant in walk.participants():
        marked = _mark_some(walk, participant, codes)
        for number, passage in enumerate(marked):
            finding = written[number % len(written)]
            weight = Weight.CONTRADICTS if number % 7 == 6 else Weight.CARRIES  # noqa: PLR2004 (one a week)
            findings.ground_finding(by=walk.lead, finding=finding, passages=[passage], weight=weight)
            if number < QUOTATIONS_EACH:
                findings.place_quotation(by=walk.lead, finding=finding, passage=passage)
    _mark_across(walk, codes)


def _mark_some(walk: Walk, participant: Participant, codes: list[Any]) -> list[Passage]:
    """Passages in evenly chosen turns of a participant, each with one or two codes; always the same ones."""
    marked = []
    for source in Source.objects.filter(turns__participant=participant).distinct().order_by("made_at"):
        spans = [s for t in source.turns.filter(participant=participant).order_by("number") if (s := _span(source, t))]
        for start, end in spans[:: max(1, len(spans) // PASSAGES_EACH)][:PASSAGES_EACH]:
            chosen = {codes[(start + k * end) % len(codes)].pk: codes[(start + k * end) % len(codes)] for k in (0, 1)}
            by = walk.lead if start % 3 else walk.second
            marked.append(coding.mark_passage(
                by=by, source=source, start=start, end=end, version=source.version, codes=list(chosen.values())
            ))  # fmt: skip
    return marked


def _span(source: Source, turn: Any) -> tuple[int, int] | None:
    """The first words of a turn, or None when there are too few to quote."""
    words = source.text[turn.start : turn.end].split()
    if len(words) < SHORTEST:
        return None
    length, at = 0, turn.start
    for word in words[:LONGEST]:
        at = source.text.index(word, at + length)
        length = len(word)
    return turn.start, at + length


def _mark_across(walk: Walk, codes: list[Any]) -> None:
    """One passage over two speakers in each source that has them: withdrawal must part it."""
    for source in walk.inquiry.sources.order_by("made_at"):
        turns = list(source.turns.exclude(participant=None).order_by("number"))
        pairs = [(a, b) for a, b in pairwise(turns) if a.participant_id != b.participant_id]
        if pairs:
            first, second = pairs[len(pairs) // 2]
            coding.mark_passage(
                by=walk.lead, source=source, start=first.start, end=second.end, version=source.version, codes=codes[:1]
            )


def ask(walk: Walk) -> None:
    """Participants are shown findings and quotations, say yes and recognise; then the dialogue."""
    inquiry = walk.inquiry
    for shown in findings_with_ground(inquiry):
        if not shown.carries:  # too few words to stand on
            findings.remove_finding(by=walk.lead, finding=shown.finding)
    findings.ask_participants(by=walk.lead, inquiry=inquiry, answers_by=timezone.localdate() + timedelta(days=14))
    for quotation in Quotation.objects.filter(inquiry=inquiry, state=QuotationState.ASKED).select_related("inquiry"):
        for voice in quotation.passage.voices.select_related("participant"):
            findings.decide_quotation(quotation=quotation, participant=voice.participant, yes=True)
    each_finding(walk, _answered)
    framing.take_next_step(by=walk.lead, inquiry=inquiry)
    each_finding(walk, lambda w, f: findings.answer_finding(by=w.service, finding=f, text="Vi hører.", version=1))
    each_finding(walk, lambda w, f: findings.set_outcome(by=w.lead, finding=f, outcome=Outcome.AGREED, note="Ja."))
    framing.take_next_step(by=walk.lead, inquiry=inquiry)


def each_finding(walk: Walk, do: Callable[[Walk, Finding], Any]) -> None:
    """Do something with each finding, in their order."""
    for finding in walk.inquiry.findings.order_by("number"):
        do(walk, finding)


def _answered(walk: Walk, finding: Finding) -> None:
    for participant in walk.participants():
        findings.respond_to_finding(finding=finding, participant=participant, answer=Recognition.RECOGNISE)


def publish(walk: Walk) -> None:
    """The report is written and published, and a promise is made."""
    report = walk.inquiry.report
    reporting.write_report(
        by=walk.lead, report=report, version=report.version, title="Prøve", easy_read="Vi har hørt på folk."
    )
    if not report.sections.exists():
        reporting.add_section(by=walk.lead, report=report, heading="Hvordan vi gjorde det", body="Vi lyttet.")
    line = reporting.recommend(
        by=walk.lead, inquiry=walk.inquiry, text="Gjør noe med det.", owner=walk.inquiry.commissioner,
        finding=walk.inquiry.findings.first(),
    )  # fmt: skip
    reporting.answer_recommendation(
        by=walk.service, recommendation=line, answer=PromiseAnswer.YES, text="Det gjør vi.", due_on=None
    )
    reporting.publish_report(by=walk.lead, inquiry=walk.inquiry)
    framing.take_next_step(by=walk.lead, inquiry=walk.inquiry)
