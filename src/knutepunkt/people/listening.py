"""What this room hears from Django and allauth: sign-ins, changed ways in, rows about to hold too much."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.socialaccount import signals as social
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_save

from knutepunkt.people.actions import note_sign_in, note_ways_changed
from knutepunkt.people.methods import DEVICE, device_words

NOWHERE = "0.0.0.0"  # noqa: S104 (stands for: not kept)


def _signed_in(sender: Any, user: Any, **_: Any) -> None:  # noqa: ARG001
    note_sign_in(by=user)


def _ways_changed(what: str) -> Any:
    def heard(sender: Any, request: Any, user: Any = None, **facts: Any) -> None:  # noqa: ARG001
        login = facts.get("sociallogin")
        note_ways_changed(by=user or (login.user if login else request.user), what=what)

    return heard


def keep_no_claims(sender: Any, instance: SocialAccount, **_: Any) -> None:  # noqa: ARG001
    """Whatever a provider said (a national number among it) never reaches the database."""
    instance.extra_data = {}


def keep_no_address(sender: Any, instance: UserSession, **_: Any) -> None:  # noqa: ARG001
    """A session is known by kind of device only: neither network address nor full browser mark."""
    instance.ip = NOWHERE
    if not instance.user_agent.startswith(DEVICE):
        instance.user_agent = DEVICE + device_words(instance.user_agent)


CHANGES = {
    "password": (account.password_set, account.password_changed),
    "key-added": (mfa.authenticator_added,),
    "key-removed": (mfa.authenticator_removed, mfa.authenticator_reset),
    "provider-added": (social.social_account_added, account.user_signed_up),
    "provider-removed": (social.social_account_removed,),
}


def listen() -> None:
    """Connect once, when the app is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="people.signed-in")
    pre_save.connect(keep_no_claims, sender=SocialAccount, dispatch_uid="people.no-claims")
    pre_save.connect(keep_no_address, sender=UserSession, dispatch_uid="people.no-address")
    for what, heard in CHANGES.items():
        for signal in heard:
            signal.connect(_ways_changed(what), weak=False, dispatch_uid=f"people.{what}.{id(signal)}")
