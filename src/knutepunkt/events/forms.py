"""What is asked in the calendar: planning, signing up, and afterwards."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knutepunkt.events.choices import LANGUAGES, MOST_EXCEPTIONS, OSLO, Answer, Audience, Kind, Noise, Signing
from knutepunkt.events.methods.series import BadRule, check_rule
from knutepunkt.web import fields
from knutepunkt.web.fields import OnceForm, offer, prose, tick
from knutepunkt.web.files import LARGEST_PICTURE
from knutepunkt.web.renderer import ClockInput, DayInput, DsForm

WEEKLY, FORTNIGHTLY, MONTHLY, OWN = "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY", "own"
REPEATS = [
    ("", _("Bare én gang")),
    (WEEKLY, _("Hver uke")),
    (FORTNIGHTLY, _("Annenhver uke")),
    (MONTHLY, _("Hver måned")),
    (OWN, _("Etter en egen regel")),
]
FARTHEST = timedelta(days=5 * 365)
line = partial(fields.line, limit=160)


def near(day: date | None) -> date | None:
    """A day no farther ahead or back than anybody plans."""
    if day and abs(day - timezone.localdate()) > FARTHEST:
        raise forms.ValidationError(_("Velg en dag nærmere i dag."))
    return day


def say(form: forms.Form | None, words: str) -> None:
    """Say something above a form."""
    if form is not None:
        form.add_error(None, words)


class OpenForm(DsForm):
    """A form open to all: a field that people never see stops machines that fill in everything."""

    website = forms.CharField(
        label=_("La dette feltet stå tomt"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"class": "kp-decoy", "tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_website(self) -> str:
        """Empty, or it was no person."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Skjemaet ble ikke sendt. La det ekstra feltet stå tomt, og prøv igjen."))
        return ""

    def facts(self) -> dict[str, Any]:
        """What the action wants."""
        return {name: value for name, value in self.cleaned_data.items() if name != "website"}


class PictureField(forms.FileField):
    """A picture; what it holds is judged when it is read."""

    max_bytes = LARGEST_PICTURE


class GroupedForm(DsForm):
    """A long form in parts with a heading each; every field stands in one."""

    template_name = "events/grouped.html"
    groups: tuple[tuple[Any, tuple[str, ...]], ...] = ()
    error_id = "skjema"

    def parts(self) -> list[dict[str, Any]]:
        """Headings and fields, as the template wants them."""
        return [{"title": title, "fields": [self[name] for name in names if name in self.fields]} for title, names in self.groups]


class EventForm(GroupedForm):
    """What happens, in words. Coming as one is stands before place and numbers."""

    groups = (
        (_("Hva"), ("organiser", "title", "text", "kind", "audience", "language")),
        (_("Kom som du er"), ("noise", "group_size", "door", "may_just_sit", "may_bring", "may_leave")),
        (_("Hvor"), ("place_name", "address", "directions", "accessibility", "video_url")),
        (_("Påmelding"), ("signing", "capacity", "price_kroner", "contact")),
        (_("Bilde"), ("picture", "picture_alt", "no_picture")),
    )

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    organiser = forms.TypedChoiceField(label=_("Hvem inviterer?"), coerce=int)
    title = line(_("Hva skjer?"), limit=120, required=True)
    text = prose(_("Fortell litt om det"), limit=4000, rows=5)
    kind = forms.ChoiceField(label=_("Hva slags?"), choices=Kind.choices)
    audience = forms.ChoiceField(label=_("Hvem er det for?"), choices=Audience.choices)
    language = forms.ChoiceField(label=_("Språk"), choices=LANGUAGES, required=False)
    noise = forms.ChoiceField(label=_("Hvor mye lyd er det?"), choices=Noise.choices, required=False)
    group_size = line(_("Hvor mange pleier å komme?"), limit=80)
    door = line(_("Hvem åpner døra?"))
    may_just_sit = tick(_("Det er greit bare å sitte der"))
    may_bring = tick(_("Det er greit å ta med noen"))
    may_leave = tick(_("Det er greit å gå når du vil"))
    place_name = line(_("Sted"), limit=120)
    address = line(_("Adresse"), limit=200)
    directions = prose(_("Hvordan finner jeg fram?"), rows=3)
    accessibility = prose(_("Trapper, dører, toalett, lyd og lys"), rows=3)
    video_url = forms.URLField(label=_("Lenke til videomøte"), required=False, assume_scheme="https")
    price_kroner = forms.IntegerField(label=_("Pris i kroner"), min_value=0, max_value=100_000, initial=0)
    signing = forms.ChoiceField(label=_("Påmelding"), choices=Signing.choices)
    capacity = forms.IntegerField(
        label=_("Antall plasser"), min_value=1, max_value=10_000, required=False,
        help_text=_("La feltet stå tomt hvis alle får plass."),
    )  # fmt: skip
    contact = line(_("Hvem kan jeg spørre?"), help_text=_("Navn og telefon eller e-post. Alle kan se dette."))
    picture = PictureField(
        label=_("Bilde"), required=False, validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp", "gif"])],
        widget=forms.FileInput(attrs={"accept": "image/*"}), help_text=_("Sted og kamera tas bort. Har alle på bildet sagt ja?"),
    )  # fmt: skip
    picture_alt = line(_("Hva viser bildet?"), limit=200, help_text=_("For dem som ikke ser det. Én setning holder."))
    no_picture = tick(_("Ta bort bildet"))

    def __init__(self, *args: Any, organisers: list[tuple[int, str]], has_picture: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organiser", organisers)
        self.has_picture = has_picture
        if not has_picture:
            del self.fields["no_picture"]

    def clean(self) -> dict[str, Any]:
        """A picture says in words what it shows."""
        data = super().clean() or {}
        shows = data.get("picture") or (self.has_picture and not data.get("no_picture"))
        if shows and not data.get("picture_alt", "").strip():
            self.add_error("picture_alt", _("Skriv med ord hva bildet viser."))
        return data

    def facts(self) -> dict[str, Any]:
        """The words of the event, without what belongs to the form and the picture."""
        apart = {"version", "organiser", "picture", "picture_alt", "no_picture"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class WhenForm(GroupedForm):
    """When it happens, and how it repeats."""

    groups = ((_("Når"), (
        "no_day", "first_on", "clock", "minutes", "repeats", "rule", "last_on", "not_in_easter", "not_on_holidays", "except_on",
    )),)  # fmt: skip
    error_id = "naar"

    no_day = tick(
        _("Dagen er ikke bestemt ennå"), help_text=_("Folk kan si at de vil vite når. Da får de beskjed når dagen er satt.")
    )
    first_on = forms.DateField(label=_("Første dag"), widget=DayInput())
    clock = forms.TimeField(label=_("Klokka"), widget=ClockInput())
    minutes = forms.IntegerField(
        label=_("Hvor mange minutter varer det?"), min_value=5, max_value=14 * 24 * 60, initial=120
    )
    repeats = forms.ChoiceField(label=_("Hvor ofte?"), choices=REPEATS, required=False)
    rule = line(_("Egen regel"), limit=280, help_text=_("Slik kalendere skriver det, for eksempel FREQ=MONTHLY;BYDAY=1TH."))
    last_on = forms.DateField(label=_("Siste dag"), widget=DayInput(), required=False)
    not_in_easter = tick(_("Ikke i påska"))
    not_on_holidays = tick(_("Ikke på helligdager"))
    except_on = prose(_("Dager det ikke skjer"), limit=120_000, rows=3, help_text=_("Én dato på hver linje, for eksempel 2027-05-18."))

    def __init__(self, *args: Any, may_wait: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_wait:
            del self.fields["no_day"]
        elif self.is_bound and self.data.get("no_day"):
            for name in ("first_on", "clock", "minutes"):
                self.fields[name].required = False

    def clean_first_on(self) -> date | None:
        """No farther ahead or back than anybody plans."""
        return near(self.cleaned_data["first_on"])

    def clean_except_on(self) -> list[str]:
        """Dates, one a line."""
        found = []
        for text in self.cleaned_data["except_on"].split():
            try:
                found.append(date.fromisoformat(text.strip(",;")).isoformat())
            except ValueError:
                raise forms.ValidationError(_("«%(text)s» er ikke en dato. Skriv den slik: 2027-05-18.") % {"text": text[:20]}) from None
        if len(found) > MOST_EXCEPTIONS:
            raise forms.ValidationError(_("Skriv høyst %(n)s dager.") % {"n": MOST_EXCEPTIONS})
        return sorted(set(found))

    def clean(self) -> dict[str, Any]:
        """Make one rule of what was chosen."""
        data = super().clean() or {}
        if data.get("no_day"):
            return data
        chosen = data.get("repeats") or ""
        rule = (data.get("rule") or "").strip() if chosen == OWN else chosen
        if rule and data.get("last_on") and "UNTIL" not in rule.upper() and "COUNT" not in rule.upper():
            rule += f";UNTIL={data['last_on']:%Y%m%d}T235959Z"
        if chosen == OWN or rule:
            try:
                check_rule(rule)
            except BadRule:
                self.add_error("rule", _("Vi kan ikke følge denne regelen. Se etter om den er skrevet riktig."))
        data["rule"] = rule
        return data

    def when(self) -> dict[str, Any] | None:
        """What the action wants; nothing where the day is not set."""
        if self.cleaned_data.get("no_day"):
            return None
        return {name: value for name, value in self.cleaned_data.items() if name not in {"repeats", "last_on", "no_day"}}


class RegisterForm(OnceForm):
    """Somebody with an account says they come."""

    size = forms.TypedChoiceField(
        label=_("Hvor mange er dere?"), coerce=int, widget=forms.RadioSelect, initial=1,
        choices=[(1, _("Bare jeg")), (2, _("Vi er to, og kommer sammen eller ikke i det hele tatt"))],
    )  # fmt: skip
    needs = prose(
        _("Er det noe du trenger?"), limit=600, rows=3,
        help_text=_("For eksempel tolk, teleslynge, mat eller følge. Bare verten ser det, og det slettes 30 dager etter."),
    )  # fmt: skip
    shows_name = tick(_("Andre som kommer, kan se navnet mitt"))

    def __init__(self, *args: Any, room_for_two: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not room_for_two:
            del self.fields["size"]

    def facts(self) -> dict[str, Any]:
        """What the action wants."""
        return dict(self.cleaned_data)


class GuestForm(OpenForm, RegisterForm):
    """Somebody without an account says they come."""

    guest_name = line(_("Hva vil du bli kalt?"), limit=80, required=True)
    guest_email = forms.EmailField(
        label=_("E-post"), required=False,
        help_text=_("Bare hvis du vil ha beskjed om endringer. Da sender vi også en kalenderfil."),
    )  # fmt: skip
    field_order = ["form_key", "guest_name", "size", "needs", "guest_email", "shows_name", "website"]

    def clean_guest_name(self) -> str:
        """A name, and no address to somewhere."""
        name: str = self.cleaned_data["guest_name"]
        if "://" in name or "www." in name.lower():
            raise forms.ValidationError(_("Skriv et navn, uten lenke."))
        return name


class ByHostForm(OnceForm):
    """A host enters somebody who phoned."""

    guest_name = line(_("Navn"), limit=80, required=True, help_text=_("Det personen vil bli kalt."))
    size = forms.TypedChoiceField(label=_("Hvor mange?"), coerce=int, choices=[(1, "1"), (2, "2")], initial=1)
    held = forms.TypedChoiceField(label=_("Plass som er holdt av"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, held: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if held:
            offer(self, "held", [("", _("Nei, en vanlig plass")), *held])
        else:
            del self.fields["held"]


class HoldForm(DsForm):
    """Seats that an organisation's people take first."""

    organisation = forms.TypedChoiceField(label=_("Hvem holder dere av til?"), coerce=int)
    seats = forms.IntegerField(label=_("Hvor mange plasser?"), min_value=1, max_value=1000)
    until_on = forms.DateField(
        label=_("Til og med"), widget=DayInput(), help_text=_("Dagen etter er plassene ingen har tatt, åpne for alle.")
    )

    def __init__(self, *args: Any, organisations: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organisation", organisations)

    def clean_until_on(self) -> date | None:
        """Not far off."""
        return near(self.cleaned_data["until_on"])


class InterestForm(OpenForm):
    """A guest wants to know when."""

    email = forms.EmailField(
        label=_("E-post"), required=False,
        help_text=_("Bare hvis du vil ha beskjed på e-post. Adressen låses, og slettes 30 dager etter beskjeden."),
    )  # fmt: skip


class BringForm(DsForm):
    """A calendar from somewhere else."""

    organiser = forms.TypedChoiceField(label=_("Hvem inviterer?"), coerce=int)
    calendar = forms.FileField(
        label=_("Kalenderfil"), allow_empty_file=True, validators=[FileExtensionValidator(["ics"])],
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )  # fmt: skip

    def __init__(self, *args: Any, organisers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organiser", organisers)


class CodeForm(DsForm):
    """Types the code from a slip."""

    code = forms.CharField(
        label=_("Koden på lappen"), max_length=40, help_text=_("Store eller små bokstaver, med eller uten strek."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class ReasonForm(DsForm):
    """Why it is cancelled."""

    reason = line(_("Hvorfor blir det avlyst?"), limit=300, required=True, help_text=_("Alle som kommer, får se dette."))


class MoveForm(DsForm):
    """A new time for one occurrence."""

    day = forms.DateField(label=_("Ny dag"), widget=DayInput())
    clock = forms.TimeField(label=_("Klokka"), widget=ClockInput())

    def clean_day(self) -> date | None:
        """Not far off."""
        return near(self.cleaned_data["day"])

    def starts_at(self) -> datetime:
        """The moment in Oslo."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"], OSLO)


class FeedbackForm(OpenForm, OnceForm):
    """Two questions, and words if one likes."""

    was_welcome = forms.ChoiceField(
        label=_("Ble du tatt godt imot?"), choices=Answer.choices, required=False, widget=forms.RadioSelect
    )
    was_good = forms.ChoiceField(
        label=_("Var det godt for deg å være der?"), choices=Answer.choices, required=False, widget=forms.RadioSelect
    )
    text = prose(_("Vil du si noe mer?"), limit=1500)

