"""What reading a file gives, what it may cost, and why it may be refused."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from knutepunkt.web.documents.encodings import EncodingGuess

MEGABYTE = 1_000_000


class Kind(StrEnum):
    """The formats we read."""

    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    RTF = "rtf"
    TEXT = "text"
    VTT = "vtt"
    SRT = "srt"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost: sizes in bytes, time in seconds."""

    file_bytes: int = 25 * MEGABYTE
    unpacked_bytes: int = 64 * MEGABYTE
    words: int = 250_000
    characters: int = 4_000_000
    pages: int = 1_500
    depth: int = 500
    pdf_memory_bytes: int = 400 * MEGABYTE
    pdf_seconds: int = 60

    @property
    def megabytes(self) -> int:
        """Return the file limit in whole megabytes, as told to people."""
        return self.file_bytes // MEGABYTE


class Reason(StrEnum):
    """Why a file was refused. `sentence` tells the person what is wrong and what to do."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    ENCRYPTED = "encrypted"
    SCANNED = "scanned"
    BOMB = "bomb"
    BROKEN = "broken"
    WRONG_KIND = "wrong-kind"
    OLD_WORD = "old-word"
    RECORDING = "recording"
    PICTURE = "picture"
    NO_TEXT = "no-text"
    TOO_MANY_WORDS = "too-many-words"
    TOO_MANY_PAGES = "too-many-pages"

    @property
    def sentence(self) -> "_StrPromise":
        """Return the lazily translated sentence; named places are filled in by `UnreadableDocument`."""
        return _SENTENCES[self]


_SENTENCES: "dict[Reason, _StrPromise]" = {
    Reason.EMPTY: _("Filen er tom. Se etter at du valgte riktig fil."),
    Reason.TOO_LARGE: _(
        "Filen er for stor. Grensen er %(megabytes)s MB. Ta bort bilder, eller del filen i flere."
    ),
    Reason.ENCRYPTED: _("Filen er låst med passord. Lagre den uten passord og prøv igjen."),
    Reason.SCANNED: _(
        "PDF-en er et bilde av tekst. Vi finner ingen ord i den. "
        "Kjør tekstgjenkjenning (OCR) først, eller skriv inn teksten selv."
    ),
    Reason.BOMB: _(
        "Filen blir altfor stor når den åpnes. Vi stoppet for å være på den sikre siden. "
        "Lagre teksten i en ny fil og prøv igjen."
    ),
    Reason.BROKEN: _("Filen er skadet. Åpne den i programmet den kom fra, lagre den på nytt og prøv igjen."),
    Reason.WRONG_KIND: _(
        "Vi kan ikke lese denne typen fil. "
        "Vi leser Word (DOCX), OpenDocument (ODT), PDF, RTF, ren tekst (TXT), WebVTT og SRT."
    ),
    Reason.OLD_WORD: _("Dette er en gammel Word-fil (DOC). Åpne den, lagre den som DOCX og prøv igjen."),
    Reason.RECORDING: _("Dette er et opptak. Vi leser bare tekst. Skriv ut opptaket først."),
    Reason.PICTURE: _("Dette er et bilde. Vi leser bare tekst. Skriv inn teksten selv."),
    Reason.NO_TEXT: _("Vi finner ingen ord i filen. Se etter at du valgte riktig fil."),
    Reason.TOO_MANY_WORDS: _("Teksten er for lang. Grensen er %(words)s ord. Del den i flere filer."),
    Reason.TOO_MANY_PAGES: _(
        "PDF-en har for mange sider. Grensen er %(pages)s sider. Del den i flere filer."
    ),
}


class Omission(StrEnum):
    """What a file held that is not in the text, or that was moved. `sentence` tells it to the person."""

    PICTURES = "pictures"
    NOTES_AT_END = "notes-at-end"
    HEADERS = "headers"
    DELETIONS = "deletions"
    COMMENTS = "comments"
    HIDDEN_TEXT = "hidden-text"
    EMBEDDED = "embedded"
    FORM_FIELDS = "form-fields"
    PAGES_WITHOUT_TEXT = "pages-without-text"
    UNREADABLE_CHARACTERS = "unreadable-characters"
    TIMES = "times"

    @property
    def sentence(self) -> "_StrPromise":
        """Return the lazily translated sentence."""
        return _OMISSIONS[self]


_OMISSIONS: "dict[Omission, _StrPromise]" = {
    Omission.PICTURES: _("Bilder er ikke med."),
    Omission.NOTES_AT_END: _("Fotnoter og sluttnoter står til slutt i teksten."),
    Omission.HEADERS: _("Topptekst og bunntekst er ikke med."),
    Omission.DELETIONS: _("Ord som er slettet med sporing av endringer, er ikke med."),
    Omission.COMMENTS: _("Kommentarer er ikke med i teksten."),
    Omission.HIDDEN_TEXT: _("Skjult tekst er ikke med."),
    Omission.EMBEDDED: _("Innlagte filer og figurer er ikke med."),
    Omission.FORM_FIELDS: _("Svar i skjemafelt er ikke med."),
    Omission.PAGES_WITHOUT_TEXT: _("Noen sider har ingen tekst vi kan lese. De kan være bilder av tekst."),
    Omission.UNREADABLE_CHARACTERS: _("Noen tegn var ødelagt. De vises som �."),
    Omission.TIMES: _("Tidspunktene er tatt ut av teksten."),
}


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle: times in seconds from the start, the voice if the file names one, and the words."""

    starts: float
    ends: float
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """The clean text of a file and what came with it.

    `title_hint`, `author` and `comments` may name people: the pseudonymisation pass must see them too.
    """

    text: str
    kind: Kind
    title_hint: str = ""
    author: str = ""
    comments: tuple[str, ...] = ()
    dropped: tuple[Omission, ...] = ()
    cues: tuple[Cue, ...] = ()
    encoding: "EncodingGuess | None" = field(default=None)

    @property
    def words(self) -> int:
        """Return the number of words parted by white space."""
        return len(self.text.split())


class UnreadableDocument(Exception):
    """A file we cannot or will not read; `reason` says why, `sentence` says it to the person."""

    def __init__(self, reason: Reason, limits: Limits | None = None) -> None:
        """Keep the reason and the limits that were in force."""
        super().__init__(reason.value)
        self.reason = reason
        self.limits = limits or Limits()

    @property
    def sentence(self) -> str:
        """Return the sentence for the person, in the language that is active now."""
        facts = {
            "megabytes": self.limits.megabytes,
            "words": f"{self.limits.words:,}".replace(",", "\N{NO-BREAK SPACE}"),
            "pages": self.limits.pages,
        }
        return str(self.reason.sentence) % facts
