"""What is asked about proposals: made, remarked on, moved, decided, hidden, tried."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knutepunkt.meetingplace.choices.voice import LARGEST_SOUND, UNDECIDED, Ground, Outcome, Remark, State
from knutepunkt.meetingplace.forms.speaking import BoundedFile, OpenForm, picture_field
from knutepunkt.web import fields
from knutepunkt.web.fields import OnceForm, day, line, offer, tick
from knutepunkt.web.renderer import DsForm

prose = partial(fields.prose, limit=4000)


class FirstWordsForm(DsForm):
    """The first words of a proposal, so that like ones can be shown."""

    title = line(_("Hva vil du foreslå?"), help_text=_("Noen få ord. Du kan hoppe over dette og snakke inn eller vise et bilde."))


class ProposalForm(OpenForm):
    """A proposal in words, as a picture or as sound."""

    title = line(_("Forslaget med få ord"))
    text = prose(_("Fortell mer"), rows=5)
    picture = picture_field()
    picture_says = line(_("Hva viser bildet?"), limit=200, help_text=_("For dem som får siden lest opp."))
    sound = BoundedFile(
        label=_("Si det med stemmen"), max_bytes=LARGEST_SOUND, extensions=("mp3", "wav", "ogg", "oga", "opus", "webm", "weba", "m4a", "mp4"),
        help_text=_("Ta opp her, eller velg en lydfil. Inntil fem minutter. Alle kan høre stemmen din."),
    )  # fmt: skip
    sound_says = prose(_("Hva sier du i opptaket?"), rows=3, limit=2000, help_text=_("For dem som ikke hører. Du kan hoppe over det."))
    author_name = line(_("Hva vil du bli kalt?"), limit=80)
    shows_name = tick(_("Alle kan se navnet mitt"))
    stays = tick(_("Forslaget kan bli stående om jeg sletter kontoen min"), initial=True,
                 help_text=_("Da står det uten navn, bilde og lyd."))  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sound"].widget.attrs |= {
            "data-record": _("Ta opp"), "data-record-stop": _("Stopp opptaket"), "data-record-done": _("Opptaket er klart."),
            "data-record-refused": _("Vi fikk ikke bruke mikrofonen."),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Something must be said, one way or another."""
        data = super().clean()
        if not self.errors and not any(data.get(name) for name in ("title", "text", "picture", "sound")):
            raise forms.ValidationError(_("Skriv noe, snakk inn noe, eller legg ved et bilde."))
        return data


class SlipForm(OnceForm):
    """A host types in a slip from the box."""

    title = line(_("Forslaget med få ord"))
    text = prose(_("Det som står på lappen"), rows=5, help_text=_("Skriv det slik det står. Ikke rett på det."))
    picture = picture_field()
    picture_says = line(_("Hva viser bildet?"), limit=200)
    author_name = line(_("Navn på lappen"), limit=80, help_text=_("La det stå tomt hvis det ikke står noe."))
    shows_name = tick(_("Den som skrev, vil at alle ser navnet"))

    def clean(self) -> dict[str, Any]:
        """Something must stand on the slip."""
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in ("title", "text", "picture")):
            raise forms.ValidationError(_("Skriv noe, eller legg ved et bilde av lappen."))
        return data


class RemarkForm(OpenForm):
    """Somebody says or asks something."""

    kind = forms.ChoiceField(label=_("Hva slags?"), choices=Remark.choices, widget=forms.RadioSelect, initial=Remark.COMMENT)
    text = prose(_("Hva vil du si?"), limit=1500, rows=3, required=True)


class CardForm(DsForm):
    """A card for somebody without an account."""

    name = line(_("Hva vil den som får kortet, bli kalt?"), limit=80, help_text=_("Kan stå tomt."))


class CodeForm(DsForm):
    """Types a code from a card, a slip or a voting card."""

    code = forms.CharField(
        label=_("Koden på kortet eller lappen"), max_length=40, help_text=_("Store eller små bokstaver, med eller uten strek."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class MoveForm(DsForm):
    """Where a proposal goes next, before it is decided."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("Hva skjer med forslaget nå?"), widget=forms.RadioSelect)
    meeting = forms.TypedChoiceField(label=_("Hvilket husmøte?"), coerce=int, required=False, empty_value=None)
    note = prose(_("Noen ord til den som foreslo"), limit=1000, rows=3, help_text=_("Alle kan se dette."))

    def __init__(self, *args: Any, now: str, meetings: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "state", [(s, State(s).label.capitalize()) for s in UNDECIDED if s not in (now, State.NEW)])
        offer(self, "meeting", [("", _("Ikke bestemt ennå")), *meetings])


class DecideForm(DsForm):
    """What was decided, why, and what happens now."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("Hva ble bestemt?"), choices=Outcome.choices, widget=forms.RadioSelect)
    reason = prose(_("Hvorfor?"), limit=2000, rows=4, required=True, help_text=_("Skriv med vanlige ord. Alle kan se dette."))
    doer = line(_("Hvem gjør det?"), help_text=_("Bare ved ja. Et navn personen selv vil ha der, eller en gruppe."))
    do_by = day(_("Når er det gjort?"))
    strongest_concern = prose(_("Hva var den sterkeste bekymringen?"), limit=1000, rows=3)
    concern_met = prose(_("Hvordan ble den møtt?"), limit=1000, rows=3)
    look_again_on = day(_("Når ser dere på det igjen?"))
    meeting = forms.TypedChoiceField(label=_("På hvilket husmøte?"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, meetings: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "meeting", [("", _("Ikke på et husmøte")), *meetings])

    def clean(self) -> dict[str, Any]:
        """A yes says who does it and by when."""
        data = super().clean() or {}
        if data.get("outcome") in (Outcome.YES, Outcome.CHANGED):
            if not data.get("doer"):
                self.add_error("doer", _("Skriv hvem som gjør det, så folk vet hvem de kan spørre."))
            if not data.get("do_by"):
                self.add_error("do_by", _("Velg en dag. Den kan flyttes siden."))
        return data


class DoneForm(DsForm):
    """It is done."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    says = prose(_("Hva ble gjort?"), limit=1000, rows=3, help_text=_("Alle kan se dette."))


class AgainForm(DsForm):
    """A decision is taken up again."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = prose(_("Hvorfor tar dere det opp igjen?"), limit=1000, rows=3, required=True)


class HideForm(DsForm):
    """Why something is hidden."""

    ground = forms.ChoiceField(label=_("Hvilken regel gjelder det?"), choices=Ground.choices, widget=forms.RadioSelect)
    reason = prose(_("Forklar med vanlige ord"), limit=600, rows=3, required=True, help_text=_("Den som skrev det, får se dette."))


class AppealForm(DsForm):
    """The author asks somebody else to look."""

    text = prose(_("Hvorfor bør det vises?"), limit=1000, rows=4, required=True)


class JudgeForm(DsForm):
    """Another host decides."""

    stands = forms.TypedChoiceField(
        label=_("Hva bestemmer du?"), coerce=lambda value: value == "1", widget=forms.RadioSelect,
        choices=[("0", _("Vis det igjen")), ("1", _("Det skal være skjult"))],
    )  # fmt: skip
    answer = prose(_("Hvorfor?"), limit=1000, rows=3, required=True, help_text=_("Den som skrev det, får se dette."))


class OwnForm(DsForm):
    """The author's wishes for a proposal."""

    shows_name = tick(_("Alle kan se navnet mitt"))
    stays = tick(_("Forslaget kan bli stående om jeg sletter kontoen min"))
