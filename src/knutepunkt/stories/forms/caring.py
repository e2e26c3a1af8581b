"""What is asked of those who care for the library, of those who want to use it elsewhere, and of tellers who reply."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from knutepunkt.stories.choices.caring import FIELD_NAMES, LONGEST_USE, MOST_IN_COLLECTION, Outside
from knutepunkt.stories.choices.item import Kind, Language
from knutepunkt.stories.methods.citing import clean_doi
from knutepunkt.stories.methods.contents import LINE_LONGEST, PART_LONGEST, TITLE_LONGEST
from knutepunkt.web.fields import line, offer, prose
from knutepunkt.web.renderer import DayInput, DsForm, FoldedChoices

AnyForm = TypeVar("AnyForm", bound=forms.Form)
Groups = list[tuple[str, Any, list[tuple[str, str]]]]
"""What something may be about, a group at a time: name, question, choices."""
HANDLE = re.compile(r"\b([2-9a-hjkmnp-z]{9})\b")


# -- the desk --------------------------------------------------------------------------------------


class AnswerForm(DsForm):
    """What every answer of the desk knows: the newest answer there was when the page was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class AskChangesForm(AnswerForm):
    """What could be changed, in words to the teller."""

    words = prose(_("Hva vil du si til den som fortalte?"), required=True, rows=6,
                  help_text=_("Begynn med det som er sterkt. Foreslå, og si at det er den som fortalte som bestemmer."))  # fmt: skip


class NotTakenForm(DsForm):
    """Why something a municipality sent in is not taken in."""

    words = prose(_("Hvorfor passer det ikke nå?"), rows=4, help_text=_("De som sendte det, får lese dette. Si gjerne hva som kunne gjort at det ble tatt inn."))


class TakeOutForm(DsForm):
    """Which rule, and which sentence."""

    rule = forms.ChoiceField(label=_("Hvilken regel gjelder det?"), widget=forms.RadioSelect)
    sentence = prose(_("Hvilken setning gjelder det?"), required=True, rows=3,
                     help_text=_("Kopier den akkurat slik den står i teksten."))  # fmt: skip
    words = prose(_("Vil du si noe mer?"), rows=4, help_text=_("Si gjerne hva som kunne gjort at den ble tatt inn."))

    def __init__(self, *args: Any, rules: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "rule", [(rule.key, rule.name) for rule in rules])


class DeclineForm(TakeOutForm, AnswerForm):
    """The same, of what waits."""


class PassOnForm(DsForm):
    """Who is asked instead, if anybody."""

    to = forms.ChoiceField(label=_("Hvem skal få den?"), required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", [("", _("Den blir liggende til de andre")), *people])


class ReplyForm(DsForm):
    """What the teller thinks of the answer."""

    text = prose(_("Hva vil du si?"), required=True, rows=6)


class AgainForm(DsForm):
    """What the second pair of eyes decides."""

    stands = forms.ChoiceField(
        label=_("Hva bestemmer du?"), widget=forms.RadioSelect,
        choices=[("no", _("Den tas inn likevel")), ("yes", _("Den tas ikke inn"))],
    )  # fmt: skip
    words = prose(_("Hvorfor? Den som fortalte, får lese dette."), required=True, rows=5)


class TrainForm(DsForm):
    """Who has learnt it."""

    person = forms.ChoiceField(label=_("Hvem har fått opplæring?"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", [("", _("Velg")), *people])


# -- other kinds -----------------------------------------------------------------------------------


class SharedForm(DsForm):
    """What all but stories have in common; the kinds add their own questions before the text."""

    title = line(_("Hva heter det?"), limit=TITLE_LONGEST, required=True)
    summary = prose(_("Kort sagt"), limit=1000, rows=3, required=True, help_text=_("To eller tre setninger i klart språk."))
    text = prose(_("Mer, hvis det trengs"), limit=PART_LONGEST * 4, rows=8)
    language = forms.ChoiceField(label=_("Språk"), choices=Language.choices, initial=Language.BOKMAL)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    own: tuple[str, ...] = ()

    def __init__(self, *args: Any, groups: Groups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = [name for name, _label, _choices in groups]
        chosen = set(self.initial.get("terms", ()))
        for name, label, choices in groups:
            self.fields[name] = forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=FoldedChoices)
            self.initial[name] = [value for value, _name in choices if value in chosen]
        self.order_fields(["title", "summary", *self.own, "text", "language", *self.groups, "version"])

    def content(self) -> dict[str, Any]:
        """What was typed, as the item's content."""
        words = {name: value for name, value in self.cleaned_data.items() if name != "version" and name not in self.groups}
        return {**words, "terms": [term for name in self.groups for term in self.cleaned_data[name]]}


class ExampleForm(SharedForm):
    """A good example from a municipality or a centre."""

    own = ("need", "did", "with_whom", "changed", "not_changed", "contact")
    need = prose(FIELD_NAMES["need"], limit=PART_LONGEST, required=True)
    did = prose(FIELD_NAMES["did"], limit=PART_LONGEST, rows=6, required=True)
    with_whom = prose(FIELD_NAMES["with_whom"], limit=PART_LONGEST, rows=3, required=True,
                      help_text=_("Si også hvordan folk med egen erfaring var med."))  # fmt: skip
    changed = prose(FIELD_NAMES["changed"], limit=PART_LONGEST, required=True)
    not_changed = prose(FIELD_NAMES["not_changed"], limit=PART_LONGEST, required=True,
                        help_text=_("Og hva ble ikke som dere håpet? Andre lærer like mye av det."))  # fmt: skip
    contact = line(FIELD_NAMES["contact"], limit=LINE_LONGEST, help_text=_("Alle kan se dette. Skriv et navn og hvor dere kan nås på jobb."))


class MethodForm(SharedForm):
    """A method or a tool."""

    own = ("for_whom", "how", "needs", "source")
    for_whom = prose(FIELD_NAMES["for_whom"], limit=PART_LONGEST, rows=3, required=True)
    how = prose(FIELD_NAMES["how"], limit=PART_LONGEST, rows=8, required=True)
    needs = prose(FIELD_NAMES["needs"], limit=PART_LONGEST, rows=3)
    source = line(FIELD_NAMES["source"], limit=LINE_LONGEST, help_text=_("Hvem laget det, og hva er lov å gjøre med det?"))


class ResearchForm(SharedForm):
    """Research or a report."""

    own = ("authors", "year", "doi", "published_in", "url")
    authors = prose(FIELD_NAMES["authors"], limit=1000, rows=3, required=True, help_text=_("Etternavn, fornavn. Én på hver linje."))
    year = line(FIELD_NAMES["year"], limit=20, required=True)
    doi = line(FIELD_NAMES["doi"], limit=200, help_text=_("For eksempel 10.1000/182. Lim gjerne inn hele lenka."))
    published_in = line(FIELD_NAMES["published_in"], limit=LINE_LONGEST)
    url = line(FIELD_NAMES["url"], limit=LINE_LONGEST, help_text=_("Hvis det ikke har DOI."))

    def clean_doi(self) -> str:
        typed = self.cleaned_data["doi"]
        found = clean_doi(typed)
        if typed and not found:
            raise forms.ValidationError(_now("En DOI begynner med 10. og har en skråstrek. Se etter om alt er med."))
        return found

    def clean_year(self) -> str:
        typed = self.cleaned_data["year"].strip()
        if not re.fullmatch(r"(19|20)\d\d", typed) or int(typed) > timezone.localdate().year + 1:
            raise forms.ValidationError(_now("Skriv året med fire tall, for eksempel 2026."))
        return typed

    def clean_url(self) -> str:
        typed = self.cleaned_data["url"].strip()
        if typed and not re.match(r"^https?://[^\s/]+\.[^\s]+$", typed):
            raise forms.ValidationError(_now("Skriv hele adressen, med https:// først."))
        return typed


FORMS: dict[str, type[SharedForm]] = {Kind.EXAMPLE: ExampleForm, Kind.METHOD: MethodForm, Kind.RESEARCH: ResearchForm}


class SendExampleForm(ExampleForm):
    """A good example a municipality sends in, and to which house."""

    organisation = forms.ChoiceField(label=_("Hvem skal lese det?"))

    def __init__(self, *args: Any, organisations: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organisation", [("", _("Velg")), *organisations])
        self.order_fields(["organisation"])

    def content(self) -> dict[str, Any]:
        """What was typed, as the item's content."""
        return {name: value for name, value in super().content().items() if name != "organisation"}


class BeginForm(DsForm):
    """For which house something is written, where somebody edits for several."""

    organisation = forms.ChoiceField(label=_("For hvem?"))

    def __init__(self, *args: Any, organisations: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organisation", organisations)


class GuideForm(DsForm):
    """A guide or a template."""

    name = line(_("Hva er fila?"), limit=120, required=True, help_text=_("For eksempel: Mal for invitasjon"))
    file = forms.FileField(label=_("Fil"), help_text=_("PDF, Word (DOCX) eller ODT. Den kan være 10 MB."))


# -- uses ------------------------------------------------------------------------------------------


class AskUseForm(DsForm):
    """What for, where, until when."""

    purpose = forms.ChoiceField(label=_("Hva skal det brukes til?"), choices=Outside.choices, widget=forms.RadioSelect)
    place = line(_("Hvor?"), limit=160, required=True,
                 help_text=_("Den som fortalte, ser dette. For eksempel: Kurs for nye hjelpere i Solvik"))  # fmt: skip
    until_on = forms.DateField(label=_("Til og med"), widget=DayInput, help_text=_("Høyst tre år fram."))
    why = prose(_("Fortell litt mer"), help_text=_("Hvem skal høre eller lese det, og hva skal det hjelpe dem med?"), required=True)
    name = line(_("Hva heter du, eller stedet du arbeider for?"), limit=80, required=True)
    contact = forms.EmailField(
        label=_("E-post"), required=False,
        help_text=_("Den er låst ned. Vi skriver bare når noe er bestemt, eller når noe er tatt tilbake."),
    )  # fmt: skip

    def __init__(self, *args: Any, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].required = not signed_in

    def clean_until_on(self) -> Any:
        day = self.cleaned_data["until_on"]
        today = timezone.localdate()
        if not today <= day <= today + LONGEST_USE - timedelta(days=1):
            raise forms.ValidationError(_now("Velg en dag fra i dag og høyst tre år fram."))
        return day


class CheckForm(DsForm):
    """The questions on misuse, each its own."""

    def __init__(self, *args: Any, questions: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[f"q-{question.key}"] = forms.ChoiceField(
                label=question.name, widget=forms.RadioSelect, choices=[("yes", _("Ja")), ("no", _("Nei, eller jeg er usikker"))]
            )

    def safe(self) -> list[str]:
        """Keys of the questions answered with yes."""
        return [name.removeprefix("q-") for name, value in self.cleaned_data.items() if value == "yes"]


class ToldForm(DsForm):
    """How often something was used, and how many said it gave hope."""

    def __init__(self, *args: Any, used: list[tuple[int, str, int, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.used = [pk for pk, _title, _times, _hope in used]
        for pk, title, times, hope in used:
            self.fields[f"times-{pk}"] = forms.IntegerField(
                label=_now("«%(title)s»: hvor mange ganger er den brukt?") % {"title": title}, min_value=0, max_value=10_000, initial=times
            )
            self.fields[f"hope-{pk}"] = forms.IntegerField(
                label=_now("«%(title)s»: hvor mange sa at den ga håp?") % {"title": title}, min_value=0, max_value=10_000, initial=hope,
                help_text=_("Skriv 0 hvis dere ikke har spurt."),
            )  # fmt: skip

    def told(self) -> dict[int, tuple[int, int]]:
        """Times and hope by the used item's key."""
        return {pk: (self.cleaned_data[f"times-{pk}"], self.cleaned_data[f"hope-{pk}"]) for pk in self.used}


# -- collections -----------------------------------------------------------------------------------


class CollectionForm(DsForm):
    """What a collection is called, why it is, what stands in it."""

    title = line(_("Hva heter samlingen?"), limit=120, required=True)
    why = prose(_("Hvorfor hører dette sammen?"), rows=4, required=True)
    is_shown = forms.BooleanField(label=_("Vis den for alle"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, known: Callable[[list[str]], set[str]], parts: list[tuple[str, str]] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.known = known
        self.handles = [handle for handle, _title in parts]
        for number, (handle, title) in enumerate(parts, 1):
            self.fields[f"at-{handle}"] = forms.IntegerField(
                label=title, required=False, min_value=0, max_value=MOST_IN_COLLECTION, initial=number,
                help_text=_("Plass i rekka. Skriv 0 for å ta den ut."),
            )  # fmt: skip
        self.fields["add"] = prose(_("Legg til"), rows=3, help_text=_("Lim inn adressen til det du vil ha med. Én på hver linje."))
        self.order_fields(["title", "why", *(f"at-{handle}" for handle in self.handles), "add", "is_shown", "version"])

    def clean_add(self) -> str:
        """Addresses of things readers may see; a line that names none is said, not dropped."""
        add = str(self.cleaned_data.get("add") or "")
        lines = [one.strip() for one in add.splitlines() if one.strip()]
        known = self.known(HANDLE.findall(add))
        if strange := [one for one in lines if not known.intersection(HANDLE.findall(one))]:
            raise forms.ValidationError(_("Vi finner ikke dette i biblioteket: %(what)s"), params={"what": strange[0][:200]})
        return add

    def wanted(self) -> list[str]:
        """Handles in the order asked, with the new ones last."""
        places = [(self.cleaned_data.get(f"at-{handle}"), number, handle) for number, handle in enumerate(self.handles)]
        kept = [handle for place, _n, handle in sorted((p or 99, n, h) for p, n, h in places if p != 0) if place]
        return kept + [handle for handle in HANDLE.findall(self.cleaned_data.get("add", "")) if handle not in kept]
