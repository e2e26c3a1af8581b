"""Events, the rule they repeat by, each occurrence, and who comes."""

import uuid

from django.db import models
from django.db.models import F, Q

from knutepunkt.events.choices import (
    HOLDING,
    LANGUAGES,
    LONGEST_RULE,
    MOST_AT_ONCE,
    Answer,
    Audience,
    EventState,
    Kind,
    Noise,
    Place,
    Signing,
)


class Event(models.Model):
    """Something that happens once or again and again, in words. When it happens is in `Series` and `Session`.

    Until somebody has said when, `has_dates` is false, there is no `Series`, and people can say that they are interested.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=90, unique=True)
    organiser = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="events")
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.ACTIVITY)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="nb", blank=True)
    audience = models.CharField(max_length=14, choices=Audience.choices, default=Audience.EVERYONE)
    price_kroner = models.PositiveIntegerField(default=0)
    place_name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    directions = models.TextField(blank=True)
    accessibility = models.TextField(blank=True)
    video_url = models.URLField(blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    signing = models.CharField(max_length=8, choices=Signing.choices, default=Signing.NONE)
    contact = models.CharField(max_length=160, blank=True)
    noise = models.CharField(max_length=8, choices=Noise.choices, default="", blank=True)
    group_size = models.CharField(max_length=80, blank=True)
    may_just_sit = models.BooleanField(default=True)
    door = models.CharField(max_length=160, blank=True)
    may_bring = models.BooleanField(default=False)
    may_leave = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=EventState.choices, default=EventState.DRAFT)
    cancel_reason = models.CharField(max_length=300, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    picture = models.ForeignKey("web.StoredFile", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    picture_alt = models.CharField(max_length=200, blank=True)
    has_dates = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(fields=["organiser", "state", "kind"], name="events_of_organiser"),
            models.Index(fields=["state", "-id"], condition=Q(has_dates=False), name="events_without_dates"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=EventState.CANCELLED) | ~Q(cancel_reason=""), name="event_cancelled_says_why"
            ),
            models.CheckConstraint(condition=Q(capacity=None) | Q(capacity__gte=1), name="event_has_room"),
            models.CheckConstraint(condition=Q(picture=None) | ~Q(picture_alt=""), name="event_picture_has_words"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """How the trail names it."""
        return f"events.event:{self.pk}"

    @property
    def key_owner(self) -> str:
        """The owner's name of the key its picture is sealed with."""
        return f"event:{self.pk}"


class FeedMark(models.Model):
    """A number that rises whenever what a place has in the calendar changes, so that a feed knows in one look."""

    organiser = models.OneToOneField("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.organiser_id}: {self.number}"


class Series(models.Model):
    """When an event happens: a first day and time in Oslo, and perhaps an RFC 5545 rule with exceptions."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="series")
    first_on = models.DateField()
    clock = models.TimeField()
    minutes = models.PositiveIntegerField(default=120)
    rule = models.CharField(max_length=LONGEST_RULE, blank=True)
    except_on = models.JSONField(default=list, blank=True)
    not_in_easter = models.BooleanField(default=False)
    not_on_holidays = models.BooleanField(default=False)
    ready_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=14 * 24 * 60), name="series_has_length")
        ]
        indexes = [models.Index(fields=["ready_until"], name="events_series_to_expand")]

    def __str__(self) -> str:
        return f"{self.first_on} {self.rule}"


class Session(models.Model):
    """One occurrence, kept ready. `on_date` is the day the rule gave it; moved ones keep it."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    on_date = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_moved = models.BooleanField(default=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    seats_taken = models.PositiveIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "on_date"], name="session_once_a_day"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.CheckConstraint(
                condition=(Q(cancelled_at=None) & Q(cancel_reason="")) | (~Q(cancelled_at=None) & ~Q(cancel_reason="")),
                name="session_cancelled_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="events_sessions_by_start"),
            models.Index(fields=["event", "starts_at"], name="events_sessions_of_event"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def key(self) -> str:
        """How the trail names it."""
        return f"events.session:{self.pk}"

    @property
    def is_off(self) -> bool:
        """Cancelled, by itself or with its event."""
        return self.cancelled_at is not None or self.event.state == EventState.CANCELLED

    @property
    def why_off(self) -> str:
        """The reason it is cancelled, if it is."""
        return self.cancel_reason or self.event.cancel_reason

    @property
    def seats_left(self) -> int | None:
        """How many seats are free; None where there is no limit."""
        return None if self.event.capacity is None else max(0, self.event.capacity - self.seats_taken)


class HeldSeats(models.Model):
    """Seats of one occurrence that an organisation's people take first, until a day; then they are everybody's.

    While it stands all its seats are counted in `seats_taken` of the session, and `taken` says how many have
    somebody in them. When it is let go, what nobody took is given back.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="held_seats")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    until_at = models.DateTimeField()
    let_go_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "organisation"], condition=Q(let_go_at=None), name="seats_held_once"
            ),
            models.CheckConstraint(condition=Q(taken__lte=F("seats"), seats__gte=1), name="seats_held_hold"),
        ]
        indexes = [models.Index(fields=["let_go_at", "until_at"], name="events_held_to_let_go")]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.taken}/{self.seats}"


class Registration(models.Model):
    """Somebody says they come: a person with an account, or a name of choice.

    The key says who came first. Needs are sealed with a key of their own; needs, guest name and address
    are deleted 30 days after the session.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="registrations")
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    guest_name = models.CharField(max_length=80, blank=True)
    guest_email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="nb")
    size = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=Place.choices)
    offered_until = models.DateTimeField(null=True, blank=True)
    held = models.ForeignKey(HeldSeats, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_by_host = models.BooleanField(default=False)
    shows_name = models.BooleanField(default=False)
    needs = models.BinaryField(default=bytes, blank=True)
    came = models.BooleanField(null=True, blank=True)
    is_reminded = models.BooleanField(default=False)
    form_key = models.UUIDField(null=True, blank=True, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=~Q(person=None), name="registration_once_a_person"
            ),
            models.CheckConstraint(condition=Q(size__gte=1, size__lte=MOST_AT_ONCE), name="registration_one_or_two"),
            models.CheckConstraint(
                condition=Q(state=Place.OFFERED, offered_until__isnull=False)
                | (~Q(state=Place.OFFERED) & Q(offered_until=None)),
                name="registration_offer_has_end",
            ),
        ]
        indexes = [
            models.Index(fields=["session", "state", "id"], name="events_waiting_list"),
            models.Index(fields=["offered_until"], name="events_offers_to_end"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.state}"

    @property
    def key(self) -> str:
        """How the trail, the code and the key store name it."""
        return f"events.registration:{self.pk}"

    @property
    def key_owner(self) -> str:
        """The owner's name of the key its needs are sealed with."""
        return f"registration:{self.pk}"

    @property
    def holds_seat(self) -> bool:
        """Whether it holds a seat now."""
        return self.state in HOLDING

    @property
    def shown_name(self) -> str:
        """The name of choice, for the host."""
        return self.person.chosen_name if self.person is not None else self.guest_name


class Interest(models.Model):
    """Somebody wants to know when an event gets its day: a person, or a sealed address, or only a count and a code."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="interest")
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    email = models.BinaryField(default=bytes, blank=True)
    language = models.CharField(max_length=2, default="nb")
    told_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], condition=~Q(person=None), name="interest_once_a_person")
        ]

    def __str__(self) -> str:
        return str(self.event_id)

    @property
    def key(self) -> str:
        """How the trail and the code name it."""
        return f"events.interest:{self.pk}"

    @property
    def key_owner(self) -> str:
        """The owner's name of the key its address is sealed with."""
        return f"interest:{self.pk}"


class DropIn(models.Model):
    """How many came without being asked who they are. A number, and never more than that."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="drop_in")
    people = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.session_id}: {self.people}"


class Feedback(models.Model):
    """Two answers and perhaps some words afterwards. No key to a person, no time, a random key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="feedback")
    was_welcome = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    was_good = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.session_id)
