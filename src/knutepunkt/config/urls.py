"""Every address of the house: each room has its own list."""

from django.urls import include, path

urlpatterns = [
    path("", include("knutepunkt.portal.urls")),
    path("web/", include("knutepunkt.web.urls")),
    path("konto/", include("knutepunkt.people.urls")),
    path("steder/", include("knutepunkt.organisations.urls")),
    path("samtykke/", include("knutepunkt.consent.urls")),
    path("kalender/", include("knutepunkt.events.urls")),
    path("treffsted/", include("knutepunkt.meetingplace.urls")),
    path("min-vei/", include("knutepunkt.journey.urls")),
    path("bibliotek/", include("knutepunkt.stories.urls")),
    path("evaluering/", include("knutepunkt.inquiry.urls")),
]
handler400 = "knutepunkt.web.views.errors.too_much"
handler403 = "knutepunkt.web.views.errors.forbidden"
handler404 = "knutepunkt.web.views.errors.not_found"
handler500 = "knutepunkt.web.views.errors.fault"
