"""My own bookings, and the hosts' list of what is lent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.meetingplace.actions import booking as actions
from knutepunkt.meetingplace.models import Booking, Centre
from knutepunkt.meetingplace.queries import booking as queries
from knutepunkt.meetingplace.queries.work import own_tasks
from knutepunkt.meetingplace.views import finding as find
from knutepunkt.web.access import page
from knutepunkt.web.paging import whole_number

OWN, RUN = "meetingplace.keep_own", "meetingplace.run_place"


@page("meetingplace.find_own", writes=True)
def mine(request: HttpRequest) -> HttpResponse:
    """What I have booked, borrowed, wait for and have taken on."""
    if request.method == "POST":
        actions.stop_waiting(by=request.user, wait_id=whole_number(request.POST.get("wait", "")))
        messages.success(request, _("Du står ikke lenger på ventelista."))
        return redirect("meetingplace:bookings")
    rows = queries.own_bookings(request.user)
    return render(request, "meetingplace/bookings.html", {
        "held": [r for r in rows if r.held_until], "rows": [r for r in rows if not r.held_until],
        "waits": queries.own_waits(request.user), "tasks": own_tasks(request.user), "now": timezone.now(),
    })  # fmt: skip


@page(OWN, writes=True, of=find.own_booking)
def booking(request: HttpRequest, booking: Booking) -> HttpResponse:
    """One of my bookings, with a button for each thing that can be done. Opening it does nothing."""
    if request.method == "POST":
        _act(request, booking)
        return redirect("meetingplace:bookings")
    return render(request, "meetingplace/booking.html", {
        "booking": booking, "resource": booking.resource, "centre": booking.resource.centre,
        "is_over": booking.ends_at < timezone.now() and not booking.is_out,
    })  # fmt: skip


def _act(request: HttpRequest, row: Booking) -> None:
    act = request.POST.get("act", "")
    try:
        if act == "accept":
            actions.accept_time(by=request.user, booking=row)
            messages.success(request, _("Tiden er din."))
        elif act in {"cancel", "decline"}:
            actions.cancel_booking(by=request.user, booking=row)
            messages.success(request, _("Takk for at du sa fra. Nå kan en annen få tiden."))
        elif act == "cancel-rest":
            actions.cancel_rest_of_series(by=request.user, booking=row)
            messages.success(request, _("Denne og de neste er gitt fra deg."))
        elif act == "fetched":
            actions.hand_out(by=request.user, booking=row)
            messages.success(request, _("God fornøyelse. Du får beskjed dagen før det skal leveres."))
        elif act == "returned":
            actions.take_back(by=request.user, booking=row)
            messages.success(request, _("Takk for lånet. Det er notert som levert."))
    except actions.TooLate:
        messages.warning(request, _("Tiden holdes ikke av lenger. Du kan vente på den igjen."))
    except actions.Taken:
        messages.warning(request, _("Den er ikke kommet tilbake ennå. Spør en vert."))


@page(RUN, of=find.centre)
def lending(request: HttpRequest, centre: Centre) -> HttpResponse:
    """What is out and when it is to come back; for hosts."""
    rows = queries.lending_list(centre)
    return render(request, "meetingplace/lending.html", {
        "centre": centre, "late": [r for r in rows if r.is_late], "out": [r for r in rows if r.is_out and not r.is_late],
        "coming": [r for r in rows if r.out_at is None],
    })  # fmt: skip


@page(RUN, writes=True, of=find.booking_here)
def host_booking(request: HttpRequest, booking: Booking) -> HttpResponse:
    """A host fetches, takes back or calls off for somebody."""
    slug = booking.resource.centre.organisation.slug
    if request.method == "POST":
        act = request.POST.get("act", "")
        try:
            if act == "fetched":
                actions.hand_out(by=request.user, booking=booking)
                messages.success(request, _("Notert som hentet."))
            elif act == "returned":
                actions.take_back(by=request.user, booking=booking)
                messages.success(request, _("Notert som levert."))
            elif act == "cancel":
                actions.cancel_booking(by=request.user, booking=booking)
                messages.success(request, _("Bestillingen er avlyst, og den det gjelder, får beskjed."))
        except actions.Taken:
            messages.warning(request, _("Den er fortsatt ute hos en annen. Noter den som levert først."))
    return redirect("meetingplace:lending" if booking.resource.is_lent else "meetingplace:today", slug)
