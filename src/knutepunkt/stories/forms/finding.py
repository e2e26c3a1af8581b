"""What is asked of a reader."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knutepunkt.stories.choices.finding import Reason
from knutepunkt.web.renderer import DsForm


class ReportForm(DsForm):
    """What is wrong with something in the library; no words of anybody, so that nobody's story is told twice."""

    reason = forms.ChoiceField(label=_("Hva gjelder det?"), choices=Reason.choices, widget=forms.RadioSelect)
