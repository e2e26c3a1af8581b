"""The full-text index over normalised words: FTS5 on SQLite, a GIN index on PostgreSQL."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE web_search_fts USING fts5(n_title, n_text, content='web_searchentry',
       content_rowid='id', tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER web_search_ai AFTER INSERT ON web_searchentry BEGIN
       INSERT INTO web_search_fts(rowid, n_title, n_text) VALUES (new.id, new.n_title, new.n_text); END""",
    """CREATE TRIGGER web_search_ad AFTER DELETE ON web_searchentry BEGIN
       INSERT INTO web_search_fts(web_search_fts, rowid, n_title, n_text)
       VALUES ('delete', old.id, old.n_title, old.n_text); END""",
    """CREATE TRIGGER web_search_au AFTER UPDATE ON web_searchentry BEGIN
       INSERT INTO web_search_fts(web_search_fts, rowid, n_title, n_text)
       VALUES ('delete', old.id, old.n_title, old.n_text);
       INSERT INTO web_search_fts(rowid, n_title, n_text) VALUES (new.id, new.n_title, new.n_text); END""",
]
POSTGRES = [
    """CREATE INDEX web_search_words ON web_searchentry
       USING gin (to_tsvector('simple', n_title || ' ' || n_text))""",
]


def make_index(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("ai", "ad", "au"):
            schema_editor.execute(f"DROP TRIGGER web_search_{name}")
        schema_editor.execute("DROP TABLE web_search_fts")
    else:
        schema_editor.execute("DROP INDEX web_search_words")


class Migration(migrations.Migration):
    dependencies = [("web", "0001_initial")]
    operations = [migrations.RunPython(make_index, drop_index, elidable=False)]
