"""Who has power here: an audit anybody can read, from the place's own record, through the threshold.

A row is parted between participants and staff only when both parts may be shown; else one part could be found by
taking the other from the whole.
"""

from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import Count, Q

from knutepunkt.meetingplace.choices.voice import PARTICIPATING, Group
from knutepunkt.meetingplace.models import Centre, HouseMeeting, Proposal
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import members_of
from knutepunkt.web.threshold import is_shown

MOST_READ = 2000


@dataclass(frozen=True)
class Parted:
    """A number in two parts: None where it is too small to be shown."""

    participants: int | None
    staff: int | None
    whole: int | None

    @property
    def share(self) -> int | None:
        """The participants' share, in whole per cent."""
        if self.participants is None or self.staff is None:
            return None
        return round(100 * self.participants / (self.participants + self.staff))


@dataclass(frozen=True)
class Power:
    """What the audit says."""

    made: Parted
    yes: Parted
    no: Parted
    days_participants: float | None
    days_staff: float | None
    waiting: int | None
    chairs: Parted
    hosts: Parted


def parted(participants: int, staff: int) -> Parted:
    """Two numbers as they may be shown together."""
    both = is_shown(participants) and is_shown(staff)
    whole = participants + staff
    return Parted(participants if both else None, staff if both else None, whole if is_shown(whole) else None)


def power_at(centre: Centre) -> Power:
    """The audit of a centre. Four queries in all."""
    rows = Proposal.objects.filter(centre=centre).values("group")
    made: dict[str, Any] = {row["group"]: row for row in rows.annotate(
        made=Count("pk"), yes=Count("pk", filter=Q(outcome__in=("yes", "changed"))), no=Count("pk", filter=Q(outcome="no")),
        waiting=Count("pk", filter=Q(outcome="")),
    ).order_by()}  # fmt: skip

    def of(what: str) -> list[int]:
        return [int(made[group.value][what]) if group.value in made else 0 for group in Group]

    chairs = dict(
        HouseMeeting.objects.filter(centre=centre, published_at__isnull=False).exclude(chair_group="")
        .values_list("chair_group").annotate(n=Count("pk")).order_by()
    )  # fmt: skip
    days_participants, days_staff = _days(centre)
    return Power(
        parted(*of("made")), parted(*of("yes")), parted(*of("no")), days_participants, days_staff,
        sum(of("waiting")) if is_shown(sum(of("waiting"))) else None,
        parted(chairs.get(Group.PARTICIPANT.value, 0), chairs.get(Group.STAFF.value, 0)), _hosts(centre),
    )  # fmt: skip


def _days(centre: Centre) -> list[float | None]:
    """The middle number of days from proposal to answer for each group, of at least five answers. The newest 2,000. One query."""
    rows = Proposal.objects.filter(centre=centre, decided_at__isnull=False).order_by("-pk")
    days: dict[str, list[int]] = {group.value: [] for group in Group}
    for group, made, until in rows.values_list("group", "made_at", "decided_at")[:MOST_READ]:
        days[group].append((until - made).days if until else 0)
    return [float(median(found)) if is_shown(len(found)) else None for found in days.values()]


def _hosts(centre: Centre) -> Parted:
    """Who hosts: people whose other role there is one of those who take part, and people without. One query."""
    roles: dict[Any, set[str]] = {}
    for person, role in members_of(centre.organisation).order_by().values_list("person_id", "role")[:MOST_READ]:
        roles.setdefault(person, set()).add(role)
    hosts = [found for found in roles.values() if Role.HOST in found]
    own = sum(bool(found & set(PARTICIPATING)) for found in hosts)
    return parted(own, len(hosts) - own)
