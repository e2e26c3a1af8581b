"""What is done with organisations: the register is loaded and updated, roles are given, ended, handed over."""

from knutepunkt.organisations.actions.first import first_coordinator_link
from knutepunkt.organisations.actions.places import (
    UnknownNumber,
    check_organisation_number,
    describe_organisation,
    make_organisation,
)
from knutepunkt.organisations.actions.register import UnreadableRegister, load_register, update_register
from knutepunkt.organisations.actions.roles import (
    LastCoordinator,
    delete_ended_roles,
    end_role,
    give_role,
    hand_over,
    invite_new_person,
    issue_role_card,
    renew_card_of_member,
    take_role,
)

__all__ = [
    "LastCoordinator",
    "UnknownNumber",
    "UnreadableRegister",
    "check_organisation_number",
    "delete_ended_roles",
    "describe_organisation",
    "end_role",
    "first_coordinator_link",
    "give_role",
    "hand_over",
    "invite_new_person",
    "issue_role_card",
    "load_register",
    "make_organisation",
    "renew_card_of_member",
    "take_role",
    "update_register",
]
