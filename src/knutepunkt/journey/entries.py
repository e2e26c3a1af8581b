"""What the room enters in the house's registers."""

from django.utils.translation import gettext_lazy

from knutepunkt.journey.demo import seed_journey
from knutepunkt.web.registers import DEMO_SEEDS, NAVIGATION, NavEntry


def enter() -> None:
    """Enter everything."""
    DEMO_SEEDS.add("journey", seed_journey)
    NAVIGATION.add("journey", NavEntry(gettext_lazy("Min vei"), "journey:home", bool, 10))
