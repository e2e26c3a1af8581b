"""What is asked about an account."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from knutepunkt.web.renderer import DsForm

CODE_LENGTH = 60


class PasswordSignIn(DsForm):
    """Handle or e-mail, and password."""

    login = forms.CharField(
        label=_("Kallenavn eller e-post"),
        help_text=_("Kallenavnet står på kortet ditt, for eksempel mild-lyng-482."),
        max_length=119,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Passord"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(DsForm):
    """A code from a card or a sheet of paper."""

    code = forms.CharField(
        label=_("Kode"),
        help_text=_("Skriv koden som den står på arket. Store og små bokstaver er like gode."),
        max_length=CODE_LENGTH,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false",
                   "data-from-address": ""}
        ),
    )  # fmt: skip


class NameForm(DsForm):
    """What a person is called here, and in which language."""

    chosen_name = forms.CharField(
        label=_("Hva vil du bli kalt?"),
        help_text=_("Et fornavn, et kallenavn eller noe annet. Flere kan hete det samme."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    language = forms.ChoiceField(label=_("Språk"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class EmailForm(DsForm):
    """One's own address. Empty removes it."""

    email = forms.EmailField(
        label=_("E-post"),
        help_text=_("Du kan la feltet stå tomt. Da får du ingen e-post fra oss."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class PasswordForm(DsForm):
    """A first password, at the welcome page."""

    password = forms.CharField(
        label=_("Passord"),
        help_text=_("Minst 12 tegn. Tre eller fire ord etter hverandre er lett å huske."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.person)
        return password


class EraseForm(DsForm):
    """Said twice, since it cannot be undone."""

    sure = forms.BooleanField(label=_("Ja, slett kontoen min. Jeg vet at det ikke kan angres."))
