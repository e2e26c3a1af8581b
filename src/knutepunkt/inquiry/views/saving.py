"""Saving what several people write: whoever comes second is shown both, and loses nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from knutepunkt.inquiry.actions.frame import SomebodyElseSaved
from knutepunkt.web.fields import typed_again


@dataclass(frozen=True)
class Tried:
    """A form to show, or what became of one that was sent: saved, or `theirs` stands in the way."""

    form: Any
    is_saved: bool = False
    theirs: Any = None


def try_to_save(request: HttpRequest, form_type: Any, initial: dict[str, Any], save: Callable[..., Any]) -> Tried:
    """Show a form that has a `version`, or save what was sent with it.

    Args:
        request: the page's request.
        form_type: the form.
        initial: what stands there now, with its version.
        save: the action, called with the form's cleaned data; raises `SomebodyElseSaved` for an older version.
    """
    form = form_type(request.POST or None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return Tried(form)
    try:
        save(**form.cleaned_data)
    except SomebodyElseSaved as other:
        number = getattr(other.now, "version", None) or other.now.number
        return Tried(typed_again(form, number), theirs=other.now)
    return Tried(form, is_saved=True)
