"""Votes: what is asked, who may vote, the sealed box, and hands counted by two."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from knutepunkt.meetingplace.choices.voice import WITH_OPTIONS, Hand, Method, VoteState
from knutepunkt.meetingplace.models.place import Centre
from knutepunkt.meetingplace.models.proposals import CENTRE, GONE, Proposal, VoiceCard


class Vote(models.Model):
    """One question put to the house. What was counted stands in `result` once it is closed."""

    centre = models.ForeignKey(Centre, **CENTRE)
    proposal = models.ForeignKey(Proposal, null=True, blank=True, on_delete=models.SET_NULL, related_name="votes")
    question = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    method = models.CharField(max_length=10, choices=Method.choices)
    hand = models.CharField(max_length=8, choices=Hand.choices, default=Hand.SECRET)
    budget_kroner = models.PositiveIntegerField(null=True, blank=True)
    quorum = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=VoteState.choices, default=VoteState.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    is_told_quiet = models.BooleanField(default=False)
    form_key = models.UUIDField(null=True, blank=True, unique=True)
    is_demo = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(method=Method.BUDGET) | Q(budget_kroner__gt=0), name="vote_budget_has_money"),
            models.CheckConstraint(condition=~Q(state=VoteState.CLOSED) | Q(result__isnull=False), name="vote_closed_is_counted"),
        ]
        indexes = [
            models.Index(fields=["centre", "-id"], name="votes_of_centre"),
            models.Index(fields=["state", "closes_at"], name="votes_to_close"),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def key(self) -> str:
        """How the trail names it."""
        return f"meetingplace.vote:{self.pk}"

    @property
    def key_owner(self) -> str:
        """The owner's name of the key that seals the box; destroyed when the vote is counted."""
        return f"vote:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether somebody can vote now."""
        return self.state == VoteState.OPEN and self.closes_at is not None and self.closes_at > timezone.now()

    @property
    def has_options(self) -> bool:
        """Whether the options are its own, and not those of the method."""
        return self.method in WITH_OPTIONS


class Option(models.Model):
    """Something one can vote for."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    cost_kroner = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "number"], name="option_number")]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """Somebody on the list of those who may vote, fixed when the vote opens. Never says whether they have voted."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    card = models.ForeignKey(VoiceCard, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    has_card = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "person"], condition=~Q(person=None), name="seat_once_a_person"),
            models.UniqueConstraint(fields=["vote", "card"], condition=~Q(card=None), name="seat_once_a_card"),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id}"

    @property
    def key(self) -> str:
        """How the voting card names it."""
        return f"meetingplace.seat:{self.pk}"


class BallotBox(models.Model):
    """All ballots of one vote and the seats that have voted, sealed together in one field that never changes its length.

    There are no rows of ballots: nothing to join, no order, no times. The whole box is sealed anew for each ballot.
    """

    vote = models.OneToOneField(Vote, on_delete=models.CASCADE, related_name="box", primary_key=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.vote_id}"


class HandsCount(models.Model):
    """Hands counted by one of two people. Neither sees the other's numbers before their own are in."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="hands_counts")
    person = models.ForeignKey("people.Person", **GONE)
    counts = models.JSONField()
    present = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "person"], name="hands_once_a_person")]

    def __str__(self) -> str:
        return f"{self.vote_id}"


class Asked(models.Model):
    """Hosts went round and asked those who came that day. A day, and nobody's name."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="asked")
    on_date = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "on_date"], name="asked_once_a_day")]

    def __str__(self) -> str:
        return f"{self.on_date}"
