"""The report with its sections and editions, and the promises ledger."""

import uuid

from django.db import models

from knutepunkt.inquiry.choices import Noticing, Progress, PromiseAnswer
from knutepunkt.inquiry.models.findings import Finding
from knutepunkt.inquiry.models.frame import Inquiry, Participant


class Report(models.Model):
    """The working copy of an inquiry's report."""

    inquiry = models.OneToOneField(Inquiry, on_delete=models.CASCADE, related_name="report")
    title = models.CharField(max_length=160)
    easy_read = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A section of prose before (`before`) or after the findings."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=120)
    body = models.TextField(blank=True)
    after_findings = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "position"], name="section_once")]

    def __str__(self) -> str:
        return self.heading


class Edition(models.Model):
    """A published edition: prose frozen, quotations by identifier only, so that words taken back are gone.

    `content` is a list of blocks; `hidden` the keys of blocks hidden since. `pdf` points to a stored
    file and is emptied within the transaction that changes what it shows.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(default=dict)
    hidden = models.JSONField(default=list)
    published_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    changed_note = models.BooleanField(default=False)
    pdf = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "number"], name="edition_once"),
            models.UniqueConstraint(
                fields=["inquiry"], condition=models.Q(is_current=True), name="edition_current_once"
            ),
        ]
        indexes = [models.Index(fields=["is_current", "-published_at"])]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def title_shown(self) -> str:
        """The title, unless it is hidden; then the inquiry's own stands in its place."""
        return "" if "title" in self.hidden else str(self.content.get("title", ""))


class PdfFetch(models.Model):
    """That a member fetched a PDF, so that she can be told when it has changed. Kept two years."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="fetches")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "person"], name="fetch_once")]

    def __str__(self) -> str:
        return f"{self.edition_id}"


class Recommendation(models.Model):
    """What ought to change, who owns it, and the service's public answer."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="recommendations")
    finding = models.ForeignKey(
        Finding, null=True, blank=True, on_delete=models.SET_NULL, related_name="recommendations"
    )
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)
    owner = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=PromiseAnswer.choices, blank=True, default="")
    answer_text = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=80, blank=True)
    due_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "position"], name="recommendation_once")]

    def __str__(self) -> str:
        return f"{self.position}"


class FollowUp(models.Model):
    """What the service says it has done, at 3, 6 and 12 months."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="follow_ups")
    month = models.PositiveSmallIntegerField()
    progress = models.CharField(max_length=10, choices=Progress.choices)
    text = models.TextField(blank=True)
    at = models.DateTimeField(auto_now=True)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recommendation", "month"], name="follow_up_once")]

    def __str__(self) -> str:
        return f"{self.month}"


class Noticed(models.Model):
    """Whether a participant has noticed what was promised; shown only as a word, above the threshold."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="noticed")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="noticed")
    month = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=8, choices=Noticing.choices)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "participant", "month"], name="noticed_once")
        ]

    def __str__(self) -> str:
        return self.answer
