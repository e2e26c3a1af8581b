"""The ledger: consents, their purposes, uses of words, withdrawals and the access log."""

import uuid

from django.db import models

from knutepunkt.consent.choices import How, Leaving, Purpose


class Consent(models.Model):
    """What somebody agreed to about one thing of theirs; a changed consent is a new row.

    Holds wording, time and way, and who is responsible; so that words are used only as agreed. Kept
    until `until_on` and three years after as proof. The giver is a person, or whoever holds the receipt.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=80)
    giver = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="consents"
    )
    responsible = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    wording = models.TextField()
    language = models.CharField(max_length=2, default="nb")
    how = models.CharField(max_length=8, choices=How.choices)
    witness_name = models.CharField(max_length=80, blank=True)
    given_at = models.DateTimeField()
    until_on = models.DateField()
    replaced_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces"
    )
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(is_current=True), name="consent_current_once"
            )
        ]
        indexes = [models.Index(fields=["subject", "-given_at"]), models.Index(fields=["giver"])]

    def __str__(self) -> str:
        return self.subject


class PurposeAnswer(models.Model):
    """Yes or no to one purpose."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="purposes")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    is_given = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consent", "purpose"], name="purpose_once")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.is_given}"


class Use(models.Model):
    """Where words are in use, or were: one line for each place, entered by the room that uses them.

    `place` is the key of the thing that shows them; `can_be_called_back` is false for print and files
    that were handed out.
    """

    subject = models.CharField(max_length=80)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    place = models.CharField(max_length=80)
    label = models.CharField(max_length=200)
    url = models.CharField(max_length=200, blank=True)
    can_be_called_back = models.BooleanField(default=True)
    from_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "ended_at"]), models.Index(fields=["place"])]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "place"], condition=models.Q(ended_at=None), name="use_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.place}"


class Withdrawal(models.Model):
    """That a consent was withdrawn: what was chosen, and what was done, as the receipt says it.

    Holds no words. `by_code` tells that it was done with a receipt code.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=80)
    how = models.CharField(max_length=8, choices=Leaving.choices)
    at = models.DateTimeField()
    by_code = models.BooleanField(default=False)
    places = models.JSONField(default=list)
    cleaned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject"])]

    def __str__(self) -> str:
        return f"{self.subject} {self.how}"


class AccessLogEntry(models.Model):
    """That somebody opened something of a person's, in plain words, for the person it is about.

    `about` is a person's key or the subject of a consent. Kept two years.
    """

    about = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)
    reader_name = models.CharField(max_length=80)
    reader = models.CharField(max_length=40)
    what = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["about", "-id"])]

    def __str__(self) -> str:
        return f"{self.about} {self.what}"
