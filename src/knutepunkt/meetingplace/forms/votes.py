"""What is asked about votes: made, opened, cast, counted by hand."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knutepunkt.events.choices import OSLO
from knutepunkt.meetingplace.choices.voice import BY_HANDS, LONGEST_REASON, MOST_OPTIONS, Hand, Method
from knutepunkt.web import fields
from knutepunkt.web.fields import OnceForm, day, line, offer
from knutepunkt.web.renderer import ClockInput, DsForm

FEWEST_OPTIONS = 2
prose = partial(fields.prose, limit=4000)


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
