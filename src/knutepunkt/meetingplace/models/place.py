"""The place: its page, and later its hours, rooms, equipment, visits and shifts."""

from django.db import models


class Centre(models.Model):
    """An organisation that keeps a meeting place here. Made when its coordinator opens the room."""

    organisation = models.OneToOneField(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="meetingplace"
    )
    welcome = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def key(self) -> str:
        """How the trail names it."""
        return f"meetingplace.centre:{self.pk}"
