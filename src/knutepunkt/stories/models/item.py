"""An item with its working words, sealed; what readers see of it, in a row of its own; and its files."""

import secrets
import uuid

from django.db import models

from knutepunkt.stories.choices.item import Form, Kind, Language, Length, Part, State, ToldAs, subject_of

HANDLE_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
HANDLE_LENGTH = 9


def new_handle() -> str:
    """Nine signs that tell nothing: what stands in an item's address."""
    return "".join(secrets.choice(HANDLE_SIGNS) for _ in range(HANDLE_LENGTH))


class Item(models.Model):
    """Something in the library, or on its way there: whose it is, how far it has come, and its working words.

    The words (`content`, as `methods.contents` says) are sealed with a key of the item's own until they are published, and
    after. `approved_version` is the version its teller said yes to; only that one is ever shown. Somebody without account
    holds a receipt code for `key`. Without a `person` and without a code nobody can speak for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    handle = models.CharField(max_length=12, unique=True, default=new_handle)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    organisation = models.ForeignKey("organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="library_items")
    told_as = models.CharField(max_length=9, choices=ToldAs.choices, default=ToldAs.OWN)
    content = models.BinaryField(default=bytes)
    version = models.PositiveIntegerField(default=0)
    approved_version = models.PositiveIntegerField(null=True, blank=True)
    is_edited = models.BooleanField(default=False)
    made_on = models.DateField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    rests_until = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["person", "state"], name="stories_items_of_person"),
            models.Index(fields=["organisation", "state", "sent_at"], name="stories_items_at_desk"),
            models.Index(fields=["state", "rests_until"], name="stories_items_resting"),
        ]

    def __str__(self) -> str:
        return self.handle

    @property
    def key(self) -> str:
        """How consent, trail and codes name it."""
        return subject_of(self.pk)

    @property
    def key_owner(self) -> str:
        """The owner's name of the key its words and files are sealed with."""
        return f"story:{self.pk}"

    @property
    def field(self) -> str:
        """What the sealing binds the content to."""
        return f"stories.item:{self.pk}:content"


class Published(models.Model):
    """What readers see of an item. The row is there only while it may be seen: reading starts here, and nowhere else.

    `terms` are `vocabulary:key` of `VERSIONS`; `notes` are keys of content notes; `fields` holds what its kind has beside
    the text. `may_be_found` says that search engines and open lists may have its words, not only its title.
    """

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="shown")
    handle = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    fields = models.JSONField(default=dict)
    teller_name = models.CharField(max_length=80, blank=True)
    told_as = models.CharField(max_length=9, choices=ToldAs.choices, default=ToldAs.OWN)
    is_edited = models.BooleanField(default=False)
    language = models.CharField(max_length=2, choices=Language.choices)
    form = models.CharField(max_length=7, choices=Form.choices)
    words = models.PositiveIntegerField(default=0)
    length = models.CharField(max_length=6, choices=Length.choices)
    terms = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    region = models.CharField(max_length=4, blank=True)
    organisation = models.ForeignKey("organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    may_be_found = models.BooleanField(default=False)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=80, blank=True)
    edition = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField(auto_now=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "-id"], name="stories_published_by_kind"),
            models.Index(fields=["changed_at", "id"], name="stories_published_by_change"),
            models.Index(fields=["may_be_found", "changed_at", "id"], name="stories_open_by_change"),
            models.Index(fields=["may_be_found", "kind", "changed_at", "id"], name="stories_open_by_kind"),
        ]

    def __str__(self) -> str:
        return self.handle


class Attachment(models.Model):
    """A sound, picture or file of an item, sealed with the item's key, with the words that stand in its place."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="attachments")
    part = models.CharField(max_length=7, choices=Part.choices)
    stored = models.ForeignKey("web.StoredFile", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    says = models.BinaryField(default=bytes)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["item", "position"], name="stories_attachments_of_item")]

    def __str__(self) -> str:
        return f"{self.part} {self.pk}"

    @property
    def field(self) -> str:
        """What the sealing binds `says` to."""
        return f"stories.attachment:{self.stored_id}:says"
