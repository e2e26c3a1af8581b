"""Kinds of organisation and the roles people hold in them (design: the people)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an organisation is."""

    MUNICIPALITY = "municipality", _("kommune")
    DISTRICT = "district", _("bydel")
    COUNTY = "county", _("fylke")
    HEALTH_REGION = "health_region", _("helseregion")
    KORUS_REGION = "korus_region", _("KORUS-region")
    USER_LED_CENTRE = "user_led_centre", _("brukerstyrt senter")
    RECOVERY_CENTRE = "recovery_centre", _("recoverysenter")
    COMPETENCE_CENTRE = "competence_centre", _("kompetansesenter")
    SERVICE = "service", _("tjeneste")


class Role(models.TextChoices):
    """What somebody is in an organisation."""

    PARTICIPANT = "participant", _("deltaker")
    NEXT_OF_KIN = "next_of_kin", _("pårørende")
    PEER_WORKER = "peer_worker", _("erfaringskonsulent")
    HELPER = "helper", _("hjelper")
    USER_EVALUATOR = "user_evaluator", _("brukerevaluator")
    HOST = "host", _("vert")
    MUNICIPAL_CONTACT = "municipal_contact", _("kommunekontakt")
    ADVISER = "adviser", _("rådgiver")
    EDITOR = "editor", _("redaktør")
    COORDINATOR = "coordinator", _("koordinator")


CENTRES = (Kind.USER_LED_CENTRE, Kind.RECOVERY_CENTRE)
"""Where a person can go."""
LISTED = (Kind.USER_LED_CENTRE, Kind.RECOVERY_CENTRE, Kind.COMPETENCE_CENTRE)
"""What the page over places lists by itself; municipalities and regions are found by name."""
PUBLIC_ROLES = (Role.PEER_WORKER, Role.USER_EVALUATOR, Role.HOST, Role.ADVISER, Role.EDITOR, Role.COORDINATOR)
"""Roles an organisation's page may mention, above the threshold; never that somebody is a participant."""
ROLE_CARD = "organisations.role"
"""A code on paper that gives a role to the signed-in person who types it."""


def about(organisation_key: object) -> str:
    """How the trail and paper codes name an organisation."""
    return f"organisations.organisation:{organisation_key}"
