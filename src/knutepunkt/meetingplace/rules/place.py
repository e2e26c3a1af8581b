"""Who may do what with the place, as a table of short sentences."""

from typing import Any

import rules

from knutepunkt.meetingplace.models import Centre
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import holds_role, roles_of
from knutepunkt.web.access import EVERYONE, anyone, permission


def centre_of(thing: Any) -> Centre | None:
    """The centre a thing belongs to: itself, or by its `centre`."""
    if thing is None or isinstance(thing, Centre):
        return thing
    return centre_of(getattr(thing, "centre", None))


@rules.predicate
def belongs(person: Any, thing: Any) -> bool:
    """Holds any role at the centre today."""
    centre = centre_of(thing)
    return centre is not None and any(centre.organisation_id == o for o, _role in roles_of(person))


@rules.predicate
def hosts(person: Any, thing: Any) -> bool:
    """Is host or coordinator of the centre today."""
    centre = centre_of(thing)
    return centre is not None and any(
        holds_role(person, role, centre.organisation_id) for role in (Role.HOST, Role.COORDINATOR)
    )


@rules.predicate
def coordinates(person: Any, thing: Any) -> bool:
    """Is coordinator of the centre today."""
    centre = centre_of(thing)
    return centre is not None and holds_role(person, Role.COORDINATOR, centre.organisation_id)


permission("meetingplace.see_place", anyone, roles=(EVERYONE,),
           says="Everyone may look at a centre's page and its week.")  # fmt: skip
