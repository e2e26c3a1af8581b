"""What there is to do in the house, who has taken it, and what one host tells the next."""

from django.db import models
from django.db.models import F, Q

from knutepunkt.meetingplace.choices.place import TaskKind
from knutepunkt.meetingplace.models.place import Centre


class Task(models.Model):
    """A shift with a clock, or a task for a day. Somebody takes it, lets it go, or has done it."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=5, choices=TaskKind.choices, default=TaskKind.TASK)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    on_date = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    taken_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts=None, ends=None) | Q(ends__gt=F("starts")), name="task_has_length"
            ),
            models.UniqueConstraint(fields=["form_key", "on_date"], name="task_form_once"),
        ]
        indexes = [
            models.Index(fields=["centre", "on_date", "starts"], name="meeting_tasks"),
            models.Index(fields=["taken_by", "on_date"], name="meeting_own_tasks"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """How the trail names it."""
        return f"meetingplace.task:{self.pk}"


class Handover(models.Model):
    """What a host wants the next one to know, sealed with the place's own key and gone after two weeks."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="handovers")
    words = models.BinaryField()
    by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["centre", "-id"], name="meeting_handovers")]

    def __str__(self) -> str:
        return str(self.centre_id)
