"""OAI-PMH 2.0: what a harvester may ask, and the answers as XML, from plain facts.

Source: The Open Archives Initiative Protocol for Metadata Harvesting, version 2.0 (2002, with the 2015 errata), and oai_dc.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

OAI, DC, OAI_DC = "http://www.openarchives.org/OAI/2.0/", "http://purl.org/dc/elements/1.1/", "http://www.openarchives.org/OAI/2.0/oai_dc/"
XSI, XML = "http://www.w3.org/2001/XMLSchema-instance", "http://www.w3.org/XML/1998/namespace"
SCHEMAS = {OAI: f"{OAI}OAI-PMH.xsd", OAI_DC: f"{OAI}oai_dc.xsd"}
PREFIX = "oai_dc"
ALLOWED = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
    "ListIdentifiers": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
    "ListRecords": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
}
"""For each verb what must be said, and what may be. A resumption token stands alone."""
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = r"[A-Za-z0-9\-_.!~*'()]+"
WRITTEN = {"metadataPrefix": re.compile(_NAME), "set": re.compile(f"{_NAME}(:{_NAME})*")}
"""How the schema says that these are written: what is not cannot be said back either."""
DAY, MOMENT = re.compile(r"^\d{4}-\d{2}-\d{2}$"), re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$")

for short, space in (("", OAI), ("oai_dc", OAI_DC), ("dc", DC), ("xsi", XSI)):
    ET.register_namespace(short, space)


class OaiError(Exception):
    """What the protocol calls an error: its code and a sentence."""

    def __init__(self, code: str, says: str) -> None:
        super().__init__(code)
        self.code, self.says = code, says


@dataclass(frozen=True)
class Header:
    """A record's identifier, time of change, set, and whether it is gone."""

    identifier: str
    at: datetime
    kind: str
    is_gone: bool


def stamp(at: datetime) -> str:
    """A time to the second, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def asked(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The arguments of a request by name, if the protocol allows them so.

    Raises:
        OaiError: badVerb or badArgument.
    """
    given: dict[str, str] = {}
    for name, value in pairs:
        if name in given:
            raise OaiError("badVerb" if name == "verb" else "badArgument", f"{name} is repeated")
        given[name] = value
    verb = given.get("verb", "")
    if verb not in ALLOWED:
        raise OaiError("badVerb", "no such verb")
    needed, may = ALLOWED[verb]
    rest = given.keys() - {"verb"}
    if rest - needed - may:
        raise OaiError("badArgument", "an argument this verb does not have")
    if "resumptionToken" in rest and rest != {"resumptionToken"}:
        raise OaiError("badArgument", "resumptionToken stands alone")
    if "resumptionToken" not in rest and needed - rest:
        raise OaiError("badArgument", "missing: " + ", ".join(sorted(needed - rest)))
    if any(not pattern.fullmatch(given[name]) for name, pattern in WRITTEN.items() if name in given):
        raise OaiError("badArgument", "not written as a set or a prefix is")
    return given


def moment(text: str, *, is_end: bool) -> datetime:
    """A day or a second as the protocol writes it; as an end a day reaches to its last second.

    Raises:
        OaiError: badArgument.
    """
    try:
        if MOMENT.match(text):
            return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if DAY.match(text):
            day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
            return day.replace(hour=23, minute=59, second=59) if is_end else day
    except ValueError:
        pass
    raise OaiError("badArgument", "a time is written 2026-05-17 or 2026-05-17T12:00:00Z")


def span(since: str, until: str) -> tuple[datetime | None, datetime | None]:
    """Both ends of a span.

    Raises:
        OaiError: badArgument, also where the two are written differently or the wrong way round.
    """
    if since and until and len(since) != len(until):
        raise OaiError("badArgument", "from and until have different granularity")
    first, last = moment(since, is_end=False) if since else None, moment(until, is_end=True) if until else None
    if first and last and first > last:
        raise OaiError("badArgument", "from is later than until")
    return first, last


def answer(address: str, given: Mapping[str, str], at: datetime) -> ET.Element:
    """The root of an answer, with its time and the request it answers; the caller adds what follows."""
    root = ET.Element(f"{{{OAI}}}OAI-PMH", {f"{{{XSI}}}schemaLocation": f"{OAI} {SCHEMAS[OAI]}"})
    add(root, "responseDate", stamp(at))
    add(root, "request", address, **given)
    return root


def add(parent: ET.Element, name: str, text: str = "", space: str = OAI, **attributes: str) -> ET.Element:
    """An element under another, with what XML cannot hold left out."""
    made = ET.SubElement(parent, f"{{{space}}}{name}", {key: NOT_IN_XML.sub("", value) for key, value in attributes.items()})
    made.text = NOT_IN_XML.sub("", text) or None
    return made


def add_error(root: ET.Element, error: OaiError) -> None:
    """An error in an answer; after a bad verb or argument the request is told without what was said."""
    if error.code in ("badVerb", "badArgument"):
        root[1].attrib.clear()
    add(root, "error", error.says, code=error.code)


def add_header(parent: ET.Element, header: Header) -> None:
    """A record's header."""
    made = add(parent, "header", **({"status": "deleted"} if header.is_gone else {}))
    add(made, "identifier", header.identifier)
    add(made, "datestamp", stamp(header.at))
    add(made, "setSpec", header.kind)


def add_record(parent: ET.Element, header: Header, dublin_core: Iterable[tuple[str, str, str]]) -> None:
    """A record: its header and, unless it is gone, Dublin Core as (name, text, language)."""
    record = add(parent, "record")
    add_header(record, header)
    if header.is_gone:
        return
    metadata = ET.SubElement(record, f"{{{OAI}}}metadata")
    made = ET.SubElement(metadata, f"{{{OAI_DC}}}dc", {f"{{{XSI}}}schemaLocation": f"{OAI_DC} {SCHEMAS[OAI_DC]}"})
    for name, text, language in dublin_core:
        if text:
            one = add(made, name, text, DC)
            if language:
                one.set(f"{{{XML}}}lang", language)


def as_bytes(root: ET.Element) -> bytes:
    """The answer as it is sent."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode").encode()
