"""What one who tells is asked, and an editor who writes along. Nothing but a title and the words must be filled in, and that only to send."""

from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.core.validators import FileExtensionValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knutepunkt.consent.choices import Purpose
from knutepunkt.stories.choices.item import Language, ToldAs
from knutepunkt.stories.choices.telling import (
    ASKED,
    EXPLAINED,
    MOST_REST_DAYS,
    MOST_YEARS,
    REST_DAYS,
    YEAR,
    OtherSaid,
    Thanks,
)
from knutepunkt.stories.methods.contents import LINE_LONGEST, TEXT_LONGEST, TITLE_LONGEST
from knutepunkt.web.files import LARGEST_PICTURE, LARGEST_SOUND
from knutepunkt.web.renderer import DayInput, DsForm, FoldedChoices

GROUPS = (
    ("topic", _("Hva handler den om?")), ("situation", _("Hvordan er livet i den?")), ("helped", _("Hva hjalp?")), ("teller", _("Hvem forteller?")),
    ("tone", _("Hvilken tone har den?")), ("shape", _("Hvilken form har den?")),
)  # fmt: skip
"""The groups of the library's own words, each a question."""


def version_field() -> forms.IntegerField:
    """The version the writer saw."""
    return forms.IntegerField(widget=forms.HiddenInput)


class StartForm(DsForm):
    """Whose it is, and how to come back to it."""

    told_as = forms.ChoiceField(label=_("Hvem sin fortelling er det?"), choices=ToldAs.choices, widget=forms.RadioSelect, initial=ToldAs.OWN)
    way = forms.ChoiceField(
        label=_("Hvordan vil du fortelle?"), widget=forms.RadioSelect, initial="account",
        choices=[("account", _("Med kontoen min. Andre ser bare det navnet jeg velger.")), ("code", _("Uten kontoen min. Jeg får en kode på en lapp."))],
    )  # fmt: skip

    def __init__(self, *args: Any, has_account: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_account:
            del self.fields["way"]


class WordsForm(DsForm):
    """The words."""

    version = version_field()
    title = forms.CharField(label=_("Hva heter den?"), max_length=TITLE_LONGEST, required=False, help_text=_("Du kan finne på det til slutt."))
    text = forms.CharField(
        label=_("Fortell"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": "18", "data-draft": "text"}),
        help_text=_("Skriv slik du snakker. Den trenger ikke ha en slutt. Har du lyd eller film, skriver du her det som blir sagt."),
    )  # fmt: skip
    summary = forms.CharField(
        label=_("Noen ord om den"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("Det leseren ser før de velger å lese."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Språk"), choices=Language.choices, required=False)
    dialect = forms.CharField(label=_("Dialekt, om du vil si det"), max_length=80, required=False, help_text=_("Med dine egne ord."))
    teller_name = forms.CharField(
        label=_("Hva skal du hete i biblioteket?"), max_length=80, required=False, help_text=_("Et navn du velger. Står det tomt, står det ikke noe navn.")
    )

    def clean_text(self) -> str:
        """As many words as a long book has chapters, and no more. No counter stands under a field this large."""
        value = str(self.cleaned_data["text"])
        if len(value) > TEXT_LONGEST:
            raise forms.ValidationError(_("Teksten er for lang. Kort den ned til %(n)d tegn, eller del den i flere."), params={"n": TEXT_LONGEST})
        return value


class AboutForm(DsForm):
    """What it is about: choices that help others find it, none of them forced."""

    version = version_field()

    def __init__(self, *args: Any, terms: dict[str, list[Any]], regions: list[tuple[str, str]], content: dict[str, Any], **kwargs: Any) -> None:
        chosen = set(content.get("terms", ()))
        kwargs.setdefault("initial", {"region": content.get("region", ""), "notes": content.get("notes", [])})
        super().__init__(*args, **kwargs)
        for name, label in GROUPS:
            own = [(f"library:{t.key}", t.name) for t in terms["library"] if t.parent == name]
            self._add(name, label, own, chosen)
        self._add("chime", _("Kjenner du noe av dette igjen i den?"), [(f"chime:{t.key}", t.name) for t in terms["chime"] if not t.parent], chosen)
        notes = [(t.key, t.name) for t in terms["content-notes"] if not t.parent]
        self.fields["notes"] = forms.MultipleChoiceField(
            label=_("Er det noe leseren bør vite først?"), choices=notes, required=False, widget=FoldedChoices,
            help_text=_("Det står kort og saklig før fortellingen, så folk kan velge."),
        )  # fmt: skip
        self.fields["region"] = forms.ChoiceField(
            label=_("Hvor i landet?"), choices=[("", _("Jeg vil ikke si det")), *regions], required=False, help_text=_("Et lite sted kan røpe hvem du er.")
        )

    def _add(self, name: str, label: Any, choices: list[tuple[str, str]], chosen: set[str]) -> None:
        self.fields[name] = forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=FoldedChoices)
        self.initial[name] = [value for value, _name in choices if value in chosen]

    def words(self) -> dict[str, Any]:
        """Terms, notes and region, as contents are kept."""
        data = self.cleaned_data
        terms = [term for name in (*(n for n, _l in GROUPS), "chime") for term in data[name]]
        return {"terms": terms, "notes": data["notes"], "region": data["region"]}


class BoundedFile(forms.FileField):
    """A file of known kinds, at most so large."""

    def __init__(self, *, max_bytes: int, extensions: tuple[str, ...], **kwargs: Any) -> None:
        self.max_bytes = max_bytes
        super().__init__(validators=[FileExtensionValidator(extensions)], **kwargs)
        self.widget.attrs["accept"] = ",".join(f".{one}" for one in extensions)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file, or a sentence about its size."""
        found = super().clean(data, initial)
        if found and found.size > self.max_bytes:
            raise forms.ValidationError(_("Filen er for stor. Prøv med en som er kortere eller mindre."))
        return found


class SoundForm(DsForm):
    """A sound, recorded here or brought along."""

    prefix = "sound"
    file = BoundedFile(
        label=_("Lyd"), max_bytes=LARGEST_SOUND, extensions=("mp3", "wav", "ogg", "oga", "opus", "webm", "weba", "m4a", "mp4"),
        help_text=_("Ta opp her, inntil fem minutter om gangen, eller velg en lydfil. Stemmen din kan kjennes igjen."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs |= {
            "data-record": _("Ta opp"), "data-record-stop": _("Stopp opptaket"), "data-record-done": _("Opptaket er klart. Legg det til under."),
            "data-record-refused": _("Vi fikk ikke bruke mikrofonen. Du kan velge en lydfil i stedet."),
        }  # fmt: skip


class PictureForm(DsForm):
    """A picture, with what it shows."""

    prefix = "picture"
    file = BoundedFile(
        label=_("Bilde"), max_bytes=LARGEST_PICTURE, extensions=("jpg", "jpeg", "png", "webp", "gif"),
        help_text=_("Sted og kamera fjernes fra bildet. Ansikter, skilt og hus kan røpe hvem det er."),
    )  # fmt: skip
    says = forms.CharField(label=_("Hva viser bildet?"), max_length=LINE_LONGEST, help_text=_("For dem som får siden lest opp."))


class FilmForm(DsForm):
    """A film somewhere else, as a link."""

    prefix = "film"
    version = version_field()
    film_url = forms.CharField(
        label=_("Lenke til en film"), max_length=LINE_LONGEST, required=False,
        help_text=_("Den må begynne med https. Filmen vises aldri inne hos oss, for da kunne andre se hvem som leser."),
    )  # fmt: skip

    def clean_film_url(self) -> str:
        """An https address of another house, without names or passwords in it."""
        value = str(self.cleaned_data["film_url"]).strip()
        if not value:
            return ""
        if "://" not in value:
            value = f"https://{value}"
        try:
            parts = urlsplit(value)
            host = parts.hostname or ""
        except ValueError:
            host = ""
        is_plain = host.isascii() and "." in host and not host.replace(".", "").isdigit() and ":" not in host
        if not (is_plain and value.isascii() and parts.scheme == "https" and "@" not in parts.netloc) or any(sign in value for sign in " <>\"'\\"):
            raise forms.ValidationError(_("Skriv hele lenka, for eksempel https://film.eksempel.no/min-film."))
        return value


class CompanyForm(DsForm):
    """Where, and perhaps with whom, to write together."""

    organisation = forms.TypedChoiceField(label=_("Hvor?"), coerce=int, help_text=_("Steder som tar imot fortellinger."))

    def __init__(self, *args: Any, places: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = places  # type: ignore[attr-defined]


class PartnerForm(DsForm):
    """Somebody known, where the teller belongs to the place."""

    partner = forms.ChoiceField(label=_("Hvem?"), required=False)

    def __init__(self, *args: Any, people: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [("", _("Den som har tid")), *people]  # type: ignore[attr-defined]


class NotesForm(DsForm):
    """What a reader should know first, with those our word list thought of."""

    version = version_field()
    notes = forms.MultipleChoiceField(label=_("Er det noe leseren bør vite først?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notes"].choices = choices  # type: ignore[attr-defined]


def purpose_fields(form: forms.Form, given: dict[str, bool]) -> None:
    """Yes or no to each purpose, each its own question; nothing is ticked beforehand."""
    for purpose in ASKED:
        form.fields[purpose.value] = forms.BooleanField(
            label=purpose.label, help_text=EXPLAINED[purpose], required=False, initial=given.get(purpose.value, False)
        )


def until_field() -> forms.DateField:
    """The last day of a consent."""
    return forms.DateField(
        label=_("Til og med hvilken dag?"), widget=DayInput(), help_text=_("Vanligvis ett år. Før den tid spør vi om den skal bli stående.")
    )


def clean_until(value: Any) -> Any:
    """A day to come, at most five years away."""
    today = timezone.localdate()
    if value <= today:
        raise forms.ValidationError(_("Velg en dag som ikke har vært ennå."))
    if value > today + timedelta(days=YEAR * MOST_YEARS + 2):
        raise forms.ValidationError(_("Velg en dag innen fem år. Den kan flyttes siden."))
    return value


def stays_field() -> forms.BooleanField:
    """What becomes of it when the account is erased."""
    says = _("Ellers blir den borte sammen med kontoen.")
    return forms.BooleanField(label=_("Den kan bli stående om jeg sletter kontoen min"), help_text=says, required=False)


class SendForm(DsForm):
    """The last page before it is sent: where, for what, how long, and a yes to exactly these words."""

    version = version_field()
    organisation = forms.TypedChoiceField(label=_("Hvem skal ta imot den?"), coerce=int, help_text=_("De leser den først, og passer på den sammen med deg."))

    def __init__(
        self, *args: Any, places: list[tuple[Any, Any]], has_account: bool, for_other: bool, seen_before: bool, given: dict[str, bool], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = places  # type: ignore[attr-defined]
        if for_other:
            self.fields["other_said"] = forms.ChoiceField(
                label=_("Har den det gjelder, sagt ja?"), choices=OtherSaid.choices, required=False, widget=forms.RadioSelect,
                help_text=_("Uten et ja på papir, eller et ja som en annen har hørt, kan den ikke vises."),
            )  # fmt: skip
            self.fields["witness"] = forms.CharField(label=_("Hvem hørte på?"), max_length=80, required=False)
        purpose_fields(self, given)
        self.fields["until_on"] = until_field()
        self.fields["rest_days"] = forms.TypedChoiceField(
            label=_("Hvor lenge skal den hvile før den blir vist?"), coerce=int, initial=REST_DAYS, widget=forms.RadioSelect,
            choices=[(7, _("En uke")), (14, _("To uker")), (30, _("En måned")), (MOST_REST_DAYS, _("Tre måneder"))],
            help_text=_("Du kan stoppe den når som helst."),
        )  # fmt: skip
        if has_account and not for_other:
            self.fields["stays"] = stays_field()
        if seen_before:
            self.ask_whether_anyway()
        self.fields["yes"] = forms.BooleanField(
            label=_("Jeg har lest den slik andre vil se den, og sier ja til at akkurat disse ordene blir vist"),
            error_messages={"required": _("Les den først, og si ja her når du vil.")},
        )

    def clean_until_on(self) -> Any:
        """A day to come."""
        return clean_until(self.cleaned_data["until_on"])

    def ask_whether_anyway(self) -> None:
        """Ask, from now on, whether a text that has come before is to be sent once more."""
        self.fields["anyway"] = forms.BooleanField(label=_("Send den likevel"), required=False)
        self.fields["seen_before"] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.data = cast("QueryDict", self.data).copy()
        self.data["seen_before"] = "1"

    def purposes(self) -> dict[str, bool]:
        """Yes or no by purpose."""
        return {p.value: bool(self.cleaned_data.get(p.value)) for p in ASKED}

    def clean(self) -> dict[str, Any]:
        """What must be there to be shown."""
        data = super().clean() or {}
        if not data.get(Purpose.LIBRARY.value):
            self.add_error(Purpose.LIBRARY.value, _("Uten dette ja kan den ikke vises. Vil du ikke det, kan du la den ligge som kladd."))
        if "other_said" in self.fields and not data.get("other_said"):
            self.add_error("other_said", _("Den kan ikke sendes før den det gjelder, har sagt ja. Kladden blir liggende."))
        if data.get("other_said") == OtherSaid.SPOKEN and not data.get("witness"):
            self.add_error("witness", _("Skriv navnet på den som hørte på."))
        return data


class ChoicesForm(DsForm):
    """What it may be used for from now on, and until when."""

    def __init__(self, *args: Any, given: dict[str, bool], has_account: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purpose_fields(self, given)
        self.fields["until_on"] = until_field()
        if has_account:
            self.fields["stays"] = stays_field()

    def clean_until_on(self) -> Any:
        """A day to come."""
        return clean_until(self.cleaned_data["until_on"])

    def purposes(self) -> dict[str, bool]:
        """Yes or no by purpose."""
        return {p.value: bool(self.cleaned_data.get(p.value)) for p in ASKED}


class ChangeForm(DsForm):
    """Other words, from an editor."""

    old = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    new = forms.CharField(label=_("Slik kunne det stått"), required=False, help_text=_("Står det tomt, foreslår du å ta det bort."), widget=forms.Textarea(attrs={"rows": "6"}))
    why = forms.CharField(label=_("Noen ord til den som forteller"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": "2"}))


class DecideForm(DsForm):
    """The teller's own way of saying it."""

    words = forms.CharField(label=_("Skriv det på din måte"), required=False, widget=forms.Textarea(attrs={"rows": "4"}))


class HowForm(DsForm):
    """How it is to have it out."""

    words = forms.CharField(label=_("Hvordan er det?"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": "5"}))
    shares = forms.BooleanField(label=_("La redaktøren lese dette"), required=False, help_text=_("Ellers er det bare ditt."))


class ThanksForm(DsForm):
    """One of the ready thanks."""

    which = forms.ChoiceField(label=_("Hva vil du si?"), choices=Thanks.choices, widget=forms.RadioSelect)
