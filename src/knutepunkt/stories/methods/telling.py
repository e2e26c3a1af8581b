"""Plain rules of telling: pasted text made plain, what to notice in it, how two versions differ, and where a change goes."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

KNOWN = ["p", "div", "span", "br", "b", "i", "u", "strong", "em", "ul", "ol", "li", "table", "tbody", "thead", "td", "tr", "th", "h1", "h2", "h3", "h4", "h5", "h6", "font", "script", "style", "html", "body", "head", "meta", "img", "a", "iframe", "svg", "object", "embed", "form", "input", "section", "article", "video", "audio", "link", "title", "xml", "blockquote", "pre", "sub", "sup", "hr"]
TAG = re.compile(rf"<(/?)({'|'.join(KNOWN)}|[a-z]+:[a-z]+)(?=[\s/>])[^<>]*>|<!\[?[a-z][^<>]*>", re.IGNORECASE)
"""A tag of a web page or a word processor. Linear: nothing in it looks past the next `<` or `>`."""
UNSEEN = frozenset({"script", "style", "head", "title", "xml", "object", "iframe", "svg"})
APART = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "table", "ul", "ol"})
BREAKS = str.maketrans({"\u000b": "\n", "\u000c": "\n", "\u2028": "\n", "\u2029": "\n\n", "\u00a0": " ", "\u202f": " "})
MARKS_AT_MOST = 800
"""Words in two versions together that are marked word by word; longer ones are shown without marks."""


def plain_of(text: str) -> str:
    """Pasted text as plain words: markup of a web page or a word processor goes, its words and line ends stay.

    Text without such markup comes back as it is but for line and blank signs of their own; `<3` is left alone. Linear in
    its length, whatever it holds.
    """
    text = text.translate(BREAKS)
    bare = _without_comments(text)
    if bare == text and not TAG.search(text):
        return text
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in "".join(_words_in(bare)).translate(BREAKS).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_comments(text: str) -> str:
    """A page without its comments; one that never ends is left as words."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[at:start])
        at = end + len("-->")
    return "".join([*parts, text[at:]])


def _words_in(page: str) -> Iterator[str]:
    """The words between the tags, with a new line where a part ends. What no reader sees is left out, up to its end."""
    tags = list(TAG.finditer(page))
    ends = {match.group(2).lower(): match.start() for match in tags if match.group(1)}
    at, hidden = 0, ""
    for match in tags:
        name = (match.group(2) or "").lower()
        if not hidden:
            yield html.unescape(page[at : match.start()].replace("\n", " "))
        if hidden:
            hidden = "" if match.group(1) and name == hidden else hidden
        elif name in UNSEEN and not match.group(1) and ends.get(name, 0) > match.start():
            hidden = name
        elif name in APART:
            yield "\n"
        at = match.end()
    if not hidden:
        yield html.unescape(page[at:].replace("\n", " "))


# Beginnings of words, in bokmål, nynorsk and English together; a find is only ever a proposal.
NOTE_WORDS: dict[str, str] = {
    "violence": "vold vald slo slått slåst mishand kniv violen beaten assault",
    "sex": "sex seksu samleie porno sexual",
    "stigma": "stigma fordom rasis diskrimin utskjelt homofob prejudice racis discrimin",
    "disturbing": "blod mareritt skrek skreik likene lemlest blood nightmare scream",
    "risk": "overdose overdos sprøyte sprøyta injis rus rusa heroin amfetamin kokain skade skada selvskad sjølvskad kutt needle drunk drugs self-harm",
    "mental-health": "psykose depres angst panikk traume tvang innlagt innlegg spiseforstyrr psychosis anxiety trauma depress",
    "death": "død daud selvmord sjølvmord suicid begrav dø drept died death dead funeral kill",
    "crime": "fengsel dom dømt stjal innbrudd innbrot politi politiet politibil prison arrest police steal",
    "abuse": "overgrep misbruk voldt voldtekt valdtekt incest rape abuse",
}
WHOLE_WORDS = frozenset({"slo", "dø", "dom", "rus", "skade", "skada", "kutt", "politi", "rape", "vald"})
"""Beginnings so short that only the word itself counts."""
NOTE_PHRASES: dict[str, re.Pattern[str]] = {
    "death": re.compile(
        r"\b(?:(?:ta|tar|tok|tatt|teke|teki)\s+livet\s+(?:av|mitt|ditt|sitt|hans|hennes|hennar)"
        r"|(?:take|takes|took|taken|taking)\s+(?:my|your|his|her|their)\s+(?:own\s+)?life)\b", re.IGNORECASE),
}
"""What several words say together."""
OTHERS = ["mor", "mora", "moren", "mamma", "far", "faren", "pappa", "foreldre", "foreldra", "bror", "broren", "søster", "søstera", "søsteren", "datter", "dattera", "datteren", "dotter", "dottera", "sønn", "sønnen", "son", "sonen", "barn", "barna", "kone", "kona", "mann", "mannen", "ektemann", "samboer", "sambuar", "samboeren", "kjæreste", "kjærast", "kjæresten", "eks", "eksen", "venn", "vennen", "venninne", "venninna", "ven", "lege", "legen", "psykolog", "psykologen", "sjef", "sjefen", "nabo", "naboen", "lærer", "læreren", "saksbehandler", "saksbehandleren", "bestemor", "bestefar", "tante", "onkel", "mother", "mum", "father", "dad", "brother", "sister", "daughter", "husband", "wife", "partner", "boyfriend", "girlfriend", "doctor", "boss", "neighbour", "teacher", "therapist"]
_OTHERS = frozenset(OTHERS)
_WORD = re.compile(r"[^\W\d_][\w-]*")


@dataclass(frozen=True)
class Noticed:
    """A content note that might fit, and the words that made us think so."""

    note: str
    words: tuple[str, ...]


def notes_noticed(text: str) -> list[Noticed]:
    """Content notes that might fit a text, each with at most three of its words. One pass over the text."""
    starts = {start: note for note, words in NOTE_WORDS.items() for start in words.split()}
    lengths = sorted({len(start) for start in starts})
    found: dict[str, list[str]] = {}
    for word in dict.fromkeys(match.group().casefold() for match in _WORD.finditer(text)):
        for length in lengths:
            start = word[:length]
            if start in starts and len(start) == length and (start not in WHOLE_WORDS or start == word):
                words = found.setdefault(starts[start], [])
                if len(words) < 3 and word not in words:  # noqa: PLR2004 (three say enough)
                    words.append(word)
    for note, phrase in NOTE_PHRASES.items():
        if said := phrase.search(text):
            found.setdefault(note, []).append(" ".join(said.group().casefold().split()))
    return [Noticed(note, tuple(found[note])) for note in NOTE_WORDS if note in found]


def others_noticed(text: str) -> list[str]:
    """Words in a text for people near the one who tells, in the order they come, each once."""
    return [word for word in dict.fromkeys(m.group().casefold() for m in _WORD.finditer(text)) if word in _OTHERS]


EASY, MIDDLING, HEAVY = 35, 45, 55


def ease_of(lix: float) -> str:
    """How a text reads, in one of four words, after LIX (`web.language.readability`)."""
    for least, name in ((HEAVY, "heavy"), (MIDDLING, "middling"), (EASY, "even")):
        if lix >= least:
            return name
    return "easy"


def longest_sentence(text: str) -> str:
    """The longest sentence, where it has more than thirty words; else nothing."""
    sentences = re.split(r"(?<=[.!?…])\s+|\n+", text)
    longest = max(sentences, key=lambda one: len(one.split()), default="")
    return longest if len(longest.split()) > 30 else ""  # noqa: PLR2004 (a long breath)


def where_they_differ(mine: str, theirs: str) -> tuple[str, str]:
    """The lines where two versions differ, without what they share at the beginning and the end."""
    ours, others = mine.split("\n"), theirs.split("\n")
    start = 0
    while start < min(len(ours), len(others)) and ours[start] == others[start]:
        start += 1
    end = 0
    while end < min(len(ours), len(others)) - start and ours[-1 - end] == others[-1 - end]:
        end += 1
    return "\n".join(ours[start : len(ours) - end]), "\n".join(others[start : len(others) - end])


def can_be_marked(*texts: str) -> bool:
    """Whether versions are short enough to be marked word by word."""
    return sum(len(text.split()) for text in texts) <= MARKS_AT_MOST


def put_in(words: str, *, place: int | None, old: str, new: str) -> str | None:
    """A text with one line changed, or None where the old line is no longer there.

    Args:
        words: the whole field.
        place: the line's number, or None where the change is about the whole field.
        old: what stood there.
        new: what shall stand there.
    """
    if place is None:
        return new if words == old else None
    lines = words.split("\n")
    if place >= len(lines) or lines[place] != old:
        if old not in lines:
            return None
        place = lines.index(old)
    lines[place] = new
    return "\n".join(line for number, line in enumerate(lines) if number != place or line)


def as_one(texts: Iterable[str]) -> str:
    """Texts in one, as compared when the same is sent twice."""
    return " ".join(" ".join(text.casefold().split()) for text in texts)
