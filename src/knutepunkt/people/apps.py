"""The room's entry in Django's list of apps, and what it enters in the registers."""

from django.apps import AppConfig


class PeopleRoom(AppConfig):
    """Signs the room up when the app is ready."""

    name = "knutepunkt.people"
    label = "people"

    def ready(self) -> None:
        from knutepunkt.people import entries, listening  # noqa: PLC0415 (app ready)

        entries.enter()
        listening.listen()
