"""Forms of the work itself: sources, codes, findings, dialogue, report, promises."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knutepunkt.inquiry.choices import (
    CODE_NAME_LIMIT,
    PROSE_LIMIT,
    STATEMENT_LIMIT,
    WORDS_LIMIT,
    Noticing,
    Outcome,
    Progress,
    PromiseAnswer,
    Recognition,
)
from knutepunkt.inquiry.forms.frame import prose
from knutepunkt.inquiry.models import FindingResponse
from knutepunkt.web.documents import Limits
from knutepunkt.web.fields import day, offer
from knutepunkt.web.renderer import DsForm


class ManyFiles(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is judged by what it holds, when it is read."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        chosen = [super(FilesField, self).clean(one, initial) for one in files if one is not None]
        if not chosen:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return chosen


class UploadForm(DsForm):
    """Many files at once."""

    documents = FilesField(
        label=_("Filer"), widget=ManyFiles(), allow_empty_file=True,
        help_text=_("Word, OpenDocument, PDF, RTF, ren tekst, WebVTT og SRT. Du kan velge mange. Høyst %(mb)s MB hver.")
        % {"mb": Limits().megabytes},
    )  # fmt: skip
    keep_original = forms.BooleanField(
        label=_("Ta vare på filen slik den er"), required=False,
        help_text=_("Den låses med egen nøkkel. Ellers slettes den når kilden er lagret."),
    )  # fmt: skip


class TypedForm(DsForm):
    """Text that is typed or pasted in; many meetings are not recorded."""

    text = forms.CharField(
        label=_("Teksten"), max_length=2_000_000, widget=forms.Textarea(attrs={"rows": "14"}),
        help_text=_("Skriv gjerne hvem som snakker først på linjen, for eksempel «I:» og «D1:»."),
    )  # fmt: skip


class DraftForm(DsForm):
    """Who speaks, where it was said, and words that must go although the pass did not find them."""

    meeting = forms.TypedChoiceField(label=_("Hvor ble det sagt?"), coerce=int, required=False, empty_value=None)
    extra = forms.CharField(
        label=_("Flere ord som skal byttes ut"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": "3"}), help_text=_("Ett på hver linje. Ta med navn du ser at vi ikke fant."),
    )  # fmt: skip
    keep_original = forms.BooleanField(label=_("Ta vare på filen slik den er, låst"), required=False)

    def __init__(
        self, *args: Any, meetings: list[tuple[int, str]], labels: list[tuple[str, str]],
        speakers: list[tuple[str, str]], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        offer(self, "meeting", [("", _("Ikke valgt")), *meetings])
        self.labels = [label for label, _hint in labels]
        for number, (label, hint) in enumerate(labels):
            self.fields[f"speaker_{number}"] = forms.ChoiceField(
                label=_("Hvem er «%(label)s»?") % {"label": label} if label else _("Hvem har sagt dette?"), choices=speakers, help_text=hint
            )

    def extra_words(self) -> list[str]:
        """The words on the lines, without empty ones."""
        return [line.strip() for line in self.cleaned_data["extra"].splitlines() if line.strip()]


class TurnForm(DsForm):
    """Corrects the words of a turn."""

    text = forms.CharField(label=_("Ordene"), max_length=200_000, widget=forms.Textarea(attrs={"rows": "6"}))
    version = forms.IntegerField(widget=forms.HiddenInput)


class CodeForm(DsForm):
    """A code of the team's own."""

    name = forms.CharField(label=_("Navn på koden"), max_length=CODE_NAME_LIMIT)
    parent = forms.TypedChoiceField(label=_("Under"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, codes: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parent", [("", _("Øverst")), *codes])


class CodeChangeForm(CodeForm):
    """Renames, recolours or moves a code."""

    colour = forms.TypedChoiceField(label=_("Farge"), coerce=int, choices=[(n, str(n)) for n in range(1, 9)])


class MergeForm(DsForm):
    """Lets a code go up in another."""

    into = forms.TypedChoiceField(label=_("Slå sammen med"), coerce=int)

    def __init__(self, *args: Any, codes: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "into", codes)


class MemoForm(DsForm):
    """A thought of the team."""

    text = prose(_("Notat"), rows=3, limit=WORDS_LIMIT)


class FindingForm(DsForm):
    """A finding in words."""

    statement = forms.CharField(
        label=_("Funnet, i én setning"), max_length=STATEMENT_LIMIT, widget=forms.Textarea(attrs={"rows": "3"})
    )
    explanation = prose(_("Hva ligger bak?"), rows=6, limit=PROSE_LIMIT, required=False)
    plain = forms.CharField(
        label=_("Funnet på lett språk"), max_length=STATEMENT_LIMIT, required=False,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)


class AskForm(DsForm):
    """Until when participants may answer."""

    answers_by = day(_("Svar innen"), required=True, help_text=_("Gi folk god tid. To uker er vanlig."))


class ResponseForm(DsForm):
    """What a participant says to a finding."""

    answer = forms.ChoiceField(label=_("Kjenner du deg igjen?"), choices=Recognition.choices, widget=forms.RadioSelect)
    words = prose(_("Vil du si mer?"), rows=3, limit=WORDS_LIMIT, required=False, help_text=_("Du kan hoppe over dette."))


class WriteDownForm(DsForm):
    """What a participant without a device says at the dialogue, finding by finding."""

    def __init__(self, *args: Any, findings: list[tuple[int, str, FindingResponse | None]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = [number for number, _statement, _known in findings]
        for number, statement, known in findings:
            self.fields[f"answer_{number}"] = forms.ChoiceField(
                label=f"{number}. {statement}", choices=[*Recognition.choices, ("", _("ikke svart"))], required=False,
                widget=forms.RadioSelect, initial=known.answer if known else "",
            )  # fmt: skip
            self.fields[f"words_{number}"] = prose(
                _("Med personens egne ord"), rows=2, limit=WORDS_LIMIT, required=False
            )
            self.fields[f"words_{number}"].initial = known.words if known else ""

    def answers(self) -> dict[int, tuple[str, str]]:
        """(answer, words) by number, for those that are answered."""
        data = self.cleaned_data
        pairs = {n: (data[f"answer_{n}"], data[f"words_{n}"]) for n in self.numbers}
        return {n: pair for n, pair in pairs.items() if pair[0]}


class MissingForm(DsForm):
    """What a participant misses."""

    words = prose(_("Er det noe som mangler?"), rows=4, limit=WORDS_LIMIT, required=False)


class StrikeForm(DsForm):
    """Words a participant strikes out in an own turn."""

    words = forms.CharField(label=_("Ordene du vil stryke"), max_length=WORDS_LIMIT, widget=forms.Textarea(attrs={"rows": "3"}),
                            help_text=_("Skriv eller lim inn ordene nøyaktig slik de står."))  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(DsForm):
    """The service's answer to a finding."""

    text = prose(_("Svaret fra tjenesten"), rows=4, limit=WORDS_LIMIT)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)


class OutcomeForm(DsForm):
    """What the dialogue made of a finding."""

    outcome = forms.ChoiceField(
        label=_("Hva kom dere fram til?"), choices=[c for c in Outcome.choices if c[0]], widget=forms.RadioSelect
    )
    note = prose(_("Med egne ord"), rows=3, limit=WORDS_LIMIT, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReportForm(DsForm):
    """Title and easy-read summary."""

    title = forms.CharField(label=_("Tittel"), max_length=160)
    easy_read = prose(
        _("Kort fortalt, på lett språk"), rows=6, limit=WORDS_LIMIT * 2, required=False,
        help_text=_("Korte setninger. Vanlige ord."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class SectionForm(DsForm):
    """A section of prose."""

    heading = forms.CharField(label=_("Overskrift"), max_length=120)
    body = prose(_("Tekst"), rows=10, limit=PROSE_LIMIT, required=False, help_text=_("Tom linje mellom avsnitt."))
    after_findings = forms.BooleanField(label=_("Etter funnene"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)


class RecommendationForm(DsForm):
    """What ought to change, and who owns it."""

    text = forms.CharField(
        label=_("Hva bør endres?"), max_length=400, widget=forms.Textarea(attrs={"rows": "2"})
    )
    owner = forms.TypedChoiceField(label=_("Hvem eier det?"), coerce=int)
    finding = forms.TypedChoiceField(label=_("Bygger på funn"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, owners: list[tuple[int, str]], findings: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", owners)
        offer(self, "finding", [("", _("Ikke valgt")), *findings])


class RecommendationTextForm(DsForm):
    """A recommendation written anew."""

    text = forms.CharField(
        label=_("Hva bør endres?"), max_length=400, widget=forms.Textarea(attrs={"rows": "2"})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class PromiseForm(DsForm):
    """The service's public answer to a recommendation."""

    answer = forms.ChoiceField(
        label=_("Svar"), choices=[c for c in PromiseAnswer.choices if c[0]], widget=forms.RadioSelect
    )
    answer_text = prose(_("Hvorfor, og hva dere gjør"), rows=4, limit=WORDS_LIMIT)
    due_on = day(_("Innen"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class FollowUpForm(DsForm):
    """What the service has done since."""

    progress = forms.ChoiceField(label=_("Hvor langt er dere?"), choices=Progress.choices, widget=forms.RadioSelect)
    text = prose(_("Hva er gjort?"), rows=3, limit=WORDS_LIMIT, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)


class NoticedForm(DsForm):
    """Whether a participant has noticed the change."""

    answer = forms.ChoiceField(label=_("Merker du endringen?"), choices=Noticing.choices, widget=forms.RadioSelect)


class SearchForm(DsForm):
    """Looks for words in all sources."""

    q = forms.CharField(label=_("Søk i kildene"), max_length=120, required=False)
