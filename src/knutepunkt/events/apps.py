"""The room's entry in Django's list of apps, and what it enters in the registers."""

from django.apps import AppConfig


class EventsRoom(AppConfig):
    """Signs the room up when the app is ready."""

    name = "knutepunkt.events"
    label = "events"

    def ready(self) -> None:
        from knutepunkt.events import entries, jobs, personal_data  # noqa: F401, PLC0415 (app ready)

        entries.enter()
        personal_data.enter()
