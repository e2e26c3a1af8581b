"""PDF files: text of each page with the lines of a paragraph joined again, and remarks apart.

The reading itself happens in a process of its own with bounded memory and time, see `pdf_process`.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from knutepunkt.web.documents.model import Document, Kind, Limits, Omission, Reason, UnreadableDocument

_PROCESS = Path(__file__).with_name("pdf_process.py")
_FEWEST_LETTERS = 3
# A line this much of the longest is taken to run on into the next.
_FULL_LINE = 0.78
_FULL_SENTENCE = 0.9
_FEWEST_LINES = 3
_LABEL_AHEAD = re.compile(
    r"\s*(?:[\[(]|[-\u2013\u2022*]\s|\d{1,2}[:.)]|[^\s:]{1,25}(?: [^\s:]{1,20}){0,2}\s?:)"
)
_SPLIT_WORD = re.compile("[\ufffe\x02]\r?\n?")
_PAGE_NUMBER = re.compile(r"(?:(?:side|page)\s+)?\d{1,4}(?:\s*(?:/|av|of)\s*\d{1,4})?", re.IGNORECASE)


def read_pdf(data: bytes, limits: Limits) -> Document:
    """Return the document. Raises `UnreadableDocument` when it is locked, damaged, scanned, empty or too big."""
    found = _run(data, limits)
    if "refused" in found:
        raise UnreadableDocument(Reason(found["refused"]), limits)
    pages = [page_text(page) for page in found["pages"]]
    letters = [sum(map(str.isalnum, page)) for page in pages]
    if sum(letters) < _FEWEST_LETTERS:
        raise UnreadableDocument(Reason.SCANNED if found["pictures"] else Reason.NO_TEXT, limits)
    dropped = {
        Omission.PICTURES: found["pictures"],
        Omission.COMMENTS: bool(found["remarks"]),
        Omission.FORM_FIELDS: found["form"],
        Omission.PAGES_WITHOUT_TEXT: 0 in letters,
    }
    return Document(
        text=join_pages(pages),
        kind=Kind.PDF,
        title_hint=found["title"],
        author=found["author"],
        comments=tuple(found["remarks"]),
        dropped=tuple(item for item, is_so in dropped.items() if is_so),
    )


def _run(data: bytes, limits: Limits) -> dict[str, Any]:
    numbers = (limits.pdf_memory_bytes, limits.pdf_seconds, limits.pages, limits.characters)
    command = [sys.executable, "-I", "-B", str(_PROCESS), *map(str, numbers)]
    try:
        done = subprocess.run(  # noqa: S603 - our own file, our own interpreter, numbers only
            command, input=data, capture_output=True, timeout=limits.pdf_seconds * 2, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(Reason.BOMB, limits) from error
    if done.returncode:
        swelled = done.returncode < 0 or b"MemoryError" in done.stderr
        raise UnreadableDocument(Reason.BOMB if swelled else Reason.BROKEN, limits)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def page_text(page: str) -> str:
    """Return a page with words split at line ends joined, page numbers dropped and full lines run together."""
    lines = _SPLIT_WORD.sub("", page).replace("\r\n", "\n").split("\n")
    while lines and (not lines[-1].strip() or _PAGE_NUMBER.fullmatch(lines[-1].strip())):
        lines.pop()
    lengths = sorted(len(line) for line in lines if line.strip())
    if len(lengths) < _FEWEST_LINES:
        return "\n".join(lines)
    longest = lengths[int(len(lengths) * 0.95)]
    out: list[str] = []
    run_on = False
    for line in lines:
        if run_on and line.strip() and not _LABEL_AHEAD.match(line):
            out[-1] = f"{out[-1].rstrip()} {line.strip()}"
        else:
            out.append(line)
        run_on = len(line) >= (
            longest * _FULL_SENTENCE if line.rstrip().endswith((".", "!", "?")) else longest * _FULL_LINE
        )
    return "\n".join(out)


def join_pages(pages: list[str]) -> str:
    """Return the pages as one text; a sentence that runs over the page break stays in one line."""
    text = ""
    for page in filter(None, pages):
        runs_on = text and text[-1].isalpha() and page.lstrip()[:1].islower()
        text += (" " if runs_on else "\n" if text else "") + page.strip("\n")
    return text
