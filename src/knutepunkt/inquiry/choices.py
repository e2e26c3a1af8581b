"""The steps, forms and answers of an inquiry (Bruker Spør Bruker), in the words of `docs/words.md`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.IntegerChoices):
    """The steps of the method, as seven phases."""

    REQUEST = 0, _("Forespørsel")
    FRAME = 1, _("Ramme")
    LISTEN = 2, _("Lytte")
    ANALYSE = 3, _("Analysere")
    DIALOGUE = 4, _("Dialog")
    REPORT = 5, _("Rapport")
    FOLLOW_UP = 6, _("Oppfølging")


class TeamRole(models.TextChoices):
    """What somebody does in the team."""

    LEAD = "lead", _("leder")
    EVALUATOR = "evaluator", _("brukerevaluator")
    SUPPORT = "support", _("faglig støtte")


class MeetingForm(models.TextChoices):
    """How people were met."""

    GROUP = "group", _("gruppeintervju")
    INDIVIDUAL = "individual", _("en og en")
    PARTNERS = "partners", _("samarbeidspartnere")
    PHONE = "phone", _("telefon")
    WRITTEN = "written", _("skriftlig")


class Weight(models.TextChoices):
    """What a passage does for a finding."""

    CARRIES = "carries", _("bærer funnet")
    CONTRADICTS = "contradicts", _("sier imot")


class QuotationState(models.TextChoices):
    """Where a quotation stands with its owner."""

    PROPOSED = "proposed", _("foreslått")
    ASKED = "asked", _("vist til eieren")
    APPROVED = "approved", _("ja fra eieren")
    REFUSED = "refused", _("nei fra eieren")


class Recognition(models.TextChoices):
    """What a participant says of a finding."""

    RECOGNISE = "recognise", _("kjenner meg igjen")
    PARTLY = "partly", _("delvis")
    NO = "no", _("kjenner meg ikke igjen")


class Outcome(models.TextChoices):
    """What the dialogue made of a finding."""

    OPEN = "", _("ikke snakket om ennå")
    AGREED = "agreed", _("enighet")
    DISPUTED = "disputed", _("uenighet")
    NEW = "new", _("nytt fra dialogen")


class PromiseAnswer(models.TextChoices):
    """The service's answer to a recommendation."""

    WAITING = "", _("ikke svart ennå")
    YES = "yes", _("ja")
    PARTLY = "partly", _("ja, delvis")
    NO = "no", _("nei")


class Progress(models.TextChoices):
    """What the service says it has done."""

    DONE = "done", _("gjort")
    UNDER_WAY = "under_way", _("i gang")
    NOT_DONE = "not_done", _("ikke gjort")


class Noticing(models.TextChoices):
    """Whether participants have noticed anything."""

    YES = "yes", _("ja, det merkes")
    PARTLY = "partly", _("litt")
    NO = "no", _("nei, ikke ennå")


FOLLOW_UP_MONTHS = (3, 6, 12)
COLOURS = 8
LEAST_RUN = 5
STATEMENT_LIMIT = 600
PROSE_LIMIT = 12_000
WORDS_LIMIT = 2_000
CODE_NAME_LIMIT = 80
ENOUGH_ASKED = 0.5
