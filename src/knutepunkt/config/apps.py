"""The roof as an app, for the commands that know every room."""

from django.apps import AppConfig


class ConfigRoom(AppConfig):
    """Holds management commands only; no models."""

    name = "knutepunkt.config"
    label = "config"
