"""The recovery sheet: a longer code on paper that says "it is me" when somebody else renewed a way in."""

from django.db import transaction
from django.utils import timezone

from knutepunkt.people.actions.accounts import end_other_sessions
from knutepunkt.people.actions.shutting import must_be_open, seal_ways
from knutepunkt.people.choices import CARD, RENEWED_CARD, SHEET, about
from knutepunkt.people.models import Person
from knutepunkt.web import trail
from knutepunkt.web.papercodes import CodeRefused, end_codes, issue_code, redeem_code


def issue_recovery_sheet(*, by: Person) -> str:
    """A new sheet for oneself; the old one dies. The printed code comes back once.

    Raises:
        StillShut: while what is sealed is shut, only the old sheet counts.
    """
    must_be_open(by)
    with transaction.atomic():
        end_codes(kind=SHEET, subject=about(by.pk))
        _, printed = issue_code(kind=SHEET, subject=about(by.pk))
        by.recovery_sheet_at = timezone.now()
        by.save(update_fields=["recovery_sheet_at"])
        trail.record("people:sheet:issued", by=by, about=about(by.pk))
    return printed


def use_recovery_sheet(*, by: Person, typed: str, client: str, session_key: str = "") -> str:
    """Open what is sealed at once. The sheet is used up, so a new code comes back.

    Everything somebody else may hold dies: cards, and every other session.

    Raises:
        CodeRefused: not this person's living sheet.
        TooManyTries: too many tries from one place.
    """
    row = redeem_code(kind=SHEET, typed=typed, client=client)
    if row.subject != about(by.pk):
        raise CodeRefused
    with transaction.atomic():
        for kind in (CARD, RENEWED_CARD):
            end_codes(kind=kind, subject=about(by.pk))
        end_other_sessions(by=by, but=session_key)
        by.shut_until = None
        seal_ways(by, "shut_until")
        trail.record("people:sheet:used", by=by, about=about(by.pk))
        return issue_recovery_sheet(by=by)
