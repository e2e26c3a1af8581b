"""The quiet voice: which days' regulars a round has not reached. From counts, never persons.

`COUNTERS` are functions that say how many came unasked on each weekday (0 is Monday) at a centre since a day; the
calendar's counts and the door's are here.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knutepunkt.events.choices import OSLO
from knutepunkt.events.queries import midnight, sessions_visible_to
from knutepunkt.meetingplace.choices.place import What
from knutepunkt.meetingplace.choices.voice import VoteState
from knutepunkt.meetingplace.models import Asked, Centre, HouseMeeting, Tap, VoiceCard, Vote
from knutepunkt.web.threshold import in_words

LOOKS_BACK = timedelta(days=28)
DAYS = (_("mandag"), _("tirsdag"), _("onsdag"), _("torsdag"), _("fredag"), _("lørdag"), _("søndag"))


@dataclass(frozen=True)
class QuietDay:
    """A weekday whose regulars have not been asked, and how many they are, as one of two words."""

    weekday: int
    people: str

    @property
    def name(self) -> str:
        """The day's name."""
        return str(DAYS[self.weekday])


def came_to_events(centre: Centre, since: date) -> Mapping[int, int]:
    """How many came unasked to what stands in the calendar, by weekday. One query."""
    rows = sessions_visible_to(AnonymousUser()).filter(
        event__organiser_id=centre.organisation_id, starts_at__gte=midnight(since), starts_at__lte=timezone.now(),
        drop_in__people__gt=0,
    )  # fmt: skip
    found: Counter[int] = Counter()
    for starts_at, people in rows.order_by("-starts_at").values_list("starts_at", "drop_in__people")[:400]:
        found[timezone.localtime(starts_at).weekday()] += people
    return found


def came_to_door(centre: Centre, since: date) -> Mapping[int, int]:
    """How many came through the door, by weekday, as the tablet counted. One query."""
    rows = Tap.objects.filter(centre=centre, what=What.CAME, on_date__gte=since, on_date__lte=timezone.localdate())
    found: Counter[int] = Counter()
    for day, people in rows.order_by().values_list("on_date").annotate(people=Count("pk")):
        found[day.weekday()] += people
    return found


COUNTERS: list[Callable[[Centre, date], Mapping[int, int]]] = [came_to_events, came_to_door]


def asked_on(vote: Vote) -> set[int]:
    """Weekdays a round has reached: noted by hosts, house meetings, and days cards were handed out. One query."""
    start = timezone.localtime(vote.opened_at).date() if vote.opened_at else timezone.localdate()
    noted = Asked.objects.filter(vote=vote).order_by().values_list("on_date")
    cards = VoiceCard.objects.filter(centre_id=vote.centre_id, handed_on__range=(start, timezone.localdate())).order_by()
    held = HouseMeeting.objects.filter(centre_id=vote.centre_id, starts_at__gte=midnight(start), starts_at__lte=timezone.now())
    met = held.order_by().annotate(day=TruncDate("starts_at", tzinfo=OSLO)).values_list("day")
    return {day.weekday() for (day,) in noted.union(cards.values_list("handed_on"), met)}


def days_not_asked(counts: Mapping[int, int], asked: set[int]) -> list[QuietDay]:
    """The days people come and nobody has asked, those with most people first."""
    quiet = [(people, day) for day, people in counts.items() if people > 0 and day not in asked]
    return [QuietDay(day, in_words(people)) for people, day in sorted(quiet, key=lambda pair: (-pair[0], pair[1]))]


def quiet_days_of(vote: Vote) -> list[QuietDay]:
    """The days' regulars an open round has not reached; who is counted in two ways is counted once."""
    since, counts = timezone.localdate() - LOOKS_BACK, Counter[int]()
    for counter in COUNTERS:
        counts |= Counter(counter(vote.centre, since))
    return days_not_asked(counts, asked_on(vote))


def rounds_soon_over(within: timedelta) -> QuerySet[Vote]:
    """Open votes that close soon and whose hosts have not been told."""
    soon = timezone.now() + within
    return Vote.objects.filter(state=VoteState.OPEN, closes_at__lte=soon, is_told_quiet=False).select_related("centre__organisation")
