"""House meetings: agenda, chair, minutes, and who took on what."""

from django.db import models
from django.utils import timezone

from knutepunkt.meetingplace.choices.voice import Way
from knutepunkt.meetingplace.models.place import Centre
from knutepunkt.meetingplace.models.proposals import CENTRE, GONE, Proposal, VoiceCard


class HouseMeeting(models.Model):
    """A meeting where the house decides. The minutes are a draft until they are put out."""

    centre = models.ForeignKey(Centre, **CENTRE)
    starts_at = models.DateTimeField()
    where = models.CharField(max_length=120, blank=True)
    chair = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="meetingplace_chaired"
    )
    chair_name = models.CharField(max_length=80, blank=True)
    chair_group = models.CharField(max_length=12, blank=True)
    minutes = models.TextField(blank=True)
    came = models.PositiveIntegerField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    form_key = models.UUIDField(null=True, blank=True, unique=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["centre", "-starts_at"], name="meetings_of_centre")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d}"

    @property
    def key(self) -> str:
        """How the trail names it."""
        return f"meetingplace.housemeeting:{self.pk}"

    @property
    def is_over(self) -> bool:
        """Whether it has begun or been."""
        return self.starts_at <= timezone.now()


class AgendaItem(models.Model):
    """One thing to talk about; anybody at the place may add it."""

    meeting = models.ForeignKey(HouseMeeting, on_delete=models.CASCADE, related_name="agenda")
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    proposal = models.ForeignKey(Proposal, null=True, blank=True, on_delete=models.SET_NULL, related_name="agenda_items")
    person = models.ForeignKey("people.Person", **GONE)
    card = models.ForeignKey(VoiceCard, **GONE)
    author_name = models.CharField(max_length=80, blank=True)
    way = models.CharField(max_length=8, choices=Way.choices)
    said = models.TextField(blank=True)
    decided = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["meeting", "id"], name="agenda_of_meeting")]

    def __str__(self) -> str:
        return self.title


class Undertaking(models.Model):
    """Somebody took something on."""

    meeting = models.ForeignKey(HouseMeeting, on_delete=models.CASCADE, related_name="undertakings")
    what = models.CharField(max_length=200)
    who = models.CharField(max_length=80)
    by_date = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["meeting", "id"], name="undertakings_of_meeting")]

    def __str__(self) -> str:
        return self.what


class Willing(models.Model):
    """Somebody has said that they can chair a house meeting."""

    centre = models.ForeignKey(Centre, **CENTRE)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "person"], name="willing_once")]

    def __str__(self) -> str:
        return f"{self.centre_id}"
