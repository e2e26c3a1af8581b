"""Addresses of the front door."""

from django.urls import path

from knutepunkt.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.front_page, name="front-page"),
    path("min-side/", views.my_page, name="my-page"),
    path("hjelp-na/", views.help_now, name="help-now"),
]
