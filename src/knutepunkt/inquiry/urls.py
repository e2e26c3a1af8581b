"""Addresses of the room."""

from django.urls import URLPattern

app_name = "inquiry"
urlpatterns: list[URLPattern] = []
