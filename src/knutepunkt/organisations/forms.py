"""What is asked about places and roles."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knutepunkt.organisations.actions import UnknownNumber, check_organisation_number
from knutepunkt.organisations.choices import Role
from knutepunkt.web.renderer import DsForm


class FindForm(DsForm):
    """Where somebody lives, in any of the place's languages."""

    q = forms.CharField(
        label=_("Hvor bor du?"),
        help_text=_(
            "Skriv navnet på en kommune, en bydel eller et senter. Norsk, samisk og kvensk går like bra."
        ),
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "address-level2"}),
    )


class InviteForm(DsForm):
    """Somebody new, and what they will be here."""

    role = forms.ChoiceField(label=_("Rolle"), choices=Role.choices)
    has_account = forms.BooleanField(
        label=_("Personen har konto fra før"),
        help_text=_(
            "Da lager vi en kode som bare gir rollen. Ellers lager vi et kort som også åpner en ny konto."
        ),
        required=False,
    )
    chosen_name = forms.CharField(
        label=_("Navn"),
        help_text=_("Det personen vil bli kalt. Personen kan endre det selv."),
        max_length=80,
        required=False,
    )


class CodeForm(DsForm):
    """A code that gives a role."""

    code = forms.CharField(
        label=_("Kode"),
        help_text=_("Skriv koden som den står på arket."),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false",
                   "data-from-address": ""}
        ),
    )  # fmt: skip


class OrganisationNumberField(forms.CharField):
    """Nine digits whose check digit fits; empty is allowed where the field is."""

    def clean(self, value: object) -> str:
        cleaned = super().clean(value)
        try:
            return check_organisation_number(cleaned)
        except UnknownNumber:
            raise forms.ValidationError(
                _(
                    "Dette er ikke et organisasjonsnummer. Det har ni sifre, og det siste må stemme med de andre."
                )
            ) from None


class PlaceForm(DsForm):
    """What a coordinator says about their own place."""

    about = forms.CharField(
        label=_("Om stedet"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    place = forms.CharField(label=_("Sted"), max_length=80, required=False)
    website = forms.URLField(label=_("Nettsted"), max_length=200, required=False, assume_scheme="https")
    organisation_number = OrganisationNumberField(
        label=_("Organisasjonsnummer"), help_text=_("Ni sifre."), max_length=20, required=False
    )
