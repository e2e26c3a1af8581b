"""The words of choosing: what a reader may wish for now, and what they may say to themselves afterwards."""

from django.db import models
from django.utils.translation import gettext_lazy as _

STEPS = 5
"""A scale has five places, with words at its ends only."""


class Wish(models.TextChoices):
    """What a reader wants to meet now."""

    LIKE = "like", _("Noe som ligner mitt eget")
    UNLIKE = "unlike", _("Noe helt annet enn mitt eget")
    HOPEFUL = "hopeful", _("Noe med håp i")
    HONEST = "honest", _("Noe ærlig om det som er vanskelig")
    SURPRISE = "surprise", _("Overrask meg")


QUESTIONS = {
    "hope": (_("Ga den deg håp?"), _("ikke nå"), _("mye")),
    "alike": (_("Kjente du deg igjen?"), _("ikke i det hele tatt"), _("hele veien")),
    "took": (_("Tok du med deg noe?"), _("ingenting"), _("noe jeg vil huske")),
}
"""What a reader may answer for themselves after reading: the question, and the words at the ends. Own wording."""

RISING = ("library:tone.hopeful", "library:shape.upward", "library:shape.turning-point", "chime:hope")
HARD = (
    "library:shape.standing-still", "library:shape.circle", "library:shape.up-and-down", "library:shape.in-the-middle",
    "library:shape.against", "chime:difficulties",
)  # fmt: skip
OWN_GROUPS = ("topic", "situation", "helped", "teller")
"""The groups of the vocabulary `library` a reader may recognise their own life in."""
MOST_OWN, MOST_KEPT = 24, 60
