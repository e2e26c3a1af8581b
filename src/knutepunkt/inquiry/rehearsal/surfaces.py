"""Every place where words could stand: pages as each reader sees them, tables, files, logs."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

from django.conf import settings
from django.db import connection, connections
from django.urls import reverse

from knutepunkt.inquiry.models import Participant
from knutepunkt.inquiry.rehearsal.browser import Visitor
from knutepunkt.inquiry.rehearsal.walk import Walk
from knutepunkt.inquiry.rehearsal.words import Seen, Withdrawn, texts_of_answer
from knutepunkt.web.files import FileMissing, read_file
from knutepunkt.web.models import SearchEntry, StoredFile
from knutepunkt.web.search import PUBLIC, search

SAMPLES = 40
OTHERS_OWN = "another participant's pages"
LISTED = {"trail": "web_trailline", "jobs": "django_tasks_database_dbtaskresult", "sessions": "django_session",
          "notices": "web_notice", "search table": "web_searchentry"}  # fmt: skip
ALL_PAGES = ("every page of the team", "every page of the service", "every page of anyone")
Texts = Iterable[Seen]


@dataclass
class Place:
    """The readers and folders a search goes through."""

    walk: Walk
    target: Participant
    other: Participant | None
    log: Path | None
    samples: list[str] = field(default_factory=list)
    member: Visitor = field(init=False)
    service: Visitor = field(init=False)
    anyone: Visitor = field(init=False)
    holders: list[Visitor] = field(init=False)

    def __post_init__(self) -> None:
        # The lead must see what is hidden in order to answer it; everybody else in the team must not.
        self.member, self.service, self.anyone = Visitor(self.walk.second), Visitor(self.walk.service), Visitor()
        people = [one for one in (self.target, self.other) if one is not None]
        self.holders = [Visitor(slip=self.walk.slips[one.key]) for one in people]

    def url(self, name: str, *values: Any) -> str:
        """An address within the inquiry."""
        return reverse(f"inquiry:{name}", args=[self.walk.inquiry.slug, *values])

    def faults(self) -> dict[str, int]:
        """Pages that failed while they were read, by name."""
        visitors = (self.member, self.service, self.anyone, *self.holders)
        return {name: count for one in visitors for name, count in one.faults.items()}


def pages(place: Place) -> dict[str, Callable[[], Texts]]:
    """The pages and answers, by name; each gives its readings."""
    member, url, each = place.member, place.url, _each(place)
    return {
        "public page": lambda: [place.anyone.open(url("public-report")), place.anyone.open(reverse("inquiry:reports"))],
        "PDF": lambda: [place.anyone.open(url("public-pdf"))],
        "public search": lambda: (_hits(q) for q in place.samples),
        "team search": lambda: (_without(member.open(url("search"), q=q), q) for q in place.samples),
        "workbench": lambda: each("workbench", "workbench-data", "workbench-changes"),
        "sources": lambda: each("source", "pseudonyms", "apart"),
        "CSV export": lambda: [member.open(url("passages-csv"))],
        "code lists": lambda: _codes(place),
        "finding pages": lambda: [member.open(url("findings")), member.open(url("hidden-texts")), *_findings(place)],
        "dialogue": lambda: [v.open(url("dialogue")) for v in (member, place.service)],
        "interim report": lambda: [member.open(url("interim"))],
        "working report": lambda: [member.open(url("report")), *(v.open(url("promises")) for v in (member, place.service))],
        "holder pages": lambda: place.holders[0].walk(reverse("consent:held"), reverse("inquiry:mine")),
        OTHERS_OWN: lambda: _another(place),
        "everything about me": lambda: _everything(place),
        "every page of the team": lambda: member.walk("/", url("overview")),
        "every page of the service": lambda: place.service.walk("/", url("overview")),
        "every page of anyone": lambda: place.anyone.walk("/", url("public-report")),
    }  # fmt: skip


def _hits(typed: str) -> Seen:
    return Seen("search", [f"{hit.title} {hit.excerpt}" for hit in search(typed, audiences=[PUBLIC])])


def _each(place: Place) -> Callable[..., Iterator[Seen]]:
    def opened(*names: str) -> Iterator[Seen]:
        for code in place.walk.inquiry.sources.order_by("made_at").values_list("code", flat=True):
            for name in names:
                yield place.member.open(place.url(name, code))

    return opened


def _without(seen: Seen, typed: str) -> Seen:
    """The answer without the words that were typed, which the field and the language switch show again."""
    readings = seen.readings
    for form in (typed, quote(typed), quote_plus(typed)):
        readings = [text.replace(form, " ") for text in readings]
    return Seen(seen.where, readings)


def _codes(place: Place) -> Iterator[Seen]:
    yield place.member.open(place.url("codebook"))
    yield place.member.open(place.url("code-table"))
    for pk in place.walk.inquiry.codes.values_list("pk", flat=True):
        yield place.member.open(place.url("code", pk))


def _findings(place: Place) -> Iterator[Seen]:
    for number in place.walk.inquiry.findings.values_list("number", flat=True):
        for name in ("finding", "ground", "outcome"):
            yield place.member.open(place.url(name, number))
        yield place.service.open(place.url("answer", number))


def _another(place: Place) -> Iterator[Seen]:
    """Another participant's pages and export: their own words stay theirs to see."""
    for holder in place.holders[1:]:
        yield from holder.walk(reverse("consent:held"), reverse("inquiry:mine"))
        yield holder.open(reverse("consent:held-everything"))


def _everything(place: Place) -> Iterator[Seen]:
    yield place.holders[0].open(reverse("consent:held-everything"))
    for visitor in (place.member, place.service):
        yield visitor.open(reverse("consent:everything"), hent="1")


def storage(place: Place) -> dict[str, Callable[[], Texts]]:
    """Tables, files and logs, by name."""
    found: dict[str, Callable[[], Texts]] = {
        name: partial(_rows, "default", table) for name, table in LISTED.items()
    }
    return found | {
        "every table": lambda: (row for alias in connections for t in _tables(alias) for row in _rows(alias, t)),
        "every file": _files,
        "sealed files, opened": _sealed,
        "log": lambda: _log(place.log),
    }  # fmt: skip


def _tables(alias: str) -> list[str]:
    with connections[alias].cursor() as cursor:
        return connections[alias].introspection.table_names(cursor)


def _log(path: Path | None) -> list[Seen]:
    return [Seen("log", [path.read_text(encoding="utf-8", errors="replace")])] if path and path.exists() else []


def _rows(alias: str, table: str) -> Iterator[Seen]:
    """A table's rows, each as one text; sessions and other packed values unpacked where they can be."""
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connections[alias].ops.quote_name(table)}")  # noqa: S608 (our own tables)
        for row in cursor.fetchall():
            yield Seen(table, [_readable(value) for value in row if value is not None])


def _readable(value: Any) -> str:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, (bytes, memoryview)) else str(value)


def _files() -> Iterator[Seen]:
    """Every file of the data folder and the key folder, byte by byte as text; PDFs opened too."""
    for folder in (settings.HOME, settings.KEYS_FOLDER):
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file() and not path.is_relative_to(settings.STATIC_ROOT):
                content = path.read_bytes()
                readings = [content.decode("utf-8", "replace"), content.decode("utf-16-le", "replace")]
                readings += texts_of_answer(content, "") if content.startswith(b"%PDF-") else []
                yield Seen(path.suffix.lstrip(".") or "sealed", readings)


def _sealed() -> Iterator[Seen]:
    for stored in StoredFile.objects.all():
        try:
            yield Seen(stored.kind, texts_of_answer(read_file(stored), stored.media_type))
        except FileMissing:
            continue


def orphaned_terms() -> tuple[int, set[str]]:
    """Terms the full-text index still knows although no row has them (SQLite); PostgreSQL keeps none of its own."""
    if connection.vendor != "sqlite":
        return 0, set()
    rows = SearchEntry.objects.values_list("n_title", "n_text")
    living = {term for row in rows for text in row for term in text.split()}
    with connection.cursor() as cursor:
        cursor.execute("CREATE VIRTUAL TABLE temp.rehearsal_terms USING fts5vocab('main', 'web_search_fts', 'row')")
        cursor.execute("SELECT term FROM temp.rehearsal_terms")
        terms = {row[0] for row in cursor.fetchall()}
        cursor.execute("DROP TABLE temp.rehearsal_terms")
    return len(terms), terms - living


def look(surfaces: dict[str, Callable[[], Texts]], words: Withdrawn, when: str) -> list[dict[str, Any]]:
    """Search each surface. A thing with several readings counts once; its worst reading is what is found."""
    lines = []
    for name, texts in surfaces.items():
        searched, found, where = 0, 0, set()
        for seen in texts():
            hits = max((words.found_in(text) for text in seen.readings), default=0)
            searched, found = searched + 1, found + hits
            where |= {seen.where} if hits else set()
        lines.append({
            "surface": name, "when": when, "searched": searched, "found": found, "where": sorted(where)
        })  # fmt: skip
    return lines
