"""What was taken back, and whether a text, an answer or a file holds any of it. Nothing here keeps the texts."""

import html
import io
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field

import pypdfium2

from knutepunkt.inquiry.choices import LEAST_RUN
from knutepunkt.inquiry.methods.runs import runs_of, words_in
from knutepunkt.web.language import normalise

TAG = re.compile(r"<[^>]*>")


@dataclass
class Withdrawn:
    """Runs of words that only one speaker said, their quotations, and terms found in no other text."""

    runs: set[tuple[str, ...]]
    phrases: set[str] = field(default_factory=set)
    terms: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, own: Iterable[str], others: Iterable[str], quoted: Iterable[str]) -> "Withdrawn":
        """What is to be searched for, made of one speaker's words and everybody else's."""
        own, others = list(own), list(others)
        told = " ".join(" ".join(words_in(text)) for text in others)
        phrases = {" ".join(words_in(text)) for text in quoted}
        return cls(
            runs=runs_of(own) - runs_of(others),
            phrases={p for p in phrases if len(p.split()) >= LEAST_RUN and p not in told},
            terms=_terms(own) - _terms(others),
        )

    def without(self, texts: Iterable[str]) -> "Withdrawn":
        """The same, but for runs that stand in these texts too."""
        return Withdrawn(self.runs - runs_of(texts), self.phrases, self.terms)

    def found_in(self, text: str) -> int:
        """How many of the runs and quotations stand in a text."""
        words = words_in(text)
        grams = set(zip(*(words[i:] for i in range(LEAST_RUN)), strict=False))
        joined = " ".join(words)
        return len(grams & self.runs) + sum(1 for phrase in self.phrases if phrase in joined)

    def samples(self, most: int) -> list[str]:
        """Some of the runs, spread evenly and always the same, to type in a search field."""
        rows = sorted(self.runs)
        return [" ".join(run) for run in rows[:: max(1, len(rows) // most)][:most]]


@dataclass(frozen=True)
class Seen:
    """Something that was looked at: where, without any of its words, and every way it can be read."""

    where: str
    readings: list[str]


def _terms(texts: Iterable[str]) -> set[str]:
    return {term for text in texts for term in normalise(text).split()}


def texts_of_answer(content: bytes, media_type: str) -> list[str]:
    """Every reading of an answer: as it stands, and without markup in two ways; PDF and zip opened."""
    if "pdf" in media_type or content[:5] == b"%PDF-":
        return [text_of_pdf(content)]
    if "zip" in media_type:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [t for name in archive.namelist() for t in texts_of_answer(archive.read(name), name)]
    text = content.decode("utf-8", "replace")
    if "json" in media_type:
        return [json.dumps(json.loads(text), ensure_ascii=False)]
    return [html.unescape(text), html.unescape(TAG.sub("", text)), html.unescape(TAG.sub(" ", text))]


def text_of_pdf(content: bytes) -> str:
    """The words of a PDF."""
    pages = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pages)
    finally:
        pages.close()
