"""The room's entry in Django's list of apps, and what it enters in the registers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalRoom(AppConfig):
    """Signs the room up when the app is ready."""

    name = "knutepunkt.portal"
    label = "portal"

    def ready(self) -> None:
        from knutepunkt.web.registers import NAVIGATION, NavEntry  # noqa: PLC0415 (app ready)

        NAVIGATION.add(
            "portal.my-page",
            NavEntry(_("Min side"), "portal:my-page", shown=lambda person: person is not None, order=10),
        )
        NAVIGATION.add(
            "portal.help-now",
            NavEntry(_("Hjelp nå"), "portal:help-now", shown=lambda _person: True, order=80),
        )
