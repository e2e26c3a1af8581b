"""How something in the library is cited: BibTeX, RIS and CSL JSON, as plain text from plain facts.

BibTeX: special signs are written as its own commands (Patashnik, BibTeXing, 1988; LaTeX's text commands). RIS: one tag a
line, two blanks, hyphen, blank (Research Information Systems, 2001). CSL JSON: schema 1.0.2 of citationstyles.org.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

TEX = {
    "\\": r"\textbackslash{}", "{": r"\lbrace{}", "}": r"\rbrace{}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
DOI = re.compile(r"^10\.\d{4,9}/[^\s\"<>]{1,180}$")
BARE = {ord(sign): f"%{ord(sign):02X}" for sign in "\\{}"}
"""An address is read as it stands, so only what would end a field is written otherwise."""


@dataclass(frozen=True)
class Cited:
    """What a citation says. `authors` are as they stand; `by_house` tells that the author is an organisation or a name of choice."""

    handle: str
    kind: str
    title: str
    authors: tuple[str, ...]
    by_house: bool
    published_on: date
    fetched_on: date
    publisher: str
    url: str
    language: str
    doi: str = ""
    year: str = ""
    within: str = ""

    @property
    def said_year(self) -> str:
        """The year of the work itself where it has one, else of the library."""
        return self.year if re.fullmatch(r"\d{4}", self.year) else str(self.published_on.year)


def clean_doi(text: str) -> str:
    """A DOI without the address around it, in small letters; an empty text where it is none."""
    bare = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", text.strip(), flags=re.IGNORECASE).lower()
    return bare if DOI.match(bare) else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tex(text: str) -> str:
    return "".join(TEX.get(sign, sign) for sign in _one_line(text))


def is_of_person(name: str) -> bool:
    """Whether a name is written as surname, first name: what has no comma or more than one is a house or stands as it is."""
    return name.count(",") == 1 and " and " not in f" {_one_line(name)} "


def as_bibtex(cited: Cited) -> str:
    """One BibTeX entry."""
    names = [_tex(name) if not cited.by_house and is_of_person(name) else f"{{{_tex(name)}}}" for name in cited.authors]
    fields = {
        "title": f"{{{_tex(cited.title)}}}", "author": " and ".join(names), "year": cited.said_year,
        "howpublished": _tex(cited.within or cited.publisher), "publisher": _tex(cited.publisher), "doi": cited.doi.translate(BARE),
        "url": cited.url, "urldate": cited.fetched_on.isoformat(), "language": cited.language,
    }  # fmt: skip
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{knutepunkt-{cited.handle},\n" + ",\n".join(lines) + "\n}\n"


RIS_TYPES = {"story": "ELEC", "example": "ELEC", "method": "ELEC", "research": "RPRT"}


def as_ris(cited: Cited) -> str:
    """One RIS record, with the line ends it asks for."""
    lines = [("TY", RIS_TYPES[cited.kind]), ("ID", f"knutepunkt-{cited.handle}"), ("TI", cited.title)]
    lines += [("AU", name) for name in cited.authors]
    lines += [
        ("PY", cited.said_year), ("T2", cited.within), ("PB", cited.publisher), ("DO", cited.doi), ("UR", cited.url),
        ("Y2", cited.fetched_on.strftime("%Y/%m/%d")), ("LA", cited.language),
    ]  # fmt: skip
    text = "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in lines if value)
    return text + "ER  - \r\n"


def as_csl(cited: Cited) -> dict[str, Any]:
    """One item of CSL JSON."""
    found: dict[str, Any] = {
        "id": f"knutepunkt-{cited.handle}", "type": "report" if cited.kind == "research" else "webpage",
        "title": _one_line(cited.title), "author": [_csl_name(name, is_whole=cited.by_house) for name in cited.authors],
        "issued": {"date-parts": [[int(cited.said_year)]]},
        "accessed": {"date-parts": [[cited.fetched_on.year, cited.fetched_on.month, cited.fetched_on.day]]},
        "publisher": cited.publisher, "container-title": cited.within, "DOI": cited.doi, "URL": cited.url, "language": cited.language,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}


def _csl_name(name: str, *, is_whole: bool) -> dict[str, str]:
    if not is_whole and is_of_person(name):
        family, _comma, given = name.partition(",")
        return {"family": family.strip(), "given": given.strip()}
    return {"literal": _one_line(name)}


def as_csl_text(cited: Cited) -> str:
    """CSL JSON as a file: a list of one."""
    return json.dumps([as_csl(cited)], ensure_ascii=False, indent=1)
