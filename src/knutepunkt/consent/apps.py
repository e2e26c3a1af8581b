"""The room's entry in Django's list of apps, and what it enters in the registers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentRoom(AppConfig):
    """Signs the room up when the app is ready."""

    name = "knutepunkt.consent"
    label = "consent"

    def ready(self) -> None:
        from knutepunkt.consent import holders, jobs, personal_data  # noqa: F401, PLC0415 (app ready)
        from knutepunkt.consent.actions import replay_withdrawals  # noqa: PLC0415 (app ready)
        from knutepunkt.web.registers import NAVIGATION, REPLAYS, NavEntry  # noqa: PLC0415 (app ready)

        personal_data.enter()
        REPLAYS.add("consent.withdrawals", replay_withdrawals)
        NAVIGATION.add("consent", NavEntry(_("Har du en kode?"), "consent:code", lambda person: person is None, 80))
        NAVIGATION.add("consent-own", NavEntry(_("Det jeg har gitt"), "consent:given", bool, 70))
