"""Invented organisations for a demo hub, and who has which role in them."""

from typing import Any

from knutepunkt.organisations.actions import give_role, load_register, make_organisation
from knutepunkt.organisations.choices import Kind, Role
from knutepunkt.organisations.models import Membership, Organisation
from knutepunkt.people.queries import demo_people

CENTRE, HAVEN, SOLVIK, FJELLDAL, COMPETENCE, SERVICE = (
    "lyngheim", "havna", "solvik", "fjelldal", "kompetansesenter-nordlys", "solvik-rus-og-psykisk-helse",
)  # fmt: skip
ORGANISATIONS: tuple[dict[str, Any], ...] = (
    {
        "slug": CENTRE, "kind": Kind.USER_LED_CENTRE, "name": "Lyngheim brukerstyrte senter", "place": "Solvik",
        "latitude": 63.76, "longitude": 9.51,
        "about": "Et hus som drives av dem som bruker det. Herfra går brukerevaluatorene ut.",
    },
    {
        "slug": HAVEN, "kind": Kind.RECOVERY_CENTRE, "name": "Havna recoverysenter", "place": "Solvik",
        "latitude": 63.81, "longitude": 9.78,
        "about": "Kurs, verksted og kaffe ved kaia. Åpent for alle som vil komme videre.",
    },
    {"slug": SOLVIK, "kind": Kind.MUNICIPALITY, "name": "Solvik kommune", "about": "En oppdiktet kystkommune."},
    {"slug": FJELLDAL, "kind": Kind.MUNICIPALITY, "name": "Fjelldal kommune", "about": "En oppdiktet dal med lang vei."},
    {
        "slug": COMPETENCE, "kind": Kind.COMPETENCE_CENTRE, "name": "Kompetansesenter Nordlys (demo)",
        "about": "Gir råd og kurs til kommuner og sentre.",
    },
    {
        "slug": SERVICE, "kind": Kind.SERVICE, "name": "Solvik rus- og psykisk helsetjeneste", "place": "Solvik",
        "about": "Tjenesten som spør hvordan det er å få hjelp hos den.", "part_of": SOLVIK,
    },
)  # fmt: skip
ROLES = (
    ("demo-deltaker", CENTRE, Role.PARTICIPANT),
    ("demo-parorende", CENTRE, Role.NEXT_OF_KIN),
    ("demo-erfaringskonsulent", HAVEN, Role.PEER_WORKER),
    ("demo-hjelper", SERVICE, Role.HELPER),
    ("demo-brukerevaluator", CENTRE, Role.USER_EVALUATOR),
    ("demo-brukerevaluator-to", CENTRE, Role.USER_EVALUATOR),
    ("demo-vert", HAVEN, Role.HOST),
    ("demo-kommunekontakt", SOLVIK, Role.MUNICIPAL_CONTACT),
    ("demo-tjenesteleder", SERVICE, Role.MUNICIPAL_CONTACT),
    ("demo-radgiver", COMPETENCE, Role.ADVISER),
    ("demo-redaktor", CENTRE, Role.EDITOR),
    ("demo-koordinator", CENTRE, Role.COORDINATOR),
)


def seed() -> None:
    """Load the register, make the invented organisations that are missing, and give the roles. Idempotent."""
    load_register(by="demo")
    made = {row.slug: row for row in Organisation.objects.filter(is_demo=True)}
    for one in ORGANISATIONS:
        if one["slug"] not in made:
            part_of = made.get(one.get("part_of", ""))
            facts = {**one, "part_of": part_of, "is_demo": True, "source": "oppdiktet"}
            made[one["slug"]] = make_organisation(by="demo", **facts)
    people = {person.handle: person for person in demo_people()}
    held = set(
        Membership.objects.filter(person__is_demo=True).values_list("person_id", "organisation_id", "role")
    )
    for handle, slug, role in ROLES:
        person = people.get(handle)
        if person is not None and (person.pk, made[slug].pk, role.value) not in held:
            give_role(by="demo", person=person, organisation=made[slug], role=role)
