"""Forms of the frame: request, agreement, team, guide, meetings, participants."""

from functools import partial
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from knutepunkt.consent.choices import EXPLAINED, How, Purpose
from knutepunkt.inquiry.choices import MeetingForm, TeamRole
from knutepunkt.web import fields
from knutepunkt.web.fields import day, offer
from knutepunkt.web.renderer import DsForm

AnyForm = TypeVar("AnyForm", bound=forms.Form)
LONG = 4000
SHORT = 160
prose = partial(fields.prose, limit=LONG, rows=5, required=True)


class RequestForm(DsForm):
    """A service or municipality asks for an inquiry."""

    title = forms.CharField(label=_("Hva skal evalueringen hete?"), max_length=SHORT)
    commissioner = forms.TypedChoiceField(label=_("Hvem spør?"), coerce=int)
    responsible = forms.TypedChoiceField(label=_("Hvilket senter spør dere?"), coerce=int)
    request = prose(
        _("Hva vil dere vite?"), help_text=_("Skriv med egne ord. Dere blir enige om spørsmålene sammen etterpå.")
    )

    def __init__(self, *args: Any, askers: list[tuple[int, str]], centres: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "commissioner", askers)
        offer(self, "responsible", centres)


class FrameForm(DsForm):
    """What was worked out together."""

    aim = prose(_("Målet"), rows=4, required=False)
    questions = prose(_("Spørsmålene dere vil ha svar på"), rows=5, required=False, help_text=_("Ett på hver linje."))
    ownership = prose(
        _("Hvem eier hva?"), rows=4, required=False,
        help_text=_("Ordene eies av den som sa dem. Hvem eier rapporten? Hvem bestemmer hva som publiseres?"),
    )  # fmt: skip
    invitation = prose(_("Invitasjonsbrevet"), rows=8, required=False)
    invitation_plain = prose(_("Invitasjonsbrevet på lett språk"), rows=5, required=False)
    duty_told_on = day(
        _("Når fortalte dere hva en intervjuer må si videre?"),
        help_text=_("Loven sier at noen ting må sies videre, for eksempel for å hindre alvorlig vold. Folk skal vite det før de møter dere."),
    )
    listening_on = day(_("Første møte"))
    dialogue_on = day(_("Dialogkonferansen"))
    report_on = day(_("Rapporten skal være ferdig"))
    takes_input = forms.BooleanField(
        label=_("Ta imot innspill fra folk på senteret"), required=False,
        help_text=_("De skriver selv, sier ja til hva ordene kan brukes til, og blir en kode her."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class TeamMemberForm(DsForm):
    """Asks somebody into the team, by the handle on their own card."""

    handle = forms.CharField(
        label=_("Kallenavnet til den som skal med"), max_length=40,
        help_text=_("Det står på kortet, for eksempel «mild-lyng-482»."),
    )  # fmt: skip
    role = forms.ChoiceField(label=_("Oppgave"), choices=TeamRole.choices, initial=TeamRole.EVALUATOR)
    trained_on = day(_("Opplæring i metoden"))
    meetings_at_most = forms.IntegerField(
        label=_("Hvor mange møter, høyst?"), min_value=1, max_value=50, required=False,
        help_text=_("Hvor mye orker du? Tallet kan endres når som helst."),
    )  # fmt: skip


class NotForMeForm(DsForm):
    """What is not for me; only I can read it."""

    text = prose(_("Temaer som ikke er for meg"), rows=3, limit=600, required=False)


class ReferenceForm(DsForm):
    """A seat in the reference group."""

    name = forms.CharField(label=_("Navn, slik personen vil ha det"), max_length=80)
    comes_from = forms.CharField(label=_("Hvor kommer personen fra?"), max_length=120, required=False)


class GuideForm(DsForm):
    """A new version of the guide."""

    text = prose(_("Guiden"), rows=14, limit=12_000)
    plain_text = prose(_("Guiden på lett språk"), rows=8, limit=12_000, required=False)
    why = forms.CharField(label=_("Hva er nytt, og hvorfor?"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)


class MeetingFormForm(DsForm):
    """A meeting that is planned or was held."""

    label = forms.CharField(label=_("Navn på møtet"), max_length=60, help_text=_("For eksempel «Gruppe 1»."))
    form = forms.ChoiceField(label=_("Form"), choices=MeetingForm.choices)
    group = forms.CharField(
        label=_("Hvem møter vi?"), max_length=60, required=False, help_text=_("For eksempel «de som er nye».")
    )
    held_on = day(_("Dato"))


class DebriefForm(DsForm):
    """That the meeting has been talked through."""

    note = prose(
        _("Notat til deg selv"), rows=3, limit=2000, required=False,
        help_text=_("Bare du kan lese det. Du kan hoppe over dette."),
    )  # fmt: skip


class ParticipantForm(DsForm):
    """Somebody who takes part, as a code; no name is asked."""

    meeting = forms.TypedChoiceField(label=_("Møte"), coerce=int, required=False, empty_value=None)
    group = forms.CharField(label=_("Gruppe"), max_length=60, required=False)

    def __init__(self, *args: Any, meetings: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "meeting", [("", _("Ikke valgt")), *meetings])


class ConsentSheetForm(DsForm):
    """The participant's own choices, on screen or from the paper sheet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose in Purpose:
            self.fields[f"purpose_{purpose.value}"] = forms.BooleanField(
                label=purpose.label, help_text=EXPLAINED[purpose], required=False
            )
        self.fields["how"] = forms.ChoiceField(label=_("Hvordan ble det sagt?"), choices=How.choices)
        self.fields["witness_name"] = forms.CharField(
            label=_("Vitne, hvis det ble sagt muntlig"), max_length=80, required=False
        )

    def answers(self) -> dict[str, bool]:
        """Yes or no by purpose."""
        return {p.value: bool(self.cleaned_data[f"purpose_{p.value}"]) for p in Purpose}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("how") == How.SPOKEN and not cleaned.get("witness_name"):
            self.add_error("witness_name", _("Skriv hvem som hørte det."))
        return cleaned


class ThanksForm(DsForm):
    """A fee or gift, receipted without a name."""

    what = forms.CharField(label=_("Hva ble gitt?"), max_length=60, help_text=_("For eksempel «gavekort»."))
    kroner = forms.IntegerField(label=_("Kroner"), min_value=0, max_value=100_000)
    given_on = day(_("Dato"), required=True)
