"""The room's entry in Django's list of apps, and what it enters in the registers."""

from django.apps import AppConfig


class StoriesRoom(AppConfig):
    """Signs the room up when the app is ready."""

    name = "knutepunkt.stories"
    label = "stories"

    def ready(self) -> None:
        from knutepunkt.stories import entries, personal_data  # noqa: PLC0415 (app ready)

        entries.enter()
        personal_data.enter()
