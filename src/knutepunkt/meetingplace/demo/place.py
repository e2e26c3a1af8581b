"""Two invented meeting places: Havna and Lyngheim."""

from knutepunkt.meetingplace.models import Centre
from knutepunkt.organisations.queries import demo_organisation

PLACES = {
    "havna": "Kom som du er. Kaffen står på, og du trenger ikke si noe for å være her.",
    "lyngheim": "Et hus som drives av dem som bruker det. Du er med på å bestemme.",
}


def seed_place() -> None:
    """Make the demo hub's meeting places that are missing. Idempotent."""
    for slug, welcome in PLACES.items():
        organisation = demo_organisation(slug)
        Centre.objects.get_or_create(organisation=organisation, defaults={"welcome": welcome, "is_demo": True})
