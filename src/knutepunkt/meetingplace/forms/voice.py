"""What is asked about proposals, votes and house meetings."""

import uuid
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from django import forms
from django.core import signing
from django.core.validators import FileExtensionValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knutepunkt.events.choices import OSLO
from knutepunkt.meetingplace.choices.voice import (
    BY_HANDS,
    LARGEST_SOUND,
    LONGEST_REASON,
    MOST_OPTIONS,
    UNDECIDED,
    Ground,
    Hand,
    Method,
    Outcome,
    Remark,
    State,
)
from knutepunkt.web.files import LARGEST_PICTURE
from knutepunkt.web.renderer import ClockInput, DayInput, DsForm

QUICKEST, SLOWEST = timedelta(seconds=2), timedelta(hours=12)
FEWEST_OPTIONS = 2
AnyForm = TypeVar("AnyForm", bound=forms.Form)


def prose(label: Any, *, limit: int = 4000, rows: int = 4, required: bool = False, help_text: Any = "") -> forms.CharField:
    """A text of several lines."""
    widget = forms.Textarea(attrs={"rows": str(rows)})
    return forms.CharField(label=label, max_length=limit, required=required, help_text=help_text, widget=widget)


def line(label: Any, *, limit: int = 120, required: bool = False, help_text: Any = "") -> forms.CharField:
    """A text of one line."""
    return forms.CharField(label=label, max_length=limit, required=required, help_text=help_text)


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, required=required, help_text=help_text, widget=DayInput())


def tick(label: Any, **more: Any) -> forms.BooleanField:
    """Yes, or not."""
    return forms.BooleanField(label=label, required=False, **more)


def offer(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    """Give a field of a form its choices."""
    cast("forms.ChoiceField", form.fields[name]).choices = choices


def typed_again(form: type[AnyForm], typed: QueryDict, version: int, **more: Any) -> AnyForm:
    """The form with what was typed, to be saved over the newest version after a look; nothing typed is lost."""
    data = typed.copy()
    data["version"] = str(version)
    return form(data, **more)


class OnceForm(DsForm):
    """A form with a key of its own, so that a double click or a step back makes one thing and not two."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class OpenForm(OnceForm):
    """A form that people without an account may send: a field nobody sees, and the time it was opened.

    A machine fills in what it finds, and at once. No outside service is asked.
    """

    mark = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(required=False, label=_("La dette feltet stå tomt"),
                              widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off", "class": "kp-trap"}))  # fmt: skip

    def __init__(self, *args: Any, guest: bool = False, **kwargs: Any) -> None:
        self.is_guest = guest
        kwargs["initial"] = {"mark": signing.dumps("m", salt="voice.mark"), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if not guest:
            del self.fields["mark"], self.fields["website"]

    def clean(self) -> dict[str, Any]:
        """Refuse what no person sends, in words a person can act on."""
        data = super().clean() or {}
        if self.is_guest and (data.pop("website", "") or not self._was_opened_by_somebody(data.pop("mark", ""))):
            raise forms.ValidationError(_("Dette gikk litt fort. Vent noen sekunder, og send en gang til."))
        return data

    def _was_opened_by_somebody(self, mark: str) -> bool:
        try:
            signing.loads(mark, salt="voice.mark", max_age=SLOWEST)
        except signing.BadSignature:
            return False
        try:
            signing.loads(mark, salt="voice.mark", max_age=QUICKEST)
        except signing.SignatureExpired:
            return True
        return False


class BoundedFile(forms.FileField):
    """A file that may not be larger than a limit."""

    def __init__(self, *, max_bytes: int, extensions: tuple[str, ...], **kwargs: Any) -> None:
        self.max_bytes = max_bytes
        super().__init__(required=False, validators=[FileExtensionValidator(extensions)], **kwargs)
        self.widget.attrs["accept"] = ",".join(f".{one}" for one in extensions)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file, or a sentence about its size."""
        found = super().clean(data, initial)
        if found is not None and found and found.size > self.max_bytes:
            raise forms.ValidationError(_("Filen er for stor. Prøv med en som er kortere eller mindre."))
        return found


def picture_field() -> BoundedFile:
    """A picture; what it is, is checked by its content when it is kept."""
    return BoundedFile(
        label=_("Bilde"), max_bytes=LARGEST_PICTURE, extensions=("jpg", "jpeg", "png", "webp", "gif"),
        help_text=_("Sted og kamera fjernes fra bildet. Ta helst ikke bilde av folk."),
    )  # fmt: skip


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


class VoteForm(OnceForm):
    """A vote is prepared."""

    question = line(_("Hva stemmer dere over?"), limit=200, required=True)
    text = prose(_("Det folk bør vite først"), limit=2000)
    proposal = forms.TypedChoiceField(label=_("Gjelder det et forslag?"), coerce=int, required=False, empty_value=None)
    method = forms.ChoiceField(label=_("Hvordan stemmer dere?"), choices=Method.choices, widget=forms.RadioSelect)
    hand = forms.ChoiceField(label=_("Hemmelig eller med hendene?"), choices=Hand.choices, widget=forms.RadioSelect, initial=Hand.SECRET)
    options = prose(
        _("Det man kan velge mellom"), limit=4000, rows=5,
        help_text=_("Ett valg på hver linje. Deler dere et budsjett, skriver du kroner til slutt: Ny ovn; 8000"),
    )  # fmt: skip
    budget_kroner = forms.IntegerField(label=_("Budsjett i kroner"), min_value=1, max_value=100_000_000, required=False)
    quorum = forms.IntegerField(
        label=_("Minst så mange må stemme"), min_value=0, max_value=1000, initial=0, help_text=_("0 hvis alle antall er nok.")
    )

    def __init__(self, *args: Any, proposals: list[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "proposal", [("", _("Nei")), *proposals])

    def clean(self) -> dict[str, Any]:
        """Options where the method needs them, with prices for a budget; hands where hands can be counted."""
        data = super().clean() or {}
        method = data.get("method")
        if data.get("hand") == Hand.HANDS and method not in BY_HANDS:
            self.add_error("hand", _("Rekkefølge og budsjett kan ikke telles med hendene. Velg hemmelig."))
        if method in (Method.YES_NO, Method.CONCERN):
            data["options"] = []
            return data
        rows = [row.strip() for row in (data.get("options") or "").splitlines() if row.strip()]
        if not FEWEST_OPTIONS <= len(rows) <= MOST_OPTIONS:
            self.add_error("options", _("Skriv mellom 2 og %(most)s valg, ett på hver linje.") % {"most": MOST_OPTIONS})
        elif method == Method.BUDGET:
            data["options"] = self._with_prices(rows, data)
        else:
            data["options"] = [(row[:120], None) for row in rows]
        return data

    def _with_prices(self, rows: list[str], data: dict[str, Any]) -> list[tuple[str, int | None]]:
        if not data.get("budget_kroner"):
            self.add_error("budget_kroner", _("Skriv hvor mange kroner dere deler."))
        found: list[tuple[str, int | None]] = []
        for row in rows:
            name, _sign, price = row.rpartition(";")
            kroner = "".join(c for c in price if not c.isspace())
            if not name.strip() or not kroner.isdecimal() or not 0 < int(kroner) <= 100_000_000:  # noqa: PLR2004 (as the field)
                self.add_error("options", _("Skriv pris til slutt på hver linje, slik: Ny ovn; 8000"))
                return []
            found.append((name.strip()[:120], int(kroner)))
        return found


class OpenVoteForm(DsForm):
    """The list of those who may vote, and when the vote closes."""

    closes_on = day(_("Siste dag å stemme"), required=True)
    closes_clock = forms.TimeField(label=_("Klokka"), widget=ClockInput(), initial="20:00")
    people = forms.MultipleChoiceField(label=_("Folk med konto"), widget=forms.CheckboxSelectMultiple, required=False)
    cards = forms.TypedMultipleChoiceField(
        label=_("Folk med kort"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Har noen både konto og kort, lar du ett av dem stå."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[tuple[str, str]], cards: list[tuple[str, str]], hands: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "closes_on": timezone.localdate() + timedelta(days=14), "people": [k for k, _n in people], "cards": [k for k, _n in cards],
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        offer(self, "people", people)
        offer(self, "cards", cards)
        self.by_hands = hands
        if hands:
            del self.fields["people"], self.fields["cards"]
        elif not cards:
            del self.fields["cards"]

    def clean(self) -> dict[str, Any]:
        """A time ahead, and somebody on the list."""
        data = super().clean() or {}
        if data.get("closes_on") and data.get("closes_clock"):
            data["closes_at"] = datetime.combine(data["closes_on"], data["closes_clock"], OSLO)
            if not timezone.now() < data["closes_at"] < timezone.now() + timedelta(days=366):
                self.add_error("closes_on", _("Velg en tid som kommer, innen ett år."))
        if not self.by_hands and not self.errors and not (data.get("people") or data.get("cards")):
            raise forms.ValidationError(_("Minst én må stå på lista."))
        return data


class BallotForm(DsForm):
    """A ballot. Its fields follow the method; the ticket carries the receipt and is signed."""

    ticket = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, method: str, options: list[tuple[int, str, int | None]], budget: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.method, self.options, self.budget = method, options, budget
        choices = [(str(n), name if cost is None else _("%(name)s (%(kroner)s kroner)") % {"name": name, "kroner": cost})
                   for n, name, cost in options]  # fmt: skip
        if method in (Method.RANKED, Method.BORDA):
            places = [("", _("ikke satt"))] + [(str(n), str(n)) for n in range(1, len(options) + 1)]
            for number, name, _cost in options:
                self.fields[f"place_{number}"] = forms.TypedChoiceField(label=name, coerce=int, required=False, empty_value=None, choices=places)
        elif method in (Method.APPROVAL, Method.BUDGET):
            label = _("Kryss av for alt du vil ha") if method == Method.BUDGET else _("Kryss av for alt du kan gå for")
            self.fields["choice"] = forms.TypedMultipleChoiceField(
                label=label, coerce=int, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )
        else:
            self.fields["choice"] = forms.TypedChoiceField(label=_("Hva stemmer du?"), coerce=int, choices=choices, widget=forms.RadioSelect)
        if method == Method.CONCERN:
            self.fields["reason"] = prose(
                _("Hva er du bekymret for?"), limit=LONGEST_REASON, rows=3,
                help_text=_("Bare hvis du er bekymret. Det vises uten navn når minst fem har stemt. Skriv det slik at ingen kjenner deg igjen, hvis du vil det."),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Each place once."""
        data = super().clean() or {}
        places = [data[f"place_{n}"] for n, _name, _cost in self.options if data.get(f"place_{n}")]
        if len(set(places)) != len(places):
            raise forms.ValidationError(_("To valg har fått samme plass. Gi dem hver sin, eller la ett stå tomt."))
        return data

    def ballot(self) -> dict[str, Any]:
        """The ballot as it goes into the box."""
        data = self.cleaned_data
        if self.method in (Method.RANKED, Method.BORDA):
            placed = [(data[f"place_{n}"], n) for n, _name, _cost in self.options if data.get(f"place_{n}")]
            return {"c": [number for _place, number in sorted(placed)], "r": ""}
        chosen = data["choice"]
        return {"c": sorted(chosen) if isinstance(chosen, list) else [chosen], "r": data.get("reason") or ""}


class ReceiptForm(DsForm):
    """Types the receipt of a ballot."""

    receipt = forms.CharField(label=_("Kvitteringskoden"), max_length=40, widget=forms.TextInput(
        attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}))  # fmt: skip


class HandsForm(DsForm):
    """The hands one of two people has counted."""

    present = forms.IntegerField(label=_("Hvor mange er i rommet?"), min_value=0, max_value=1000)

    def __init__(self, *args: Any, options: list[tuple[int, str, int | None]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name, _cost in options:
            self.fields[f"hands_{number}"] = forms.IntegerField(label=name, min_value=0, max_value=1000)

    def counts(self) -> list[int]:
        """Hands for each option, in order."""
        return [value for name, value in self.cleaned_data.items() if name.startswith("hands_")]


class AskedForm(DsForm):
    """A day hosts went round."""

    on_date = day(_("Hvilken dag spurte dere?"), required=True)

    def clean_on_date(self) -> Any:
        """A day that has been, and not long ago."""
        found = self.cleaned_data["on_date"]
        if not timezone.localdate() - timedelta(days=120) <= found <= timezone.localdate():
            raise forms.ValidationError(_("Velg en dag som har vært."))
        return found


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
