"""Reads of what lies open: only what its teller lets anybody find, and for stories never more than title and address."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.consent.choices import Purpose
from knutepunkt.consent.queries import subjects_agreeing
from knutepunkt.stories.choices.caring import IN_PART, MOST_PARTS, OPEN_PAGE
from knutepunkt.stories.choices.item import Kind, Language, subject_of
from knutepunkt.stories.methods.citing import Cited, clean_doi
from knutepunkt.stories.models import Published, Removed

LANGUAGES = {Language.BOKMAL: "nb", Language.NYNORSK: "nn", Language.ENGLISH: "en", Language.SAMI: "se"}
NOT_FOUND = "noindex, noarchive, nosnippet"


def is_open(shown: Published) -> bool:
    """Whether the open lists hold it: stories whose teller lets the public web find them, and all that editors show."""
    return shown.may_be_found


def robots_for(shown: Published) -> str:
    """What `X-Robots-Tag` says on the page of something: nothing where it may be found, else that no engine keeps it."""
    return "" if is_open(shown) else NOT_FOUND


def address_of(handle: str) -> str:
    """The whole address of something in the library."""
    return f"{settings.ADDRESS}{reverse('stories:item', args=[handle])}"


def open_rows(kind: str = "") -> QuerySet[Published]:
    """What lies open, as rows."""
    rows = Published.objects.filter(may_be_found=True).select_related("organisation")
    return rows.filter(kind=kind) if kind else rows


def still_agreed(rows: list[Published]) -> list[Published]:
    """Those that lie open at this moment: a story whose consent has ended today is left out, whatever its row says. One query."""
    stories = [subject_of(row.item_id) for row in rows if row.kind == Kind.STORY]
    agreed = subjects_agreeing(stories, Purpose.PUBLIC_WEB) if stories else set()
    return [row for row in rows if row.kind != Kind.STORY or subject_of(row.item_id) in agreed]


def parts_of_map() -> range:
    """The numbers of the parts of the site map. One query."""
    last = Published.objects.filter(may_be_found=True).aggregate(last=Max("pk"))["last"]
    return range(last // IN_PART + 1 if last else 0)


def on_map(part: int) -> list[Published]:
    """What lies open among the keys of one part. Two queries."""
    first = part * IN_PART
    rows = open_rows().select_related(None).only("handle", "kind", "changed_at", "item_id").filter(pk__gte=first, pk__lt=first + IN_PART)
    return still_agreed(list(rows.order_by("pk"))) if part < MOST_PARTS else []


def open_by_handle(handle: str) -> Published | None:
    """One thing that lies open now, or nothing."""
    found = still_agreed(list(open_rows().filter(handle=handle)[:1]))
    return found[0] if found else None


def open_mark() -> str:
    """A text that changes whenever something open is shown, changed or taken away, and never for what is not open. Two queries."""
    newest = Published.objects.filter(may_be_found=True).aggregate(at=Max("changed_at"))
    gone = Removed.objects.aggregate(at=Max("removed_at"))
    return f"{newest['at']}|{gone['at']}|{timezone.localdate()}"


def as_cited(shown: Published) -> Cited:
    """What a citation of something says."""
    house = shown.organisation.name if shown.organisation else settings.INSTALLATION_NAME
    authors: tuple[str, ...] = ()
    by_house = True
    if shown.kind == Kind.RESEARCH and shown.fields.get("authors"):
        authors, by_house = tuple(a.strip() for a in shown.fields["authors"].replace("\n", ";").split(";") if a.strip()), False
    elif shown.kind == Kind.STORY:
        authors = (shown.teller_name or _("Uten navn"),)
    return Cited(
        handle=shown.handle, kind=shown.kind, title=shown.title, authors=authors or (house,), by_house=by_house,
        published_on=timezone.localdate(shown.published_at), fetched_on=timezone.localdate(), publisher=house, url=address_of(shown.handle),
        language=LANGUAGES.get(Language(shown.language), ""), doi=clean_doi(shown.fields.get("doi", "")), year=shown.fields.get("year", ""),
        within=shown.fields.get("published_in", ""),
    )  # fmt: skip


WORDS = ("need", "did", "with_whom", "changed", "not_changed", "for_whom", "how", "needs", "source", "authors", "year", "doi", "published_in", "url")
"""Fields that go out in full. Who to contact does not: that is a person's name, and stands on the page."""


def open_facts(shown: Published) -> dict[str, Any]:
    """Something as open data: of a story title and address alone, of the other kinds all that is theirs to give."""
    facts: dict[str, Any] = {
        "id": shown.handle, "kind": shown.kind, "title": shown.title, "url": address_of(shown.handle), "language": shown.language,
        "edition": shown.edition, "published_at": shown.published_at.isoformat(), "changed_at": shown.changed_at.isoformat(),
    }  # fmt: skip
    if shown.kind == Kind.STORY:
        return facts
    return facts | {
        "organisation": shown.organisation.name if shown.organisation else "", "summary": shown.summary, "text": shown.text,
        "fields": {name: shown.fields[name] for name in WORDS if shown.fields.get(name)}, "terms": shown.terms,
        "checked_on": shown.checked_on.isoformat() if shown.checked_on else None, "checked_by": shown.checked_by,
    }  # fmt: skip


SCHEMA_TYPES = {Kind.EXAMPLE: "Article", Kind.METHOD: "HowTo", Kind.RESEARCH: "ScholarlyArticle", Kind.STORY: "CreativeWork"}


def as_schema(shown: Published) -> dict[str, Any] | None:
    """Something as schema.org says it; nothing where search engines may not have it. Of a story no more than its title."""
    if not is_open(shown):
        return None
    kind, cited = Kind(shown.kind), as_cited(shown)
    facts: dict[str, Any] = {
        "@context": "https://schema.org", "@type": SCHEMA_TYPES[kind], "name": shown.title, "url": cited.url, "inLanguage": cited.language,
        "datePublished": cited.published_on.isoformat(), "dateModified": timezone.localdate(shown.changed_at).isoformat(),
        "publisher": {"@type": "Organization", "name": cited.publisher}, "isAccessibleForFree": True,
    }  # fmt: skip
    if kind != Kind.STORY:
        facts |= {"abstract": shown.summary, "version": str(shown.edition)}
        facts["author"] = [{"@type": "Organization" if cited.by_house else "Person", "name": name} for name in cited.authors]
    if cited.doi:
        facts["sameAs"] = f"https://doi.org/{cited.doi}"
    return {name: value for name, value in facts.items() if value}


# -- OAI-PMH ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """What a harvester asks for: a set, and times of change with both ends counted in."""

    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Cursor:
    """The last record of the answer before: its time, whether it was gone, and its key."""

    at: datetime
    is_gone: bool
    pk: int


@dataclass(frozen=True)
class Record:
    """One record: shown now, or gone."""

    handle: str
    kind: str
    at: datetime
    is_gone: bool
    pk: int
    shown: Published | None


def records(wanted: Wanted, after: Cursor | None = None, limit: int = OPEN_PAGE) -> tuple[list[Record], Cursor | None]:
    """A page of records by time of change, shown and gone together, and where the next page begins. Three queries.

    Gone ones stand after shown ones of the same moment. A story whose consent has ended is told as gone from then on.
    """
    shown = _after(_within(open_rows(wanted.kind), "changed_at", wanted), "changed_at", after, is_gone=False)
    gone = _after(_within(_of_kind(Removed.objects.all(), wanted.kind), "removed_at", wanted), "removed_at", after, is_gone=True)
    there = list(shown.order_by("changed_at", "pk")[: limit + 1])
    agreed = {row.pk for row in still_agreed(there)}
    found = [
        Record(r.handle, r.kind, r.changed_at, r.pk not in agreed, r.pk, r if r.pk in agreed else None) for r in there
    ] + [Record(r.handle, r.kind, r.removed_at, True, r.pk, None) for r in gone.order_by("removed_at", "pk")[: limit + 1]]
    places = {id(record): (record.at, number >= len(there), record.pk) for number, record in enumerate(found)}
    found.sort(key=lambda record: places[id(record)])
    page = found[:limit]
    more = len(found) > limit
    return page, Cursor(*places[id(page[-1])]) if more else None


def _of_kind(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    return rows.filter(kind=kind) if kind else rows


def _within(rows: QuerySet[Any], field: str, wanted: Wanted) -> QuerySet[Any]:
    if wanted.since is not None:
        rows = rows.filter(**{f"{field}__gte": wanted.since})
    if wanted.until is not None:
        rows = rows.filter(**{f"{field}__lte": wanted.until.replace(microsecond=999_999)})
    return rows


def _after(rows: QuerySet[Any], field: str, after: Cursor | None, *, is_gone: bool) -> QuerySet[Any]:
    if after is None:
        return rows
    later = Q(**{f"{field}__gt": after.at})
    if after.is_gone == is_gone:
        return rows.filter(later | Q(**{field: after.at, "pk__gt": after.pk}))
    return rows.filter(later | Q(**{field: after.at})) if is_gone else rows.filter(later)


def record_of(handle: str) -> Record | None:
    """One record by its handle, shown or gone; None for what was never open."""
    row = open_rows().filter(handle=handle).first()
    if row is not None:
        shown = still_agreed([row])
        return Record(handle, row.kind, row.changed_at, not shown, row.pk, row if shown else None)
    gone = Removed.objects.filter(handle=handle).first()
    return Record(handle, gone.kind, gone.removed_at, True, gone.pk, None) if gone else None


def earliest() -> datetime:
    """The oldest time any record has. Two queries."""
    first = open_rows().order_by("changed_at", "pk").values_list("changed_at", flat=True).first()
    gone = Removed.objects.order_by("removed_at", "pk").values_list("removed_at", flat=True).first()
    return min([at for at in (first, gone) if at is not None], default=datetime(2026, 1, 1, tzinfo=UTC))
