"""Reads of sources, turns and passages, for the team only."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from knutepunkt.inquiry.models import (
    ApartCoder,
    Coding,
    Draft,
    HiddenText,
    Inquiry,
    Participant,
    Passage,
    Quotation,
    Source,
    Turn,
)

HIDING = "·"


def sources_in(inquiry: Inquiry) -> QuerySet[Source]:
    """The sources of an inquiry without their text, with how many passages each has."""
    return inquiry.sources.defer("text").select_related("meeting").annotate(
        passages_count=Count("passages")
    ).order_by("made_at", "code")  # fmt: skip


def drafts_in(inquiry: Inquiry) -> QuerySet[Draft]:
    """Files on their way in, newest first."""
    return inquiry.drafts.order_by("-made_at", "pk")


def voices_of(source_id: Any, start: int, end: int) -> list[Any]:
    """Ids of the participants whose turns `start` to `end` touches."""
    rows = Turn.objects.filter(
        source_id=source_id, start__lt=end, end__gt=start, participant__isnull=False
    ).order_by("start")
    return list(dict.fromkeys(rows.values_list("participant_id", flat=True)))


def hidden_keys(inquiry_id: Any, what: str) -> set[str]:
    """Keys of the texts of one kind that are hidden until the lead has answered."""
    rows = HiddenText.objects.filter(inquiry_id=inquiry_id, what=what, answered_at=None)
    return set(rows.values_list("key", flat=True))


def text_shown(source: Source) -> str:
    """A source's text with hidden turns covered; positions stay as they are."""
    hidden = hidden_keys(source.inquiry_id, "turn")
    if not hidden:
        return source.text
    text = source.text
    for turn in source.turns.filter(pk__in=[int(key) for key in hidden]):
        text = text[: turn.start] + HIDING * (turn.end - turn.start) + text[turn.end :]
    return text


def seen_codings(person: Any, source: Source) -> QuerySet[Coding]:
    """The codings of a source that a person sees: all, or only own while the source is coded apart."""
    rows = Coding.objects.filter(passage__source=source).order_by("passage_id", "code_id")
    if source.coding_apart and is_coding_apart(source):
        rows = rows.filter(coder=person.pk)
    return rows


def is_coding_apart(source: Source) -> bool:
    """Whether somebody still codes this source apart."""
    return ApartCoder.objects.filter(source=source, done_at=None).exists()


@dataclass(frozen=True)
class PassageShown:
    """A passage with its words, for lists."""

    id: int
    source: str
    words: str
    who: str
    codes: tuple[str, ...]
    url_part: str


def with_words(passages: Iterable[Passage]) -> list[PassageShown]:
    """Passages with their words; each source is read once however many passages it has."""
    rows = list(passages)
    sources = {s.pk: s for s in Source.objects.filter(pk__in={p.source_id for p in rows})}
    texts = {pk: text_shown(source) for pk, source in sources.items()}
    return [
        PassageShown(
            id=p.pk,
            source=sources[p.source_id].code,
            words=texts[p.source_id][p.start : p.end],
            who=", ".join(v.participant.code for v in p.voices.all()),
            codes=tuple(dict.fromkeys(c.code.name for c in p.codings.all())),
            url_part=f"{sources[p.source_id].code}/koding/#p{p.pk}",
        )
        for p in rows
    ]


def own_turns(participant: Participant) -> list[dict[str, Any]]:
    """A participant's own turns, each with the question before it, never another participant's words."""
    shown: list[dict[str, Any]] = []
    sources = Source.objects.filter(turns__participant=participant).distinct().order_by("made_at")
    for source in sources:
        before = ""
        for turn in source.turns.order_by("number"):
            words = source.text[turn.start : turn.end]
            if turn.participant_id == participant.pk:
                shown.append({"turn": turn, "source": source, "question": before, "words": words})
                before = ""
            elif turn.participant_id is None:
                before = words
            else:
                before = ""
    return shown


def export_of(subject: str) -> dict[str, Any]:
    """All that an inquiry holds of a participant, as plain data: own turns, quotations, answers."""
    participant = Participant.objects.filter(pk=subject.partition(":")[2]).select_related("inquiry").first()
    if participant is None:
        return {}
    said = [{"question": line["question"], "words": line["words"]} for line in own_turns(participant)]
    quotations = Quotation.objects.filter(passage__voices__participant=participant).order_by("made_at")
    responses = participant.responses.select_related("finding").order_by("finding__number")
    return {
        "inquiry": participant.inquiry.title,
        "code": participant.code,
        "said": [line for line in said if line["words"]],
        "quotations": [{"words": q.words, "state": q.state} for q in quotations],
        "answers": [{"finding": r.finding.statement, "answer": r.answer, "words": r.words} for r in responses],
        "missing": list(participant.missing.values_list("words", flat=True)),
        "noticed": list(participant.noticed.values("recommendation__text", "month", "answer")),
    }
