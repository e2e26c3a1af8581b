"""The first coordinator of an empty house: somebody must be able to begin."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.organisations.actions.places import make_organisation
from knutepunkt.organisations.choices import Kind, Role
from knutepunkt.organisations.models import Membership
from knutepunkt.people import actions as people
from knutepunkt.people.choices import CARD
from knutepunkt.web.papercodes import address_of

SETUP = "setup"


@transaction.atomic
def first_coordinator_link(today: date | None = None) -> str:
    """A one-time link for the first coordinator of an empty house; empty when somebody coordinates already.

    Makes an account and an own centre with a name to be changed, and a card whose code stands behind `#`.
    """
    if Membership.objects.filter(role=Role.COORDINATOR).exists():
        return ""
    centre = make_organisation(by=SETUP, kind=Kind.USER_LED_CENTRE, name=_("Vårt senter"))
    person = people.make_person(by=SETUP, chosen_name=_("Koordinator"))
    Membership.objects.create(
        person=person, organisation=centre, role=Role.COORDINATOR, from_on=today or timezone.localdate()
    )
    printed = people.issue_invitation_card(by=SETUP, person=person)
    return address_of(CARD, printed)
