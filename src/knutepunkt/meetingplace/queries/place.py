"""Reads of the place itself."""

from typing import Any

from knutepunkt.meetingplace.models import Centre
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import organisations_where


def centre_by_slug(slug: str) -> Centre | None:
    """A centre's meeting place, by the organisation's slug; None if there is none."""
    return Centre.objects.select_related("organisation").filter(organisation__slug=slug).first()


def run_organisations(person: Any) -> list[int]:
    """Ids of the organisations where this person is host or coordinator today."""
    return organisations_where(person, Role.HOST, Role.COORDINATOR)
