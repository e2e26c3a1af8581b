"""What the place enters in the house's registers."""

from knutepunkt.meetingplace.demo.place import seed_place
from knutepunkt.web.registers import DEMO_SEEDS


def enter() -> None:
    """Enter everything about the place."""
    DEMO_SEEDS.add("meetingplace.place", seed_place)
