"""Addresses of the room. allauth asks for its names without a namespace, so the list is in two parts."""

from django.urls import include, path

from knutepunkt.people.views import account, demo, sign_in, ways

own = [
    path("logg-inn/", sign_in.sign_in, name="sign-in"),
    path("logg-ut/", sign_in.sign_out, name="sign-out"),
    path("kort/", sign_in.card, name="card"),
    path("demo/", demo.demo, name="demo"),
    path("", account.account, name="account"),
    path("velkommen/", account.welcome, name="welcome"),
    path("navn/", account.name, name="name"),
    path("e-post/", account.email, name="email"),
    path("e-post/<str:token>/", account.email_confirm, name="email-confirm"),
    path("passord/", account.first_password, name="first-password"),
    path("gjenopprettingsark/", account.sheet, name="sheet"),
    path("apne/", account.reopen, name="reopen"),
    path("apne/ikke-meg/", account.not_me, name="not-me"),
    path("eget-kort/", account.own_card, name="own-card"),
    path("innlogget/", account.sessions, name="sessions"),
    path("innlogget/<int:session_id>/avslutt/", account.session_end, name="session-end"),
    path("innlogget/andre/avslutt/", account.sessions_end_others, name="sessions-end-others"),
    path("slett/", account.erase, name="erase"),
]
urlpatterns = [path("", include((own, "people"))), *ways.urlpatterns]
