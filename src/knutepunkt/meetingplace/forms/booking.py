"""What is asked when somebody books, borrows or waits, and about the rooms themselves."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knutepunkt.meetingplace.choices.place import MOST_WEEKS, ResourceKind
from knutepunkt.meetingplace.methods.hours import OSLO
from knutepunkt.meetingplace.queries.booking import midnight
from knutepunkt.web.fields import line, prose
from knutepunkt.web.renderer import ClockInput, DayInput, DsForm


class TimeForm(DsForm):
    """Time first: a day, and from when to when."""

    dag = forms.DateField(label=_("Dag"), widget=DayInput())
    fra = forms.TimeField(label=_("Fra"), widget=ClockInput())
    til = forms.TimeField(label=_("Til"), widget=ClockInput())

    def clean(self) -> dict[str, Any]:
        """The end comes after the start."""
        data = super().clean() or {}
        if data.get("fra") and data.get("til") and data["til"] <= data["fra"]:
            self.add_error("til", _("Velg et klokkeslett etter at du begynner."))
        return data

    def span(self) -> tuple[datetime, datetime]:
        """The two moments in Oslo."""
        day: date = self.cleaned_data["dag"]
        fra: time = self.cleaned_data["fra"]
        til: time = self.cleaned_data["til"]
        return datetime.combine(day, fra, OSLO), datetime.combine(day, til, OSLO)


class DaysForm(DsForm):
    """Days first, for what is taken home."""

    dag = forms.DateField(label=_("Hent"), widget=DayInput())
    til_dag = forms.DateField(label=_("Lever"), widget=DayInput())

    def clean(self) -> dict[str, Any]:
        """It comes back after it is fetched."""
        data = super().clean() or {}
        if data.get("dag") and data.get("til_dag") and data["til_dag"] < data["dag"]:
            self.add_error("til_dag", _("Velg samme dag eller en dag etter."))
        return data

    def span(self) -> tuple[datetime, datetime]:
        """From the first morning to the last night in Oslo."""
        return midnight(self.cleaned_data["dag"]), midnight(self.cleaned_data["til_dag"] + timedelta(days=1))


class Confirm:
    """What a booking needs beside its time."""

    @staticmethod
    def add_to(form: forms.Form, *, is_host: bool, is_lent: bool) -> None:
        """Every week, for whom, and the form's own key."""
        form.fields["form_key"] = forms.UUIDField(widget=forms.HiddenInput, required=False)
        if not is_lent:
            form.fields["uker"] = forms.TypedChoiceField(
                label=_("Hvor mange ganger?"), coerce=int, required=False, empty_value=None, choices=weeks_to_choose()
            )
        if is_host:
            form.fields["for_name"] = line(
                _("Skriv inn for en annen"), limit=80, help_text=_("Navnet personen vil bruke. Tomt betyr deg selv.")
            )


def weeks_to_choose() -> list[tuple[int, Any]]:
    return [(1, _("Bare denne gangen"))] + [
        (n, _("Hver uke, %(n)s ganger") % {"n": n}) for n in (2, 3, 4, 6, 8, 10, 12, MOST_WEEKS)
    ]


class BookForm(TimeForm):
    """Book a room."""

    def __init__(self, *args: Any, is_host: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        Confirm.add_to(self, is_host=is_host, is_lent=False)
        self.initial.setdefault("form_key", uuid.uuid4())


class BorrowForm(DaysForm):
    """Borrow a thing."""

    def __init__(self, *args: Any, is_host: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        Confirm.add_to(self, is_host=is_host, is_lent=True)
        self.initial.setdefault("form_key", uuid.uuid4())


EARLY, LATE = 8, 21


def next_times() -> dict[str, Any]:
    """The next whole hour, and the one after."""
    now = timezone.localtime().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if not EARLY < now.hour < LATE:  # at night: noon, when the house may be open
        now = (now + timedelta(days=now.hour >= LATE)).replace(hour=12)
    return {"dag": now.date().isoformat(), "fra": f"{now:%H:%M}", "til": f"{now + timedelta(hours=1):%H:%M}"}


def next_days() -> dict[str, Any]:
    """Today, and in a week."""
    today = timezone.localdate()
    return {"dag": today.isoformat(), "til_dag": (today + timedelta(days=7)).isoformat()}


class ResourceForm(DsForm):
    """A room to book or a thing to lend."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = line(_("Hva heter det?"), limit=80, required=True)
    kind = forms.ChoiceField(label=_("Hva er det?"), choices=ResourceKind.choices, widget=forms.RadioSelect)
    text = prose(_("Fortell litt om det"), rows=4, help_text=_("Hva som er der, hvor mange det er plass til, hva som skal ryddes."))
    needs_introduction = forms.BooleanField(label=_("Man må bli vist det før man bruker det alene"), required=False)
    longest_minutes = forms.IntegerField(label=_("Rom: lengste tid i minutter"), min_value=15, max_value=14 * 60)
    longest_days = forms.IntegerField(label=_("Til utlån: flest dager"), min_value=1, max_value=90)
    is_in_use = forms.BooleanField(label=_("Det kan bestilles nå"), required=False)
