"""Accounts: making one, signing in, name, e-mail, password, sessions."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

from knutepunkt.people import queries
from knutepunkt.people.actions.shutting import must_be_open, seal_ways, shut
from knutepunkt.people.choices import KEEP_FOR, about
from knutepunkt.people.methods import nature_handle
from knutepunkt.people.models import Person
from knutepunkt.web import trail
from knutepunkt.web.sealing import make_key

TRIES_FOR_A_HANDLE = 40


class EmailTaken(Exception):
    """The address belongs to another account. Only told to the one who reads mail at that address."""


def free_handle() -> str:
    """A handle nobody has."""
    for _ in range(TRIES_FOR_A_HANDLE):
        handle = nature_handle()
        if not Person.objects.filter(handle__iexact=handle).exists():
            return handle
    return f"{nature_handle()}-{timezone.now():%f}"


def make_person(
    *,
    by: Any,
    chosen_name: str = "",
    language: str = "nb",
    email: str | None = None,
    handle: str = "",
    is_demo: bool = False,
) -> Person:
    """Make an account with a handle of the house's making and a key of its own. Nobody can sign in yet.

    Without a chosen name the handle stands in its place.
    """
    handle = handle or free_handle()
    with transaction.atomic():
        person = Person(
            handle=handle,
            chosen_name=chosen_name.strip() or handle,
            language=language,
            email=email.strip().lower() if email else None,
            keep_until=timezone.localdate() + KEEP_FOR,
            is_demo=is_demo,
        )
        person.set_unusable_password()
        person.save()
        seal_ways(person)
        make_key(person.key_owner)
        trail.record("people:person:made", by=by, about=about(person.pk))
    return person


def note_sign_in(*, by: Person) -> None:
    """At each sign-in: keep the account longer, and shut it if a way in was changed past the house's actions."""
    with transaction.atomic():
        by.keep_until = timezone.localdate() + KEEP_FOR
        by.save(update_fields=["keep_until"])
        if not queries.seal_fits(by):
            shut(by, by="unknown", how="outside")


def note_ways_changed(*, by: Person, what: str) -> None:
    """The signed-in person has changed a way in on their own pages: the seal follows."""
    with transaction.atomic():
        by.refresh_from_db()
        seal_ways(by)
        trail.record("people:ways:changed", by=by, about=about(by.pk), what=what)


def rename(*, by: Person, person: Person, chosen_name: str, language: str) -> Person:
    """Choose another name and language."""
    with transaction.atomic():
        person.chosen_name, person.language = chosen_name.strip(), language
        person.save(update_fields=["chosen_name", "language"])
        trail.record("people:person:renamed", by=by, about=about(person.pk))
    return person


def change_email(*, by: Person, email: str | None) -> Person:
    """Set or remove one's own address, after it has been shown that mail to it is read.

    Raises:
        StillShut: while what is sealed is shut.
        EmailTaken: another account has it.
    """
    must_be_open(by)
    try:
        with transaction.atomic():
            by.email = email.strip().lower() if email else None
            seal_ways(by, "email")
            trail.record("people:email:changed", by=by, about=about(by.pk))
    except IntegrityError as error:
        raise EmailTaken from error
    return by


def choose_password(*, by: Person, password: str) -> Person:
    """Set one's own password.

    Raises:
        StillShut: while what is sealed is shut.
    """
    must_be_open(by)
    with transaction.atomic():
        by.set_password(password)
        seal_ways(by, "password")
        trail.record("people:password:chosen", by=by, about=about(by.pk))
    return by


def end_session(*, by: Person, session: UserSession) -> None:
    """Sign out one of one's own devices."""
    with transaction.atomic():
        Session.objects.filter(session_key=session.session_key).delete()
        session.delete()
        trail.record("people:session:ended", by=by, about=about(by.pk))


def end_other_sessions(*, by: Person, but: str = "") -> int:
    """Sign out everywhere except in the session named. Returns how many."""
    with transaction.atomic():
        rows = UserSession.objects.filter(user=by).exclude(session_key=but)
        keys = list(rows.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        rows.delete()
        trail.record("people:session:ended-others", by=by, about=about(by.pk), count=len(keys))
    return len(keys)
