"""The words of telling: what is asked, how a change went, what a reader may say, and the times that are promised."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from knutepunkt.consent.choices import Purpose
from knutepunkt.stories.choices.item import State

ASKED = (Purpose.LIBRARY, Purpose.PUBLIC_WEB, Purpose.TEACHING, Purpose.REPORT, Purpose.RESEARCH)
"""The purposes one who tells is asked about; the library is the one that must be there to be shown."""
EXPLAINED = {
    Purpose.LIBRARY: _("Alle som besøker biblioteket, kan lese den. Uten dette ja blir den ikke vist."),
    Purpose.PUBLIC_WEB: _("Søkemotorer og åpne lister kan ha ordene. Uten dette ja finner man bare fram til den inne i biblioteket."),
    Purpose.TEACHING: _("Den kan brukes på kurs. To likepersoner ser på hver bruk først."),
    Purpose.REPORT: _("Den kan stå som sitat i rapporter. To likepersoner ser på hver bruk først."),
    Purpose.RESEARCH: _("Forskere kan spørre om å få bruke den. De må ha egen tillatelse."),
}
EDITABLE = (State.DRAFT, State.EDITING, State.DECLINED, State.PUBLISHED)
"""Where the one who tells may write."""
ON_DESK = (State.SENT, State.EDITING)
"""Where an editor may read it and propose changes."""
PROMISE = timedelta(days=14)
REST_DAYS, MOST_REST_DAYS = 7, 90
ASK_HOW_AFTER = timedelta(days=28)
REMIND_BEFORE = timedelta(days=30)
DRAFT_KEPT = timedelta(days=400)
YEAR, MOST_YEARS = 365, 5
MOST_FILES = 12
MOST_CHANGES = 200
AT_ONCE = 500
"""So many rows a daily job takes in one go."""
THROWN_AWAY = "stories.item"
"""What `Gone` calls an item that was thrown away before anybody had agreed to anything."""


class OtherSaid(models.TextChoices):
    """How somebody else has agreed that their story is told."""

    NOT_YET = "", _("Ikke ennå")
    PAPER = "paper", _("Ja, på et ark som er skrevet under")
    SPOKEN = "spoken", _("Ja, muntlig, og en annen hørte på")


class ChangeState(models.TextChoices):
    """What became of a proposed change."""

    OPEN = "open", _("Venter på svar")
    TAKEN = "taken", _("Tatt inn")
    OWN = "own", _("Skrevet på en tredje måte")
    DECLINED = "declined", _("Beholdt som det var")


class Decision(models.TextChoices):
    """What the one who tells may do with a change."""

    TAKE = "take", _("Ta den inn")
    OWN = "own", _("Skriv det på min måte")
    DECLINE = "decline", _("Behold mitt")


class Field(models.TextChoices):
    """The words a change can be about."""

    TITLE = "title", _("Tittelen")
    SUMMARY = "summary", _("Noen ord om den")
    TEXT = "text", _("Teksten")


class Thanks(models.TextChoices):
    """What a reader may say to the one who told. Ready words only."""

    SHARED = "shared", _("Takk for at du delte")
    ALONE = "alone", _("Jeg kjente meg mindre alene")
    HOPE = "hope", _("Den ga meg håp")
    KNEW = "knew", _("Jeg kjente meg igjen")
    LEARNED = "learned", _("Jeg forstår noe nå som jeg ikke forsto før")


BECAME = {
    State.DRAFT: _("En kladd. Bare du kan se den."),
    State.SENT: _("Sendt. Du får svar innen 14 dager."),
    State.EDITING: _("Dere arbeider med den sammen."),
    State.RESTING: _("Tatt imot. Den hviler før den blir vist."),
    State.PUBLISHED: _("Den står i biblioteket."),
    State.DECLINED: _("Svaret ble nei. Du kan se hvorfor, og svare."),
    State.TAKEN_BACK: _("Du har tatt den tilbake."),
}
"""What became of a story, in a sentence to the one who told it."""
