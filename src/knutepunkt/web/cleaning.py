"""Sweeping the database so that deleted words are in no file: index, write-ahead log and free pages.

SQLite: FTS5 `optimize` rewrites the index, `VACUUM` the pages, a truncating checkpoint the log.
PostgreSQL: `VACUUM (FULL)` of the tables that hold words; its own log is the operator's (docs/operators.md).
"""

from django.db import connection, transaction

WORD_TABLES = (
    "web_searchentry", "inquiry_source", "inquiry_turn", "inquiry_quotation", "inquiry_findingresponse",
    "inquiry_missing", "inquiry_edition", "inquiry_memo", "inquiry_finding", "inquiry_serviceanswer",
    "inquiry_section", "inquiry_report", "inquiry_recommendation", "inquiry_followup", "inquiry_code",
    "inquiry_codechange", "django_tasks_database_dbtaskresult", "events_registration",
    "events_feedback", "stories_published", "stories_posting", "stories_block", "stories_word", "stories_entered",
)  # fmt: skip


class StillInUse(Exception):
    """A reader held on to the write-ahead log, so that it could not be emptied; the job tries again."""


def sweep_database() -> None:
    """Leave no deleted word in the database's files. Must not run inside a transaction."""
    if connection.in_atomic_block:
        transaction.on_commit(sweep_database)
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO web_search_fts(web_search_fts) VALUES('optimize')")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, *_rest = cursor.fetchone()
            if is_busy:
                raise StillInUse
        else:
            existing = set(connection.introspection.table_names(cursor))
            for table in WORD_TABLES:
                if table in existing:
                    cursor.execute(f"VACUUM (FULL) {table}")
