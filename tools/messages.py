"""The catalogues: gathers every text marked for translation, and says what nynorsk and English lack.

Texts are written in bokmål in the code, so bokmål needs no catalogue of its own. `--check` changes
nothing and fails where a text is missing, empty or no longer used.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "knutepunkt"
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(n?)gettext\(({LITERAL}(?:\s*,\s*{LITERAL})?)", re.DOTALL)
LANGUAGES = ("nn", "en")
KEYWORDS = {
    "gettext": None, "_": None, "_lazy": None, "_now": None, "gettext_lazy": None, "gettext_noop": None, "N_": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


def texts() -> Iterator[tuple[str, str, str]]:
    """Every marked text: (text, its plural or nothing, where)."""
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*.html"), *SOURCE.rglob("templates/**/*.txt")]):
        if "migrations" in path.parts:
            continue
        for message in in_python(path) if path.suffix == ".py" else in_template(path):
            yield message[0], message[1] if len(message) > 1 else "", str(path.relative_to(ROOT))


def in_python(path: Path) -> Iterator[tuple[str, ...]]:
    """The marked texts of a module."""
    options = {"encoding": "utf-8"}
    for _line, message, _comments, _context in extract(
        "python", io.BytesIO(path.read_bytes()), keywords=KEYWORDS, options=options
    ):
        if message:
            yield message if isinstance(message, tuple) else (message,)


def in_template(path: Path) -> Iterator[tuple[str, ...]]:
    """The marked texts of a template, as Django reads them."""
    for plural, literals in CALL.findall(templatize(path.read_text(encoding="utf-8"))):
        found = ast.literal_eval(f"({literals},)")
        yield found[:2] if plural else found[:1]


def update(language: str, wanted: dict[tuple[str, str], list[str]], *, write: bool) -> list[str]:
    """Bring one catalogue up to date. Returns what is wrong with it."""
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Language": language, "MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit", "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }  # fmt: skip
    known = {(e.msgid, e.msgid_plural): e for e in catalogue}
    wrong = [f"{language}: no longer used: {key[0][:60]!r}" for key in known if key not in wanted]
    entries = polib.POFile(wrapwidth=110)
    entries.metadata = catalogue.metadata
    for (text, plural), places in sorted(wanted.items()):
        entry = known.get((text, plural)) or polib.POEntry(
            msgid=text, msgid_plural=plural, msgstr="", msgstr_plural={0: "", 1: ""} if plural else {}
        )
        entry.occurrences = [(place, "") for place in sorted(set(places))]
        done = all(entry.msgstr_plural.values()) if plural else bool(entry.msgstr)
        if not done or "fuzzy" in entry.flags:
            wrong.append(f"{language}: to translate: {text[:60]!r}")
        entries.append(entry)
    if write:
        entries.save(str(path))
    return wrong


def main() -> int:
    """Update or check both catalogues."""
    settings.configure(USE_I18N=False)
    wanted: dict[tuple[str, str], list[str]] = {}
    for text, plural, where in texts():
        wanted.setdefault((text, plural), []).append(where)
    wrong = [line for language in LANGUAGES for line in update(language, wanted, write="--check" not in sys.argv)]
    print("\n".join(wrong[:20]))
    print(f"{len(wanted)} texts; {len(wrong)} to mend in {', '.join(LANGUAGES)}")
    return 1 if wrong and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
