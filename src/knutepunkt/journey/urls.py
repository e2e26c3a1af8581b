"""Addresses of the room."""

from django.urls import path

from knutepunkt.journey.views import own, parts, plan, way

app_name = "journey"
urlpatterns = [
    path("", own.home, name="home"),
    path("begynn/", own.begin, name="begin"),
    path("innsjekk/", own.check_in, name="check-in"),
    path("innsjekk/<uuid:note_id>/", own.check_in_again, name="check-in-again"),
    path("veien/", way.way, name="way"),
    path("mal/<uuid:note_id>/", own.goal, name="goal"),
    path("hjelper/<uuid:note_id>/prov/", own.tried, name="tried"),
    path("akkurat-na/", own.hard_moment, name="hard-moment"),
    path("plan/", plan.plan, name="plan"),
    path("plan/skriv/", plan.write, name="plan-write"),
    path("plan/kort.pdf", plan.card, name="plan-card"),
    path("sok/", own.search, name="search"),
    path("valg/", own.settings, name="settings"),
    path("valg/skala/", own.scale, name="scale"),
    path("fil/<uuid:note_id>/", own.file, name="file"),
    path("del/<slug:name>/", parts.show, name="part"),
    path("del/<slug:name>/ny/", parts.add, name="part-add"),
    path("del/<slug:name>/<uuid:note_id>/", parts.change, name="part-change"),
]
