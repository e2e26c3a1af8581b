"""Codes on paper, one mechanism for all: invitation cards, receipts, voting cards, recovery sheets.

A kind says how long its code is, how often it may be used and how long it lives. Codes use 28 signs
that are not mistaken for each other; each sign carries 4.8 bits, so a receipt of 16 signs has 76 bits.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import segno
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.safestring import mark_safe

from knutepunkt.web.models import PaperCode
from knutepunkt.web.sealing import keyed_digest
from knutepunkt.web.throttle import count_try, take_back_try

SIGNS = "ACDEFHJKLMNPQRTUVWXY34679BGS"
_MISREAD = str.maketrans({"0": "Q", "O": "Q", "I": "J", "1": "J", "Z": "7", "2": "7", "5": "S", "8": "B"})
GROUP = 4


@dataclass(frozen=True)
class CodeKind:
    """What a kind of code is like: signs in it, uses (None for any number), and days it lives."""

    name: str
    length: int
    uses: int | None
    days: int | None
    path: str


KINDS: dict[str, CodeKind] = {}


class CodeRefused(Exception):
    """No such living code of this kind. One answer for wrong, used, renewed and expired."""


def add_kind(kind: CodeKind) -> None:
    """A room enters its kind of code at start-up."""
    KINDS[kind.name] = kind


def as_printed(code: str) -> str:
    """In groups of four with hyphens."""
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def as_typed(code: str) -> str:
    """What a person typed, without spaces and hyphens, in capitals, with look-alikes mended."""
    return "".join(c for c in code.upper().translate(_MISREAD) if c in SIGNS)


def issue_code(*, kind: str, subject: str, renews: PaperCode | None = None) -> tuple[PaperCode, str]:
    """Make a code. The plain text is given back once and kept nowhere."""
    known = KINDS[kind]
    plain = "".join(secrets.choice(SIGNS) for _ in range(known.length))
    until = timezone.now() + timedelta(days=known.days) if known.days else None
    row = PaperCode.objects.create(
        kind=kind,
        digest=keyed_digest(f"code:{kind}", plain),
        subject=subject,
        valid_until=until,
        uses_left=known.uses,
        renews=renews,
    )
    return row, as_printed(plain)


def living_code(kind: str, typed: str) -> PaperCode | None:
    """The living code of this kind that was typed, if any. Counts no try; for pages already let in."""
    row = PaperCode.objects.filter(kind=kind, digest=keyed_digest(f"code:{kind}", as_typed(typed))).first()
    return row if row and is_alive(row) else None


def is_alive(row: PaperCode) -> bool:
    """Neither dead, nor out of date, nor used up."""
    in_time = row.valid_until is None or row.valid_until > timezone.now()
    return row.died_at is None and in_time and row.uses_left != 0


def redeem_code(*, kind: str, typed: str, client: str) -> PaperCode:
    """Take a code that somebody typed: counts the try, then the use. A try that succeeds is not held against anyone.

    The codes cannot be guessed in these numbers; the limits keep a meeting place that shares one address open.

    Raises:
        CodeRefused: no living code of this kind.
        TooManyTries: ten wrong tries in ten minutes from one address, or 3,000 an hour in the whole house.
    """
    tries = [(client, 10, timedelta(minutes=10)), ("all", 3000, timedelta(hours=1))]
    for who, limit, per in tries:
        count_try(f"code:{kind}", who, limit=limit, per=per)
    row = _take(kind, typed)
    for who, _limit, per in tries:
        take_back_try(f"code:{kind}", who, per=per)
    return row


def _take(kind: str, typed: str) -> PaperCode:
    with transaction.atomic():
        row = living_code(kind, typed)
        if row is None:
            raise CodeRefused
        changes: dict[str, Any] = {"first_used_at": row.first_used_at or timezone.now()}
        if row.uses_left is not None:
            changes["uses_left"] = F("uses_left") - 1
            if not PaperCode.objects.filter(pk=row.pk, uses_left__gt=0).update(**changes):
                raise CodeRefused
        else:
            PaperCode.objects.filter(pk=row.pk).update(**changes)
    return row


def end_codes(*, kind: str, subject: str) -> int:
    """Let every living code of a subject die at once. Returns how many."""
    return PaperCode.objects.filter(kind=kind, subject=subject, died_at=None).update(died_at=timezone.now())


def renew_code(*, kind: str, subject: str) -> tuple[PaperCode, str]:
    """A new code in place of a lost one; the old one dies in the same transaction."""
    with transaction.atomic():
        old = PaperCode.objects.filter(kind=kind, subject=subject, died_at=None).order_by("-made_at").first()
        end_codes(kind=kind, subject=subject)
        return issue_code(kind=kind, subject=subject, renews=old)


def address_of(kind: str, printed: str) -> str:
    """The address a QR shows. The code stands behind `#`, so that no server or log ever sees it."""
    return f"{settings.ADDRESS}{KINDS[kind].path}#{printed}"


def on_paper(kind: str, printed: str) -> dict[str, Any]:
    """What a printed card, slip or sheet shows: the code, its QR (library: segno), and the address to type.

    The QR is dark on light whatever the theme, since paper and scanners want it so.
    """
    address = address_of(kind, printed)
    qr = segno.make(address, error="m").svg_inline(scale=4, dark="#000", light="#fff", border=2, omitsize=True)
    return {"code": printed, "qr": mark_safe(str(qr)), "address": address.partition("#")[0]}
