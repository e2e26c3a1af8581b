"""Addresses of the room."""

from django.urls import path

from knutepunkt.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.find, name="find"),
    path("mine/", views.mine, name="mine"),
    path("invitasjon/", views.invitation, name="invitation"),
    path("roller/<int:membership_id>/legg-ned/", views.leave, name="leave"),
    path("<slug:slug>/", views.place, name="place"),
    path("<slug:slug>/endre/", views.edit, name="edit"),
    path("<slug:slug>/folk/", views.people, name="people"),
    path("<slug:slug>/folk/<int:membership_id>/", views.member, name="member"),
]
