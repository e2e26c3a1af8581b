"""What the front door asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knutepunkt.web.renderer import DsForm


class WhereForm(DsForm):
    """Where somebody lives; answered by the page over places."""

    q = forms.CharField(
        label=_("Hvor bor du?"),
        help_text=_(
            "Skriv navnet på en kommune, en bydel eller et senter. Norsk, samisk og kvensk går like bra."
        ),
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "address-level2"}),
    )
