"""Addresses of the room."""

from django.urls import path

from knutepunkt.events.views import (
    attending,
    bringing,
    calendar,
    choosing,
    feeds,
    hosting,
    interest,
    taking_part,
)

app_name = "events"
urlpatterns = [
    path("", calendar.calendar, name="calendar"),
    path("nar/", choosing.choose, name="choose"),
    path("kladder/", hosting.drafts, name="drafts"),
    path("hent/", bringing.bring, name="bring"),
    path("her/", attending.here, name="here"),
    path("her/na/", attending.here_now, name="here-now"),
    path("interesse/", interest.held, name="interest-held"),
    path("ny/", hosting.make, name="make"),
    path("mine/", taking_part.mine, name="mine"),
    path("mine/lenke/", taking_part.feed_address, name="feed-address"),
    path("mine/<int:registration_id>/", taking_part.answer_own, name="answer-own"),
    path("kode/", taking_part.code, name="code"),
    path("pamelding/", taking_part.held, name="held"),
    path("alt.ics", feeds.public, name="feed"),
    path("sted/<slug:place>.ics", feeds.public, name="feed-place"),
    path("sted/<slug:place>/<slug:kind>.ics", feeds.public, name="feed-kind"),
    path("alt.json", feeds.as_json, name="feed-json"),
    path("alt.atom", feeds.as_atom, name="feed-atom"),
    path("min/<slug:code>.ics", feeds.private, name="feed-private"),
    path("hva/<slug:slug>/", calendar.event, name="event"),
    path("hva/<slug:slug>/bilde/<uuid:picture>/", calendar.picture, name="picture"),
    path("hva/<slug:slug>/interesse/", interest.show, name="interest"),
    path("hva/<slug:slug>/endre/", hosting.change, name="change"),
    path("hva/<slug:slug>/publiser/", hosting.publish, name="publish"),
    path("hva/<slug:slug>/avlys/", hosting.cancel, name="cancel"),
    path("hva/<slug:slug>/<int:session_id>/", calendar.session, name="session"),
    path("hva/<slug:slug>/<int:session_id>.ics", feeds.single, name="session-ics"),
    path("hva/<slug:slug>/<int:session_id>/meld-pa/", taking_part.register, name="register"),
    path("hva/<slug:slug>/<int:session_id>/etterpa/", taking_part.feedback, name="feedback"),
    path("hva/<slug:slug>/<int:session_id>/vert/", hosting.host, name="host"),
    path("hva/<slug:slug>/<int:session_id>/vert/dora/", attending.door, name="door"),
    path("hva/<slug:slug>/<int:session_id>/vert/plasser/", hosting.seats, name="seats"),
    path("hva/<slug:slug>/<int:session_id>/vert/avlys/", hosting.cancel_one, name="cancel-one"),
    path("hva/<slug:slug>/<int:session_id>/vert/flytt/", hosting.move, name="move"),
]
