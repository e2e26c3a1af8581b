"""Gathers finds that mean the same, numbers their placeholders, and replaces what was decided."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from knutepunkt.web.pseudonyms.model import Group, Identifier, IdentifierKind, Replacement

_NOT_DIGITS = re.compile(r"[^\d+]")
_DIGIT_KINDS = {IdentifierKind.PHONE, IdentifierKind.NATIONAL_ID, IdentifierKind.ACCOUNT}


def group(found: Iterable[Identifier]) -> list[Group]:
    """Return one group for each identity, in order of first appearance.

    Case, white space and genitive do not part; digits are compared without blanks. A name that is part of exactly one
    fuller name joins it (`Kari` joins `Kari Moltebakk` unless there is also a `Kari Fjellro`).
    """
    gathered: dict[tuple[IdentifierKind, str], list[Identifier]] = defaultdict(list)
    for identifier in sorted(found, key=lambda one: one.start):
        gathered[identifier.kind, _identity(identifier)].append(identifier)
    homes = _fuller_names([identity for kind, identity in gathered if kind is IdentifierKind.NAME])
    merged: dict[tuple[IdentifierKind, str], list[Identifier]] = defaultdict(list)
    for (kind, identity), members in gathered.items():
        home = homes.get(identity, identity) if kind is IdentifierKind.NAME else identity
        merged[kind, home].extend(members)
    groups = [
        Group(f"{kind}:{identity}", kind, _label(members), tuple(sorted(members, key=lambda one: one.start)))
        for (kind, identity), members in merged.items()
    ]
    return sorted(groups, key=lambda one: one.occurrences[0].start)


def placeholders(
    groups: Sequence[Group], *, taken: Mapping[str, str] | None = None, language: str = "nb"
) -> dict[str, str]:
    """Return a placeholder for each group key: the one in `taken` if it is there, else the next free number of its kind.

    Pass what earlier sources of the same inquiry were given as `taken`, so the same identity keeps its number.
    """
    given = dict(taken or {})
    used = set(given.values())
    out: dict[str, str] = {}
    for one in groups:
        if one.key not in given:
            number = 1
            while one.kind.placeholder(number, language) in used:
                number += 1
            given[one.key] = one.kind.placeholder(number, language)
            used.add(given[one.key])
        out[one.key] = given[one.key]
    return out


def replace(text: str, groups: Iterable[Group], decisions: Mapping[str, str | None]) -> Replacement:
    """Replace every occurrence of each group that `decisions` gives words for; a key absent or None is kept.

    Where two finds overlap the one that starts first (then the longer) wins. A genitive stays after the placeholder.
    Raises `ValueError` when an occurrence is not in the text where it says: the text has changed since.
    """
    wanted = [
        (found.start, -found.end, found, new)
        for one in groups
        if (new := decisions.get(one.key)) is not None
        for found in one.occurrences
    ]
    pieces: list[str] = []
    splices: list[tuple[int, int, str]] = []
    at = 0
    for start, _end, found, new in sorted(wanted, key=lambda item: item[:2]):
        if text[start : found.end] != found.text:
            raise ValueError(found.start)
        if start < at:
            continue
        new_words = new + found.tail if new else ""
        pieces += [text[at:start], new_words]
        splices.append((start, found.end, new_words))
        at = found.end
    return Replacement("".join([*pieces, text[at:]]), tuple(splices))


def _identity(identifier: Identifier) -> str:
    if identifier.kind in _DIGIT_KINDS:
        digits = _NOT_DIGITS.sub("", identifier.text)
        return (
            digits.removeprefix("+47").removeprefix("0047")
            if identifier.kind is IdentifierKind.PHONE
            else digits
        )
    return " ".join(identifier.base.split()).casefold()


def _fuller_names(identities: list[str]) -> dict[str, str]:
    """Return for each one-word name the only fuller name it is part of, if there is exactly one."""
    fuller: dict[str, set[str]] = defaultdict(set)
    for identity in identities:
        words = identity.split()
        if len(words) > 1:
            for word in words:
                fuller[word].add(identity)
    return {name: next(iter(fuller[name])) for name in identities if len(fuller.get(name, ())) == 1}


def _label(members: Sequence[Identifier]) -> str:
    """Return the longest form, the commonest among equals: that is how the person thinks of it."""
    counts = Counter(" ".join(member.base.split()) for member in members)
    return max(counts, key=lambda form: (len(form), counts[form]))
