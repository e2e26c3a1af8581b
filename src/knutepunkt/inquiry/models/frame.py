"""The frame of an inquiry: request, team, guide, meetings, and participants as codes."""

import uuid

from django.db import models

from knutepunkt.inquiry.choices import MeetingForm, Phase, TeamRole


class Inquiry(models.Model):
    """One Bruker Spør Bruker inquiry.

    Holds what was asked and agreed; no words of participants. Kept until `keep_until`, then its
    sources go and the published report stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=160)
    commissioner = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="inquiries_asked"
    )
    service = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT,
        related_name="inquiries_about",
    )  # fmt: skip
    responsible = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="inquiries_led"
    )
    phase = models.PositiveSmallIntegerField(choices=Phase.choices, default=Phase.REQUEST)
    request = models.TextField(blank=True)
    aim = models.TextField(blank=True)
    questions = models.TextField(blank=True)
    ownership = models.TextField(blank=True)
    invitation = models.TextField(blank=True)
    invitation_plain = models.TextField(blank=True)
    duty_told_on = models.DateField(null=True, blank=True)
    listening_on = models.DateField(null=True, blank=True)
    dialogue_on = models.DateField(null=True, blank=True)
    answers_by = models.DateField(null=True, blank=True)
    report_on = models.DateField(null=True, blank=True)
    participants_asked_on = models.DateField(null=True, blank=True)
    takes_input = models.BooleanField(default=False)
    keep_until = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["-made_at"]), models.Index(fields=["responsible", "-made_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """The inquiry's key in trail, search and registers."""
        return f"inquiry.inquiry:{self.pk}"


class TeamMember(models.Model):
    """A user-evaluator (or support) in the team, and what she wants the others to know."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="inquiry_teams")
    role = models.CharField(max_length=12, choices=TeamRole.choices)
    trained_on = models.DateField(null=True, blank=True)
    meetings_at_most = models.PositiveSmallIntegerField(null=True, blank=True)
    not_for_me = models.BinaryField(default=b"", blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "person"], name="team_member_once")]
        indexes = [models.Index(fields=["person", "inquiry"])]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id}"


class TeamInvitation(models.Model):
    """Somebody is asked into the team, by the handle as it was typed; whether anybody has it is not looked up here.

    Ends with a yes or a no, when it is taken back, or after 30 days.
    """

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="invitations")
    handle = models.CharField(max_length=40)
    role = models.CharField(max_length=12, choices=TeamRole.choices)
    trained_on = models.DateField(null=True, blank=True)
    meetings_at_most = models.PositiveSmallIntegerField(null=True, blank=True)
    by = models.UUIDField()
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "handle"], name="team_invitation_once")]
        indexes = [models.Index(fields=["handle"], name="inquiry_invitations_to")]

    def __str__(self) -> str:
        return f"{self.role} {self.inquiry_id}"


class ReferenceMember(models.Model):
    """A seat in the reference group: where it comes from, and a name of choice."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="reference_group")
    name = models.CharField(max_length=80)
    comes_from = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name


class Guide(models.Model):
    """A version of the interview guide, with its plain-language variant and why it was changed."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="guides")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    plain_text = models.TextField(blank=True)
    why = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "number"], name="guide_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class Meeting(models.Model):
    """A group or individual interview. Attendance is codes, and only the team sees it."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="meetings")
    label = models.CharField(max_length=60)
    form = models.CharField(max_length=12, choices=MeetingForm.choices)
    group = models.CharField(max_length=60, blank=True)
    held_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "label"], name="meeting_once")]

    def __str__(self) -> str:
        return self.label


class Debrief(models.Model):
    """That a team member has talked the meeting through; the note is sealed with her own key."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="debriefs")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="debriefs")
    done_at = models.DateTimeField()
    note = models.BinaryField(default=b"", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="debrief_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id}"


class Participant(models.Model):
    """Somebody who takes part, as a code. No name is kept anywhere; a receipt code on paper is the way back.

    Kept with the inquiry; exported and erased by whoever holds the receipt code.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="participants")
    code = models.CharField(max_length=12)
    group = models.CharField(max_length=60, blank=True)
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="participants"
    )
    has_slip = models.BooleanField(default=False)
    left_at = models.DateTimeField(null=True, blank=True)
    slip_asked_by = models.UUIDField(null=True, blank=True)
    slip_asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "code"], name="participant_once"),
            models.CheckConstraint(
                condition=models.Q(slip_asked_by=None, slip_asked_at=None)
                | models.Q(slip_asked_by__isnull=False, slip_asked_at__isnull=False),
                name="slip_asked_paired",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def key(self) -> str:
        """What a consent is about."""
        return f"inquiry.participant:{self.pk}"


class Thanks(models.Model):
    """A fee or gift receipted without a name: what, how much, when, a running number."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="thanks")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=60)
    kroner = models.PositiveIntegerField()
    given_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "number"], name="thanks_once")]

    def __str__(self) -> str:
        return f"{self.number}"
