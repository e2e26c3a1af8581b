"""What a reader is asked who wants a story now, and what they may say to themselves afterwards. All of it can be skipped."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knutepunkt.stories.choices.choosing import QUESTIONS, STEPS, Wish
from knutepunkt.stories.choices.item import Form, Length
from knutepunkt.stories.methods.tasting import Taste, clean
from knutepunkt.stories.queries.finding_names import Facet
from knutepunkt.web.renderer import DsForm

SCALE = tuple((str(n), str(n)) for n in range(1, STEPS + 1))
MANY = forms.CheckboxSelectMultiple


def _many(label: Any, choices: Any = (), help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=MANY, help_text=help_text)


class WishForm(DsForm):
    """What to meet now. `own` fields are added for each group a reader may recognise their life in."""

    wish = forms.ChoiceField(label=_("Hva vil du møte nå?"), choices=Wish.choices, widget=forms.RadioSelect, initial=Wish.SURPRISE)
    notes = _many(_("Helst ikke om"), help_text=_("Du får ikke fortellinger som er merket med dette."))
    forms_of = _many(_("Tekst, lyd, bilde eller film"), Form.choices)
    lengths = _many(_("Lengde"), Length.choices)
    remembers = forms.BooleanField(
        label=_("Husk hva jeg har møtt og svart"), required=False, initial=True,
        help_text=_("Da får du ikke den samme igjen, og valget blir ditt eget mer og mer."),
    )  # fmt: skip

    def __init__(self, *args: Any, facets: Mapping[str, Facet], groups: Mapping[str, str], taste: Taste, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "wish": taste.wish, "notes": taste.notes, "forms_of": taste.forms, "lengths": taste.lengths, "remembers": taste.remembers,
            **{f"own_{group}": taste.own for group in groups},
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        self.groups = tuple(groups)
        for group, label in groups.items():
            rows = [(key, facet.name) for key, facet in facets.items() if facet.group == group]
            self.fields[f"own_{group}"] = _many(label, rows)
        notes: Any = self.fields["notes"]
        notes.choices = [(key.partition(":")[2], facet.name) for key, facet in facets.items() if key.startswith("content-notes:")]

    @property
    def own_fields(self) -> list[Any]:
        """The fields about the reader's own life."""
        return [self[f"own_{group}"] for group in self.groups]

    def taste(self, before: Taste) -> Taste:
        """What is to be kept, with what was kept before."""
        data = self.cleaned_data
        own = [key for group in self.groups for key in data[f"own_{group}"]]
        return clean({
            "wish": data["wish"], "own": own, "notes": data["notes"], "forms": data["forms_of"], "lengths": data["lengths"],
            "languages": before.languages, "remembers": data["remembers"], "answers": before.answers, "met": before.met,
        })  # fmt: skip


class AnswerForm(DsForm):
    """Three short questions a reader may answer for themselves."""

    def __init__(self, *args: Any, marks: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (question, _less, _more) in QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=question, choices=SCALE, required=False, widget=forms.RadioSelect, initial=str(marks.get(name) or "")
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each question as a row of places, with the words at its ends."""
        return [
            {"scale": {"name": question, "less": less, "more": more}, "name": name, "places": [n for n, _label in SCALE], "chosen": self[name].value()}
            for name, (question, less, more) in QUESTIONS.items()
        ]

    def marks(self) -> dict[str, int]:
        """The marks by name; 0 for what was passed over."""
        return {name: int(self.cleaned_data.get(name) or 0) for name in QUESTIONS}
