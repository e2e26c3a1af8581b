"""Addresses of the room."""

from django.urls import path

from knutepunkt.journey.views import helping, own, parts, plan, sharing, way

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
    path("deling/", sharing.shares, name="shares"),
    path("deling/ny/", sharing.share_new, name="share-new"),
    path("deling/<uuid:share_id>/", sharing.share, name="share"),
    path("deling/<uuid:share_id>/avtale/", sharing.pact, name="pact"),
    path("deling/<uuid:share_id>/samtale/", sharing.talk_new, name="talk-new"),
    path("samtaler/", sharing.talks, name="talks"),
    path("samtaler/<uuid:note_id>/", sharing.talk, name="talk"),
    path("samtaler/<uuid:note_id>/for-meg/", sharing.felt, name="felt"),
    path("samtaler/for-meg/<uuid:note_id>/vis/", sharing.felt_shown, name="felt-shown"),
    path("signal/", sharing.signal, name="signal"),
    path("signal/gi/", sharing.signal_give, name="signal-give"),
    path("signal/onske/", sharing.wish_new, name="wish-new"),
    path("signal/onske/<uuid:note_id>/", sharing.wish, name="wish"),
    path("hos-andre/", helping.helping, name="helping"),
    path("hos-andre/lenke/", helping.link, name="link"),
    path("hos-andre/lenke/se/", helping.linked, name="linked"),
    path("hos-andre/<uuid:share_id>/", helping.shared, name="shared"),
    path("hos-andre/<uuid:share_id>/lofte/", helping.promise, name="promise"),
    path("hos-andre/<uuid:share_id>/samtale/", helping.talk_begin, name="helper-talk-new"),
    path("hos-andre/<uuid:share_id>/samtale/<uuid:note_id>/", helping.talk, name="helper-talk"),
    path("del/<slug:name>/", parts.show, name="part"),
    path("del/<slug:name>/ny/", parts.add, name="part-add"),
    path("del/<slug:name>/<uuid:note_id>/", parts.change, name="part-change"),
]
