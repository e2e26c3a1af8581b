"""The words finding speaks in: groups of facets, reasons to tell the editors, what a reader can choose to be spared."""

from django.db import models
from django.utils.translation import gettext_lazy as _

GROUPS = (
    ("kind", _("Hva det er")),
    ("topic", _("Hva det handler om")),
    ("situation", _("Livssituasjon")),
    ("helped", _("Hva som hjalp")),
    ("chime", _("Bedring og vansker")),
    ("teller", _("Hvem som forteller")),
    ("tone", _("Tone")),
    ("shape", _("Form på fortellingen")),
    ("form", _("Tekst, lyd, bilde eller film")),
    ("length", _("Lengde")),
    ("language", _("Språk")),
    ("region", _("Fylke")),
)
"""What one can choose by, in the order of the page."""
FEW_GROUPS = 1
"""So many groups stand open; the others are opened by whoever wants them."""
EVERYTHING = "*"
"""The facet of all that is published."""
VERSION = "~version"
"""Under this stands the version of each block, so that one query asks for it together with the words."""
TELLER = "~teller:"
"""What a teller's own set is kept under; no word of a text begins so."""
ITEM = "~item:"
"""An item's own set, by its handle."""
PAGE, MOST_PAGES = 10, 10
MANY = 1000
"""From here on a count is `mange`."""
MOST_CHOSEN, MOST_ITEMS, MOST_TELLERS, MOST_THEMES, LONGEST_QUERY = 30, 120, 40, 40, 200
LEAST_ITEMS = 2
"""A word that only one item has is never suggested: it could be a name."""


class Weight(models.IntegerChoices):
    """How much a word counts where it stands; the engine knows four levels."""

    TEXT = 1, "in the text, or a part of a longer word in the title"
    OFTEN = 2, "often in the text, or among the words it is sorted by"
    HEAD = 3, "in the summary"
    TITLE = 4, "in the title"


class Reason(models.TextChoices):
    """Why a reader tells the editors about something."""

    NOTE = "note", _("Det mangler et varsel om hva den inneholder")
    PERSON = "person", _("Noen kan kjennes igjen")
    WRONG = "wrong", _("Noe stemmer ikke lenger")
    RUDE = "rude", _("Den er nedlatende eller hatefull")
    WORRIED = "worried", _("Jeg er bekymret for den som forteller")
    BROKEN = "broken", _("Lyd, bilde eller lenke virker ikke")
    OTHER = "other", _("Noe annet")
