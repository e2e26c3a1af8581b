"""What is asked when somebody uses a receipt code, changes purposes or leaves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knutepunkt.consent.choices import EXPLAINED, Leaving, Purpose
from knutepunkt.web.renderer import DsForm

CODE_LIMIT = 40


class CodeForm(DsForm):
    """Types a code from a slip of paper."""

    code = forms.CharField(
        label=_("Koden på lappen"),
        max_length=CODE_LIMIT,
        help_text=_("Store eller små bokstaver, med eller uten strek."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class PurposesForm(DsForm):
    """Yes or no to each purpose, each its own question."""

    def __init__(self, *args: Any, purposes: tuple[str, ...] = tuple(Purpose.values), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value in purposes:
            purpose = Purpose(value)
            self.fields[value] = forms.BooleanField(
                label=purpose.label, help_text=EXPLAINED[purpose], required=False
            )

    def answers(self) -> dict[str, bool]:
        """Yes or no by purpose."""
        return {name: bool(value) for name, value in self.cleaned_data.items()}


class LeaveForm(DsForm):
    """How somebody leaves."""

    how = forms.ChoiceField(
        label=_("Hva skal skje med ordene dine?"), choices=Leaving.choices, widget=forms.RadioSelect
    )
