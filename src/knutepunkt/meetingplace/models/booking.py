"""Rooms to book, things to lend, who has been shown what, and who waits."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from knutepunkt.meetingplace.choices.place import ResourceKind, Shown
from knutepunkt.meetingplace.models.place import Centre


class Resource(models.Model):
    """A room one books for hours, or a thing one takes home for days."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="resources")
    name = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=8, choices=ResourceKind.choices, default=ResourceKind.ROOM)
    needs_introduction = models.BooleanField(default=False)
    longest_minutes = models.PositiveIntegerField(default=180)
    longest_days = models.PositiveSmallIntegerField(default=14)
    is_in_use = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["centre", "is_in_use", "kind", "name"], name="meeting_resources")]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """How the trail names it."""
        return f"meetingplace.resource:{self.pk}"

    @property
    def is_lent(self) -> bool:
        """Whether it is taken home."""
        return self.kind == ResourceKind.THING


class Guide(models.Model):
    """Somebody who has said yes to showing others a room."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="guides")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "person"], name="room_guide_once")]

    def __str__(self) -> str:
        return str(self.resource_id)


class Introduction(models.Model):
    """That somebody has asked to be shown a room, has been shown it, or may no longer use it."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="introductions")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=Shown.choices, default=Shown.ASKED)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "person"], name="introduction_once")]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.state}"


class Booking(models.Model):
    """A resource is taken for a time. No two that stand overlap: the database itself refuses.

    `held_until` means that it is kept for somebody who waited and has not answered. Who booked is
    forgotten some days after.
    """

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="bookings")
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    for_name = models.CharField(max_length=80, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    series = models.UUIDField(null=True, blank=True)
    form_key = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    out_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_has_length"),
            models.UniqueConstraint(fields=["form_key", "starts_at"], name="booking_form_once"),
            models.UniqueConstraint(
                fields=["resource"], condition=~Q(out_at=None) & Q(returned_at=None), name="thing_is_out_once"
            ),
        ]
        indexes = [
            models.Index(fields=["resource", "ends_at"], name="meeting_bookings"),
            models.Index(fields=["person", "ends_at"], name="meeting_own_bookings"),
            models.Index(fields=["held_until"], name="meeting_held"),
            models.Index(fields=["ends_at"], name="meeting_to_forget"),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def key(self) -> str:
        """How the trail names it."""
        return f"meetingplace.booking:{self.pk}"

    @property
    def centre(self) -> Centre:
        """The place it belongs to."""
        return self.resource.centre

    @property
    def shown_name(self) -> str:
        """Who it is for, for hosts and oneself; empty when forgotten."""
        return self.for_name or (self.person.chosen_name if self.person is not None else "")

    @property
    def last_day(self) -> datetime:
        """The last moment of the last day, for what is taken home."""
        return self.ends_at - timedelta(seconds=1)

    @property
    def is_out(self) -> bool:
        """Taken home, and not back."""
        return self.out_at is not None and self.returned_at is None

    @property
    def is_late(self) -> bool:
        """Still out after the day it was to come back."""
        return self.is_out and self.ends_at < timezone.now()

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Whether it shares any time with another stretch."""
        return self.starts_at < end and start < self.ends_at


class Wait(models.Model):
    """Somebody waits for a taken time. The key says who came first; gone when the time is offered or over."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="waits")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "person", "starts_at", "ends_at"], name="wait_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="wait_has_length"),
        ]
        indexes = [models.Index(fields=["resource", "starts_at"], name="meeting_waits")]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def last_day(self) -> datetime:
        """The last moment of the last day, for what is taken home."""
        return self.ends_at - timedelta(seconds=1)
