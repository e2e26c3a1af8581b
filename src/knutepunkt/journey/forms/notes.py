"""One form for each kind of note. Each gives back the whole content, also what the page does not ask about."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knutepunkt.journey.choices import (
    STEPS,
    GoalState,
    Helped,
    Hindrance,
    Matter,
    Nearness,
    Part,
)
from knutepunkt.journey.methods.contents import LINE, WORDS
from knutepunkt.journey.methods.scales import Scale
from knutepunkt.web import fields
from knutepunkt.web.fields import day
from knutepunkt.web.renderer import DsForm

SCALE = tuple((str(n), str(n)) for n in range(1, STEPS + 1))
MARK = "mark_"
words = partial(fields.prose, limit=WORDS, rows=3, is_private=True)
line = partial(fields.line, limit=LINE, is_private=True)


class NoteForm(DsForm):
    """A form over a note: what it knows already is kept where the page does not ask."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, known: Mapping[str, Any] | None = None, number: int | None = None, **kwargs: Any) -> None:
        self.known = dict(known or {})
        kwargs.setdefault("initial", {**self.as_initial(self.known), "version": number})
        super().__init__(*args, **kwargs)

    def as_initial(self, known: Mapping[str, Any]) -> dict[str, Any]:
        """What is shown of what is known."""
        return dict(known)

    def content(self) -> dict[str, Any]:
        """The whole content."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return {**self.known, **{name: _plain(value) for name, value in data.items()}}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else "" if value is None else value


class MatterForm(NoteForm):
    """Something that matters to me."""

    what = forms.ChoiceField(label=_("Hva slags er det?"), choices=Matter.choices, widget=forms.RadioSelect, initial=Matter.VALUE)
    text = words(_("Med dine ord"), required=True)
    picture = forms.FileField(
        label=_("Et bilde, hvis du vil"), required=False,
        help_text=_("Bildet låses med din egen nøkkel. Sted og kamera tas bort."),
    )  # fmt: skip
    sound = forms.FileField(
        label=_("Et lydopptak, hvis du vil"), required=False, help_text=_("Et opptak fra telefonen, høyst 20 MB."),
    )  # fmt: skip
    file_says = line(_("Hva viser bildet, eller hva hører vi?"))

    def content(self) -> dict[str, Any]:
        found = super().content()
        return {name: value for name, value in found.items() if name not in {"picture", "sound"}}


class GoalForm(NoteForm):
    """A goal in own words."""

    text = line(_("Hva vil du?"), required=True, help_text=_("Med dine ord. Det kan være lite eller stort."))
    why = words(_("Hvorfor er det viktig for deg?"))
    is_important = forms.BooleanField(label=_("Dette er ekstra viktig nå"), required=False)


class GoalStateForm(NoteForm):
    """Where the goal is now."""

    state = forms.ChoiceField(label=_("Hvor er du med dette?"), choices=GoalState.choices, widget=forms.RadioSelect)


class StepForm(NoteForm):
    """A step on the way."""

    text = line(_("Et lite steg"), required=True)
    due_on = day(_("Når, hvis du vil ha en dag"))


class ViewForm(NoteForm):
    """How one of two sees it, written side by side with how the other does."""

    view = words(_("Slik ser jeg det"), required=True)


class StrategyForm(NoteForm):
    """Something that helps."""

    text = line(_("Hva hjelper?"), required=True, help_text=_("For eksempel å gå ut, ringe noen, lage te."))
    how = words(_("Hvordan gjør du det?"))
    in_hard_moments = forms.BooleanField(
        label=_("Vis meg dette i vanskelige øyeblikk"), required=False, help_text=_("Velg få. Da er det lettere å se dem.")
    )


class TryForm(NoteForm):
    """How it went this time."""

    on = day(_("Når"))
    went = forms.ChoiceField(label=_("Hvordan gikk det?"), choices=Helped.choices, widget=forms.RadioSelect, initial=Helped.SOME)
    note = words(_("Vil du skrive noe om det?"), rows=2)

    def clean_on(self) -> Any:
        return self.cleaned_data["on"] or timezone.localdate()


class HindranceForm(NoteForm):
    """Something in the way."""

    what = forms.ChoiceField(label=_("Hva handler det om?"), choices=Hindrance.choices, widget=forms.RadioSelect, initial=Hindrance.OTHER)
    text = words(_("Hva står i veien?"), required=True)


class EventForm(NoteForm):
    """Something that happened, to see on the line."""

    on = day(_("Når"), required=True)
    text = line(_("Hva skjedde?"), required=True)


class ContactForm(NoteForm):
    """Somebody, or a place."""

    name = line(_("Hvem, eller hvor?"), limit=80, required=True)
    is_place = forms.BooleanField(label=_("Dette er et sted"), required=False)
    near = forms.ChoiceField(label=_("Hvor nær er det?"), choices=Nearness.choices, widget=forms.RadioSelect, initial=Nearness.MIDDLE)
    gives = line(_("Hva gir det deg?"))
    phone = line(_("Telefon"), limit=40)


class DimensionForm(NoteForm):
    """A scale of one's own, or own words at the ends of one of ours."""

    name = line(_("Hva vil du følge med på?"))
    less = line(_("Ordet lengst til venstre"), limit=60)
    more = line(_("Ordet lengst til høyre"), limit=60)
    is_off = forms.BooleanField(label=_("Ikke spør meg om dette"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.known.get("theme"):
            self.fields["name"].required = True


class PlanForm(NoteForm):
    """The plan for hard days: one thing on each line."""

    signs = words(_("Slik merker jeg at det blir vanskelig"), rows=4, help_text=_("Én ting på hver linje."))
    helps = words(_("Dette hjelper"), rows=4, help_text=_("Én ting på hver linje."))
    helps_not = words(_("Dette hjelper ikke"), rows=3, help_text=_("Én ting på hver linje."))
    call = words(_("Disse kan jeg ringe"), rows=3, help_text=_("Navn og nummer på hver linje, for eksempel: Siri 400 00 000"))
    others = words(_("Dette ønsker jeg at andre gjør"), rows=4, help_text=_("Én ting på hver linje."))

    LISTS = ("signs", "helps", "helps_not", "others")

    def as_initial(self, known: Mapping[str, Any]) -> dict[str, Any]:
        """Lists as lines."""
        shown: dict[str, Any] = {name: "\n".join(known.get(name, [])) for name in self.LISTS}
        people = known.get("call", [])
        return {**shown, "call": "\n".join(f"{one['name']} {one['phone']}".strip() for one in people)}

    def content(self) -> dict[str, Any]:
        """Lines as lists; digits at the end of a line are the number."""
        data = self.cleaned_data
        lists = {name: _lines(data[name]) for name in self.LISTS}
        return {**self.known, **lists, "call": [_name_and_number(text) for text in _lines(data["call"])[:12]]}


def _lines(text: str) -> list[str]:
    return [line.strip()[:LINE] for line in text.splitlines() if line.strip()][:100]


def _name_and_number(text: str) -> dict[str, str]:
    name = text.rstrip("0123456789 +").strip(" :,-")
    number = text[len(text.rstrip("0123456789 +")) :].strip()
    return {"name": (name or text)[:80], "phone": number[:40]}


class CheckinForm(NoteForm):
    """How it is today: own words first, then the scales the person has kept. Any of it can be skipped."""

    words = words(_("Hvordan har du det?"), rows=3, help_text=_("Ett ord er nok. Du kan hoppe over alt her."))

    def __init__(self, *args: Any, scales: list[Scale], **kwargs: Any) -> None:
        self.scales = scales
        super().__init__(*args, **kwargs)
        for scale in scales:
            self.fields[f"{MARK}{scale.key}"] = forms.ChoiceField(
                label=scale.name, required=False, choices=[("", _("ikke i dag")), *SCALE],
                widget=forms.RadioSelect(attrs={"class": "kp-scale"}), initial=str(self.known.get("marks", {}).get(scale.key, "")),
            )  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """Each scale with its places, as the page draws them."""
        return [
            {"scale": s, "name": f"{MARK}{s.key}", "chosen": str(self[f"{MARK}{s.key}"].value() or ""),
             "places": [n for n, _label in SCALE]}
            for s in self.scales
        ]  # fmt: skip

    def content(self) -> dict[str, Any]:
        """The day, the words and the marks that were set."""
        data = self.cleaned_data
        marks = {s.key: int(data[f"{MARK}{s.key}"]) for s in self.scales if data.get(f"{MARK}{s.key}")}
        return {"on": self.known.get("on") or timezone.localdate().isoformat(), "words": data["words"], "marks": marks}


class BeginForm(DsForm):
    """What the journey shall have."""

    parts = forms.MultipleChoiceField(
        label=_("Hva vil du ha med?"), choices=Part.choices, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Du kan endre dette når som helst. Det du har skrevet, blir ikke borte."),
    )  # fmt: skip


class WishForm(NoteForm):
    """An advance wish, and who sees it when I press the signal."""

    text = words(_("Hva ønsker du?"), rows=4, required=True)
    circle = forms.MultipleChoiceField(
        label=_("Hvem ser dette når du gir signal?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, circle: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circle"].choices = circle  # type: ignore[attr-defined]


class SettingsForm(DsForm):
    """How the journey is: what it has, whether the CHIME words stand there, whether it rests, and a reminder."""

    parts = BeginForm.base_fields["parts"]
    hides_chime = forms.BooleanField(
        label=_("Ikke bruk ordene håp, identitet og de andre temaene"), required=False,
        help_text=_("«Recovery» er ikke alles ord. Alt virker uten."),
    )  # fmt: skip
    is_resting = forms.BooleanField(
        label=_("La veien min hvile"), required=False, help_text=_("Ingenting spør deg om noe. Alt ligger der du la det.")
    )
    remind_on = forms.ChoiceField(
        label=_("Vil du ha en påminnelse om innsjekk?"), required=False,
        choices=[("", _("nei takk")), ("mon", _("mandag")), ("tue", _("tirsdag")), ("wed", _("onsdag")),
                 ("thu", _("torsdag")), ("fri", _("fredag")), ("sat", _("lørdag")), ("sun", _("søndag"))],
    )  # fmt: skip
    may_count = forms.BooleanField(
        label=_("Jeg kan telles med når vi regner ut tall for mange"), required=False,
        help_text=_("Bare antall, aldri ord, og aldri færre enn fem sammen. Du kan ta det tilbake."),
    )  # fmt: skip


class HandOnForm(DsForm):
    """Handing on what stands in the way."""

    text = words(_("Ordene, slik du vil at andre skal lese dem"), rows=4, required=True)
    place = forms.ChoiceField(label=_("Hvor skal de?"), widget=forms.RadioSelect)
    agrees = forms.BooleanField(label=_("Ja, disse ordene kan brukes der"))

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]
