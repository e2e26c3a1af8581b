"""What is asked about tasks, shifts and the note to the next host."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knutepunkt.meetingplace.choices.place import TaskKind
from knutepunkt.meetingplace.forms.booking import weeks_to_choose
from knutepunkt.web.fields import OnceForm, line, prose
from knutepunkt.web.renderer import ClockInput, DayInput, DsForm


class TaskForm(OnceForm):
    """A task or a shift."""

    title = line(_("Hva skal gjøres?"), required=True)
    kind = forms.ChoiceField(label=_("Hva slags?"), choices=TaskKind.choices, widget=forms.RadioSelect, initial=TaskKind.TASK)
    text = prose(_("Noe som er greit å vite"), limit=1000, rows=3)
    on_date = forms.DateField(label=_("Dag"), widget=DayInput())
    starts = forms.TimeField(label=_("Fra"), widget=ClockInput(), required=False, help_text=_("Bare for vakter."))
    ends = forms.TimeField(label=_("Til"), widget=ClockInput(), required=False)
    weeks = forms.TypedChoiceField(label=_("Hvor mange ganger?"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weeks"].choices = weeks_to_choose()  # type: ignore[attr-defined]
        self.initial.setdefault("on_date", timezone.localdate())

    def clean_on_date(self) -> date:
        """Not what has been."""
        day: date = self.cleaned_data["on_date"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Velg i dag eller en dag som kommer."))
        return day

    def clean(self) -> dict[str, Any]:
        """A shift has both ends; a task may have none."""
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if bool(starts) != bool(ends):
            self.add_error("ends", _("Skriv både fra og til, eller la begge stå tomme."))
        elif starts and ends <= starts:
            self.add_error("ends", _("Velg et klokkeslett etter at du begynner."))
        elif not starts and data.get("kind") in {TaskKind.HOST, TaskKind.SHIFT}:
            self.add_error("starts", _("En vakt har et klokkeslett."))
        return data


class NoteForm(DsForm):
    """A note to the next host."""

    words = prose(
        _("Til neste vert"), limit=1500, rows=4, required=True,
        help_text=_("For eksempel hva som er tomt, og hva som ble lovet. Skriv om huset, ikke om folk."),
    )  # fmt: skip
