"""What this room knows of a person: each field sorted, every kind exported and erased."""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from knutepunkt.people.actions import erase_people_due
from knutepunkt.people.actions.erasure import empty_account
from knutepunkt.people.models import Person
from knutepunkt.web.registers import PersonalData

PERSONAL, SENSITIVE, PLAIN = "personal", "sensitive", "plain"


def _export_person(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "handle": person.handle,
            "chosen_name": person.chosen_name,
            "email": person.email,
            "language": person.language,
            "joined_at": person.joined_at,
            "last_login": person.last_login,
            "keep_until": person.keep_until,
        }
    ]


def _rows(model: Any, *fields: str) -> Callable[[Any], list[dict[str, Any]]]:
    return lambda person: list(model.objects.filter(user=person).order_by("pk").values(*fields))


def _erase(model: Any) -> Callable[[Any], int]:
    return lambda person: int(model.objects.filter(user=person).delete()[0])


ENTRIES = [
    PersonalData(
        model="people.Person",
        holds="Name of choice, handle, perhaps e-mail, language.",
        why="So that a person can come back to what is theirs.",
        how_long="Three years after the last sign-in.",
        fields={
            "id": PLAIN, "handle": PERSONAL, "chosen_name": PERSONAL, "email": PERSONAL, "language": PLAIN,
            "password": SENSITIVE, "last_login": PERSONAL, "is_active": PLAIN, "is_demo": PLAIN,
            "joined_at": PERSONAL, "keep_until": PLAIN, "shut_until": PERSONAL, "ways_seal": SENSITIVE,
            "recovery_sheet_at": PERSONAL, "erased_at": PLAIN,
        },
        export=_export_person,
        erase=empty_account,
        due=erase_people_due,
    ),
    PersonalData(
        model="usersessions.UserSession",
        holds="Where a person is signed in: kind of device and time, no network address.",
        why="So that a person can see and end their own sessions.",
        how_long="As long as the session.",
        fields={
            "id": PLAIN, "user": PLAIN, "created_at": PERSONAL, "ip": PLAIN, "last_seen_at": PERSONAL,
            "session_key": SENSITIVE, "user_agent": PERSONAL, "data": PLAIN,
        },
        export=_rows(UserSession, "created_at", "user_agent"),
        erase=_erase(UserSession),
    ),
    PersonalData(
        model="mfa.Authenticator",
        holds="Passkeys (public part) and the sealed secret of one-time codes.",
        why="So that a person can sign in.",
        how_long="Until the person removes it.",
        fields={
            "id": PLAIN, "user": PLAIN, "type": PLAIN, "data": SENSITIVE, "created_at": PERSONAL,
            "last_used_at": PERSONAL,
        },
        export=_rows(Authenticator, "type", "created_at", "last_used_at"),
        erase=_erase(Authenticator),
    ),
    PersonalData(
        model="socialaccount.SocialAccount",
        holds="A provider's own number for a person; no claim, no national number.",
        why="So that a person can sign in through that provider.",
        how_long="Until the person removes it.",
        fields={
            "id": PLAIN, "user": PLAIN, "provider": PLAIN, "uid": PERSONAL, "last_login": PERSONAL,
            "date_joined": PERSONAL, "extra_data": PLAIN,
        },
        export=_rows(SocialAccount, "provider", "uid", "date_joined"),
        erase=_erase(SocialAccount),
    ),
    PersonalData(
        model="account.EmailAddress",
        holds="That mail to an address has been read.",
        why="Kept by the sign-in library when a code sent by e-mail is used.",
        how_long="As long as the account.",
        fields={"id": PLAIN, "user": PLAIN, "email": PERSONAL, "verified": PLAIN, "primary": PLAIN},
        export=_rows(EmailAddress, "email", "verified"),
        erase=_erase(EmailAddress),
    ),
]  # fmt: skip
