"""Who may do what with the place, as a table of short sentences."""

from typing import Any

import rules

from knutepunkt.meetingplace.models import Centre, Resource
from knutepunkt.meetingplace.queries.booking import is_guide
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import holds_role, roles_of
from knutepunkt.people.choices import SIGNED_IN
from knutepunkt.web.access import EVERYONE, anyone, permission, signed_in


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


@rules.predicate
def coordinates_some(person: Any) -> bool:
    """Is coordinator somewhere today."""
    return holds_role(person, Role.COORDINATOR)


@rules.predicate
def booked(person: Any, booking: Any) -> bool:
    """The booking is the person's own."""
    return booking is not None and person.is_authenticated and booking.person_id == person.pk


@rules.predicate
def shows(person: Any, resource: Any) -> bool:
    """Has said that they can show this room, and belongs to the place."""
    return isinstance(resource, Resource) and person.is_authenticated and is_guide(person, resource)


@rules.predicate
def holds_tablet(_person: Any, door: Any) -> bool:
    """Stands at a tablet that a host has put at the door: it was found by its code."""
    return door is not None


MEMBERS = tuple(role.value for role in Role)
HOSTS = (Role.HOST.value, Role.COORDINATOR.value)

permission("meetingplace.see_place", anyone, roles=(EVERYONE,),
           says="Everyone may look at a centre's page and its week.")  # fmt: skip
permission("meetingplace.find_own", signed_in, roles=(SIGNED_IN,),
           says="Who is signed in finds their own meeting places and their own bookings.")  # fmt: skip
permission("meetingplace.use_place", belongs, roles=MEMBERS,
           says="Those with a role at the centre book rooms, borrow things and take tasks.")  # fmt: skip
permission("meetingplace.keep_own", booked, roles=MEMBERS, private=True,
           says="Only the person a booking belongs to, apart from hosts, sees whose it is and changes it.")  # fmt: skip
permission("meetingplace.show_room", (belongs & shows) | hosts, roles=MEMBERS,
           says="Those who have said they can show a room, and hosts, say who has been shown it.")  # fmt: skip
permission("meetingplace.run_place", hosts, roles=HOSTS,
           says="Hosts and coordinators keep the page, the hours, the rooms, the tasks and the door.")  # fmt: skip
permission("meetingplace.open_place", coordinates_some, roles=(Role.COORDINATOR.value,),
           says="A coordinator opens the meeting place of their own centre.")  # fmt: skip
permission("meetingplace.tap_at_door", holds_tablet, roles=(EVERYONE,), private=True,
           says="Whoever stands at a tablet a host has put at the door may tap, and see nothing else.")  # fmt: skip
