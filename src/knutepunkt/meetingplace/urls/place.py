"""Addresses of the place."""

from django.urls import path

from knutepunkt.meetingplace.views import bookings, door, place, rooms, today, week

urlpatterns = [
    path("", place.mine, name="mine"),
    path("apne/", place.open_place, name="open"),
    path("mitt/", bookings.mine, name="bookings"),
    path("mitt/<int:booking_id>/", bookings.booking, name="booking"),
    path("<slug:slug>/", place.home, name="home"),
    path("<slug:slug>/endre/", place.edit, name="edit"),
    path("<slug:slug>/apningstider/", place.hours, name="hours"),
    path("<slug:slug>/husregler/", place.rules, name="rules"),
    path("<slug:slug>/husregler/endre/", place.rules_edit, name="rules-edit"),
    path("<slug:slug>/bilder/", place.pictures, name="pictures"),
    path("<slug:slug>/bilder/<int:picture_id>/", place.picture, name="picture"),
    path("<slug:slug>/verter/meg/", place.hosts, name="hosts"),
    path("<slug:slug>/uka/", week.week, name="week"),
    path("<slug:slug>/uka/plakat.pdf", week.poster, name="poster"),
    path("<slug:slug>/rom/", rooms.rooms, name="rooms"),
    path("<slug:slug>/lan/", rooms.things, name="things"),
    path("<slug:slug>/rom/nytt/", rooms.add, name="resource-add"),
    path("<slug:slug>/rom/<int:resource_id>/", rooms.resource, name="resource"),
    path("<slug:slug>/rom/<int:resource_id>/endre/", rooms.change, name="resource-change"),
    path("<slug:slug>/rom/<int:resource_id>/bli-vist/", rooms.being_shown, name="resource-ask"),
    path("<slug:slug>/rom/<int:resource_id>/vist/", rooms.shown, name="resource-shown"),
    path("<slug:slug>/rom/<int:resource_id>/vist/<int:introduction_id>/", rooms.shown_answer, name="shown-answer"),
    path("<slug:slug>/utlan/", bookings.lending, name="lending"),
    path("<slug:slug>/bestilling/<int:booking_id>/", bookings.host_booking, name="host-booking"),
    path("<slug:slug>/i-dag/", today.today, name="today"),
    path("<slug:slug>/besok/", today.visits, name="visits"),
    path("<slug:slug>/oppgaver/", today.tasks, name="tasks"),
    path("<slug:slug>/oppgaver/ny/", today.task_add, name="task-add"),
    path("<slug:slug>/oppgaver/<int:task_id>/", today.task_act, name="task"),
    path("<slug:slug>/dor/", door.door, name="door"),
    path("<slug:slug>/dor/start/", door.start, name="door-start"),
    path("<slug:slug>/dor/tell/", door.count, name="door-count"),
    path("<slug:slug>/dor/hjelper.js", door.worker, name="door-worker"),
    path("<slug:slug>/dor/avslutt/", door.stop, name="door-stop"),
]
