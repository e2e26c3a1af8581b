"""Addresses of the room."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

app_name = "people"


def later(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("logg-inn/", later, name="sign-in"),
    path("logg-ut/", later, name="sign-out"),
]
