"""The room's entry in Django's list of apps, and what it enters in the registers."""

from django.apps import AppConfig


class OrganisationsRoom(AppConfig):
    """Signs the room up when the app is ready."""

    name = "knutepunkt.organisations"
    label = "organisations"

    def ready(self) -> None:
        from knutepunkt.organisations import entries  # noqa: PLC0415 (app ready)

        entries.enter()
