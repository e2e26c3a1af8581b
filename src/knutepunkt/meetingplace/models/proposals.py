"""Proposals, what is said about them, what became of them, and the card that lets a guest speak."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.meetingplace.choices.voice import Ground, Group, Outcome, Remark, State, Way
from knutepunkt.meetingplace.models.place import Centre

CENTRE: Any = {"on_delete": models.CASCADE, "related_name": "+"}
GONE: Any = {"null": True, "blank": True, "on_delete": models.SET_NULL, "related_name": "+"}


class VoiceCard(models.Model):
    """A card handed out at the place: its holder speaks without an account. Knows the day, and no name but one of choice."""

    centre = models.ForeignKey(Centre, **CENTRE)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=80, blank=True)
    handed_on = models.DateField(default=timezone.localdate)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "number"], name="voice_card_number")]
        indexes = [models.Index(fields=["centre", "handed_on"], name="voice_cards_by_day")]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def key(self) -> str:
        """How the trail and the code name it."""
        return f"meetingplace.voicecard:{self.pk}"


class Proposal(models.Model):
    """What somebody wants changed, where it has come to, and what was decided.

    A picture and a sound are sealed with a key of the proposal's own. Whoever made it may let it stand without them.
    """

    centre = models.ForeignKey(Centre, **CENTRE)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    person = models.ForeignKey("people.Person", **GONE)
    card = models.ForeignKey(VoiceCard, **GONE)
    author_name = models.CharField(max_length=80, blank=True)
    shows_name = models.BooleanField(default=False)
    stays = models.BooleanField(default=True)
    way = models.CharField(max_length=8, choices=Way.choices)
    group = models.CharField(max_length=12, choices=Group.choices)
    picture = models.ForeignKey("web.StoredFile", **GONE)
    picture_says = models.CharField(max_length=200, blank=True)
    sound = models.ForeignKey("web.StoredFile", **GONE)
    sound_says = models.TextField(blank=True)
    n_words = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    reason = models.TextField(blank=True)
    doer = models.CharField(max_length=120, blank=True)
    do_by = models.DateField(null=True, blank=True)
    strongest_concern = models.TextField(blank=True)
    concern_met = models.TextField(blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    is_told_again = models.BooleanField(default=False)
    done_says = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    is_hidden = models.BooleanField(default=False)
    form_key = models.UUIDField(null=True, blank=True, unique=True)
    version = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="proposal_number"),
            models.CheckConstraint(
                condition=Q(state__in=(State.DECIDED, State.DONE)) & ~Q(outcome="") & ~Q(reason="")
                | ~Q(state__in=(State.DECIDED, State.DONE)) & Q(outcome=""), name="proposal_decided_says_why"),
            models.CheckConstraint(condition=Q(outcome__in=("", Outcome.NO)) | ~Q(doer=""), name="proposal_yes_says_who"),
            models.CheckConstraint(condition=~Q(state=State.DONE) | ~Q(outcome=Outcome.NO), name="proposal_no_is_not_done"),
            models.CheckConstraint(condition=Q(person=None) | Q(card=None), name="proposal_one_author"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["centre", "is_hidden", "-id"], name="proposals_of_centre"),
            models.Index(fields=["centre", "is_hidden", "state", "-id"], name="proposals_by_state"),
            models.Index(fields=["look_again_on"], name="proposals_look_again"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """How the trail, the code and the search name it."""
        return f"meetingplace.proposal:{self.pk}"

    @property
    def key_owner(self) -> str:
        """The owner's name of the key its picture and sound are sealed with."""
        return f"proposal:{self.pk}"

    @property
    def name(self) -> str:
        """Its title; or what it is, when it came as a sound or a picture."""
        if self.title:
            return self.title
        if self.sound_id:
            return _("Et forslag på lyd")
        return _("Et forslag som bilde") if self.picture_id else _("Et forslag")

    @property
    def shown_author(self) -> str:
        """The name its author wanted to be seen."""
        return self.author_name if self.shows_name else ""

    @property
    def is_decided(self) -> bool:
        """Whether something was decided."""
        return self.outcome != ""

    @property
    def days_quiet(self) -> int:
        """Days since the place last said anything."""
        return max(0, (timezone.localdate() - timezone.localtime(self.heard_at or self.made_at).date()).days)

    @property
    def days_late(self) -> int:
        """Days since it should have been done; 0 when it is not late."""
        if self.state != State.DECIDED or self.do_by is None:
            return 0
        return max(0, (timezone.localdate() - self.do_by).days)

    @property
    def days_to_answer(self) -> int | None:
        """Days from proposal to decision."""
        return (self.decided_at - self.made_at).days if self.decided_at else None


class Step(models.Model):
    """One step of a proposal, for all to see. Says when and what, not who."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=8, choices=State.choices)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    note = models.TextField(blank=True)
    meeting = models.ForeignKey("meetingplace.HouseMeeting", **GONE)
    vote = models.ForeignKey("meetingplace.Vote", **GONE)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["proposal", "id"], name="steps_of_proposal")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.state}"


class Support(models.Model):
    """Somebody is for a proposal: once, and may be taken back."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="supports")
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    card = models.ForeignKey(VoiceCard, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], condition=~Q(person=None), name="support_once_a_person"),
            models.UniqueConstraint(fields=["proposal", "card"], condition=~Q(card=None), name="support_once_a_card"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}"


class Comment(models.Model):
    """What somebody says or asks about a proposal; hosts answer here too."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="comments")
    kind = models.CharField(max_length=10, choices=Remark.choices)
    text = models.TextField()
    person = models.ForeignKey("people.Person", **GONE)
    card = models.ForeignKey(VoiceCard, **GONE)
    author_name = models.CharField(max_length=80, blank=True)
    is_from_host = models.BooleanField(default=False)
    is_hidden = models.BooleanField(default=False)
    form_key = models.UUIDField(null=True, blank=True, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["proposal", "id"], name="comments_of_proposal")]
        constraints = [models.CheckConstraint(condition=Q(person=None) | Q(card=None), name="comment_one_author")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.kind}"

    @property
    def key(self) -> str:
        """How the trail names it."""
        return f"meetingplace.comment:{self.pk}"


class Hiding(models.Model):
    """Something was hidden, by whom and why; its author may appeal, and another than who hid it decides."""

    centre = models.ForeignKey(Centre, **CENTRE)
    proposal = models.ForeignKey(Proposal, null=True, blank=True, on_delete=models.CASCADE, related_name="hidings")
    comment = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="hidings")
    ground = models.CharField(max_length=8, choices=Ground.choices)
    reason = models.TextField()
    hidden_by = models.ForeignKey("people.Person", **GONE)
    hidden_at = models.DateTimeField(default=timezone.now)
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    stands = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey("people.Person", **GONE)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(hidden_by=None) | ~Q(decided_by=F("hidden_by")), name="appeal_by_another"),
            models.CheckConstraint(
                condition=Q(proposal=None, comment__isnull=False) | Q(proposal__isnull=False, comment=None),
                name="hiding_of_one_thing"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["centre", "-id"], name="hidings_of_centre")]

    def __str__(self) -> str:
        return f"{self.ground}"

    @property
    def key(self) -> str:
        """How the trail names it."""
        return f"meetingplace.hiding:{self.pk}"

    @property
    def thing(self) -> Proposal | Comment:
        """What was hidden."""
        thing = self.proposal or self.comment
        assert thing is not None  # noqa: S101 (kept by a constraint)
        return thing

    @property
    def about(self) -> Proposal:
        """The proposal it belongs to."""
        return self.proposal or self.comment.proposal  # type: ignore[union-attr]
