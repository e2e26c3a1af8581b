"""Addresses of the front door."""

from django.urls import path

from knutepunkt.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.front_page, name="front-page"),
    path("robots.txt", views.robots, name="robots"),
    path("min-side/", views.my_page, name="my-page"),
    path("min-side/lest/", views.notices_read, name="notices-read"),
    path("hjelp-na/", views.help_now, name="help-now"),
    path("tilgjengelighet/", views.accessibility, name="accessibility"),
    path("personvern/", views.privacy, name="privacy"),
    path("om/", views.about, name="about"),
    path("trygghet/", views.safety, name="safety"),
]
