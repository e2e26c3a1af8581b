"""Addresses of the ledger."""

from django.urls import path

from knutepunkt.consent.views import own, receipts

app_name = "consent"
urlpatterns = [
    path("kode/", receipts.code, name="code"),
    path("mitt/", receipts.held, name="held"),
    path("mitt/formal/", receipts.purposes, name="purposes"),
    path("mitt/trekk/", receipts.withdraw, name="withdraw"),
    path("mitt/kvittering/", receipts.done, name="done"),
    path("mitt/alt/", receipts.everything, name="held-everything"),
    path("mitt/glem/", receipts.forget, name="forget"),
    path("gitt/", own.given, name="given"),
    path("apnet/", own.readings, name="readings"),
    path("alt-om-meg/", own.everything, name="everything"),
]
