"""The words the room's notes are chosen from."""

from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """What a journey can have. Each is chosen by the person, and can be shared by itself."""

    CHECKINS = "checkins", _("Innsjekk")
    MATTERS = "matters", _("Det som betyr noe")
    GOALS = "goals", _("Mål og steg")
    HELPS = "helps", _("Det som hjelper")
    HINDERS = "hinders", _("Det som står i veien")
    PEOPLE = "people", _("Mine folk og steder")
    PLAN = "plan", _("Planen for vanskelige dager")
    FORMS = "forms", _("Skjemaer")
    TALKS = "talks", _("Samtaler")


class Matter(models.TextChoices):
    """What matters to me."""

    VALUE = "value", _("noe jeg står for")
    HOPE = "hope", _("noe jeg håper på")
    STRENGTH = "strength", _("noe jeg er god på")
    GOOD = "good", _("noe som gjør meg godt")
    ROLE = "role", _("noe jeg er for andre, eller vil være")


class GoalState(models.TextChoices):
    """Where a goal is. None is better than another."""

    OPEN = "open", _("på vei")
    REACHED = "reached", _("nådd")
    PAUSED = "paused", _("hviler")
    DROPPED = "dropped", _("lagt bort")


class Suggested(models.TextChoices):
    """Whether a goal or a step is the person's own, or somebody's suggestion that is not taken yet."""

    OWN = "", _("mitt eget")
    SUGGESTED = "suggested", _("et forslag")
    TAKEN = "taken", _("et forslag jeg har tatt")


class Helped(models.TextChoices):
    """How a try went."""

    YES = "yes", _("det hjalp")
    SOME = "some", _("litt")
    NO = "no", _("ikke denne gangen")


class Hindrance(models.TextChoices):
    """What stands in the way."""

    HOUSING = "housing", _("bolig")
    MONEY = "money", _("penger")
    STIGMA = "stigma", _("hvordan andre ser på meg")
    SERVICES = "services", _("hjelpen jeg får, eller ikke får")
    HEALTH = "health", _("kroppen og helsa")
    OTHER = "other", _("noe annet")


class Nearness(models.TextChoices):
    """How near somebody is."""

    NEAR = "near", _("nær")
    MIDDLE = "middle", _("litt lenger ut")
    FAR = "far", _("langt unna")


DIMENSIONS = MappingProxyType({
    "connectedness": (_("Hvor nær andre kjenner du deg?"), _("alene"), _("nær noen")),
    "hope": (_("Hvor mye håp har du?"), _("lite håp"), _("mye håp")),
    "identity": (_("Hvor mye kjenner du deg som deg selv?"), _("ikke som meg"), _("som meg")),
    "meaning": (_("Hvor mye mening er det i dagene?"), _("lite mening"), _("mye mening")),
    "empowerment": (_("Hvor mye bestemmer du selv?"), _("andre bestemmer"), _("jeg bestemmer")),
    "difficulties": (_("Hvor mye plass tar det som er vanskelig?"), _("mye plass"), _("lite plass")),
})  # fmt: skip
"""A question of our own for each theme, with the words at its ends; no scale of anybody else's. Never summed."""
STEPS = 5
"""Places on a scale, 1 to 5, from the words at the left to the words at the right."""

LINK = "journey.share"
"""A link on paper to what is shared; it dies when somebody with an account takes it."""
FELT = MappingProxyType({
    "heard": (_("Ble du hørt?"), _("ikke i dag"), _("ja")),
    "mine": (_("Snakket dere om det du ville?"), _("nei"), _("ja")),
    "way": (_("Passet måten dere snakket på for deg?"), _("nei"), _("ja")),
    "hope": (_("Gikk du derfra med mer eller mindre håp?"), _("mindre"), _("mer")),
})  # fmt: skip
"""How was this for me: four short questions of our own. The person sees the answers first, and decides who else does."""
PROMPTS = (
    (_("Se tilbake"), _("Hva har vært viktig siden sist? Hva vil du at jeg skal vite?")),
    (_("Utforske"), _("Hva har du prøvd før, som hjalp litt? Hvem andre kunne vært med?")),
    (_("Bli enige"), _("Hva vil du at skal være annerledes? Hvordan merker du det?")),
    (_("Velge"), _("Hva er det minste steget du kan tenke deg? Hva trenger du fra meg?")),
    (_("Følge opp"), _("Når skal vi snakke om hvordan det gikk? Hva om det ikke ble noe av?")),
)  # fmt: skip
"""Questions for the one who is coach, in the order of a talk; own wording."""
