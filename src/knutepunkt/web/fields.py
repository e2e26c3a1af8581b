"""Fields that every room asks with, the form that is shown once more with what was typed, and the form that counts once."""

import uuid
from typing import Any, TypeVar, cast

from django import forms
from django.http import QueryDict

from knutepunkt.web.renderer import DayInput, DsForm

AnyForm = TypeVar("AnyForm", bound=forms.Form)


def prose(
    label: Any, *, limit: int = 2000, rows: int = 4, required: bool = False, help_text: Any = "", is_private: bool = False
) -> forms.CharField:
    """A text of several lines; the browser keeps no list of what is typed where it is private."""
    widget = forms.Textarea(attrs={"rows": str(rows), **_unless_private(is_private)})
    return forms.CharField(label=label, max_length=limit, required=required, help_text=help_text, widget=widget)


def line(label: Any, *, limit: int = 120, required: bool = False, help_text: Any = "", is_private: bool = False) -> forms.CharField:
    """A text of one line; the browser keeps no list of what is typed where it is private."""
    widget = forms.TextInput(attrs=_unless_private(is_private))
    return forms.CharField(label=label, max_length=limit, required=required, help_text=help_text, widget=widget)


def _unless_private(is_private: bool) -> dict[str, str]:
    return {"autocomplete": "off"} if is_private else {}


def day(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(label=label, required=required, help_text=help_text, widget=DayInput())


def tick(label: Any, **more: Any) -> forms.BooleanField:
    """Yes, or not."""
    return forms.BooleanField(label=label, required=False, **more)


def offer(form: forms.Form, name: str, choices: Any) -> None:
    """Give a field of a form its choices: pairs of value and words."""
    cast("forms.ChoiceField", form.fields[name]).choices = choices


def typed_again(form: AnyForm, version: int, *, name: str = "version") -> AnyForm:
    """A form that came too late, as it was typed, to be saved over the newest version after a look; nothing typed is lost.

    Args:
        form: the form as it was sent.
        version: the newest version there is.
        name: the field the version stands in.
    """
    data = cast("QueryDict", form.data).copy()
    data[name] = str(version)
    form.data = data
    return form


class OnceForm(DsForm):
    """A form with a key of its own, so that a double click or a step back makes one thing and not two."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
