"""What the room enters in the house's registers."""

from django.utils.translation import gettext_lazy

from knutepunkt.web.registers import NAVIGATION, NavEntry


def enter() -> None:
    """Enter everything."""
    NAVIGATION.add("journey", NavEntry(gettext_lazy("Min vei"), "journey:home", bool, 10))
