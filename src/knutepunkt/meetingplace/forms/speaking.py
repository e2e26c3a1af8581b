"""What people without an account may send too, and what is attached to what they say."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from knutepunkt.web.fields import OnceForm
from knutepunkt.web.files import LARGEST_PICTURE

QUICKEST, SLOWEST = timedelta(seconds=2), timedelta(hours=12)


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
