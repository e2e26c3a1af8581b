"""Editing together: asking for company, proposing changes, deciding on them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from knutepunkt.consent.actions import note_reading
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import organisations_with, people_in, roles_of
from knutepunkt.stories.actions import changes as edits
from knutepunkt.stories.actions import telling as actions
from knutepunkt.stories.actions.publishing import words_or_none
from knutepunkt.stories.choices.item import Part, State
from knutepunkt.stories.choices.telling import ON_DESK, ChangeState, Decision, Field
from knutepunkt.stories.forms import telling as forms
from knutepunkt.stories.methods.telling import can_be_marked
from knutepunkt.stories.models import Item
from knutepunkt.stories.queries import telling as queries
from knutepunkt.stories.queries.caring import trained_at
from knutepunkt.stories.queries.finding_names import names_of_notes
from knutepunkt.stories.views import telling_finding as find
from knutepunkt.stories.views.telling import shown_words
from knutepunkt.stories.views.telling_files import served
from knutepunkt.web.access import page
from knutepunkt.web.paging import whole_number

LINES_A_PAGE = 80
LABELS = dict(Field.choices)


@page("stories.keep_own_story", writes=True, of=find.own)
def company(request: HttpRequest, item: Item) -> HttpResponse:
    """Write together with somebody, or go on alone."""
    if request.method == "POST" and request.POST.get("act") == "alone":
        actions.end_company(item=item)
        messages.success(request, _("Nå er det bare du som ser den.") if item.state == State.DRAFT else _("Nå skriver du alene."))
        return redirect("stories:telling", item.handle)
    if item.state != State.DRAFT:  # it is where it was sent, and with those who may see it there
        return redirect("stories:telling", item.handle)
    places = {row.pk: row for row in organisations_with(Role.EDITOR)}
    asked = request.POST.get("organisation", "") or request.GET.get("sted", "")
    place = places.get(whole_number(asked))
    form = forms.CompanyForm(request.POST if request.method == "POST" else None, places=[(row.pk, row.name) for row in places.values()],
                             initial={"organisation": place.pk if place else item.organisation_id})  # fmt: skip
    known = {organisation for organisation, _role in roles_of(request.user)}
    people = people_in(place.pk, queries.COMPANIONS) if place is not None and place.pk in known else []
    people = [person for person in people if person.pk != request.user.pk]
    who = forms.PartnerForm(request.POST if request.POST.get("act") == "ask" else None, people=[(str(p.pk), p.chosen_name) for p in people])
    if request.POST.get("act") == "ask" and place is not None and who.is_valid():
        partner = next((p for p in people if str(p.pk) == who.cleaned_data["partner"]), None)
        if stop := find.throttled(request, "company", limit=10, everybody=True):
            messages.warning(request, stop)
        elif _was_asked(item, place, partner):
            messages.success(request, _("Nå ser %(name)s det du skriver, og kan foreslå ord.") % {"name": partner.chosen_name} if partner
                             else _("Vi har spurt. Du får se her når noen har sagt ja."))  # fmt: skip
        return redirect("stories:telling", item.handle)
    return render(request, "stories/telling/company.html", find.facts(item, form=form, place=place, who=who, people=people, has_places=bool(places)))


def _was_asked(item: Item, place: Any, partner: Any) -> bool:
    try:
        actions.ask_company(item=item, organisation=place, partner=partner)
    except actions.NotNow:
        return False
    return True


@page("stories.join_teller", writes=True, of=find.asked)
def join(request: HttpRequest, item: Item) -> HttpResponse:
    """Somebody at the place wants company. Nothing of the story is shown before a yes."""
    if request.method == "POST":
        actions.join_company(by=request.user, item=item)
        return redirect("stories:changes", item.handle)
    return render(request, "stories/telling/join.html", {"item": item})


@page("stories.keep_own_story", writes=True, of=find.own)
def own_changes(request: HttpRequest, item: Item) -> HttpResponse:
    """Proposed changes with old and new words, and the yes to exactly this version."""
    if request.method == "POST":
        return _decided(request, item)
    rows = list(queries.open_changes(item)[:30])
    said = edits.words_of(rows, item.key_owner) if item.content else []
    shown = [
        {"row": row, **one, "label": LABELS[one["field"]], "marked": can_be_marked(one["old"], one["new"]), "by": row.by.chosen_name if row.by else "",
         "form": forms.DecideForm(initial={"words": one["new"]}, prefix=f"c{row.pk.hex[:8]}")}
        for row, one in zip(rows, said, strict=True)
    ]  # fmt: skip
    needs_yes = item.state in (State.SENT, State.EDITING, State.RESTING) and item.approved_version != item.version
    return render(request, "stories/telling/own_changes.html", find.facts(item, shown=shown, needs_yes=needs_yes, **(shown_words(item) if needs_yes else {})))


def _key_of(request: HttpRequest) -> UUID | None:
    """Which change somebody answers, if it is well written."""
    try:
        return UUID(request.POST.get("change", ""))
    except ValueError:
        return None


def _decided(request: HttpRequest, item: Item) -> HttpResponse:
    act = request.POST.get("act", "")
    if act == "yes":
        try:
            actions.approve_version(item=item, version=whole_number(request.POST.get("version", ""), otherwise=-1))
        except actions.SavedByOther:
            messages.warning(request, _("Teksten er endret siden du leste den. Les den på nytt først."))
        except actions.NotNow:
            messages.warning(request, _("Den kan ikke vises nå."))
        else:
            messages.success(request, _("Takk. Ditt ja gjelder akkurat disse ordene."))
        return redirect("stories:telling", item.handle)
    key = _key_of(request)
    row = queries.open_changes(item).filter(pk=key).first() if key else None
    if row is None or act not in Decision.values:
        messages.warning(request, _("Den endringen er svart på, eller tatt tilbake."))
        return redirect("stories:own-changes", item.handle)
    try:
        edits.decide_change(item=item, change=row, decision=act, words=request.POST.get(f"c{row.pk.hex[:8]}-words", ""))
    except edits.MovedOn:
        messages.warning(request, _("Ordene endringen gjelder, står ikke der lenger. Behold ditt, eller skriv det inn selv."))
    else:
        messages.success(request, _("Det er gjort slik du valgte."))
    return redirect("stories:own-changes", item.handle)


@page("stories.edit_together", writes=True, of=find.edited)
def changes(request: HttpRequest, item: Item) -> HttpResponse:
    """The story for an editor: every line can be proposed changed, none can be changed."""
    if request.method == "GET" and item.person_id is not None:
        note_reading(by=request.user, about=f"people.person:{item.person_id}", what="story")
    elif request.method == "GET":
        note_reading(by=request.user, about=item.key, what="story")
    words = words_or_none(item)
    where = request.GET.get("del", "")
    chosen = _chosen(words, where)
    form = forms.ChangeForm(request.POST if request.POST.get("act") == "propose" else None, initial={"old": chosen[2], "new": chosen[2]}) if chosen else None
    if request.POST.get("act") == "take-back":
        key = _key_of(request)
        row = item.changes.filter(pk=key, by=request.user.pk, state=ChangeState.OPEN).first() if key else None
        if row is not None:
            edits.take_back_change(by=request.user, change=row)
        return redirect("stories:changes", item.handle)
    if form is not None and chosen is not None and form.is_bound and form.is_valid() and _was_proposed(request, item, chosen, form):
        messages.success(request, _("Forslaget er sendt til den som forteller."))
        return redirect("stories:changes", item.handle)
    return render(request, "stories/telling/changes.html", {"item": item, "form": form, "chosen": chosen, "where": where, **_as_edited(request, item, words)})


def _chosen(words: dict[str, Any], where: str) -> tuple[str, int | None, str, Any] | None:
    """The words an editor wants to propose something for: field, line, the words now, and what the field is called."""
    name, _dot, number = where.partition(".")
    if name not in Field.values or not words:
        return None
    if name != Field.TEXT:
        return (name, None, str(words.get(name, "")), LABELS[name])
    lines = str(words.get("text", "")).split("\n")
    place = whole_number(number, otherwise=-1)
    return (name, place, lines[place], LABELS[name]) if 0 <= place < len(lines) else None


def _was_proposed(request: HttpRequest, item: Item, chosen: tuple[str, int | None, str, Any], form: Any) -> bool:
    old, new = form.cleaned_data["old"].replace("\r\n", "\n"), form.cleaned_data["new"].strip()
    if old == new:
        form.add_error("new", _("Dette er det samme som står der nå."))
        return False
    try:
        edits.propose_change(by=request.user, item=item, field=chosen[0], place=chosen[1], old=old, new=new, why=form.cleaned_data["why"])
    except edits.MovedOn:
        form.add_error(None, _("Den som forteller, har endret dette i mellomtiden. Åpne siden på nytt. Det du skrev, står her."))
    except edits.TooManyChanges:
        form.add_error(None, _("Det er mange forslag som venter. La den som forteller, svare først."))
    else:
        return True
    return False


def _as_edited(request: HttpRequest, item: Item, words: dict[str, Any]) -> dict[str, Any]:
    """The text in lines, a part at a time, with what has been proposed."""
    lines = [(number, line) for number, line in enumerate(str(words.get("text", "")).split("\n")) if line.strip()]
    start = max(0, whole_number(request.GET.get("fra", ""), otherwise=0))
    rows = list(queries.changes_of(item)[:60])
    said = edits.words_of(rows, item.key_owner) if words else []
    files = [{"row": row, "says": actions.says_of(row, item.key_owner), "is_sound": row.part == Part.SOUND} for row in queries.files_of(item)]
    return {
        "words": words, "lines": lines[start : start + LINES_A_PAGE], "next": start + LINES_A_PAGE if len(lines) > start + LINES_A_PAGE else 0,
        "proposed": [{"row": row, **one, "label": LABELS[one["field"]], "own": row.by_id == request.user.pk, "waits": row.state == ChangeState.OPEN}
                     for row, one in zip(rows, said, strict=True)],
        "notes": names_of_notes(words.get("notes", ())), "decides": item.organisation_id in trained_at(request.user),
        "rows": files, "on_desk": item.state in ON_DESK, "may_propose": item.state in (*ON_DESK, State.DRAFT),
    }  # fmt: skip


def _edited_file(request: HttpRequest, handle: str, number: int) -> Any:
    item = find.edited(request, handle)
    if isinstance(item, Item):
        item.file_asked = number  # type: ignore[attr-defined]
    return item


@page("stories.edit_together", of=_edited_file)
def file(request: HttpRequest, item: Item) -> HttpResponse:
    """One sound or picture of a story, for its editor."""
    return served(item, item.file_asked)  # type: ignore[attr-defined]
