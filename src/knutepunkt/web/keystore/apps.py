"""The key store as an app of its own, so that its tables can live apart."""

from django.apps import AppConfig


class KeyStore(AppConfig):
    """Named so that the router can tell its tables from all others."""

    name = "knutepunkt.web.keystore"
    label = "keystore"
