"""The words the library speaks in: kinds, states, forms, languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What something in the library is."""

    STORY = "story", _("Fortelling")
    EXAMPLE = "example", _("Godt eksempel")
    METHOD = "method", _("Metode eller verktøy")
    RESEARCH = "research", _("Forskning eller rapport")


class State(models.TextChoices):
    """How far something has come. Only what is published can be seen by others than those it is shared with."""

    DRAFT = "draft", _("Kladd")
    SENT = "sent", _("Sendt")
    EDITING = "editing", _("Dere arbeider med den sammen")
    RESTING = "resting", _("Den hviler før den blir vist")
    PUBLISHED = "published", _("I biblioteket")
    DECLINED = "declined", _("Ikke tatt inn")
    TAKEN_BACK = "taken_back", _("Tatt tilbake")


class Form(models.TextChoices):
    """How it is told."""

    TEXT = "text", _("Tekst")
    SOUND = "sound", _("Lyd")
    PICTURE = "picture", _("Bilde")
    FILM = "film", _("Film")


class Language(models.TextChoices):
    """What language it is told in; a dialect is said in the teller's own words beside it."""

    BOKMAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")
    ENGLISH = "en", _("Engelsk")
    SAMI = "se", _("Samisk")
    OTHER = "xx", _("Et annet språk")


class ToldAs(models.TextChoices):
    """Whose it is."""

    OWN = "own", _("Min egen")
    FOR_OTHER = "for_other", _("På vegne av en annen")


class Length(models.TextChoices):
    """How long it takes, in words; sound and film by their text."""

    SHORT = "short", _("Kort, under fem minutter")
    MIDDLE = "middle", _("Fem til femten minutter")
    LONG = "long", _("Over femten minutter")


class Part(models.TextChoices):
    """What a file of an item is."""

    SOUND = "sound", _("Lyd")
    PICTURE = "picture", _("Bilde")
    FILE = "file", _("Fil")


WORDS_A_MINUTE = 200
SHORT_WORDS, MIDDLE_WORDS = 5 * WORDS_A_MINUTE, 15 * WORDS_A_MINUTE
VOCABULARIES = ("chime", "library", "content-notes")
"""The vocabularies a term of an item may come from; a term is written `vocabulary:key`."""


def length_of(words: int) -> Length:
    """How long a text of so many words is."""
    if words < SHORT_WORDS:
        return Length.SHORT
    return Length.MIDDLE if words < MIDDLE_WORDS else Length.LONG


def subject_of(pk: object) -> str:
    """How consent, trail and codes name an item."""
    return f"stories.item:{pk}"
