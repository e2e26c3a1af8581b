"""Forms in Designsystemet's exact markup: every form in the house, also those of libraries, is drawn by this.

Label, help, limit and error stand in the markup the server sends, tied together by id.
"""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.forms.renderers import TemplatesSetting
from django.template.defaultfilters import filesizeformat
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)
LONG = 120


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
        elif isinstance(widget, (forms.TextInput, forms.Select)):
            self._set_width(built, widget)
        if self.counter_from and isinstance(widget, (forms.TextInput, forms.Textarea)):
            built["data-limit"] = self.counter_from
        return built

    def _set_width(self, built: dict[str, Any], widget: forms.Widget) -> None:
        """A short answer gets a short field."""
        length = getattr(self.field, "max_length", None)
        if isinstance(widget, forms.NumberInput) or (length and length <= 12):
            built.setdefault("data-width", "short")
        elif isinstance(widget, (forms.DateInput, forms.TimeInput, forms.Select)) or (length and length <= 40):
            built.setdefault("data-width", "middle")

    @cached_property
    def counter_from(self) -> int | None:
        """The limit, when it is long enough that counting helps."""
        length = getattr(self.field, "max_length", None)
        return int(length) if length and length >= LONG else None

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
    def anchor(self) -> str:
        """Where a link in the error summary leads: the field itself, or the group it stands in."""
        return str(self.auto_id if self.shape in {"choices", "group"} else self.id_for_label)

    @property
    def may_be_skipped(self) -> bool:
        """Whether to say that the field may be left empty."""
        return not self.field.required and self.shape != "tick"


class DsRenderer(TemplatesSetting):
    """Django's form renderer for the whole house."""

    form_template_name = "web/form.html"
    field_template_name = "web/field.html"
    bound_field_class = DsBoundField


class DsFormMixin:
    """What all our own forms share."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave out the colon after a label unless asked for one."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class DsForm(DsFormMixin, forms.Form):
    """A form of ours."""


class DsModelForm(DsFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A form of ours about one row. It cleans; an action saves."""
