"""What the words of an item consist of, by kind; `clean` is the only way in, from a page, a file or an import."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knutepunkt.stories.choices.item import Form, Kind, Language

TITLE_LONGEST, LINE_LONGEST, PART_LONGEST, TEXT_LONGEST = 160, 300, 8000, 400_000
MOST_TERMS = 40
INVISIBLE = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
"""Signs nobody sees that can hide or turn words: controls, soft hyphens, zero-width and direction marks.

U+200C and U+200D stay: other scripts, and emoji, are spelt with them.
"""
TERM = re.compile(r"^(chime|library|content-notes):[a-z0-9._-]{1,60}$")


@dataclass(frozen=True)
class Words:
    """A field of words, and how many signs it holds at most."""

    name: str
    longest: int = PART_LONGEST


COMMON = (Words("title", TITLE_LONGEST), Words("summary", 1000), Words("text", TEXT_LONGEST), Words("dialect", 80), Words("teller_name", 80),
          Words("film_url", LINE_LONGEST), Words("region", 4))  # fmt: skip
OF_KIND: dict[str, tuple[Words, ...]] = {
    Kind.STORY: (),
    Kind.EXAMPLE: (Words("need"), Words("did"), Words("with_whom"), Words("changed"), Words("not_changed"), Words("contact", LINE_LONGEST)),
    Kind.METHOD: (Words("for_whom"), Words("how"), Words("needs"), Words("source", LINE_LONGEST)),
    Kind.RESEARCH: (Words("authors", 1000), Words("year", 4), Words("doi", 200), Words("published_in", LINE_LONGEST), Words("url", LINE_LONGEST)),
}
"""What each kind has beside what all have; these stand in `Published.fields`."""


def tidy(text: str) -> str:
    """The same words in NFC with plain line ends, without signs nobody sees, and without blanks at the ends."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return INVISIBLE.sub("", plain).strip()


def clean(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with known fields only, tidied and cut to what they hold.

    Args:
        kind: one of `Kind`.
        content: words by field, `terms` and `notes` as lists, `language` and `form`; anything else is dropped.
    """
    known = {f.name: tidy(str(content.get(f.name) or ""))[: f.longest] for f in (*COMMON, *OF_KIND[kind])}
    language, form = content.get("language"), content.get("form")
    terms = [str(t) for t in content.get("terms") or () if TERM.match(str(t))]
    return {
        **known,
        "language": language if language in Language.values else Language.BOKMAL.value,
        "form": form if form in Form.values else Form.TEXT.value,
        "terms": list(dict.fromkeys(terms))[:MOST_TERMS],
        "notes": list(dict.fromkeys(str(n) for n in content.get("notes") or () if re.match(r"^[a-z-]{1,40}$", str(n)))),
    }


def count_words(text: str) -> int:
    """How many words."""
    return len(text.split())
