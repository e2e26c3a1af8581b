"""Bringing many files in at once, by the same road as the upload: read, part by speaker, replace, store.

One file's fault is that file's alone: it is named with a plain sentence, nothing of it is kept, and the
rest goes on. One file at a time is in memory.
"""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from knutepunkt.inquiry.actions import sources
from knutepunkt.inquiry.models import Draft, Inquiry, Meeting, Participant, Source
from knutepunkt.organisations.queries import known_place_names
from knutepunkt.web.documents import Reason, UnreadableDocument
from knutepunkt.web.speakers import propose_speakers

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Imported:
    """What became of one file: counts, or the reason in a sentence."""

    name: str
    ok: bool
    reason: str = ""
    words: int = 0
    turns: int = 0
    speakers: int = 0
    identifiers: int = 0


def import_file(
    *, by: Any, inquiry: Inquiry, path: Path, meeting: Meeting | None = None
) -> tuple[Imported, Source | None]:
    """Make a source of a file, with the speakers as they are proposed and every identity replaced."""
    try:
        with path.open("rb") as stream:
            draft = sources.read_upload(by=by, inquiry=inquiry, name=path.name, stream=stream)
    except OSError:
        return Imported(path.name, ok=False, reason=_("Vi finner ikke filen, eller får ikke lov til å lese den.")), None
    if draft.problem:
        sentence = UnreadableDocument(Reason(draft.problem)).sentence
        sources.discard_draft(by=by, draft=draft)
        return Imported(path.name, ok=False, reason=sentence), None
    try:
        return _store(by, draft, path.name, meeting)
    except Exception as fault:  # noqa: BLE001 (whatever it is, the rest of the batch goes on)
        log.warning("import failed: %s", type(fault).__name__)
        sources.discard_draft(by=by, draft=draft)
        return Imported(path.name, ok=False, reason=_("Noe gikk galt med denne filen. Ingenting av den er lagret.")), None


def _store(by: Any, draft: Draft, name: str, meeting: Meeting | None) -> tuple[Imported, Source]:
    text, places = sources.open_draft(draft).text, known_place_names()
    labels = propose_speakers(text).labels
    speakers: dict[str, Participant | str] = {
        label.name: sources.INTERVIEWER if label.is_interviewer else sources.NEW for label in labels
    }
    speakers = speakers or {"": sources.NEW}  # no labels: all of it is one person's words
    found = len(sources.prepare_draft(draft, labels=list(speakers), places=places).groups)
    source = sources.store_source(by=by, draft=draft, speakers=speakers, places=places, meeting=meeting)
    told = Imported(
        name, ok=True, words=source.words, turns=source.turns.count(), speakers=len(speakers), identifiers=found
    )
    return told, source
