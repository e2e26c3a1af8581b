"""Reads of coding: the codebook as a tree, passages of a code, the table of codes and groups, comparison."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery

from knutepunkt.inquiry.methods.agreement import agreement_by_code
from knutepunkt.inquiry.models import Code, Coding, Inquiry, Passage, Source
from knutepunkt.inquiry.queries.sources import TOGETHER, around, hidden_keys, text_shown


@dataclass
class CodeLine:
    """A code in the tree, with how deep it stands and how many passages it has."""

    code: Code
    depth: int
    count: int


def codebook(inquiry: Inquiry) -> list[CodeLine]:
    """The codes in tree order, without merged ones, with how many passages each has. One query."""
    coded = Coding.objects.filter(TOGETHER, code=OuterRef("pk")).order_by().values("code")
    count = Subquery(coded.values_list(Count("passage_id", distinct=True)), output_field=IntegerField())
    return _as_tree(inquiry.codes.annotate(passages_count=count))


def code_tree(inquiry: Inquiry) -> list[CodeLine]:
    """The codes in tree order, without merged ones. One query."""
    return _as_tree(inquiry.codes.all())


def _as_tree(codes: QuerySet[Code]) -> list[CodeLine]:
    children: dict[int | None, list[Code]] = defaultdict(list)
    for code in codes.filter(merged_into=None).order_by("position", "pk"):
        children[code.parent_id].append(code)

    def walk(parent: int | None, depth: int) -> Iterator[CodeLine]:
        for code in children.get(parent, []):
            yield CodeLine(code, depth, getattr(code, "passages_count", None) or 0)
            yield from walk(code.pk, depth + 1)

    return list(walk(None, 0))


def code_choices(inquiry: Inquiry) -> list[tuple[int, str]]:
    """The codes as choices, indented by depth."""
    return [(line.code.pk, "\u2003" * line.depth + line.code.name) for line in code_tree(inquiry)]


def passages_of(code: Code) -> QuerySet[Passage]:
    """The passages that have a code; `with_words` gives what a list shows of each."""
    coded = Coding.objects.filter(TOGETHER, code=code).values("passage_id")
    return Passage.objects.filter(pk__in=coded)


def coded_rows(inquiry: Inquiry) -> Iterator[list[Any]]:
    """Every passage as a row: source, from, to, participants, codes, words. Two queries, whatever the number."""
    passages = Passage.objects.filter(source__inquiry=inquiry, source__coding_apart=False)
    known = around(passages.values("pk"), inquiry.sources.values("pk"))
    rows = passages.order_by("source__made_at", "start", "pk")
    for pk, source_id, source, start, end in rows.values_list("pk", "source_id", "source__code", "start", "end"):
        words = known.texts[source_id][start:end]
        yield [source, start, end, ", ".join(known.who[pk]), _safe(", ".join(known.codes[pk])), _safe(words)]


def _safe(words: str) -> str:
    """Words that a spreadsheet does not take for a formula."""
    return f"'{words}" if words[:1] in {"=", "+", "-", "@", "\t", "\r"} else words


def code_table(inquiry: Inquiry) -> tuple[list[str], list[tuple[CodeLine, list[int]]]]:
    """Codes against groups: how many passages of each code hold words from each group."""
    groups = sorted(set(inquiry.participants.values_list("group", flat=True)))
    counts: Counter[tuple[int, str]] = Counter()
    seen = set(
        Coding.objects.filter(TOGETHER, code__inquiry=inquiry).values_list(
            "code_id", "passage_id", "passage__voices__participant__group"
        )
    )
    for code_id, _passage, group in seen:
        counts[code_id, group or ""] += 1
    return groups, [(line, [counts[line.code.pk, g] for g in groups]) for line in codebook(inquiry)]


@dataclass(frozen=True)
class Compared:
    """A code as two people used it: how often each, and alpha over the turns."""

    code: Code
    counts: dict[str, int]
    alpha: float | None


def compared(source: Source) -> tuple[list[str], list[Compared], list[dict[str, Any]]]:
    """Side by side for a source that was coded apart: coders, agreement by code, and the turns that differ."""
    rows = Coding.objects.filter(passage__source=source).select_related("passage", "code")
    turns = list(source.turns.order_by("number"))
    coded: dict[str, dict[Hashable, set[int]]] = defaultdict(lambda: defaultdict(set))
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    codes: dict[int, Code] = {}
    starts, ends = [t.start for t in turns], [t.end for t in turns]
    for row in rows:
        codes[row.code_id] = row.code
        counts[row.code_id][row.coder_name] += 1
        first, past = bisect_right(ends, row.passage.start), bisect_left(starts, row.passage.end)
        for turn in turns[first:past]:
            coded[row.coder_name][turn.pk].add(row.code_id)
    coders = sorted(coded)
    alphas = agreement_by_code([t.pk for t in turns], coded, codes)
    text, hidden = text_shown(source), hidden_keys(source.inquiry_id, "turn")
    differing = [
        {"turn": t, "words": text[t.start : t.end],
         "by": [(c, sorted(codes[k].name for k in coded[c].get(t.pk, ()))) for c in coders]}
        for t in turns
        if str(t.pk) not in hidden and len({frozenset(coded[c].get(t.pk, ())) for c in coders}) > 1
    ]  # fmt: skip
    lines = [Compared(code, dict(counts[pk]), alphas[pk]) for pk, code in codes.items()]
    return coders, sorted(lines, key=lambda line: line.code.position), differing
