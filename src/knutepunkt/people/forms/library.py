"""allauth's forms with our words: what is asked, in the three languages of the house."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as keys
from django.utils.translation import gettext_lazy as _

from knutepunkt.web.renderer import DsFormMixin

Words = dict[str, tuple[Any, Any]]
CODE: Words = {"code": (_("Kode"), _("Seks tegn. Koden virker i noen minutter."))}


class Worded(DsFormMixin):
    """Label and help for each field; placeholders are left out, for they vanish when one writes."""

    words: Words = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]
        self._bound_fields_cache.clear()  # type: ignore[attr-defined]  # made before the words were changed


class RequestCode(Worded, account.RequestLoginCodeForm):
    """Where to send a code."""

    words: Words = {"email": (_("E-post"), _("Adressen du har lagt inn på kontoen din."))}


class ConfirmCode(Worded, account.ConfirmLoginCodeForm):
    """The code from the mail."""

    words = CODE


class ChangePassword(Worded, account.ChangePasswordForm):
    """Old and new password."""

    words: Words = {
        "oldpassword": (_("Passordet du har nå"), ""),
        "password1": (
            _("Nytt passord"),
            _("Minst 12 tegn. Tre eller fire ord etter hverandre er lett å huske."),
        ),
        "password2": (_("Nytt passord en gang til"), ""),
    }


class Reauthenticate(Worded, account.ReauthenticateForm):
    """The password once more."""

    words: Words = {"password": (_("Passord"), "")}


class Authenticate(Worded, mfa.AuthenticateForm):
    """The code from an app, at sign-in."""

    words: Words = {"code": (_("Kode"), _("Koden fra appen, eller en av reservekodene dine."))}


class ReauthenticateByCode(Worded, mfa.ReauthenticateForm):
    """The code from an app, once more."""

    words = Authenticate.words


class ActivateTotp(Worded, totp.ActivateTOTPForm):
    """The first code from an app."""

    words: Words = {"code": (_("Kode fra appen"), _("Seks sifre."))}


class AddKey(Worded, keys.AddWebAuthnForm):
    """A new passkey."""

    words: Words = {
        "name": (_("Navn på nøkkelen"), _("For eksempel telefonen min.")),
        "passwordless": (
            _("Logg inn med bare denne nøkkelen"),
            _("Da trenger du ikke passord. Enheten spør om finger, ansikt eller PIN."),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.initial["name"] = ""


class EditKey(Worded, keys.EditWebAuthnForm):
    """Another name for a passkey."""

    words: Words = {"name": (_("Navn på nøkkelen"), "")}
