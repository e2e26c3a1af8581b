"""The door: taps that count visits, without a person and without a clock."""

import uuid

from django.db import models
from django.db.models import Q

from knutepunkt.meetingplace.choices.place import How, Part, What
from knutepunkt.meetingplace.models.place import Centre


class Tap(models.Model):
    """One tap at the door: somebody came, or said on the way out how it was. The two are never joined.

    The key is drawn by the tablet, so that a tap sent twice is counted once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="taps")
    what = models.CharField(max_length=4, choices=What.choices)
    on_date = models.DateField()
    part = models.CharField(max_length=9, choices=Part.choices)
    is_first = models.BooleanField(null=True, blank=True)
    how = models.CharField(max_length=8, choices=How.choices, blank=True)

    class Meta:
        indexes = [models.Index(fields=["centre", "what", "on_date"], name="meeting_taps")]
        constraints = [
            models.CheckConstraint(
                condition=Q(what=What.CAME, how="") | Q(what=What.LEFT, is_first=None), name="tap_says_one_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.on_date}"
