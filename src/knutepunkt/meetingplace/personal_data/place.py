"""What the place holds of people."""

from django.apps import apps

from knutepunkt.web.registers import PERSONAL_DATA, PersonalData


def enter() -> None:
    """Enter the place's kinds of record."""
    fields = [f.name for f in apps.get_model("meetingplace", "Centre")._meta.get_fields() if f.concrete]
    PERSONAL_DATA.add("meetingplace.centre", PersonalData(
        "meetingplace.Centre", "a centre's own page", "so that people find the way in", "as long as the centre is here",
        dict.fromkeys(fields, "plain"), lambda _person: [], lambda _person: 0))  # fmt: skip
