"""Collections, and the house's own reports."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from knutepunkt.organisations.queries import organisations_by_id
from knutepunkt.stories.actions import caring_collections as actions
from knutepunkt.stories.choices.item import Kind
from knutepunkt.stories.forms import caring as forms
from knutepunkt.stories.models import Collection
from knutepunkt.stories.queries import caring as queries
from knutepunkt.stories.queries.caring_open import open_rows
from knutepunkt.stories.views import caring_finding as find
from knutepunkt.web.access import may, page
from knutepunkt.web.fields import typed_again
from knutepunkt.web.paging import page_by_key

REPORTS_A_PAGE = 20


@page("stories.see_collections")
def collections(request: HttpRequest) -> HttpResponse:
    """Collections that are shown; and for editors those that are not."""
    rows = page_by_key(queries.collections_shown(), request, order="-pk", size=30)
    edits = request.user.is_authenticated and may(request.user, "stories.make_collection")
    hidden = queries.collections_of(request.user).filter(is_shown=False).order_by("-pk")[:20] if edits else []
    return render(request, "stories/caring/collections.html", {"rows": rows, "hidden": hidden, "edits": edits})


@page("stories.see_collections", of=find.collection_seen)
def collection(request: HttpRequest, collection: Collection) -> HttpResponse:
    """One collection, with what stands in it now."""
    edits = request.user.is_authenticated and may(request.user, "stories.care_collection", collection)
    return render(request, "stories/caring/collection.html", {"collection": collection, "rows": queries.published_in(collection), "edits": edits})


@page("stories.make_collection", writes=True)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a collection."""
    houses = [(row.pk, row.name) for row in organisations_by_id(queries.edits_at(request.user))]
    sent = request.POST if request.method == "POST" else None
    form, where = forms.CollectionForm(sent, known=queries.handles_shown), forms.BeginForm(sent, organisations=houses)
    if len(houses) == 1:
        del where.fields["organisation"]
    if request.method == "POST" and form.is_valid() and where.is_valid():
        house = organisations_by_id([where.cleaned_data.get("organisation", houses[0][0])]).get()
        data = form.cleaned_data
        made = actions.begin_collection(by=request.user, organisation=house, title=data["title"], why=data["why"])
        actions.write_collection(by=request.user, collection=made, version=1, title=data["title"], why=data["why"],
                                 handles=form.wanted(), is_shown=data["is_shown"])  # fmt: skip
        messages.success(request, _("Samlingen er lagret."))
        return redirect("stories:collection", made.handle)
    return render(request, "stories/caring/collection_form.html", {"form": form, "where": where})


@page("stories.care_collection", writes=True, of=find.collection)
def change(request: HttpRequest, collection: Collection) -> HttpResponse:
    """Change a collection; or take it away."""
    if request.method == "POST" and request.POST.get("act") == "delete":
        actions.delete_collection(by=request.user, collection=collection)
        messages.success(request, _("Samlingen er borte. Det som sto i den, er fortsatt i biblioteket."))
        return redirect("stories:collections")
    parts, theirs = [(row.handle, row.title) for row in queries.published_in(collection)], None
    initial = {"title": collection.title, "why": collection.why, "is_shown": collection.is_shown, "version": collection.version}
    form = forms.CollectionForm(request.POST or None, initial=initial, parts=parts, known=queries.handles_shown)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.write_collection(by=request.user, collection=collection, version=data["version"] or 0, title=data["title"], why=data["why"],
                                     handles=form.wanted(), is_shown=data["is_shown"])  # fmt: skip
        except actions.CollectionStale as other:
            theirs, form = other.now, typed_again(form, other.now.version)
        else:
            messages.success(request, _("Samlingen er lagret."))
            return redirect("stories:collection", collection.handle)
    return render(request, "stories/caring/collection_form.html", {
        "form": form, "collection": collection, "theirs": theirs, "yours": request.POST.get("why", ""),
    })  # fmt: skip


@page("stories.fetch_open")
def reports(request: HttpRequest) -> HttpResponse:
    """What the house has published of inquiries, beside the research in the library."""
    try:
        before = datetime.fromisoformat(request.GET["for"]).astimezone(UTC) if request.GET.get("for") else None
    except (ValueError, OverflowError):
        before = None
    lines = queries.reports_of_the_house(before, REPORTS_A_PAGE + 1)
    more, lines = len(lines) > REPORTS_A_PAGE, lines[:REPORTS_A_PAGE]
    research = open_rows(Kind.RESEARCH).order_by("-changed_at", "-pk")[:10] if before is None else []
    next_url = f"?{urlencode({'for': lines[-1].at.isoformat()})}" if more else ""
    return render(request, "stories/caring/reports.html", {"lines": lines, "research": research, "next_url": next_url})
