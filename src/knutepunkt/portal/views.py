"""Pages of the front door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from knutepunkt.web.access import page


@page("web.see_public_pages")
def front_page(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/front_page.html")


@page("web.see_public_pages")
def my_page(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/front_page.html")


@page("web.see_public_pages")
def help_now(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/front_page.html")
