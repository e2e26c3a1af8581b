"""The tables every room leans on: trail, codes, files, notices, search entries, throttle counts.

None has a foreign key into a room: they point by key, so they can outlive what they speak of.
"""

import uuid

from django.db import models


class TrailLine(models.Model):
    """What happened: an action, who did it (key and name at the time) and what it was about.

    Holds no words of anyone. Kept as long as what it is about, by its owner's end date.
    """

    kind = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=40, blank=True)
    actor_name = models.CharField(max_length=80, blank=True)
    about = models.CharField(max_length=80)
    within = models.CharField(max_length=80, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["within", "-id"]), models.Index(fields=["about", "-id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class PaperCode(models.Model):
    """A code on paper: whoever holds it may do what its kind says for its subject.

    Only a keyed digest is kept. A renewed code dies and points to nothing; the new one says whence it came.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    subject = models.CharField(max_length=80)
    made_at = models.DateTimeField(auto_now_add=True)
    valid_until = models.DateTimeField(null=True, blank=True)
    uses_left = models.PositiveIntegerField(null=True, blank=True)
    first_used_at = models.DateTimeField(null=True, blank=True)
    died_at = models.DateTimeField(null=True, blank=True)
    renews = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        indexes = [models.Index(fields=["kind", "subject"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class ThrottleCount(models.Model):
    """How many tries somebody (a digest) has made within a window of time; deleted the day after."""

    key = models.CharField(max_length=64)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="throttle_once")]

    def __str__(self) -> str:
        return f"{self.count}"


class SentForm(models.Model):
    """A form that has done its work, by a digest, with its answer; deleted the day after.

    The answer is sealed with a key made from the sender's own token, which is kept nowhere here.
    """

    name = models.CharField(max_length=64, primary_key=True)
    answer = models.BinaryField(default=bytes)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.name[:8]


class StoredFile(models.Model):
    """A file on disk, sealed with its owner's key; served only through the row that points to it.

    `version` is raised when what the file shows has changed, so that a stale file is never served.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Notice(models.Model):
    """Something a person is told on their own page; the words are made from identifiers when shown."""

    recipient = models.UUIDField()
    kind = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "-id"])]

    def __str__(self) -> str:
        return self.kind


class SearchEntry(models.Model):
    """One searchable thing: its words as shown, and normalised for the index.

    `audience` is `public` or a key such as `inquiry:<uuid>`; a search names the audiences it may see.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    audience = models.CharField(max_length=80)
    part_of = models.CharField(max_length=80, blank=True)
    url = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    n_title = models.TextField()
    n_text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_entry_once")]
        indexes = [models.Index(fields=["part_of"]), models.Index(fields=["audience", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
