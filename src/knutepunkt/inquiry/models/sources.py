"""Sources: drafts on their way in, the pseudonymised text, its turns, corrections without words."""

import uuid

from django.db import models

from knutepunkt.inquiry.models.frame import Inquiry, Meeting, Participant


class Draft(models.Model):
    """An uploaded file before it becomes a source: read, sealed with a key of its own, not yet stored as text.

    Kept seven days, then file and key go. `problem` names why a file could not be read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="drafts")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.UUIDField()
    name = models.BinaryField()
    content = models.UUIDField(null=True)
    original = models.UUIDField(null=True)
    problem = models.CharField(max_length=30, blank=True)
    words = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["inquiry", "-made_at"])]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> str:
        """The owner's name of the draft's key."""
        return f"draft:{self.pk}"


class Source(models.Model):
    """A transcript or note, pseudonymised and named by its code.

    `text` is NFC with line feeds only; all positions in it are Unicode code points from 0, ends exclusive
    (REFI-QDA 1.5). `version` rises with each correction; positions are always of the newest version.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="sources")
    code = models.CharField(max_length=12)
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="sources"
    )
    text = models.TextField()
    words = models.PositiveIntegerField(default=0)
    length = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    original = models.UUIDField(null=True, blank=True)
    coding_apart = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "code"], name="source_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def key_owner(self) -> str:
        """The owner's name of the source's key (kept original, pseudonyms)."""
        return f"source:{self.pk}"


class Turn(models.Model):
    """One speaker's turn: `text[start:end]` of its source. Empty when the speaker has taken it back."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="turns")
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="turns"
    )
    speaker = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="turn_once"),
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="turn_in_order"),
        ]
        indexes = [models.Index(fields=["participant"]), models.Index(fields=["source", "start"])]

    def __str__(self) -> str:
        return f"{self.number}"


class Correction(models.Model):
    """That a text was corrected: by whom, when, and how much moved; never the words."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="corrections")
    version = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=80)
    places = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.version}"


class PseudonymKey(models.Model):
    """Which placeholder stands for what in a source, sealed with the source's key, destroyable apart."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="pseudonyms")
    sealed = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.source_id}"

    @property
    def key_owner(self) -> str:
        """The owner's name of this key."""
        return f"pseudonyms:{self.source_id}"


class HiddenText(models.Model):
    """Something hidden because it holds five or more words in a row that were taken back.

    Shown again only when the lead has read it and said that it may stand, or has rewritten it.
    """

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="hidden_texts")
    what = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["inquiry", "what", "key"])]

    def __str__(self) -> str:
        return f"{self.what} {self.key}"
