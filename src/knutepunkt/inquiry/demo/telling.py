"""The first half of a story: the frame, listening, and the analysis."""

import io
from typing import Any

from knutepunkt.consent.choices import How, Purpose
from knutepunkt.inquiry.actions import coding, findings, sources
from knutepunkt.inquiry.actions import frame as framing
from knutepunkt.inquiry.choices import TeamRole, Weight
from knutepunkt.inquiry.demo.clock import days_ago
from knutepunkt.inquiry.demo.stories import Marked, marked_in, transcript
from knutepunkt.inquiry.demo.told import SECOND, Told, on_day
from knutepunkt.inquiry.methods.letters import consent_wording
from knutepunkt.inquiry.models import Code, Finding, Meeting, Participant, Passage, Source
from knutepunkt.organisations.queries import known_place_names
from knutepunkt.web.speakers import propose_speakers

DATES = ("duty_told_on", "listening_on", "dialogue_on", "report_on")
PROSE = ("aim", "questions", "ownership", "invitation", "invitation_plain")
WITNESS = "Oskar"
# What the pass finds and a person keeps: houses the report names anyway, the evaluators, and "jo da".
KNOWN_TO_ALL = frozenset({"Lyngheim", "Havna", "Havna recoverysenter", "Solvik", "Ingvild", "Oskar", "Jo"})


def frame(told: Told) -> None:
    """A team is found, and the frame is worked out together."""
    inquiry, story = told.inquiry, told.story
    for row in told.rows("team"):
        framing.add_team_member(
            by=told.lead, inquiry=inquiry, person=told.people[row["handle"]], role=TeamRole(row["role"]),
            trained_on=on_day(row["trained"]), meetings_at_most=row.get("most"),
        )  # fmt: skip
    framing.take_next_step(by=told.lead, inquiry=inquiry)
    dates = {name: on_day(story["days"][name]) for name in DATES if name in story["days"]}
    prose = {name: story[name] for name in PROSE if name in story}
    framing.agree_frame(by=told.lead, inquiry=inquiry, version=inquiry.version, **dates, **prose)
    for row in told.rows("reference"):
        framing.seat_reference_member(by=told.lead, inquiry=inquiry, **row)
    for row in told.rows("guides"):
        with days_ago(story["days"]["frame"]):
            framing.write_guide(
                by=told.lead, inquiry=inquiry, text=row["text"], plain_text=row["plain_text"], why=row["why"]
            )


def listen(told: Told) -> None:
    """People are met, agree, and what they said is stored by code."""
    framing.take_next_step(by=told.lead, inquiry=told.inquiry)
    for row in told.rows("meetings"):
        meeting = framing.plan_meeting(
            by=told.lead, inquiry=told.inquiry, label=row["label"], form=row["form"], group=row["group"],
            held_on=on_day(row["day"]),
        )  # fmt: skip
        told.meetings[row["label"]] = meeting
        there = [_welcome(told, meeting) for _ in range(row["people"])]
        if row["day"] > 0 and row.get("debriefed", True):
            for member in told.rows("team")[:2]:
                framing.debrief_meeting(by=told.people[member["handle"]], meeting=meeting)
        if "file" in row:
            _store(told, row, meeting, there)
        if "draft" in row:
            _upload(told, row["draft"])
    for row in told.rows("thanks"):
        for _ in range(row["times"]):
            framing.give_thanks(
                by=told.lead, inquiry=told.inquiry, what=row["what"], kroner=row["kroner"], given_on=on_day(row["day"])
            )


def _welcome(told: Told, meeting: Meeting) -> Participant:
    """Somebody comes, chooses what the words may be used for, and gets a slip."""
    choices = told.story.get("consents", {})
    one = framing.add_participant(by=told.lead, inquiry=told.inquiry, meeting=meeting)
    purposes = dict.fromkeys((p.value for p in Purpose), False) | {
        Purpose.ANALYSIS.value: True,
        Purpose.REPORT.value: one.code not in choices.get("without_report", ()),
        Purpose.TEACHING.value: len(told.codes) % 3 != 1,
        Purpose.RESEARCH.value: len(told.codes) % 4 == 0,
    }
    spoken = one.code in choices.get("spoken", ())
    told.codes[one.code] = framing.take_consent(
        by=told.lead, participant=one, purposes=purposes, wording=consent_wording(told.inquiry),
        how=How.SPOKEN if spoken else How.PAPER, witness_name=WITNESS if spoken else "",
    )  # fmt: skip
    told.participants[one.code] = one
    return one


def _upload(told: Told, name: str) -> Any:
    return sources.read_upload(
        by=told.people[SECOND], inquiry=told.inquiry, name=name, stream=io.BytesIO(transcript(name))
    )


def _store(told: Told, row: dict[str, Any], meeting: Meeting, there: list[Participant]) -> Source:
    """Upload a transcript, tie each label to its participant, and store it with identities replaced."""
    draft = _upload(told, row["file"])
    labels = [label.name for label in propose_speakers(sources.open_draft(draft).text).labels]
    talking = [label for label in labels if label not in row["interviewers"]]
    speakers: dict[str, Participant | str] = dict.fromkeys(labels, sources.INTERVIEWER)
    speakers |= dict(zip(talking, there, strict=True))
    places = known_place_names()
    found = sources.prepare_draft(draft, labels=labels, places=places).groups
    return sources.store_source(
        by=told.people[SECOND], draft=draft, speakers=speakers, places=places, meeting=meeting,
        kept=[one.key for one in found if one.label in KNOWN_TO_ALL],
    )  # fmt: skip


def analyse(told: Told) -> None:
    """Codes, passages, findings with what carries and contradicts them, memos."""
    inquiry = told.inquiry
    framing.take_next_step(by=told.lead, inquiry=inquiry)
    coding.adopt_vocabulary(by=told.lead, inquiry=inquiry, vocabulary="chime")
    codes = {code.term: code for code in inquiry.codes.exclude(term="")}
    for key, name in told.story.get("codes", {}).items():
        codes[key] = coding.add_code(by=told.lead, inquiry=inquiry, name=name)
    written = {
        number: findings.add_finding(
            by=told.lead, inquiry=inquiry, statement=row["statement"], explanation=row["explanation"],
            plain=row["plain"],
        )
        for number, row in enumerate(told.rows("findings"), 1)
    }  # fmt: skip
    passages = [_mark(told, *pair, codes, written) for pair in _all_marked(told)]
    _write_memos(told, passages, codes)


def _all_marked(told: Told) -> list[tuple[Source, Marked]]:
    found = []
    for row in told.rows("meetings"):
        source = told.inquiry.sources.filter(meeting=told.meetings[row["label"]]).first()
        if source is not None:
            found += [(source, one) for one in marked_in(row["file"])]
    return found


def _mark(
    told: Told, source: Source, one: Marked, codes: dict[str, Code], written: dict[int, Finding]
) -> Passage:
    place = one.place_in(source.text)
    if place is None:
        message = f"{one.file}: {one.opens}"
        raise LookupError(message)
    by = told.people[SECOND] if len(one.opens) % 3 == 0 else told.lead
    passage = coding.mark_passage(
        by=by, source=source, start=place[0], end=place[1], version=source.version,
        codes=[codes[key] for key in one.codes],
    )  # fmt: skip
    for number in one.carries:
        findings.ground_finding(by=by, finding=written[number], passages=[passage], weight=Weight.CARRIES)
    for number in one.contradicts:
        findings.ground_finding(by=by, finding=written[number], passages=[passage], weight=Weight.CONTRADICTS)
    if one.quotation and one.carries:
        findings.place_quotation(by=told.lead, finding=written[one.carries[0]], passage=passage)
    return passage


def _write_memos(told: Told, passages: list[Passage], codes: dict[str, Code]) -> None:
    in_order = list(told.inquiry.sources.order_by("made_at", "code"))
    for row in told.rows("memos"):
        coding.write_memo(
            by=told.people[SECOND], inquiry=told.inquiry, text=row["text"],
            passage=passages[row["passage"]] if "passage" in row else None,
            code=codes[row["code"]] if "code" in row else None,
            source=in_order[row["source"] - 1] if "source" in row else None,
        )  # fmt: skip
