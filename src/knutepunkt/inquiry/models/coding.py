"""Coding: codes in a tree, passages with several codes, memos, and the list of changes for undo."""

from django.db import models

from knutepunkt.inquiry.models.frame import Inquiry, Participant
from knutepunkt.inquiry.models.sources import Source


class Code(models.Model):
    """A code in the inquiry's codebook; from a vocabulary (`vocabulary`, `term`) or the team's own."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="codes")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="children")
    name = models.CharField(max_length=80)
    note = models.TextField(blank=True)
    colour = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveIntegerField(default=0)
    vocabulary = models.CharField(max_length=40, blank=True)
    term = models.CharField(max_length=60, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["inquiry", "position"])]

    def __str__(self) -> str:
        return self.name


class Passage(models.Model):
    """A piece of a source, `text[start:end]`; its words are never copied here."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    made_by = models.UUIDField()
    made_by_name = models.CharField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["source", "start"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="passage_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.start}-{self.end}"


class PassageVoice(models.Model):
    """Whose words a passage holds; made from the turns it touches."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="voices")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="voiced")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["passage", "participant"], name="voice_once")]

    def __str__(self) -> str:
        return f"{self.passage_id}"


class Coding(models.Model):
    """That a person has put a code on a passage."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="codings")
    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="codings")
    coder = models.UUIDField()
    coder_name = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["passage", "code", "coder"], name="coding_once")]
        indexes = [models.Index(fields=["code", "passage"])]

    def __str__(self) -> str:
        return f"{self.code_id} {self.passage_id}"


class Memo(models.Model):
    """A thought of the team about a passage, a code, a source or the whole; words of the team's own."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="memos")
    passage = models.ForeignKey(Passage, null=True, blank=True, on_delete=models.CASCADE, related_name="memos")
    code = models.ForeignKey(Code, null=True, blank=True, on_delete=models.CASCADE, related_name="memos")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.CASCADE, related_name="memos")
    text = models.TextField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class CodeChange(models.Model):
    """One change of the codebook, with what is needed to undo it: identifiers, names of codes, no words."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="code_changes")
    kind = models.CharField(max_length=20)
    before = models.JSONField(default=dict)
    by = models.UUIDField()
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["inquiry", "-id"])]

    def __str__(self) -> str:
        return self.kind


class ApartCoder(models.Model):
    """Somebody who codes a source apart from the others; sees only own codes until all are done."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="apart_coders")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "person"], name="apart_once")]

    def __str__(self) -> str:
        return f"{self.source_id}"
