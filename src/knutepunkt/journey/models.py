"""A journey's notes, each sealed with its person's own key; and who may see which part until when."""

import uuid

from django.db import models
from django.db.models import Q

ONE_OF = ("settings", "plan", "signal")
"""Kinds of note a person has at most one of."""


def field_of(note_id: uuid.UUID, kind: str) -> str:
    """What the sealing binds the content of a note to."""
    return f"journey.note:{note_id}:{kind}"


class Note(models.Model):
    """One thing a person keeps, of a kind in `methods.contents`; its content is sealed with the person's own key.

    In the clear stand whose it is, what kind, which version and the two days. `id` may be chosen by a device
    that was offline, so that what is sent twice is stored once. `wakes` is true for settings that ask for a
    reminder; on which weekday is sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="journey_notes")
    kind = models.CharField(max_length=16)
    content = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    made_on = models.DateField()
    changed_on = models.DateField()
    wakes = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["person", "kind"], name="journey_notes_of_person"),
            models.Index(fields=["id"], condition=Q(wakes=True), name="journey_notes_that_wake"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], condition=Q(kind__in=ONE_OF), name="journey_note_only_one")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def field(self) -> str:
        """What the sealing binds the content to."""
        return field_of(self.pk, self.kind)


class Share(models.Model):
    """A person lets somebody see parts of the journey until a date; ended at once by the person.

    The one it is shown to has an account (`helper`), or holds a link on paper. `name` is what the person calls
    them, sealed with the person's key.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="journey_shares")
    helper = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="journeys_seen"
    )
    name = models.BinaryField()
    parts = models.JSONField(default=list)
    only_by_signal = models.BooleanField(default=False)
    until_on = models.DateField()
    is_muted = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)
    made_on = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "ended_on", "until_on"], name="journey_shares_of_person"),
            models.Index(fields=["helper", "ended_on", "until_on"], name="journey_shares_to_helper"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "helper"], condition=Q(ended_on=None, helper__isnull=False), name="journey_share_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def key(self) -> str:
        """How the access log and a link on paper name it."""
        return f"journey.share:{self.pk}"


class Questionnaire(models.Model):
    """A questionnaire in FHIR R4, brought in by a centre for its people, or by a person for themselves alone.

    Holder and licence are kept as they were given, and shown wherever it is. It is never deleted while somebody has answers to
    it: `ended_on` takes it out of use. `languages` and `questions` are facts of the source, so that a list need not read it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="questionnaires"
    )
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="questionnaires")
    url = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=300)
    form_version = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=8)
    languages = models.JSONField(default=list)
    questions = models.PositiveIntegerField(default=0)
    holder = models.CharField(max_length=300)
    licence = models.TextField(max_length=4000)
    source = models.JSONField()
    digest = models.CharField(max_length=64)
    imported_on = models.DateField()
    imported_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "ended_on"], name="journey_forms_of_place"),
            models.Index(fields=["person", "ended_on"], name="journey_forms_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, person__isnull=False) | Q(organisation__isnull=False, person=None),
                name="journey_form_has_one_owner",
            ),
            models.UniqueConstraint(
                fields=["organisation", "digest"], condition=Q(ended_on=None, organisation__isnull=False),
                name="journey_form_once_in_place",
            ),
            models.UniqueConstraint(
                fields=["person", "digest"], condition=Q(ended_on=None, person__isnull=False), name="journey_form_once_for_person"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """How the trail names it."""
        return f"journey.questionnaire:{self.pk}"
