"""What this room knows of a person: which roles they hold where."""

from typing import Any

from knutepunkt.organisations.actions import delete_ended_roles
from knutepunkt.organisations.models import Membership
from knutepunkt.web.registers import PersonalData


def _export(person: Any) -> list[dict[str, Any]]:
    rows = Membership.objects.filter(person=person).select_related("organisation").order_by("from_on", "pk")
    return [
        {
            "organisation": row.organisation.name,
            "role": row.role,
            "from_on": row.from_on,
            "until_on": row.until_on,
        }
        for row in rows
    ]


def _erase(person: Any) -> int:
    return int(Membership.objects.filter(person=person).delete()[0])


ENTRIES = [
    PersonalData(
        model="organisations.Membership",
        holds="That a person has a role in a place, from a date to a date.",
        why="So that the place can be run, and so that a role opens what it should and nothing more.",
        how_long="Until a year after the role has ended.",
        fields={
            "id": "plain", "person": "personal", "organisation": "personal", "role": "personal",
            "from_on": "personal", "until_on": "personal",
        },
        export=_export,
        erase=_erase,
        due=delete_ended_roles,
    ),
]  # fmt: skip
