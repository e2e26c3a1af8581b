"""Finding and reading."""

from django.urls import path

from knutepunkt.stories.views import finding, finding_reading

urlpatterns = [
    path("", finding.library, name="library"),
    path("mangler/", finding.missing, name="missing-voices"),
    path("vis-ikke/", finding.sparing, name="sparing"),
    path("les/<str:handle>/", finding_reading.item, name="item"),
    path("les/<str:handle>/fil/<uuid:stored>/", finding_reading.item_file, name="item-file"),
    path("les/<str:handle>/tungt/", finding_reading.hard, name="item-hard"),
    path("les/<str:handle>/vis-ikke/", finding_reading.hide, name="item-hide"),
    path("les/<str:handle>/meld-fra/", finding_reading.report, name="item-report"),
]
