"""Caring for the library: the desk, rules, what editors keep, uses elsewhere, collections, open data."""

from django.urls import path

from knutepunkt.stories.views import caring_collections as collections
from knutepunkt.stories.views import caring_desk as desk
from knutepunkt.stories.views import caring_open as lies_open
from knutepunkt.stories.views import caring_shared as shared
from knutepunkt.stories.views import caring_uses as uses

urlpatterns = [
    path("regler/", desk.rules, name="rules"),
    path("redaksjon/", desk.desk, name="desk"),
    path("redaksjon/gitt-videre/", desk.desk_passed, name="desk-passed"),
    path("redaksjon/opplaering/<slug:slug>/", desk.training, name="training"),
    path("redaksjon/bruk/<uuid:use>/", uses.check, name="check-use"),
    path("redaksjon/les/<str:handle>/", desk.desk_item, name="desk-item"),
    path("redaksjon/les/<str:handle>/del/<int:pk>/", desk.desk_part, name="desk-part"),
    path("redaksjon/les/<str:handle>/endringer/", desk.desk_changes, name="desk-changes"),
    path("redaksjon/les/<str:handle>/nei/", desk.desk_decline, name="desk-decline"),
    path("redaksjon/les/<str:handle>/videre/", desk.desk_pass, name="desk-pass"),
    path("redaksjon/meldt/<str:handle>/", desk.reported, name="reported"),
    path("redaksjon/igjen/<str:handle>/", desk.desk_again, name="desk-again"),
    path("redaksjon/igjen/<str:handle>/del/<int:pk>/", desk.desk_again_part, name="desk-again-part"),
    path("svar/<str:handle>/", desk.answer, name="desk-answer"),
    path("stell/", shared.shared, name="shared"),
    path("stell/nytt/<slug:kind>/", shared.begin, name="begin-shared"),
    path("stell/<str:handle>/", shared.care, name="care"),
    path("stell/<str:handle>/gjor/", shared.care_act, name="care-act"),
    path("stell/<str:handle>/filer/", shared.guides, name="guides"),
    path("eksempel/", shared.send_example, name="send-example"),
    path("fil/<str:handle>/<int:pk>/", shared.guide, name="guide"),
    path("bruk/be/", uses.ask, name="ask-use"),
    path("bruk/sak/<str:token>/", uses.use, name="use"),
    path("bruk/pakke/<str:token>/", uses.package, name="package"),
    path("bruk/pakke/<str:token>.json", uses.package_json, name="package-json"),
    path("bruk/<str:handle>/", uses.uses, name="uses"),
    path("samlinger/", collections.collections, name="collections"),
    path("samlinger/ny/", collections.begin, name="begin-collection"),
    path("samlinger/<str:handle>/", collections.collection, name="collection"),
    path("samlinger/<str:handle>/endre/", collections.change, name="change-collection"),
    path("rapporter/", collections.reports, name="reports"),
    path("apent/", lies_open.about, name="open"),
    path("apent/alt.json", lies_open.as_json, name="open-json"),
    path("apent/nytt.atom", lies_open.feed, name="open-feed"),
    path("apent/oai", lies_open.harvest, name="oai"),
    path("apent/kart.xml", lies_open.sitemap, name="open-sitemap"),
    path("apent/kart-<int:part>.xml", lies_open.sitemap_part, name="open-sitemap-part"),
    path("apent/ting/<str:handle>.json", lies_open.one_as_json, name="open-item"),
    path("apent/kilde/<str:handle>.bib", lies_open.citation, name="cite-bib"),
    path("apent/kilde/<str:handle>.ris", lies_open.citation, name="cite-ris"),
    path("apent/kilde/<str:handle>.json", lies_open.citation, name="cite-csl"),
]
