"""Enumerations and constants of the calendar."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an event is."""

    OPEN = "open", _("åpent hus")
    ACTIVITY = "activity", _("aktivitet")
    MEETING = "meeting", _("husmøte")
    COURSE = "course", _("kurs")
    GATHERING = "gathering", _("samling")


class Audience(models.TextChoices):
    """Who an event is for."""

    EVERYONE = "everyone", _("alle")
    PARTICIPANTS = "participants", _("deltakere på senteret")
    NEXT_OF_KIN = "next_of_kin", _("pårørende")
    STAFF = "staff", _("folk som jobber i tjenestene")


class Signing(models.TextChoices):
    """Whether one says beforehand that one comes."""

    NONE = "none", _("Ingen påmelding. Bare kom.")
    OPEN = "open", _("Du kan melde deg på, men må ikke.")
    NEEDED = "needed", _("Meld deg på først.")


class Noise(models.TextChoices):
    """How loud it is."""

    UNSAID = "", _("ikke oppgitt")
    QUIET = "quiet", _("Det er stille.")
    SOME = "some", _("Det er prat og litt lyd.")
    LOUD = "loud", _("Det kan bli høy lyd.")


class EventState(models.TextChoices):
    """Where an event has come to."""

    DRAFT = "draft", _("kladd")
    PUBLISHED = "published", _("publisert")
    CANCELLED = "cancelled", _("avlyst")


class Place(models.TextChoices):
    """Where somebody's registration has come to."""

    REGISTERED = "registered", _("påmeldt")
    WAITING = "waiting", _("på venteliste")
    OFFERED = "offered", _("tilbudt plass")
    DECLINED = "declined", _("takket nei")
    CANCELLED = "cancelled", _("meldt av")
    APOLOGISED = "apologised", _("meldt fravær")


class Answer(models.TextChoices):
    """An answer to one of the two questions after an event."""

    YES = "yes", _("Ja")
    PARTLY = "partly", _("Delvis")
    NO = "no", _("Nei")


LANGUAGES = (("nb", _("norsk")), ("en", _("engelsk")), ("se", _("nordsamisk")), ("", _("flere språk")))
HOLDING = (Place.REGISTERED, Place.OFFERED)
"""Registrations that hold a seat."""
LIVING = (Place.REGISTERED, Place.OFFERED, Place.WAITING)
"""Registrations that have not ended."""
OSLO = ZoneInfo("Europe/Oslo")
HORIZON = timedelta(days=400)
"""How far ahead occurrences are kept ready."""
LONGEST_RULE = 300
MOST_EXCEPTIONS = 10_000
MOST_SESSIONS = 2_000
MOST_AT_ONCE = 2
"""Two who come together, or not at all."""
NEEDS_KEPT = timedelta(days=30)
REGISTRATIONS_KEPT = timedelta(days=365)
"""After this nobody can see who went where; numbers and seats stay."""
TIME_TO_ANSWER = timedelta(hours=24)
SHORT_TIME_TO_ANSWER = timedelta(hours=2)
"""When the session is less than two days away."""
CODE = "events.registration"
"""A code on a slip: for a registration, or for an interest."""
HERE = "events.here"
"""The code on the wall of one occurrence, for those who are there."""
FEED = "events.feed"
INTEREST_KEPT = timedelta(days=365)
MOST_IN_FEED = 2_000
