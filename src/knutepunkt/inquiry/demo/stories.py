"""Reading the stories: one file for each inquiry, and the list of passages coded in the transcripts."""

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

HERE = files("knutepunkt.inquiry.demo")
PLACEHOLDER = r"\[[^\]]*\]\S*"


@dataclass(frozen=True)
class Marked:
    """A passage in a transcript: how it opens and closes, its codes, and what it does for which findings."""

    file: str
    codes: tuple[str, ...]
    carries: tuple[int, ...]
    contradicts: tuple[int, ...]
    quotation: str
    opens: str
    closes: str

    def place_in(self, text: str) -> tuple[int, int] | None:
        """Where the passage stands in the pseudonymised text; names in it may have become placeholders."""
        first = re.search(_pattern(self.opens), text)
        last = re.compile(_pattern(self.closes)).search(text, first.start()) if first else None
        return (first.start(), last.end()) if first and last else None


def _pattern(words: str) -> str:
    return r"\s+".join(
        f"(?:{re.escape(word)}|{PLACEHOLDER})" if word[0].isupper() else re.escape(word) for word in words.split()
    )


def stories() -> list[dict[str, Any]]:
    """The stories, from the one just asked for to the one being followed up."""
    found = sorted((f for f in (HERE / "stories").iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return [tomllib.loads(f.read_text(encoding="utf-8")) for f in found]


def transcript(name: str) -> bytes:
    """One of the transcripts, as a file."""
    return (HERE / "files" / name).read_bytes()


@cache
def marked_in(name: str) -> tuple[Marked, ...]:
    """What is coded in a transcript, in the order of the text."""
    rows = json.loads((HERE / "files" / "passages.json").read_text(encoding="utf-8"))
    return tuple(
        Marked(
            row["file"], tuple(row["codes"]), tuple(row["carries"]), tuple(row["contradicts"]),
            row["quotation"], row["opens"], row["closes"],
        )
        for row in rows
        if row["file"] == name
    )  # fmt: skip
