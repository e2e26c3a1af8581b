"""Who may see places, and who runs one."""

from typing import Any

import rules

from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import holds_role
from knutepunkt.people.choices import SIGNED_IN
from knutepunkt.web.access import EVERYONE, anyone, permission, signed_in


@rules.predicate
def is_coordinator_of(person: Any, organisation: Any) -> bool:
    """Holds the role of coordinator in this very organisation today."""
    return organisation is not None and holds_role(person, Role.COORDINATOR, organisation.pk)


permission(
    "organisations.see_place",
    anyone,
    roles=(EVERYONE,),
    says="Everyone may look up places and organisations.",
)
permission(
    "organisations.take_role",
    signed_in,
    roles=(SIGNED_IN,),
    says="Who is signed in may type an invitation code, and gets the role it gives.",
)
permission(
    "organisations.run_place",
    is_coordinator_of,
    roles=(Role.COORDINATOR.value,),
    says="The coordinator of an organisation may see, give and end roles in it, and in no other.",
    private=True,
)
