"""What is asked about the place: its page, hours, rules, pictures, and a host's own yes."""

import re
from datetime import date, time
from itertools import pairwise
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knutepunkt.meetingplace.choices.place import Weekday
from knutepunkt.web.fields import line, offer, prose
from knutepunkt.web.files import LARGEST_PICTURE
from knutepunkt.web.renderer import DayInput, DsForm

SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|—|til|to)\s*(\d{1,2})(?:[:.](\d{2}))?")
BETWEEN = re.compile(r"\s*(?:,|;|og|and|kl\.?|klokka)?\s*")
MOST_SPANS = 4


class HoursField(forms.CharField):
    """Hours as people write them: `10–15`, or `10–14 og 18–21.30`. Empty is closed."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=80, required=False, **more)

    def clean(self, value: Any) -> list[tuple[time, time]]:
        """Spans in order that do not overlap."""
        text, spans = super().clean(value).lower().strip(), []
        rest = text
        for found in SPAN.finditer(text):
            rest = rest.replace(found.group(0), " ", 1)
            spans.append(self._span(*(int(part or 0) for part in found.groups())))
        if not BETWEEN.fullmatch(" ".join(rest.split())) and BETWEEN.sub("", rest):
            raise forms.ValidationError(_("Skriv klokkeslettene slik: 10–15, eller 10–14 og 18–21.30."))
        spans.sort()
        if len(spans) > MOST_SPANS or any(b[0] < a[1] for a, b in pairwise(spans)):
            raise forms.ValidationError(_("Tidene går over hverandre. Skriv dem etter hverandre."))
        return spans

    def _span(self, hour: int, minute: int, to_hour: int, to_minute: int) -> tuple[time, time]:
        if (to_hour, to_minute) == (24, 0):
            to_hour, to_minute = 23, 59
        try:
            span = time(hour, minute), time(to_hour, to_minute)
        except ValueError:
            raise forms.ValidationError(_("Skriv klokkeslettene slik: 10–15, eller 10–14 og 18–21.30.")) from None
        if span[0] >= span[1]:
            raise forms.ValidationError(_("Huset må stenge etter at det åpner. Er det over midnatt, del det på to dager."))
        return span


def as_written(spans: list[tuple[time, time]]) -> str:
    """Spans as the field wants them."""
    return ", ".join(f"{_clock(a)}–{_clock(b)}" for a, b in spans)


def _clock(at: time) -> str:
    return f"{at:%H}" if at.minute == 0 else f"{at:%H:%M}"


class PageForm(DsForm):
    """What stands on the place's page."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    welcome = prose(_("Det første folk leser"), limit=300, rows=2, help_text=_("En setning eller to. For eksempel hvem som er velkommen."))
    about = prose(_("Hvem vi er"), limit=3000, rows=6)
    house = prose(
        _("Slik ser det ut her"), rows=4,
        help_text=_("Det første man ser innenfor døra, hvor det er stille, hvor man kan henge fra seg."),
    )  # fmt: skip
    address = line(_("Adresse"), limit=200)
    directions = prose(_("Slik finner du fram"), rows=4, help_text=_("Også trapper, dører, buss og parkering."))
    contact = line(_("Hvem kan man ringe eller skrive til?"), limit=160, help_text=_("Alle kan se dette."))
    bookings_kept_days = forms.IntegerField(
        label=_("Hvor mange dager skal det huskes hvem som bestilte et rom?"), min_value=1, max_value=365,
        help_text=_("Etterpå glemmes navnet. Rommet og tiden blir igjen."),
    )  # fmt: skip


class WeekForm(DsForm):
    """The ordinary week's hours."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    closed_on_holidays = forms.BooleanField(label=_("Huset er stengt på helligdager"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holidays = self.fields.pop("closed_on_holidays")
        for day in Weekday:
            help_text = _("For eksempel 10–15, eller 10–14 og 18–21. Tomt betyr stengt.") if day == Weekday.MONDAY else ""
            self.fields[f"day{day.value}"] = HoursField(label=day.label.capitalize(), help_text=help_text)
        self.fields["closed_on_holidays"] = holidays

    def week(self) -> dict[int, list[tuple[time, time]]]:
        """The hours by weekday."""
        return {day.value: self.cleaned_data[f"day{day.value}"] for day in Weekday}


class DayForm(DsForm):
    """One date that is not as usual."""

    day = forms.DateField(label=_("Dato"), widget=DayInput())
    hours = HoursField(label=_("Åpent"), help_text=_("La det stå tomt når huset er stengt hele dagen."))
    reason = line(_("Hvorfor?"), help_text=_("For eksempel julelunsj eller hyttetur. Alle kan se dette."))

    def clean_day(self) -> date:
        """Not what has been."""
        day: date = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Velg i dag eller en dag som kommer."))
        return day


class RulesForm(DsForm):
    """A new edition of the house rules."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    text = prose(_("Husregler"), limit=6000, rows=12, required=True, help_text=_("Skriv hver regel på en egen linje."))
    agreed_on = forms.DateField(label=_("Når ble dere enige?"), widget=DayInput())
    agreed_where = line(_("Hvor ble dere enige?"), help_text=_("For eksempel husmøtet."))


class PictureForm(DsForm):
    """A picture of the house."""

    picture = forms.FileField(
        label=_("Bilde"), help_text=_("JPEG, PNG eller WebP. Ta bilder av rom, ikke av folk. Sted og kamera fjernes.")
    )
    alt = line(_("Si med ord hva bildet viser"), limit=200, required=True, help_text=_("For dem som ikke ser det."))

    def clean_picture(self) -> Any:
        """Not larger than we read."""
        file = self.cleaned_data["picture"]
        if file.size > LARGEST_PICTURE:
            raise forms.ValidationError(_("Bildet er for stort. Det kan være høyst 12 MB."))
        return file


class ShowMeForm(DsForm):
    """A host's own yes."""

    words = line(_("Noe du vil si om deg selv"), limit=160, help_text=_("For eksempel hva du liker å gjøre her."))


class OpenForm(DsForm):
    """Which centre opens its meeting place."""

    organisation = forms.TypedChoiceField(label=_("Hvilket senter?"), coerce=int)

    def __init__(self, *args: Any, organisations: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organisation", organisations)
