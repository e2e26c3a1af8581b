"""Making an organisation that no official list holds: a centre, a service, an invented municipality."""

from typing import Any

from django.db import transaction

from knutepunkt.organisations.choices import about
from knutepunkt.organisations.methods import plain_name_of, slug_of, sort_name_of
from knutepunkt.organisations.models import Organisation, OrganisationName
from knutepunkt.web import trail
from knutepunkt.web.access import require


class UnknownNumber(Exception):
    """The organisation number is not nine digits with a check digit that fits."""


def check_organisation_number(number: str) -> str:
    """The number without spaces, if its check digit fits; empty stays empty.

    Raises:
        UnknownNumber: it cannot be a Norwegian organisation number.
    """
    from stdnum.no import orgnr  # noqa: PLC0415 (slow)

    plain = "".join(number.split())
    if plain and not orgnr.is_valid(plain):
        raise UnknownNumber
    return str(orgnr.compact(plain)) if plain else ""


def make_organisation(
    *, by: Any, kind: str, name: str, organisation_number: str = "", slug: str = "", **facts: Any
) -> Organisation:
    """Enter an organisation with its name. `facts` are fields of the model.

    Raises:
        UnknownNumber: the organisation number does not fit.
    """
    number = check_organisation_number(organisation_number)
    with transaction.atomic():
        taken = set(
            Organisation.objects.filter(slug__startswith=slug_of(name)).values_list("slug", flat=True)
        )
        row = Organisation.objects.create(
            kind=kind,
            name=name,
            sort_name=sort_name_of(name),
            slug=slug or slug_of(name, apart=str(facts.get("code", "")), taken=taken),
            organisation_number=number,
            **facts,
        )
        OrganisationName.objects.create(
            organisation=row, language="no", name=name, plain_name=plain_name_of(name)
        )
        trail.record("organisations:organisation:made", by=by, about=about(row.pk), within=about(row.pk))
    return row


def describe_organisation(*, by: Any, organisation: Organisation, **facts: str) -> Organisation:
    """The coordinator's own words about the place, its website and number.

    Raises:
        UnknownNumber: the organisation number does not fit.
    """
    require(by, "organisations.run_place", organisation)
    facts["organisation_number"] = check_organisation_number(facts.get("organisation_number", ""))
    with transaction.atomic():
        for name in ("about", "place", "website", "organisation_number"):
            setattr(organisation, name, facts.get(name, ""))
        organisation.save(update_fields=["about", "place", "website", "organisation_number"])
        about_key = about(organisation.pk)
        trail.record("organisations:organisation:described", by=by, about=about_key, within=about_key)
    return organisation
