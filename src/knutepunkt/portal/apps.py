"""The room's entry in Django's list of apps, and what it enters in the registers."""

from django.apps import AppConfig


class PortalRoom(AppConfig):
    """Signs the room up when the app is ready."""

    name = "knutepunkt.portal"
    label = "portal"
