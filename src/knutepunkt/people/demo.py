"""Invented people for a demo hub, one for every role; their roles are given by `organisations`."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from knutepunkt.people.actions import make_person
from knutepunkt.people.models import Person


@dataclass(frozen=True)
class Invented:
    """Somebody who does not exist: handle, name, what they are, why they are here."""

    handle: str
    name: str
    role: Any
    says: Any


PEOPLE = (
    Invented("demo-deltaker", "Tuva", _("deltaker"), _("Går på senteret, og har fortalt i en evaluering.")),
    Invented("demo-parorende", "Geir", _("pårørende"), _("Bror til en som får hjelp i kommunen.")),
    Invented("demo-erfaringskonsulent", "Mona", _("erfaringskonsulent"), _("Går ved siden av andre.")),
    Invented("demo-hjelper", "Kari", _("hjelper"), _("Støtter dem som selv har valgt å dele med henne.")),
    Invented("demo-brukerevaluator", "Ingvild", _("brukerevaluator"), _("Leder en Bruker Spør Bruker.")),
    Invented(
        "demo-brukerevaluator-to",
        "Oskar",
        _("brukerevaluator"),
        _("Intervjuer og analyserer sammen med Ingvild."),
    ),
    Invented("demo-vert", "Halvor", _("vert"), _("Har nøkkelen til møteplassen, og setter på kaffen.")),
    Invented(
        "demo-kommunekontakt", "Siri", _("kommunekontakt"), _("Bestiller evalueringer for Solvik kommune.")
    ),
    Invented(
        "demo-tjenesteleder", "Jonas", _("leder i tjenesten"), _("Svarer på funnene, og følger dem opp.")
    ),
    Invented("demo-radgiver", "Ailin", _("rådgiver"), _("Arbeider i kompetansesenteret.")),
    Invented(
        "demo-redaktor", "Fatima", _("redaktør"), _("Steller biblioteket sammen med dem som forteller.")
    ),
    Invented("demo-koordinator", "Randi", _("koordinator"), _("Leder senteret, og ordner roller og kort.")),
)


def seed() -> None:
    """Make those who are missing. Calling it again changes nothing."""
    there = set(Person.objects.filter(handle__startswith="demo-").values_list("handle", flat=True))
    for one in PEOPLE:
        if one.handle not in there:
            make_person(by="demo", chosen_name=one.name, handle=one.handle, is_demo=True)
