"""The wording people agree to, made from the inquiry's frame: plain, and kept exactly as it was read."""

from typing import Any

from django.utils.translation import gettext as _


def consent_wording(inquiry: Any) -> str:
    """What a participant reads or hears before choosing. Kept word for word in the ledger."""
    return "\n\n".join([
        _("Vi er brukerevaluatorer fra %(centre)s. Vi har selv brukt slike tjenester.")
        % {"centre": inquiry.responsible.name},
        _("Vi snakker med folk om: %(aim)s") % {"aim": inquiry.aim or inquiry.title},
        _("Det er frivillig. Du kan hoppe over spørsmål. Du kan gå når du vil."),
        _("Navnet ditt blir ikke skrevet ned. Du får en kode i stedet."),
        _("%(commissioner)s får aldri vite hvem som var med, og får aldri se det du sa.")
        % {"commissioner": inquiry.commissioner.name},
        _("Du velger selv hva ordene dine kan brukes til. Du kan ombestemme deg."),
        _("Du får en lapp med en kode. Med den kan du lese det du sa, si ja eller nei til sitater, og ta alt tilbake."),
        _("Noen ting må vi si videre etter loven, for eksempel for å hindre alvorlig vold. Da sier vi det til deg først."),
    ])  # fmt: skip
