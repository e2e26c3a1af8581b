"""What is asked when something is shared, and when two talk."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knutepunkt.journey.choices import FELT, Part
from knutepunkt.journey.forms.notes import MARK, SCALE, line, words
from knutepunkt.journey.methods.contents import LONG
from knutepunkt.journey.methods.scales import Scale
from knutepunkt.web.fields import day
from knutepunkt.web.renderer import DsForm

LONGEST = timedelta(days=366)


class PartsForm(DsForm):
    """What is shared, and until when."""

    parts = forms.MultipleChoiceField(
        label=_("Hva kan personen se?"), choices=Part.choices, widget=forms.CheckboxSelectMultiple
    )
    until_on = day(_("Til og med"), required=True, help_text=_("Høyst ett år. Du kan forlenge."))

    def clean_until_on(self) -> Any:
        until, today = self.cleaned_data["until_on"], timezone.localdate()
        if until < today:
            raise forms.ValidationError(_("Velg en dag som ikke har vært."))
        if until > today + LONGEST:
            raise forms.ValidationError(_("Velg en dag innen ett år."))
        return until


class ShareForm(PartsForm):
    """A new share."""

    name = line(_("Hva kaller du personen?"), limit=80, required=True, help_text=_("Bare du ser dette navnet."))
    only_by_signal = forms.BooleanField(
        label=_("Bare når jeg gir signal"), required=False,
        help_text=_("Personen ser ingenting til vanlig. Når du trykker på signalet, åpnes det for en stund."),
    )  # fmt: skip
    field_order = ["name", "parts", "until_on", "only_by_signal"]


class CodeForm(DsForm):
    """The code of a link."""

    code = forms.CharField(label=_("Koden"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}))


class PactForm(DsForm):
    """What I want from my coach."""

    wants = words(_("Dette ønsker jeg fra deg"), rows=4)


class PromiseForm(DsForm):
    """What the coach promises."""

    promises = words(_("Dette lover jeg"), rows=4)


class AgendaForm(DsForm):
    """Something to talk about."""

    text = line(_("Noe jeg vil snakke om"), limit=300, required=True)
    on = day(_("Når snakker vi, hvis dere vet det"))


class NotesForm(DsForm):
    """Notes written together."""

    notes = words(_("Skriv her"), rows=6, limit=LONG)
    version = forms.IntegerField(widget=forms.HiddenInput)


class NextStepForm(DsForm):
    """A next step that belongs to one of the two."""

    text = line(_("Et lite steg"), required=True)
    who = forms.ChoiceField(label=_("Hvem gjør det?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, names: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = names  # type: ignore[attr-defined]


class SuggestForm(DsForm):
    """A suggestion to the person."""

    text = line(_("Et forslag til et mål"), required=True, help_text=_("Det blir ikke et mål før personen tar det."))
    why = words(_("Hvorfor tenker du det?"))


class FeltForm(DsForm):
    """How was this for me."""

    words = words(_("Vil du si noe med egne ord?"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scales = [Scale(key, question, less, more) for key, (question, less, more) in FELT.items()]
        for scale in self.scales:
            self.fields[f"{MARK}{scale.key}"] = forms.ChoiceField(
                label=scale.name, required=False, choices=[("", _("hopp over")), *SCALE], widget=forms.RadioSelect
            )

    def rows(self) -> list[dict[str, Any]]:
        """Each question with its places, as the page draws them."""
        return [{"scale": s, "name": f"{MARK}{s.key}", "chosen": str(self[f"{MARK}{s.key}"].value() or ""),
                 "places": [n for n, _label in SCALE]} for s in self.scales]  # fmt: skip

    def marks(self) -> dict[str, int]:
        """The marks that were set."""
        return {s.key: int(self.cleaned_data[f"{MARK}{s.key}"]) for s in self.scales if self.cleaned_data.get(f"{MARK}{s.key}")}


class SignalForm(DsForm):
    """For how long the signal is open."""

    hours = forms.TypedChoiceField(
        label=_("Hvor lenge?"), coerce=int, initial=24, widget=forms.RadioSelect,
        choices=[(6, _("seks timer")), (24, _("et døgn")), (72, _("tre døgn"))],
    )  # fmt: skip
