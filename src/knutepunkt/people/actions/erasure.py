"""Erasing a person: the key first, so that backups go dark; then what is here; then a job for the rest."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone

from knutepunkt.people.actions.accounts import end_other_sessions
from knutepunkt.people.actions.shutting import must_be_open
from knutepunkt.people.choices import CARD, RENEWED_CARD, SHEET, about
from knutepunkt.people.models import Person
from knutepunkt.web import trail
from knutepunkt.web.jobs import queue_job
from knutepunkt.web.keystore.models import Gone
from knutepunkt.web.models import Notice
from knutepunkt.web.papercodes import end_codes
from knutepunkt.web.sealing import destroy_key

ERASED = "people.person"


def erase_person(*, by: Any, person: Person) -> None:
    """Erase an account for good. A person erases their own; a job those whose time is out.

    Raises:
        StillShut: while it is uncertain whether the one signed in is the owner.
    """
    if by == person:
        must_be_open(person)
    destroy_key(person.key_owner, owner_is_gone=True)
    Gone.objects.get_or_create(what=ERASED, key=str(person.pk))
    with transaction.atomic():
        empty_account(person)
        trail.forget_actor(str(person.pk))
        trail.record("people:person:erased", by="self" if by == person else "job", about=about(person.pk))
        queue_job("people.finish_erasure", person=str(person.pk))


def empty_account(person: Person) -> int:
    """Empty the row and take away every way in. The row stays, so that what others own keeps its shape."""
    end_other_sessions(by=person)
    for kind in (CARD, RENEWED_CARD, SHEET):
        end_codes(kind=kind, subject=about(person.pk))
    for model in (Authenticator, SocialAccount, EmailAddress):
        model.objects.filter(user=person).delete()
    Notice.objects.filter(recipient=person.pk).delete()
    person.handle, person.chosen_name = f"slettet-{person.pk.hex[:16]}", trail.FORMER
    person.email, person.is_active, person.ways_seal = None, False, ""
    person.shut_until = person.recovery_sheet_at = person.last_login = person.keep_until = None
    person.language, person.erased_at = "nb", person.erased_at or timezone.now()
    person.set_unusable_password()
    person.save()
    return 1


def erase_people_due() -> int:
    """Erase accounts nobody has used for so long that their time is out. Returns how many."""
    due = Person.objects.filter(keep_until__lt=timezone.localdate(), erased_at=None, is_demo=False)
    people = list(due.order_by("keep_until")[:200])
    for person in people:
        erase_person(by="job", person=person)
    return len(people)


def replay_erasures() -> int:
    """After a restore: erase again the people whom the key store knows as erased. Returns how many."""
    keys = Gone.objects.filter(what=ERASED).values_list("key", flat=True)
    people = list(Person.objects.filter(pk__in=list(keys), erased_at=None))
    for person in people:
        erase_person(by="restore", person=person)
    return len(people)
