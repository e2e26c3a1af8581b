"""Paging by key: each page starts after the last row of the one before, so no list grows slower with age."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.signing import BadSignature, dumps, loads
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode

DIGITS = 18


def whole_number(text: str, *, otherwise: int = 0) -> int:
    """The whole number somebody sent, in plain digits and of a size every database holds; else `otherwise`."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else otherwise


@dataclass(frozen=True)
class Shown:
    """A page of rows, and the address of the next one where there is more."""

    rows: list[Any]
    next_url: str
    first_url: str

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_by_key(
    rows: QuerySet[Any], request: HttpRequest, *, order: str = "pk", size: int = 50, name: str = "etter"
) -> Shown:
    """One page of rows in the order of a field and then the key, starting where the address says.

    Args:
        rows: what the actor may see; its own order is replaced.
        request: the address holds the key after which to start, signed.
        order: a field of the row, with `-` for falling order; the primary key settles what is equal.
        size: rows a page.
        name: name of the value in the address.
    """
    falling, field = order.startswith("-"), order.lstrip("-")
    sign = "-" if falling else ""
    rows = rows.order_by(order, f"{sign}pk") if field != "pk" else rows.order_by(order)
    after = _read(request.GET.get(name, ""))
    if after is not None:
        rows = rows.filter(_beyond(field, after, "lt" if falling else "gt"))
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    kept = {k: str(v) for k, v in request.GET.items() if k != name}
    next_url = f"?{urlencode({**kept, name: _key(found[-1], field)})}" if more else ""
    first_url = f"?{urlencode(kept)}" if after is not None else ""
    return Shown(found, next_url, first_url)


def _beyond(field: str, after: list[Any], than: str) -> Q:
    value, pk = after
    if field == "pk":
        return Q(**{f"pk__{than}": pk})
    return Q(**{f"{field}__{than}": value}) | Q(**{field: value, f"pk__{than}": pk})


def _key(row: Any, field: str) -> str:
    value = row.pk if field == "pk" else getattr(row, field)
    value = value.isoformat() if isinstance(value, datetime) else str(value) if field == "pk" else value
    return dumps([value, str(row.pk)], salt="paging", compress=True)


def _read(text: str) -> list[Any] | None:
    if not text:
        return None
    try:
        value, pk = loads(text, salt="paging")
    except (BadSignature, ValueError, TypeError):
        return None
    try:
        return [datetime.fromisoformat(value), pk] if isinstance(value, str) else [value, pk]
    except ValueError:
        return [value, pk]
