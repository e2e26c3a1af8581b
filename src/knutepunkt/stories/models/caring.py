"""What caring for the library keeps: who is trained, what the desk answered, uses elsewhere, collections, what is gone."""

import secrets
import uuid

from django.db import models

from knutepunkt.stories.choices.caring import Answered, Outside, UseState
from knutepunkt.stories.models.item import Item, new_handle


def new_token() -> str:
    """What stands in an address that only those who were given it know."""
    return secrets.token_urlsafe(18)


class Trained(models.Model):
    """That somebody has learnt to care for what others tell, and may decide at this organisation's desk."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    trained_on = models.DateField()
    given_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "organisation"], name="stories_trained_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.organisation_id}"


class PassedOn(models.Model):
    """That somebody at the desk will not decide on an item, and perhaps who was asked instead. It never says why."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "by"], name="stories_passed_once")]
        indexes = [models.Index(fields=["to"], name="stories_passed_to")]

    def __str__(self) -> str:
        return f"{self.item_id}"


class DeskAnswer(models.Model):
    """What the desk answered about an item, by which rule and sentence, and what came of the teller's reply.

    What was quoted and written is sealed with the item's key, so that it goes dark with the words it is about.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="answers")
    outcome = models.CharField(max_length=8, choices=Answered.choices)
    rule = models.CharField(max_length=60, blank=True)
    rules_version = models.CharField(max_length=12, blank=True)
    sentence = models.BinaryField(default=bytes)
    words = models.BinaryField(default=bytes)
    by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reply = models.BinaryField(default=bytes)
    replied_at = models.DateTimeField(null=True, blank=True)
    stands = models.BooleanField(null=True, blank=True)
    second = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    second_words = models.BinaryField(default=bytes)
    second_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["item", "-id"], name="stories_answers_of_item"),
            models.Index(fields=["replied_at"], condition=models.Q(replied_at__isnull=False, stands=None), name="stories_answers_replied"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(second=None) | ~models.Q(second=models.F("by")), name="stories_second_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.outcome}"

    def field(self, name: str) -> str:
        """What the sealing binds `sentence`, `words`, `reply` or `second_words` to."""
        return f"stories.deskanswer:{self.item_id}:{name}"


class OutsideUse(models.Model):
    """That somebody asks to use items outside the library: what for, where, until when; and two peers' answer.

    How they can be told is sealed with a key of the use's own. `token` stands in the address they were given.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12, choices=Outside.choices)
    place = models.CharField(max_length=160)
    why = models.TextField(blank=True)
    until_on = models.DateField()
    asker = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asker_name = models.CharField(max_length=80)
    contact = models.BinaryField(default=bytes)
    state = models.CharField(max_length=8, choices=UseState.choices, default=UseState.ASKED)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "state", "made_at"], name="stories_uses_at_desk")]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def key(self) -> str:
        """How the trail names it."""
        return f"stories.outsideuse:{self.pk}"

    @property
    def key_owner(self) -> str:
        """The owner's name of the key its contact is sealed with."""
        return f"library-use:{self.pk}"

    @property
    def place_key(self) -> str:
        """How the ledger of uses names it. It begins otherwise than the room, so that the ledger itself shows it."""
        return f"library-use:{self.pk}"


class UsedItem(models.Model):
    """One item of a use, and what those who used it told afterwards: how often, and how many said it gave hope."""

    use = models.ForeignKey(OutsideUse, on_delete=models.CASCADE, related_name="items")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    times = models.PositiveIntegerField(default=0)
    gave_hope = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["use", "item"], name="stories_used_once")]

    def __str__(self) -> str:
        return f"{self.use_id} {self.item_id}"


class PeerCheck(models.Model):
    """One trained peer's answers to the questions on misuse, and the yes or no that followed."""

    use = models.ForeignKey(OutsideUse, on_delete=models.CASCADE, related_name="checks")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    questions_version = models.CharField(max_length=12)
    safe = models.JSONField(default=list)
    says_yes = models.BooleanField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["use", "by"], name="stories_checked_once")]

    def __str__(self) -> str:
        return f"{self.use_id} {self.says_yes}"


class Package(models.Model):
    """That a package was handed out: when, and by which address anybody who holds it can check what still stands."""

    use = models.ForeignKey(OutsideUse, on_delete=models.CASCADE, related_name="packages")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class PackagePart(models.Model):
    """One item of a package, by handle and edition. It holds no words, and stays when the item is gone."""

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="parts")
    handle = models.CharField(max_length=12, db_index=True)
    edition = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["package", "handle"], name="stories_part_once")]

    def __str__(self) -> str:
        return f"{self.package_id} {self.position}"


class Collection(models.Model):
    """Things that belong together, chosen by an editor, in an order, with a reason."""

    handle = models.CharField(max_length=12, unique=True, default=new_handle)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    why = models.TextField(blank=True)
    is_shown = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(fields=["is_shown", "-id"], name="stories_collections_shown"),
            models.Index(fields=["organisation", "-id"], name="stories_collections_of"),
        ]

    def __str__(self) -> str:
        return self.handle

    @property
    def key(self) -> str:
        """How the trail names it."""
        return f"stories.collection:{self.pk}"

    @property
    def place_key(self) -> str:
        """How the ledger of uses names it."""
        return f"library-collection:{self.pk}"


class CollectionPart(models.Model):
    """One item of a collection. What has been taken down is no part of it."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="parts")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="collected")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["collection", "item"], name="stories_collected_once")]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.collection_id} {self.position}"


class Removed(models.Model):
    """That something was in the open lists and is there no more, so that those who fetched it take it away too. No words."""

    handle = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=8)
    removed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["removed_at", "id"], name="stories_removed_by_time"),
            models.Index(fields=["kind", "removed_at", "id"], name="stories_removed_by_kind"),
        ]

    def __str__(self) -> str:
        return self.handle


class AskedToCheck(models.Model):
    """For which day of checking the editors have been asked to check an item again, so that they are asked once."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="+")
    checked_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.item_id}"
