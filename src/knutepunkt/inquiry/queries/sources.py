"""Reads of sources, turns and passages, for the team only."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast

from knutepunkt.inquiry.models import (
    ApartCoder,
    Coding,
    Draft,
    HiddenText,
    Inquiry,
    Participant,
    Passage,
    PassageVoice,
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


def hidden_keys(inquiry: Any, what: str) -> set[str]:
    """Keys of the texts of one kind that are hidden until the lead has answered.

    Args:
        inquiry: the inquiry or its id. One found by `inquiries_visible_to` knows whether anything is hidden
            at all, and then nothing is asked of the database for nothing.
        what: the kind of text.
    """
    if getattr(inquiry, "has_hidden", None) is False:
        return set()
    key = inquiry.pk if isinstance(inquiry, Inquiry) else inquiry
    rows = HiddenText.objects.filter(inquiry_id=key, what=what, answered_at=None)
    return set(rows.values_list("key", flat=True))


def hidden_rows(what: str) -> QuerySet[HiddenText]:
    """Whether an outer row of this kind is hidden until the lead has answered; for `Exists`, without a query more."""
    outer = Cast(OuterRef("pk"), CharField())
    return HiddenText.objects.filter(what=what, answered_at=None, key=outer)


def text_shown(source: Source) -> str:
    """A source's text with hidden turns covered; positions stay as they are."""
    known = source._state.fields_cache.get("inquiry")  # noqa: SLF001 (only if it is there already)
    hidden = hidden_keys(known or source.inquiry_id, "turn")
    return texts_shown({source.pk: source.text}, hidden)[source.pk]


def texts_shown(texts: Mapping[Any, str], hidden: Collection[str]) -> dict[Any, str]:
    """Texts of sources, by their keys, with hidden turns covered. No query where nothing is hidden, else one."""
    shown = dict(texts)
    keys = [int(key) for key in hidden]
    if keys:
        for turn in Turn.objects.filter(pk__in=keys, source_id__in=shown):
            text = shown[turn.source_id]
            shown[turn.source_id] = text[: turn.start] + HIDING * (turn.end - turn.start) + text[turn.end :]
    return shown


TOGETHER = Q(passage__source__coding_apart=False)
"""Codings that stand in lists, counts and exports: those of a source that is coded apart wait until all are done."""


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


@dataclass
class Around:
    """What passages stand in: the texts they are pieces of, whose words they hold, and their codes."""

    texts: dict[Any, str]
    names: dict[Any, str]
    who: dict[int, list[str]]
    codes: dict[int, list[str]]


def around(passages: Collection[int] | QuerySet[Any], sources: Collection[Any] | QuerySet[Any]) -> Around:
    """What stands around passages, given as keys or rows of keys. One query: four lists of the same shape."""
    voices = PassageVoice.objects.filter(passage__in=passages)
    codings = Coding.objects.filter(TOGETHER, passage__in=passages)
    texts = Source.objects.filter(pk__in=sources)
    hidden = HiddenText.objects.filter(inquiry__sources__in=sources, what="turn", answered_at=None).distinct()
    nobody = Cast(Value(None), UUIDField())
    rows = voices.values_list(
        _kind("voice"), nobody, F("passage_id"), F("pk"), _text("participant__code"), _kind("")
    ).union(
        codings.values_list(
            _kind("code"), nobody, F("passage_id"), F("code__position"), _text("code__name"), _kind("")
        ),
        texts.values_list(_kind("text"), F("pk"), _number(), _number(), F("text"), _text("code")),
        hidden.values_list(_kind("hidden"), nobody, _number(), _number(), _text("key"), _kind("")),
        all=True,
    )
    found = Around({}, {}, defaultdict(list), defaultdict(list))
    keys: set[str] = set()
    for kind, source, passage, _place, words, name in sorted(rows, key=itemgetter(3)):
        if kind == "text":
            found.texts[source], found.names[source] = words, name
        elif kind == "hidden":
            keys.add(words)
        else:
            listed = (found.who if kind == "voice" else found.codes)[passage]
            if words not in listed:
                listed.append(words)
    found.texts = texts_shown(found.texts, keys)
    return found


def _kind(name: str) -> Value:
    return Value(name, output_field=TextField())


def _number() -> Value:
    return Value(0, output_field=BigIntegerField())


def _text(field: str) -> Cast:
    return Cast(field, TextField())


def with_words(passages: Iterable[Passage]) -> list[PassageShown]:
    """Passages with their words. Two queries at most, however many passages and sources."""
    if isinstance(passages, QuerySet):
        passages = passages.prefetch_related(None)
    rows = list(passages)
    if not rows:
        return []
    known = around([p.pk for p in rows], {p.source_id for p in rows})
    return [
        PassageShown(
            id=p.pk,
            source=known.names[p.source_id],
            words=known.texts[p.source_id][p.start : p.end],
            who=", ".join(known.who[p.pk]),
            codes=tuple(known.codes[p.pk]),
            url_part=f"{known.names[p.source_id]}/koding/#p{p.pk}",
        )
        for p in rows
    ]


def own_turns(participant: Participant) -> list[dict[str, Any]]:
    """A participant's own turns, each with the question before it, never another participant's words. Two queries."""
    spoken_in = Turn.objects.filter(participant=participant).values("source")
    sources = {s.pk: s for s in Source.objects.filter(pk__in=spoken_in)}
    turns = Turn.objects.filter(source__in=spoken_in).order_by("source__made_at", "source", "number")
    rows = turns.values_list("pk", "source_id", "start", "end", "participant_id", Exists(hidden_rows("turn")))
    shown: list[dict[str, Any]] = []
    before, at = "", None
    for pk, source_id, start, end, who, is_hidden in rows:
        before = before if source_id == at else ""
        source, at = sources[source_id], source_id
        if who == participant.pk:
            turn = Turn(pk=pk, source=source, start=start, end=end, participant_id=who)
            shown.append({"turn": turn, "source": source, "question": before, "words": source.text[start:end]})
            before = ""
        else:
            before = source.text[start:end] if who is None and not is_hidden else ""
    return shown


def export_of(subject: str) -> dict[str, Any]:
    """All that an inquiry holds of a participant, as plain data: own turns, quotations, answers."""
    participant = Participant.objects.filter(pk=subject.partition(":")[2]).select_related("inquiry").first()
    if participant is None:
        return {}
    said = [{"question": line["question"], "words": line["words"]} for line in own_turns(participant)]
    quotations = Quotation.objects.filter(passage__voices__participant=participant).order_by("made_at")
    responses = participant.responses.select_related("finding").order_by("finding__number")
    findings, lines = hidden_keys(participant.inquiry, "finding"), hidden_keys(participant.inquiry, "recommendation")
    noticed = participant.noticed.exclude(recommendation__in=[int(key) for key in lines])
    return {
        "inquiry": participant.inquiry.title,
        "code": participant.code,
        "said": [line for line in said if line["words"]],
        "quotations": [{"words": q.words, "state": q.state} for q in quotations],
        "answers": [
            {"finding": "" if str(r.finding_id) in findings else r.finding.statement, "answer": r.answer, "words": r.words}
            for r in responses
        ],
        "missing": list(participant.missing.values_list("words", flat=True)),
        "noticed": list(noticed.values("recommendation__text", "month", "answer")),
    }
