"""Reads about people: who is open, which ways in they have, their sessions."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from knutepunkt.people.models import Person
from knutepunkt.web.sealing import keyed_digest

IN_SEAL = {"secret", "credential", "seed"}


class StillShut(Exception):
    """What is sealed with the person's key stays shut: recovery sheet, or wait until `until`."""

    def __init__(self, until: Any = None) -> None:
        super().__init__(until)
        self.until = until


@dataclass(frozen=True)
class WaysIn:
    """The ways a person can sign in today."""

    password: bool
    email: bool
    totp: bool
    passkeys: int
    providers: tuple[str, ...]


def ways_seal_of(person: Person) -> str:
    """The seal that fits a person's ways in as they are in the database now. One query, for every page that opens words."""
    found: dict[int, Any] = {}
    linked: dict[int, tuple[str, str]] = {}
    own = ("authenticator", "authenticator__type", "authenticator__data")
    theirs = ("socialaccount", "socialaccount__provider", "socialaccount__uid")
    for key, kind, data, account, provider, uid in Person.objects.filter(pk=person.pk).values_list(*own, *theirs):
        if key is not None:
            found[key] = (key, kind, sorted((k, v) for k, v in data.items() if k in IN_SEAL))
        if account is not None:
            linked[account] = (provider, uid)
    keys, accounts = [found[key] for key in sorted(found)], [linked[key] for key in sorted(linked)]
    shut = person.shut_until.isoformat() if person.shut_until else ""
    parts = [person.pk, person.password, person.email or "", keys, accounts, shut]
    return keyed_digest("people.ways", "\x1e".join(str(part) for part in parts))


def seal_fits(person: Person) -> bool:
    """Whether the ways in are as the person, or an action of the house, left them."""
    return person.ways_seal == ways_seal_of(person)


def is_open(person: Person) -> bool:
    """Whether what is sealed with this person's key may be opened for the one who has signed in."""
    if person.erased_at or not person.is_active:
        return False
    in_time = person.shut_until is None or person.shut_until <= timezone.now()
    return in_time and seal_fits(person)


def open_own_words(person: Person) -> str:
    """The owner name to unseal this person's words with.

    Raises:
        StillShut: someone else has renewed a way in, and neither sheet nor seven days have opened it.
    """
    if not is_open(person):
        raise StillShut(person.shut_until)
    return person.key_owner


def ways_in_of(person: Person) -> WaysIn:
    """The ways this person can sign in. Two queries."""
    types = list(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    providers = SocialAccount.objects.filter(user=person).order_by("pk").values_list("provider", flat=True)
    return WaysIn(
        password=person.has_usable_password(),
        email=bool(person.email),
        totp=Authenticator.Type.TOTP in types,
        passkeys=types.count(Authenticator.Type.WEBAUTHN),
        providers=tuple(providers),
    )


def sessions_of(person: Person) -> list[UserSession]:
    """Where a person is signed in now, latest first."""
    rows = UserSession.objects.filter(user=person).order_by("-created_at")[:100]
    alive = set(
        Session.objects.filter(
            session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now()
        ).values_list("session_key", flat=True)
    )
    return [row for row in rows if row.session_key in alive]


def session_of(person: Person, session_id: int) -> UserSession | None:
    """One of a person's own sessions."""
    return UserSession.objects.filter(user=person, pk=session_id).first()


def demo_people() -> QuerySet[Person]:
    """The invented people of a demo hub."""
    return Person.objects.filter(is_demo=True, is_active=True).order_by("joined_at", "handle")


def person_by_email(email: str) -> Person | None:
    """The person with this address, for actions that must not say so to anybody."""
    return Person.objects.filter(email__iexact=email.strip(), is_active=True).first()


def people_by_key(keys: list[Any]) -> dict[Any, Person]:
    """People by their keys, in one query."""
    return Person.objects.in_bulk(keys)


def providers() -> list[dict[str, str]]:
    """The OpenID Connect providers of this installation, by id and name."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [{"id": app["provider_id"], "name": app.get("name") or app["provider_id"]} for app in apps]


def person_by_handle(handle: str) -> Person | None:
    """The person with exactly this handle, as printed on their own card."""
    return Person.objects.filter(handle__iexact=handle.strip(), is_active=True).first()


def provider_origins() -> list[str]:
    """Where a form may lead when somebody signs in through a provider: its address, as the operator gave it."""
    found = []
    for app in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        known = app.get("settings", {})
        for address in (known.get("server_url", ""), known.get("authorization_origin", "")):
            parts = urlsplit(address)
            if parts.scheme and parts.netloc:
                found.append(f"{parts.scheme}://{parts.netloc}")
    return found
