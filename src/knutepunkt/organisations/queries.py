"""Reads of organisations and memberships."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from knutepunkt.organisations.choices import CENTRES, PUBLIC_ROLES, Kind, Role
from knutepunkt.organisations.methods import Outline, distance_km, outline, plain_name_of, sort_name_of
from knutepunkt.organisations.models import Membership, Organisation, OrganisationName
from knutepunkt.web.threshold import is_shown


def _in_force(today: date) -> Q:
    return Q(from_on__lte=today) & (Q(until_on=None) | Q(until_on__gte=today))


def memberships_in_force(person: Any) -> QuerySet[Membership]:
    """The roles a person holds today, with their organisations."""
    return (
        Membership.objects.filter(_in_force(timezone.localdate()), person_id=person.pk)
        .select_related("organisation")
        .order_by("organisation__sort_name", "role")
    )


def own_memberships(person: Any) -> list[Membership]:
    """A person's roles today with their organisations; one query, which also answers `roles_of` for the request."""
    found = list(memberships_in_force(person))
    person._roles_today = {(row.organisation_id, row.role) for row in found}  # noqa: SLF001 (kept for the request)
    return found


def roles_of(person: Any) -> set[tuple[int, str]]:
    """A person's roles today as (organisation id, role); one query, kept on the person for the request."""
    if not getattr(person, "is_authenticated", False):
        return set()
    known = getattr(person, "_roles_today", None)
    if known is None:
        known = set(memberships_in_force(person).order_by().values_list("organisation_id", "role"))
        person._roles_today = known  # noqa: SLF001 (kept for the request)
    return known


def holds_role(person: Any, role: str, organisation_id: int | None = None) -> bool:
    """Whether a person holds a role today, in this organisation or in any."""
    return any(r == role and organisation_id in (None, o) for o, r in roles_of(person))


def organisations_where(person: Any, *roles: str) -> list[int]:
    """Ids of the organisations where a person holds one of these roles today."""
    return sorted({organisation for organisation, role in roles_of(person) if role in roles})


def run_by(person: Any) -> QuerySet[Organisation]:
    """The organisations this person coordinates today."""
    return Organisation.objects.filter(pk__in=organisations_where(person, Role.COORDINATOR)).order_by(
        "sort_name"
    )


def organisation_by_slug(slug: str) -> Organisation | None:
    """One organisation with what stands on its page: where it belongs, its names, its regions."""
    return (
        Organisation.objects.select_related("part_of", "became")
        .prefetch_related(
            Prefetch("names", OrganisationName.objects.order_by("position")),
            Prefetch("regions", Organisation.objects.order_by("sort_name")),
        )
        .filter(slug=slug)
        .first()
    )


def organisations_of_kind(*kinds: str) -> QuerySet[Organisation]:
    """All organisations of these kinds that exist today, in Norwegian order."""
    return Organisation.objects.filter(kind__in=kinds, valid_to=None).order_by("sort_name", "pk")


def found_by_name(words: str, limit: int = 40) -> list[Organisation]:
    """Organisations whose name, in any of its languages, has these words; those that begin with them first."""
    plain = plain_name_of(words)
    if not plain:
        return []
    named = OrganisationName.objects.filter(plain_name__contains=plain, organisation__valid_to=None)
    rows = list(
        Organisation.objects.filter(pk__in=named.values("organisation_id"))
        .select_related("part_of")
        .prefetch_related(Prefetch("names", OrganisationName.objects.order_by("position")))
        .order_by("sort_name", "pk")[:limit]
    )
    rows.sort(key=lambda row: not any(name.plain_name.startswith(plain) for name in row.names.all()))
    return rows


def nearest_centres(place: Organisation, limit: int = 3) -> list[tuple[Organisation, int]]:
    """The centres closest to a place, with the distance in whole kilometres as the crow flies."""
    if place.latitude is None or place.longitude is None:
        return []
    here = (place.latitude, place.longitude)
    centres = organisations_of_kind(*CENTRES).exclude(latitude=None).exclude(pk=place.pk)
    away = [(row, round(distance_km(here, (row.latitude or 0, row.longitude or 0)))) for row in centres[:500]]
    return sorted(away, key=lambda pair: (pair[1], pair[0].sort_name))[:limit]


def dots() -> list[tuple[float, float]]:
    """The middle points of all municipalities that exist today."""
    rows = Organisation.objects.filter(kind=Kind.MUNICIPALITY, valid_to=None, is_demo=False).exclude(
        latitude=None
    )
    points = rows.order_by("code").values_list("latitude", "longitude")
    return [(latitude or 0.0, longitude or 0.0) for latitude, longitude in points]


@dataclass(frozen=True)
class MapGround:
    """What any map of Norway is drawn on: the outline, and all municipalities' middle points as one path."""

    outline: Outline
    dots: str


def map_ground() -> MapGround:
    """The ground of a map. One query."""
    norway = outline()
    return MapGround(norway, "".join("M{},{}h0".format(*norway.place(*dot)) for dot in dots()))


def parts_of(organisation: Organisation) -> list[Organisation]:
    """What lies directly under an organisation today, in Norwegian order; at most 60."""
    return list(organisation.parts.filter(valid_to=None).order_by("sort_name")[:60])


def public_roles_in(organisation: Organisation) -> list[Any]:
    """The public roles that at least five people hold in an organisation today."""
    counts = (
        Membership.objects.filter(
            _in_force(timezone.localdate()), organisation=organisation, role__in=PUBLIC_ROLES
        )
        .values_list("role")
        .annotate(people=Count("person_id", distinct=True))
        .order_by("role")
    )
    return [Role(role).label for role, people in counts if is_shown(people)]


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """The roles in an organisation, those in force or to come, for its coordinator."""
    return Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gte=timezone.localdate()), organisation=organisation
    ).select_related("person")


def membership_in(organisation: Organisation, membership_id: int) -> Membership | None:
    """One membership of this organisation, with its person."""
    return Membership.objects.select_related("person", "organisation").filter(
        organisation=organisation, pk=membership_id
    ).first()  # fmt: skip


def coordinators_of(organisation: Organisation) -> list[Membership]:
    """Who runs an organisation today."""
    return list(
        Membership.objects.filter(
            _in_force(timezone.localdate()), organisation=organisation, role=Role.COORDINATOR
        ).select_related("person").order_by("pk")
    )  # fmt: skip


def demo_organisation(slug: str) -> Organisation | None:
    """An invented organisation of the demo, by slug."""
    return Organisation.objects.filter(slug=slug, is_demo=True).first()


def sort_key(name: str) -> str:
    """The Norwegian sort key, for rooms that sort by name."""
    return sort_name_of(name)


def organisations_by_id(ids: Any) -> QuerySet[Organisation]:
    """Organisations by their ids, in the Norwegian order of their names."""
    return Organisation.objects.filter(pk__in=ids).order_by("sort_name", "pk")


def coordinated_of_kind(*kinds: str) -> QuerySet[Organisation]:
    """Organisations of these kinds that have a coordinator today, so that somebody can answer."""
    today = timezone.localdate()
    led = Membership.objects.filter(_in_force(today), role="coordinator").values("organisation_id")
    return Organisation.objects.filter(kind__in=kinds, pk__in=led).order_by("sort_name", "pk")


def known_place_names() -> frozenset[str]:
    """Every official place name in the register, for finding what may identify someone in a text."""
    from knutepunkt.organisations.models import OrganisationName  # noqa: PLC0415 (thin)

    return frozenset(OrganisationName.objects.values_list("name", flat=True).distinct())


def register_is_loaded() -> bool:
    """Whether the official register of places is there."""
    return Organisation.objects.filter(kind="municipality").exclude(code="").exists()


def people_with_role(role: str, organisation_ids: Any) -> list[Any]:
    """Keys of the people who hold a role today in any of these organisations."""
    rows = Membership.objects.filter(
        _in_force(timezone.localdate()), role=role, organisation_id__in=[o for o in organisation_ids if o]
    )
    return list(dict.fromkeys(rows.order_by("pk").values_list("person_id", flat=True)))


def organisations_with(role: str) -> QuerySet[Organisation]:
    """The organisations where somebody holds a role today, in the Norwegian order of their names."""
    held = Membership.objects.filter(_in_force(timezone.localdate()), role=role).values("organisation_id")
    return Organisation.objects.filter(pk__in=held, valid_to=None).order_by("sort_name", "pk")


def people_in(organisation_id: int, roles: Any) -> list[Any]:
    """The people who hold one of these roles in an organisation today, each once, by name of choice."""
    rows = Membership.objects.filter(
        _in_force(timezone.localdate()), role__in=[str(role) for role in roles], organisation_id=organisation_id
    )
    return list({row.person_id: row.person for row in rows.select_related("person").order_by("person__chosen_name", "pk")}.values())


def people_with_any_role(roles: Any, organisation_id: int) -> list[Any]:
    """Keys of the people who hold one of these roles in an organisation today, each once."""
    rows = Membership.objects.filter(
        _in_force(timezone.localdate()), role__in=[str(role) for role in roles], organisation_id=organisation_id
    )
    return list(dict.fromkeys(rows.order_by("pk").values_list("person_id", flat=True)))


def county_names() -> dict[str, str]:
    """The counties that exist today, by their two digits, in Norwegian order. One query."""
    rows = Organisation.objects.filter(kind=Kind.COUNTY, valid_to=None).exclude(code="").order_by("sort_name", "pk")
    return dict(rows.values_list("code", "name"))


def people_with_role_anywhere(role: str) -> list[Any]:
    """Keys of the people who hold a role today in some organisation, each once; at most 50."""
    rows = Membership.objects.filter(_in_force(timezone.localdate()), role=role).order_by("pk")
    return list(dict.fromkeys(rows.values_list("person_id", flat=True)[:200]))[:50]
