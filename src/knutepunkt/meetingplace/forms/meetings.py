"""What is asked about house meetings: called, what to talk of, what was said."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knutepunkt.events.choices import OSLO
from knutepunkt.meetingplace.forms.speaking import OpenForm
from knutepunkt.web import fields
from knutepunkt.web.fields import OnceForm, day, line, offer
from knutepunkt.web.renderer import ClockInput, DsForm

prose = partial(fields.prose, limit=4000)


class MeetingForm(OnceForm):
    """A house meeting is called."""

    on = day(_("Dag"), required=True)
    clock = forms.TimeField(label=_("Klokka"), widget=ClockInput(), initial="12:00")
    where = line(_("Hvor?"))

    def starts_at(self) -> datetime:
        """The moment in Oslo."""
        return datetime.combine(self.cleaned_data["on"], self.cleaned_data["clock"], OSLO)

    def clean_on(self) -> Any:
        """Within a year, either way."""
        found = self.cleaned_data["on"]
        if abs(found - timezone.localdate()) > timedelta(days=366):
            raise forms.ValidationError(_("Velg en dag nærmere i dag."))
        return found


class ItemForm(OpenForm):
    """Something for the agenda."""

    title = line(_("Hva vil du snakke om på husmøtet?"), required=True)
    text = prose(_("Vil du si mer?"), limit=1500, rows=3)


class PaperItemForm(OnceForm):
    """Something from a paper, or a proposal, for the agenda."""

    proposal = forms.TypedChoiceField(label=_("Et forslag"), coerce=int, required=False, empty_value=None)
    title = line(_("Eller noe fra en lapp"))
    author_name = line(_("Navn på lappen"), limit=80, help_text=_("Bare hvis den som skrev, vil det."))

    def __init__(self, *args: Any, proposals: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "proposal", [("", _("Velg et forslag")), *proposals])

    def clean(self) -> dict[str, Any]:
        """One or the other."""
        data = super().clean() or {}
        if not self.errors and not (data.get("proposal") or data.get("title")):
            raise forms.ValidationError(_("Velg et forslag, eller skriv hva lappen sier."))
        return data


class MinutesForm(DsForm):
    """The minutes, in plain words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    came = forms.IntegerField(label=_("Hvor mange kom?"), min_value=0, max_value=1000, required=False)
    minutes = prose(_("Kort fortalt"), limit=6000, rows=6, help_text=_("Korte setninger. Ikke skriv hvem som sa hva."))


class ItemMinutesForm(DsForm):
    """What was said about one thing."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    said = prose(_("Hva ble sagt?"), limit=3000, rows=4)
    decided = prose(_("Hva ble vi enige om?"), limit=1500, rows=3)


class TaskForm(OnceForm):
    """Somebody takes something on."""

    what = line(_("Hva skal gjøres?"), limit=200, required=True)
    who = line(_("Hvem tok det på seg?"), limit=80, required=True, help_text=_("Et navn personen selv vil ha på veggen."))
    by_date = day(_("Innen når?"))


class ChairForm(DsForm):
    """Who chairs."""

    person = forms.ChoiceField(label=_("Hvem leder møtet?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", people)
