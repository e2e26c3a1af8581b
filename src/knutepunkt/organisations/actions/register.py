"""The register of places: loaded from the house's own facts, updated from Statistics Norway's files."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from knutepunkt.organisations.choices import Kind
from knutepunkt.organisations.methods import DATA, plain_name_of, slug_of, sort_name_of
from knutepunkt.organisations.models import Organisation, OrganisationName
from knutepunkt.web import trail

BETWEEN_NAMES = " - "
SOURCE_2024 = "Kartverket, kommuneinndelingen 2024"
KIND_BY_LENGTH = {2: Kind.COUNTY, 4: Kind.MUNICIPALITY, 6: Kind.DISTRICT}
UNKNOWN = {"99", "9999", "999999"}
LARGEST_FILE = 20 * 1024 * 1024


class UnreadableRegister(Exception):
    """The file is not a list or a change table in Statistics Norway's format; the text says what was missing."""


@dataclass
class Report:
    """What an update changed, line by line, for the operator to read."""

    lines: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        self.lines.append(line)


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise UnreadableRegister(f"{text!r} is not a date like 2024-01-31") from None


def _facts(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _named(row: Organisation, names: str, languages: str) -> Iterator[OrganisationName]:
    spoken = languages.split(BETWEEN_NAMES)
    for position, name in enumerate(names.split(BETWEEN_NAMES)):
        language = spoken[position] if position < len(spoken) else ""
        yield OrganisationName(
            organisation=row, language=language, name=name, plain_name=plain_name_of(name), position=position
        )


def _norwegian(names: str, languages: str) -> str:
    """The Norwegian one of several names, for sorting and for the address."""
    pairs = list(zip(names.split(BETWEEN_NAMES), languages.split(BETWEEN_NAMES), strict=False))
    return next((name for name, language in pairs if language == "no"), pairs[0][0])


def _new(kind: str, facts: dict[str, str], taken: set[str]) -> Organisation:
    own = _norwegian(facts["names"], facts["languages"])
    slug = slug_of(own, apart=facts["code"], taken=taken)
    taken.add(slug)
    return Organisation(
        kind=kind, name=facts["names"], sort_name=sort_name_of(own), code=facts["code"], slug=slug,
        latitude=float(facts["latitude"]) if facts.get("latitude") else None,
        longitude=float(facts["longitude"]) if facts.get("longitude") else None,
        place=facts.get("place", ""), website=facts.get("website", ""), source=facts.get("source", ""),
        checked_on=_day(facts.get("checked_on")),
    )  # fmt: skip


def _all_facts() -> Iterator[tuple[str, dict[str, str]]]:
    """Municipalities first, so that they get the plain addresses."""
    municipalities = list(_facts("municipalities-2024.csv"))
    twice = {
        row["names"] for row in municipalities if sum(r["names"] == row["names"] for r in municipalities) > 1
    }
    for row in municipalities:
        facts = {**row, "code": row["number"], "source": SOURCE_2024, "part_of": f"county:{row['county']}"}
        yield Kind.MUNICIPALITY, {**facts, "twice": "1" if row["names"] in twice else ""}
    for row in _facts("other-places.csv"):
        yield row["kind"], row


def load_register(*, by: Any = "setup") -> int:
    """Enter what is missing of the house's own facts; what is there is left as it is. Returns how many were made."""
    with transaction.atomic():
        there = {(o.kind, o.code or o.name): o for o in Organisation.objects.filter(is_demo=False)}
        taken = set(Organisation.objects.values_list("slug", flat=True))
        all_facts = [(kind, facts, (kind, facts["code"] or facts["names"])) for kind, facts in _all_facts()]
        fresh = []
        for kind, facts, key in all_facts:
            if key not in there:
                if facts.get("twice"):
                    taken.add(slug_of(facts["names"]))
                there[key] = _new(kind, facts, taken)
                fresh.append((there[key], facts))
        Organisation.objects.bulk_create(row for row, _ in fresh)
        _tie_together(fresh, there)
        OrganisationName.objects.bulk_create(
            name for row, facts in fresh for name in _named(row, facts["names"], facts["languages"])
        )
        if fresh:
            trail.record(
                "organisations:register:loaded", by=by, about="organisations.register", made=len(fresh)
            )
    return len(fresh)


def _tie_together(fresh: list[tuple[Organisation, dict[str, str]]], there: dict[Any, Organisation]) -> None:
    """Say what belongs under what, place centres at their municipality's middle point, and tie regions."""
    regions = {(kind, row.name.partition(" ")[2]): row for (kind, _), row in there.items()}
    ties: list[tuple[int, int]] = []
    for row, facts in fresh:
        if ":" in facts["part_of"]:
            kind, _, code = facts["part_of"].partition(":")
            row.part_of = there[(kind, code)]
            if kind == Kind.MUNICIPALITY:
                row.latitude, row.longitude = row.part_of.latitude, row.part_of.longitude
        kinds = [kind for kind in (Kind.HEALTH_REGION, Kind.KORUS_REGION) if facts.get(kind)]
        ties += [(row.pk, regions[(kind, facts[kind])].pk) for kind in kinds]
    Organisation.objects.bulk_update([row for row, _ in fresh], ["part_of", "latitude", "longitude"])
    through = Organisation.regions.through
    through.objects.bulk_create(through(from_organisation_id=a, to_organisation_id=b) for a, b in ties)


def read_klass(path: Path) -> list[dict[str, str]]:
    """The rows of a file from Statistics Norway: semicolons, UTF-8 or Latin-1, quotes or none.

    Raises:
        UnreadableRegister: too large, empty, or without the columns of a list or a change table.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableRegister("the file is larger than 20 MB")
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    rows = [
        {(key or "").strip(): (value or "").strip() for key, value in row.items() if isinstance(key, str)}
        for row in csv.DictReader(io.StringIO(text), delimiter=";")
    ]
    if not rows or not ({"code", "name"} <= rows[0].keys() or _change_columns(rows[0])):
        raise UnreadableRegister(
            "expected the columns code and name, or oldCode and newCode, or sourceCode and targetCode"
        )
    return rows


def _change_columns(row: dict[str, str]) -> tuple[str, str] | None:
    for columns in (("oldCode", "newCode"), ("sourceCode", "targetCode")):
        if set(columns) <= row.keys():
            return columns
    return None


def update_register(*, by: Any, path: Path) -> Report:
    """Bring the register in line with one file from Statistics Norway: a list of codes, or a table of changes.

    A list adds what is new, renames what has a new name and names what it does not mention, without
    closing it. A change table closes the old code and says what it became.

    Raises:
        UnreadableRegister: the file is of neither kind.
    """
    rows, report = read_klass(path), Report()
    columns = _change_columns(rows[0])
    with transaction.atomic():
        if columns:
            _apply_changes(rows, columns, report, path.name)
        else:
            _apply_list(rows, report, path.name)
        trail.record(
            "organisations:register:updated", by=by, about="organisations.register", lines=len(report.lines)
        )
    return report


def _apply_list(rows: list[dict[str, str]], report: Report, source: str) -> None:
    there = {o.code: o for o in Organisation.objects.filter(is_demo=False).exclude(code="")}
    taken, mentioned, kinds = set(Organisation.objects.values_list("slug", flat=True)), set(), set()
    for row in rows:
        code, kind = row["code"], KIND_BY_LENGTH.get(len(row["code"]))
        if kind is None or code in UNKNOWN or not code.isdigit():
            continue
        mentioned.add(code)
        kinds.add(kind)
        found = there.get(code)
        if found is None:
            found = _new(kind, {"code": code, "names": row["name"], "languages": ""}, taken)
            found.part_of = there.get(row.get("parentCode") or code[:-2])
            report.say(f"new: {code} {row['name']}")
        elif found.name != row["name"]:
            report.say(f"renamed: {code} {found.name} -> {row['name']}")
        _confirm(found, row, source)
        there[code] = found
    for code, known in sorted(there.items()):
        if known.kind in kinds and code not in mentioned and known.valid_to is None:
            report.say(f"not in the file: {code} {known.name} (left open; a change table closes it)")


def _confirm(found: Organisation, row: dict[str, str], source: str) -> None:
    """Write the file's facts on the row, with the file as the source and today as the day it was checked."""
    renamed = found.pk is None or found.name != row["name"]
    languages = {name.name: name.language for name in found.names.all()} if found.pk else {}
    spoken = BETWEEN_NAMES.join(languages.get(name, "") for name in row["name"].split(BETWEEN_NAMES))
    found.name = row["name"]
    found.valid_from = _day(row.get("validFrom")) or found.valid_from
    found.valid_to = _day(row.get("validTo")) or found.valid_to
    found.source, found.checked_on = f"SSB KLASS, {source}"[:200], timezone.localdate()
    if renamed:
        found.sort_name = sort_name_of(_norwegian(row["name"], spoken))
    found.save()
    if renamed:
        found.names.all().delete()
        OrganisationName.objects.bulk_create(_named(found, row["name"], spoken))


def _apply_changes(rows: list[dict[str, str]], columns: tuple[str, str], report: Report, source: str) -> None:
    old_column, new_column = columns
    there = {o.code: o for o in Organisation.objects.filter(is_demo=False).exclude(code="")}
    for row in rows:
        old, new = there.get(row[old_column]), there.get(row[new_column])
        if row[old_column] == row[new_column]:
            continue
        if old is None or new is None:
            report.say(
                f"not known here: {row[old_column]} -> {row[new_column]} (load the list of codes first)"
            )
            continue
        when = row.get("changeOccurred") or row.get("validFrom") or ""
        old.became, old.source, old.checked_on = new, f"SSB KLASS, {source}"[:200], timezone.localdate()
        old.valid_to = _day(when) or old.valid_to or timezone.localdate()
        old.save()
        report.say(f"became: {old.code} {old.name} -> {new.code} {new.name}")
