"""Subtitles, WebVTT (W3C) and SRT: cues become paragraphs, voices become labels at line starts."""

import html
import re
from collections.abc import Iterator

from knutepunkt.web.documents.model import Cue, Document, Kind, Omission

_TIMES = re.compile(
    r"^[ \t]*(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})[ \t]*-->[ \t]*(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]{1,200})>")
_TAG = re.compile(r"</?[a-zA-Z0-9.:][^<>]{0,200}>|</?[a-zA-Z]>|\{\\[^{}]{1,60}\}")
_LABEL = re.compile(r"^(?:- ?|>> ?)?[^\W\d_][^:\n]{0,40}:\s")
_PAUSE_SECONDS = 3.0
_LONG_PARAGRAPH = 500
_LONGEST_NAME = 60
_SENTENCE_END = (".", "!", "?", "\u2026", '"', "\u00bb")


def looks_like_srt(text: str) -> bool:
    """Say whether the text begins as SRT: a number, then a line of times."""
    lines = [line for line in text[:2000].split("\n") if line.strip()][:2]
    return len(lines) > 1 and (
        (lines[0].strip().isdecimal() and bool(_TIMES.match(lines[1]))) or bool(_TIMES.match(lines[0]))
    )


def read_captions(text: str, kind: Kind) -> Document:
    """Return the words of the cues as paragraphs, with the cues themselves; needs line breaks already plain."""
    cues = tuple(_cues(text))
    dropped = (Omission.TIMES,) if cues else ()
    return Document(text="\n".join(_paragraphs(cues)), kind=kind, cues=cues, dropped=dropped)


def _cues(text: str) -> Iterator[Cue]:
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.split("\n")
        place = next((i for i, line in enumerate(lines[:3]) if _TIMES.match(line)), None)
        if place is None:
            continue
        times = _TIMES.match(lines[place])
        assert times  # noqa: S101 - found just above
        starts, ends = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
        voice = ""
        words: list[str] = []
        for line in lines[place + 1 :]:
            for spoken_by, spoken in _voices(line):
                if spoken_by and spoken_by != voice and words:
                    yield Cue(starts, ends, voice, " ".join(words))
                    words = []
                voice = spoken_by or voice
                words.extend([spoken] if spoken else [])
        if words:
            yield Cue(starts, ends, voice, " ".join(words))


def _voices(line: str) -> Iterator[tuple[str, str]]:
    """Yield each voice of a line with its words; an empty voice means the one before goes on."""
    pieces = _VOICE.split(line)
    for voice, words in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        spoken = html.unescape(_TAG.sub("", words)).strip()
        if spoken:
            yield " ".join(html.unescape(voice).replace(":", " ").split())[:_LONGEST_NAME], spoken


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction.ljust(3, "0")) / 1000


def _paragraphs(cues: tuple[Cue, ...]) -> Iterator[str]:
    line = ""
    before: Cue | None = None
    for cue in cues:
        label = f"{cue.speaker}: " if cue.speaker else ""
        if before and line and _goes_on(line, before, cue):
            line += " " + cue.text
        else:
            if line:
                yield line
            line = label + cue.text
        before = cue
    if line:
        yield line


def _goes_on(line: str, before: Cue, cue: Cue) -> bool:
    if (
        cue.speaker != before.speaker
        or _LABEL.match(cue.text)
        or cue.text.startswith(("- ", "\u2013 ", ">>"))
    ):
        return False
    if not line.endswith(_SENTENCE_END):
        return True
    return len(line) < _LONG_PARAGRAPH and cue.starts - before.ends < _PAUSE_SECONDS
