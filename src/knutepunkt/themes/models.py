"""Vocabularies and their terms in three languages, and helplines with owner, source and date."""

from django.db import models


class Vocabulary(models.Model):
    """A versioned list of terms, such as `chime`; a newer version never changes an older one."""

    key = models.CharField(max_length=40)
    version = models.CharField(max_length=12)
    title = models.JSONField(default=dict)
    source = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="vocabulary_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Term(models.Model):
    """A term: key, place in the tree, names by language, the sign it is drawn with, and where it is from."""

    vocabulary = models.ForeignKey(Vocabulary, on_delete=models.CASCADE, related_name="terms")
    key = models.CharField(max_length=60)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.JSONField(default=dict)
    note = models.JSONField(default=dict, blank=True)
    sign = models.CharField(max_length=20, blank=True)
    is_checked = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vocabulary", "key"], name="term_once")]

    def __str__(self) -> str:
        return self.key


class Helpline(models.Model):
    """A number to call, shown only with a source and the date it was last checked."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    number = models.CharField(max_length=20)
    hours = models.JSONField(default=dict)
    about = models.JSONField(default=dict)
    website = models.CharField(max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    owner = models.CharField(max_length=80)
    source = models.CharField(max_length=200)
    checked_on = models.DateField()

    def __str__(self) -> str:
        return self.name
