"""The room's entry in Django's list of apps."""

from django.apps import AppConfig


class WebRoom(AppConfig):
    """Sets up the database connection's Norwegian collation when the app is ready."""

    name = "knutepunkt.web"
    label = "web"

    def ready(self) -> None:
        from knutepunkt.web import databases, personal_data  # noqa: PLC0415 (app ready)

        databases.prepare_connections()
        personal_data.enter()
