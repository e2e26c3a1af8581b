"""Telling: writing, sending, editing together, taking back."""

from django.urls import path

from knutepunkt.stories.views import telling, telling_after, telling_files, telling_review, telling_together

urlpatterns = [
    path("fortell/", telling.tell, name="tell"),
    path("fortell/mine/", telling_after.mine, name="mine"),
    path("fortell/skriv-sammen/<str:handle>/", telling_together.join, name="join"),
    path("fortell/takk/<str:handle>/", telling_after.thanks, name="thanks"),
    path("fortell/<str:handle>/", telling.telling, name="telling"),
    path("fortell/<str:handle>/ord/", telling.write, name="write"),
    path("fortell/<str:handle>/om/", telling.about, name="about"),
    path("fortell/<str:handle>/lyd-og-bilde/", telling_files.files, name="files"),
    path("fortell/<str:handle>/fil/<int:number>/", telling_files.file, name="own-file"),
    path("fortell/<str:handle>/se-over/", telling_review.review, name="review"),
    path("fortell/<str:handle>/slik-blir-den/", telling.preview, name="preview"),
    path("fortell/<str:handle>/sammen/", telling_together.company, name="company"),
    path("fortell/<str:handle>/endringer/", telling_together.own_changes, name="own-changes"),
    path("fortell/<str:handle>/redaktor/", telling_together.changes, name="changes"),
    path("fortell/<str:handle>/redaktor/fil/<int:number>/", telling_together.file, name="changes-file"),
    path("fortell/<str:handle>/valg/", telling_after.choices, name="choices"),
    path("fortell/<str:handle>/hvordan-er-det/", telling_after.how_is_it, name="how-is-it"),
    path("fortell/<str:handle>/hvordan-er-det/les/", telling_after.said_how, name="said-how"),
    path("fortell/<str:handle>/ta-tilbake/", telling_after.take_back, name="take-back"),
]
