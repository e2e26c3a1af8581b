"""Addresses of the room."""

from knutepunkt.meetingplace.urls import place

app_name = "meetingplace"
urlpatterns = [*place.urlpatterns]
