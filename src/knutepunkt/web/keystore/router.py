"""Sends the key store's tables to the database `keys`, and nothing else there."""

from typing import Any

KEYS = "keys"


class KeysApart:
    """A Django database router: the app `keystore` lives in `keys`, the rest in `default`."""

    def db_for_read(self, model: Any, **_: object) -> str:
        return KEYS if model._meta.app_label == "keystore" else "default"

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **_: object) -> bool:
        return (one._meta.app_label == "keystore") == (other._meta.app_label == "keystore")

    def allow_migrate(self, db: str, app_label: str, **_: object) -> bool:
        return (db == KEYS) == (app_label == "keystore")
