"""Cards on paper that sign somebody in once."""

from typing import Any

from django.db import transaction

from knutepunkt.people.actions.accounts import end_other_sessions
from knutepunkt.people.actions.shutting import shut
from knutepunkt.people.choices import CARD, RENEWED_CARD, about
from knutepunkt.people.models import Person
from knutepunkt.people.queries import is_open
from knutepunkt.web import trail
from knutepunkt.web.papercodes import CodeRefused, end_codes, issue_code, living_code, redeem_code


def _end_cards(person: Person) -> None:
    end_codes(kind=CARD, subject=about(person.pk))
    end_codes(kind=RENEWED_CARD, subject=about(person.pk))


def _has_been_here(person: Person) -> bool:
    return bool(person.last_login or person.recovery_sheet_at or person.has_usable_password() or person.email)


def issue_invitation_card(*, by: Any, person: Person) -> str:
    """A card for somebody who has not been here before; one who has gets a renewed card instead.

    The printed code comes back once. Earlier cards die.
    """
    if _has_been_here(person):
        return renew_card(by=by, person=person)
    with transaction.atomic():
        _end_cards(person)
        _, printed = issue_code(kind=CARD, subject=about(person.pk))
        trail.record("people:card:issued", by=by, about=about(person.pk))
    return printed


def issue_own_card(*, by: Person) -> str:
    """A card for oneself, for the next time. While one's words are shut it is a card that keeps them shut."""
    with transaction.atomic():
        _end_cards(by)
        kind = CARD if is_open(by) else RENEWED_CARD
        _, printed = issue_code(kind=kind, subject=about(by.pk))
        trail.record("people:card:issued", by=by, about=about(by.pk))
    return printed


def renew_card(*, by: Any, person: Person) -> str:
    """A new card, made by somebody else, for a person who has been here before.

    It signs in. What is sealed with the person's key stays shut for seven days, or until the recovery
    sheet is used; the person is told, and it stands in their access log.
    """
    with transaction.atomic():
        _end_cards(person)
        _, printed = issue_code(kind=RENEWED_CARD, subject=about(person.pk))
        shut(person, by=by, how="card")
    return printed


def redeem_card(*, typed: str, client: str) -> Person:
    """The person a card belongs to; the card is used up. A renewed card starts the seven days anew.

    Raises:
        CodeRefused: no living card, or no living account.
        TooManyTries: too many tries from one place.
    """
    kind = RENEWED_CARD if living_code(RENEWED_CARD, typed) else CARD
    row = redeem_code(kind=kind, typed=typed, client=client)
    person = Person.objects.filter(pk=row.subject.partition(":")[2], is_active=True).first()
    if person is None:
        raise CodeRefused
    with transaction.atomic():
        if kind == RENEWED_CARD:
            shut(person, by="card", how="card-used")
        trail.record("people:card:used", by=person, about=about(person.pk))
    return person


def refuse_renewal(*, by: Person, session_key: str) -> None:
    """Say that it was somebody else: cards made by others die, and every other session ends."""
    with transaction.atomic():
        _end_cards(by)
        end_other_sessions(by=by, but=session_key)
        trail.record("people:access:refused", by=by, about=about(by.pk))
