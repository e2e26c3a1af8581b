"""Search across rooms: entries with normalised words, found alike on SQLite and PostgreSQL.

Every search names the audiences the reader may see; an entry of another audience is in no list, count
or excerpt. Words are joined with AND; the last one matches as a beginning too.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from knutepunkt.web.language import excerpt, normalise, query_terms
from knutepunkt.web.models import SearchEntry

PUBLIC = "public"


@dataclass(frozen=True)
class Entry:
    """Something to be found."""

    kind: str
    key: str
    audience: str
    url: str
    title: str
    text: str = ""
    part_of: str = ""


@dataclass(frozen=True)
class Hit:
    """Something found: where it is, and an excerpt with the places to mark."""

    kind: str
    key: str
    url: str
    title: str
    excerpt: str


def put_entries(entries: Iterable[Entry]) -> int:
    """Enter things in the index, replacing entries with the same kind and key. Returns how many."""
    rows = [
        SearchEntry(
            kind=e.kind, key=e.key, audience=e.audience, part_of=e.part_of, url=e.url, title=e.title[:300],
            text=e.text, n_title=normalise(e.title), n_text=normalise(e.text),
        )
        for e in entries
    ]  # fmt: skip
    for start in range(0, len(rows), 500):
        batch = rows[start : start + 500]
        SearchEntry.objects.filter(kind=batch[0].kind, key__in=[r.key for r in batch]).delete()
        SearchEntry.objects.bulk_create(batch)
    return len(rows)


def drop_entries(*, part_of: str = "", kind: str = "", keys: Collection[str] = ()) -> int:
    """Take things out of the index, by what they are part of or by their keys. Returns how many."""
    rows = SearchEntry.objects.all()
    rows = rows.filter(part_of=part_of) if part_of else rows.filter(kind=kind, key__in=keys)
    deleted, _ = rows.delete()
    return deleted


def search(
    query: str, *, audiences: Collection[str], kinds: Collection[str] = (), after: int = 0, limit: int = 20
) -> list[Hit]:
    """Find what matches all words of the query, best first.

    Args:
        query: what somebody typed; at most 12 words are used.
        audiences: the audiences the reader may see.
        kinds: kinds to look among; empty for all.
        after: how many hits to pass over.
        limit: how many to give back.
    """
    terms = query_terms(query)[:12]
    if not terms or not audiences:
        return []
    ids = _matching(terms, list(audiences), list(kinds), after, limit)
    rows = SearchEntry.objects.in_bulk(ids)
    return [
        Hit(r.kind, r.key, r.url, r.title, excerpt(r.text, query))
        for r in (rows[i] for i in ids if i in rows)
    ]


def _matching(terms: list[str], audiences: list[str], kinds: list[str], after: int, limit: int) -> list[int]:
    params: list[Any]
    if connection.vendor == "sqlite":
        quoted = " ".join(f'"{t}"' for t in terms[:-1])
        sql = """SELECT e.id FROM web_search_fts f JOIN web_searchentry e ON e.id = f.rowid
                 WHERE web_search_fts MATCH %s AND {where} ORDER BY bm25(web_search_fts, 4.0, 1.0), e.id"""
        params = [f'{quoted} "{terms[-1]}"*'.strip()]
    else:
        vector = "to_tsvector('simple', e.n_title || ' ' || e.n_text)"
        sql = f"""SELECT e.id FROM web_searchentry e, to_tsquery('simple', %s) q
                  WHERE {vector} @@ q AND {{where}}
                  ORDER BY ts_rank(setweight(to_tsvector('simple', e.n_title), 'A') ||
                                   to_tsvector('simple', e.n_text), q) DESC, e.id"""  # noqa: S608
        words = ["'" + t.replace("'", "''").replace("\\", "") + "'" for t in terms]
        params = [" & ".join([*words[:-1], words[-1] + ":*"])]
    where = "e.audience IN (" + ",".join(["%s"] * len(audiences)) + ")"
    params += audiences
    if kinds:
        where += " AND e.kind IN (" + ",".join(["%s"] * len(kinds)) + ")"
        params += kinds
    with connection.cursor() as cursor:
        cursor.execute(sql.format(where=where) + " LIMIT %s OFFSET %s", [*params, limit, after])
        return [row[0] for row in cursor.fetchall()]
