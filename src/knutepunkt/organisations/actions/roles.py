"""Roles: given, taken by code, ended, handed over. A person who acts must run the organisation."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from knutepunkt.organisations import queries
from knutepunkt.organisations.choices import ROLE_CARD, Role, about
from knutepunkt.organisations.models import Membership, Organisation
from knutepunkt.people import actions as people
from knutepunkt.web import trail
from knutepunkt.web.access import require
from knutepunkt.web.papercodes import issue_code, redeem_code


class LastCoordinator(Exception):
    """An organisation is never left without a coordinator: hand the role over first."""


def _must_run(by: Any, organisation: Organisation) -> None:
    """A person needs the role; the house itself (`setup`, `demo`, `job`) is named by a text."""
    if not isinstance(by, str):
        require(by, "organisations.run_place", organisation)


def _forget_known_roles(*people_: Any) -> None:
    for person in people_:
        if hasattr(person, "_roles_today"):
            del person._roles_today  # noqa: SLF001 (see queries.roles_of)


def _give(by: Any, person: Any, organisation: Organisation, role: str, *dates: date | None) -> Membership:
    from_on, until_on = dates
    row, made = Membership.objects.get_or_create(
        person=person,
        organisation=organisation,
        role=Role(role).value,
        from_on=from_on or timezone.localdate(),
        defaults={"until_on": until_on},
    )
    if not made and row.until_on != until_on:
        row.until_on = until_on
        row.save(update_fields=["until_on"])
    _forget_known_roles(person)
    trail.record(
        "organisations:role:given", by=by, about=about(organisation.pk), within=about(organisation.pk),
        person=str(person.pk), role=row.role,
    )  # fmt: skip
    return row


def give_role(
    *,
    by: Any,
    person: Any,
    organisation: Organisation,
    role: str,
    from_on: date | None = None,
    until_on: date | None = None,
) -> Membership:
    """Give a person a role in an organisation, from today or another date."""
    _must_run(by, organisation)
    with transaction.atomic():
        return _give(by, person, organisation, role, from_on, until_on)


def invite_new_person(
    *, by: Any, organisation: Organisation, role: str, chosen_name: str = ""
) -> tuple[Any, str]:
    """An account with a role for somebody who has none here: the person and the printed card code."""
    _must_run(by, organisation)
    with transaction.atomic():
        person = people.make_person(by=by, chosen_name=chosen_name)
        _give(by, person, organisation, role, None, None)
        return person, people.issue_invitation_card(by=by, person=person)


def issue_role_card(*, by: Any, organisation: Organisation, role: str) -> str:
    """A code on paper for somebody who has an account: who types it gets the role. Nobody is looked up."""
    _must_run(by, organisation)
    with transaction.atomic():
        _, printed = issue_code(kind=ROLE_CARD, subject=f"{organisation.pk}:{Role(role).value}")
        trail.record(
            "organisations:role:offered", by=by, about=about(organisation.pk), within=about(organisation.pk)
        )
    return printed


def take_role(*, by: Any, typed: str, client: str) -> Membership:
    """Take the role that a code gives.

    Raises:
        CodeRefused: no living code.
        TooManyTries: too many tries from one place.
    """
    code = redeem_code(kind=ROLE_CARD, typed=typed, client=client)
    key, _, role = code.subject.partition(":")
    organisation = Organisation.objects.get(pk=int(key))
    with transaction.atomic():
        return _give(by, by, organisation, role, None, None)


def end_role(*, by: Any, membership: Membership) -> None:
    """End a role now. One may end one's own; a role given today is taken away without a trace in the period.

    Raises:
        LastCoordinator: the organisation would stand without one.
    """
    organisation, today = membership.organisation, timezone.localdate()
    if getattr(by, "pk", None) != membership.person_id:
        _must_run(by, organisation)
    with transaction.atomic():
        if membership.role == Role.COORDINATOR and len(queries.coordinators_of(organisation)) == 1:
            raise LastCoordinator
        _end(membership, today)
        trail.record(
            "organisations:role:ended", by=by, about=about(organisation.pk), within=about(organisation.pk),
            person=str(membership.person_id), role=membership.role,
        )  # fmt: skip
    _forget_known_roles(by, membership.person)


def _end(membership: Membership, today: date) -> None:
    if membership.from_on >= today:
        membership.delete()
        return
    membership.until_on = today - timedelta(days=1)
    membership.save(update_fields=["until_on"])


def hand_over(*, by: Any, organisation: Organisation, to: Any) -> Membership:
    """Make somebody else coordinator, and lay down one's own role, in one step."""
    _must_run(by, organisation)
    with transaction.atomic():
        row = _give(by, to, organisation, Role.COORDINATOR, None, None)
        for own in queries.coordinators_of(organisation):
            if own.person_id == getattr(by, "pk", None) and own.person_id != to.pk:
                _end(own, timezone.localdate())
        trail.record(
            "organisations:role:handed-over", by=by, about=about(organisation.pk), within=about(organisation.pk),
            person=str(to.pk),
        )  # fmt: skip
    _forget_known_roles(by, to)
    return row


def renew_card_of_member(*, by: Any, membership: Membership) -> str:
    """A new card for a member who cannot get in. What they have written stays shut (see `people`)."""
    _must_run(by, membership.organisation)
    return people.issue_invitation_card(by=by, person=membership.person)


def delete_ended_roles() -> int:
    """Delete roles that ended more than a year ago. Returns how many."""
    limit = timezone.localdate() - timedelta(days=365)
    return int(Membership.objects.filter(until_on__lt=limit).delete()[0])
