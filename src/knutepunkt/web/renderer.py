"""Forms in Designsystemet's exact markup: every form in the house, also those of libraries, is drawn by this.

Label, help, limit and error stand in the markup the server sends, tied together by id.
"""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.template.defaultfilters import filesizeformat
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)
SHORT, MIDDLE, LONG, ONE_LINE = (
    12,
    40,
    120,
    200,
)  # letters: a short field, half a line, worth counting, a line


class DsBoundField(forms.BoundField):
    """A field as it stands in a form: it knows its limit, and says it before anyone meets it."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add Designsystemet's class and what a small screen's keyboard needs."""
        widget = widget or self.field.widget
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if not widget.is_hidden:
            own = widget.attrs.get("class")
            built.setdefault("class", f"ds-input {own}" if own else "ds-input")
        if isinstance(widget, forms.Textarea):
            if widget.attrs.get("rows") == "10":  # Django's own default, too tall on a phone
                built.setdefault("rows", 5)
        elif isinstance(widget, (forms.TextInput, forms.NumberInput, forms.Select)):
            self._set_width(built, widget)
        if self.counter_from and isinstance(widget, (forms.TextInput, forms.Textarea)):
            built["data-limit"] = self.counter_from
        return built

    def _set_width(self, built: dict[str, Any], widget: forms.Widget) -> None:
        """A short answer gets a short field."""
        length = getattr(self.field, "max_length", None)
        if isinstance(widget, forms.NumberInput) or (length and length <= SHORT):
            built.setdefault("data-width", "short")
        elif isinstance(widget, (forms.DateInput, forms.TimeInput, forms.Select)) or (
            length and length <= MIDDLE
        ):
            built.setdefault("data-width", "middle")

    @cached_property
    def counter_from(self) -> int | None:
        """The limit, when it is long enough that counting helps."""
        length = getattr(self.field, "max_length", None)
        if not length or length < LONG:
            return None
        # Nobody fills a one-line field of 254 letters: there the limit is only noise.
        return int(length) if isinstance(self.field.widget, forms.Textarea) or length <= ONE_LINE else None

    @cached_property
    def limit_text(self) -> str:
        """The limit in words: how long, how large, between what."""
        field = self.field
        if isinstance(field, forms.FileField):
            return self._file_limit()
        if isinstance(field, (forms.IntegerField, forms.FloatField, forms.DecimalField)):
            low, high = field.min_value, field.max_value
            if low is not None and high is not None:
                return _("Et tall fra %(low)s til %(high)s.") % {"low": low, "high": high}
            return ""
        if self.counter_from and isinstance(field.widget, (forms.TextInput, forms.Textarea)):
            return _("Inntil %(count)s tegn.") % {"count": self.counter_from}
        return ""

    def _file_limit(self) -> str:
        allowed: list[str] = []
        for validator in self.field.validators:
            if isinstance(validator, FileExtensionValidator) and validator.allowed_extensions:
                allowed = sorted(validator.allowed_extensions)
        largest = getattr(self.field, "max_bytes", None)
        parts = []
        if allowed:
            parts.append(_("Filer av typen %(kinds)s.") % {"kinds": ", ".join(allowed)})
        if largest:
            parts.append(_("Høyst %(size)s.") % {"size": filesizeformat(largest)})
        return " ".join(parts)

    @property
    def aria_describedby(self) -> str | None:
        """Help, limit and error, in the order they stand."""
        described = super().aria_describedby
        if described is None or not (self.limit_text and self.auto_id and not self.is_hidden):
            return described
        ids = described.split()
        error = [ids.pop()] if self.errors and ids else []
        return " ".join([*ids, f"{self.auto_id}_limit", *error])

    @property
    def shape(self) -> str:
        """Which markup the field needs: `choices`, `tick`, `group` or `plain`."""
        widget = self.field.widget
        if isinstance(widget, CHOICES):
            return "choices"
        if isinstance(widget, forms.CheckboxInput):
            return "tick"
        return "group" if self.use_fieldset and not isinstance(widget, forms.FileInput) else "plain"

    @property
    def folds(self) -> bool:
        """Whether the choices are many, and stand folded until somebody opens them."""
        return isinstance(self.field.widget, FoldedChoices)

    @property
    def chosen(self) -> str:
        """What is chosen, in words, for a folded list of choices."""
        return ", ".join(str(choice.data["label"]) for choice in self.subwidgets if choice.data["selected"])

    @property
    def anchor(self) -> str:
        """Where a link in the error summary leads: the field itself, or the group it stands in."""
        return str(self.auto_id if self.shape in {"choices", "group"} else self.id_for_label)

    @property
    def may_be_skipped(self) -> bool:
        """Whether to say that the field may be left empty."""
        alone = sum(not field.is_hidden for field in self.form) == 1
        return not self.field.required and self.shape != "tick" and not alone


class FoldedChoices(forms.CheckboxSelectMultiple):
    """Many choices that may be left alone: folded, with what is chosen said beside the question."""


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Browsers send and want 2027-05-17, whatever they show."""
        super().__init__(attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """A time of day, with the browser's own clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Hours and minutes, no seconds."""
        super().__init__(attrs, format="%H:%M")


class DayAndClockInput(forms.SplitDateTimeWidget):
    """A day and a time of day side by side, for SplitDateTimeField. Each half is named."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Use the browser's own calendar and clock."""
        super().__init__(attrs)
        self.widgets = (
            DayInput({"aria-label": _lazy("Dag")}),
            ClockInput({"aria-label": _lazy("Klokkeslett")}),
        )


class DsRenderer(TemplatesSetting):
    """Django's form renderer for the whole house."""

    form_template_name = "web/form.html"
    field_template_name = "web/field.html"
    bound_field_class = DsBoundField

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """A list of choices is written here: a template for each choice takes ten times as long."""
        if template_name == "django/forms/widgets/select.html":
            return _select(context["widget"])
        return str(super().render(template_name, context, request))


def _select(widget: dict[str, Any]) -> SafeString:
    """A `select` as Django's own template draws it."""
    parts: list[str] = [format_html('<select name="{}"{}>', widget["name"], flatatt(widget["attrs"]))]
    for group, options, _index in widget["optgroups"]:
        lines = [
            format_html('<option value="{}"{}>{}</option>', o["value"], flatatt(o["attrs"]), o["label"]) for o in options
        ]
        parts += [format_html('<optgroup label="{}">', group), *lines, "</optgroup>"] if group else lines
    return mark_safe("".join([*parts, "</select>"]))  # every part is escaped above


# What Django says when a field is empty or unclear, said as what to do. Kept where the form says nothing else.
PLAIN_WORDS = {
    "choices": {"required": _lazy("Velg et av svarene.")},
    "tick": {"required": _lazy("Kryss av her for å gå videre.")},
    "group": {"required": _lazy("Fyll ut dette for å gå videre.")},
    "plain": {"required": _lazy("Skriv noe her for å gå videre.")},
}
BY_FIELD: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (forms.FileField, {"required": _lazy("Velg en fil for å gå videre.")}),
    (forms.EmailField, {"invalid": _lazy("Skriv hele e-postadressen, for eksempel kari@eksempel.no.")}),
    (forms.DateTimeField, {"invalid": _lazy("Skriv dag og klokkeslett, for eksempel 17.05.2027 18:00.")}),
    (forms.DateField, {"invalid": _lazy("Skriv datoen slik: 17.05.2027.")}),
    (forms.TimeField, {"invalid": _lazy("Skriv klokkeslettet slik: 18:00.")}),
    (
        forms.IntegerField,
        {
            "invalid": _lazy("Skriv et helt tall."),
            "min_value": _lazy("Skriv et tall som er %(limit_value)s eller høyere."),
            "max_value": _lazy("Skriv et tall som er %(limit_value)s eller lavere."),
        },
    ),
    (forms.CharField, {"max_length": _lazy("Teksten er for lang. Kort den ned til %(limit_value)d tegn.")}),
    (forms.ModelChoiceField, {"required": _lazy("Velg noe fra lista.")}),
    (forms.ChoiceField, {"required": _lazy("Velg noe fra lista.")}),
)


class DsFormMixin:
    """What all our own forms share: no colon after a label, and plain words when something is missing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Set up the form, then let each field speak as the house does."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            shape = self[name].shape  # type: ignore[index]
            words = dict(PLAIN_WORDS[shape])
            if shape == "plain":
                words |= next((said for kind, said in BY_FIELD if isinstance(field, kind)), {})
            for code, said in words.items():
                if field.error_messages.get(code) == _django_says(field, code):
                    field.error_messages[code] = said


def _django_says(field: forms.Field, code: str) -> Any:
    """The library's own words for an error, as the field's class inherits them."""
    for kind in type(field).__mro__:
        said = getattr(kind, "default_error_messages", {}).get(code)
        if said is not None:
            return said
    return None


class DsForm(DsFormMixin, forms.Form):
    """A form of ours."""


class DsModelForm(DsFormMixin, forms.ModelForm):
    """A form of ours about one row. It cleans; an action saves."""
