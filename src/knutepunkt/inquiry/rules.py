"""Who may do what in an inquiry, as a table of short sentences."""

from typing import Any

import rules

from knutepunkt.inquiry.choices import TeamRole
from knutepunkt.inquiry.models import Inquiry
from knutepunkt.inquiry.queries.frame import team_role
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import holds_role
from knutepunkt.web.access import EVERYONE, anyone, permission, signed_in


def _inquiry_of(thing: Any) -> Inquiry | None:
    """The inquiry a thing belongs to: itself, or by its `inquiry`, or one step further."""
    if thing is None or isinstance(thing, Inquiry):
        return thing
    for name in ("inquiry", "source", "finding", "report", "meeting", "passage"):
        nearer = getattr(thing, name, None)
        if nearer is not None:
            return _inquiry_of(nearer)
    return None


@rules.predicate
def is_in_team(person: Any, thing: Any) -> bool:
    """Works in the inquiry's team today."""
    inquiry = _inquiry_of(thing)
    return inquiry is not None and bool(team_role(person, inquiry))


@rules.predicate
def leads_team(person: Any, thing: Any) -> bool:
    """Leads the inquiry's team today."""
    inquiry = _inquiry_of(thing)
    return inquiry is not None and team_role(person, inquiry) == TeamRole.LEAD


@rules.predicate
def coordinates_centre(person: Any, thing: Any) -> bool:
    """Is coordinator of the centre that is responsible."""
    inquiry = _inquiry_of(thing)
    return inquiry is not None and holds_role(person, Role.COORDINATOR, inquiry.responsible_id)


@rules.predicate
def speaks_for_service(person: Any, thing: Any) -> bool:
    """Is municipal contact where the inquiry was asked for, or in the service it is about."""
    inquiry = _inquiry_of(thing)
    if inquiry is None:
        return False
    places = {inquiry.commissioner_id, inquiry.service_id} - {None}
    return any(holds_role(person, Role.MUNICIPAL_CONTACT, place) for place in places)


@rules.predicate
def participants_were_asked(_person: Any, thing: Any) -> bool:
    """The participants have been asked about the findings."""
    inquiry = _inquiry_of(thing)
    return inquiry is not None and inquiry.participants_asked_on is not None


@rules.predicate
def may_ask_for_inquiry(person: Any) -> bool:
    """Is municipal contact or coordinator somewhere."""
    return holds_role(person, Role.MUNICIPAL_CONTACT) or holds_role(person, Role.COORDINATOR)


@rules.predicate
def holds_receipt(_person: Any, participant: Any) -> bool:
    """Holds the receipt code: the participant was found by it."""
    return participant is not None


@rules.predicate
def is_invited(person: Any, invitation: Any) -> bool:
    """The invitation is to this person's handle."""
    return invitation is not None and person.is_authenticated and invitation.handle == person.handle.lower()


TEAM = (Role.USER_EVALUATOR.value, Role.ADVISER.value)
"""Who can say yes to a place in a team; being in it opens the pages, the role alone never does."""
TEAM_AND_CENTRE = (*TEAM, Role.COORDINATOR.value)
EVERYONE_IN_IT = (*TEAM_AND_CENTRE, Role.MUNICIPAL_CONTACT.value)
SERVICE = (Role.MUNICIPAL_CONTACT.value,)

permission("inquiry.see_own_inquiries", signed_in, roles=tuple(r.value for r in Role),
           says="Anyone with an account sees the list of inquiries they have to do with.")  # fmt: skip
permission("inquiry.see_public_report", anyone, roles=(EVERYONE,),
           says="Everyone may read a published report.")  # fmt: skip
permission("inquiry.request_inquiry", may_ask_for_inquiry,
           roles=(Role.MUNICIPAL_CONTACT.value, Role.COORDINATOR.value),
           says="A municipal contact or a coordinator may ask for an inquiry.")  # fmt: skip
permission("inquiry.see_inquiry", is_in_team | coordinates_centre | speaks_for_service, roles=EVERYONE_IN_IT,
           private=True, says="The team, the centre's coordinator and the service see where the inquiry stands.")  # fmt: skip
permission("inquiry.change_frame", leads_team | coordinates_centre, roles=TEAM_AND_CENTRE, private=True,
           says="The lead and the centre's coordinator write down what was agreed.")  # fmt: skip
permission("inquiry.work_in_team", is_in_team, roles=TEAM, private=True,
           says="Only those in the inquiry's own team (user-evaluators and those who support them) see meetings, sources, codes and participants.")  # fmt: skip
permission("inquiry.answer_invitation", is_invited, roles=tuple(r.value for r in Role), private=True,
           says="Whoever is asked into a team answers; who answers for those who asked cannot say yes.")  # fmt: skip
permission("inquiry.lead_team", leads_team, roles=TEAM, private=True,
           says="The lead asks participants, publishes, and answers what withdrawal leaves behind.")  # fmt: skip
permission("inquiry.see_findings", is_in_team | (speaks_for_service & participants_were_asked),
           roles=(*TEAM, *SERVICE), private=True,
           says="The team sees findings; the service sees them only after the participants have been asked.")  # fmt: skip
permission("inquiry.answer_findings", speaks_for_service & participants_were_asked, roles=SERVICE, private=True,
           says="The service answers findings after the participants have been asked.")  # fmt: skip
permission("inquiry.answer_promises", speaks_for_service, roles=SERVICE, private=True,
           says="The service answers recommendations and says what it has done.")  # fmt: skip
permission("inquiry.hold_receipt", holds_receipt, roles=(EVERYONE,), private=True,
           says="Whoever holds a receipt code sees, decides on and takes back what was given with it.")  # fmt: skip
