"""A story for me now."""

from django.urls import path

from knutepunkt.stories.views import choosing

urlpatterns = [
    path("for-meg/", choosing.for_me, name="for-me"),
    path("for-meg/fortelling/", choosing.offered, name="offered"),
    path("for-meg/etter/<slug:handle>/", choosing.answer, name="answer"),
    path("for-meg/slett/", choosing.let_go, name="let-go"),
    path("for-meg/lik/<slug:handle>/", choosing.like, name="like"),
    path("for-meg/mening/", choosing.meaning, name="by-meaning"),
]
