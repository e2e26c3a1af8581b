"""What lets the library be searched: sets of items by word and by facet, the words that stand in it; and what a reader is spared.

Nothing here is a source. All of it is made from `Published` in the transaction that shows an item, and unmade in the one
that takes it away.
"""

from django.db import models


class Posting(models.Model):
    """In which items of a block a word stands, by its stem (`methods.finding_sets.pack`)."""

    stem = models.CharField(max_length=100)
    block = models.PositiveIntegerField()
    items = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stem", "block"], name="stories_posting_once")]

    def __str__(self) -> str:
        return f"{self.stem} {self.block}"


class Block(models.Model):
    """The facets of 8,192 places as sets (`methods.finding_sets.pack_sets`). `version` is new chance at every change; it stands among
    the postings too.
    """

    number = models.PositiveIntegerField(primary_key=True)
    version = models.BinaryField()
    facets = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.number}"


class Word(models.Model):
    """A word that stands in the collection, and in how many items; what `mente du` and unfinished words lean on.

    `sound` is what is left when the spelling is made plain. Old words that hurt are never entered.
    """

    word = models.CharField(max_length=60, primary_key=True)
    stem = models.CharField(max_length=100)
    sound = models.CharField(max_length=60)
    items = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["sound"], name="stories_words_by_sound")]

    def __str__(self) -> str:
        return self.word


class Entered(models.Model):
    """Under which stems and words an item is entered, so that exactly these are taken out again, packed."""

    shown = models.OneToOneField("stories.Published", on_delete=models.CASCADE, primary_key=True, related_name="entered")
    words = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.pk}"


class Spared(models.Model):
    """What a reader with an account does not want to meet, sealed with the person's own key."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="library_spared")
    content = models.BinaryField(default=bytes)

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def field(self) -> str:
        """What the sealing binds the content to."""
        return f"stories.spared:{self.person_id}:content"
