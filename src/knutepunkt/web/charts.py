"""Figures as SVG: bars, line and dots. The same drawing stands on a page and in a PDF.

Widths are in per cent and letters in pixels, so that a figure can be read at 320 pixels. Each has a title,
a description and its numbers for the table beneath. A value of None is hidden (too few people) and is drawn
as hidden, never as nothing. Colour never carries a meaning alone: lines have a label, a dash and a mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from textwrap import wrap
from zlib import crc32

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

# Concrete colours for print; on a page the classes beside them follow light, dark and contrast.
FILLS = ("#1b5e66", "#ab6a15", "#7d5480", "#26211a")
DASHES = ("", "7 5", "2 5", "10 4 2 4")
INK, QUIET, TRACK, AXIS, GROUND = "#26211a", "#675c4b", "#f1eadc", "#c0bbb4", "#fbf8f2"
WIDTH = 640
LETTERS = 34


@dataclass(frozen=True, slots=True)
class Series:
    """One line of values, in the order of the labels."""

    label: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale a person answers on: its two ends, as numbers and in words; and what happened meanwhile.

    `events` are (place among the labels, sign, words): the sign stands on the line, the words in the table.
    """

    low: float
    high: float
    less: str
    more: str
    events: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn figure and the numbers it was drawn from."""

    title: str
    description: str
    svg: SafeString
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]


def hidden_text() -> str:
    """What stands where a number is too small to be shown."""
    return _("færre enn 5")


def _number(value: float | None, unit: str = "") -> str:
    if value is None:
        return hidden_text()
    whole = float(value).is_integer()
    text = number_format(value, decimal_pos=0 if whole else 1)
    return f"{text}\u202f{unit}" if unit == "%" else f"{text} {unit}".strip()


def _text(
    x: str, y: float, words: str, *, kind: str = "", anchor: str = "start", weight: int = 400
) -> SafeString:
    fill = QUIET if kind == "quiet" else INK
    return format_html(
        '<text x="{}" y="{}" class="{}" fill="{}" font-family="Inter" font-size="15" font-weight="{}"'
        ' text-anchor="{}">{}</text>',
        x,
        round(y, 1),
        kind,
        fill,
        weight,
        anchor,
        words,
    )


def _frame(title: str, description: str, height: float, parts: Sequence[SafeString]) -> SafeString:
    number = crc32(f"{title}|{description}".encode())  # the same figure is the same markup every time
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" role="img"'
        ' aria-labelledby="figur-{}-t figur-{}-d"><title id="figur-{}-t">{}</title>'
        '<desc id="figur-{}-d">{}</desc>{}</svg>',
        WIDTH,
        round(height),
        number,
        number,
        number,
        title,
        number,
        description,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _top(values: Sequence[float | None], highest: float | None) -> float:
    largest = max((value for value in values if value is not None), default=0)
    return max(float(highest or 0), float(largest)) or 1.0


def _largest_and_smallest(pairs: Sequence[tuple[str, float | None]], unit: str) -> str:
    shown = [(label, value) for label, value in pairs if value is not None]
    if not shown:
        return _("Ingen tall kan vises.")
    most, least = max(shown, key=lambda pair: pair[1]), min(shown, key=lambda pair: pair[1])
    return _("Høyest: %(most)s, %(most_value)s. Lavest: %(least)s, %(least_value)s.") % {
        "most": most[0],
        "most_value": _number(most[1], unit),
        "least": least[0],
        "least_value": _number(least[1], unit),
    }


def bars(
    title: str,
    labels: Sequence[str],
    values: Sequence[float | None],
    *,
    description: str = "",
    unit: str = "",
    value_header: str = "",
    highest: float | None = None,
) -> Chart:
    """Lying bars, label above and number at the end. `highest` sets the full width (100 for per cent)."""
    pairs = list(zip(labels, values, strict=True))
    top, y, parts = _top(values, highest), 0.0, []
    for label, value in pairs:
        for line in wrap(str(label), LETTERS) or [""]:
            y += 20
            parts.append(_text("0", y - 4, line))
        parts.append(
            format_html(
                '<rect class="track" x="0" y="{}" width="78%" height="16" rx="8" fill="{}"/>',
                round(y + 2),
                TRACK,
            )
        )
        if value is None:
            parts.append(
                format_html(
                    '<line class="hidden-value" x1="8" x2="77%" y1="{}" y2="{}" stroke="{}" stroke-width="2"'
                    ' stroke-dasharray="2 6" stroke-linecap="round"/>',
                    round(y + 10),
                    round(y + 10),
                    QUIET,
                )
            )
        elif value > 0:
            parts.append(
                format_html(
                    '<rect class="f1" x="0" y="{}" width="{}%" height="16" rx="8" fill="{}"/>',
                    round(y + 2),
                    f"{max(78 * value / top, 2):.1f}",
                    FILLS[0],
                )
            )
        kind, weight = ("quiet", 400) if value is None else ("", 600)
        # A hidden value is a long text: it stands above the track, not beside it.
        level = y - 4 if value is None else y + 15
        x, anchor = ("78%", "end") if value is None else ("80%", "start")
        parts.append(_text(x, level, _number(value, unit), kind=kind, anchor=anchor, weight=weight))
        y += 30
    description = description or _largest_and_smallest(pairs, unit)
    return Chart(
        title=title,
        description=description,
        svg=_frame(title, description, y, parts),
        headers=(_("Hva"), value_header or unit or _("Antall")),
        rows=[(str(label), _number(value, unit)) for label, value in pairs],
    )


def dots(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    low: float,
    high: float,
    low_text: str = "",
    high_text: str = "",
    description: str = "",
) -> Chart:
    """Places on a scale, for few answers and for before and after. No sum, no mean."""
    span, y, parts = (high - low) or 1, 4.0, _key(series) if len(series) > 1 else []
    y += 26 * len(series) + 14 if len(series) > 1 else 0
    for index, label in enumerate(labels):
        for line in wrap(str(label), LETTERS) or [""]:
            y += 20
            parts.append(_text("0", y - 4, line))
        parts.append(
            format_html(
                '<line class="axis" x1="3%" x2="97%" y1="{}" y2="{}" stroke="{}" stroke-width="2"'
                ' stroke-linecap="round"/>',
                round(y + 14),
                round(y + 14),
                AXIS,
            )
        )
        parts += [
            # The later answer is a wider ring, so that two equal answers are both seen.
            _mark(number, 3 + 94 * (value - low) / span, y + 14, 7 + 4 * number, see_through=True)
            for number, row in enumerate(series)
            if (value := row.values[index]) is not None
        ]
        y += 38
    if low_text or high_text:
        parts += [
            _text("0", y + 4, low_text, kind="quiet"),
            _text("100%", y + 4, high_text, kind="quiet", anchor="end"),
        ]
        y += 12
    everything = [
        (f"{row.label}, {label}", v) for row in series for label, v in zip(labels, row.values, strict=True)
    ]
    description = description or _largest_and_smallest(everything, "")
    return Chart(
        title=title,
        description=description,
        svg=_frame(title, description, y, parts),
        headers=(_("Hva"), *(row.label for row in series)),
        rows=[(str(label), *(_number(row.values[i]) for row in series)) for i, label in enumerate(labels)],
    )


def line(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    description: str = "",
    unit: str = "",
    highest: float | None = None,
    height: int = 220,
    scale: Scale | None = None,
) -> Chart:
    """Change over time. A hidden value breaks the line; it is never drawn through.

    With `scale` it is a person's own line on a scale with words at its ends: what is missing was not answered, and
    the line goes on to the next answer.
    """
    low, top = (scale.low, scale.high) if scale else (0, _top([v for row in series for v in row.values], highest))
    parts: list[SafeString] = [] if scale else _key(series)
    start = (46.0 if scale.events else 30.0) if scale else 26.0 * len(series) + 28
    for share in (0, 1) if scale else (0, 0.5, 1):
        y = start + height * (1 - share)
        parts.append(
            format_html(
                '<line class="axis" x1="0" x2="100%" y1="{}" y2="{}" stroke="{}" stroke-width="1"/>',
                y,
                y,
                AXIS,
            )
        )
        name = (scale.more if share else scale.less) if scale else _number(top * share, unit)
        above, below = (10, 22) if scale else (5, -5)  # words keep clear of the marks on a scale's own ends
        parts.append(_text("0", y - above if share or not scale else y + below, name, kind="quiet"))
    for index, sign, _words in scale.events if scale else ():
        parts += _happened(_place(index, len(labels)), sign, start, height)
    for number, row in enumerate(series):
        parts += _segments(
            number, row, low=low, top=top, start=start, height=height, joins=scale is not None
        )
    parts += _below(labels, start + height + (42 if scale else 22))
    shown = _answer if scale else partial(_number, unit=unit)
    everything = [
        (f"{row.label}, {label}", v) for row in series for label, v in zip(labels, row.values, strict=True)
    ]
    description = description or (_over_time(labels, series) if scale else _largest_and_smallest(everything, unit))
    return Chart(
        title=title,
        description=description,
        svg=_frame(title, description, start + height + (50 if scale else 30), parts),
        headers=(_("Når"), *(row.label for row in series), *([_("Det som skjedde")] if scale and scale.events else [])),
        rows=[
            (str(label), *(shown(row.values[i]) for row in series), *_told_at(i, scale))
            for i, label in enumerate(labels)
        ],
    )


def _happened(x: float, sign: str, start: float, height: float) -> list[SafeString]:
    """A dotted line from the top of the figure to its foot, with a sign above it."""
    stroke = format_html(
        '<line class="axis" x1="{0}%" x2="{0}%" y1="{1}" y2="{2}" stroke="{3}" stroke-width="1.5" stroke-dasharray="2 4"/>',
        f"{x:.2f}", start - 18, start + height, AXIS,
    )  # fmt: skip
    return [stroke, _text(f"{x:.2f}%", start - 24, sign, kind="quiet", anchor="middle", weight=600)]


def _told_at(index: int, scale: Scale | None) -> list[str]:
    """What happened at a place among the labels, for the table; nothing where no figure has events."""
    if scale is None or not scale.events:
        return []
    return [", ".join(words for at, _sign, words in scale.events if at == index)]


def _answer(value: float | None) -> str:
    return "–" if value is None else _number(value)


def _over_time(labels: Sequence[str], series: Sequence[Series]) -> str:
    """How many answers there are, and between which days; nothing about what is more or less."""
    count = sum(value is not None for row in series for value in row.values)
    return _("%(count)s svar fra %(first)s til %(last)s.") % {"count": count, "first": labels[0], "last": labels[-1]}


def _place(index: int, length: int) -> float:
    """How far to the right the value stands; room is left for the numbers of the axis."""
    return 14 + (84 * index / (length - 1) if length > 1 else 42)


def _segments(
    number: int, row: Series, *, low: float, top: float, start: float, height: float, joins: bool
) -> list[SafeString]:
    parts: list[SafeString] = []
    before: tuple[float, float] | None = None
    marks: list[SafeString] = []
    for index, value in enumerate(row.values):
        if value is None:
            before = before if joins else None
            continue
        x, y = _place(index, len(row.values)), start + height * (1 - (value - low) / (top - low))
        if before:
            parts.append(_stretch(number, before, (x, y)))
        marks.append(_mark(number, x, y, 5.5))
        before = (x, y)
    return parts + marks


def _stretch(number: int, start: tuple[float, float], end: tuple[float, float]) -> SafeString:
    """A piece of a line between two values. Numbers and our own words only, so nothing is there to escape."""
    return mark_safe(
        f'<line class="s{number % 4 + 1}" x1="{start[0]:.2f}%" y1="{start[1]:.1f}" x2="{end[0]:.2f}%" y2="{end[1]:.1f}"'
        f' stroke="{FILLS[number % 4]}" stroke-width="3" stroke-linecap="round" stroke-dasharray="{DASHES[number % 4] or "none"}"/>'
    )


def _mark(number: int, x: float, y: float, size: float, *, see_through: bool = False) -> SafeString:
    """A mark whose form tells the series as much as its colour: round, hollow, square, hollow square.

    Numbers and our own words only, so nothing is there to escape.
    """
    kind, fill = number % 4 + 1, FILLS[number % 4]
    look = f'class="f{kind}" fill="{fill}"'
    if kind not in {1, 3}:
        hollow, ground = ("", "none") if see_through else (" hollow", GROUND)
        look = f'class="s{kind}{hollow}" fill="{ground}" stroke="{fill}" stroke-width="3"'
    if kind in {1, 2}:
        return mark_safe(f'<circle {look} cx="{x:.2f}%" cy="{y:.1f}" r="{size}"/>')
    side = size * 1.8
    return mark_safe(
        f'<svg x="{x:.2f}%" y="{y:.1f}" overflow="visible">'
        f'<rect {look} x="{-side / 2}" y="{-side / 2}" width="{side}" height="{side}" rx="2"/></svg>'
    )


def _key(series: Sequence[Series]) -> list[SafeString]:
    """The names of the lines, each with its colour, dash and mark, one above the other."""
    parts: list[SafeString] = []
    for number, row in enumerate(series):
        y = 14 + 26 * number
        parts += [
            format_html(
                '<line class="s{}" x1="2" x2="34" y1="{}" y2="{}" stroke="{}" stroke-width="3"'
                ' stroke-linecap="round" stroke-dasharray="{}"/>',
                number % 4 + 1,
                y,
                y,
                FILLS[number % 4],
                DASHES[number % 4] or "none",
            ),
            format_html(
                '<svg x="18" y="0" width="1" height="1" overflow="visible">{}</svg>', _mark(number, 0, y, 5.5)
            ),
            _text("44", y + 5, row.label),
        ]
    return parts


def _below(labels: Sequence[str], y: float) -> list[SafeString]:
    """First, middle and last label: more would run into each other on a phone."""
    last = len(labels) - 1
    if last < 0:
        return []
    shown = {0, last // 2, last} if last > 2 else {0, last}  # noqa: PLR2004  (three need room between them)
    parts = []
    for index in sorted(shown):
        anchor = "middle" if 0 < index < last or last == 0 else "end" if index else "start"
        place = f"{_place(index, len(labels)):.2f}%"
        parts.append(_text(place, y, str(labels[index]), kind="quiet", anchor=anchor))
    return parts
