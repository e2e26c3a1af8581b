"""The words of caring for the library: what the desk answers, how a use is asked for, how long things take."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from knutepunkt.stories.choices.item import State

RULES, MISUSE = "library-rules", "library-misuse"
"""The vocabularies that hold the public rules, and the questions asked before something is used elsewhere."""
ON_DESK = (State.SENT, State.EDITING)
"""Where a story waits for the desk: sent, or being worked on together."""
PROMISE = timedelta(days=14)
"""How long the desk takes at most."""
SOON = timedelta(days=4)
"""How long before that day those at the desk are told once more."""
CHECK_AGAIN = timedelta(days=365)
PEERS_NEEDED = 2
USES_KEPT = timedelta(days=3 * 365)
"""How long it is kept who asked for a use, after its last day."""
LONGEST_USE = timedelta(days=3 * 365)
LARGEST_GUIDE = 10 * 1024 * 1024
MOST_GUIDES = 10
MOST_IN_COLLECTION = 60
MOST_IN_USE = 20
OPEN_PAGE = 50
"""Records in one answer of the open lists."""
IN_PART, MOST_PARTS = 5_000, 50_000
"""Keys in one part of the site map; and how many maps a list may name, by the protocol."""
TAKEN_OUT = "stories.taken-out"
"""What `Gone` calls a story that was taken out of the library by the desk."""


FIELD_NAMES = {
    "need": _("Hva var behovet?"), "did": _("Hva gjorde vi?"), "with_whom": _("Sammen med hvem?"), "changed": _("Hva ble annerledes?"),
    "not_changed": _("Hva ble ikke annerledes?"), "contact": _("Hvem kan du spørre?"), "for_whom": _("Hvem er det for?"),
    "how": _("Slik gjør du"), "needs": _("Dette trenger du"), "source": _("Hvor kommer det fra?"), "authors": _("Hvem har laget det?"),
    "year": _("År"), "doi": _("DOI"), "published_in": _("Hvor er det publisert?"), "url": _("Lenke"),
}  # fmt: skip
"""What each field of the other kinds is called, the same where it is written and where it is read."""


class Answered(models.TextChoices):
    """What the desk answers."""

    TAKEN_IN = "taken_in", _("Tatt inn")
    CHANGES = "changes", _("Bedt om endringer")
    DECLINED = "declined", _("Ikke tatt inn")


class UseState(models.TextChoices):
    """How far a use outside the library has come."""

    ASKED = "asked", _("Venter på to likepersoner")
    GRANTED = "granted", _("Ja")
    REFUSED = "refused", _("Nei")
    ENDED = "ended", _("Avsluttet")


class Outside(models.TextChoices):
    """What somebody may ask to use something for; these are purposes of the consent room."""

    TEACHING = "teaching", _("Undervisning")
    REPORT = "report", _("Rapport")
    RESEARCH = "research", _("Forskning")


MEDIA = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
}
"""What a guide or template may be, known by its content."""
