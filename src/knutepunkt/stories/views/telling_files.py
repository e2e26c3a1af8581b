"""Sound, pictures and a film of a story: add, hear and see, take away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from knutepunkt.stories.actions import telling as actions
from knutepunkt.stories.actions.publishing import words_or_none
from knutepunkt.stories.choices.item import Part
from knutepunkt.stories.choices.telling import EDITABLE
from knutepunkt.stories.forms import telling as forms
from knutepunkt.stories.models import Item
from knutepunkt.stories.queries import telling as queries
from knutepunkt.stories.views import telling_finding as find
from knutepunkt.web.access import page
from knutepunkt.web.files import FileMissing, FileRefused, serve_file
from knutepunkt.web.paging import whole_number


def refused(fault: FileRefused) -> str:
    """What is wrong with a file, and what to do."""
    return {
        "too-large": _("Filen er for stor. Prøv med en som er kortere eller mindre."),
        "not-a-picture": _("Vi kan ikke lese dette som et bilde. Prøv JPEG, PNG eller WebP."),
        "not-a-sound": _("Vi kan ikke lese dette som lyd. Prøv MP3, WAV, M4A eller OGG."),
    }[fault.reason]


@page("stories.keep_own_story", writes=True, of=find.own)
def files(request: HttpRequest, item: Item) -> HttpResponse:
    """Sound, pictures and a film: add, hear and see, take away."""
    if item.state not in EDITABLE:
        return redirect("stories:telling", item.handle)
    act, content = request.POST.get("act", ""), words_or_none(item)
    sound = forms.SoundForm(request.POST if act == "sound" else None, request.FILES if act == "sound" else None)
    picture = forms.PictureForm(request.POST if act == "picture" else None, request.FILES if act == "picture" else None)
    film = forms.FilmForm(request.POST if act == "film" else None, initial={"version": item.version, "film_url": content.get("film_url", "")})
    if act == "remove":
        row = queries.files_of(item).filter(pk=whole_number(request.POST.get("file", ""))).first()
        if row is not None:
            actions.remove_attachment(item=item, attachment=row)
            messages.success(request, _("Det er borte for godt."))
        return redirect("stories:files", item.handle)
    is_done = (
        act in {"sound", "picture"} and _was_added(item, act, sound if act == "sound" else picture)
    ) or (act == "film" and _film_was_kept(item, film))
    if is_done:
        messages.success(request, find.saved(item))
        return redirect("stories:files", item.handle)
    rows = [{"row": row, "says": actions.says_of(row, item.key_owner), "is_sound": row.part == Part.SOUND} for row in queries.files_of(item)]
    return render(request, "stories/telling/files.html", find.facts(
        item, sound=sound, picture=picture, film=film, rows=rows, words=content, is_locked=item.is_shown,  # type: ignore[attr-defined]
    ))  # fmt: skip


def _was_added(item: Item, part: str, form: Any) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.add_file(item=item, part=part, content=form.cleaned_data["file"].read(), says=form.cleaned_data.get("says", ""))
    except FileRefused as fault:
        form.add_error("file", refused(fault))
    except actions.TooMany:
        form.add_error(None, _("Det er plass til tolv filer. Ta bort en først."))
    except actions.NotNow:
        form.add_error(None, _("Ta den ut av biblioteket først. Ingen skal se noe nytt før en redaktør har sett det."))
    else:
        return True
    return False


def _film_was_kept(item: Item, form: Any) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.save_words(item=item, version=form.cleaned_data["version"], film_url=form.cleaned_data["film_url"])
    except actions.SavedByOther:
        form.add_error(None, _("Fortellingen er lagret et annet sted i mellomtiden. Åpne siden på nytt, og legg inn lenka igjen."))
    except actions.NotNow:
        form.add_error(None, _("Den er alt sendt, eller tatt tilbake."))
    else:
        return True
    return False


def served(item: Item, number: int) -> HttpResponse:
    """A file of a story that has been found for whoever asks."""
    row = queries.files_of(item).filter(pk=number).first()
    if row is None:
        raise Http404
    try:
        return serve_file(row.stored, "lyd" if row.part == Part.SOUND else "bilde.webp")
    except FileMissing:
        raise Http404 from None


def _own_file(request: HttpRequest, handle: str, number: int) -> Any:
    item = find.own(request, handle)
    if isinstance(item, Item):
        item.file_asked = number  # type: ignore[attr-defined]
    return item


@page("stories.keep_own_story", of=_own_file)
def file(request: HttpRequest, item: Item) -> HttpResponse:
    """One sound or picture of one's own."""
    return served(item, item.file_asked)  # type: ignore[attr-defined]
