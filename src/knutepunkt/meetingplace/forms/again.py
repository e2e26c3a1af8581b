"""Showing again what was typed when somebody else saved first."""

from typing import Any, TypeVar, cast

from django import forms
from django.http import QueryDict

AnyForm = TypeVar("AnyForm", bound=forms.Form)


def typed_again(form: type[AnyForm], typed: QueryDict, version: int, *, name: str = "version") -> AnyForm:
    """The form with what was typed, to be saved over the newest version after a look; nothing typed is lost."""
    data = typed.copy()
    data[name] = str(version)
    return form(data)


def prose(label: Any, *, limit: int = 2000, rows: int = 4, required: bool = False, help_text: Any = "") -> forms.CharField:
    """A text of several lines."""
    widget = forms.Textarea(attrs={"rows": str(rows)})
    return forms.CharField(label=label, max_length=limit, required=required, help_text=help_text, widget=widget)


def line(label: Any, *, limit: int = 120, required: bool = False, help_text: Any = "") -> forms.CharField:
    """A text of one line."""
    return forms.CharField(label=label, max_length=limit, required=required, help_text=help_text)


def offer(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    """Give a field of a form its choices."""
    cast("forms.ChoiceField", form.fields[name]).choices = choices
