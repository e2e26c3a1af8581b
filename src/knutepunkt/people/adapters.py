"""How allauth meets our person: handles, no national numbers, nothing said of which accounts exist."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from knutepunkt.people.actions import make_person
from knutepunkt.web.sealing import seal_text, unseal_text

YEAR = 60 * 60 * 24 * 365
SECRETS = "people:mfa"


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up through allauth's form; every kind of sign-in ends in the same place."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return str(self._address("people:account"))

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """The person's language follows them; who has no recovery sheet yet is welcomed first."""
        response = super().post_login(request, user, **kwargs)
        if user.recovery_sheet_at is None and not user.is_demo:
            location = redirect("people:welcome")["Location"]
            response["Location"] = location
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, max_age=YEAR, samesite="Lax")
        return response

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "enter_current_password": _("Dette er ikke passordet du har nå."),
        "incorrect_password": _("Dette er ikke passordet ditt. Prøv igjen."),
        "incorrect_code": _("Koden passer ikke. Se etter om du skrev den riktig, eller be om en ny."),
        "rate_limited": _("Det er prøvd mange ganger på kort tid. Vent litt, og prøv igjen."),
        "too_many_login_attempts": _("Det er prøvd mange ganger på kort tid. Vent litt, og prøv igjen."),
        "same_as_current": _("Det nye må være noe annet enn det du har nå."),
    }
    said = {
        "account/messages/password_changed.txt": _("Passordet er byttet."),
        "mfa/messages/totp_activated.txt": _("Koden fra appen er slått på."),
        "mfa/messages/totp_deactivated.txt": _("Koden fra appen er slått av."),
        "mfa/messages/webauthn_added.txt": _("Passnøkkelen er lagret."),
        "mfa/messages/webauthn_removed.txt": _("Passnøkkelen er fjernet."),
        "mfa/messages/recovery_codes_generated.txt": _(
            "Du har nye reservekoder. De gamle virker ikke lenger."
        ),
        "socialaccount/messages/account_connected.txt": _("Nå kan du logge inn på denne måten også."),
        "socialaccount/messages/account_disconnected.txt": _("Denne måten å logge inn på er fjernet."),
    }

    def add_message(  # noqa: PLR0917 (the shape of the one it replaces)
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        words = message or self.said.get(message_template or "")
        if words:
            messages.add_message(request, level, str(words), extra_tags=extra_tags)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Our own notices tell what happened; a mail with device and address would say too much."""

    @staticmethod
    def _address(name: str) -> str:
        return redirect(name)["Location"]


class SocialAdapter(DefaultSocialAccountAdapter):
    """OpenID Connect: keeps provider and subject, throws every claim away before it is stored."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        return True

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        return True

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:  # noqa: ARG002
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:  # noqa: ARG002
        sociallogin.account.extra_data = {}
        sociallogin.email_addresses = []
        sociallogin.token = None
        if sociallogin.account.pk:
            SocialAccount.objects.filter(pk=sociallogin.account.pk).update(extra_data={})

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Any:  # noqa: ARG002
        """A new account in the language the page was read in; the name is chosen afterwards."""
        person = make_person(by=f"oidc:{sociallogin.account.provider}", language=(get_language() or "nb")[:2])
        sociallogin.user = person
        sociallogin.account.extra_data = {}
        sociallogin.save(request)
        return person


class KeysAdapter(DefaultMFAAdapter):
    """Passkeys and one-time codes carry the handle, never a name or an address."""

    def get_totp_label(self, user: Any) -> str:
        return str(user.handle)

    def get_totp_issuer(self) -> str:
        return str(settings.INSTALLATION_NAME)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity = super().get_public_key_credential_rp_entity()
        return {**entity, "name": settings.INSTALLATION_NAME}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """See `AccountAdapter.send_notification_mail`."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Koden passer ikke. Vent på neste kode i appen, og prøv igjen."),
    }

    def encrypt(self, text: str) -> str:
        """Secrets of one-time codes lie sealed, with a key in the key store."""
        return base64.b64encode(seal_text(SECRETS, "mfa", text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal_text(SECRETS, "mfa", base64.b64decode(encrypted_text))
