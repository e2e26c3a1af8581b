"""Addresses that belong to no room."""

from django.urls import path

from knutepunkt.web.views import gallery, up
from knutepunkt.web.views import settings as choices

app_name = "web"
urlpatterns = [
    path("sprak/", choices.choose_language, name="language"),
    path("ro/", choices.choose_calm, name="calm"),
    path("galleri/", gallery.gallery, name="gallery"),
    path("oppe/", up.up, name="up"),
]
