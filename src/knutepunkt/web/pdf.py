"""PDF that everyone can read: tagged (PDF/UA-1), with real headings, a language and our own fonts.

Library: typst. What people wrote goes in as data and is never part of a template's source, so a `#` or a
`*` in it prints as it stands. The same data gives the same bytes: the time in the file comes from the data.
"""

import json
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

PACKAGE = Path(__file__).resolve().parents[1]
FONTS = Path(__file__).parent / "fonts"


class PdfFailed(Exception):
    """The PDF could not be made; carries no words of what was to stand in it."""


@cache
def _fonts() -> Any:
    """Our own fonts and no others, read once for the process."""
    import typst  # noqa: PLC0415 (slow)

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _plain(value: Any) -> Any:
    """What JSON does not know: days as `2026-11-21`, everything else as its text (keys, lazy translations)."""
    return value.isoformat() if isinstance(value, date) else str(value)


def make_pdf(template: str, data: Any) -> bytes:
    """Set data in a template, as an accessible PDF.

    Args:
        template: `room/name.typ`, which lies in the room's folder `typst`.
        data: a dataclass or a dict. `language` and `title` are asked for; `made_at` is the time that
            stands in the file.

    Raises:
        PdfFailed: a fault in the template, or a title or an alternative text is missing.
    """
    import typst  # noqa: PLC0415 (slow)

    facts = asdict(data) if is_dataclass(data) and not isinstance(data, type) else dict(data)
    room, _, name = template.partition("/")
    made_at = facts.get("made_at")
    compiler = typst.Compiler(PACKAGE / room / "typst" / name, root=PACKAGE, font_paths=_fonts())
    try:
        content = compiler.compile(
            sys_inputs={"data": json.dumps(facts, ensure_ascii=False, default=_plain)},
            pdf_standards=["ua-1"],
            timestamp=int(made_at.timestamp()) if isinstance(made_at, datetime) else 0,
        )
    except typst.TypstError as fault:
        line = str(fault.message).partition(":")[0] if facts.get("title") else "no title"
        raise PdfFailed(line) from None
    return cast(bytes, content)
