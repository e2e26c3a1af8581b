"""Findings with the passages that carry and contradict them, quotations, and what people answer."""

import uuid

from django.db import models

from knutepunkt.inquiry.choices import Outcome, QuotationState, Recognition, Weight
from knutepunkt.inquiry.models.coding import Passage
from knutepunkt.inquiry.models.frame import Inquiry, Participant


class Finding(models.Model):
    """A statement and what it stands on. `version` guards against overwriting each other."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="findings")
    number = models.PositiveSmallIntegerField()
    statement = models.CharField(max_length=600)
    explanation = models.TextField(blank=True)
    plain = models.CharField(max_length=600, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="")
    outcome_note = models.TextField(blank=True)
    asks_lead_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.UUIDField(null=True)
    changed_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "number"], name="finding_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class FindingPassage(models.Model):
    """A passage that carries or contradicts a finding."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="ground")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="findings")
    weight = models.CharField(max_length=12, choices=Weight.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "passage"], name="ground_once")]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.weight}"


class Quotation(models.Model):
    """Words of a participant placed under a finding, as shown to their owner.

    `words` are what the owner says yes to; they are emptied by deletion of the row when taken back.
    Used only while every voice in it has consented to `report`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="quotations")
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="quotations")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="quotations")
    words = models.TextField()
    state = models.CharField(max_length=10, choices=QuotationState.choices, default=QuotationState.PROPOSED)
    decide_by = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "passage"], name="quotation_once")]
        indexes = [models.Index(fields=["inquiry", "state"])]

    def __str__(self) -> str:
        return f"{self.pk}"


class FindingResponse(models.Model):
    """A participant's answer to a finding, with words of their own; by receipt code.

    At the dialogue somebody in the team may write it down for whoever has no device; the page says so.
    """

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="responses")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="responses")
    answer = models.CharField(max_length=10, choices=Recognition.choices)
    words = models.TextField(blank=True)
    at = models.DateTimeField(auto_now=True)
    typed_by = models.UUIDField(null=True, blank=True)
    typed_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "participant"], name="response_once")]

    def __str__(self) -> str:
        return self.answer


class Missing(models.Model):
    """What a participant says is missing from the findings."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="missing")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="missing")
    words = models.TextField()
    at = models.DateTimeField(auto_now=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "participant"], name="missing_once")]

    def __str__(self) -> str:
        return f"{self.pk}"


class ServiceAnswer(models.Model):
    """What the service says to a finding."""

    finding = models.OneToOneField(Finding, on_delete=models.CASCADE, related_name="service_answer")
    text = models.TextField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.finding_id}"
