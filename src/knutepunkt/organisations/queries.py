"""Reads of organisations and memberships."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from knutepunkt.organisations.models import Membership, Organisation


def _in_force(today: date) -> Q:
    return Q(from_on__lte=today) & (Q(until_on=None) | Q(until_on__gte=today))


def memberships_in_force(person: Any) -> QuerySet[Membership]:
    """The roles a person holds today, with their organisations."""
    return (
        Membership.objects.filter(_in_force(timezone.localdate()), person_id=person.pk)
        .select_related("organisation")
        .order_by("organisation__sort_name", "role")
    )


def roles_of(person: Any) -> set[tuple[int, str]]:
    """A person's roles today as (organisation id, role); one query, kept on the person for the request."""
    if not getattr(person, "is_authenticated", False):
        return set()
    known = getattr(person, "_roles_today", None)
    if known is None:
        known = set(memberships_in_force(person).order_by().values_list("organisation_id", "role"))
        person._roles_today = known  # noqa: SLF001 (kept for the request)
    return known


def holds_role(person: Any, role: str, organisation_id: int | None = None) -> bool:
    """Whether a person holds a role today, in this organisation or in any."""
    return any(r == role and organisation_id in (None, o) for o, r in roles_of(person))


def organisations_where(person: Any, *roles: str) -> list[int]:
    """Ids of the organisations where a person holds one of these roles today."""
    return sorted({organisation for organisation, role in roles_of(person) if role in roles})
