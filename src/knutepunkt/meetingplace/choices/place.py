"""Words and constants of the place: hours, rooms, the door, tasks."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Weekday(models.IntegerChoices):
    """Days as Python counts them."""

    MONDAY = 0, _("mandag")
    TUESDAY = 1, _("tirsdag")
    WEDNESDAY = 2, _("onsdag")
    THURSDAY = 3, _("torsdag")
    FRIDAY = 4, _("fredag")
    SATURDAY = 5, _("lørdag")
    SUNDAY = 6, _("søndag")


class ResourceKind(models.TextChoices):
    """What can be booked or lent."""

    ROOM = "room", _("rom")
    THING = "thing", _("noe å låne med seg")


class Shown(models.TextChoices):
    """Where somebody has come to in being shown a room."""

    ASKED = "asked", _("har spurt")
    GIVEN = "given", _("vist fram")
    WITHDRAWN = "withdrawn", _("trukket tilbake")


class What(models.TextChoices):
    """What a tap at the door says."""

    CAME = "came", _("kom")
    LEFT = "left", _("gikk")


class Part(models.TextChoices):
    """Part of the day: nothing finer is kept."""

    MORNING = "morning", _("formiddag")
    AFTERNOON = "afternoon", _("ettermiddag")
    EVENING = "evening", _("kveld")


class How(models.TextChoices):
    """How it was, in one tap."""

    GOOD = "good", _("Godt")
    SO_SO = "so_so", _("Sånn passe")
    NOT_GOOD = "not_good", _("Ikke så godt")


class TaskKind(models.TextChoices):
    """What there is to take."""

    HOST = "host", _("vertsvakt")
    SHIFT = "shift", _("vakt")
    TASK = "task", _("oppgave")


DOOR = "meetingplace.door"
"""The code a tablet at the door holds."""
MOST_PICTURES = 8
MOST_WEEKS = 26
MOST_AHEAD = timedelta(days=180)
MOST_TO_COME = 20
"""So many times one person may have booked ahead at one place."""
TIME_TO_ANSWER = timedelta(hours=24)
SHORT_TIME_TO_ANSWER = timedelta(hours=2)
"""When the time waited for is less than two days away."""
TAPS_AT_ONCE = 500
TAPS_BACK = timedelta(days=7)
"""A tablet may have been without a line so long."""
HANDOVER_KEPT = timedelta(days=14)
TASKS_KEPT = timedelta(days=365)
"""After this it is not known who did what."""
