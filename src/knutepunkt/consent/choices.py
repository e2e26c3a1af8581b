"""The purposes a person can agree to: one list for the whole house (design: promise 2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What words may be used for."""

    ANALYSIS = "analysis", _("Analyse")
    REPORT = "report", _("Rapport")
    LIBRARY = "library", _("Erfaringsbiblioteket")
    PUBLIC_WEB = "public_web", _("Åpent på nettet")
    TEACHING = "teaching", _("Undervisning")
    RESEARCH = "research", _("Forskning")


EXPLAINED = {
    Purpose.ANALYSIS: _("Teamet leser og arbeider med det du sa."),
    Purpose.REPORT: _("Ord du sa kan stå som sitat i rapporten. Du får se sitatet først."),
    Purpose.LIBRARY: _("Ord du sa kan stå i erfaringsbiblioteket."),
    Purpose.PUBLIC_WEB: _("Søkemotorer kan finne ordene."),
    Purpose.TEACHING: _("Ord du sa kan brukes på kurs."),
    Purpose.RESEARCH: _("Forskere kan spørre om å få bruke ordene. De må ha egen tillatelse."),
}


class How(models.TextChoices):
    """How a consent was given."""

    WEB = "web", _("på skjerm")
    PAPER = "paper", _("på papir")
    SPOKEN = "spoken", _("muntlig, med vitne")


class Leaving(models.TextChoices):
    """How somebody leaves."""

    KEEP = "keep", _("Gå ut, og la ordene bli")
    DELETE = "delete", _("Gå ut, og slett ordene")


RECEIPT = "consent.receipt"
MIN_SAVED_YEARS = 3
