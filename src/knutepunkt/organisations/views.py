"""Pages of places: find one, look at one, and for its coordinator the people and roles in it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knutepunkt.organisations import actions, queries
from knutepunkt.organisations.choices import CENTRES, LISTED, ROLE_CARD, Kind, Role
from knutepunkt.organisations.forms import CodeForm, FindForm, InviteForm, PlaceForm
from knutepunkt.organisations.models import Organisation
from knutepunkt.people.choices import CARD
from knutepunkt.web.access import may, page
from knutepunkt.web.paging import page_by_key
from knutepunkt.web.papercodes import CodeRefused, on_paper
from knutepunkt.web.registers import PLACE_LINKS
from knutepunkt.web.throttle import TooManyTries, client_of

RUN = "organisations.run_place"
PER_PAGE = 30


def by_slug(request: HttpRequest, slug: str, **_values: Any) -> Organisation:  # noqa: ARG001
    """The organisation of an address."""
    found = queries.organisation_by_slug(slug)
    if found is None:
        raise Http404
    return found


def membership_of(request: HttpRequest, slug: str, membership_id: int) -> Any:
    """The organisation, carrying the membership that the address names."""
    organisation = by_slug(request, slug)
    membership = queries.membership_in(organisation, membership_id)
    if membership is None:
        raise Http404
    organisation.asked_membership = membership  # type: ignore[attr-defined]
    return organisation


def paper(request: HttpRequest, kind: str, printed: str, **facts: Any) -> HttpResponse:
    """A card for the printer; the code is shown this once."""
    return render(request, "organisations/card_print.html", {**on_paper(kind, printed), **facts})


def map_facts(marked: list[Organisation]) -> dict[str, Any]:
    """What the map needs: the outline, all middle points as one path, and the marked places."""
    ground = queries.map_ground()
    places = [
        {"x": x, "y": y, "name": row.name, "url": reverse("organisations:place", args=[row.slug])}
        for row in marked
        if row.latitude is not None and row.longitude is not None
        for x, y in [ground.outline.place(row.latitude, row.longitude)]
    ]
    return {"outline": ground.outline, "dots": ground.dots, "places": places}


@page("organisations.see_place")
def find(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.GET if request.GET.get("q", "").strip() else None)
    words = form.cleaned_data["q"].strip() if form.is_bound and form.is_valid() else ""
    found = queries.found_by_name(words) if words else []
    near = queries.nearest_centres(found[0]) if found else []
    listed = page_by_key(queries.organisations_of_kind(*LISTED), request, order="sort_name", size=PER_PAGE)
    return render(request, "organisations/find.html", {
        "form": form,
        "words": words,
        "found": found,
        "near": near,
        "listed": listed,
        "map": map_facts([*found, *(row for row, _km in near)] if words else listed.rows),
    })  # fmt: skip


@page("organisations.see_place", of=by_slug)
def place(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    return render(request, "organisations/place.html", {
        "organisation": organisation,
        "names": list(organisation.names.all()),
        "regions": list(organisation.regions.all()),
        "parts": queries.parts_of(organisation),
        "near": queries.nearest_centres(organisation) if organisation.kind in {Kind.MUNICIPALITY, Kind.DISTRICT} else [],
        "roles": queries.public_roles_in(organisation),
        "map": map_facts([organisation]),
        "may_run": may(request.user, RUN, organisation),
        "links": [line for lines in PLACE_LINKS for line in lines(organisation)] if organisation.kind in CENTRES else [],
    })  # fmt: skip


@page("organisations.take_role")
def mine(request: HttpRequest) -> HttpResponse:
    places = list(queries.run_by(request.user)[:50])
    if len(places) == 1:
        return redirect("organisations:people", places[0].slug)
    return render(request, "organisations/mine.html", {"places": places})


@page(RUN, writes=True, of=by_slug)
def edit(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    names = ("about", "place", "website", "organisation_number")
    form = PlaceForm(request.POST or None, initial={name: getattr(organisation, name) for name in names})
    if request.method == "POST" and form.is_valid():
        actions.describe_organisation(by=request.user, organisation=organisation, **form.cleaned_data)
        messages.success(request, _("Lagret. Slik står det nå på siden til stedet."))
        return redirect("organisations:place", organisation.slug)
    return render(request, "organisations/edit.html", {"form": form, "organisation": organisation})


@page(RUN, writes=True, of=by_slug)
def people(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _invite(request, organisation, form.cleaned_data)
    members = page_by_key(queries.members_of(organisation), request, size=PER_PAGE)
    return render(request, "organisations/people.html", {
        "organisation": organisation,
        "members": members,
        "form": form,
    })  # fmt: skip


def _invite(request: HttpRequest, organisation: Organisation, asked: dict[str, Any]) -> HttpResponse:
    role = Role(asked["role"])
    if asked["has_account"]:
        printed = actions.issue_role_card(by=request.user, organisation=organisation, role=role)
        return paper(request, ROLE_CARD, printed, organisation=organisation, role=role.label)
    person, printed = actions.invite_new_person(
        by=request.user, organisation=organisation, role=role, chosen_name=asked["chosen_name"]
    )
    return paper(request, CARD, printed, organisation=organisation, role=role.label, person=person)


@page(RUN, writes=True, of=membership_of)
def member(request: HttpRequest, organisation: Any) -> HttpResponse:
    """One role: end it, hand over, or a new card. Each is a button of its own, with what follows said first."""
    membership = organisation.asked_membership
    if request.method == "POST":
        answer = _act_on(request, organisation, membership, request.POST.get("act", ""))
        if answer is not None:
            return answer
    return render(request, "organisations/member.html", {
        "organisation": organisation,
        "membership": membership,
        "is_self": membership.person_id == request.user.pk,
        "is_coordinator": membership.role == Role.COORDINATOR,
    })  # fmt: skip


def _act_on(
    request: HttpRequest, organisation: Organisation, membership: Any, act: str
) -> HttpResponse | None:
    name = {"name": membership.person.chosen_name}
    if act == "card":
        printed = actions.renew_card_of_member(by=request.user, membership=membership)
        return paper(request, CARD, printed, organisation=organisation, person=membership.person)
    if act == "hand-over":
        actions.hand_over(by=request.user, organisation=organisation, to=membership.person)
        messages.success(request, _("%(name)s er koordinator nå.") % name)
        return redirect("organisations:place", organisation.slug)
    if act == "end":
        try:
            actions.end_role(by=request.user, membership=membership)
        except actions.LastCoordinator:
            messages.error(request, _("Stedet må ha en koordinator. Gi rollen videre til en annen først."))
            return None
        messages.success(request, _("Rollen til %(name)s er avsluttet.") % name)
        return redirect("organisations:people", organisation.slug)
    raise Http404


@page("organisations.take_role", writes=True)
def invitation(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.take_role(
                by=request.user, typed=form.cleaned_data["code"], client=client_of(request)
            )
            messages.success(request, _("Du er med i %(place)s.") % {"place": row.organisation.name})
            return redirect("portal:my-page")
        except CodeRefused:
            form.add_error(
                "code", _("Vi finner ikke en invitasjon med denne koden. Den virker bare én gang.")
            )
        except TooManyTries as tries:
            wait = tries.seconds // 60 + 1
            form.add_error(
                None, _("Det er prøvd mange ganger. Vent %(wait)s minutter, og prøv igjen.") % {"wait": wait}
            )
    return render(request, "organisations/invitation.html", {"form": form})


@require_POST
@page("organisations.take_role", writes=True)
def leave(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Lay down a role of one's own."""
    own = queries.memberships_in_force(request.user).filter(pk=membership_id).first()
    if own is None:
        raise Http404
    try:
        actions.end_role(by=request.user, membership=own)
        messages.success(request, _("Du har lagt ned rollen i %(place)s.") % {"place": own.organisation.name})
    except actions.LastCoordinator:
        messages.error(request, _("Stedet må ha en koordinator. Gi rollen videre til en annen først."))
    return redirect("portal:my-page")
