"""What belongs to telling beside the item: the teller's choices, changes proposed to words, and thanks."""

import uuid

from django.db import models

from knutepunkt.stories.choices.telling import REST_DAYS, ChangeState, OtherSaid, Thanks
from knutepunkt.stories.models.item import Item


class Telling(models.Model):
    """The choices of one who tells, about one item.

    `partner` is somebody they write together with, and who sees it from the start. `stays` says that it may stay without
    them when their account is erased. `digest` is a keyed digest of the text as sent, so that the same text sent twice can
    be pointed out. `sealed` holds, with the item's key, what they decided about names, who heard another's yes, and how it
    is to have it out.
    """

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="telling")
    partner = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    wants_company = models.BooleanField(default=False)
    rest_days = models.PositiveSmallIntegerField(default=REST_DAYS)
    other_said = models.CharField(max_length=6, choices=OtherSaid.choices, blank=True)
    stays = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)
    sealed = models.BinaryField(default=bytes)
    touched_on = models.DateField(auto_now=True)
    reminded_for = models.DateField(null=True, blank=True)
    asked_how_on = models.DateField(null=True, blank=True)
    answered_how_on = models.DateField(null=True, blank=True)
    shares_how = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["digest"], name="stories_telling_by_digest"),
            models.Index(fields=["touched_on"], name="stories_telling_by_touch"),
            models.Index(fields=["partner"], name="stories_telling_by_partner"),
        ]

    def __str__(self) -> str:
        return f"telling {self.item_id}"

    @property
    def field(self) -> str:
        """What the sealing binds `sealed` to."""
        return f"stories.telling:{self.item_id}:sealed"


class Change(models.Model):
    """A change an editor proposes to the words of an item; only the one who tells decides.

    `sealed` holds, with the item's key, which words, the old and the new ones, where, and why.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="changes")
    by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, choices=ChangeState.choices, default=ChangeState.OPEN)
    sealed = models.BinaryField(default=bytes)
    made_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["item", "state", "made_at"], name="stories_changes_of_item")]

    def __str__(self) -> str:
        return f"change {self.pk}"

    @property
    def field(self) -> str:
        """What the sealing binds `sealed` to."""
        return f"stories.change:{self.pk}:sealed"


class ThankYou(models.Model):
    """That readers have sent one of the ready thanks. Who they are is kept nowhere; `told` is what the teller has been told."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="thanks")
    which = models.CharField(max_length=8, choices=Thanks.choices)
    many = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "which"], name="stories_thanks_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.which}"
