"""Addresses of the place."""

from django.urls import path

from knutepunkt.meetingplace.views import place

urlpatterns = [path("<slug:slug>/", place.home, name="home")]
