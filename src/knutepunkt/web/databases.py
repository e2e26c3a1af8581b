"""What the two databases need to behave alike: Norwegian order, and a text search of their own."""

from typing import Any

from django.db import connection
from django.db.backends.signals import connection_created

ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå"
_ORDER = {letter: number for number, letter in enumerate(ALPHABET)}
_SAME = str.maketrans({"á": "a", "à": "a", "é": "e", "è": "e", "ä": "æ", "ö": "ø", "ü": "y", "č": "c",
                       "đ": "d", "ŋ": "n", "š": "s", "ŧ": "t", "ž": "z", "ó": "o", "ô": "o"})  # fmt: skip


def norwegian_key(text: str) -> list[int]:
    """The sort key of a text: æ, ø and å last, capitals and accents as their letter."""
    return [_ORDER.get(c, -ord(c) if c < "a" else 100 + ord(c)) for c in text.lower().translate(_SAME)]


def _compare(left: str, right: str) -> int:
    a, b = norwegian_key(left), norwegian_key(right)
    return (a > b) - (a < b)


def alone(number: int) -> None:
    """Wait until no other transaction holds this number, and hold it until this one ends. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _on_connection(connection: Any, **_: object) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_collation("nb", _compare)


def prepare_connections() -> None:
    """Give each new SQLite connection the collation `nb`; PostgreSQL sorts in Python where it has no ICU."""
    connection_created.connect(_on_connection, dispatch_uid="knutepunkt.web.databases")
