"""What is asked when a journey is brought in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knutepunkt.web.renderer import DsForm


class BringForm(DsForm):
    """The zip from another Knutepunkt."""

    file = forms.FileField(label=_("Filen du lastet ned"), help_text=_("Den heter min-vei.zip."))
