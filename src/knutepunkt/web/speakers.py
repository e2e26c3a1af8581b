"""Finds who speaks in a transcript: proposes the labels that recur at line starts, then parts the text into turns.

Two steps, so that a person sees and corrects the proposal before anything is stored. All work is linear in the text.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from knutepunkt.web.documents.model import Cue


class LabelForm(StrEnum):
    """How a label stands at the line start."""

    COLON = "colon"
    BRACKET = "bracket"
    DASH = "dash"
    TAB = "tab"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Label:
    """A label proposed as a speaker: how often, the first words after it, and whether it seems to ask the questions."""

    name: str
    count: int
    examples: tuple[str, ...]
    is_interviewer: bool
    form: LabelForm


@dataclass(frozen=True, slots=True)
class Proposal:
    """The labels found, in order of first appearance, and whether lines carry time stamps."""

    labels: tuple[Label, ...]
    has_times: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Return the label names, ready for `split_turns`."""
        return tuple(label.name for label in self.labels)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said in one go: code points `start` to `end` (exclusive) of the clean text."""

    speaker: str
    start: int
    end: int


class SplitText(NamedTuple):
    """The text without labels and time stamps, and its turns in order."""

    clean_text: str
    turns: list[Turn]


_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,:]\d{1,3})?(?:-\d{1,2}(?=[\])#}]))?"
_SPAN = rf"{_TIME}(?:\s?(?:-->|-|\u2013)\s?{_TIME})?"
_CLOSED_TIME = re.compile(rf"\s*[\[(<#{{]\s?{_SPAN}\s?[\])>#}}][ \t]*(?:[-\u2013:][ \t])?[ \t]*")
_BARE_TIME = re.compile(rf"\s*({_SPAN})(?=\s|$)[ \t]*(?:[-\u2013][ \t])?[ \t]*")
_LONG_BARE_TIME = re.compile(r"\s*\d{1,2}:\d{2}:\d{2}")
_INNER_TIME = re.compile(rf"[ \t]?(?:\[\s?{_SPAN}\s?\]|\(\s?\d{{1,2}}:\d{{2}}:\d{{2}}\s?\)|#{_TIME}#)")
_TIME_AFTER = rf"(?:\s*[\[(]\s?{_TIME}\s?[\])]|\s+{_TIME})?"
_LEAD = r"\s*(?:[-\u2013\u2022>*]{1,2}[ \t]*)?\*{0,2}"
_NAME = r"([^\W_][^:\n\t\[\]()*<>\u2013]{0,59}?)"
_FORMS = {
    LabelForm.BRACKET: re.compile(r"\s*\*{0,2}\[([^\W_][^\[\]\n]{0,59})\]\*{0,2}\s?:?(?=\s|$|[^\W_])\s*"),
    LabelForm.COLON: re.compile(rf"{_LEAD}{_NAME}{_TIME_AFTER}\*{{0,2}}[ \t]?:\*{{0,2}}(?=\s|$|[^\W\d_])\s*"),
    LabelForm.TAB: re.compile(rf"{_LEAD}{_NAME}{_TIME_AFTER}\*{{0,2}}[ ]?\t\s*"),
    LabelForm.DASH: re.compile(rf"{_LEAD}{_NAME}{_TIME_AFTER}\*{{0,2}}[ ][-\u2013\u2014][ ]\s*"),
    LabelForm.BLOCK: re.compile(rf"{_LEAD}{_NAME}([ \t]+{_TIME}|\s*[\[(]{_TIME}[\])])?\*{{0,2}}\s*$"),
}
_MOST_WORDS = 5
_FEWEST_SPOKEN = 2
_FEWEST_PLAIN = 3
_EXAMPLES, _EXAMPLE_LENGTH = 3, 120
_INTERVIEWER = re.compile(
    r"(?:int|interv\w*|intervjuer\w*|intervjuar\w*|interviewer\w*|moderator\w*|ordstyr\w*|fasilitator\w*|facilitator"
    r"|q|spm|sp|spørsmål|bsb|evaluator\w*|evaluer\w*|forsker\w*|forskar\w*|prosessleder\w*|møteleder\w*)[ ._-]?\d*",
)
_ANSWERING = re.compile(
    r"(?:informant\w*|deltaker\w*|deltakar\w*|respondent\w*|participant\w*|inf|resp|svar|bruker\w*|brukar\w*|id"
    r"|pasient\w*|pårørende\w*|r|d|p|a)[ ._-]?\d*",
)
_NOT_SPEAKERS_TABLE = (
    "nb merk merknad obs ps p.s viktig kilde kjelde kilder dato sted stad tid klokka klokken kl tlf telefon e-post epost "
    "mail mobil adresse tema emne eksempel for_eksempel f.eks dvs kommentar notat note tittel deltakere deltakarar "
    "til_stede transkribert_av transkribert varighet lengde navn namn alder kjønn rolle dag uke veke http https "
    "www re sv fra til kopi vedlegg figur tabell side kapittel del punkt oppsummering konklusjon sitat agenda sak"
)
_NOT_SPEAKERS = frozenset(name.replace("_", " ") for name in _NOT_SPEAKERS_TABLE.split())
_REMARKS = re.compile(
    r"(?:l(?:er|atter|aughs?|aughter|e)|pause|lang pause|kort pause|stille|stillhet|togn|uhørbart?|utydelig|utydeleg|inaudible"
    r"|gråter|sukker|hoster|kremter|avbrytelse|avbrot|musikk|music|applaus|sic|note \d+|\.+|nikker|rister på hodet)",
)
_FAMILY = re.compile(r"[ ._-]?\d+$|[ ._-][A-ZÆØÅ]$")


def propose_speakers(text: str, cues: Sequence[Cue] = ()) -> Proposal:
    """Propose as speaker each label that recurs at line starts, and each voice the subtitles name.

    `text` is clean text (see `web.documents.clean_text`). The proposal is a help: a person decides.
    """
    lines = text.split("\n")
    strip_bare = _times_lead(lines)
    tallies = _tally(lines, strip_bare=strip_bare)
    chosen = _choose(
        tallies, len([line for line in lines if line.strip()]), {_key(cue.speaker) for cue in cues}
    )
    labels = tuple(
        Label(t.name, t.count, tuple(t.examples), _asks(t, chosen), t.form)
        for t in sorted(chosen, key=lambda tally: tally.first)
    )
    has_times = (
        strip_bare or any(_CLOSED_TIME.match(line) for line in lines) or bool(_INNER_TIME.search(text))
    )
    return Proposal(labels, has_times)


def split_turns(text: str, labels: Collection[str]) -> SplitText:
    r"""Return the text without the labels and time stamps, and one turn for each place a label stands.

    Turns cover the whole clean text in order; between two turns stands exactly one `\n`. Lines without a label belong
    to the turn before; words before the first label have the speaker "". Empty lines and wordless turns go.
    """
    names = {_key(name): name for name in labels}
    lines = text.split("\n")
    strip_bare = _times_lead(lines)
    forms = _forms_in_use(lines, names, strip_bare=strip_bare)
    groups: list[tuple[str, list[str]]] = [("", [])]
    for line in lines:
        spoken = _without_time(line, strip_bare=strip_bare)
        found = next(_labels_of(spoken, forms, names), None)
        if found:
            groups.append((names[found.key], []))
            spoken = spoken[found.end :]
            spoken = _without_time(spoken, strip_bare=strip_bare)
        words = _INNER_TIME.sub("", spoken).strip()
        if words:
            groups[-1][1].append(words)
    return _assemble(groups)


def _assemble(groups: Iterable[tuple[str, list[str]]]) -> SplitText:
    parts: list[str] = []
    turns: list[Turn] = []
    at = 0
    for speaker, lines in groups:
        if not lines:
            continue
        words = "\n".join(lines)
        turns.append(Turn(speaker, at, at + len(words)))
        parts.append(words)
        at += len(words) + 1
    return SplitText("\n".join(parts), turns)


@dataclass(slots=True)
class _Tally:
    name: str
    form: LabelForm
    first: int
    count: int = 0
    questions: int = 0
    timed: int = 0
    stamped: int = 0
    examples: list[str] = field(default_factory=list)


class _Found(NamedTuple):
    key: str
    name: str
    form: LabelForm
    end: int
    is_timed: bool


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _without_time(line: str, *, strip_bare: bool) -> str:
    closed = _CLOSED_TIME.match(line)
    if closed:
        return line[closed.end() :]
    bare = _BARE_TIME.match(line)
    if bare and (strip_bare or _LONG_BARE_TIME.match(line)):
        return line[bare.end() :]
    return line


def _times_lead(lines: list[str]) -> bool:
    """Say whether bare times such as `00:12` at line starts are stamps: several, and never going back."""
    times = [
        tuple(map(int, re.findall(r"\d+", found[1])[:3]))
        for line in lines
        if (found := _BARE_TIME.match(line))
    ]
    short = [time for time in times if len(time) == 2]  # noqa: PLR2004 - minutes and seconds
    return len(short) >= _FEWEST_PLAIN and all(a <= b for a, b in pairwise(short))


def _labels_of(
    line: str, forms: Iterable[LabelForm], names: Collection[str] | None = None
) -> Iterator[_Found]:
    for form in forms:
        match = _FORMS[form].match(line)
        if not match:
            continue
        name = " ".join(match[1].split()).rstrip(" -\u2013")
        key = name.casefold()
        if key and (names is None or key in names):
            is_timed = form is LabelForm.BLOCK and match[2] is not None
            yield _Found(key, name, form, match.end(), is_timed)


def _tally(lines: list[str], *, strip_bare: bool) -> list[_Tally]:
    tallies: dict[tuple[LabelForm, str], _Tally] = {}
    for number, line in enumerate(lines):
        spoken = _without_time(line, strip_bare=strip_bare)
        for found in _labels_of(spoken, LabelForm):
            if not _could_be_label(found, lines, number):
                continue
            tally = tallies.setdefault((found.form, found.key), _Tally(found.name, found.form, number))
            words = spoken[found.end :] or (lines[number + 1] if number + 1 < len(lines) else "")
            tally.count += 1
            tally.timed += found.is_timed
            tally.stamped += found.is_timed or len(spoken) < len(line)
            tally.questions += words.rstrip(' ".\u00bb').endswith("?")
            if len(tally.examples) < _EXAMPLES and words.strip():
                tally.examples.append(words.strip()[:_EXAMPLE_LENGTH])
    return list(tallies.values())


def _could_be_label(found: _Found, lines: list[str], number: int) -> bool:
    words = found.name.split()
    if (
        len(words) > _MOST_WORDS
        or found.key.rstrip(".") in _NOT_SPEAKERS
        or words[0].casefold() in _NOT_SPEAKERS
    ):
        return False
    if found.form is LabelForm.BRACKET:
        return not _REMARKS.fullmatch(found.key)
    if len(words) > 1 and not (words[0][0].isupper() or words[0][0].isdigit() or _is_role(found.key)):
        return False
    if found.form is LabelForm.BLOCK:
        follows = number + 1 < len(lines) and bool(lines[number + 1].strip())
        opens = number == 0 or not lines[number - 1].strip()
        return follows and (found.is_timed or (opens and found.name[-1] not in ".,!?;"))
    return True


def _is_role(key: str) -> bool:
    return bool(_INTERVIEWER.fullmatch(key) or _ANSWERING.fullmatch(key))


def _choose(tallies: list[_Tally], line_count: int, voices: set[str]) -> list[_Tally]:
    """Keep the labels of the form that rules the text; a second form only where it recurs as clearly."""
    by_form = {form: [t for t in tallies if t.form is form and _recurs(t, voices)] for form in LabelForm}
    colon = by_form[LabelForm.COLON]
    bracket = [
        t for t in by_form[LabelForm.BRACKET] if not colon or _has_digit(t.name) or _is_role(_key(t.name))
    ]
    chosen = [*colon, *bracket]
    for form in (LabelForm.TAB, LabelForm.DASH, LabelForm.BLOCK):
        chosen = chosen or _ruling(by_form[form], line_count)
    return _with_family(chosen, tallies)


def _recurs(tally: _Tally, voices: set[str]) -> bool:
    key = _key(tally.name)
    if key in voices:
        return True
    if key.replace(" ", "").isdecimal():
        return tally.form is LabelForm.BRACKET and tally.count >= _FEWEST_PLAIN
    if tally.form is LabelForm.BLOCK and not (tally.timed or tally.name.isupper() or _is_role(key)):
        return tally.count >= _FEWEST_PLAIN
    plain = tally.name[0].islower() and not _has_digit(tally.name) and not _is_role(key)
    return tally.count >= (
        _FEWEST_PLAIN if plain or tally.form in {LabelForm.DASH, LabelForm.TAB} else _FEWEST_SPOKEN
    )


def _ruling(tallies: list[_Tally], line_count: int) -> list[_Tally]:
    """Keep dash, tab and block labels only when together they rule the text: a fifth of all lines."""
    rules = sum(t.count for t in tallies) * 5 >= line_count and bool(tallies)
    return tallies if rules else []


def _with_family(chosen: list[_Tally], tallies: list[_Tally]) -> list[_Tally]:
    """Add labels seen once that are of a kind with those chosen: `Informant 3` beside `Informant 2`, or time-stamped."""
    forms = {t.form for t in chosen} or {LabelForm.COLON}
    families = {_FAMILY.sub("", t.name).casefold() for t in chosen if _FAMILY.search(t.name)}
    taken = {id(t) for t in chosen}
    has_stamps = bool(chosen) and all(t.stamped == t.count for t in chosen)
    more = [
        t
        for t in tallies
        if id(t) not in taken
        and t.form in forms
        and not _key(t.name).isdecimal()
        and (
            _is_of_family(t.name, families) or _is_long_role(t.name) or (has_stamps and t.stamped == t.count)
        )
    ]
    return [*chosen, *more] if chosen else [t for t in more if t.form is LabelForm.COLON]


def _is_of_family(name: str, families: set[str]) -> bool:
    return bool(_FAMILY.search(name)) and _FAMILY.sub("", name).casefold() in families


def _is_long_role(name: str) -> bool:
    return _is_role(_key(name)) and len(name) > _FEWEST_PLAIN


def _has_digit(name: str) -> bool:
    return any(map(str.isdigit, name))


def _asks(tally: _Tally, chosen: list[_Tally]) -> bool:
    key = _key(tally.name)
    if _INTERVIEWER.fullmatch(key):
        return True
    if _ANSWERING.fullmatch(key) or len(chosen) == 1:
        return False
    if any(_INTERVIEWER.fullmatch(_key(other.name)) for other in chosen):
        return False
    share = tally.questions / tally.count
    others = [other.questions / other.count for other in chosen if other is not tally]
    if key == "i":
        return share >= max(others) * 0.5
    return share >= 0.35 and share > 1.5 * max(others)  # noqa: PLR2004 - asks a third of the time, and most of all


def _forms_in_use(lines: list[str], names: Collection[str], *, strip_bare: bool) -> list[LabelForm]:
    """Return the forms these labels take in this text; one that is rare beside another is chance."""
    counts: Counter[LabelForm] = Counter()
    for line in lines:
        counts.update(
            f.form for f in _labels_of(_without_time(line, strip_bare=strip_bare), LabelForm, names)
        )
    most = max(counts.values(), default=0)
    beside = {LabelForm.COLON, LabelForm.BRACKET}
    return [
        form
        for form in _FORMS
        if counts[form] and (counts[form] == most or (form in beside and counts[form] * 5 >= most))
    ]
