"""Addresses of the room."""

from knutepunkt.meetingplace.urls import place, voice

app_name = "meetingplace"
urlpatterns = [*voice.urlpatterns]
urlpatterns += place.urlpatterns
