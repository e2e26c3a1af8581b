"""The place: its page, its hours, its rules, its pictures, its hosts."""

from django.db import models
from django.db.models import F, Q

from knutepunkt.meetingplace.choices.place import Weekday


class Centre(models.Model):
    """An organisation that keeps a meeting place here. Made when its coordinator opens the room."""

    organisation = models.OneToOneField(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="meetingplace"
    )
    welcome = models.TextField(blank=True)
    about = models.TextField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    directions = models.TextField(blank=True)
    house = models.TextField(blank=True)
    contact = models.CharField(max_length=160, blank=True)
    closed_on_holidays = models.BooleanField(default=True)
    bookings_kept_days = models.PositiveSmallIntegerField(default=30)
    current_rules = models.ForeignKey(
        "meetingplace.HouseRules", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(bookings_kept_days__gte=1, bookings_kept_days__lte=365), name="centre_forgets_in_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def key(self) -> str:
        """How the trail and codes name it."""
        return f"meetingplace.centre:{self.pk}"

    @property
    def key_owner(self) -> str:
        """The owner's name of the key its pictures and notes between hosts are sealed with."""
        return f"centre:{self.pk}"


class HouseRules(models.Model):
    """The rules of the house as they were agreed on a day. Every edition is kept; the highest number holds."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="rules")
    number = models.PositiveIntegerField()
    text = models.TextField()
    agreed_on = models.DateField()
    agreed_where = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "number"], name="rules_edition_once")]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.number}"


class Hours(models.Model):
    """Open from one clock time to another in Oslo, every week on a weekday, or on one date instead of what is usual.

    A date without clock times is closed. A weekday or a date may have several rows. Dates go before holidays.
    """

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(null=True, blank=True, choices=Weekday.choices)
    on_date = models.DateField(null=True, blank=True)
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "weekday", "opens"], name="hours_once"),
            models.UniqueConstraint(fields=["centre", "on_date", "opens"], name="hours_of_date_once"),
            models.CheckConstraint(
                condition=Q(weekday__lte=6, on_date=None, opens__isnull=False) | Q(weekday=None, on_date__isnull=False),
                name="hours_of_weekday_or_date",
            ),
            models.CheckConstraint(
                condition=Q(opens=None, closes=None) | Q(closes__gt=F("opens")), name="hours_have_length"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on_date or self.weekday} {self.opens}–{self.closes}"


class Picture(models.Model):
    """A picture of the house, said in words too."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="pictures")
    file = models.OneToOneField("web.StoredFile", on_delete=models.CASCADE, related_name="+")
    alt = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(alt=""), name="picture_is_said_in_words")]

    def __str__(self) -> str:
        return self.alt


class ShownHost(models.Model):
    """A host who has said yes to standing on the page, by the name they have chosen. Nobody else makes the row."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="shown_hosts")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "person"], name="shown_host_once")]

    def __str__(self) -> str:
        return str(self.person_id)
